"""Excel workbooks."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import xlsxwriter

from goldenthread.documents.writing.sheet import Sheet, without_control_characters

MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # no clock: the same content gives the same file
LONGEST_CELL = 32_767
"""Characters that Excel keeps in a cell."""


def xlsx_bytes(sheets: Iterable[Sheet], title: str) -> bytes:
    """An Excel workbook in which every cell is text, with headings that stay in view and can be filtered."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": MADE})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
            page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
            for column, width in enumerate(sheet.widths):
                page.set_column(column, column, width, plain)
            for number, row in enumerate((sheet.headings, *sheet.rows)):
                for column, cell in enumerate(row):
                    if cell:
                        words = without_control_characters(cell)[:LONGEST_CELL]
                        page.write_string(number, column, words, plain if number else bold)
    return written.getvalue()
