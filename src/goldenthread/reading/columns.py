"""Which column is which, and which cells of a row stand in the wrong one.

A heading names its column; the content of a cell says what it is. Where a row's content agrees better with the
headings when the whole row is moved sideways, it was shifted (a merged cell was lost), and is put back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Cell
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.vocabulary import Column, Vocabulary

Row = tuple[Cell, ...]
_FEWEST_COLUMNS = 3
_MOVES = (0, -1, 1, -2, 2)
_TITLE_WORDS = 4


def header(row: Row, vocabulary: Vocabulary) -> tuple[Column, ...] | None:
    """The columns that a header row names, or None when the row is no header of a delivery plan.

    A column of which the council has said what it holds keeps that from any other; such a row may name fewer columns.
    """
    told = [vocabulary.said_column(cell.text) for cell in row]
    usual = [vocabulary.column(cell.text) if cell.text else Column.OTHER for cell in row]
    found = tuple(
        said or (Column.OTHER if column in told else column) for said, column in zip(told, usual, strict=True)
    )
    named = [column for column in found if column is not Column.OTHER]
    fewest = _FEWEST_COLUMNS - 1 if set(told) & set(named) else _FEWEST_COLUMNS
    enough = len(named) >= fewest and len(set(named)) == len(named)
    return found if enough and Column.ACTION in named else None


@dataclass
class PlacedRow:
    """A row with its cells under the right headings. `moved` is by how many columns they stood too far right."""

    cells: dict[Column, Cell]
    anchor: Anchor
    moved: int = 0
    others: dict[int, Cell] = field(default_factory=dict)

    def text(self, column: Column) -> str:
        """The words of a cell, empty when the row has none there."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


def place(row: Row, columns: tuple[Column, ...], context: Context, workstreams: frozenset[str]) -> PlacedRow:
    """Put the cells of a row under their headings, moving the whole row sideways where its content says so."""
    scored = [(_agreement(row, columns, move, context, workstreams), -abs(move), move) for move in _MOVES]
    move = max(scored)[2]
    cells = {}
    for number, cell in enumerate(row):
        target = number - move
        if cell.text and 0 <= target < len(columns) and columns[target] is not Column.OTHER:
            cells[columns[target]] = cell
    return PlacedRow(cells, row[0].anchor, moved=move)


def _agreement(
    row: Row, columns: tuple[Column, ...], move: int, context: Context, workstreams: frozenset[str]
) -> float:
    total = 0.0
    for number, cell in enumerate(row):
        if not cell.text:
            continue
        target = number - move
        if not 0 <= target < len(columns):
            total -= 5.0
        else:
            total += _fit(cell, columns[target], context, workstreams)
    return total


def _fit(cell: Cell, column: Column, context: Context, workstreams: frozenset[str]) -> float:
    """How well the content of a cell agrees with a column: 2 when it looks like it, -2 when it does not."""
    if column is Column.OTHER:
        return 0.0
    if column is Column.WORKSTREAM and cell.text.lower() in workstreams:
        return 3.0
    return 2.0 if _LOOKS_LIKE[column](cell, context) else -2.0


def _is_dates(cell: Cell, context: Context) -> bool:
    if cell.has_list:
        return False
    readings = context.dates(cell.text)
    return bool(readings) and sum(reading.understood for reading in readings) * 2 > len(readings)


def _is_leads(cell: Cell, context: Context) -> bool:
    if cell.has_list:
        return False
    reading = context.leads(cell.text)
    return bool(reading.leads) and not reading.unread


def _is_references(cell: Cell, context: Context) -> bool:
    if cell.has_list:
        return False
    reading = context.references(cell.text)
    return (reading.not_applicable or bool(reading.references)) and not reading.unread


def _is_other_words(cell: Cell, context: Context) -> bool:
    return not any(test(cell, context) for test in (_is_dates, _is_leads, _is_references))


_LOOKS_LIKE: Mapping[Column, Callable[[Cell, Context], bool]] = {
    Column.START: _is_dates,
    Column.DUE: _is_dates,
    Column.LEAD: _is_leads,
    Column.REFERENCE: _is_references,
    Column.ACTION: lambda cell, context: (
        cell.has_list or (len(cell.text.split()) >= _TITLE_WORDS and _is_other_words(cell, context))
    ),
    Column.WORKSTREAM: lambda cell, context: not cell.has_list and _is_other_words(cell, context),
}
