"""A plan arranged for looking things up: which theme an action stands in, who leads it, what asks about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from goldenthread.plan.model import Action, Item, Milestone, Plan, Theme, Workstream
from goldenthread.plan.questions import Question
from goldenthread.plan.status import Status

T = TypeVar("T")
MOST_KEPT = 64


def handle(item: Item) -> str:
    """What an item is called in an address: its short number where it has one, else its key."""
    return getattr(item, "ref", None) or item.key


def title_words(item: Item) -> str:
    """An item's title, or words that say that the plan gives none."""
    title = getattr(item, "title", None) or getattr(item, "name", None) or getattr(item, "text", None)
    return title or "No title in the plan"


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """An action, or a step, with everything above it in the plan."""

    action: Action
    theme: Theme
    workstream: Workstream | None
    parents: tuple[Action, ...] = ()

    @property
    def is_step(self) -> bool:
        """Whether it stands below another action."""
        return bool(self.parents)


@dataclass(frozen=True, slots=True)
class PlacedMilestone:
    """A milestone with its theme; None for those of engagement."""

    milestone: Milestone
    theme: Theme | None


class PlanIndex:
    """Look-ups over one plan. Each is made when first needed, and the plan never changes under it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kept: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once. `key` names everything that it depends on besides the plan."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return cast(T, found)

    @cached_property
    def actions(self) -> tuple[PlacedAction, ...]:
        """Every action without its steps, in printed order."""
        return tuple(
            PlacedAction(action, theme, theme.workstream(action.workstream))
            for theme in self.plan.themes
            for action in theme.actions
        )

    @cached_property
    def steps(self) -> tuple[PlacedAction, ...]:
        """Every step at any depth, sub-headings left out, in printed order."""
        return tuple(step for placed in self.actions for step in _below(placed) if not step.action.heading)

    @cached_property
    def milestones(self) -> tuple[PlacedMilestone, ...]:
        """Every milestone with its theme, those of engagement last."""
        themed = [PlacedMilestone(m, theme) for theme in self.plan.themes for m in theme.milestones]
        return (*themed, *(PlacedMilestone(m, None) for m in self.plan.engagement_milestones))

    @cached_property
    def by_handle(self) -> dict[str, PlacedAction | PlacedMilestone]:
        """Actions, steps and milestones under what they are called in an address."""
        placed = {handle(p.milestone): p for p in self.milestones}
        return {**placed, **{handle(p.action): p for p in (*self.steps, *self.actions)}}

    @cached_property
    def by_key(self) -> dict[str, PlacedAction | PlacedMilestone]:
        """Actions, steps and milestones under their keys."""
        placed = {p.milestone.key: p for p in self.milestones}
        return {**placed, **{p.action.key: p for p in (*self.steps, *self.actions)}}

    @cached_property
    def leads(self) -> dict[str, tuple[PlacedAction, ...]]:
        """The actions that each lead is named on, most first, then by name."""
        named: defaultdict[str, list[PlacedAction]] = defaultdict(list)
        for placed in self.actions:
            for lead in placed.action.leads:
                named[lead].append(placed)
        return {
            lead: tuple(found)
            for lead, found in sorted(named.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        }

    @cached_property
    def without_lead(self) -> tuple[PlacedAction, ...]:
        """Actions on which no lead is named."""
        return tuple(placed for placed in self.actions if not placed.action.leads)

    @cached_property
    def collective(self) -> frozenset[str]:
        """The leads that are a group and not one accountable post."""
        bodies = {body.name for body in self.plan.bodies}
        return frozenset(lead for lead in self.leads if lead in bodies)

    @cached_property
    def questions_on(self) -> dict[str, tuple[Question, ...]]:
        """The open questions about each item, under its key."""
        about: defaultdict[str, list[Question]] = defaultdict(list)
        for question in self.plan.questions:
            if question.item_key:
                about[question.item_key].append(question)
        return {key: tuple(found) for key, found in about.items()}

    def question(self, key: str) -> Question | None:
        """The open question with this key."""
        return next((question for question in self.plan.questions if question.key == key), None)

    def theme(self, number: int) -> Theme | None:
        """The theme with this number."""
        return next((theme for theme in self.plan.themes if theme.number == number), None)

    def in_workstream(self, theme: Theme, key: str | None) -> tuple[PlacedAction, ...]:
        """The actions of one workstream of a theme, or (None) those that name none."""
        known = {stream.key for stream in theme.workstreams}
        return tuple(
            placed
            for placed in self.actions
            if placed.theme is theme
            and (placed.action.workstream == key if key else placed.action.workstream not in known)
        )

    def statuses(self) -> Iterator[Status]:
        """The status of each action, steps left out."""
        return (placed.action.status for placed in self.actions)


def _below(placed: PlacedAction) -> Iterator[PlacedAction]:
    for step in placed.action.steps:
        inner = PlacedAction(step, placed.theme, placed.workstream, (*placed.parents, placed.action))
        yield inner
        yield from _below(inner)
