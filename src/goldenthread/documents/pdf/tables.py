"""Tables of a PDF as printed, and the pieces into which page breaks cut them put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.documents.content import Merged
from goldenthread.documents.pdf.grid import Grid
from goldenthread.documents.pdf.page import Line, Page, Word, lines_of_words

_SAME_COLUMN = 4.0
_FEWEST_LINES = 2


@dataclass
class PrintedCell:
    """A cell: its lines, where it lies, and whether it is a further part of a merged one."""

    lines: list[Line]
    left: float
    right: float
    bottom: float
    merged: Merged | None = None

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(line.text for line in self.lines)

    @property
    def is_full(self) -> bool:
        """Whether its words reach the bottom, so that they may carry on elsewhere."""
        return bool(self.lines) and self.bottom - self.lines[-1].bottom < 1.3 * self.lines[-1].size


@dataclass
class PrintedRow:
    """A row and the page on which it begins."""

    page: int
    cells: list[PrintedCell]

    @property
    def texts(self) -> list[str]:
        """The words of its cells."""
        return [cell.text for cell in self.cells]


@dataclass
class PrintedTable:
    """A table; `xs` are the left edges of its columns and the right edge of the last."""

    xs: list[float]
    top: float
    bottom: float
    rows: list[PrintedRow] = field(default_factory=list)


def ruled_table(grid: Grid, words: Sequence[Word], page: Page) -> PrintedTable:
    """The words of a page that stand in a ruled table, in its cells."""
    by_cell: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        square = _square(grid, (word.left + word.right) / 2, word.middle)
        by_cell.setdefault(grid.first[square], []).append(word)
    table = PrintedTable(grid.xs, grid.ys[0], grid.ys[-1])
    last_row = {start: square[0] for square, start in sorted(grid.first.items())}
    last_column = {
        start: square[1] for square, start in sorted(grid.first.items(), key=lambda pair: pair[0][1])
    }
    for row in range(grid.height):
        cells = []
        for column in range(grid.width):
            start = grid.first[row, column]
            merged = None
            if start != (row, column):
                merged = Merged.ABOVE if start[0] < row else Merged.LEFT
            lines = [] if merged else lines_of_words(by_cell.get(start, ()))
            right, bottom = grid.xs[last_column[start] + 1], grid.ys[last_row[start] + 1]
            cells.append(PrintedCell(lines, grid.xs[column], right, bottom, merged))
        table.rows.append(PrintedRow(page.number, cells))
    return table


def _square(grid: Grid, x: float, y: float) -> tuple[int, int]:
    column = sum(1 for edge in grid.xs[1:-1] if edge <= x)
    row = sum(1 for edge in grid.ys[1:-1] if edge <= y)
    return row, column


def carries_on(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether a table at the top of a page has the columns of the one at the end of the page before."""
    return len(above.xs) == len(below.xs) and all(
        abs(one - other) <= _SAME_COLUMN for one, other in zip(above.xs, below.xs, strict=True)
    )


def stitch(above: PrintedTable, below: PrintedTable) -> None:
    """Add the rows of a table's next piece; a repeated header is dropped, a row that was cut in two is joined."""
    rows = list(below.rows)
    for header in above.rows[: len(rows)]:
        if rows and rows[0].texts == header.texts and any(header.texts):
            rows.pop(0)
        else:
            break
    if rows and above.rows and _is_cut(above.rows[-1], rows[0]):
        for cell, rest in zip(above.rows[-1].cells, rows.pop(0).cells, strict=True):
            cell.lines.extend(rest.lines)
            cell.bottom = rest.bottom
    above.rows.extend(rows)


def _is_cut(row: PrintedRow, rest: PrintedRow) -> bool:
    """Whether a row carries on one that a page break cut.

    Only cells that were full at the break can carry on, so whatever stands in the rest must stand under such cells.
    A row with one line a cell is full everywhere: there, the words have to carry on a sentence.
    """
    pairs = list(zip(row.cells, rest.cells, strict=True))
    carrying = [(cell, more) for cell, more in pairs if more.lines]
    if not carrying or any(not cell.is_full for cell, _ in carrying):
        return False
    if max(len(cell.lines) for cell, _ in carrying) < _FEWEST_LINES:
        return all(_mid_sentence(cell.lines[-1], more.lines[0]) for cell, more in carrying)
    if any(cell.lines and not cell.is_full for cell, _ in pairs):
        return True
    return len(carrying) < len(pairs) and any(
        _mid_sentence(cell.lines[-1], more.lines[0]) or more.lines[0].bullet for cell, more in carrying
    )


def _mid_sentence(line: Line, following: Line) -> bool:
    return following.text[:1].islower() and not line.text.endswith((".", ";", "!", "?"))
