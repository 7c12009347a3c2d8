"""GT70: whether what is said of progress hangs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from goldenthread.assurance import authorities
from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named, opening
from goldenthread.assurance.rule import Fault, Group, NeedsRecord, rule
from goldenthread.plan.days import day_words
from goldenthread.plan.judgements import Rating
from goldenthread.plan.model import Action, LinkKind, Milestone
from goldenthread.plan.status import Status

_OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})
_FEW = 5
_SOON = timedelta(days=31)
_GRACE = timedelta(days=7)
_CADENCES = {
    "week": 7, "weekly": 7, "fortnight": 14, "fortnightly": 14, "month": 31, "monthly": 31, "bi-monthly": 62,
    "quarter": 92, "quarterly": 92, "termly": 123, "six-monthly": 184, "half-yearly": 184, "year": 366,
    "yearly": 366, "annual": 366, "annually": 366,
}  # fmt: skip
_EVERY_SO_MANY = re.compile(r"\b(\d{1,2})\s*(day|week|month)s?\b")
_UNITS = {"day": 1, "week": 7, "month": 31}
_ORDER = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED)


@rule(
    "GT701",
    Group.PROGRESS,
    Severity.WARNING,
    "Nobody has confirmed how it stands for too long",
    why="What the plan says of it may have been true once. Whoever reads the plan today cannot tell.",
    looks_at="Actions and milestones that are neither closed nor deferred, and the longest time between two "
    "confirmations that the council has agreed. What was never confirmed counts from the day the plan took effect; "
    "where nothing of the plan ever was, it is told once of the plan.",
    settle="Ask the lead. “No change” is an answer too, and takes one press of a button.",
    authority=authorities.CONTROL,
)
@NeedsRecord
def not_confirmed(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    settled = {Status.DEFERRED, *(status for status in Status if status.is_closed)}
    owed = [item for item in subject.reported_on if item.status not in settled]
    days = (subject.as_at - beside.in_force_since).days
    if (
        len(owed) > _FEW
        and days > beside.confirm_within
        and not any(item.report for item in subject.reported_on)
    ):
        told = f"None of the {len(owed)} open actions and milestones was ever confirmed"
        yield Fault(
            None,
            f"{told}, {days:,} days after the plan took effect; {beside.confirm_within} days are agreed.",
        )
        return
    for item in owed:
        last = item.report.as_at if item.report else None
        days = (subject.as_at - (last or beside.in_force_since)).days
        if days > beside.confirm_within:
            said = f"was last confirmed on {day_words(last)}" if last else "was never confirmed"
            since = "ago" if last else "after the plan took effect"
            agreed = f"{days:,} days {since}; {beside.confirm_within} days are agreed"
            yield Fault(item, f"{opening(item)} {said}, {agreed}.")


@rule(
    "GT702",
    Group.PROGRESS,
    Severity.WARNING,
    "Said to be complete, but steps are open",
    why="Either the steps are done too, or they are needed no more, or the action is not complete.",
    looks_at="Actions and steps that are complete, verified or embedded and have a step below them that is not started "
    "or in progress. Steps of which nobody has said how they stand do not count.",
    settle="Say how the steps stand, take those out that are needed no more, or open the action again.",
)
def complete_with_open_steps(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action = promise.action
        open_ = [step for step in action.all_steps() if step.status in _OPEN]
        if action.status.is_done and open_:
            more = f" and {len(open_) - 1} more" if len(open_) > 1 else ""
            verb = "are" if more else "is"
            yield Fault(
                action,
                f"{opening(action)} is said to be complete, but {named(open_[0])}{more} {verb} open.",
            )


@rule(
    "GT703",
    Group.PROGRESS,
    Severity.WARNING,
    "Said to be complete, but what it rests on is open",
    why="A milestone counts as reached because the work behind it is done. If that work is open, one of the two is "
    "wrong.",
    looks_at="Milestones and actions that are said to be done; the actions that a link says contribute to them, and "
    "what a link says they depend on.",
    settle="Say how the work behind it stands, take the link out, or open the milestone again.",
    authority=authorities.ACCOUNTABILITY,
)
def done_on_open_ground(subject: PlanAt) -> Iterator[Fault]:
    for item in subject.tracked:
        if not item.status.is_done:
            continue
        under = {
            part.key: part
            for part in (
                *subject.linked_to(item, LinkKind.CONTRIBUTES),
                *subject.linked_from(item, LinkKind.DEPENDS_ON),
            )
            if isinstance(part, Action | Milestone) and part.status in _OPEN
        }
        for part in under.values():
            said = f"{opening(item)} is said to be complete, but {named(part)}, on which it rests, is open."
            yield Fault(item, said, about=str(part.id or part.key))


@rule(
    "GT704",
    Group.PROGRESS,
    Severity.NOTE,
    "Said to be complete, but not since when",
    why="Without the day it cannot be shown whether the promise was kept in time, nor learnt how long such work takes.",
    looks_at="Actions and milestones that are complete, verified or embedded and have no date on which they were done. "
    "Where that is so of all of them, and there are more than five, it is told once of the plan.",
    settle="Ask the lead for the day, and record it as the actual date.",
)
def complete_without_a_day(subject: PlanAt) -> Iterator[Fault]:
    done = [item for item in subject.reported_on if item.status.is_done]
    without = [item for item in done if item.dates.actual is None]
    if len(without) == len(done) > _FEW:
        yield Fault(
            None, f"Of none of the {len(done)} promises that are said to be complete it is said since when."
        )
        return
    for item in without:
        yield Fault(item, f"{opening(item)} is said to be complete, but not since when.")


@rule(
    "GT705",
    Group.PROGRESS,
    Severity.ERROR,
    "The day on which it was done cannot be right",
    why="Nothing is done in the future, or before it was begun.",
    looks_at="The actual date of actions, steps and milestones, against the day of the check and against the start.",
    settle="Find out which date was meant and correct it, giving the reason.",
)
def impossible_actual(subject: PlanAt) -> Iterator[Fault]:
    for item in subject.tracked:
        actual = item.dates.actual
        start = item.start if isinstance(item, Action) else None
        if actual and actual.earliest > subject.as_at:
            yield Fault(
                item, f"{opening(item)} is said to have been done {actual.printed}, which is to come."
            )
        elif actual and start and actual.is_before(start):
            before = f"before it starts ({start.printed})"
            yield Fault(item, f"{opening(item)} is said to have been done {actual.printed}, {before}.")


@rule(
    "GT706",
    Group.PROGRESS,
    Severity.WARNING,
    "Rated green, but its date has passed",
    why="Green past the date hides that something is late from those who read only the colours.",
    looks_at="Actions, steps and milestones that their lead last rated green, whose approved date has passed, and that "
    "are neither done nor stopped nor deferred.",
    settle="Ask the lead what the green rests on. Either it is done, or the rating or the date has to change.",
    authority=authorities.RATINGS,
)
def green_past_its_date(subject: PlanAt) -> Iterator[Fault]:
    for item in subject.tracked:
        due, report = item.dates.approved, item.report
        open_ = not item.status.is_closed and item.status is not Status.DEFERRED
        if open_ and report and report.rating is Rating.GREEN and due and due.is_late_on(subject.as_at):
            yield Fault(
                item, f"{opening(item)} is rated green by {report.by}, but its date was {due.printed}."
            )


@rule(
    "GT707",
    Group.PROGRESS,
    Severity.NOTE,
    "The lead rates it better than the assurer",
    why="Two people have looked at the same promise and differ. The kinder view is not always wrong, nor always right.",
    looks_at="Actions, steps and milestones that both the lead and the assurer have rated.",
    settle="Talk it over, and let whoever learnt something rate it anew.",
)
def kinder_than_the_assurer(subject: PlanAt) -> Iterator[Fault]:
    order = list(Rating)
    for item in subject.tracked:
        own = item.report.rating if item.report else None
        if own and item.assessment and not item.status.is_closed:
            other = item.assessment.rating
            if order.index(own) < order.index(other):
                yield Fault(
                    item, f"{opening(item)} is rated {own} by its lead and {other} by {item.assessment.by}."
                )


@rule(
    "GT708",
    Group.PROGRESS,
    Severity.WARNING,
    "Ongoing work was not reviewed when it should have been",
    why="“Ongoing” never ends and is never late. The review is all that shows whether the work goes on.",
    looks_at="Actions and steps that are ongoing and say how often they are reviewed (“quarterly”, “every 6 months”), "
    "and when somebody last reported on them; a week's grace is given. What was never reported on counts from the day "
    "the plan took effect, where that is known.",
    settle="Review the work and report on it, or agree another interval.",
)
def review_overdue(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action = promise.action
        every = interval(action.review_cadence or "") if action.status is Status.ONGOING else None
        begun = subject.beside.in_force_since if subject.beside else None
        last = action.report.as_at if action.report else begun
        if every and last and subject.as_at > last + every + _GRACE:
            days = (subject.as_at - last).days
            since = (
                f"{days:,} days ago" if action.report else f"in the {days:,} days since the plan took effect"
            )
            said = f"was last reported on {since}" if action.report else f"was never reported on {since}"
            yield Fault(action, f"{opening(action)} is to be reviewed {action.review_cadence}, but {said}.")


@rule(
    "GT709",
    Group.PROGRESS,
    Severity.WARNING,
    "Its time has come, but nobody has said that its condition is met",
    why="A promise that hangs on something else cannot be kept before that has happened, whatever its date says.",
    looks_at="Actions, steps and milestones with a condition (“linked to MTFP”), their own or their date's, that are "
    "not started or of unknown status and whose date has passed or ends within a month.",
    settle="Find out whether the condition is met. If so, report that work has begun; if not, the date cannot hold.",
)
def condition_not_met(subject: PlanAt) -> Iterator[Fault]:
    for item in subject.tracked:
        due = item.dates.approved
        condition = item.condition or (due.condition if due else None)
        waits = item.status in {Status.UNKNOWN, Status.NOT_STARTED}
        if condition and due and waits and due.has_last_day and due.latest <= subject.as_at + _SOON:
            said = (
                f"is due {due.printed} and hangs on a condition (“{condition}”) that nobody has said is met"
            )
            yield Fault(item, f"{opening(item)} {said}.")


@rule(
    "GT710",
    Group.PROGRESS,
    Severity.WARNING,
    "Its status went backwards",
    why="What was said to be done, or begun, is so no longer. Whoever was told the first should be told the second.",
    looks_at="The last two statuses of each action, step and milestone, in the order not started, in progress, "
    "complete, verified, embedded. What was only corrected for the same day does not count.",
    settle="Record why, and put it into the next report.",
)
@NeedsRecord
def went_backwards(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        told = [(day, status) for day, status in beside.statuses(item) if status in _ORDER]
        if len(told) > 1 and told[-1][1] is item.status:
            (_, before), (day, now) = told[-2:]
            if _ORDER.index(now) < _ORDER.index(before):
                was, is_ = (status.value.replace("_", " ") for status in (before, now))
                yield Fault(item, f"{opening(item)} was {was}, and since {day_words(day)} is {is_} again.")


def interval(cadence: str) -> timedelta | None:
    """How long at most lies between two reviews by these words; None where they do not say."""
    words = cadence.lower()
    if counted := _EVERY_SO_MANY.search(words):
        return timedelta(days=int(counted[1]) * _UNITS[counted[2]])
    told = (_CADENCES.get(word) for word in re.findall(r"[a-z]+(?:-[a-z]+)?", words))
    return next((timedelta(days=days) for days in told if days), None)
