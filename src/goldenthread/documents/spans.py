"""Merged cells taken apart: every row of a table gets a cell for every column."""

from __future__ import annotations

from typing import Any

import panflute as pf

from goldenthread.documents.content import Merged
from goldenthread.documents.limits import MOST_CELLS, MOST_ROWS, too_many


def all_rows(table: Any) -> list[Any]:
    """The rows of a table: head, bodies with their intermediate heads, foot."""
    rows = list(table.head.content)
    for body in table.content:
        rows += [*body.head, *body.content]
    return [*rows, *table.foot.content]


def with_merged_cells_apart(table: Any, name: str) -> Any:
    """The table with one cell a column in every row.

    The words stay in a merged cell's first part; the others are empty and say where the words are (`data-merged`).
    Raises `DocumentError` when a merged cell claims more rows or columns than are read.
    """
    width = len(table.colspec)
    rows = []
    for section in (
        table.head.content,
        *((*body.head, *body.content) for body in table.content),
        table.foot.content,
    ):
        rows += _expanded(list(section), width)
    if len(rows) > MOST_ROWS:
        raise too_many(name, "rows", MOST_ROWS, "split it")
    width = max((len(row.content) for row in rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise too_many(name, "cells", MOST_CELLS, "split it")
    for row in rows:
        row.content.extend(pf.TableCell() for _ in range(width - len(row.content)))
    return pf.Table(pf.TableBody(*rows), colspec=[("AlignDefault", "ColWidthDefault")] * width)


def _expanded(rows: list[Any], width: int) -> list[Any]:
    """The rows of one section; a cell that reaches down does not leave its section."""
    reaching: dict[int, int] = {}
    expanded = []
    for row in rows:
        printed = list(row.content)
        cells: list[Any] = []
        while printed or reaching.get(len(cells), 0):
            column = len(cells)
            if reaching.get(column, 0):
                reaching[column] -= 1
                cells.append(_part(Merged.ABOVE))
                continue
            cell = printed.pop(0)
            across, down = min(max(cell.colspan, 1), max(width - column, 1)), min(cell.rowspan, len(rows))
            for offset in range(across):
                if down > 1:
                    reaching[column + offset] = down - 1
            cells.append(pf.TableCell(*cell.content))
            cells.extend(_part(Merged.LEFT) for _ in range(across - 1))
        expanded.append(pf.TableRow(*cells))
    return expanded


def _part(words_are: Merged) -> Any:
    return pf.TableCell(attributes={"data-merged": words_are.value})
