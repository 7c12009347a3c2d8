"""Words within a paragraph or a cell: which of them are the same, and which figures of the record were changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto

from goldenthread.plan.days import MONTH_NAMES
from goldenthread.reporting.content import Text, ToWrite
from goldenthread.reporting.edits.model import Kind, Piece
from goldenthread.reporting.edits.passages import plain
from goldenthread.reporting.figures import Figure

_MONTHS = "|".join(
    sorted({name for month in MONTH_NAMES for name in (month, month[:3], "Sept")}, key=len, reverse=True)
)
_DATE = rf"(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+\d{{4}}\b"
_NUMBER = r"\d+(?:[.,]\d+)*%?"
_WORD = r"\w+(?:['’.\-]\w+)*"
_TOKEN = re.compile(rf"(?P<date>{_DATE})|(?P<number>{_NUMBER}(?!\w))|{_WORD}|\s+|.", re.DOTALL)


class _Sort(Enum):
    WORD = auto()
    FIGURE = auto()
    PLACE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure or day, a place to be written, a space or a sign."""

    words: str
    sort: _Sort = _Sort.WORD
    part: ToWrite | None = None

    @property
    def key(self) -> str:
        """What is compared."""
        return plain(self.words)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number or a day that the record gives."""
        return self.sort is _Sort.FIGURE


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of words that stayed (`same`), or that others took the place of."""

    ours: tuple[Token, ...]
    theirs: tuple[Token, ...]
    same: bool


def tokens_of(text: Text) -> tuple[Token, ...]:
    """The words of a text of the report; its figures and its places to be written are one token each."""
    found: list[Token] = []
    for part in text:
        match part:
            case ToWrite():
                found.append(Token(_spaced(str(part)), _Sort.PLACE, part))
            case Figure():
                found.append(Token(str(part), _Sort.FIGURE))
            case _:
                found += _tokens(str(part))
    return tuple(found)


def tokens_sent(words: str, places: Sequence[Token]) -> tuple[Token, ...]:
    """The words of a file; places of the report that still stand there are one token each."""
    known = {token.words: token for token in places}
    if not known:
        return tuple(_tokens(words))
    cut = re.split("(" + "|".join(re.escape(each) for each in known) + ")", words)
    return tuple(token for piece in cut for token in ([known[piece]] if piece in known else _tokens(piece)))


def _tokens(words: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(_spaced(words)):
        yield Token(found[0], _Sort.FIGURE if found["date"] or found["number"] else _Sort.WORD)


def _spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def steps_between(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[Step, ...]:
    """What stayed and what changed, word by word; changes that only a space parts are one."""
    matcher = SequenceMatcher(
        None, [each.key for each in ours], [each.key for each in theirs], autojunk=False
    )
    steps: list[Step] = []
    codes = matcher.get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(codes):
        step = Step(tuple(ours[a:b]), tuple(theirs[c:d]), tag == "equal")
        inside = 0 < number < len(codes) - 1
        if step.same and inside and not "".join(each.key for each in step.ours):
            step = Step(step.ours, step.theirs, same=False)
        if steps and not step.same and not steps[-1].same:
            last = steps.pop()
            step = Step(last.ours + step.ours, last.theirs + step.theirs, same=False)
        steps.append(step)
    return tuple(steps)


def pieces_of(steps: Sequence[Step]) -> tuple[Piece, ...]:
    """The words in reading order: what was removed stands before what was added in its place."""
    found = []
    for step in steps:
        if step.same:
            found.append(Piece(Kind.SAME, _joined(step.theirs)))
            continue
        found += [Piece(Kind.REMOVED, _joined(step.ours))] if step.ours else []
        found += [Piece(Kind.ADDED, _joined(step.theirs))] if step.theirs else []
    return tuple(found)


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(token.words for token in tokens)


def changed_figures(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """Each figure or day of the report that the file has otherwise, with what stands in its place (empty: nothing).

    One that only moved within the text is not among them.
    """
    spare = Counter(token.key for step in steps if not step.same for token in step.theirs if token.is_figure)
    for step in steps:
        if step.same:
            continue
        lost = [token for token in step.ours if token.is_figure and not _taken(spare, token.key)]
        kept = {token.key for token in step.ours if token.is_figure} - {token.key for token in lost}
        found = [token for token in step.theirs if token.is_figure and token.key not in kept]
        if len(lost) == len(found):
            yield from ((one.words, other.words) for one, other in zip(lost, found, strict=True))
        elif lost:
            said = ", ".join(token.words for token in lost)
            yield said, ", ".join(token.words for token in found) or _joined(step.theirs).strip()


def _taken(spare: Counter[str], key: str) -> bool:
    if spare[key]:
        spare[key] -= 1
        return True
    return False
