"""Matrices: commitments down and departments across (or the other way round), a status in each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.documents.blocks import Cell, Table
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import SeasonRules
from goldenthread.reading.council_words import NOTHING_SAID, CouncilWords
from goldenthread.reading.trackers.columns import Field, Row, field_of
from goldenthread.reading.trackers.records import Record, UnreadColumn
from goldenthread.reading.trackers.statuses import is_status, rating_words

_MOSTLY = 0.8
_FEWEST = 2
_LONGEST_PERIOD = 4
_FREQUENCY = re.compile(r"\s+(real[- ]time|monthly|quarterly|annual(?:ly)?)$", re.IGNORECASE)
_LOOKS_LIKE_A_DATE = re.compile(r"\b[A-Za-z]{3,9}\s+\d{4}$")


@dataclass(frozen=True)
class _Matrix:
    headings: Row
    rows: tuple[Row, ...]
    columns: tuple[int, ...]

    def leads_are_rows(self, said: CouncilWords) -> bool:
        """Whether the departments stand down the side: the corner says so, or their names are the shorter ones."""
        corner = field_of(self.headings[0].text, said)
        if corner is Field.LEAD:
            return True
        if corner in (Field.ACTION, Field.GROUP):
            return False
        side = [row[0].text for row in self.rows]
        top = [self.headings[column].text for column in self.columns]
        return _mean_length(side) < _mean_length(top)


def matrix_records(table: Table, seasons: SeasonRules, said: CouncilWords = NOTHING_SAID) -> list[Record]:
    """A record for each cell of a matrix, row by row; none when the table is no matrix."""
    matrix = _matrix(table, said)
    return list(_records(matrix, seasons, said)) if matrix else []


def beside_the_matrix(table: Table, said: CouncilWords = NOTHING_SAID) -> list[UnreadColumn]:
    """The columns of a matrix that hold something else ("Openness score"), which no commitment is read from."""
    matrix = _matrix(table, said)
    if not matrix:
        return []
    others = [n for n, cell in enumerate(matrix.headings) if n and cell.text and n not in matrix.columns]
    return [
        UnreadColumn(matrix.headings[n].text, matrix.headings[n].anchor, texts)
        for n in others
        if (texts := [row[n].text for row in matrix.rows if n < len(row) and row[n].text])
    ]


def _records(matrix: _Matrix, seasons: SeasonRules, said: CouncilWords) -> Iterator[Record]:
    leads_down = matrix.leads_are_rows(said)
    for row in matrix.rows:
        for column in matrix.columns:
            cell = row[column] if column < len(row) else Cell((), row[0].anchor)
            side, top = row[0], matrix.headings[column]
            lead, commitment = (side, top) if leads_down else (top, side)
            title, period = split_period(commitment.text, seasons)
            record = Record("", [cell.anchor], owners=(lead.text,), period=period, has_lead_column=True)
            parts = commitment.parts[:1]
            record.add(Field.ACTION, [part.__class__(title) for part in parts])
            record.add(Field.STATUS, cell.parts)
            yield record


def split_period(label: str, seasons: SeasonRules) -> tuple[str, str]:
    """A commitment, and the data it is about at the time: "Spend data Nov 2012" → "Spend data", "Nov 2012"."""
    words = label.split()
    for count in range(min(_LONGEST_PERIOD, len(words) - 1), 1, -1):
        tail, before = " ".join(words[-count:]), words[-count - 1]
        month_first = count == 2 and _LOOKS_LIKE_A_DATE.fullmatch(tail) and tail[:3].lower() in _MONTHS
        is_period = bool(month_first) or read_date_phrase(tail, seasons).date is not None
        if is_period and before[0].isalpha() and before[:3].lower() not in _MONTHS and not _belongs(before):
            return " ".join(words[:-count]), tail
    if found := _FREQUENCY.search(label):
        return label[: found.start()], found[1]
    return label, ""


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


def _belongs(word: str) -> bool:
    """A letter of May 2010 is a letter, not a commitment about the data of that month."""
    return word.lower() in {"letter", "of", "in", "report", "statement", "plan", "act", "by", "from", "since"}


def _matrix(table: Table, said: CouncilWords) -> _Matrix | None:
    if len(table.rows) <= _FEWEST:
        return None
    headings, rows = table.rows[0], tuple(row for row in table.rows[1:] if row and row[0].text)
    columns = tuple(
        number
        for number in range(1, len(headings))
        if headings[number].text and _holds_statuses(rows, number, said)
    )
    filled = [number for number in columns if any(number < len(row) and row[number].text for row in rows)]
    return _Matrix(headings, rows, columns) if len(filled) >= _FEWEST and len(rows) >= _FEWEST else None


def _holds_statuses(rows: tuple[Row, ...], column: int, said: CouncilWords) -> bool:
    texts = [row[column].text for row in rows if column < len(row) and row[column].text]
    fitting = sum(is_status(text, said) or rating_words(text) is not None for text in texts)
    return fitting >= _MOSTLY * len(texts)


def _mean_length(texts: list[str]) -> float:
    return sum(map(len, texts)) / max(len(texts), 1)
