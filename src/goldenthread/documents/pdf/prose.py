"""What stands outside of tables: headings by the size and weight of their letters, paragraphs, lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.documents.content import Block, Heading, ListItem, Paragraph
from goldenthread.documents.pdf.page import Line
from goldenthread.documents.pdf.parts import Words
from goldenthread.documents.text import CHAPTER, LONGEST_HEADING
from goldenthread.plan.values import Anchor

_LARGER = 1.12
_ENDS_A_SENTENCE = re.compile(r"[.;,?!]$")
_NUMBERED = re.compile(r"^(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+(?=\S)")


@dataclass(frozen=True)
class BodyStyle:
    """The letters that most of a document is set in, and the sizes of its headings from the largest down."""

    size: float
    bold: bool
    larger: tuple[float, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> BodyStyle:
        """The style of these lines, by how many letters are set in each."""
        letters: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            letters[round(line.size * 2) / 2, line.bold] += len(line.text)
        if not letters:
            return cls(10.0, False, ())
        (size, bold), _ = letters.most_common(1)[0]
        larger = sorted({other for other, _ in letters if other >= size * _LARGER}, reverse=True)
        return cls(size, bold, tuple(larger[:5]))

    def level(self, line: Line) -> int | None:
        """The level of the heading that a line looks like, or None when it looks like text."""
        size = round(line.size * 2) / 2
        if size in self.larger or size > max(self.larger, default=float("inf")):
            return min(self.larger.index(size) + 1 if size in self.larger else 1, 6)
        if line.bold and not self.bold and size >= self.size * 0.9:
            return min(len(self.larger) + 1, 6)
        return None


@dataclass
class _Draft:
    """Lines that belong together. `level` of a heading; `bullet` of an item."""

    text: str
    lines: list[Line]
    page: int
    level: int | None = None
    bullet: str = ""
    strong: str = ""


@dataclass
class Prose:
    """Makes blocks of lines; paragraphs are counted through the document."""

    file: str
    style: BodyStyle
    words: Words
    count: int = 0

    def blocks(self, lines: Sequence[tuple[int, Line]]) -> Iterator[Block]:
        """The blocks of lines (each with its page) that stand between two tables."""
        drafts: list[_Draft] = []
        for page, line in lines:
            if drafts and self._carries_on(drafts[-1], page, line):
                draft = drafts[-1]
                draft.text = self.words.join(draft.text, line.text)
                draft.lines.append(line)
            else:
                drafts.append(self._draft(page, line))
        depths = _depths(drafts)
        for draft, depth in zip(drafts, depths, strict=True):
            if draft.text:
                yield self._block(draft, depth)

    def _draft(self, page: int, line: Line) -> _Draft:
        if line.bullet:
            return _Draft(line.text, [line], page, bullet=line.bullet, strong=_strong(line))
        level = self.style.level(line)
        if level and (len(line.text) > LONGEST_HEADING or _ENDS_A_SENTENCE.search(line.text)):
            level = None
        return _Draft(line.text, [line], page, level)

    def _carries_on(self, draft: _Draft, page: int, line: Line) -> bool:
        before = draft.lines[-1]
        if line.bullet or _NUMBERED.match(line.text):
            return False
        level = self.style.level(line)
        if draft.level is not None or level is not None:
            return (
                draft.level == level
                and draft.page == page
                and abs(before.size - line.size) < 0.6
                and line.top - before.bottom < 0.7 * line.size
                and before.right - before.left > 120
                and len(draft.text) + len(line.text) < 2 * LONGEST_HEADING
            )
        if page != draft.page or line.top < before.top:
            return line.text[:1].islower() and not before.text.endswith((".", ":", ";", "!", "?"))
        if draft.bullet and line.left < draft.lines[0].left - 0.5 * line.size:
            return False
        return line.top - before.bottom < 0.62 * line.size

    def _block(self, draft: _Draft, depth: int) -> Block:
        self.count += 1
        anchor = Anchor(file=self.file, page=draft.page, paragraph=self.count)
        if draft.bullet:
            rest = draft.text.removeprefix(draft.strong).strip()
            return ListItem(draft.text, depth, anchor, draft.strong, rest)
        if draft.level is not None:
            text = draft.text
            level = 1 if CHAPTER.match(text) or text.isupper() else draft.level
            return Heading(text, level, anchor)
        return Paragraph(draft.text, anchor)


def _strong(line: Line) -> str:
    """The bold words at the beginning of a line that goes on otherwise."""
    count = 0
    while count < len(line.words) and line.words[count].bold:
        count += 1
    if not 0 < count < len(line.words):
        return ""
    return " ".join(word.text for word in line.words[:count])


def _depths(drafts: Sequence[_Draft]) -> list[int]:
    """How deep each item stands among the items around it; 0 for what is no item."""
    depths: list[int] = []
    lefts: list[float] = []
    for draft in drafts:
        if not draft.bullet:
            lefts = []
            depths.append(0)
            continue
        left = draft.lines[0].bullet_left
        while lefts and left < lefts[-1] - 4:
            lefts.pop()
        if not lefts or left > lefts[-1] + 4:
            lefts.append(left)
        depths.append(len(lefts))
    return depths
