"""Which statements of a plan may speak of the same thing: found by the rare words they share, never all with all."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz

from goldenthread.assurance.contradictions.statements import Statement, Statements

_K = TypeVar("_K")
_MOST_OFTEN = 40
"""A word that stands in more places than this leads to no candidates: it tells too little."""
_MOST_CANDIDATES = 6
_WORTH_IT = 0.5
"""Where less than this is shared, how alike the words are decides nothing."""
_LEAST_COVER = 0.4
_TWIN_SHARE = 0.6
_HERE = 1.2
"""How much likelier a milestone is reached by an action of its own theme."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two statements speak of one thing. `cover` is the share of what the first is about that the second and
    what it stands under speak of too, `back` the share of the second's own subject that the first speaks of (both 0
    to 1, rare words counting most); `acts` whether the same is to be done, `ratio` (0 to 100) how alike the words are.
    """

    cover: float
    back: float
    acts: bool
    ratio: float
    shared: frozenset[str]

    @property
    def rank(self) -> float:
        """What puts the likelier of two first."""
        return self.cover + self.back + self.ratio / 100

    @property
    def strength(self) -> int:
        """From 0 to 100."""
        return round(45 * self.cover + 30 * self.back + 25 * self.ratio / 100)


def likeness(all_: Statements, one: Statement, other: Statement) -> Likeness:
    """How far the second speaks of what the first is about."""
    own = one.core & other.core
    shared = one.core & other.bag
    whole, back = all_.whole(one.core), all_.whole(other.core)
    cover = all_.weight(shared) / whole if shared and whole else 0.0
    beside = (all_.weight(own) / back if own else 0.0) if back else 0.5
    acts, others = one.wording.acts, other.wording.acts
    return Likeness(
        cover=cover,
        back=beside,
        acts=bool(acts & others) or not acts or not others,
        ratio=fuzz.token_sort_ratio(one.text.lower(), other.text.lower())
        if cover + beside > _WORTH_IT
        else 0.0,
        shared=shared,
    )


@dataclass(frozen=True)
class Index:
    """The promises of a plan by their words."""

    all: Statements
    _last: list[tuple[Statement, tuple[str, ...]]] = field(default_factory=list)
    _within: dict[str, list[tuple[Statement, Likeness]]] = field(default_factory=dict)
    """What was found for the statement that was asked about last: several questions are asked about each."""

    @cached_property
    def bags(self) -> Mapping[str, frozenset[str]]:
        """The words of each action with its workstream and all its steps, by the key of the action."""
        return {
            key: frozenset().union(*(promise.bag for promise in promises))
            for key, promises in self.all.by_root.items()
        }

    @cached_property
    def _actions(self) -> Mapping[str, Sequence[str]]:
        return _postings((key, bag) for key, bag in self.bags.items())

    @cached_property
    def _promises(self) -> Mapping[str, Sequence[int]]:
        return _postings((number, promise.core) for number, promise in enumerate(self.all.promises))

    def actions_like(self, statement: Statement) -> tuple[str, ...]:
        """The keys of the actions that speak of most of what a statement is about, the likeliest first."""
        if self._last and self._last[0][0] is statement:
            return self._last[0][1]
        scores: Counter[str] = Counter()
        for word in sorted(statement.core & self._actions.keys()):
            weight = self.all.weights.get(word, 0)
            for key in self._actions[word]:
                scores[key] += weight
        for key in scores:
            if self.all.by_root[key][0].theme is statement.theme:
                scores[key] = round(_HERE * scores[key])
        least = _LEAST_COVER * self.all.whole(statement.core)
        likely = [key for key, _ in scores.most_common(_MOST_CANDIDATES)]
        found = tuple(key for key in likely if self.all.weight(statement.core & self.bags[key]) >= least)
        self._last[:] = [(statement, found)]
        self._within.clear()
        return found

    def within(self, key: str, statement: Statement) -> list[tuple[Statement, Likeness]]:
        """An action and its steps, those that are most like a statement first."""
        known = self._within.get(key)
        if known is None or not self._last or self._last[0][0] is not statement:
            found = [(promise, likeness(self.all, statement, promise)) for promise in self.all.by_root[key]]
            known = self._within[key] = sorted(found, key=lambda pair: (not pair[1].acts, -pair[1].rank))
        return known

    def promises_like(self, number: int) -> Iterator[Statement]:
        """The promises of other actions that share most of the own words of one, each pair once."""
        promise = self.all.promises[number]
        scores: Counter[int] = Counter()
        for word in sorted(promise.core & self._promises.keys()):
            weight, places = self.all.weights.get(word, 0), self._promises[word]
            for other in places[bisect_right(places, number) :]:
                scores[other] += weight
        for other, score in scores.most_common(_MOST_CANDIDATES):
            found = self.all.promises[other]
            most = min(self.all.whole(promise.core), self.all.whole(found.core))
            if found.root is not promise.root and score >= _TWIN_SHARE * most:
                yield found


def _postings(entries: Iterable[tuple[_K, frozenset[str]]]) -> Mapping[str, Sequence[_K]]:
    found: dict[str, list[_K]] = defaultdict(list)
    for entry, words in entries:
        for word in words:
            found[word].append(entry)
    return {word: places for word, places in found.items() if len(places) <= _MOST_OFTEN}
