"""What a document itself teaches about its wording: which words go together, and how its items begin and end.

Only texts whose limits are certain are learned from (names in lists and tables, marked steps, sentences), never the
run-on texts that the lessons are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz, process

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
_CLAUSE_END = re.compile(r"[.:;!?,()]+(?:\s|$)|\s[-–—]\s")
_LITTLE = frozenset({"a", "an", "the", "of"})


def plain(word: str) -> str:
    """A word without case and the marks around it."""
    match = _WORD.search(word.lower())
    return match.group() if match else ""


def words_of(text: str) -> list[str]:
    """The plain words of a text."""
    return _WORD.findall(text.lower())


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    """Words without the s of a plural: "Business Cases" opens as "Business Case" does."""
    return tuple(word.rstrip("s") for word in words)


@dataclass
class Phrasebook:
    """What has been learned so far."""

    pairs: set[tuple[str, str]] = field(default_factory=set)
    pairs_into_names: set[tuple[str, str]] = field(default_factory=set)
    """Pairs whose second word alone has a capital: "new Member"."""
    openings: set[tuple[str, ...]] = field(default_factory=set)
    endings: set[tuple[str, ...]] = field(default_factory=set)
    capitalised: set[str] = field(default_factory=set)
    """Words seen with a capital that begin nothing."""
    proper: set[str] = field(default_factory=set)
    """Those of them that follow a word without one: the first words of names."""
    agents: set[tuple[str, ...]] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def learn_item(self, text: str) -> None:
        """An item that stands by itself: a milestone, a deliverable, a marked step, a title."""
        words = words_of(text)
        if not words:
            return
        self.learn_words(text)
        self.openings |= {_stems(words[:1]), _stems(words[:2])}
        self.endings |= {tuple(words[-1:]), tuple(words[-2:])}
        self.names[_sorted(words)] = words[-1]

    def learn_words(self, text: str) -> None:
        """Running text: which word follows which, and which carry a capital without beginning a sentence."""
        for clause in _CLAUSE_END.split(text):
            words = words_of(clause)
            self.pairs.update(pairwise(words))
            printed = clause.split()
            for before, word in pairwise(printed):
                if word[:1].isupper():
                    self.capitalised.add(plain(word))
                    if before[0].islower():
                        self.proper.add(plain(word))
                        self.pairs_into_names.add((plain(before), plain(word)))

    def learn_agents(self, names: Iterable[str]) -> None:
        """Those who act: a step may speak of them, but it is never their name alone."""
        self.agents |= {tuple(words_of(name)) for name in names}

    def opens(self, *words: str) -> bool:
        """Whether an item is known to begin with these one or two words."""
        return _stems(words) in self.openings

    def ends_other_items(self, word: str, but: str) -> bool:
        """Whether an item other than this one ends with the word."""
        own = _sorted(words_of(but))
        return any(last == word for name, last in self.names.items() if name != own)

    def names_item(self, text: str, least: float = 92) -> bool:
        """Whether this is (nearly) the name of an item that was learned, in whatever order its words stand."""
        wanted = _sorted(words_of(text))
        return wanted in self.names or bool(
            process.extractOne(wanted, self.names.keys(), scorer=fuzz.ratio, score_cutoff=least)
        )

    def is_agent(self, text: str) -> bool:
        """Whether the text is nothing but the name of someone who acts."""
        return tuple(words_of(text)) in self.agents


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(word for word in words if word not in _LITTLE))
