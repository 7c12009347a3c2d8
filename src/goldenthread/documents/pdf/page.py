"""What stands on a page: words, the lines they make, and ruled lines. Lengths in points, from the left and the top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from goldenthread.documents.cells import BULLETS

_NO_SPACE = 0.12
"""Words closer than this, in letter sizes, are one word set in two ways ("16th")."""
_DASHES = {"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\uf8ff": ""}
_BULLET = re.compile(rf"^(?:[{BULLETS}\ue000-\uf8ff\u00b7✓✔❖■□◆]|[-–—*o](?=$))$")


class Word(NamedTuple):
    """A printed word and its place."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    italic: bool

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


class Ruling(NamedTuple):
    """A ruled line; `drawn` is False for the edge of a filled area."""

    way: str
    left: float
    top: float
    right: float
    bottom: float
    drawn: bool


@dataclass(frozen=True)
class Page:
    """A page by its number, from 1."""

    number: int
    width: float
    height: float
    words: list[Word]
    rulings: list[Ruling]


@dataclass(frozen=True)
class Line:
    """Words that stand beside each other. `bullet` is the mark before them, not part of `text`."""

    words: tuple[Word, ...]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    bullet: str = ""
    bullet_left: float = 0.0

    @property
    def size(self) -> float:
        """The size of its letters."""
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether it is bold from end to end."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def italic(self) -> bool:
        """Whether it is italic from end to end."""
        return all(word.italic for word in self.words if any(map(str.isalnum, word.text)))


def lines_of_words(words: Iterable[Word]) -> list[Line]:
    """The words as lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and _beside(lines[-1][0], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [line_of(line) for line in lines]


def _beside(one: Word, other: Word) -> bool:
    """Whether two words stand on the same line: half of the smaller is at the height of the other."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def line_of(words: Sequence[Word]) -> Line:
    """One line of these words; a mark at its beginning is its bullet."""
    ordered = sorted(words, key=lambda word: word.left)
    bullet, bullet_left = "", 0.0
    if len(ordered) > 1 and _BULLET.match(ordered[0].text):
        first = ordered[0]
        loose = ordered[1].left - first.right > 0.3 * ordered[1].size
        if loose and (first.text != "o" or ordered[1].text[0].isupper()):
            bullet = "•" if "\ue000" <= first.text <= "\uf8ff" else first.text
            bullet_left = first.left
            ordered = ordered[1:]
    return Line(
        tuple(ordered),
        _joined(ordered),
        ordered[0].left,
        min(word.top for word in ordered),
        max(word.right for word in ordered),
        max(word.bottom for word in ordered),
        bullet,
        bullet_left,
    )


def _joined(words: Sequence[Word]) -> str:
    pieces: list[str] = []
    for place, word in enumerate(words):
        if place and word.left - words[place - 1].right > _NO_SPACE * min(word.size, words[place - 1].size):
            pieces.append(" ")
        pieces.append(word.text)
    text = "".join(pieces)
    for printed, plain in _DASHES.items():
        text = text.replace(printed, plain)
    return text.strip()
