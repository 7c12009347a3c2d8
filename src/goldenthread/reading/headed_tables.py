"""The tables of a document that have headings, understood or not, so that a person can say what their columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.documents.blocks import Block, Heading, Table
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.reading.columns import header
from goldenthread.reading.context import ReadingRules
from goldenthread.reading.fields import Field
from goldenthread.reading.outline import Outline
from goldenthread.reading.trackers.columns import LONGEST_HEADING, LOOKED_AT, Row, find_header, upright
from goldenthread.reading.trackers.matrix import matrix_records
from goldenthread.reading.trackers.statuses import is_status
from goldenthread.reading.vocabulary import FIELDS_BY_COLUMN, PartKind, Vocabulary

_FEWEST_HEADINGS, _FEWEST_ROWS = 2, 2


@dataclass(frozen=True)
class HeadedRows:
    """A row of headings, what the column of each is read as, and the rows below."""

    headings: Row
    fields: tuple[Field, ...]
    below: Sequence[Row]

    @classmethod
    def unread(cls, rows: Sequence[Row]) -> HeadedRows | None:
        """The same for a table that nothing is read from, if a row of it may hold headings."""
        number = likely_headings(rows)
        if number is None:
            return None
        return cls(rows[number], (Field.OTHER,) * len(rows[number]), rows[number + 1 :])

    def places(self, field: Field) -> list[int]:
        """The numbers of the columns that hold this."""
        return [number for number, held in enumerate(self.fields) if held is field]

    def texts(self, number: int) -> list[str]:
        """What stands in a column, blanks left out."""
        return [row[number].text for row in self.below if number < len(row) and row[number].text]


def tracker_tables(blocks: Iterable[Block], rules: ReadingRules) -> Iterator[HeadedRows]:
    """Those of a tracker. A table that only goes on with the one before it has no headings of its own."""
    width = None
    for block in blocks:
        if isinstance(block, Heading):
            width = None
        elif isinstance(block, Table) and block.rows:
            table = upright(block, rules.said)
            if found := find_header(table.rows, rules.said):
                number, fields = found
                headed: HeadedRows | None = HeadedRows(table.rows[number], fields, table.rows[number + 1 :])
            elif len(table.rows[0]) == width or matrix_records(table, rules.seasons, rules.said):
                continue
            else:
                headed = HeadedRows.unread(table.rows)
            if headed:
                width = len(headed.headings)
                yield headed


def plan_tables(found: Outline, vocabulary: Vocabulary) -> Iterator[HeadedRows]:
    """Those of the delivery plans of every theme. Headings serve until the next ones, across tables."""
    for chapter in found.themes:
        known = False
        for part in chapter.parts:
            for table in part.tables:
                named = [
                    (n, columns) for n, row in enumerate(table.rows) if (columns := header(row, vocabulary))
                ]
                if named:
                    number, columns = named[0]
                    known = True
                    fields = tuple(FIELDS_BY_COLUMN[column] for column in columns)
                    yield HeadedRows(table.rows[number], fields, table.rows[number + 1 :])
                elif known or part.kind is PartKind.MILESTONES:
                    continue
                elif unread := HeadedRows.unread(table.rows):
                    yield unread


def likely_headings(rows: Sequence[Row]) -> int | None:
    """The number of the first row that may hold headings: short, different words, and rows of several cells below.

    Dates, statuses and sentences are what stands under headings.
    """
    for number, row in enumerate(rows[:LOOKED_AT]):
        texts = [cell.text for cell in row if cell.text]
        below = [
            under
            for under in rows[number + 1 :]
            if sum(bool(cell.text) for cell in under) >= _FEWEST_HEADINGS
        ]
        if (
            len(texts) >= _FEWEST_HEADINGS
            and len(set(texts)) == len(texts)
            and all(map(_may_be_heading, texts))
            and len(below) >= _FEWEST_ROWS
        ):
            return number
    return None


def _may_be_heading(text: str) -> bool:
    has_letters = re.search(r"[^\W\d_]", text) is not None
    is_content = (
        text.rstrip().endswith((".", ";")) or is_status(text) or read_date_phrase(text).date is not None
    )
    return has_letters and len(text) <= LONGEST_HEADING and not is_content
