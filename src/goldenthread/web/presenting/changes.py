"""Changes to a plan in words: which field, what it was and what it became."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from goldenthread.plan.changes import Change, ChangeKind
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.status import Status
from goldenthread.web.presenting.statuses import status_words

FIELD_WORDS = {
    "approved": "Approved date",
    "original": "Original date",
    "forecast": "Forecast date",
    "actual": "Actual date",
    "start": "Start date",
    "due_printed": "Due column as printed",
    "start_printed": "Start column as printed",
    "printed": "Date column as printed",
    "aim": "Aim",
    "name": "Name",
    "report": "What was reported",
    "assessment": "Assurer’s rating",
    "as_at": "As at",
    "why": "Reason",
    "door": "Came in by",
    "no_change": "Confirmed without a change",
}
DOOR_WORDS = {Door.PAGE: "the page", Door.EMAIL: "the mailed link", Door.WORKBOOK: "a workbook"}
_DAYS = {"as_at", "on"}


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One change as a row of a table. `before` and `after` are None where there is nothing to show."""

    item: str
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one sort: those field by field have `rows`, the others are named under their kind of item."""

    id: str
    title: str
    explained: str
    total: int
    rows: tuple[ChangeWords, ...] = ()
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def fields(self) -> bool:
        """Whether it is shown field by field."""
        return bool(self.rows)


def field_words(field: str | None) -> str:
    """What a field is called: "dates.approved" and "approved" are both "Approved date"."""
    last = (field or "").rsplit(".", 1)[-1]
    return FIELD_WORDS.get(last) or last.replace("_", " ").strip().capitalize() or "Place in the plan"


def value_words(value: JsonValue, field: str | None = None) -> str | None:
    """A stored value as a person would write it; None for an absent one."""
    if value in (None, "", [], {}):
        return None
    match value:
        case bool():
            return "Yes" if value else "No"
        case str() if field and field.endswith("status") and value in set(Status):
            return status_words(Status(value)).text
        case str() if field == "door" and value in set(Door):
            return DOOR_WORDS[Door(value)]
        case str() if field == "rating" and value in set(Rating):
            return value.capitalize()
        case str() if field in _DAYS:
            day = date.fromisoformat(value)
            return f"{day.day} {day:%B %Y}"
        case {"printed": str(printed)}:
            return printed
        case {"review": str(review), "class": kind, "number": number, "page": page}:
            return " ".join(str(part) for part in (review, kind, number or page) if part)
        case list():
            return ", ".join(words for part in value if (words := value_words(part)))
        case dict():
            pairs = (
                (field_words(name), value_words(part, name))
                for name, part in value.items()
                if part is not False
            )
            return "; ".join(f"{name}: {words}" for name, words in pairs if words) or None
        case _:
            return str(value)


def change_words(change: Change) -> ChangeWords:
    """One change as a row."""
    named = f"{change.ref} {change.name}" if change.ref else change.name
    kind = change.item_kind.in_words
    match change.kind:
        case ChangeKind.ADDED:
            return ChangeWords(named, f"New {kind}", None, None)
        case ChangeKind.GONE:
            return ChangeWords(named, f"The {kind} is no longer there", None, None)
        case ChangeKind.MOVED:
            return ChangeWords(named, "Moved", value_words(change.before), value_words(change.after))
        case _:
            before, after = (value_words(value, change.field) for value in (change.before, change.after))
            return ChangeWords(named, field_words(change.field), before or "Not set", after or "Not set")


def group_changes(changes: Iterable[Change]) -> tuple[ChangeGroup, ...]:
    """Changes as an import's change list shows them: new, changed, moved, gone."""
    by_kind: dict[ChangeKind, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    groups = (
        (ChangeKind.CHANGED, "Changed", "On the record and in the document, but not the same in both."),
        (ChangeKind.MOVED, "Moved", "The same item in another place of the plan."),
        (ChangeKind.GONE, "Gone", "On the record, but no longer in the document. It stays in the history."),
        (ChangeKind.ADDED, "New", "In the document, but not on the record yet."),
    )
    return tuple(
        _group(kind, title, explained, tuple(found))
        for kind, title, explained in groups
        if (found := by_kind.get(kind))
    )


def _group(kind: ChangeKind, title: str, explained: str, found: tuple[Change, ...]) -> ChangeGroup:
    if kind in {ChangeKind.CHANGED, ChangeKind.MOVED}:
        rows = tuple(map(change_words, found))
        return ChangeGroup(kind.value, title, explained, len(found), rows=rows)
    kinds: dict[str, list[str]] = {}
    for change in found:
        kinds.setdefault(change.item_kind.in_words.capitalize(), []).append(change_words(change).item)
    named = tuple((name, tuple(names)) for name, names in kinds.items())
    return ChangeGroup(kind.value, title, explained, len(found), kinds=named)
