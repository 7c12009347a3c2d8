"""GT4: who leads."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance import authorities
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named
from goldenthread.assurance.rule import Fault, Group, rule
from goldenthread.plan.leads import is_collective


@rule(
    "GT401",
    Group.LEADS,
    Severity.ERROR,
    "An action has no lead",
    why="Nobody is asked how it goes, and nobody answers for it.",
    looks_at="Actions without a post or body as lead. Steps have the lead of their action.",
    settle="Name the post that leads. If the document lost it in a merged cell, the row above may say.",
    authority=authorities.ACCOUNTABILITY,
)
def no_lead(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.actions:
        if not promise.action.leads and not promise.action.status.is_closed:
            yield Fault(promise.action, f"No lead is named for {named(promise.action)}.")


@rule(
    "GT402",
    Group.LEADS,
    Severity.WARNING,
    "Only a group leads",
    why="A team, a committee or the Cabinet cannot be asked as one person, and what all own nobody chases.",
    looks_at="Actions all of whose leads are bodies or groups, and none a post that one person holds.",
    settle="Let the group name one post that answers for the action. The group stays as its lead.",
    authority=authorities.ACCOUNTABILITY,
)
def only_a_group_leads(subject: PlanAt) -> Iterator[Fault]:
    bodies = {name for body in subject.plan.bodies for name in (body.name, *body.aliases)}
    for promise in subject.actions:
        action = promise.action
        groups = [lead for lead in action.leads if lead in bodies or is_collective(lead)]
        if groups and len(groups) == len(action.leads) and not action.status.is_closed:
            alone = f"{' and '.join(groups)} alone: no one person answers for it"
            yield Fault(action, f"{named(action)} is led by {alone}.")
