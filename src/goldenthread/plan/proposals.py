"""What somebody proposes to change of an approved plan, and how far each sort of change reaches.

A proposal names items by their keys and says nothing of who may approve it: a council's settings say which body decides
on which tier. `applying.py` gives the plan that a proposal would make.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, TypeAdapter

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone, Plan, SuccessStatement, Theme
from goldenthread.plan.values import Value

OPERATIONAL, DATE_OR_MEASURE, SCOPE = 1, 2, 3
"""The three tiers: nothing that was approved is touched; an end date or a measure of success is; the scope is."""
Key = Annotated[str, Field(min_length=1)]
Words = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"\S")]


class ProposalError(ValueError):
    """A proposal that the plan does not allow. The message names the item and says why."""


class Part(Value):
    """A promise that a proposal adds: what it is, who leads it (None: as what it comes from), and by when."""

    title: Words
    leads: tuple[Words, ...] | None = None
    date: PlanDate | None = None


class NewDate(Value):
    """Another approved date for an action, a step or a milestone."""

    kind: Literal["new_date"] = "new_date"
    item: Key
    date: PlanDate


class NewMeasure(Value):
    """Another measure for a statement of success, or another statement. What is None stays as it is."""

    kind: Literal["measure"] = "measure"
    item: Key
    measure: Words | None = None
    text: Words | None = None


class NewWording(Value):
    """Other words for a promise, or other leads. What is None stays as it is."""

    kind: Literal["wording"] = "wording"
    item: Key
    title: Words | None = None
    leads: tuple[Words, ...] | None = None


class NewAction(Value):
    """A new action of a theme, or a new step of an action; `item` is the theme or the action."""

    kind: Literal["new_action"] = "new_action"
    item: Key
    part: Part
    workstream: Key | None = None


class Closure(Value):
    """The end of a promise that will not be kept: it is cancelled."""

    kind: Literal["closure"] = "closure"
    item: Key


class Deferral(Value):
    """A promise put off, until a date or until somebody decides again (None)."""

    kind: Literal["deferral"] = "deferral"
    item: Key
    until: PlanDate | None = None


class Resumption(Value):
    """What was deferred, cancelled or superseded is taken up again."""

    kind: Literal["resumption"] = "resumption"
    item: Key
    date: PlanDate | None = None


class Merger(Value):
    """Promises that go on in another, which may get another title and date for it."""

    kind: Literal["merger"] = "merger"
    item: Key
    """The one that stays."""
    others: tuple[Key, ...] = Field(min_length=1)
    """Those that end in it."""
    title: Words | None = None
    date: PlanDate | None = None


class Division(Value):
    """One promise that goes on as several."""

    kind: Literal["split"] = "split"
    item: Key
    parts: tuple[Part, ...] = Field(min_length=2)


class Supersession(Value):
    """A promise whose place another takes, which the plan has already."""

    kind: Literal["supersession"] = "supersession"
    item: Key
    by: Key


class Transfer(Value):
    """A promise that goes on in another plan: that plan's name, what it is called there, and where it can be read."""

    kind: Literal["transfer"] = "transfer"
    item: Key
    to: Words
    action: Words | None = None
    link: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)] | None = None


ProposedChange = Annotated[
    NewDate
    | NewMeasure
    | NewWording
    | NewAction
    | Closure
    | Deferral
    | Resumption
    | Merger
    | Division
    | Supersession
    | Transfer,
    Field(discriminator="kind"),
]
PROPOSED: TypeAdapter[ProposedChange] = TypeAdapter(ProposedChange)
"""Reads a proposal from JSON by its `kind`."""


class Reach(NamedTuple):
    """How far a change reaches: its tier, 1 to 3, and a sentence that says why."""

    tier: int
    why: str


def keys_of(change: ProposedChange) -> tuple[str, ...]:
    """The keys of the items that a proposal is about, the first being the one that it was made for."""
    match change:
        case Merger():
            return (change.item, *change.others)
        case Supersession():
            return (change.item, change.by)
        case _:
            return (change.item,)


