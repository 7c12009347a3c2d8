"""Promises that a sentence names in full, in quotation marks.

Such a name is that promise and no other, and its words say nothing of how far it is: “Backlog to be cleared” may well
be done. What the lead of a promise reported, quoted word for word, is about that promise and claims nothing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.reporting.claims.subjects import Subject

_QUOTED = re.compile(r"[“\"]([^“”\"]{3,})[”\"]")
_MARKS = re.compile(r"[“”‘’\"']")
_FEWEST_WORDS_REPORTED = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A quotation in a sentence: its place without the marks, and the keys of the promises that it can be."""

    start: int
    end: int
    keys: frozenset[str]
    is_name: bool = True


class Names:
    """The promises of a plan by their names, and what was reported of each."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        promises = [one for one in subjects if one.kind.is_promise and not one.title and one.own]
        self._keys: dict[str, set[str]] = {}
        for one in promises:
            self._keys.setdefault(_plain(one.own), set()).add(one.key)
        self._reported = [(_plain(one.reported), one.key) for one in promises if one.reported]
        self.subjects: Mapping[str, Subject] = {one.key: one for one in promises}

    def named_in(self, text: str) -> tuple[Named, ...]:
        """The promises that a text names in quotation marks, and what it quotes of their reports, in order."""
        found = (self._named(match) for match in _QUOTED.finditer(text))
        return tuple(one for one in found if one)

    def _named(self, match: re.Match[str]) -> Named | None:
        words = _plain(match[1])
        if keys := self._keys.get(words):
            return Named(*match.span(1), frozenset(keys))
        if len(words.split()) < _FEWEST_WORDS_REPORTED:
            return None
        reported = frozenset(key for said, key in self._reported if words in said)
        return Named(*match.span(1), reported, is_name=False) if reported else None


def without(text: str, named: Iterable[Named]) -> str:
    """The text with these quotations blanked out, every other character at its place."""
    for one in named:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def _plain(words: str) -> str:
    return " ".join(_MARKS.sub("", words).split()).strip(" .;:,").casefold()
