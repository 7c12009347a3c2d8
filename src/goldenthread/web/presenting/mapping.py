"""How a document's columns and words are read, as rows of a form: what stands there, and what it may be taken for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.reading import DocumentMapping, Field, MappedColumn, MappedValue
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.statuses import count_words, status_words
from goldenthread.web.presenting.summary import counts

NO_STATUS = "none"
FIELD_WORDS: Mapping[str, str] = {
    Field.ACTION: "What is to be done",
    Field.LEAD: "Who leads",
    Field.DUE: "When it is due",
    Field.REVISED: "When it is due now, after a change",
    Field.STATUS: "How far it is",
    Field.RAG: "How it is rated",
    Field.PROGRESS: "What has been done so far",
    Field.GROUP: "Which part of the plan it belongs to",
    Field.NUMBER: "Its number",
    Field.RAISED: "When it was raised",
    Field.START: "When it starts",
    "forecast or requested date": "When it is expected, or asked to be",
    Field.DONE: "When it was completed",
    "what was found when it was checked": "What was found when it was checked",
    Field.MILESTONE: "Its next milestone",
    Field.MILESTONE_DATE: "When its next milestone is due",
    Field.COMBINED: "Who leads, how it is rated and what has been done, in one cell",
    Field.REFERENCE: "Which recommendation it answers",
    Field.OTHER: "Do not use",
}
_LONGEST_SAMPLE = 90


@dataclass(frozen=True, slots=True)
class Choice:
    """One select of the form, with the words that it is about and what stands around them in the document."""

    id: str
    name: str
    printed: str
    label: str
    said: bool
    items: list[dict[str, object]]
    note: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedTable:
    """The columns whose headings stand first in one table, and the name of that table."""

    name: str
    rows: list[Choice] = field(default_factory=list)


def tables_of(mapping: DocumentMapping, chosen: Mapping[str, str]) -> list[MappedTable]:
    """The columns, by the table in which each heading is first met. `chosen` is what was typed, by name of select."""
    rows = [
        (_table_name(column.places[0]), _column(n, column, mapping, chosen))
        for n, column in enumerate(mapping.columns)
    ]
    return [MappedTable(name, [row for _, row in of]) for name, of in groupby(rows, key=lambda pair: pair[0])]


def words_of(mapping: DocumentMapping, chosen: Mapping[str, str]) -> list[Choice]:
    """The status words and ratings."""
    return [_value(number, value, mapping, chosen) for number, value in enumerate(mapping.values)]


def column_name(column: MappedColumn) -> str:
    """The name of a column's select. It holds what the page showed, so that only what was changed counts as said."""
    return f"column:{column.read_as}:{column.heading}"


def value_name(value: MappedValue) -> str:
    """The name of a status word's select."""
    return f"value:{value.read_as or NO_STATUS}:{value.printed}"


def meaning_words(meaning: Field | Status) -> str:
    """A meaning as the pages say it."""
    return field_words(meaning) if isinstance(meaning, Field) else status_words(meaning).text


def field_words(held: Field) -> str:
    """What a column holds, as the pages say it."""
    return FIELD_WORDS.get(held, held.capitalize())


def what_changed(before: Plan, after: Plan) -> str:
    """In one sentence, how the counts of two readings differ."""
    pairs = zip(_counted(before), _counted(after), strict=True)
    differ = [f"{name.lower()} {old:,} before, {new:,} now" for (name, old), (_, new) in pairs if old != new]
    if not differ:
        return "The document was read again. Its counts are as before."
    return f"The document was read again: {'; '.join(differ)}."


def _counted(plan: Plan) -> Iterable[tuple[str, int]]:
    known = [action.status for action in plan.actions() if action.status is not Status.UNKNOWN]
    dated = [action for action in plan.actions() if action.dates.approved or action.dates.actual]
    return (
        *counts(PlanIndex(plan)),
        ("Actions with a date", len(dated)),
        ("Actions with a status", len(known)),
        ("Open questions", len(plan.questions)),
    )


def _column(number: int, column: MappedColumn, mapping: DocumentMapping, chosen: Mapping[str, str]) -> Choice:
    name = column_name(column)
    more = len(column.tables) - 1
    return Choice(
        id=f"column-{number}",
        name=name,
        printed=column.heading,
        label=f"What “{column.heading}” holds",
        said=column.said,
        items=[
            _item(one, field_words(one), chosen.get(name, column.read_as))
            for one in dict.fromkeys((*mapping.fields, column.read_as))
        ],
        note=f"Also in {count_words(more, 'other table').lower()}" if more else "",
        samples=tuple(_short(text) for text in column.samples),
    )


def _value(number: int, value: MappedValue, mapping: DocumentMapping, chosen: Mapping[str, str]) -> Choice:
    name = value_name(value)
    taken = chosen.get(name, value.read_as or NO_STATUS)
    none = "A rating, and no status" if value.is_rating else "Not understood"
    statuses = dict.fromkeys((*mapping.statuses, *((value.read_as,) if value.read_as else ())))
    unread = [_item(NO_STATUS, none, taken)] if value.read_as is None else []
    return Choice(
        id=f"value-{number}",
        name=name,
        printed=value.printed,
        label=f"What “{value.printed}” means",
        said=value.said,
        items=[*unread, *(_item(one, status_words(one).text, taken) for one in statuses)],
        note="Found once" if value.count == 1 else f"Found {value.count:,} times",
    )


def _item(value: str, text: str, chosen: str) -> dict[str, object]:
    return {"value": str(value), "text": text, "selected": str(value) == str(chosen)}


def _table_name(place: Anchor) -> str:
    if place.sheet:
        return f"Sheet “{place.sheet}”"
    page = f" on page {place.page}" if place.page else ""
    return f"Table {place.table}{page}" if place.table else "Columns"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SAMPLE else f"{text[:_LONGEST_SAMPLE].rsplit(' ', 1)[0]} …"
