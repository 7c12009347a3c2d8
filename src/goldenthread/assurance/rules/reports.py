"""GT9: what documents and updates report, against what the plan says."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance import authorities
from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named, opening
from goldenthread.assurance.ratings.classes import RatingClass
from goldenthread.assurance.ratings.stated import class_printed
from goldenthread.assurance.rule import Fault, Group, NeedsRecord, rule
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Update
from goldenthread.plan.status import Status

_SAID = frozenset(Status) - {Status.UNKNOWN}


@rule(
    "GT901",
    Group.REPORTS,
    Severity.WARNING,
    "The last update says something else than the plan",
    why="Two documents went out that differ. Somebody has read the one and somebody the other.",
    looks_at="The status that the last printed update of an action or step names, against the status that the plan "
    "gives it: the update calls it done or stopped and the plan does not; or the plan has it as done, and an update "
    "of a later day does not. Not where its lead has reported since.",
    settle="Find out which is right. Correct the status, or put the correction into the next update.",
)
def update_says_otherwise(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action = promise.action
        update = _last_word(action)
        if update is None or action.status not in _SAID or not _contradicts(update, action):
            continue
        day = f" of {update.as_at.printed}" if update.as_at else ""
        printed = f"“{update.status_printed}”" if update.status_printed else _words(update.status)
        said = f"The last update{day} calls {named(action)} {printed}; the plan has it as {_words(action.status)}."
        yield Fault(action, said)


@rule(
    "GT902",
    Group.REPORTS,
    Severity.WARNING,
    "Printed as green or complete, but its date has passed and it is open",
    why="A reader who goes by the colour believes that it is in time.",
    looks_at="The rating that the last update of an action or step prints (“Green”, “G”, “Complete”), where its "
    "approved date has passed and the plan has it neither as done nor as stopped nor deferred.",
    settle="Ask what the colour rested on, and correct the rating, the status or the date.",
    authority=authorities.RATINGS,
)
def printed_past_its_date(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action, due = promise.action, promise.action.dates.approved
        printed = next((each.rag_printed for each in reversed(action.updates) if each.rag_printed), None)
        if not printed or class_printed(printed) not in {RatingClass.GREEN, RatingClass.COMPLETE}:
            continue
        if _kind(action.status) == "open" and due and due.is_late_on(subject.as_at):
            yield Fault(
                action, f"{opening(action)} is printed as “{printed}”, but its date was {due.printed}."
            )


@rule(
    "GT903",
    Group.REPORTS,
    Severity.WARNING,
    "An approved date was changed without a decision",
    why="Whoever approved the plan approved that date. A date that moves on its way from one issue to the next makes "
    "everything look in time.",
    looks_at="Changes of the approved date of actions, steps and milestones to a later day that no approved change "
    "request made, but an amended document did. Corrections of how a document was read do not count.",
    settle="Record the decision as a change request. Where a body approved the amended document as a whole, accept the "
    "finding and name its minute.",
    authority=authorities.CHANGE_CONTROL,
)
@NeedsRecord
def moved_without_decision(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        for move in beside.approved_moves(item):
            later = move.before and (move.after is None or move.after.ends_after(move.before))
            if not later or move.decided or not move.before:
                continue
            to = f"to {move.after.printed}" if move.after else "and has none now"
            said = f"The approved date of {named(item)} went from {move.before.printed} {to}"
            yield Fault(
                item,
                f"{said} on {day_words(move.on)}, and no decision is recorded.",
                about=f"{move.on} {move.after.edtf if move.after else ''}",
            )


@rule(
    "GT904",
    Group.REPORTS,
    Severity.ERROR,
    "A promise is missing from the amended document, and nobody decided to stop it",
    why="Promises that drop out between two issues of a plan are how plans come to be delivered in full.",
    looks_at="Actions and milestones that the plan held and that an amended document no longer has, where they were "
    "not done and no decision had superseded, cancelled or deferred them.",
    settle="If it was only worded anew, say which action it has become. If it was dropped, record who decided so.",
    authority=authorities.CHANGE_CONTROL,
)
@NeedsRecord
def vanished(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for gone in beside.gone:
        ref = f"{gone.ref}, " if gone.ref else ""
        said = f"{ref}“{gone.name}” is not in the document that amended the plan on {day_words(gone.on)}"
        yield Fault(None, f"{said}, and no decision stopped it.", about=str(gone.id))


def _last_word(action: Action) -> Update | None:
    """The last printed update that names a status, unless the lead has reported to the record since."""
    update = next((each for each in reversed(action.updates) if each.status in _SAID), None)
    if update and action.report and not (update.as_at and update.as_at.earliest > action.report.as_at):
        return None
    return update


def _contradicts(update: Update, action: Action) -> bool:
    said, held = _kind(update.status), _kind(action.status)
    if said != "open" or held != "done":
        return said not in {held, "open"}
    actual = action.dates.actual
    return bool(update.as_at and actual and actual.is_before(update.as_at))


def _kind(status: Status) -> str:
    if status.is_done:
        return "done"
    return "stopped" if status.is_closed or status is Status.DEFERRED else "open"


def _words(status: Status) -> str:
    return status.value.replace("_", " ")
