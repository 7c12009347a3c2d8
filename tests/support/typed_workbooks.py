"""Workbooks of updates as people send them back: typed in as they are, saved by an office suite, or made over."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from python_calamine import CalamineWorkbook

from goldenthread.plan.tables.update_sheet import IDENTITY, STAMP_SHEET, UPDATES_SHEET, Answer
from support.needs import require_tool

COLUMNS = {answer: place for place, answer in enumerate(Answer, start=2 + len(IDENTITY))}
"""The number of each column to type in, from 1, as the workbook goes out."""
Typed = Mapping[tuple[int, Answer], str]
"""What is typed, by the number of the row (the first under the headings is 2) and the column."""


class Formula(NamedTuple):
    """A formula with the result that the program kept."""

    words: str
    result: str | float


Cell = str | float | date | Formula | None
Sheets = dict[str, list[list[Cell]]]


def typed_in(content: bytes, typed: Typed) -> bytes:
    """The workbook with these words in its cells, each as text, and nothing else touched."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    if "content.xml" in parts:
        parts["content.xml"] = _in_open_document(parts["content.xml"].decode(), typed).encode()
    else:
        sheet = "xl/worksheets/sheet2.xml"
        parts[sheet] = _in_excel(parts[sheet].decode(), typed).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def _in_excel(xml: str, typed: Typed) -> str:
    for (row, answer), words in typed.items():
        place = f"{chr(64 + COLUMNS[answer])}{row}"
        cell = re.search(rf'<c r="{place}" s="(\d+)"(?:/>| t="s"><v>\d+</v></c>)', xml)
        assert cell, place
        inner = f"<is><t>{escape(words)}</t></is>" if words else ""
        new = f'<c r="{place}" s="{cell[1]}"' + (f' t="inlineStr">{inner}</c>' if words else "/>")
        xml = xml[: cell.start()] + new + xml[cell.end() :]
    return xml


def _in_open_document(xml: str, typed: Typed) -> str:
    start = xml.index(f'<table:table table:name="{UPDATES_SHEET}"')
    end = xml.index("</table:table>", start)
    rows = xml[start:end].split("<table:table-row>")
    for (row, answer), words in typed.items():
        cells = list(
            re.finditer(r"<table:table-cell([^>]*?)(?:/>|>.*?</table:table-cell>)", rows[row], re.DOTALL)
        )
        cell = cells[COLUMNS[answer] - 1]
        kept = cell[1].replace(' office:value-type="string"', "")
        inner = (
            f' office:value-type="string"><text:p>{escape(words)}</text:p></table:table-cell>'
            if words
            else "/>"
        )
        new = f"<table:table-cell{kept}{inner}"
        rows[row] = rows[row][: cell.start()] + new + rows[row][cell.end() :]
    return xml[:start] + "<table:table-row>".join(rows) + xml[end:]


def saved_again(content: bytes, ending: str) -> bytes:
    """The workbook as LibreOffice opens it and saves it, in the same format."""
    soffice = require_tool("soffice")
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / f"book.{ending}", Path(folder) / "saved"
        source.write_bytes(content)
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending,
             "--outdir", out, source],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return (out / f"book.{ending}").read_bytes()


def made_over(content: bytes, change: Callable[[Sheets], None]) -> bytes:
    """The workbook with its sheets changed in any way, written anew for Excel without any protection."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: Sheets = {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names
    }
    change(sheets)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as new:
        shown = new.add_format({"num_format": "d mmmm yyyy"})
        for name, rows in sheets.items():
            page = new.add_worksheet(name)
            if name == STAMP_SHEET:
                page.hide()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    match cell:
                        case Formula():
                            page.write_formula(number, column, cell.words, None, cell.result)
                        case date():
                            page.write_datetime(number, column, cell, shown)
                        case float():
                            page.write_number(number, column, cell)
                        case str() if cell:
                            page.write_string(number, column, cell)
    return written.getvalue()


def put(sheets: Sheets, row: int, answer: Answer, cell: Cell) -> None:
    """Put a value in a cell of the sheet of updates; rows count from 1."""
    cells = sheets[UPDATES_SHEET][row - 1]
    cells += [None] * (COLUMNS[answer] - len(cells))
    cells[COLUMNS[answer] - 1] = cell