def tier_of(change: ProposedChange, plan: Plan) -> Reach:
    """How far the change reaches in this plan.

    Raises:
        ProposalError: The plan has no such item.
    """
    match change:
        case NewWording():
            find(plan, change.item)
            return Reach(OPERATIONAL, "Only words or leads change. What was promised, and by when, stays.")
        case NewMeasure():
            return Reach(DATE_OR_MEASURE, "A measure of success changes.")
        case NewDate():
            return _reach_of_date(plan, change.item, change.date)
        case Deferral(until=PlanDate()):
            return Reach(DATE_OR_MEASURE, "An end date is put off.")
        case Deferral():
            return Reach(SCOPE, "It is put off without a date, so it leaves what the plan promises for now.")
        case NewAction() if action_above(plan, change.item):
            return _reach_of_step(plan, change)
        case NewAction():
            return Reach(SCOPE, "A new action is added.")
        case Closure():
            return Reach(SCOPE, "A promise is closed without having been kept.")
        case Resumption():
            return Reach(SCOPE, "What a decision ended or put off is promised again.")
        case Transfer():
            return Reach(SCOPE, "A promise leaves this plan.")
        case Merger() | Division() | Supersession():
            return Reach(SCOPE, "Promises end and others take their place, so the scope changes.")


def _reach_of_date(plan: Plan, key: str, date: PlanDate) -> Reach:
    """A step may move within the time of its action without touching an end date that was approved for an action."""
    item = find(plan, key)
    above = above_step(plan, key) if isinstance(item, Action) else None
    end = above.dates.approved if above else None
    if end is None:
        return Reach(DATE_OR_MEASURE, "An end date changes.")
    if date.has_last_day and date.latest <= end.latest:
        return Reach(OPERATIONAL, f"The step still ends within the time of its action ({end.printed}).")
    return Reach(DATE_OR_MEASURE, f"The step would end after its action ({end.printed}).")


def _reach_of_step(plan: Plan, change: NewAction) -> Reach:
    above = action_above(plan, change.item)
    end = above.dates.approved if above else None
    date = change.part.date
    if date is None or (end and date.has_last_day and date.latest <= end.latest):
        return Reach(OPERATIONAL, "A step is added within the time of its action, which stays as it is.")
    return Reach(DATE_OR_MEASURE, "The new step would end after its action.")


def find(plan: Plan, key: str) -> Action | Milestone:
    """The promise with this key.

    Raises:
        ProposalError: The plan has none.
    """
    found = action_above(plan, key) or next((each for each in plan.milestones() if each.key == key), None)
    if found:
        return found
    raise ProposalError(f"The plan has no action, step or milestone “{key}” any more.")


def find_statement(plan: Plan, key: str) -> SuccessStatement:
    """The statement of success with this key.

    Raises:
        ProposalError: The plan has none.
    """
    for theme in plan.themes:
        for statement in theme.success_statements:
            if statement.key == key:
                return statement
    raise ProposalError(f"The plan has no statement of success “{key}” any more.")


def find_theme(plan: Plan, key: str) -> Theme | None:
    """The theme with this key."""
    return next((theme for theme in plan.themes if theme.key == key), None)


def action_above(plan: Plan, key: str) -> Action | None:
    """The action or step with this key, under which a step may be added."""
    return next((part for action in plan.actions() for part in action.walk() if part.key == key), None)


def above_step(plan: Plan, key: str) -> Action | None:
    """The nearest promise above a step, sub-headings left out; None for an action."""

    def within(action: Action, nearest: Action) -> Action | None:
        for step in action.steps:
            if step.key == key:
                return nearest
            if found := within(step, nearest if step.heading else step):
                return found
        return None

    return next((found for action in plan.actions() if (found := within(action, action))), None)
