"""Where a plan speaks of the same thing twice: a milestone, and the action or step that reaches it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from goldenthread.plan.model import Action
from goldenthread.reading.phrasebook import words_of

_FEWEST_SHARED_WORDS = 2
_SHARE_OF_CORE = 0.75
_SHARE_OF_LONGER = 0.5
_LONG_STEM = 5
_LEAST_ALIKE = 45
_WHAT_IS_DONE = frozenset(
    "a an the of to and or for in on by with at from as any new revised regular place approve approved approval agree "
    "agreed complete completed completion implement implemented implementation launch launched review reviewed refresh "
    "refreshed develop developed development procured conclude concluded establish established "
    "deliver delivered delivery commence commences commenced".split()
)


@dataclass(frozen=True)
class DeliveryPlan:
    """The actions of a theme, and the names of their workstreams by key."""

    actions: Sequence[Action] = ()
    workstreams: Mapping[str, str] = field(default_factory=dict)

    def subject(self, action: Action) -> str:
        """What an action and all its steps are about: its title and its workstream."""
        return f"{action.title or ''} {self.workstreams.get(action.workstream or '', '')}"


def same_promise(name: str, delivery_plan: DeliveryPlan) -> tuple[Action, Action] | None:
    """The action or step (with its action) that speaks of the same thing as the milestone, if one does.

    What is done to the thing ("approved", "launch of") is left out of the comparison, and a step is read together with
    its action's title; among those that speak of the same thing, the one worded most alike is taken.
    """
    core = _core(name)
    best: tuple[float, Action, Action] | None = None
    for action in delivery_plan.actions:
        subject = _core(delivery_plan.subject(action))
        for promise in action.walk():
            own = _core(promise.title or "")
            if not _speak_of_the_same(core, own, subject):
                continue
            score = fuzz.token_sort_ratio(in_one_line(name), in_one_line(promise.title or ""))
            if score >= _LEAST_ALIKE and (best is None or score > best[0]):
                best = (score, action, promise)
    return (best[1], best[2]) if best else None


def _speak_of_the_same(core: frozenset[str], own: frozenset[str], subject: frozenset[str]) -> bool:
    shared, shared_with_subject = _shared(core, own), _shared(core, own | subject)
    if not shared or shared_with_subject < min(_FEWEST_SHARED_WORDS, len(core)):
        return False
    most_of_both = (
        shared >= _SHARE_OF_CORE * len(own) and shared >= _SHARE_OF_LONGER * len(core) and shared > 1
    )
    return shared_with_subject >= _SHARE_OF_CORE * len(core) or most_of_both


def _shared(some: frozenset[str], others: frozenset[str]) -> int:
    """How many words two texts share; a long beginning of a word stands for it ("regen" for "regeneration")."""
    return sum(any(_same_word(word, other) for other in others) for word in some)


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _LONG_STEM and len(short) < len(long) and long.startswith(short))


def _core(text: str) -> frozenset[str]:
    words = (re.sub(r"['’]s?$", "", word) for word in words_of(text))
    return frozenset(
        re.sub(r"ies$", "y", word) if word.endswith("ies") else word.rstrip("s")
        for word in words
        if word not in _WHAT_IS_DONE
    )


def in_one_line(text: str) -> str:
    """The plain words of a text, for comparing."""
    return " ".join(words_of(text))
