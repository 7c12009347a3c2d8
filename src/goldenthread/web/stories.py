"""What happened, in words: who changed what, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from goldenthread.plan.model import Item
from goldenthread.record.history import selectors
from goldenthread.record.models import User
from goldenthread.web.clock import moment_words
from goldenthread.web.presenting.changes import field_words, value_words
from goldenthread.web.presenting.dates import day_words
from goldenthread.web.record_access import Viewer
from goldenthread.web.viewing import Viewing


@dataclass(frozen=True, slots=True)
class RevisionStory:
    """One change of the record as a list shows it."""

    number: int
    summary: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class ItemStory:
    """One change to one item."""

    revision: int
    what: str
    before: str | None
    after: str | None
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
    """One change of the record in full; `more` is how many rows are not shown."""

    number: int
    summary: str
    who: str
    when: str
    reason: str
    hash: str
    changes: tuple[ChangeRow, ...]
    more: int


def recent_stories(viewer: Viewer, viewing: Viewing | None, limit: int, before: int | None = None) -> list[RevisionStory]:
    """The newest changes first; those after the revision that is looked at are left out."""
    if viewing and viewing.known_at is not None:
        before = min(before or viewing.known_at + 1, viewing.known_at + 1)
    rows = selectors.revisions(viewer.council_id, limit=limit, before=before)
    names = people(row.actor for row in rows)
    return [
        RevisionStory(row.number, row.reason or "A change to the record", names[row.actor], moment_words(row.sealed_at))
        for row in rows
    ]


def revision_story(viewer: Viewer, viewing: Viewing, number: int) -> RevisionDetail | None:
    """One change in full; None if there is none, or none yet in the state that is looked at."""
    if viewing.known_at is not None and number > viewing.known_at:
        return None
    try:
        found = selectors.revision(viewer.council_id, number)
    except NoSuchRevision:
        return None
    rows = tuple(_row(change, viewing) for change in found.changes)
    return RevisionDetail(
        number=found.number,
        summary=found.reason or "A change to the record",
        who=people([found.actor])[found.actor],
        when=moment_words(found.sealed_at),
        reason=found.reason,
        hash=found.hash,
        changes=rows[:MOST_ROWS],
        more=max(len(rows) - MOST_ROWS, 0),
    )


def item_story(viewer: Viewer, viewing: Viewing, item: Item) -> list[ItemStory]:
    """What happened to an item, newest first, as far as was known and true in the state that is looked at."""
    if item.id is None:
        return []
    entries = [
        entry
        for entry in selectors.item_history(viewer.council_id, item.id)
        if (viewing.known_at is None or entry.revision <= viewing.known_at)
        and (viewing.as_at is None or entry.effective_on is None or entry.effective_on <= viewing.as_at)
    ]
    names = people(entry.actor for entry in entries)
    stories = [
        ItemStory(
            revision=entry.revision,
            what=f"{field_words(entry.field)} changed" if entry.field else "First recorded",
            before=value_words(entry.before, entry.field),
            after=value_words(entry.after, entry.field),
            who=names[entry.actor],
            when=moment_words(entry.sealed_at),
            reason=entry.reason,
            effective=day_words(entry.effective_on) if entry.effective_on else None,
        )
        for entry in entries
    ]
    return sorted(stories, key=lambda story: story.revision, reverse=True)


def people(actors: Iterable[str]) -> dict[str, str]:
    """The names of those who acted, by how the log names them. One query however many there are."""
    wanted = set(actors)
    ids = {actor: UUID(actor.removeprefix("user:")) for actor in wanted if actor.startswith("user:")}
    users = {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=ids.values())} if ids else {}
    return {actor: users.get(ids[actor], "Someone who has left") if actor in ids else _machine(actor) for actor in wanted}


def _machine(actor: str) -> str:
    kind, _, name = actor.partition(":")
    return {"command": f"The command “{name}”", "sql": f"Someone in the database, as {name}"}.get(kind, actor or "Not known")
