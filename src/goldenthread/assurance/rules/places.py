"""GT6: the same thing in two places of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.assurance.contradictions import Contradiction, Kind, contradictions
from goldenthread.assurance.contradictions.saying import rule_for
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt
from goldenthread.assurance.rule import Fault, Group, Rule, rule

_SAME = (
    "Places are paired by the rare words that they share and by how alike their words are. A date that a question is "
    "open about counts with every reading that it may have."
)
_SETTLE = (
    "Decide which place is right, or that both are, and say on what basis; then have the other place changed."
)


def _found(subject: PlanAt) -> tuple[Contradiction, ...]:
    return contradictions(subject.plan)


def _about(
    kind: Kind, severity: Severity, title: str, *, why: str, looks_at: str, settle: str = _SETTLE
) -> Rule:
    """The rule that lists the contradictions of one kind, each at its first place."""

    def look(subject: PlanAt) -> Iterable[Fault]:
        return _faults(subject, kind)

    return rule(
        rule_for(kind), Group.PLACES, severity, title, why=why, looks_at=f"{looks_at} {_SAME}", settle=settle
    )(look)


def _faults(subject: PlanAt, kind: Kind) -> Iterator[Fault]:
    for found in subject.once(_found):
        if found.kind is kind:
            item = subject.items.get(found.first.key.partition("#")[0])
            where = f" (line {found.second.line})" if found.second.line else ""
            both = f"{found.first.identity} {found.second.identity}"
            yield Fault(item, f"{found.sentence}{where}", found.first.anchors, about=both)


dates = _about(
    Kind.DATE,
    Severity.WARNING,
    "Two places give different dates",
    why="Whoever reads one place waits for a day that the other does not know.",
    looks_at="Milestones and the actions or steps that reach them, and milestones of two themes: the two dates have "
    "no day in common. A milestone may come before the date of a whole action that goes on.",
)
leads = _about(
    Kind.OWNER,
    Severity.WARNING,
    "The same work has different leads in two places",
    why="Each lead may take it for the other's, and two may do it twice.",
    looks_at="Actions and steps of different actions that are about the same thing, with no lead in common.",
)
scope = _about(
    Kind.SCOPE,
    Severity.WARNING,
    "One place covers less than the other",
    why="What only one place names is promised, and nobody is down to do it.",
    looks_at="Milestones that list several things in brackets, and the action that reaches them.",
)
states = _about(
    Kind.STATE,
    Severity.WARNING,
    "Done or decided in one place, still open in the other",
    why="Progress would be claimed twice, or a decision be taken for granted that is still to be made.",
    looks_at="Milestones that were achieved before the work starts; deliverables of one theme that another has "
    "achieved; aims that explore what an action implements, and the other way round; sentences that say something has "
    "been done that a step still has to do.",
)
order = _about(
    Kind.ORDER,
    Severity.WARNING,
    "Two steps are in an order that cannot be",
    why="The first of them cannot rest on what comes only later.",
    looks_at="Approval before the engagement that determines it, work under a strategy before the strategy is "
    "approved, refreshers before the first delivery, a new arrangement only after the old one ends, and "
    "recommendations that are carried out no later than the report that makes them.",
)
twice = _about(
    Kind.TWICE,
    Severity.NOTE,
    "The same work stands in two themes",
    why="It is counted twice, and may be done twice or by neither.",
    looks_at="Actions and steps of different themes that are about the same thing and do the same with it.",
    settle="Say that it is one piece of work and keep it in one place, or say how the two differ.",
)
approval = _about(
    Kind.APPROVAL,
    Severity.WARNING,
    "A milestone of approval has no step that approves",
    why="Nobody is down to take it to the body that is to approve it.",
    looks_at="Milestones that something is approved, and the action about the same thing: no step approves it.",
    settle="Add the step of approval with its date and body, or take the milestone out.",
)
steps = _about(
    Kind.STEP,
    Severity.WARNING,
    "A milestone has no step that reaches it",
    why="It is tracked, and nobody is down to do it.",
    looks_at="Milestones of a report, whose workstream has an action without a step that speaks of the same.",
    settle="Add the step, or say which step is meant.",
)
producers = _about(
    Kind.PRODUCER,
    Severity.WARNING,
    "The plan only prepares a deliverable that it promises",
    why="When every step is done, the deliverable will still not be there.",
    looks_at="Deliverables of which the likeliest action, step or milestone only explores, asks, reviews or begins.",
    settle="Add the action that produces it, or promise what the plan does produce.",
)
names = _about(
    Kind.NAME,
    Severity.NOTE,
    "One thing has two names",
    why="People and searches miss the one or the other.",
    looks_at="Names of themes, and lists of the narrative that name them differently by a letter or two.",
    settle="Choose one name.",
)
bodies = _about(
    Kind.BODY,
    Severity.NOTE,
    "Two bodies are named for one task",
    why="It is not clear who decides, or where progress is looked at.",
    looks_at="Who approves one thing and changes to it; and which meeting looks at progress or risks equally often.",
    settle="Say which body it is, or that they are one and the same.",
)
measures = _about(
    Kind.MEASURE,
    Severity.NOTE,
    "Measures of success are promised and none is given",
    why="A reader who looks for the measures finds none.",
    looks_at="Sentences that promise measures of success, where no statement of success has a measure.",
    settle="Give the measures, statement by statement.",
)
undated = _about(
    Kind.UNDATED,
    Severity.WARNING,
    "An action has a date and its step has none, or the other way round",
    why="The action cannot be sure of its date while a part of it has none.",
    looks_at="Steps to be confirmed under an action with a date, and actions to be confirmed whose steps have dates.",
    settle="Give the missing date, or say when it will be given.",
)
