"""How the columns and the status words of a document are read, laid out so that a person can check and correct it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from goldenthread.documents import Document
from goldenthread.documents.blocks import blocks
from goldenthread.plan.leads import LeadVocabulary
from goldenthread.plan.references import ReviewerVocabulary
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import SAID_FOR_A_DATE, Context, ReadingRules
from goldenthread.reading.council_words import NUMBERED, normal
from goldenthread.reading.dating import status_of
from goldenthread.reading.exported import is_exported
from goldenthread.reading.fields import MAY_REPEAT, OF_A_DELIVERY_PLAN, OF_A_TRACKER, Field
from goldenthread.reading.headed_tables import HeadedRows, plan_tables, tracker_tables
from goldenthread.reading.outline import Outline, outline
from goldenthread.reading.trackers.colours import key_of_colours
from goldenthread.reading.trackers.statuses import rating_words, status_words
from goldenthread.reading.trackers.survey import Survey, survey

_SAMPLES = 3
_LONGEST_WORDS = 40
"""A longer text in a column of statuses is an account and no status word, in characters."""
_MOST_UNKNOWN = 5
"""More words than these that nobody knows are the beginning of an account too."""
_NUMBER = re.compile(r"[\d\s.,/%]*")
_STOP = re.compile(r"\s*[.;:,(–—](?:\s|$)|\s-\s")
STATUSES = (
    Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE, Status.ONGOING, Status.DEFERRED, Status.SUPERSEDED,
    Status.CANCELLED, Status.UNKNOWN,
)  # fmt: skip
"""What a status word may mean. That something was verified, or is embedded, no document can say of itself."""


@dataclass(frozen=True)
class MappedColumn:
    """A heading as printed, where it stands, what stands below it, and what it was read as (OTHER: not used).

    `said` is whether the council has said so. `tables` are the numbers, from 0, of the tables that have the heading.
    """

    heading: str
    places: tuple[Anchor, ...]
    samples: tuple[str, ...]
    read_as: Field
    said: bool
    tables: frozenset[int]


@dataclass(frozen=True)
class MappedValue:
    """Words that stand where a status or a rating does, how often, and what they were read as (None: as no status)."""

    printed: str
    count: int
    read_as: Status | None
    said: bool
    is_rating: bool = False


@dataclass(frozen=True)
class DocumentMapping:
    """The columns and words of a document in printed order, and the choices that its reader has for each."""

    columns: tuple[MappedColumn, ...] = ()
    values: tuple[MappedValue, ...] = ()
    fields: tuple[Field, ...] = OF_A_TRACKER
    statuses: tuple[Status, ...] = STATUSES

    def clashes(self, chosen: Mapping[str, Field]) -> list[tuple[MappedColumn, MappedColumn]]:
        """Pairs of columns of one table that would hold the same, if headings were chosen to hold these fields."""
        holds = {
            column.heading: chosen.get(normal(column.heading), column.read_as) for column in self.columns
        }
        return [
            (one, other)
            for number, one in enumerate(self.columns)
            for other in self.columns[number + 1 :]
            if holds[one.heading] is holds[other.heading]
            and holds[one.heading] not in MAY_REPEAT
            and one.tables & other.tables
        ]


def mapping_of(document: Document, rules: ReadingRules | None = None) -> DocumentMapping:
    """How each column and status word of a document is read under these rules.

    Tables that were not understood are there too, with every column unused, if a row of them may hold headings. A file
    that was exported from here says itself what its columns are: nothing of it is mapped.
    """
    rules = rules or ReadingRules()
    content = blocks(document)
    if is_exported(content):
        return DocumentMapping()
    found = outline(content, rules.vocabulary)
    return _of_plan(found, rules) if found.themes else _of_tracker(document, rules)


def _of_tracker(document: Document, rules: ReadingRules) -> DocumentMapping:
    surveyed = survey(document, rules)
    tables = tracker_tables(surveyed.blocks, rules)
    return DocumentMapping(
        columns=_columns(tables, lambda heading: rules.said.of_tracker(heading) is not None),
        values=_values(_tracker_words(surveyed, document, rules), rules),
    )


def _of_plan(found: Outline, rules: ReadingRules) -> DocumentMapping:
    tables = list(plan_tables(found, rules.vocabulary))
    return DocumentMapping(
        columns=_columns(tables, lambda heading: rules.said.of_delivery_plan(heading) is not None),
        values=_values(_plan_words(tables, rules), rules),
        fields=OF_A_DELIVERY_PLAN,
        statuses=tuple(SAID_FOR_A_DATE),
    )


@dataclass
class _Column:
    heading: str
    places: list[Anchor] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)


def _columns(tables: Iterable[HeadedRows], is_said: Callable[[str], bool]) -> tuple[MappedColumn, ...]:
    """One column for each heading, whatever the number of tables that have it."""
    found: dict[str, _Column] = {}
    for table, headed in enumerate(tables):
        for number, (cell, read_as) in enumerate(zip(headed.headings, headed.fields, strict=False)):
            if not cell.text:
                continue
            column = found.setdefault(normal(cell.text), _Column(_one_line(cell.text)))
            column.places.append(cell.anchor)
            column.fields.append(read_as)
            column.tables.add(table)
            column.samples += map(_one_line, headed.texts(number))
    return tuple(
        MappedColumn(
            heading=column.heading,
            places=tuple(column.places),
            samples=tuple(dict.fromkeys(column.samples))[:_SAMPLES],
            read_as=next((one for one in column.fields if one is not Field.OTHER), Field.OTHER),
            said=is_said(column.heading),
            tables=frozenset(column.tables),
        )
        for column in found.values()
    )


class _Word(NamedTuple):
    """Words at one place of the document, and what they were read as there."""

    printed: str
    read_as: Status | None
    is_rating: bool = False


def _tracker_words(surveyed: Survey, document: Document, rules: ReadingRules) -> Iterator[_Word]:
    """What stands in the columns of statuses and of ratings, record by record."""
    key = {**key_of_colours(document), **rules.said.statuses}
    for record in surveyed.records:
        text = record.text(Field.STATUS)
        if words := status_words(text, rules.said):
            yield _Word(_unnumbered(words.printed), words.status)
        elif text:
            rating = rating_words(text)
            yield _Word(rating or _opening(text), key.get(normal(rating or text)), rating is not None)
        for _, rating in record.ratings:
            yield _Word(rating, key.get(normal(rating)), is_rating=True)


def _unnumbered(printed: str) -> str:
    """An entry of a pick list without its number."""
    return re.sub(rf"^{NUMBERED}", "", printed) or printed


def _opening(text: str) -> str:
    """What an account that begins with no known status begins with, up to its first stop."""
    return _STOP.split(_unnumbered(_one_line(text)))[0].rstrip(".")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plan_words(tables: Iterable[HeadedRows], rules: ReadingRules) -> Iterator[_Word]:
    """What stands in the columns of dates and is no date; the leads of rows that were shifted are left out."""
    context = Context(rules, ReviewerVocabulary(), LeadVocabulary())
    for table in tables:
        leads = {text for number in table.places(Field.LEAD) for text in table.texts(number)}
        for number in (*table.places(Field.START), *table.places(Field.DUE)):
            for text in table.texts(number):
                readings = context.dates(text)
                if len(readings) == 1 and readings[0].date is None and text not in leads:
                    understood = readings[0].understood
                    yield _Word(readings[0].printed, status_of(readings[0]) if understood else None)


def _values(words: Iterable[_Word], rules: ReadingRules) -> tuple[MappedValue, ...]:
    """Each word once, in the order in which they are first met.

    What is too long to be a status word is left out, and so are numbers, which mean something on one scale alone.
    """
    short = [
        word._replace(printed=_one_line(word.printed))
        for word in words
        if len(word.printed) <= _LONGEST_WORDS
        and not _NUMBER.fullmatch(word.printed)
        and (word.read_as or word.is_rating or len(word.printed.split()) <= _MOST_UNKNOWN)
    ]
    counted = Counter(normal(word.printed) for word in short)
    first = {normal(word.printed): word for word in reversed(short)}
    return tuple(
        MappedValue(
            printed=first[words].printed,
            count=counted[words],
            read_as=first[words].read_as,
            said=words in rules.said.statuses,
            is_rating=first[words].is_rating,
        )
        for words in counted
    )
