"""The passage that an item was read from, with its line marked and its neighbours around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.documents import Document
from goldenthread.documents.excerpts import excerpt_at
from goldenthread.plan.values import Anchor

NEIGHBOURS = 2
CLIP = 220
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the source. `marked` is the line that was read; the others are there for context."""

    number: int
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a source around an anchor, and where they stand in words."""

    place: str
    lines: tuple[SourceLine, ...]


def place_words(anchor: Anchor) -> str:
    """Where an anchor points, as a person would say it: "page 3, table 2, row 5 of plan.docx"."""
    named = ("sheet", "page", "table", "row", "paragraph", "line")
    places = [f"{name} {value}" for name in named if (value := getattr(anchor, name)) is not None]
    where = ", ".join(places)
    if where and anchor.file:
        return f"{where} of {anchor.file}"
    return where or anchor.file or "a place not recorded"


def sentence(words: str) -> str:
    """The same words with a capital letter, to begin a sentence."""
    return words[:1].upper() + words[1:]


def passage(document: Document, anchors: Iterable[Anchor]) -> Excerpt | None:
    """The passage around the anchors: lines where the document has them, else rows of a table or paragraphs."""
    anchors = tuple(anchors)
    if document.lines:
        return excerpt(document.lines, anchors)
    found = {
        _number(line.anchor): SourceLine(
            _number(line.anchor), _words(line.text) if line.marked else _clip(_words(line.text)), line.marked
        )
        for anchor in anchors
        for line in excerpt_at(document, anchor)
    }
    if not found:
        return None
    place = "; ".join(dict.fromkeys(place_words(anchor) for anchor in anchors))
    return Excerpt(place, tuple(found[number] for number in sorted(found)))


def _number(anchor: Anchor) -> int:
    """What a row or a paragraph is called in the margin."""
    return anchor.row or anchor.paragraph or anchor.page or 0


def excerpt(
    source: Sequence[str] | None, anchors: Iterable[Anchor], neighbours: int = NEIGHBOURS
) -> Excerpt | None:
    """The lines around the anchors, or None if there is no source text or no anchor gives a line in it."""
    anchors = tuple(anchors)
    marked = sorted({a.line for a in anchors if a.line and source and a.line <= len(source)})
    if not source or not marked:
        return None
    shown = sorted(
        {
            n
            for line in marked
            for n in range(line - neighbours, line + neighbours + 1)
            if 1 <= n <= len(source)
        }
    )
    lines = tuple(
        SourceLine(n, text if n in marked else _clip(text), n in marked)
        for n in shown
        if (text := _words(source[n - 1])) or n in marked
    )
    return Excerpt("; ".join(dict.fromkeys(place_words(a) for a in anchors if a.line)), lines)


def _words(line: str) -> str:
    """A line without what is left of its mark-up (`<ul style=…>`): a reader wants the words."""
    return " ".join(_TAG.sub(" ", line).split())


def _clip(line: str) -> str:
    return line if len(line) <= CLIP else f"{line[:CLIP].rstrip()} …"
