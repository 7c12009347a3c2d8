"""Tables of a PDF as printed, and the pieces into which page breaks cut them put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.documents.content import Merged
from goldenthread.documents.pdf.grid import Grid
from goldenthread.documents.pdf.page import Line, Page, Word, lines_of_words

_SAME_COLUMN = 4.0
_PADDING = 4.0
_KEPT_TOGETHER = 3.0
"""How many letter sizes the room may be that a program leaves so as not to part the last two lines of a paragraph."""


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
    def reaches_bottom(self) -> bool:
        """Whether its words reach the bottom, but for lines that are kept together, so that they may carry on."""
        return bool(self.lines) and self.bottom - self.lines[-1].bottom < _KEPT_TOGETHER * self.lines[-1].size

    def has_no_room_for(self, word: Word) -> bool:
        """Whether its last line is too full for another word."""
        last = self.lines[-1]
        return last.right + 0.25 * word.size + word.right - word.left > self.right - _PADDING


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

    Only cells whose words reach the bottom can carry on, give or take the lines that are kept together. That says
    enough where others ended further up. Else the words must run on: none of the cells has room at its end for the
    word that comes next, or one has none and a sentence goes on.
    """
    pairs = list(zip(row.cells, rest.cells, strict=True))
    carrying = [(cell, more) for cell, more in pairs if more.lines]
    if not carrying or not all(cell.reaches_bottom for cell, _ in carrying):
        return False
    if any(cell.lines and not cell.reaches_bottom for cell, _ in pairs):
        return True
    running = [(cell, more) for cell, more in carrying if not more.lines[0].bullet]
    run_on = [cell.has_no_room_for(more.lines[0].words[0]) for cell, more in running]
    return bool(running) and (
        all(run_on)
        or any(
            no_room and _mid_sentence(cell.lines[-1], more.lines[0])
            for no_room, (cell, more) in zip(run_on, running, strict=True)
        )
    )


def _mid_sentence(line: Line, following: Line) -> bool:
    return following.text[:1].islower() and not line.text.endswith((".", ";", "!", "?"))
