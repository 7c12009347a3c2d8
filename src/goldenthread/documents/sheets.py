"""Rows of cells as a person lays them out on a sheet: titles and remarks between tables.

A row with one filled cell at the top of a stretch of rows is a line of text, read as a text file's lines are; the
rest of the stretch is a table. Empty rows do not end a table unless a line of text follows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from goldenthread.documents.blocks import blocks
from goldenthread.documents.content import Block, Cell, Merged, Table
from goldenthread.documents.forms import placeholder_in
from goldenthread.documents.plain_cells import cell_parts
from goldenthread.documents.text import read_text
from goldenthread.plan.values import Anchor


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its cells from the sheet's first column on, its number, and in a text file its line."""

    cells: list[str]
    number: int
    line: int | None = None

    @property
    def filled(self) -> int:
        """How many cells have words."""
        return sum(1 for cell in self.cells if cell)


@dataclass
class SheetLayout:
    """How the rows of one sheet become blocks.

    `place` is what all anchors share (file, sheet), `first_column` the number of the first cell of a row, `table` the
    number of the last table before this sheet, `merged` the empty parts of merged cells by row and column number, and
    `fills` the colours of blank cells likewise.
    """

    place: Anchor
    first_column: int = 1
    table: int = 0
    hidden: bool = False
    merged: dict[tuple[int, int], Merged] | None = None
    fills: dict[tuple[int, int], str] | None = None

    def blocks(self, rows: Iterable[SheetRow]) -> Iterator[Block]:
        """The blocks of the sheet in order."""
        tabled: list[SheetRow] = []
        for stretch in _stretches(rows):
            loose = next((n for n, row in enumerate(stretch) if row.filled > 1), len(stretch))
            if loose:
                if tabled:
                    yield self._table(tabled)
                tabled = []
                yield from self._lines(stretch[:loose])
            tabled += stretch[loose:]
        if tabled:
            yield self._table(tabled)

    def _lines(self, rows: list[SheetRow]) -> Iterator[Block]:
        """Rows of one cell as lines of text."""
        lines = [" ".join(next(cell for cell in row.cells if cell).split("\n")) for row in rows]
        for block in blocks(read_text("\n".join(lines), "")):
            assert block.anchor.line is not None
            row = rows[block.anchor.line - 1]
            if not isinstance(block, Table):
                yield replace(block, anchor=self._anchor(row, None))

    def _anchor(self, row: SheetRow, column: int | None) -> Anchor:
        place = self.place
        return Anchor.model_construct(
            file=place.file, sheet=place.sheet, line=row.line, page=None, paragraph=None,
            table=self.table if column is not None else None, row=row.number, column=column,
        )  # fmt: skip

    def _table(self, rows: list[SheetRow]) -> Table:
        self.table += 1
        first = min(next(n for n, cell in enumerate(row.cells) if cell) for row in rows)
        width = max(len(row.cells) for row in rows)
        cells = (
            tuple(
                self._cell(row.cells[place] if place < len(row.cells) else "", row, self.first_column + place)
                for place in range(first, width)
            )
            for row in rows
        )
        anchor = self.place.model_copy(
            update={"table": self.table, "row": rows[0].number, "line": rows[0].line}
        )
        return Table(tuple(cells), anchor, self.hidden)

    def _cell(self, text: str, row: SheetRow, column: int) -> Cell:
        anchor = self._anchor(row, column)
        if not text or text.isspace():
            merged = self.merged.get((row.number, column)) if self.merged else None
            fill = self.fills.get((row.number, column), "") if self.fills and not merged else ""
            return Cell((), anchor, merged, fill=fill)
        if text[0] in "<[pPsScC" and (placeholder := placeholder_in(text)):
            return Cell((), anchor, placeholder=placeholder)
        return Cell(cell_parts(text), anchor)


def _stretches(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    """The rows between empty ones."""
    stretch: list[SheetRow] = []
    for row in rows:
        if row.filled:
            stretch.append(row)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
