"""What happened, in words: who changed what, when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Item
from goldenthread.record.errors import NoSuchRevision
from goldenthread.record.history import selectors
from goldenthread.record.history.entries import Event, HistoryEntry
from goldenthread.web.clock import moment_words
from goldenthread.web.presenting.changes import ChangeWords, field_words, value_words
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.viewing import Viewing

ON_A_PAGE, MOST_ADDED = 100, 20
NEW = frozenset({Event.ADDED, Event.ASKED})
PLURALS = {"body": "bodies"}
EVENT_WORDS = {
    Event.ADDED: "Added",
    Event.REMOVED: "Taken out of the plan",
    Event.RESTORED: "Put back into the plan",
    Event.ASKED: "Question asked",
    Event.ANSWERED: "Question answered",
    Event.WITHDRAWN: "Question withdrawn",
}


@dataclass(frozen=True, slots=True)
class RevisionStory:
    """One change of the record as a list shows it."""

    number: int
    summary: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class ItemStory:
    """What one change of the record did to one item, field by field."""

    revision: int
    what: str
    fields: tuple[ChangeWords, ...]
    who: str
    when: str
    reason: str
    effective: str | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One changed item as a row, with its page if it has one."""

    item: str
    what: str
    before: str | None
    after: str | None
    href: str | None


@dataclass(frozen=True, slots=True)
class RevisionDetail:
    """One change of the record, a page of it. Where it added much, `added` counts that by kind and lists none of it.

    `first` and `last` say which of the `total` rows are `changes`; `pages` and `page` count from 1.
    """

    number: int
    summary: str
    who: str
    when: str
    reason: str
    hash: str
    added: tuple[str, ...]
    changes: tuple[ChangeRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """On how many pages the rows stand."""
        return max(1, -(-self.total // ON_A_PAGE))

    @property
    def first(self) -> int:
        """The place of the first row of this page, counted from 1."""
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        """The place of its last row."""
        return self.first + len(self.changes) - 1


def recent_stories(viewing: Viewing, limit: int, before: int | None = None) -> list[RevisionStory]:
    """The newest changes first; those after the revision that is looked at are left out."""
    if viewing.known_at is not None:
        before = min(before or viewing.known_at + 1, viewing.known_at + 1)
    rows = selectors.revisions(viewing.viewer.council_id, limit=limit, before=before)
    return [
        RevisionStory(
            row.number, row.reason or "A change to the record", row.actor, moment_words(row.sealed_at)
        )
        for row in rows
    ]


def revision_story(viewing: Viewing, number: int, page: int = 1) -> RevisionDetail | None:
    """One change, a hundred rows at a time; None if there is none, or none yet in the state that is looked at."""
    if viewing.known_at is not None and number > viewing.known_at:
        return None
    try:
        found = _sealed_revision(viewing.viewer.council_id, number, viewing.viewer.head)
    except NoSuchRevision:
        return None
    row = found.row
    new = [entry for entry in found.entries if entry.event in NEW]
    told = found.entries if len(new) <= MOST_ADDED else _old(found.entries)
    shown = told[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return RevisionDetail(
        number=row.number,
        summary=row.reason or "A change to the record",
        who=row.actor,
        when=moment_words(row.sealed_at),
        reason=row.reason,
        hash=row.hash,
        added=_counted(new) if len(new) > MOST_ADDED else (),
        changes=tuple(_row(entry, viewing.link) for entry in shown),
        total=len(told),
        page=page,
    )


@lru_cache(maxsize=32)
def _sealed_revision(council: UUID, number: int, head: int) -> selectors.RevisionDetail:
    """A revision never changes; what is disposed of later, or called otherwise, comes with another head."""
    return selectors.revision(council, number)


def _old(entries: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    return tuple(entry for entry in entries if entry.event not in NEW)


def item_story(viewing: Viewing, item: Item) -> list[ItemStory]:
    """What happened to an item, newest first, as far as was known and true in the state that is looked at."""
    if item.id is None:
        return []
    entries = [
        entry
        for entry in selectors.item_history(viewing.viewer.council_id, item.id)
        if (viewing.known_at is None or entry.revision <= viewing.known_at)
        and (viewing.as_at is None or entry.effective_on is None or entry.effective_on <= viewing.as_at)
    ]
    return [_story(list(told)) for _, told in groupby(entries, key=lambda entry: entry.revision)]


def _story(told: list[HistoryEntry]) -> ItemStory:
    first = told[0]
    fields = tuple(_words(entry) for entry in told if entry.field)
    event = next((entry.event for entry in told if entry.event is not Event.CHANGED), None)
    named = _listed(field.what.lower() for field in fields)
    what = (
        "First recorded"
        if event is Event.ADDED
        else EVENT_WORDS.get(event, "")
        if event
        else f"Corrected as to how the document was read: {named}"
        if any(entry.corrects for entry in told)
        else f"Changed: {named}"
    )
    days = {entry.effective_on for entry in told if entry.effective_on}
    return ItemStory(
        revision=first.revision,
        what=what,
        fields=fields,
        who=first.actor,
        when=moment_words(first.sealed_at),
        reason=first.reason,
        effective=day_words(max(days)) if days else None,
    )


def _words(entry: HistoryEntry) -> ChangeWords:
    before, after = value_words(entry.before, entry.field), value_words(entry.after, entry.field)
    return ChangeWords(entry.name, field_words(entry.field), before, after)


def _row(entry: HistoryEntry, link: Callable[..., str]) -> ChangeRow:
    kind = entry.kind.replace("_", " ")
    words = _words(entry)
    what = words.what if entry.event is Event.CHANGED else f"{EVENT_WORDS[entry.event]} ({kind})"
    if entry.kind == "question":
        what = EVENT_WORDS[entry.event]
    return ChangeRow(
        item=f"{entry.ref} {entry.name}" if entry.ref else entry.name,
        what=what,
        before=words.before,
        after=words.after,
        href=_href(entry, link),
    )


def _counted(entries: list[HistoryEntry]) -> tuple[str, ...]:
    kinds = Counter(entry.kind.replace("_", " ") for entry in entries)
    return tuple(count_words(number, kind, PLURALS.get(kind)) for kind, number in kinds.items())


def _href(entry: HistoryEntry, link: Callable[..., str]) -> str | None:
    if entry.ref is None:
        return None
    if entry.kind in {ItemKind.ACTION, ItemKind.STEP}:
        return link("action", handle=entry.ref)
    return link("milestone", handle=entry.ref) if "milestone" in entry.kind else None


def _listed(names: Iterable[str]) -> str:
    *most, last = list(names) or ["its place"]
    return f"{', '.join(most)} and {last}" if most else last
