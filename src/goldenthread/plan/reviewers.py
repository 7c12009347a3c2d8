"""Who reviewed the council, by the names that one document gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Self

from pydantic import BaseModel, ConfigDict

# Numbers (1.5, 24, 7a), words and single marks: what reference cells and names of reviewers are cut into.
LEXEMES = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)*[a-z]?(?![a-z0-9]))|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>\S)",
    re.IGNORECASE,
)


class Reviewer(BaseModel):
    """A review as this plan knows it: the name that references carry, its title as printed, and other names for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    aliases: tuple[str, ...] = ()


# Directions under section 15 of the Local Government Act 1999 are a source for any council that has received
# them.
STATUTORY_DIRECTION = Reviewer(
    name="Statutory Direction",
    title="Statutory Direction",
    aliases=(
        "Statutory Directions",
        "Statutory Notice",
        "Secretary of State Direction",
        "Secretary of State Directions",
    ),
)

# What a review is called, as opposed to who wrote it: the name of a reviewer stops before the first of these.
_KINDS_OF_REVIEW = frozenset(
    "value review report inspection audit assessment governance financial follow-up annual best".split()
)


class ReviewerVocabulary(BaseModel):
    """The reviewers that one document names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reviewers: tuple[Reviewer, ...] = (STATUTORY_DIRECTION,)

    @classmethod
    def learn(cls, titles: Iterable[str]) -> Self:
        """From the titles of reviews as a document prints them, in headings or lists, with or without their dates.

        "Grant Thornton Value for Money Governance Review (December 2021)" is the review of "Grant Thornton";
        a title that has no author before the kind of review keeps all its words, and so does a review by peers, as
        "LGA Corporate Peer Challenge" does.
        """
        found = {STATUTORY_DIRECTION.name: STATUTORY_DIRECTION}
        for printed in titles:
            title = re.split(r"\s*(?:\(|\s[-–—]\s|,)", " ".join(printed.split()), maxsplit=1)[0].strip()
            words = title.split()
            author = list(takewhile(lambda word: word.lower() not in _KINDS_OF_REVIEW, words))
            by_peers = any(word.lower() == "peer" for word in words)
            name = title if by_peers else " ".join(author) or title
            if name and not any(
                _words(name) == _words(other) for one in found.values() for other in (one.name, *one.aliases)
            ):
                found[name] = Reviewer(name=name, title=title)
        return cls(reviewers=tuple(found.values()))

    def named(self, words: tuple[str, ...]) -> str | None:
        """The only review whose name, title or alias is, or contains, these words; None if there is none or several.

        A single word must be a name by itself, or the abbreviation that a title begins with ("LGA").
        """
        exact = {
            one.name
            for one in self.reviewers
            if words in {_words(n) for n in (one.name, one.title, *one.aliases)}
        }
        within = (
            {one.name for one in self.reviewers if _contains(_words(one.title), words)}
            if len(words) > 1
            else set()
        )
        first = {one.name for one in self.reviewers if len(words) == 1 and _abbreviates(words[0], one)}
        for names in (exact, within, first):
            if names:
                return next(iter(names)) if len(names) == 1 else None
        return None


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(match[0].lower() for match in LEXEMES.finditer(text))


def _contains(words: tuple[str, ...], run: tuple[str, ...]) -> bool:
    return any(words[n : n + len(run)] == run for n in range(len(words) - len(run) + 1))


def _abbreviates(word: str, reviewer: Reviewer) -> bool:
    """ "LGA" in "LGA Corporate Peer Challenge"; "GT" for "Grant Thornton"."""
    words = reviewer.name.split()
    opens = words[0].isupper() and len(words[0]) > 1 and words[0].lower() == word
    return opens or (len(words) > 1 and "".join(one[0] for one in words).lower() == word)
