"""Re-performing the ratings: every stated rating held against what the rule makes of the same promise.

When Reading's members had their audit recommendations re-rated, it showed that "ratings had not been applied
consistently and in accordance with the stated policy". This is that test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.assurance.ratings.classes import Kind, RatingClass, promises_in
from goldenthread.assurance.ratings.rating import rate_one
from goldenthread.assurance.ratings.rules import RatingRule
from goldenthread.plan.model import Action, Milestone, Plan

_SEVERITY = {RatingClass.GREEN: 0, RatingClass.AMBER: 1, RatingClass.RED: 2}
_COLOURS = {
    "green": RatingClass.GREEN,
    "amber": RatingClass.AMBER,
    "yellow": RatingClass.AMBER,
    "red": RatingClass.RED,
}
_LETTERS = {"g": RatingClass.GREEN, "a": RatingClass.AMBER, "r": RatingClass.RED}


class Stated(StrEnum):
    """Who gave a rating."""

    LEAD = "lead"
    DOCUMENT = "document"
    ASSURER = "assurer"

    @property
    def in_words(self) -> str:
        """Who, in words."""
        return {"lead": "the lead", "document": "the document", "assurer": "the assurer"}[self.value]


class Sense(StrEnum):
    """In which way a stated rating differs from the rule's."""

    KINDER = "kinder"
    HARSHER = "harsher"
    NO_COLOUR = "no_colour"

    @property
    def in_words(self) -> str:
        """What it means."""
        return {
            "kinder": "Better than the rule",
            "harsher": "Worse than the rule",
            "no_colour": "A colour where the rule gives none",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One stated rating that is not what the rule gives, with the rule's reason."""

    key: str
    ref: str | None
    name: str
    kind: Kind
    by: Stated
    stated: str
    rule: RatingClass
    sense: Sense
    reason: str


@dataclass(frozen=True)
class Reperformance:
    """Every stated rating of a plan accounted for: `stated` are agreed, disagreements or `cannot_tell`.

    It cannot be told where the rule does not rate the promise, or the document's words are no single colour.
    """

    stated: int
    agreed: int
    cannot_tell: int
    disagreements: tuple[Disagreement, ...]


def disagreements(plan: Plan, rule: RatingRule, as_at: date) -> tuple[Disagreement, ...]:
    """Every stated rating that differs from the rule's, in the order of the plan."""
    return reperform(plan, rule, as_at).disagreements


def reperform(plan: Plan, rule: RatingRule, as_at: date) -> Reperformance:
    """Rate every promise by the rule and hold every rating that anybody gave against it."""
    stated = agreed = unclear = 0
    found = []
    for promise in promises_in(plan):
        given = tuple(stated_ratings(promise.item))
        rating = rate_one(promise.item, rule, as_at) if given else None
        for by, words, colour in given:
            stated += 1
            if rating is None or colour is None or rating.class_ is RatingClass.NOT_RATED:
                unclear += 1
            elif colour is rating.class_:
                agreed += 1
            else:
                sense = _sense(colour, rating.class_)
                item = promise.item
                found.append(
                    Disagreement(
                        item.key,
                        item.ref,
                        promise.name,
                        promise.kind,
                        by,
                        words,
                        rating.class_,
                        sense,
                        rating.reason,
                    )
                )
    return Reperformance(stated, agreed, unclear, tuple(found))


def stated_ratings(item: Action | Milestone) -> Iterator[tuple[Stated, str, RatingClass | None]]:
    """Who rates a promise, in which words, and the class that these mean (None: no single one)."""
    if item.report and item.report.rating:
        yield Stated.LEAD, item.report.rating.value.capitalize(), RatingClass(item.report.rating.value)
    if printed := printed_rating(item):
        yield Stated.DOCUMENT, printed, class_printed(printed)
    if item.assessment:
        yield (
            Stated.ASSURER,
            item.assessment.rating.value.capitalize(),
            RatingClass(item.assessment.rating.value),
        )


def printed_rating(item: Action | Milestone) -> str | None:
    """The rating last printed of an action, in the document's own words."""
    updates = item.updates if isinstance(item, Action) else ()
    return next((update.rag_printed for update in reversed(updates) if update.rag_printed), None)


def class_printed(words: str) -> RatingClass | None:
    """The class that a printed rating names; None if it names none, or several ("Amber/Red")."""
    told = re.findall(r"[a-z]+", words.lower())
    if len(told) == 1 and told[0] in _LETTERS:
        return _LETTERS[told[0]]
    found = {_COLOURS[word] for word in told if word in _COLOURS}
    if {"blue", "complete", "completed"} & set(told):
        found.add(RatingClass.COMPLETE)
    return found.pop() if len(found) == 1 else None


def _sense(stated: RatingClass, rule: RatingClass) -> Sense:
    if stated in _SEVERITY and rule in _SEVERITY:
        return Sense.KINDER if _SEVERITY[stated] < _SEVERITY[rule] else Sense.HARSHER
    return Sense.KINDER if stated is RatingClass.COMPLETE else Sense.NO_COLOUR
