"""GT8: risks, and what is done about them."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance import authorities
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named, opening
from goldenthread.assurance.rule import Fault, Group, rule
from goldenthread.plan.model import Action, LinkKind, Milestone, Risk
from goldenthread.plan.status import Status

_STOPPED = frozenset({Status.CANCELLED, Status.SUPERSEDED, Status.DEFERRED})


@rule(
    "GT801",
    Group.RISKS,
    Severity.WARNING,
    "Nothing in the plan mitigates a risk",
    why="The plan names the risk and promises nothing that would make it smaller.",
    looks_at="Risks of the plan to which no link says that an action, step or milestone mitigates them; and those of "
    "which everything that did was stopped or deferred.",
    settle="Link the action that mitigates it, add one, or accept the finding with the reason to live with it.",
    authority=authorities.RISKS,
)
def nothing_mitigates(subject: PlanAt) -> Iterator[Fault]:
    for risk in subject.plan.risks:
        found = mitigating(subject, risk)
        if not found:
            yield Fault(risk, f"No action or milestone is said to mitigate the risk “{risk.title}”.")
        elif all(item.status in _STOPPED for item in found):
            all_ = "The only mitigation" if len(found) == 1 else f"All {len(found)} mitigations"
            was = "was" if len(found) == 1 else "were"
            yield Fault(risk, f"{all_} of the risk “{risk.title}” {was} stopped or deferred.")


@rule(
    "GT802",
    Group.RISKS,
    Severity.WARNING,
    "What mitigates a risk is overdue",
    why="The risk is scored as if its mitigation came in time. It has not come, although the score is the same.",
    looks_at="Risks, and the actions, steps and milestones that a link says mitigate them: those whose approved date "
    "has passed and that are neither done nor stopped.",
    settle="Score the risk anew, and find out when the mitigation will be there.",
    authority=authorities.RISKS,
)
def mitigation_overdue(subject: PlanAt) -> Iterator[Fault]:
    for risk in subject.plan.risks:
        for item in mitigating(subject, risk):
            due = item.dates.approved
            open_ = not item.status.is_closed and item.status not in _STOPPED
            if open_ and due and due.is_late_on(subject.as_at):
                said = f"{opening(item)}, which mitigates the risk “{risk.title}”, was due {due.printed}."
                yield Fault(risk, said, about=str(item.id or item.key))


@rule(
    "GT803",
    Group.RISKS,
    Severity.WARNING,
    "What mitigates a risk has no lead or no date",
    why="A mitigation that nobody leads, or that has no date, cannot be relied on.",
    looks_at="Open actions, steps and milestones that a link says mitigate a risk: their lead (for a step, that of its "
    "action; milestones need none) and their approved date. What is ongoing needs no date.",
    settle="Name the post that leads it, and agree a date.",
    authority=authorities.RISKS,
)
def mitigation_adrift(subject: PlanAt) -> Iterator[Fault]:
    led = {
        promise.action.key: any(action.leads for action in (promise.action, *promise.above))
        for promise in subject.promises
    }
    for risk in subject.plan.risks:
        for item in mitigating(subject, risk):
            if item.status.is_closed or item.status in _STOPPED:
                continue
            missing = [] if led.get(item.key, True) else ["no lead"]
            if item.dates.approved is None and item.status is not Status.ONGOING:
                missing.append("no date")
            if missing:
                said = f"The mitigation {named(item)} of the risk “{risk.title}” has {' and '.join(missing)}."
                yield Fault(risk, said, about=str(item.id or item.key))


def mitigating(subject: PlanAt, risk: Risk) -> tuple[Action | Milestone, ...]:
    """What links say mitigates a risk."""
    linked = subject.linked_to(risk, LinkKind.MITIGATES)
    return tuple(item for item in linked if isinstance(item, Action | Milestone))
