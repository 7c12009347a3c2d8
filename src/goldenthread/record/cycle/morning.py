"""What the programme office wants to know in the morning: what happened since a day, and what a meeting will ask.

Everything is the difference of two states of the plan, each as it was known at the end of its day, so that it can be
asked of any day again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from goldenthread.assurance.date_moves import Moved, moved_between
from goldenthread.assurance.findings import Finding
from goldenthread.assurance.ratings import Kind, Promise, promises_in
from goldenthread.assurance.ratings.explaining import Explanation, explain_movement
from goldenthread.assurance.ratings.rules import RatingRule
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status
from goldenthread.record.change_table import State, end_of, states_between
from goldenthread.record.cycle.owing import owed
from goldenthread.record.cycle.periods import asking_period
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.cycle.unfinished import Unfinished, unfinished
from goldenthread.record.errors import NotYetAdopted
from goldenthread.record.models.cycle import PeriodState, ReportingPeriod
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot_cache import snapshot_cached

_SINCE = """
SELECT c.table_name, CASE WHEN c.table_name = 'dated_fact' THEN c.row ->> 'series' END,
       count(DISTINCT CASE WHEN c.table_name = 'dated_fact' THEN c.row ->> 'item_id' ELSE c.row_id::text END)
FROM revision r JOIN change c USING (council_id, changeset)
WHERE r.council_id = %(council)s AND r.number > %(after)s AND r.number <= %(until)s
  AND (c.plan_id = %(plan)s OR c.plan_id IS NULL)
GROUP BY 1, 2
"""
_BY = "SELECT coalesce(max(number), 0) FROM revision WHERE council_id = %s AND sealed_at < %s"


@dataclass(frozen=True)
class Earlier:
    """The plan as it was known at the end of a day."""

    state: State
    plan: Plan


def earlier(council: UUID, slug: str, day: date, now: date, known_at: int | None = None) -> Earlier | None:
    """The plan as it was known at the end of a day; None where it was not in force yet."""
    state = states_between(council, slug, day, now, known_then=True)[0]
    if known_at is not None:
        state = state.known_by(known_at)
    try:
        plan = snapshot_cached(council=council, plan=slug, cut_off=state.cut_off, known_at=state.known_at)
    except NotYetAdopted:
        return None
    return Earlier(state, plan)


def revision_by(council: UUID, day: date) -> int:
    """The last revision that was sealed by the end of a day; 0 where none was."""
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_BY, [council, end_of(day)])
        return int(cursor.fetchone()[0])


def changed_between(
    council: UUID, plan: UUID, after: int, until: int
) -> Mapping[tuple[str, str | None], int]:
    """What the revisions after one up to another wrote: how many items or rows, by table, and for facts by series."""
    asked: dict[str, Any] = {"council": council, "plan": plan, "after": after, "until": until}
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_SINCE, asked)
        return {(table, series): int(count) for table, series, count in cursor.fetchall()}


def new_findings(now: Iterable[Finding], before: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of now that were not among those before, by rule, item and what they are about."""
    known = {finding.identity for finding in before}
    return tuple(finding for finding in now if finding.identity not in known)


@dataclass(frozen=True, slots=True)
class Slip:
    """That a date moved later: the approved date, or else the day by which the lead now expects it."""

    promise: Promise
    approved: bool
    before: PlanDate
    after: PlanDate

    @property
    def days(self) -> int:
        """By how many days, from last day to last day."""
        return (self.after.latest - self.before.latest).days


@dataclass(frozen=True)
class Matter:
    """What a meeting will ask about: of actions and milestones, from the last meeting to the next.

    `late` are open and past their approved date, `due` open and due by the meeting, `done` said to be done since. Of
    dates that moved only later ones are there, the furthest first.
    """

    late: tuple[Promise, ...]
    due: tuple[Promise, ...]
    done: tuple[Moved, ...]
    slipped: tuple[Slip, ...]
    ratings: Explanation

    @cached_property
    def moved_ratings(self) -> int:
        """How many promises the rule rates otherwise than at the last meeting."""
        return len(self.ratings.moved)


def matter_of(then: Plan, now: Plan, rule: RatingRule, *, since: date, today: date, meets_on: date) -> Matter:
    """What happened to a plan between two of its states, and what stands out by the day of a meeting."""
    promises = [promise for promise in promises_in(now) if _asked_about(promise)]
    moved = list(moved_between(then, now, _asked_about))
    return Matter(
        late=tuple(_open(promises, lambda last: last < today)),
        due=tuple(_open(promises, lambda last: today <= last <= meets_on)),
        done=tuple(each for each in moved if isinstance(each.after, Status) and _became_done(each)),
        slipped=tuple(sorted(_slips(then, promises), key=lambda slip: -slip.days)),
        ratings=explain_movement(then, now, rule, since, today),
    )


def _slips(then: Plan, promises: Iterable[Promise]) -> Iterator[Slip]:
    """What was first expected when a lead gave a date is the approved one."""
    before = {promise.identity: promise.item.dates for promise in promises_in(then)}
    for promise in promises:
        was, is_ = before.get(promise.identity), promise.item.dates
        if was is None or promise.item.status.is_closed:
            continue
        pairs = ((True, was.approved, is_.approved), (False, was.forecast or was.approved, is_.forecast))
        for approved, old, new in pairs:
            if old and new and new.ends_after(old):
                yield Slip(promise, approved, old, new)
                break


def _asked_about(promise: Promise) -> bool:
    return promise.kind is not Kind.STEP


def _became_done(moved: Moved) -> bool:
    after, before = moved.after, moved.before
    return isinstance(after, Status) and after.is_done and not (isinstance(before, Status) and before.is_done)


def _open(promises: Iterable[Promise], falls: Callable[[date], bool]) -> Iterator[Promise]:
    """Those that are open and whose approved date ends on such a day, the earliest first."""
    found = []
    for promise in promises:
        due, status = promise.item.dates.approved, promise.item.status
        if due is None or not due.has_last_day or status.is_closed or status in _NOT_DUE:
            continue
        if falls(due.latest):
            found.append((due.latest, promise))
    yield from (promise for _, promise in sorted(found, key=lambda pair: pair[0]))


_NOT_DUE = {Status.DEFERRED, Status.ONGOING}


@dataclass(frozen=True)
class Missing:
    """What is not there yet of the reporting of a plan on a day.

    `period` is the month for which leads are being asked, None between rounds: then nothing counts as not given.
    `silent` are the posts that still owe something, by name, with how many promises; `unreported` counts those promises
    that nobody has reported. `not_closed` are the months that are over and not closed.
    """

    period: ReportingPeriod | None
    silent: tuple[tuple[str, int], ...]
    unreported: int
    unfinished: Unfinished
    not_closed: tuple[ReportingPeriod, ...]


def missing_on(plan: UUID, council: UUID, today: date) -> Missing:
    """What the reporting of a plan of the council in scope lacks: a number of queries that does not grow with it."""
    over = ReportingPeriod.objects.filter(plan_id=plan, ends_on__lt=today).exclude(state=PeriodState.CLOSED)
    not_closed = tuple(over.order_by("starts_on"))
    period = asking_period(plan, settings_of(council), today)
    if period is None:
        return Missing(None, (), 0, Unfinished(0, 0, 0), not_closed)
    who = owed(period, today)
    silent = sorted(
        ((each.post.name, len(each.owed)) for each in who.owing), key=lambda pair: (-pair[1], pair[0])
    )
    return Missing(period, tuple(silent), len(who.open) - who.reported, unfinished(period), not_closed)
