"""Why the share of each rating changed between two days: the exact promises that moved, from what to what, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from goldenthread.assurance.ratings.classes import Kind, Promise, RatingClass, Tally, promises_in
from goldenthread.assurance.ratings.rating import date_words, rate_one
from goldenthread.assurance.ratings.rules import RatingRule
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Milestone, Plan


class Cause(StrEnum):
    """Why a promise is rated as it was not before."""

    TIME = "time"
    DATES = "dates"
    STATUS = "status"
    STEPS = "steps"
    NEW = "new"
    GONE = "gone"

    @property
    def in_words(self) -> str:
        """The cause as a heading names it."""
        return _CAUSES[self]


_CAUSES = {
    Cause.TIME: "Time passed",
    Cause.DATES: "A date was moved",
    Cause.STATUS: "Its status changed",
    Cause.STEPS: "Its steps changed",
    Cause.NEW: "New in the plan",
    Cause.GONE: "No longer in the plan",
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One promise that changed its class. `before` is None for one that is new, `after` for one that is gone.

    `causes` is the smallest set of what changed that makes the difference by itself; where the day alone does, it is
    that. `why` says it in a sentence or two, with dates.
    """

    key: str
    ref: str | None
    name: str
    before: RatingClass | None
    after: RatingClass | None
    causes: tuple[Cause, ...]
    why: str

    @property
    def sentence(self) -> str:
        """Why, with the word for what `why` alone does not say: that only time passed."""
        return f"{Cause.TIME.in_words}. {self.why}" if self.causes == (Cause.TIME,) else self.why


@dataclass(frozen=True)
class Explanation:
    """The counts on two days and every promise that makes the difference between them."""

    then: date
    now: date
    before: Tally
    after: Tally
    moved: tuple[Movement, ...]

    def sentence(self, class_: RatingClass = RatingClass.GREEN) -> str:
        """The answer in a sentence: "Green fell from 70% (45 of 64) to 58% (37 of 64): 8 left it and none joined."."""
        joined, left = len(self.joined(class_)), len(self.left(class_))
        counts = f"{_number(left)} left it and {_number(joined)} joined it"
        was, is_ = self.before.share(class_), self.after.share(class_)
        return f"{class_.in_words} {self._went(class_)} {was} to {is_}: {counts}."

    def joined(self, class_: RatingClass) -> tuple[Movement, ...]:
        """The promises that are in a class now and were not."""
        return tuple(each for each in self.moved if each.after is class_)

    def left(self, class_: RatingClass) -> tuple[Movement, ...]:
        """The promises that were in a class and are not now."""
        return tuple(each for each in self.moved if each.before is class_)

    def _went(self, class_: RatingClass) -> str:
        was, is_ = (self._shared(tally, class_) for tally in (self.before, self.after))
        return "stayed the same, from" if was == is_ else "fell from" if is_ < was else "rose from"

    @staticmethod
    def _shared(tally: Tally, class_: RatingClass) -> float:
        return tally.counts[class_] / tally.total if tally.total else 0.0


def explain_movement(
    plan_then: Plan,
    plan_now: Plan,
    rule: RatingRule,
    then: date,
    now: date,
    *,
    kind: Kind = Kind.ACTION,
    counts: Callable[[Promise], bool] = lambda _: True,
) -> Explanation:
    """What moved between two states of a plan, both rated by the same rule, each as at its own day.

    Args:
        kind: Which promises are counted.
        counts: Which of those belong to the question (one theme, say). A promise that belongs to it on one day only
            is new or gone.
    """
    before = {each.identity: each for each in promises_in(plan_then) if each.kind is kind and counts(each)}
    after = {each.identity: each for each in promises_in(plan_now) if each.kind is kind and counts(each)}
    rated_then = {key: rate_one(each.item, rule, then).class_ for key, each in before.items()}
    rated_now = {key: rate_one(each.item, rule, now).class_ for key, each in after.items()}
    pairs = (
        (before.get(key), after.get(key)) for key in (*after, *(key for key in before if key not in after))
    )
    return Explanation(
        then=then,
        now=now,
        before=Tally.of(rated_then.values()),
        after=Tally.of(rated_now.values()),
        moved=tuple(_movements(pairs, rule, then, now)),
    )


