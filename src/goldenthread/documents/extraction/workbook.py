"""Every sheet of a workbook, with its values as text."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from fills import Fills, fills_by_sheet  # type: ignore[import-not-found,unused-ignore]
from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum
from refusal import Refusal  # type: ignore[import-not-found,unused-ignore]

__all__ = ["Refusal", "extract"]

Sheet = tuple[str, bool, int, int, list[list[str]], list[tuple[int, int, int, int]], Fills]
"""Name, whether hidden, first row and column (from 1), rows, merged cells (first row, column, last row, column), and
the colours of blank cells."""


def extract(content: bytes, most_rows: int, most_cells: int) -> list[Sheet]:
    """The sheets in order; empty ones too, because their names may say something."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise Refusal("is locked with a password: save it without one.") from error
    sheets: list[Sheet] = []
    fills = fills_by_sheet(content)
    rows = cells = 0
    for shown in workbook.sheets_metadata:
        if "WorkSheet" not in str(shown.typ):
            continue
        sheet = workbook.get_sheet_by_name(shown.name)
        found, first_row, first_column = _rows(sheet, most_cells)
        rows += len(found)
        cells += sum(len(row) for row in found)
        if rows > most_rows:
            raise Refusal(f"has more than {most_rows:,} rows, which is the limit: split it.")
        if cells > most_cells:
            raise Refusal(f"has more than {most_cells:,} cells, which is the limit: split it.")
        hidden = shown.visible != SheetVisibleEnum.Visible
        filled = fills.get(shown.name, [])
        sheets.append((shown.name, hidden, first_row, first_column, found, _merged(sheet), filled))
    return sheets


def _rows(sheet: Any, most_cells: int) -> tuple[list[list[str]], int, int]:
    """The used part of a sheet: rows without the empty cells at their ends, and where it begins."""
    if sheet.start is None:
        return [], 1, 1
    if sheet.height * sheet.width > 20 * most_cells:
        raise Refusal(
            f"has cells too far apart on its sheet “{sheet.name}”: delete its empty rows and columns."
        )
    rows = []
    for values in sheet.iter_rows():
        used = values[sheet.start[1] :] if len(values) > sheet.width else values
        row = [_text(value) for value in used]
        while row and not row[-1]:
            row.pop()
        rows.append(row)
    rows = rows[sheet.start[0] :] if len(rows) > sheet.height else rows
    while rows and not rows[-1]:
        rows.pop()
    return rows, sheet.start[0] + 1, sheet.start[1] + 1


def _text(value: Any) -> str:
    """A value as a person would write it down; dates as ISO 8601, without a time where it is midnight."""
    match value:
        case str():
            return value.rstrip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}" if not value.is_integer() else str(int(value))
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.isoformat("minutes")
        case None:
            return ""
        case _:
            return str(value)


def _merged(sheet: Any) -> list[tuple[int, int, int, int]]:
    ranges = sheet.merged_cell_ranges or []
    return [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in ranges[:20_000]]
