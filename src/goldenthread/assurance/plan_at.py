"""A plan on a day, with what several rules ask of it worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.plan.model import Action, Item, Milestone, Plan, Review, Theme
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference

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
    """A plan and the day on which it is looked at."""

    plan: Plan
    as_at: date

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
        return {item.key: item for item in _items(self.plan)}

    def cited_item(self, reference: Reference) -> Item | None:
        """The recommendation in the register, or else its review."""
        review = self.reviews.get(reference.review)
        if review is None:
            return None
        return next((rec for rec in review.recommendations if rec.reference == reference), review)


def _items(value: object) -> Iterator[Item]:
    """The item and all items inside it, whatever field they are in."""
    if isinstance(value, Item):
        yield value
        for field in type(value).model_fields:
            yield from _items(getattr(value, field))
    elif isinstance(value, tuple):
        for part in value:
            yield from _items(part)


def _gather(action: Action, theme: Theme, above: tuple[Action, ...], found: list[Promise]) -> None:
    if not action.heading:
        found.append(Promise(action, theme, above))
        above = (*above, action)
    for step in action.steps:
        _gather(step, theme, above, found)


def named(item: Action | Milestone) -> str:
    """An action or milestone as a message names it: “Review the scheme”, cut at a word when long."""
    words = item.name if isinstance(item, Milestone) else item.title
    if not words:
        return "an action without a title"
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"
    return f"“{words}”"
