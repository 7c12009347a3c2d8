"""Which statements of a plan may speak of the same thing: found by the rare words they share, never all with all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz

from goldenthread.assurance.contradictions.statements import Statement, Statements

_K = TypeVar("_K")
_MOST_OFTEN = 40
"""A word that stands in more places than this leads to no candidates: it tells too little."""
_MOST_CANDIDATES = 8


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
    whole, back = all_.weight(one.core), all_.weight(other.core)
    acts, others = one.wording.acts, other.wording.acts
    return Likeness(
        cover=all_.weight(shared) / whole if whole else 0.0,
        back=all_.weight(own) / back if back else 0.5,
        acts=bool(acts & others) or not acts or not others,
        ratio=fuzz.token_sort_ratio(one.text.lower(), other.text.lower()),
        shared=shared,
    )


@dataclass(frozen=True)
class Index:
    """The promises of a plan by their words."""

    all: Statements

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

    def actions_like(self, statement: Statement) -> Iterator[str]:
        """The keys of the actions that share most with a statement, the likeliest first."""
        scores: Counter[str] = Counter()
        for word in statement.core:
            for key in self._actions.get(word, ()):
                scores[key] += self.all.weights.get(word, 0.0)  # type: ignore[assignment]
        yield from (key for key, _ in scores.most_common(_MOST_CANDIDATES))

    def within(self, key: str, statement: Statement) -> list[tuple[Statement, Likeness]]:
        """An action and its steps, those that are most like a statement first."""
        found = [(promise, likeness(self.all, statement, promise)) for promise in self.all.by_root[key]]
        return sorted(found, key=lambda pair: (not pair[1].acts, -pair[1].rank))

    def promises_like(self, number: int) -> Iterator[Statement]:
        """The promises of other actions that share most of the own words of one, each pair once."""
        promise = self.all.promises[number]
        scores: Counter[int] = Counter()
        for word in promise.core:
            for other in self._promises.get(word, ()):
                if other > number:
                    scores[other] += self.all.weights.get(word, 0.0)  # type: ignore[assignment]
        for other, _ in scores.most_common(_MOST_CANDIDATES):
            if self.all.promises[other].root is not promise.root:
                yield self.all.promises[other]


def _postings(entries: Iterable[tuple[_K, frozenset[str]]]) -> Mapping[str, Sequence[_K]]:
    found: dict[str, list[_K]] = defaultdict(list)
    for entry, words in entries:
        for word in words:
            found[word].append(entry)
    return {word: places for word, places in found.items() if len(places) <= _MOST_OFTEN}
