"""What a revision did, in terms of items: worked out from the log, one row and the row before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import JsonValue

from goldenthread.plan.flat import FlatItem, ItemKind
from goldenthread.record.history.upcasts import Row, upcast
from goldenthread.record.models.plan import CORRECTION


class Event(StrEnum):
    """What happened to an item or a question."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTORED = "restored"
    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class HistoryEntry:
    """One thing that happened to one item or question.

    `field` is named as edits name it ("dates.approved"); `before` and `after` are JSON. `effective_on` is the day from
    which a dated fact counts, and `corrects` that it only puts right how a document was read. For a question, `name` is
    its text and `after` the answer's words.
    """

    revision: int
    sealed_at: datetime
    actor: str
    reason: str
    event: Event
    row: UUID
    plan: UUID
    kind: str
    ref: str | None
    name: str
    field: str | None = None
    before: JsonValue = None
    after: JsonValue = None
    effective_on: date | None = None
    corrects: bool = False

    def by(self, actor: str) -> HistoryEntry:
        """The same, done by somebody of this name."""
        return replace(self, actor=actor)


_ROWS = """
SELECT r.number, r.sealed_at, r.actor, r.reason, c.table_name, c.row_id, c.plan_id, c.row, earlier.row
FROM change c
JOIN revision r USING (council_id, changeset)
LEFT JOIN LATERAL (
    SELECT p.row FROM change p
    WHERE p.row_id = c.row_id AND p.table_name = c.table_name AND p.id < c.id ORDER BY p.id DESC LIMIT 1
) earlier ON true
WHERE c.table_name IN ('item', 'question') AND {which}
ORDER BY r.number DESC, c.position
"""
_FACTS = """
SELECT r.number, r.sealed_at, r.actor, r.reason, f.item_id, f.plan_id, i.kind, i.ref, i.key, i.wording, f.series,
       earlier.value, f.value, f.effective_on, f.note
FROM dated_fact f
JOIN revision r USING (council_id, changeset)
JOIN item i ON i.id = f.item_id
LEFT JOIN LATERAL (
    SELECT e.value FROM dated_fact e
    WHERE e.plan_id = f.plan_id AND e.item_id = f.item_id AND e.series = f.series
      AND e.effective_on <= f.effective_on AND e.entry < f.entry
    ORDER BY e.effective_on DESC, e.entry DESC LIMIT 1
) earlier ON true
WHERE {which}
ORDER BY r.number DESC, f.entry
"""
_FOUR_DATES = frozenset({"original", "approved", "forecast", "actual"})


def revision_entries(number: int) -> list[HistoryEntry]:
    """What a revision of the council in scope did. The first facts of an item that it added are not listed apart."""
    changed = list(_row_entries("r.number = %(which)s", number))
    added = {entry.row for entry in changed if entry.event is Event.ADDED}
    facts = _fact_entries("r.number = %(which)s", number)
    return changed + [entry for entry in facts if entry.row not in added]


def item_entries(item: UUID) -> list[HistoryEntry]:
    """All that became of one item, the newest first; on its own revision, that it was added, then what it was."""
    entries = [*_row_entries("c.row_id = %(which)s", item), *_fact_entries("f.item_id = %(which)s", item)]
    return sorted(entries, key=lambda entry: -entry.revision)


def _row_entries(which: str, value: int | UUID) -> Iterator[HistoryEntry]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(which=which), {"which": value})
        rows = cursor.fetchall()
    for row in rows:
        table, row_id, plan_id, now_json, before_json = row[4:]
        if now_json is None:  # disposed of: that something happened is known, not what
            continue
        now = upcast(table, json.loads(now_json))
        before = upcast(table, json.loads(before_json)) if before_json else None
        tell = _item_changes if table == "item" else _question_changes
        for told in tell(now, before):
            yield HistoryEntry(**_sealing(row), row=row_id, plan=plan_id, **told)


def _item_changes(now: Row, before: Row | None) -> Iterator[dict[str, Any]]:
    told = _naming(now["kind"], now["ref"], now["key"], now["wording"])
    if before is None:
        yield {**told, "event": Event.ADDED}
        return
    if bool(before["removed_on"]) != bool(now["removed_on"]):
        event = Event.REMOVED if now["removed_on"] else Event.RESTORED
        yield {**told, "event": event, "effective_on": _day(now["removed_on"] or now["added_on"])}
    for field in sorted(before["wording"].keys() | now["wording"].keys()):
        then, since = before["wording"].get(field), now["wording"].get(field)
        if then != since:
            yield {**told, "event": Event.CHANGED, "field": field, "before": then, "after": since}


def _question_changes(now: Row, before: Row | None) -> Iterator[dict[str, Any]]:
    told = {"kind": "question", "ref": None, "name": now["body"]["text"]}
    if before and before["state"] == now["state"]:
        return
    events = {"open": Event.ASKED, "answered": Event.ANSWERED, "withdrawn": Event.WITHDRAWN}
    yield {**told, "event": events[now["state"]], "after": (now["answer"] or {}).get("words")}


def _fact_entries(which: str, value: int | UUID) -> Iterator[HistoryEntry]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS.format(which=which), {"which": value})
        rows = cursor.fetchall()
    for row in rows:
        item, plan, kind, ref, key, wording, series, before, after, effective_on, note = row[4:]
        yield HistoryEntry(
            **_sealing(row),
            event=Event.CHANGED,
            row=item,
            plan=plan,
            **_naming(kind, ref, key, json.loads(wording)),
            field=f"dates.{series}" if series in _FOUR_DATES else series,
            before=json.loads(before or "null"),
            after=json.loads(after or "null"),
            effective_on=effective_on,
            corrects=note == CORRECTION,
        )


def _sealing(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(("revision", "sealed_at", "actor", "reason"), row, strict=False))


def _naming(kind: str, ref: str | None, key: str, wording: Row) -> dict[str, Any]:
    flat = FlatItem(kind=ItemKind(kind), key=key, position=0, wording=wording)
    return {"kind": kind, "ref": ref, "name": flat.name}


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
