"""What a rule makes of each promise of a plan on a day, each with its reason in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from goldenthread.assurance.ratings.classes import Kind, Promise, RatingClass, Tally, promises_in
from goldenthread.assurance.ratings.rules import Against, ByDate, ByJudgement, BySteps, RatingRule
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Dates, Milestone, Plan
from goldenthread.plan.status import Status


@dataclass(frozen=True, slots=True)
class RuleRating:
    """What the rule says of one promise, and why, naming the dates it went by."""

    class_: RatingClass
    reason: str


def rate(plan: Plan, rule: RatingRule, as_at: date) -> Mapping[str, RuleRating]:
    """The rating of every action, step and milestone by its key. None is left out: unknown is a rating too."""
    return {promise.item.key: rate_one(promise.item, rule, as_at) for promise in promises_in(plan)}


def tally(plan: Plan, rule: RatingRule, as_at: date, kind: Kind = Kind.ACTION) -> Tally:
    """How many promises of a kind are in each class."""
    return tally_of((promise for promise in promises_in(plan) if promise.kind is kind), rule, as_at)


def tally_of(promises: Iterable[Promise], rule: RatingRule, as_at: date) -> Tally:
    """How many of these promises are in each class."""
    return Tally.of(rate_one(promise.item, rule, as_at).class_ for promise in promises)


def rate_one(item: Action | Milestone, rule: RatingRule, as_at: date) -> RuleRating:
    """What the rule says of one promise on a day."""
    if settled := _SETTLED.get(item.status):
        return settled
    late = days_late(item.dates.approved, as_at)
    if item.status is Status.UNKNOWN:
        return RuleRating(RatingClass.NOT_RATED, _unknown(item.dates, late))
    if rule.not_started_apart and item.status is Status.NOT_STARTED and not late:
        return RuleRating(RatingClass.NOT_STARTED, "Work has not begun, and its date has not passed.")
    test = rule.test
    if isinstance(test, ByDate):
        return _by_date(item, test, as_at)
    if isinstance(test, BySteps):
        return _by_steps(item, test, late)
    return _judged(test)


def days_late(due: PlanDate | None, on: date) -> int:
    """How many days after the last day of a date this day is; 0 for none, also where there is nothing to be late by."""
    return max((on - due.latest).days, 0) if due and due.has_last_day else 0


def date_words(due: PlanDate) -> str:
    """A date as printed, with its last day where the words are not that day: "Autumn 2022 (to 30 November 2022)"."""
    last = day_words(due.latest)
    return last if due.printed == last else f"{due.printed} (to {last})"


_SETTLED = {
    Status.COMPLETE: RuleRating(
        RatingClass.COMPLETE, "It is said to be complete; nobody has checked the evidence yet."
    ),
    Status.VERIFIED: RuleRating(RatingClass.COMPLETE, "It is complete, and its evidence was checked."),
    Status.EMBEDDED: RuleRating(
        RatingClass.COMPLETE, "It is complete, and later evidence shows that it has lasted."
    ),
    Status.DEFERRED: RuleRating(RatingClass.SUSPENDED, "A decision deferred it."),
    Status.SUPERSEDED: RuleRating(RatingClass.STOPPED, "Another promise took its place."),
    Status.CANCELLED: RuleRating(RatingClass.STOPPED, "A decision cancelled it."),
}


def _unknown(dates: Dates, late: int) -> str:
    due = dates.approved
    if due is None:
        return "Nobody has said how it stands, and it has no approved date."
    when = f"passed {_count(late)} ago" if late else "has not passed"
    return f"Nobody has said how it stands; its approved date, {date_words(due)}, {when}."


def _by_date(item: Action | Milestone, test: ByDate, as_at: date) -> RuleRating:
    dates = item.dates
    due = dates.original if test.against is Against.ORIGINAL else dates.approved
    name = test.against.in_words
    if due is None:
        ongoing = "It is ongoing and has" if item.status is Status.ONGOING else "It has"
        return RuleRating(RatingClass.NOT_RATED, f"{ongoing} no {name} to be late by.")
    if not due.has_last_day:
        said = f"Its {name}, {due.printed}, has no last day to be late by."
        return RuleRating(RatingClass.NOT_RATED, said)
    late, expected = days_late(due, as_at), days_late(due, _expected(dates, as_at))
    if test.expected and expected > late:
        said = f"It is expected {_count(expected)} after its {name}, {date_words(due)}."
        return RuleRating(_colour(expected, test.amber_days), said)
    if late:
        said = f"Its {name}, {date_words(due)}, passed {_count(late)} ago."
        return RuleRating(_colour(late, test.amber_days), said)
    first, stands = dates.original, dates.approved
    if test.reprogrammed_apart and first and stands and stands.ends_after(first):
        said = f"Its date was moved with approval from {date_words(first)} to {date_words(stands)}."
        return RuleRating(RatingClass.SUSPENDED, said)
    return RuleRating(RatingClass.GREEN, f"Its {name}, {date_words(due)}, has not passed.")


def _expected(dates: Dates, as_at: date) -> date:
    forecast = dates.forecast
    return max(as_at, forecast.latest) if forecast and forecast.has_last_day else as_at


def _colour(late: int, amber_days: int) -> RatingClass:
    return RatingClass.AMBER if late <= amber_days else RatingClass.RED


def _by_steps(item: Action | Milestone, test: BySteps, late: int) -> RuleRating:
    """Where steps are of unknown status, they are taken as complete and as not: only a colour of both is given."""
    steps = () if isinstance(item, Milestone) else tuple(item.all_steps())
    if not steps:
        return RuleRating(RatingClass.NOT_RATED, "It has no steps of which a share could be complete.")
    done = sum(step.status.is_done for step in steps)
    unknown = sum(step.status is Status.UNKNOWN for step in steps)
    said = f"{done} of {len(steps)} steps are complete ({100 * done // len(steps)}%)"
    low, high = (
        _share_colour(Fraction(100 * count, len(steps)), test, overdue=late > 0)
        for count in (done, done + unknown)
    )
    if low is not high:
        return RuleRating(
            RatingClass.NOT_RATED,
            f"{said} and of {unknown} nobody has said how they stand, which decides its colour.",
        )
    due = item.dates.approved
    overdue = f", and its approved date, {date_words(due)}, passed {_count(late)} ago" if late and due else ""
    return RuleRating(low, f"{said}{overdue}.")


def _share_colour(percent: Fraction, test: BySteps, *, overdue: bool) -> RatingClass:
    if percent <= test.red_up_to:
        return RatingClass.RED
    if overdue and test.overdue_red_below is not None and percent < test.overdue_red_below:
        return RatingClass.RED
    return RatingClass.GREEN if percent > test.green_above else RatingClass.AMBER


def _judged(_test: ByJudgement) -> RuleRating:
    return RuleRating(
        RatingClass.NOT_RATED, "By this rule a person has to judge it; see the assurer’s rating."
    )


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"
