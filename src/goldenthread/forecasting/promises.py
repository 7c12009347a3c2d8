"""The promises of a plan as forecasting sees them: what was told of each on which day, and what was known of it then.

Everything is cut down to a day before it is used, so that a forecast made as at a past day knows nothing of what came
later. A vague date counts by its last day, as lateness does: "Autumn 2022" is 30 November.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.kinds import DateKind, kind_of_date, needs_decision
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Rating
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.status import Status

MOST_VAGUE = 366
"""A date that spans more days than this says too little to forecast from."""
LONGEST_SILENCE = 366
"""Once a date has passed, nothing is forecast of a promise of which nothing was told for more days than this."""

LONGEST_PAST = 731
"""Nothing is forecast of a promise whose date passed more days ago than this: nothing was learned from such."""


class PromiseKind(StrEnum):
    """What sort of item a promise is."""

    ACTION = "action"
    STEP = "step"
    MILESTONE = "milestone"


class Silence(StrEnum):
    """Why nothing is forecast of a promise."""

    DONE = "done"
    STOPPED = "stopped"
    ONGOING = "ongoing"
    DEFERRED = "deferred"
    NO_DATE = "no_date"
    TOO_VAGUE = "too_vague"
    LONG_UNTOLD = "long_untold"
    LONG_PAST = "long_past"
    TOO_LITTLE = "too_little"

    @property
    def in_words(self) -> str:
        """The reason as a sentence."""
        return _REASONS[self]

    @property
    def is_abstention(self) -> bool:
        """Whether the promise is open and too little is known of it; otherwise there is nothing to forecast."""
        return self not in {Silence.DONE, Silence.STOPPED}


_REASONS = {
    Silence.DONE: "It is said to be done.",
    Silence.STOPPED: "It was stopped by a decision.",
    Silence.ONGOING: "It is ongoing and has no end to forecast.",
    Silence.DEFERRED: "It is deferred by a decision and has no date that counts.",
    Silence.NO_DATE: "No date by which it is to be done was ever stated.",
    Silence.TOO_VAGUE: "Its date covers more than a year, which is too vague to go on.",
    Silence.LONG_UNTOLD: "Its date has passed and nothing was told of it for more than a year.",
    Silence.LONG_PAST: "Its date passed more than two years ago and no other was given.",
    Silence.TOO_LITTLE: "Too few promises like it are known to say anything.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a promise, with the day from which it holds. None: known no longer, or no rating given."""

    series: Series
    on: date
    value: PlanDate | Status | Rating | None = None


@dataclass(frozen=True)
class Promise:
    """One promise with all that was ever told of it, in the order of the days; a correction comes last.

    `decision` is whether its words say that elected members have to decide something. `steps` are the keys of the
    promises next below it, `action` that of the action that it is or belongs to (None: a milestone), `theme` the number
    of its theme (None: engagement).
    """

    key: str
    kind: PromiseKind
    theme: int | None = None
    decision: bool = False
    steps: tuple[str, ...] = ()
    action: str | None = None
    told: tuple[Told, ...] = ()

    def known_on(self, day: date) -> Known:
        """What was known of it at the end of a day."""
        return _known(self, day)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a promise at the end of a day.

    `history` holds what was said of its date (None: never any). `expected` is the date that stood: the lead's forecast
    or else the approved one. `rating` is the lead's own. `looked_at` is the last day on which anything was told of it.
    """

    promise: Promise
    on: date
    status: Status
    history: History | None
    expected: PlanDate | None = None
    approved: PlanDate | None = None
    original: PlanDate | None = None
    rating: Rating | None = None
    looked_at: date | None = None

    @property
    def done_on(self) -> date | None:
        """The day on which it was done, if it is said to be."""
        return self.history.actual if self.history else None

    @property
    def kind(self) -> DateKind | None:
        """How vague the date is that stood."""
        return kind_of_date(self.expected) if self.expected else None

    @property
    def overdue(self) -> int:
        """How many days the date that stood has passed; 0 where it has not."""
        return max(0, (self.on - self.expected.latest).days) if self.expected else 0

    @property
    def silence(self) -> Silence | None:
        """Why nothing can be forecast of it; None where it can."""
        if self.status.is_done or self.done_on:
            return Silence.DONE
        if self.status.is_closed:
            return Silence.STOPPED
        if self.status is Status.ONGOING:
            return Silence.ONGOING
        if self.status is Status.DEFERRED:
            return Silence.DEFERRED
        if self.history is None or self.expected is None:
            return Silence.NO_DATE
        if (self.expected.latest - self.expected.earliest).days >= MOST_VAGUE:
            return Silence.TOO_VAGUE
        untold = (self.on - (self.looked_at or self.on)).days
        if untold > LONGEST_SILENCE and self.overdue > LONGEST_SILENCE:
            return Silence.LONG_UNTOLD
        return Silence.LONG_PAST if self.overdue > LONGEST_PAST else None


def promises_of(plan: Plan, told: Mapping[str, tuple[Told, ...]]) -> tuple[Promise, ...]:
    """Every action, step and milestone of the plan with what was told of it, by key. Headings are no promises."""
    return tuple(
        Promise(
            key=item.key,
            kind=kind,
            theme=theme,
            decision=needs_decision(item),
            steps=tuple(_next_below(item)) if isinstance(item, Action) else (),
            action=action,
            told=told.get(item.key, ()),
        )
        for item, kind, theme, action in _items(plan)
    )


def told_by_document(plan: Plan, on: date) -> dict[str, tuple[Told, ...]]:
    """What a plan says of its promises that is in no record: as if all of it had been told on one day, by key."""
    return {item.key: tuple(_printed(item, on)) for item, *_ in _items(plan)}


def _items(plan: Plan) -> Iterator[tuple[Action | Milestone, PromiseKind, int | None, str | None]]:
    for theme in plan.themes:
        for action in theme.actions:
            if not action.heading:
                yield action, PromiseKind.ACTION, theme.number, action.key
            yield from ((step, PromiseKind.STEP, theme.number, action.key) for step in action.all_steps())
        yield from ((milestone, PromiseKind.MILESTONE, theme.number, None) for milestone in theme.milestones)
    yield from ((milestone, PromiseKind.MILESTONE, None, None) for milestone in plan.engagement_milestones)


def _next_below(action: Action) -> Iterator[str]:
    """The promises next below an action: a heading's steps stand for it."""
    for step in action.steps:
        if step.heading:
            yield from _next_below(step)
        else:
            yield step.key


