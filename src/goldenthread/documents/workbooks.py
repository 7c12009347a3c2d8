"""Workbooks (Excel, old Excel, OpenDocument): every sheet a heading and what stands on it, hidden ones marked."""

from __future__ import annotations

from goldenthread.documents.archives import check_archive
from goldenthread.documents.content import Block, Heading, Merged
from goldenthread.documents.isolation import extract
from goldenthread.documents.limits import MOST_CELLS, MOST_ROWS
from goldenthread.documents.model import Document, DocumentError, SourceFormat, laid_out
from goldenthread.documents.sheets import SheetLayout, SheetRow
from goldenthread.plan.values import Anchor

_Ranges = list[tuple[int, int, int, int]]


def read_workbook(content: bytes, name: str, format_: SourceFormat) -> Document:
    """A document from a workbook. Dates are in ISO 8601, formulas are their last values.

    Raises:
        DocumentError: when it is damaged, locked, empty or too much.
    """
    if format_ is not SourceFormat.XLS:
        check_archive(content, name)
    sheets = extract("workbook", content, name, "workbook", MOST_ROWS, MOST_CELLS)
    found: list[Block] = []
    table = 0
    for sheet, hidden, first_row, first_column, rows, ranges, fills in sheets:
        place = Anchor(file=name, sheet=sheet)
        filled = {(row, column): colour for row, column, colour in fills}
        layout = SheetLayout(place, first_column, table, hidden, _merged(ranges), filled)
        found.append(Heading(sheet, 1, place, hidden))
        found.extend(
            layout.blocks(SheetRow(cells, number) for number, cells in enumerate(rows, start=first_row))
        )
        table = layout.table
    if len(found) == len(sheets):
        raise DocumentError(f"{name} has no cell with anything in it.")
    return laid_out(name, format_, found)


def _merged(ranges: _Ranges) -> dict[tuple[int, int], Merged]:
    """The parts of merged cells that are not their first, by row and column."""
    parts: dict[tuple[int, int], Merged] = {}
    for top, left, bottom, right in ranges:
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS // 100:
            continue  # a whole row or column set as one: nothing to be read from it
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    parts[row, column] = Merged.ABOVE if row > top else Merged.LEFT
    return parts
