"""Milestone trend analysis: for each day on which a promise was reported on, the date that was then expected.

A level line holds its date; a rising one slips; one that rises day for day never comes nearer. The line meets the
diagonal, on which the date expected is the day of the report, when the promise is kept. It needs the history of what
was expected, and the original date as a fixed line beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status

DAY_FOR_DAY = 0.8
"""A date that moves at least so many days for each day that passes slides day for day: vague dates jump in steps."""
_SHORTEST = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class DatedFact:
    """What became true of a promise on a day: a date, a status; None for a report, or where it is known no longer."""

    series: Series
    effective_on: date
    value: PlanDate | Status | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was expected on a day on which something was reported: the lead's date, or else the approved one."""

    on: date
    expected: PlanDate
    forecast: PlanDate | None
    approved: PlanDate | None

    @property
    def by_lead(self) -> bool:
        """Whether the date is the lead's own, and not merely the approved one."""
        return self.forecast is not None


@dataclass(frozen=True, slots=True)
class Slide:
    """That a date has been moving away as fast as time passes: by `moved` days in `passed` days, since a day."""

    since: date
    moved: int
    passed: int

    @property
    def sentence(self) -> str:
        """What to say of it."""
        return (
            f"Sliding day for day: since {day_words(self.since)} its date has moved {self.moved} days "
            f"in {self.passed} days."
        )


@dataclass(frozen=True)
class Trend:
    """How the date of one promise has moved. `readings` are in the order of their days, one for each."""

    original: PlanDate | None
    readings: tuple[Reading, ...]
    actual: PlanDate | None = None
    done: bool = False

    @property
    def moves(self) -> int:
        """How often the date moved, either way."""
        return len(_turns(self.readings)) - 1 if self.readings else 0

    @property
    def moved_days(self) -> int:
        """How many days later than the first reading the last one is; negative for earlier."""
        if not self.readings:
            return 0
        return (self.readings[-1].expected.latest - self.readings[0].expected.latest).days

    @property
    def slide(self) -> Slide | None:
        """Whether it slides day for day: its last two moves or more were each as long as the time since the one before.

        A promise that is done slides no more, nor does a date that has since held for as long as it took to move last.
        """
        turns = _turns(self.readings)
        if self.done or len(turns) < 3:
            return None
        if self.readings[-1].on - turns[-1].on > turns[-1].on - turns[-2].on:
            return None
        first = len(turns) - 1
        while first > 0 and _is_day_for_day(turns[first - 1], turns[first]):
            first -= 1
        passed = turns[-1].on - turns[first].on
        if len(turns) - 1 - first < 2 or passed < _SHORTEST:
            return None
        moved = turns[-1].expected.latest - turns[first].expected.latest
        return Slide(turns[first].on, moved.days, passed.days)


def trend_of(facts: Iterable[DatedFact]) -> Trend:
    """The trend that the facts about one promise tell. They come in the order of their days, a correction last."""
    told = tuple(facts)
    latest = {fact.series: fact.value for fact in told}
    original, actual, status = (
        latest.get(series) for series in (Series.ORIGINAL, Series.ACTUAL, Series.STATUS)
    )
    return Trend(
        original=original if isinstance(original, PlanDate) else None,
        readings=tuple(_readings(told)),
        actual=actual if isinstance(actual, PlanDate) else None,
        done=isinstance(status, Status) and status.is_done,
    )


def _readings(facts: tuple[DatedFact, ...]) -> Iterator[Reading]:
    """One reading for each day on which anything was said and a date was then expected."""
    known: dict[Series, PlanDate | Status | None] = {}
    for place, fact in enumerate(facts):
        known[fact.series] = fact.value
        following = facts[place + 1] if place + 1 < len(facts) else None
        if following and following.effective_on == fact.effective_on:
            continue
        forecast, approved = known.get(Series.FORECAST), known.get(Series.APPROVED)
        own = forecast if isinstance(forecast, PlanDate) else None
        agreed = approved if isinstance(approved, PlanDate) else None
        if expected := own or agreed:
            yield Reading(fact.effective_on, expected, own, agreed)


def _turns(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The first reading and each at which the date had moved."""
    return tuple(
        reading
        for place, reading in enumerate(readings)
        if place == 0 or reading.expected.latest != readings[place - 1].expected.latest
    )


def _is_day_for_day(earlier: Reading, later: Reading) -> bool:
    moved = (later.expected.latest - earlier.expected.latest).days
    return moved >= DAY_FOR_DAY * (later.on - earlier.on).days
