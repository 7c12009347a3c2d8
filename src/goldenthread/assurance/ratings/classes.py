"""What a rule can make of a promise, and counts of that. Every promise falls in one class, and none is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.plan.model import Action, Milestone, Plan


class RatingClass(StrEnum):
    """What a rule says of a promise. Complete is a class of its own and is never green; so is what is not known."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    COMPLETE = "complete"
    NOT_STARTED = "not_started"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    NOT_RATED = "not_rated"

    @property
    def in_words(self) -> str:
        """The word that stands beside its colour."""
        return _WORDS[self]

    @property
    def is_colour(self) -> bool:
        """Whether it is one of the three colours."""
        return self in {RatingClass.GREEN, RatingClass.AMBER, RatingClass.RED}


_WORDS = {
    RatingClass.GREEN: "Green",
    RatingClass.AMBER: "Amber",
    RatingClass.RED: "Red",
    RatingClass.COMPLETE: "Complete",
    RatingClass.NOT_STARTED: "Not started",
    RatingClass.SUSPENDED: "Moved or suspended with approval",
    RatingClass.STOPPED: "Stopped by decision",
    RatingClass.NOT_RATED: "Not rated",
}


class Kind(StrEnum):
    """Which promises are counted together."""

    ACTION = "action"
    STEP = "step"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with the number of its theme; None for milestones of engagement, which stand in none."""

    item: Action | Milestone
    kind: Kind
    theme: int | None

    @property
    def name(self) -> str:
        """The words by which a person would know it."""
        title = self.item.name if isinstance(self.item, Milestone) else self.item.title
        return title or "An action without a title"

    @property
    def identity(self) -> str:
        """What stays the same of it from one state of a plan to another: the permanent id, or else the key."""
        return str(self.item.id or self.item.key)


def promises_in(plan: Plan) -> Iterator[Promise]:
    """Every action, step and milestone; headings are no promises."""
    for theme in plan.themes:
        for action in theme.actions:
            if not action.heading:
                yield Promise(action, Kind.ACTION, theme.number)
            for step in action.all_steps():
                yield Promise(step, Kind.STEP, theme.number)
        for milestone in theme.milestones:
            yield Promise(milestone, Kind.MILESTONE, theme.number)
    for milestone in plan.engagement_milestones:
        yield Promise(milestone, Kind.MILESTONE, None)


@dataclass(frozen=True)
class Tally:
    """How many promises are in each class. The denominator is always all of them."""

    counts: Mapping[RatingClass, int]

    @classmethod
    def of(cls, classes: Iterable[RatingClass]) -> Tally:
        """The counts of these, with a nought for each class that does not occur."""
        found = Counter(classes)
        return cls({class_: found[class_] for class_ in RatingClass})

    @property
    def total(self) -> int:
        """The denominator."""
        return sum(self.counts.values())

    def percent(self, class_: RatingClass) -> int | None:
        """The share of a class in all, in whole percent, half rounded up; None where there is nothing to share."""
        return (200 * self.counts[class_] + self.total) // (2 * self.total) if self.total else None

    def share(self, class_: RatingClass) -> str:
        """The share with its denominator: "58% (37 of 64)"."""
        percent = self.percent(class_)
        return (
            "none, as there is nothing to count" if percent is None else f"{percent}% ({self.of_all(class_)})"
        )

    def of_all(self, class_: RatingClass) -> str:
        """The count with its denominator: "37 of 64"."""
        return f"{self.counts[class_]:,} of {self.total:,}"
