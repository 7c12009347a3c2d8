"""A letter as sentences: page furniture left out, what a page break cut apart put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldenthread.documents import Document
from goldenthread.documents.blocks import Block, Heading, ListItem, Paragraph, Table, blocks

_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z£0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:cllrs?|mrs?|ms|dr|st|no|nos|e\.g|i\.e|etc|approx|ref|p|pp|para|vs|rev|hon|prof|dept|inc|ltd)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_CARRIES_ON = re.compile(r"^[\"'“‘(\[]?[a-z]")
_MARKING = re.compile(r"\s*\[[^\]]*\b(?:UNCLASSIFIED|OFFICIAL|RESTRICTED|CONFIDENTIAL)[^\]]*\]\s*")
_FEWEST_WORDS_OF_A_CELL = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the line on which it begins; a paragraph's number where the format has no lines.

    `lead_in` is what introduces the list in which it stands ("approval of:"), `before` the sentence before it in the
    same paragraph, to which a "they" may point.
    """

    line: int
    text: str
    lead_in: str = ""
    before: str = ""

    @property
    def whole(self) -> str:
        """The sentence with what leads in to it."""
        return f"{self.lead_in} {self.text}".strip()


@dataclass
class _Run:
    """Pieces of text that belong together, each with its line."""

    pieces: list[tuple[str, int]] = field(default_factory=list)
    lead_in: str = ""
    is_item: bool = False

    @property
    def text(self) -> str:
        return " ".join(text for text, _ in self.pieces)

    def line_at(self, place: int) -> int:
        """The line of the piece in which this character stands."""
        end = 0
        for text, line in self.pieces:
            end += len(text) + 1
            if place < end:
                return line
        return self.pieces[-1][1]


def sentences_of(letter: Document) -> tuple[Sentence, ...]:
    """Every sentence in reading order. Headings, letterheads and tables' short cells are none."""
    return tuple(sentence for run in _runs(letter) for sentence in _cut(run))


def _runs(letter: Document) -> Iterator[_Run]:
    """Paragraphs, list items and long cells; those that a page break or a line end cut apart are one."""
    run = _Run()
    found = list(_without_furniture(blocks(letter)))
    for number, (text, line, block) in enumerate(found):
        after = found[number + 1][0] if number + 1 < len(found) else ""
        if isinstance(block, Heading) and not (_CARRIES_ON.match(text) or _CARRIES_ON.match(after)):
            yield from _finished(run)
            run = _Run()
            continue
        if isinstance(block, ListItem):
            yield from _finished(run)
            run = _Run(lead_in=_lead_in_for(run), is_item=True)
        elif not _belongs(run, text, line):
            yield from _finished(run)
            run = _Run()
        run.pieces.append((text, line))
    yield from _finished(run)


def _lead_in_for(before: _Run) -> str:
    """What introduces an item: the words before it that end in a colon, or what introduced its neighbour."""
    if before.is_item:
        return before.lead_in
    last = _parts(before.text)[-1][1] if before.pieces else ""
    return last if last.endswith(":") else ""


def _belongs(run: _Run, text: str, line: int) -> bool:
    """Whether a paragraph carries on what came before: the next line of a wrapped text, or the other side of a page."""
    if not run.pieces:
        return False
    wrapped = line == run.pieces[-1][1] + 1 and not run.text.endswith(":")
    return wrapped or (not _ENDED.search(run.text) and bool(_CARRIES_ON.match(text)))


def _finished(run: _Run) -> Iterator[_Run]:
    if run.pieces:
        yield run


def _without_furniture(found: Iterable[Block]) -> Iterator[tuple[str, int, Block]]:
    """The blocks with their words and lines, without what is printed on every page."""
    printed = [entry for block in found for entry in _printed(block)]
    times = Counter(text for text, _, _ in printed)
    for number, (text, line, block) in enumerate(printed, start=1):
        if times[text] > 1:
            continue
        kept = " ".join(_MARKING.sub(" ", text).split())
        if kept:
            yield kept, line or number, block


def _printed(block: Block) -> Iterator[tuple[str, int, Block]]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                if len(cell.text.split()) >= _FEWEST_WORDS_OF_A_CELL:
                    yield cell.text, cell.anchor.line or 0, Paragraph(cell.text, cell.anchor)
        return
    text = " ".join(block.text.split())
    if text:
        yield text, block.anchor.line or block.anchor.paragraph or 0, block


def _cut(run: _Run) -> Iterator[Sentence]:
    before = ""
    for start, text in _parts(run.text):
        yield Sentence(run.line_at(start), text, run.lead_in if not before else "", before)
        before = text


def _parts(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with the place of its first character."""
    parts, start = [], 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        parts.append((start, text[start : match.end()]))
        start = match.end() + 1
    parts.append((start, text[start:]))
    return [(place, part.strip()) for place, part in parts if part.strip()]
