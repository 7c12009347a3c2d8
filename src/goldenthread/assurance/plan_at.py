"""A plan on a day, with what several rules ask of it worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from goldenthread.assurance.beside import Beside
from goldenthread.plan.flat import placed_items
from goldenthread.plan.model import Action, Item, LinkKind, Milestone, Plan, Review, Theme
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference

T = TypeVar("T")
_LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Promise:
    """An action, or a step of one, with the theme and the actions above it (outermost first)."""

    action: Action
    theme: Theme
    above: tuple[Action, ...] = ()

    @property
    def is_step(self) -> bool:
        return bool(self.above)


@dataclass(frozen=True)
class PlanAt:
    """A plan and the day on which it is looked at.

    `beside` is what the record holds beside the plan; None where the plan comes from a file.
    """

    plan: Plan
    as_at: date
    beside: Beside | None = None

    @cached_property
    def _made(self) -> dict[Callable[[PlanAt], Any], Any]:
        return {}

    def once(self, make: Callable[[PlanAt], T]) -> T:
        """What `make` makes of this plan, made once however many rules ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every action and step in printed order. Headings are no promises and are left out."""
        found: list[Promise] = []
        for theme in self.plan.themes:
            for action in theme.actions:
                _gather(action, theme, (), found)
        return tuple(found)

    @cached_property
    def actions(self) -> tuple[Promise, ...]:
        """The promises that are no steps of others."""
        return tuple(promise for promise in self.promises if not promise.is_step)

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """Every milestone, those of engagement last."""
        return tuple(self.plan.milestones())

    @cached_property
    def reported_on(self) -> tuple[Action | Milestone, ...]:
        """What leads report on: actions and milestones. A step is reported with its action."""
        return (*(promise.action for promise in self.actions), *self.milestones)

    @cached_property
    def tracked(self) -> tuple[Action | Milestone, ...]:
        """Everything that has dates and a status: actions, their steps, and milestones."""
        return (*(promise.action for promise in self.promises), *self.milestones)

    @cached_property
    def _linked(self) -> Mapping[tuple[LinkKind, str, bool], tuple[Item, ...]]:
        found: dict[tuple[LinkKind, str, bool], list[Item]] = defaultdict(list)
        for link in self.plan.links:
            source, target = self.items.get(link.source), self.items.get(link.target)
            if source and target:
                found[link.kind, target.key, True].append(source)
                found[link.kind, source.key, False].append(target)
        return {about: tuple(items) for about, items in found.items()}

    def linked_to(self, target: Item, kind: LinkKind) -> tuple[Item, ...]:
        """The items from which a link of this kind leads to this one. What is not in the plan is left out."""
        return self._linked.get((kind, target.key, True), ())

    def linked_from(self, source: Item, kind: LinkKind) -> tuple[Item, ...]:
        """The items to which a link of this kind leads from this one. What is not in the plan is left out."""
        return self._linked.get((kind, source.key, False), ())

    @cached_property
    def citations(self) -> Mapping[Reference, tuple[Action, ...]]:
        """For each reference the actions that cite it, themselves or in a step; in printed order."""
        citing: dict[Reference, dict[str, Action]] = defaultdict(dict)
        for action in self.plan.actions():
            for part in action.walk():
                for reference in part.references:
                    citing[reference].setdefault(action.key, action)
        return {reference: tuple(actions.values()) for reference, actions in citing.items()}

    @cached_property
    def reviews(self) -> Mapping[str, Review]:
        """The register by the name under which references cite each review."""
        return {review.name: review for review in self.plan.reviews}

    @cached_property
    def _questions(self) -> Mapping[str, tuple[Question, ...]]:
        about: dict[str, list[Question]] = defaultdict(list)
        for question in self.plan.questions:
            if question.item_key:
                about[question.item_key].append(question)
        return {key: tuple(questions) for key, questions in about.items()}

    def questions_about(self, item: Item) -> tuple[Question, ...]:
        """The open questions about this item."""
        return self._questions.get(item.key, ())

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item of the plan by its key."""
        return {placed.item.key: placed.item for placed in placed_items(self.plan)}

    def cited_item(self, reference: Reference) -> Item | None:
        """The recommendation in the register, or else its review."""
        review = self.reviews.get(reference.review)
        if review is None:
            return None
        return next((rec for rec in review.recommendations if rec.reference == reference), review)


def _gather(action: Action, theme: Theme, above: tuple[Action, ...], found: list[Promise]) -> None:
    if not action.heading:
        found.append(Promise(action, theme, above))
        above = (*above, action)
    for step in action.steps:
        _gather(step, theme, above, found)


def opening(item: Action | Milestone) -> str:
    """The same at the start of a sentence."""
    words = named(item)
    return words[0].upper() + words[1:]


def named(item: Action | Milestone) -> str:
    """An action or milestone as a message names it: “Review the scheme”, cut at a word when long."""
    words = item.name if isinstance(item, Milestone) else item.title
    if not words:
        return "an action without a title"
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"
    return f"“{words}”"