def _printed(item: Action | Milestone, on: date) -> Iterator[Told]:
    dates, start = item.dates, item.start if isinstance(item, Action) else None
    said: dict[Series, PlanDate | None] = {
        Series.START: start,
        Series.ORIGINAL: dates.original,
        Series.APPROVED: dates.approved,
        Series.FORECAST: dates.forecast,
        Series.ACTUAL: dates.actual,
    }
    yield Told(Series.STATUS, on, item.status)
    yield from (Told(series, on, value) for series, value in said.items() if value)
    if item.report:
        yield Told(Series.REPORT, on, item.report.rating)


@dataclass(slots=True)
class _Course:
    """What has been told so far, day by day."""

    latest: dict[Series, PlanDate | Status | Rating | None] = field(default_factory=dict)
    done_since: date | None = None
    looked_at: date | None = None
    stated: list[Stated] = field(default_factory=list)

    def hear(self, told: Told) -> None:
        self.latest[told.series] = told.value
        self.looked_at = told.on
        done = self.status.is_done or isinstance(self.latest.get(Series.ACTUAL), PlanDate)
        self.done_since = (self.done_since or told.on) if done else None

    def close_day(self, day: date) -> None:
        """At the end of a day on which anything was told: the date that then stood, if it was open and had one."""
        if self.done_since is None and (expected := self.expected):
            self.stated.append(Stated(day, expected.latest))

    def date_of(self, series: Series) -> PlanDate | None:
        value = self.latest.get(series)
        return value if isinstance(value, PlanDate) else None

    @property
    def status(self) -> Status:
        value = self.latest.get(Series.STATUS)
        return value if isinstance(value, Status) else Status.UNKNOWN

    @property
    def expected(self) -> PlanDate | None:
        """The lead's date or else the approved one, if it says by when ("from June 2022" does not)."""
        for series in (Series.FORECAST, Series.APPROVED):
            if found := self.date_of(series):
                return found if found.has_last_day else None
        return None

    @property
    def done_on(self) -> date | None:
        """The last day of the actual date, but not after the day on which it was told; else the day it was told."""
        if self.done_since is None:
            return None
        actual = self.date_of(Series.ACTUAL)
        return min(actual.latest, self.done_since) if actual else self.done_since


def _known(promise: Promise, day: date) -> Known:
    course, told = _Course(), [each for each in promise.told if each.on <= day]
    for place, each in enumerate(told):
        course.hear(each)
        if place + 1 == len(told) or told[place + 1].on != each.on:
            course.close_day(each.on)
    rating = course.latest.get(Series.REPORT)
    return Known(
        promise=promise,
        on=day,
        status=course.status,
        history=_history(promise, course, day),
        expected=course.expected,
        approved=course.date_of(Series.APPROVED),
        original=course.date_of(Series.ORIGINAL),
        rating=rating if isinstance(rating, Rating) else None,
        looked_at=course.looked_at,
    )


def _history(promise: Promise, course: _Course, day: date) -> History | None:
    if not course.stated:
        return None
    start, original = course.date_of(Series.START), course.date_of(Series.ORIGINAL)
    return History(
        project=promise.key,
        stated=tuple(course.stated),
        start=start.earliest if start else None,
        first=original.latest if original and original.has_last_day else None,
        actual=course.done_on,
        open_until=None if course.done_since else day,
    )


def forecastable(promises: Iterable[Promise], day: date) -> tuple[list[Known], dict[str, Known]]:
    """What was known on a day of those of which something can be forecast, and of each of the others, by key."""
    known = [promise.known_on(day) for promise in promises]
    silent = {each.promise.key: each for each in known if each.silence}
    return [each for each in known if each.silence is None], silent
