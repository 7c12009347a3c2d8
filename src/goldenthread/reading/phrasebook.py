"""What a document itself teaches about its wording: which words go together, and how its items begin and end.

Only texts whose limits are certain are learned from (names in lists and tables, marked steps, sentences), never the
run-on texts that the lessons are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)


def plain(word: str) -> str:
    """A word without case and the marks around it."""
    match = _WORD.search(word.lower())
    return match.group() if match else ""


def words_of(text: str) -> list[str]:
    """The plain words of a text."""
    return _WORD.findall(text.lower())


@dataclass
class Phrasebook:
    """What has been learned so far."""

    pairs: set[tuple[str, str]] = field(default_factory=set)
    openings: set[tuple[str, ...]] = field(default_factory=set)
    endings: set[tuple[str, ...]] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def learn_item(self, text: str) -> None:
        """An item that stands by itself: a milestone, a deliverable, a marked step, a title."""
        words = words_of(text)
        if not words:
            return
        self.learn_words(text)
        self.openings |= {tuple(words[:1]), tuple(words[:2])}
        self.endings |= {tuple(words[-1:]), tuple(words[-2:])}
        self.names.append(" ".join(words))

    def learn_words(self, text: str) -> None:
        """Running text: only which word follows which."""
        words = words_of(text)
        self.pairs.update(zip(words, words[1:], strict=False))

    def learn_agents(self, names: Iterable[str]) -> None:
        """Those who act: a step may speak of them, but it is never their name alone."""
        self.agents |= {" ".join(words_of(name)) for name in names}

    def endings_but(self, text: str) -> set[tuple[str, ...]]:
        """How items end, leaving out this one."""
        own = words_of(text)
        others = (name.split() for name in self.names if name != " ".join(own))
        return {tuple(words[-1:]) for words in others}

    def names_item(self, text: str, least: float = 92) -> bool:
        """Whether this is (nearly) the name of an item that was learned."""
        wanted = " ".join(words_of(text))
        return any(fuzz.ratio(wanted, name, score_cutoff=least) for name in self.names)

    def is_agent(self, text: str) -> bool:
        """Whether the text is nothing but the name of someone who acts."""
        return " ".join(words_of(text)) in self.agents
