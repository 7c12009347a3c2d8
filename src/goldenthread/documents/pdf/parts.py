"""The lines of a cell as paragraphs and list items, with the words that a narrow column broke put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goldenthread.documents.content import CellPart
from goldenthread.documents.pdf.page import Line
from goldenthread.documents.plain_cells import cell_parts

_ENDING = re.compile(
    r"(?:[ae]nc(?:e|es|y|ies)|[ts]ions?|ments?|ities|ity|ness|[ai]bl[ey]|ings?|ed|ers?|ors?|ies|ally|ly|isms?|ists?"
    r"|ures?|ate[sd]?|ives?|als?|acy|ics?|ical|ous)$"
)
_BEFORE_ENDING = 2
"""How many letters may stand before the ending of a word in the piece of it that did not fit: a longer piece is more
likely a word by itself."""
_PADDING = 6.0
_HYPHENS = ("-", "\u00ad")


@dataclass
class Words:
    """The words of the whole document, by which a broken word is known; and those that were put together."""

    known: set[str] = field(default_factory=set)
    rejoined: list[str] = field(default_factory=list)

    def learn(self, lines: Iterable[Line]) -> None:
        """Take in the words of these lines but the first and the last of each, which may be pieces."""
        for line in lines:
            self.known.update(_plain(word) for word in line.text.split()[1:-1])

    def learn_whole(self, line: Line) -> None:
        """Take in the words of a line that stands by itself: none of them is a piece."""
        self.known.update(map(_plain, line.text.split()))

    def join(self, text: str, following: str, *, fills: bool = False) -> str:
        """The text carried on by another line. `fills`: the line before is one piece as wide as its column."""
        last, first = text.rpartition(" ")[2], following.partition(" ")[0]
        if text.endswith(_HYPHENS) and len(last) > 1 and following[:1].isalnum():
            whole = _plain(last[:-1] + first)
            if text.endswith("\u00ad") or (following[0].islower() and whole in self.known):
                return text[:-1] + following
            return text + following
        if text[-1:].isalnum() and re.match(r"-\w", following):
            return text + following
        if fills and self._is_broken(last, first):
            self.rejoined.append(last + first)
            return text + following
        return f"{text} {following}" if text else following

    def _is_broken(self, last: str, first: str) -> bool:
        """Whether two pieces are one word: it is known, or the first is none that is known and they end as one does."""
        if not (last[-1:].isalpha() and first[:1].islower()):
            return False
        whole, rest = _plain(last + first), _plain(first)
        if whole in self.known:
            return True
        ending = _ENDING.search(whole)
        fitting = ending is not None and len(rest) <= len(ending[0]) + _BEFORE_ENDING
        return fitting and _plain(last) not in self.known


def _plain(word: str) -> str:
    return word.strip(".,;:!?()[]“”‘’\"'").lower()


def cell_parts_of(lines: Sequence[Line], right: float, words: Words) -> tuple[CellPart, ...]:
    """The parts of a cell whose right edge is there."""
    bullets = _levels(line.bullet_left for line in lines if line.bullet)
    drafts: list[tuple[str, str, int, list[Line]]] = []
    for place, line in enumerate(lines):
        if line.bullet:
            drafts.append((line.text, line.bullet, _level(bullets, line.bullet_left) + 1, [line]))
        elif drafts and not _begins_anew(lines[place - 1], line, drafts[-1]):
            text, bullet, depth, before = drafts[-1]
            room = right - before[-1].right
            fills = " " not in before[-1].text and room < _PADDING + 0.7 * line.size
            drafts[-1] = (words.join(text, line.text, fills=fills), bullet, depth, [*before, line])
        else:
            drafts.append((line.text, "", 0, [line]))
    return tuple(part for draft in drafts for part in _parts(*draft))


def _begins_anew(before: Line, line: Line, draft: tuple[str, str, int, list[Line]]) -> bool:
    """Whether a line without a bullet begins a paragraph: after some room, or left of the list it follows."""
    first = draft[3][0]
    if first.bullet and line.left < first.left - 0.4 * line.size:
        return True
    return 0.9 * line.size < line.top - before.bottom < 10 * line.size


def _parts(text: str, bullet: str, depth: int, lines: list[Line]) -> Iterable[CellPart]:
    if not text:
        return ()
    italic = all(line.italic for line in lines)
    if bullet:
        return (CellPart(text, depth, bullet, emphasised=italic),)
    found = cell_parts(text)
    return (CellPart(text, emphasised=True),) if italic and len(found) == 1 and not found[0].depth else found


def _levels(lefts: Iterable[float]) -> list[float]:
    levels: list[float] = []
    for left in sorted(lefts):
        if not levels or left - levels[-1] > 4:
            levels.append(left)
    return levels


def _level(levels: Sequence[float], left: float) -> int:
    """Which level a bullet at this place has, from 0."""
    return max(sum(1 for level in levels if level <= left + 4) - 1, 0)
