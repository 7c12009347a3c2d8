"""Who leads an action: posts in one form, bodies told from persons, posts cut short made whole.

Posts come out as "Director of Law and Governance". A post cut short ("Director- Law") is the only longer post of the
same document that begins with its words; where there are several, it stays unread for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from goldenthread.plan.posts import BODY_ENDINGS, COLLECTIVE, SMALL, CellReader, LeadRules

__all__ = ["LeadReading", "LeadRules", "LeadVocabulary", "is_collective", "read_leads"]

FROZEN = ConfigDict(frozen=True, extra="forbid")
NO_RULES = LeadRules()


class LeadVocabulary(BaseModel):
    """The posts with a portfolio that one document names in full, gathered before any of its cells is resolved."""

    model_config = FROZEN

    posts: tuple[str, ...] = ()

    @classmethod
    def learn(cls, cells: Iterable[str], rules: LeadRules = NO_RULES) -> Self:
        printed = [
            post.name
            for cell in dict.fromkeys(cells)
            for post in CellReader(cell, rules).posts()
            if post.name
        ]
        return cls(posts=tuple(dict.fromkeys((*rules.posts, *printed))))

    def fuller(self, post: str) -> tuple[str, ...]:
        """The longest posts that begin with the same words, or else hold them all in order; or else the post itself."""
        words = _content(post)
        longer = {_content(other): other for other in self.posts if len(_content(other)) > len(words)}
        begins = [key for key in longer if key[: len(words)] == words]
        holds = [key for key in longer if key[0] == words[0] and _in_order(words, key)]
        found = begins or holds
        full = [key for key in found if not any(key != other and key == other[: len(key)] for other in found)]
        return tuple(self._usual_spelling(longer[key]) for key in full) or (self._usual_spelling(post),)

    def _usual_spelling(self, post: str) -> str:
        """Of the spellings that differ only in small words, the longest; of equals, the first printed."""
        same = [other for other in self.posts if _content(other) == _content(post)]
        return max([*same, post], key=len)


NO_POSTS = LeadVocabulary()


class LeadReading(BaseModel):
    """The leads of a cell in normal form and printed order, what was not read, and what a person should check."""

    model_config = FROZEN

    leads: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def is_collective(name: str) -> bool:
    """Whether a lead is a body, which cannot be asked for an update as one person can.

    A bare "Commissioner" counts: it does not say which of them. "Managing Director Commissioner" does.
    """
    words = [word.lower() for word in re.findall(r"\w+", name)]
    return " ".join(words) in COLLECTIVE or (bool(words) and words[-1] in BODY_ENDINGS)


def read_leads(
    cell: str,
    vocabulary: LeadVocabulary = NO_POSTS,
    rules: LeadRules = NO_RULES,
) -> LeadReading:
    """Reads a lead cell. Never raises, and keeps what it cannot read."""
    leads: list[str] = []
    unread: list[str] = []
    notes: list[str] = []
    for post in CellReader(cell, rules).posts():
        if not post.name:
            unread.append(post.printed)
            continue
        fuller = vocabulary.fuller(post.name) if post.has_portfolio else (post.name,)
        if len(fuller) > 1:
            unread.append(post.printed)
            notes.append(f'"{post.printed}" could be {" or ".join(sorted(fuller))}')
            continue
        if _content(fuller[0]) != _content(post.name):
            notes.append(f'"{post.printed}" read as {fuller[0]}')
        leads.append(fuller[0])
    return LeadReading(
        leads=tuple(dict.fromkeys(leads)), unread=tuple(unread), notes=tuple(dict.fromkeys(notes))
    )


def _content(post: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"\w+", post.lower()) if word not in SMALL)


def _in_order(words: Sequence[str], within: Sequence[str]) -> bool:
    rest = iter(within)
    return all(word in rest for word in words)
