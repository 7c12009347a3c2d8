"""The table of changes between two states of a plan: their difference, and what stands behind each line of it.

The lines are `plan.changes.compare` of two snapshots, so the table says neither more nor less than the two differ by.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from goldenthread.plan.changes import Change, ChangeKind, compare
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.record.change_requests import HeldRequest, change_requests
from goldenthread.record.history.selectors import RevisionRow, revisions_numbered
from goldenthread.record.history.upcasts import Row, upcast
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.rebaselines import rebaselines
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached

CIVIL = ZoneInfo("Europe/London")
PLACES = frozenset({"anchors"})
"""Where a document has something is no change of the plan."""
_FACTS = """
SELECT w.item, w.series, r.number
FROM unnest(%(items)s::uuid[], %(series)s::text[]) AS w (item, series)
CROSS JOIN LATERAL (
    SELECT f.changeset FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = w.item AND f.series = w.series AND f.effective_on <= %(cut_off)s
      AND (f.changeset IN (
          SELECT changeset FROM revision WHERE council_id = %(council)s AND number <= %(known_at)s)) IS TRUE
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) latest
JOIN revision r ON r.changeset = latest.changeset AND r.council_id = %(council)s
"""
_ROWS = """
SELECT c.row_id, r.number, c.row
FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.plan_id = %(plan)s AND c.table_name = 'item' AND c.row_id = ANY (%(items)s) AND r.number <= %(known_at)s
ORDER BY c.row_id, c.id
"""
_SEALED = """
SELECT max(r.number) FILTER (WHERE r.sealed_at < %(first)s), max(r.number) FILTER (WHERE r.sealed_at < %(second)s),
       max(r.number), (
           SELECT min(l.number) FROM change c JOIN revision l USING (council_id, changeset)
           WHERE c.plan_id = %(plan)s AND c.table_name = 'plan')
FROM revision r WHERE r.council_id = %(council)s
"""


@dataclass(frozen=True)
class State:
    """A plan as at the end of a day, as far as was known at a revision."""

    cut_off: date
    known_at: int

    def known_by(self, revision: int) -> State:
        """The same day, without what was told to the record after a revision."""
        return State(self.cut_off, min(self.known_at, revision))


@dataclass(frozen=True)
class ChangeRow:
    """One line: the difference, the promise's original date, and the revision and the change request behind it.

    `moves` counts how often the approved date of the item had been changed by the later of the two days.
    """

    change: Change
    original: PlanDate | None
    moves: int
    revision: RevisionRow | None
    request: HeldRequest | None

    @property
    def reason(self) -> str:
        """Why: the proposer's reason where a change request stands behind it, else that of the revision."""
        if self.request:
            return self.request.reason
        return self.revision.reason if self.revision else ""

    @property
    def decided_by(self) -> str:
        """Who approved it, else who made the change."""
        if self.request:
            return self.request.decided_by
        return self.revision.actor if self.revision else ""


def states_between(
    council: UUID, plan: UUID | str, first: date, second: date, *, known_then: bool
) -> tuple[State, State]:
    """The two states that two days stand for.

    Each is as it was known at the end of its day, or (`known_then` false) both as known now. For a day before the
    record held the plan, the earlier state is as known at the later one, and that one as known now.

    Raises:
        NoSuchPlan: The council has no such plan.
        ValueError: The first day is after the second.
    """
    if first > second:
        raise ValueError("The first day must not be after the second.")
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(
            _SEALED,
            {
                "council": council,
                "plan": find_plan(plan).id,
                "first": end_of(first),
                "second": end_of(second),
            },
        )
        by_first, by_second, head, begun = cursor.fetchone()
    if not known_then:
        return State(first, head), State(second, head)
    later = by_second if (by_second or 0) >= begun else head
    return State(first, by_first if (by_first or 0) >= begun else later), State(second, later)


