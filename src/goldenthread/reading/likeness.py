"""How alike two items are: their words, what stands around them, and what stands below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from rapidfuzz import fuzz

from goldenthread.plan.flat import FlatItem, ItemKind, Series
from goldenthread.plan.values import Value

SURE = 86.0
"""From this likeness (0 to 100) on, two items of the same kind and parent are the same without asking."""
PROBABLE = 76.0
"""From this likeness on, that they are the same is the answer suggested to the person who is asked."""
POSSIBLE = 68.0
"""Below this likeness they are different."""
_NEXT_IN_A_SERIES = PROBABLE - 1
"""The likeness that two items have at most when only a number tells them apart: a person is asked."""
_COUNTED = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_ELSEWHERE = 6.0
"""How much more alike items must be when their parents differ."""
_LEAST_WORDS = 40.0
"""Below this likeness of their words no circumstance makes two items the same."""
_MOST_WITHOUT_SAME_WORDS = 99.0
_MOST_CIRCUMSTANCES = 26.0
_FEWEST_CONTENTS = 3
_TELLING = {"references": 10.0, "due_printed": 7.0, "start_printed": 3.0, "printed": 7.0}
_SAME_LEADS = 6.0
_SAME_WORKSTREAM = 4.0
_SAME_PLACE = 12.0


class Match(Value):
    """That a newly read item is one that is held, and how alike they are (100: the same words)."""

    read: str
    held: str
    likeness: float


@dataclass
class Pairing:
    """Which newly read keys stand for which held ones, so far."""

    held_of: dict[str, str] = field(default_factory=dict)
    unsure: list[tuple[FlatItem, FlatItem, float]] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    sizes: Counter[tuple[str, str | None, ItemKind]] = field(default_factory=Counter)
    """How many items of a kind each parent has, among the new and among the old."""
    contents: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)
    """The words of what stands directly below each item, among the new and among the old."""

    def contents_in_common(self, read: FlatItem, held: FlatItem) -> float:
        """How much of what stands below either of two items stands word for word below the other too (0 to 100)."""
        new, old = self.contents.get(("new", read.key), set()), self.contents.get(("old", held.key), set())
        if min(len(new), len(old)) < _FEWEST_CONTENTS:
            return 0.0
        return 100.0 * len(new & old) / max(len(new), len(old))

    @classmethod
    def of(cls, read: Iterable[FlatItem], held: Iterable[FlatItem]) -> Self:
        """Nothing paired yet; what stands below each item is known."""
        pairing = cls()
        for which, items in (("new", read), ("old", held)):
            for item in items:
                pairing.sizes[which, item.parent, item.kind] += 1
                pairing.contents.setdefault((which, item.parent), set()).add(words_of_item(item))
        return pairing

    def pair(self, read: FlatItem, held: FlatItem, likeness: float) -> None:
        """Take the two for the same item."""
        self.held_of[read.key] = held.key
        self.matches.append(Match(read=read.key, held=held.key, likeness=likeness))


def likely(
    old: Sequence[FlatItem], new: Sequence[FlatItem], pairing: Pairing
) -> Iterator[tuple[FlatItem, FlatItem, float]]:
    """Every new item with each old one that it may be, and how alike they are, from `POSSIBLE` to 100."""
    words_of_old = [words_of_item(candidate) for candidate in old]
    for item in new:
        words_of_new = words_of_item(item)
        for candidate, known in zip(old, words_of_old, strict=True):
            words = fuzz.token_sort_ratio(words_of_new, known)
            contents = pairing.contents_in_common(item, candidate)
            if max(words, contents) < _LEAST_WORDS:
                continue
            at_home = pairing.held_of.get(item.parent or "") == candidate.parent
            around = (
                min(_circumstances(item, candidate, pairing), _MOST_CIRCUMSTANCES) if at_home else -_ELSEWHERE
            )
            likeness = min(max(words + around, contents), _MOST_WITHOUT_SAME_WORDS)
            if next_in_a_series(words_of_new, known):
                likeness = min(likeness, _NEXT_IN_A_SERIES)
            if likeness >= POSSIBLE:
                yield item, candidate, likeness


def next_in_a_series(one: str, other: str) -> bool:
    """Whether two texts differ in a number alone: "minutes of the fourth meeting", "minutes of the fifth meeting"."""
    return one != other and bool(_COUNTED.search(one)) and _COUNTED.sub("#", one) == _COUNTED.sub("#", other)


def _circumstances(item: FlatItem, candidate: FlatItem, pairing: Pairing) -> float:
    """What speaks for two items of one parent being the same besides their words: the same sources, leads, printed
    dates and workstream, and the same place in lists of the same length.
    """
    new, old = item.wording, candidate.wording
    same = sum(
        worth for field, worth in _TELLING.items() if new.get(field) and new.get(field) == old.get(field)
    )
    leads = item.facts.get(Series.LEADS)
    same += _SAME_LEADS if leads and leads == candidate.facts.get(Series.LEADS) else 0.0
    stream = new.get("workstream")
    at_work = isinstance(stream, str) and pairing.held_of.get(stream) == old.get("workstream")
    same += _SAME_WORKSTREAM if at_work else 0.0
    among = pairing.sizes["new", item.parent, item.kind] == pairing.sizes["old", candidate.parent, item.kind]
    in_place = among and item.position == candidate.position
    return same + (_SAME_PLACE if in_place else 0.0)


def words_of_item(item: FlatItem) -> str:
    """The words by which an item is known, without case and with single spaces."""
    return " ".join(item.name.lower().split())
