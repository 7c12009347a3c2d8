"""GT3: dates, and how things stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from goldenthread.assurance import authorities
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, Promise, named, opening
from goldenthread.assurance.rule import Fault, Group, rule
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status

_LONG_BEFORE = timedelta(days=92)
_MONTH_OR_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")
_ABOUT_DATES = frozenset(
    {
        QuestionKind.BLANK_DATE,
        QuestionKind.DATE_ALIGNMENT,
        QuestionKind.UNREAD_DATE,
        QuestionKind.SUSPECT_DATE,
    }
)


@rule(
    "GT301",
    Group.DATES,
    Severity.WARNING,
    "A step ends after its action",
    why="If the action is done on its date, the step is not; if the step is needed, the action's date is too early.",
    looks_at="The last day that each step's due date allows, against that of the nearest dated action above it.",
    settle="Move the step, move the action, or take the step out of the action.",
)
def step_after_action(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        due = _due(promise.action)
        above = next((action for action in reversed(promise.above) if _due(action)), None)
        whole = _due(above) if above else None
        if above and due and whole and due.has_last_day and whole.has_last_day and due.ends_after(whole):
            when = "may run to" if due.overlaps(whole) else "is due"
            said = f"The step {named(promise.action)} {when} {due.printed}"
            yield Fault(promise.action, f"{said}; its action {named(above)} is due {whole.printed}.")


@rule(
    "GT302",
    Group.DATES,
    Severity.ERROR,
    "Something starts after it is due",
    why="One of the two dates must be wrong.",
    looks_at="The first day of the start against the last day of the due date of the same action or step; and the "
    "start of an action against the due dates of those of its steps that have no start of their own.",
    settle="Find out which date was meant and correct it, giving the reason.",
)
def starts_after_due(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action, due = promise.action, _due(promise.action)
        owner = next((part for part in (action, *reversed(promise.above)) if part.start), None)
        start = owner.start if owner else None
        if not (owner and start and due and due.has_last_day and due.is_before(start)):
            continue
        if owner is action:
            yield Fault(action, f"{opening(action)} starts {start.printed} but is due {due.printed}.")
        else:
            begins = f"before its action {named(owner)} starts ({start.printed})"
            yield Fault(action, f"The step {named(action)} is due {due.printed}, {begins}.")


@rule(
    "GT303",
    Group.DATES,
    Severity.WARNING,
    "Every step is complete, but the action is open",
    why="Either the action is done and nobody has said so, or something is still to do that no step names.",
    looks_at="Actions that have steps, all of them complete, and are themselves neither complete nor stopped.",
    settle="Say that the action is complete, or add the step that is missing.",
)
def steps_complete_action_open(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        steps = [step for step in promise.action.all_steps() if not step.steps]
        open_ = not promise.action.status.is_closed and promise.action.status is not Status.ONGOING
        if steps and open_ and all(step.status.is_done for step in steps):
            due = _due(promise.action)
            dated = f" and is due {due.printed}" if due else ""
            all_ = "The only step" if len(steps) == 1 else f"All {len(steps)} steps"
            verb = "is" if len(steps) == 1 else "are"
            yield Fault(
                promise.action, f"{all_} of {named(promise.action)} {verb} complete, but it is open{dated}."
            )


@rule(
    "GT304",
    Group.DATES,
    Severity.WARNING,
    "A date has passed and nobody has said how it stands",
    why="It is not known whether this was done. It is counted as not known, and never as late or as done.",
    looks_at="Actions, steps and milestones whose last possible day is before the day of the check and whose status "
    "is not known. “Autumn 2022” has passed on 1 December 2022.",
    settle="Ask the lead, and record the status as at the day that it was true.",
    authority=authorities.CONTROL,
)
def past_without_status(subject: PlanAt) -> Iterator[Fault]:
    for item in subject.tracked:
        due = item.dates.approved
        if due and item.status is Status.UNKNOWN and due.is_late_on(subject.as_at):
            yield Fault(item, f"{opening(item)} was due {due.printed}, and its status is not known.")


@rule(
    "GT305",
    Group.DATES,
    Severity.NOTE,
    "Ongoing work has no review date",
    why="“Ongoing” never ends and is never late, so nothing shows when the work quietly stops.",
    looks_at="Actions and steps whose status is ongoing and that have no review cadence.",
    settle="Say how often the work is looked at, and what would end it.",
)
def ongoing_without_review(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        if promise.action.status is Status.ONGOING and not promise.action.review_cadence:
            yield Fault(
                promise.action,
                f"{opening(promise.action)} is ongoing, with no date on which it is reviewed.",
            )


@rule(
    "GT306",
    Group.DATES,
    Severity.WARNING,
    "A milestone has no date",
    why="Progress is tracked by milestones; one without a date can neither be met nor missed.",
    looks_at="Milestones without an approved date that are neither achieved nor stopped.",
    settle="Give the date. If the document has lost it, the question about this milestone offers what it may be.",
)
def milestone_without_date(subject: PlanAt) -> Iterator[Fault]:
    for milestone in subject.plan.milestones():
        if milestone.dates.approved is None and not milestone.status.is_closed:
            printed = f", only “{milestone.printed}”" if milestone.printed else ""
            yield Fault(milestone, f"The milestone {named(milestone)} has no date{printed}.")


@rule(
    "GT307",
    Group.DATES,
    Severity.WARNING,
    "Nobody has said when",
    why="A promise without a date cannot be late, so nobody is asked about it.",
    looks_at="Actions without a due date, and steps where words such as “TBC” stand for one; not those that are "
    "ongoing, complete or stopped, nor those whose date is the subject of an open question.",
    settle="Agree a date, or record what it depends on and when that will be known.",
    authority=authorities.CONTROL,
)
def nobody_said_when(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action = promise.action
        settled = action.status.is_closed or action.status is Status.ONGOING or action.dates.approved
        missing = bool(action.due_printed) if promise.is_step else True
        if settled or not missing or _date_is_asked_about(subject, promise):
            continue
        printed = f", only “{action.due_printed}”" if action.due_printed else ""
        dated = [step for step in action.all_steps() if step.dates.approved]
        steps = f"; {len(dated)} of its steps {'has' if len(dated) == 1 else 'have'} one" if dated else ""
        yield Fault(action, f"{opening(action)} has no due date{printed}{steps}.")


@rule(
    "GT308",
    Group.DATES,
    Severity.WARNING,
    "Something starts long before the first review",
    why="Work that answers a review seldom starts before it. Most likely the year is wrong.",
    looks_at="Starts printed as a month or a day, more than three months before the first day on which the earliest "
    "review of the register can have been published. Seasons and years are too vague to be judged.",
    settle="Check the year with the lead and correct it, or leave it and accept the finding with the reason.",
)
def starts_before_reviews(subject: PlanAt) -> Iterator[Fault]:
    published = [(review.published, review.title) for review in subject.plan.reviews if review.published]
    if not published:
        return
    first, title = min(published, key=lambda review: review[0].earliest)
    limit = first.earliest - _LONG_BEFORE
    for promise in subject.promises:
        start = promise.action.start
        if start and not start.approximate and _MONTH_OR_DAY.fullmatch(start.edtf) and start.latest < limit:
            yield Fault(
                promise.action,
                f"{opening(promise.action)} starts {start.printed}, long before the earliest review "
                f"({title}, {first.printed}).",
            )


def _due(action: Action | None) -> PlanDate | None:
    return action.dates.approved if action else None


def _date_is_asked_about(subject: PlanAt, promise: Promise) -> bool:
    about = (promise.action, *promise.above)
    return any(question.kind in _ABOUT_DATES for item in about for question in subject.questions_about(item))
