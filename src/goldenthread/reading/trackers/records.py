"""One record for each promise of a tracker, whatever the table it stood in: what was printed, by field, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Cell, CellPart, Merged
from goldenthread.plan.values import Anchor
from goldenthread.reading.council_words import NOTHING_SAID, CouncilWords
from goldenthread.reading.trackers.columns import Field, Row, header_of
from goldenthread.reading.trackers.marks import marked_actions
from goldenthread.reading.trackers.periods import is_mark, period_of, period_places
from goldenthread.reading.trackers.statuses import split_at_rating

_Cells = list[tuple[Field, Cell]]
_ENDS_OF_A_TABLE = 3
_ASKS_FOR_MONTH = re.compile(r"(?<!d[/ -])\bmmm+[/ -]?yy|\be\.g\. [A-Z][a-z]{2}-\d{2}\b", re.IGNORECASE)
_FIRST_OF_MONTH = re.compile(r"\d{4}-\d{2}-01")


@dataclass
class Record:
    """What a document prints about one promise. `ratings` are by the heading of their column.

    `owners` are those that a matrix names at its edge, `period` the data that a commitment is about there. `marked` are
    the months or quarters under which it is marked (`marked_apart`: with unmarked ones between), `series` its ratings
    by quarter or month, oldest first, `audits` what was found when it was checked, with the heading.
    """

    group: str
    anchors: list[Anchor] = field(default_factory=list)
    cells: dict[Field, list[CellPart]] = field(default_factory=dict)
    ratings: list[tuple[str, str]] = field(default_factory=list)
    owners: tuple[str, ...] = ()
    period: str = ""
    has_lead_column: bool = False
    marked: list[str] = field(default_factory=list)
    marked_apart: bool = False
    series: list[tuple[str, str]] = field(default_factory=list)
    audits: list[tuple[str, str]] = field(default_factory=list)

    def text(self, field_: Field) -> str:
        """All that is printed for a field, in one line."""
        return " ".join(part.text for part in self.cells.get(field_, ()) if part.text)

    def parts(self, field_: Field) -> list[CellPart]:
        """What is printed for a field, paragraph by paragraph."""
        return self.cells.get(field_, [])

    def add(self, field_: Field, parts: tuple[CellPart, ...] | list[CellPart]) -> None:
        """Print more for a field."""
        if parts:
            self.cells.setdefault(field_, []).extend(parts)


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """A column that nothing is read from: its heading, its place, and what stands in it."""

    heading: str
    anchor: Anchor
    texts: list[str]


@dataclass
class PrintedRows:
    """The rows below one row of headings, what the column of each is read as, and which columns are periods."""

    headings: Row
    fields: tuple[Field, ...]
    periods: tuple[int, ...]
    rows: list[Row] = field(default_factory=list)


class HeadedTable:
    """The rows of a table that has headings, as records. Carries groups down, joins rows that go on over a page."""

    def __init__(
        self, fields: tuple[Field, ...], headings: Row, group: str, said: CouncilWords = NOTHING_SAID
    ) -> None:
        self.records: list[Record] = []
        self.printed: list[PrintedRows] = []
        self._said = said
        self._group = group
        self._set_header(fields, headings)

    def _set_header(self, fields: tuple[Field, ...], headings: Row) -> None:
        self.fields = fields
        self._headings = tuple(cell.text for cell in headings)
        self._periods = period_places(self._headings, fields)
        self.printed.append(PrintedRows(headings, fields, self._periods))
        title = self._headings[fields.index(Field.ACTION)]
        if title.lower().strip().removesuffix("s") not in {"action", "our action"} and _is_state(title):
            self._group = title

    def take(self, rows: tuple[Row, ...]) -> None:
        """Read these rows, which may repeat the headings."""
        for row in rows:
            again = None if _is_numbered(row) else header_of(row, said=self._said)
            if again:
                self._set_header(again, row)
            elif any(cell.text for cell in row) and not _is_filler(row):
                self._take_row(row)

    def _take_row(self, row: Row) -> None:
        self.printed[-1].rows.append(row)
        cells = [
            (name, cell) for name, cell in zip(self.fields, row, strict=False) if name is not Field.OTHER
        ]
        ratings = self._ratings(row)
        filled: _Cells = [(name, cell) for name, cell in cells if cell.text]
        if not filled:
            return
        if self._is_group(row, filled):
            self._group = filled[0][1].text
            return
        names: set[Field] = {name for name, _ in filled}
        if self.records and self._carries_on(names, cells):
            self._extend(self.records[-1], filled, ratings)
            self._add_periods(self.records[-1], row)
            return
        if Field.ACTION not in names and not names & {Field.GROUP, Field.NUMBER, Field.RAISED}:
            return
        self.records.append(self._record(filled, ratings))
        self._add_periods(self.records[-1], row)

    def _add_periods(self, record: Record, row: Row) -> None:
        """What stands under months and quarters: marks, ratings of columns that say so, or something else."""
        last = None
        for place, number in enumerate(self._periods):
            text = rated(row[number]) if number < len(row) else ""
            period = period_of(self._headings[number]) or ""
            if is_mark(text):
                record.marked.append(period)
                record.marked_apart |= last is not None and place > last + 1
                last = place
            elif text and self.fields[number] is Field.RAG:
                record.series.append((period, text))
            elif text:
                record.ratings.append((period, text))

    def _ratings(self, row: Row) -> list[tuple[str, str]]:
        """The ratings of a row, each with the heading of its column where there are several."""
        places = [
            number
            for number, name in enumerate(self.fields)
            if name is Field.RAG and number not in self._periods
        ]
        headings = [self._headings[number] if len(places) > 1 else "" for number in places]
        texts = [rated(row[number]) if number < len(row) else "" for number in places]
        texts += [row[number].fill.capitalize() for number in self._blank_statuses(row)]
        headings += [""] * (len(texts) - len(headings))
        return [(heading, text) for heading, text in zip(headings, texts, strict=True) if text]

    def _blank_statuses(self, row: Row) -> list[int]:
        """Columns of statuses in which a row has a colour and no word."""
        return [
            number
            for number, name in enumerate(self.fields)
            if name is Field.STATUS and number < len(row) and row[number].fill and not row[number].text
        ]

    def _record(self, filled: _Cells, ratings: list[tuple[str, str]]) -> Record:
        record = Record(self._group, has_lead_column=bool({Field.LEAD, Field.COMBINED} & set(self.fields)))
        self._extend(record, filled, ratings)
        if Field.GROUP in self.fields:
            record.group = record.text(Field.GROUP) or self._group_above()
        return record

    def _group_above(self) -> str:
        """The group of a merged cell, or of the row above where the cell was left blank."""
        return self.records[-1].group if self.records else self._group

    def _extend(self, record: Record, filled: _Cells, ratings: list[tuple[str, str]]) -> None:
        place = filled[0][1].anchor.model_copy(update={"column": None})
        if place not in record.anchors:
            record.anchors.append(place)
        record.ratings.extend(ratings)
        for name, cell in filled:
            if name is Field.COMBINED:
                lead, rating, account = split_at_rating(cell.text)
                record.add(Field.LEAD, [CellPart(lead)] if lead else [])
                record.ratings += [("", rating)] if rating else []
                record.add(Field.PROGRESS, [CellPart(account)] if account else [])
            elif name is Field.AUDIT:
                record.audits.append((self._headings[self.fields.index(name)], cell.text))
            elif name is Field.ACTION:
                self._add_action(record, cell)
            elif name is not Field.RAG:
                record.add(name, self._as_asked(name, cell))

    def _add_action(self, record: Record, cell: Cell) -> None:
        """The action of a cell; what is said before its mark ("... Action: ...") is an account."""
        for part in cell.parts:
            before, actions = marked_actions(part.text)
            if before and len(actions) == 1:
                record.add(Field.PROGRESS, [CellPart(before)])
                record.add(Field.ACTION, [CellPart(actions[0][1])])
            else:
                record.add(Field.ACTION, [part])

    def _as_asked(self, name: Field, cell: Cell) -> tuple[CellPart, ...]:
        """The words of a cell; where a month is asked for, the first day of it that a workbook stores is not meant."""
        if _ASKS_FOR_MONTH.search(self._headings[self.fields.index(name)]) and _FIRST_OF_MONTH.fullmatch(
            cell.text
        ):
            return (CellPart(cell.text[:7]),)
        return cell.parts

    def _is_group(self, row: Row, filled: _Cells) -> bool:
        """One cell across the table, or one in a column that is not the action's, with nothing beside it."""
        if len(filled) != 1 or len([cell for cell in row if cell.text]) != 1 or len(row) < _ENDS_OF_A_TABLE:
            return False
        across = sum(cell.merged is Merged.LEFT for cell in row) >= len(row) - 2
        name = filled[0][0]
        return across or (name in {Field.NUMBER, Field.RAISED} and not filled[0][1].text.isdigit())

    def _carries_on(self, names: set[Field], cells: Sequence[tuple[Field, Cell]]) -> bool:
        """Whether a row says more of the promise above: it has no action of its own, and nothing that begins one."""
        merged = {name for name, cell in cells if cell.merged is Merged.ABOVE}
        if Field.ACTION in merged:
            return True
        return not names & {Field.ACTION, Field.NUMBER, Field.RAISED, Field.GROUP}


def rated(cell: Cell) -> str:
    """The words of a cell of ratings; of one without words its colour."""
    return cell.text or cell.fill.capitalize()


def _is_numbered(row: Row) -> bool:
    """Whether a row begins with a bare number, as no row of headings does."""
    return next((cell.text for cell in row if cell.text), "").strip().isdigit()


def _is_filler(row: Row) -> bool:
    """A row that says the same in every cell ("END")."""
    texts = [cell.text for cell in row if cell.text]
    return len(texts) >= _ENDS_OF_A_TABLE and len(set(texts)) == 1


def _is_state(heading: str) -> bool:
    """Whether the heading of the actions says which of them stand there: "Actions completed"."""
    words = set(heading.lower().split())
    return bool(words & {"completed", "closed", "outstanding", "new", "open", "current", "previous"})
