"""Which dates and statuses of promises moved between two states of a plan, whether or not a rating changed by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goldenthread.assurance.ratings.classes import Promise, promises_in
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status

DATES = ("original", "approved", "forecast", "actual")


@dataclass(frozen=True, slots=True)
class Moved:
    """That one date (or the status) of a promise is not what it was. None: it was, or is, not set."""

    promise: Promise
    what: str
    before: PlanDate | Status | None
    after: PlanDate | Status | None

    @property
    def days(self) -> int | None:
        """How many days later the last day of the date is; None where it is no date, or one of the two is missing."""
        if isinstance(self.before, PlanDate) and isinstance(self.after, PlanDate):
            return (self.after.latest - self.before.latest).days
        return None


def moved_between(
    plan_then: Plan, plan_now: Plan, counts: Callable[[Promise], bool] = lambda _: True
) -> Iterator[Moved]:
    """Every date and status that differs, of promises that are in both states and belong to the question now."""
    before = {promise.identity: promise.item for promise in promises_in(plan_then)}
    for promise in promises_in(plan_now):
        old, new = before.get(promise.identity), promise.item
        if old is None or (old.dates == new.dates and old.status is new.status) or not counts(promise):
            continue
        for what in DATES:
            was, is_ = getattr(old.dates, what), getattr(new.dates, what)
            if was != is_:
                yield Moved(promise, what, was, is_)
        if old.status is not new.status:
            yield Moved(promise, "status", old.status, new.status)
