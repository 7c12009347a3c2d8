"""From printed rows to logical ones: workstreams carried down, and rows that carry on the one above joined to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Cell, CellPart, Table
from goldenthread.plan.values import Anchor
from goldenthread.reading.columns import PlacedRow, header, place
from goldenthread.reading.context import Context
from goldenthread.reading.vocabulary import Column


@dataclass
class LogicalRow:
    """What the plan says in one or more printed rows about one action. Texts of a column are in printed order."""

    workstream: str
    texts: dict[Column, list[str]] = field(default_factory=dict)
    parts: list[CellPart] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    moved: list[tuple[Anchor, int]] = field(default_factory=list)

    def printed(self, column: Column) -> str:
        """All that the row's cells in this column say, in one line."""
        return " ".join(self.texts.get(column, ()))

    @property
    def title(self) -> str:
        """The words before the steps."""
        return " ".join(part.text for part in self.parts if part.marker is None)

    def take(self, row: PlacedRow) -> None:
        """Add what another printed row says."""
        self.anchors.append(row.anchor)
        if row.moved:
            self.moved.append((row.anchor, row.moved))
        for column, cell in row.cells.items():
            if column is Column.ACTION:
                self.parts.extend(cell.parts)
            else:
                self.texts.setdefault(column, []).append(cell.text)


def logical_rows(
    tables: Iterable[Table], context: Context, workstreams: Iterable[str]
) -> Iterator[LogicalRow]:
    """The rows of a theme's delivery plan, across tables that page breaks cut in pieces."""
    known = frozenset(name.lower() for name in workstreams)
    current: LogicalRow | None = None
    workstream = ""
    for row in placed_rows(tables, context, known):
        if not row.cells:
            continue
        if current is not None and _carries_on(row):
            current.take(row)
            continue
        if current is not None:
            yield current
        workstream = row.text(Column.WORKSTREAM) or workstream
        current = LogicalRow(workstream)
        current.take(row)
    if current is not None:
        yield current


def placed_rows(
    tables: Iterable[Table], context: Context, workstreams: frozenset[str] = frozenset()
) -> Iterator[PlacedRow]:
    """The printed rows under their headings, headers left out. A header serves until the next one, across tables."""
    columns: tuple[Column, ...] | None = None
    for table in tables:
        for row in table.rows:
            if found := header(row, context.rules.vocabulary):
                columns = found
            elif columns:
                yield place(row, columns, context, workstreams)


def _carries_on(row: PlacedRow) -> bool:
    """Whether a row has no action of its own: nothing in its column, or only steps, and neither lead nor source."""
    if row.cells.get(Column.WORKSTREAM):
        return False
    action = row.cells.get(Column.ACTION)
    if action is None:
        return True
    return not _title_of(action) and not row.cells.get(Column.LEAD) and not row.cells.get(Column.REFERENCE)


def _title_of(cell: Cell) -> str:
    return " ".join(part.text for part in cell.parts if part.marker is None)