def changes_between(council: UUID, plan: UUID | str, before: State, after: State) -> tuple[ChangeRow, ...]:
    """Every difference from one state of a plan to another, each with what stands behind it; five queries, or six.

    Raises:
        NoSuchPlan, NotYetAdopted, NoSuchRevision: as `snapshot`.
    """
    with council_scope(council):
        held = find_plan(plan)
        old, new = (
            snapshot_cached(council=council, plan=held.id, cut_off=state.cut_off, known_at=state.known_at)
            for state in (before, after)
        )
        changes = compare(old, new, ignore=PLACES)
        numbers = _behind(held, changes, after)
        told = revisions_numbered(set(numbers.values()))
        requests = _requests(council, held, after)
        moved = rebaselines(council, held.id, as_at=after.cut_off, known_at=after.known_at)
        originals = {**_originals(old), **_originals(new)}
    rows = []
    for place, change in enumerate(changes):
        number = numbers.get(place)
        counted = moved.get(change.id) if change.id else None
        rows.append(
            ChangeRow(
                change=change,
                original=originals.get(change.key),
                moves=counted.moves if counted else 0,
                revision=told.get(number) if number else None,
                request=requests.get(number) if number else None,
            )
        )
    return tuple(rows)


def end_of(day: date) -> datetime:
    """The moment at which a civil day is over."""
    return datetime.combine(day + timedelta(days=1), time(), CIVIL)


def _originals(plan: Plan) -> dict[str, PlanDate | None]:
    promises: list[Action | Milestone] = [part for action in plan.actions() for part in action.walk()]
    return {item.key: item.dates.original for item in (*promises, *plan.milestones())}


def _requests(council: UUID, held: PlanRecord, after: State) -> dict[int, HeldRequest]:
    found = change_requests(council, held.id, known_at=after.known_at)
    return {each.applied_revision: each for each in found if each.applied_revision}


def _behind(held: PlanRecord, changes: Collection[Change], after: State) -> dict[int, int]:
    """The revision behind each change, by the place of the change."""
    facts = {
        place: (each.id, each.field)
        for place, each in enumerate(changes)
        if each.id and each.field in set(Series)
    }
    scope: dict[str, Any] = {
        "plan": held.id, "council": held.council_id, "cut_off": after.cut_off, "known_at": after.known_at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        said = list(facts.values())
        cursor.execute(
            _FACTS, {**scope, "items": [item for item, _ in said], "series": [name for _, name in said]}
        )
        of_facts = {(item, series): number for item, series, number in cursor.fetchall()}
        others = {each.id for place, each in enumerate(changes) if place not in facts and each.id}
        cursor.execute(_ROWS, {**scope, "items": list(others)})
        rows = _by_item(cursor.fetchall())
    numbers = {}
    for place, each in enumerate(changes):
        number = of_facts.get(facts[place]) if place in facts else _row_behind(rows.get(each.id, []), each)
        if number:
            numbers[place] = number
    return numbers


def _by_item(found: Iterable[tuple[UUID, int, Any]]) -> Mapping[UUID | None, list[tuple[int, Row]]]:
    rows: dict[UUID | None, list[tuple[int, Row]]] = {}
    for item, number, content in found:
        if content is not None:
            row = upcast("item", json.loads(content) if isinstance(content, str) else content)
            rows.setdefault(item, []).append((number, row))
    return rows


def _row_behind(rows: list[tuple[int, Row]], change: Change) -> int | None:
    """The last revision that wrote into an item's row what the change is about."""
    latest, before = None, None
    for number, row in rows:
        said = _said(row, change)
        if before is None or said != before[0]:
            latest = number
        before = (said,)
    return latest


def _said(row: Row, change: Change) -> Any:
    match change.kind:
        case ChangeKind.CHANGED:
            return row["wording"].get(change.field)
        case ChangeKind.MOVED:
            return row["parent_id"]
        case _:
            return bool(row["removed_on"])
