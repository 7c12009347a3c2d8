"""Forms as Excel workbooks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from goldenthread.documents.writing.form import FormColumn, FormSheet
from goldenthread.documents.writing.sheet import without_control_characters
from goldenthread.documents.writing.xlsx import LONGEST_CELL, MADE

_A4 = 9
_ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
}  # fmt: skip


def xlsx_form_bytes(sheets: Iterable[FormSheet], title: str, opens_on: str) -> bytes:
    """An Excel workbook of forms for A4 landscape; `opens_on` is the sheet that is shown first."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": MADE})
        text = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#B1B4B6"}
        styles = {
            "heading": book.add_format({**text, "bold": True, "bg_color": "#F3F2F1"}),
            "locked": book.add_format({**text, "bg_color": "#F8F8F8"}),
            "open": book.add_format({**text, "locked": False}),
        }
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            _lay_out(page, sheet)
            _fill(page, sheet, styles)
            if sheet.name == opens_on:
                page.activate()
                page.set_first_sheet()
    return written.getvalue()


def _lay_out(page: Any, sheet: FormSheet) -> None:
    page.freeze_panes(1, sheet.frozen)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&RPage &P of &N")
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.protect("", _ALLOWED)
    if sheet.hidden:
        page.very_hidden()
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, None, {"hidden": column.hidden})
        if sheet.rows and (rule := _rule(column)):
            page.data_validation(1, number, len(sheet.rows), number, rule)


def _rule(column: FormColumn) -> dict[str, Any]:
    """What Excel lets somebody type in a column, and says beside it."""
    said = {"input_title": column.heading[:32], "input_message": column.hint[:255]} if column.hint else {}
    if column.choices:
        wrong = f"Choose from the list: {', '.join(column.choices)}."
        return {"validate": "list", "source": list(column.choices), "error_message": wrong[:255], **said}
    if column.longest:
        wrong = f"Write no more than {column.longest:,} characters."
        return {
            "validate": "length", "criteria": "<=", "value": column.longest, "error_message": wrong, **said,
        }  # fmt: skip
    return {"validate": "any", **said} if said else {}


def _fill(page: Any, sheet: FormSheet, styles: dict[str, Any]) -> None:
    for number, row in enumerate((sheet.headings, *sheet.rows)):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            style = styles["heading" if not number else "open" if column.open else "locked"]
            words = without_control_characters(cell)[:LONGEST_CELL]
            if words:
                page.write_string(number, place, words, style)
            else:
                page.write_blank(number, place, None, style)