def _movements(
    pairs: Iterable[tuple[Promise | None, Promise | None]], rule: RatingRule, then: date, now: date
) -> Iterator[Movement]:
    for old, new in pairs:
        was = rate_one(old.item, rule, then).class_ if old else None
        rating = rate_one(new.item, rule, now) if new else None
        is_ = rating.class_ if rating else None
        told = new or old
        if was is is_ or told is None:
            continue
        causes, why = _explained(old, new, rule, now, rating.reason if rating else "")
        yield Movement(told.item.key, told.item.ref, told.name, was, is_, causes, why)


def _explained(
    old: Promise | None, new: Promise | None, rule: RatingRule, now: date, reason: str
) -> tuple[tuple[Cause, ...], str]:
    if old is None:
        return (Cause.NEW,), f"It was added. {reason}"
    if new is None:
        return (Cause.GONE,), f"It was taken out by {day_words(now)}."
    causes = _causes(old.item, new.item, rule, now)
    said = [_SAID[cause](old.item, new.item) for cause in causes if cause in _SAID]
    return causes, " ".join([*said, reason])


def _causes(
    old: Action | Milestone, new: Action | Milestone, rule: RatingRule, now: date
) -> tuple[Cause, ...]:
    """The fewest changes to what it was that make it rated as it is; none at all means that time alone does."""
    wanted = rate_one(new, rule, now).class_
    changed = {cause: fields for cause, fields in _differences(old, new).items() if fields}
    for size in range(len(changed) + 1):
        for causes in combinations(changed, size):
            update = {field: value for cause in causes for field, value in changed[cause].items()}
            if rate_one(old.model_copy(update=update), rule, now).class_ is wanted:
                return causes or (Cause.TIME,)
    raise AssertionError("With every change made, it is the promise as it is now.")


def _differences(old: Action | Milestone, new: Action | Milestone) -> Mapping[Cause, Mapping[str, object]]:
    fields = {Cause.DATES: "dates", Cause.STATUS: "status", Cause.STEPS: "steps"}
    return {
        cause: {field: getattr(new, field)}
        for cause, field in fields.items()
        if hasattr(new, field) and getattr(old, field) != getattr(new, field)
    }


def _dates_said(old: Action | Milestone, new: Action | Milestone) -> str:
    moved = []
    for name in ("original", "approved", "forecast"):
        was, is_ = getattr(old.dates, name), getattr(new.dates, name)
        if was != is_:
            moved.append(f"Its {name} date went from {_or_none(was)} to {_or_none(is_)}.")
    return " ".join(moved) or "Its actual date was entered or changed."


def _status_said(old: Action | Milestone, new: Action | Milestone) -> str:
    return f"Its status went from {_status(old)} to {_status(new)}."


def _steps_said(old: Action | Milestone, new: Action | Milestone) -> str:
    was, is_ = (
        (sum(step.status.is_done for step in steps), len(steps))
        for steps in (tuple(item.all_steps()) if isinstance(item, Action) else () for item in (old, new))
    )
    return f"Complete steps went from {was[0]} of {was[1]} to {is_[0]} of {is_[1]}."


_SAID = {Cause.DATES: _dates_said, Cause.STATUS: _status_said, Cause.STEPS: _steps_said}


def _or_none(value: PlanDate | None) -> str:
    return date_words(value) if value else "no date"


def _status(item: Action | Milestone) -> str:
    return f"“{item.status.value.replace('_', ' ')}”"


def _number(count: int) -> str:
    return str(count) if count else "none"
