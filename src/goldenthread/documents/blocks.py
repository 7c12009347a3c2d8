"""The blocks of a document in reading order, each with its place: what the tree means to someone who reads a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import panflute as pf

from goldenthread.documents.content import (
    Block,
    Cell,
    CellPart,
    Heading,
    ListItem,
    Merged,
    Paragraph,
    Table,
    transposed,
)
from goldenthread.documents.forms import placeholder_in
from goldenthread.documents.model import Document
from goldenthread.plan.values import Anchor

__all__ = [
    "Block",
    "Cell",
    "CellPart",
    "Heading",
    "ListItem",
    "Merged",
    "Paragraph",
    "Table",
    "blocks",
    "notes_of",
    "parts_of",
    "text_of",
    "transposed",
]


def blocks(document: Document) -> tuple[Block, ...]:
    """Every block of the document in reading order."""
    if document.is_laid_out:
        return cast("tuple[Block, ...]", document.content)
    if not document.walked:
        walk = _Walk(document.name, has_lines=bool(document.lines))
        document.walked.append(tuple(walk.blocks(document.tree.content, line=None, depth=0)))
    return document.walked[0]


class _Walk:
    """One walk through a tree. Where there are no lines to point at, paragraphs are counted."""

    def __init__(self, file: str, *, has_lines: bool) -> None:
        self._file = file
        self._has_lines = has_lines
        self._tables = 0
        self._paragraphs = 0

    def blocks(self, elements: Any, line: int | None, depth: int) -> Iterator[Block]:
        for element in elements:
            here = _line(element) or line
            if isinstance(element, pf.Header):
                yield Heading(text_of(element), element.level, self._paragraph(here))
            elif isinstance(element, pf.Para | pf.Plain):
                yield Paragraph(text_of(element), self._paragraph(here), notes_of(element))
            elif isinstance(element, pf.BulletList | pf.OrderedList):
                yield from self._list(element, here, depth + 1)
            elif isinstance(element, pf.Table):
                yield self._table(element, here)
            elif hasattr(element, "content") and isinstance(element, pf.Block):
                yield from self.blocks(element.content, here, depth)

    def _list(self, element: Any, line: int | None, depth: int) -> Iterator[Block]:
        for item in element.content:
            inner = _unwrapped(item.content)
            here = next((found for part in item.content if (found := _line(part))), line)
            if inner and isinstance(inner[0], pf.Para | pf.Plain):
                strong, rest = _split_strong(inner[0])
                notes = notes_of(inner[0])
                yield ListItem(text_of(inner[0]), depth, self._paragraph(here), strong, rest, notes)
                inner = inner[1:]
            yield from self.blocks(inner, here, depth)

    def _table(self, element: Any, line: int | None) -> Table:
        self._tables += 1
        printed = [*element.head.content, *(row for body in element.content for row in body.content)]
        rows = []
        for number, row in enumerate(printed, start=1):
            here = _line(row) or line
            cells = (
                _cell(cell, self._cell_anchor(here, number, column))
                for column, cell in enumerate(row.content, start=1)
            )
            rows.append(tuple(cells))
        return Table(tuple(rows), Anchor(file=self._file, line=line, table=self._tables))

    def _paragraph(self, line: int | None) -> Anchor:
        self._paragraphs += 1
        return Anchor(file=self._file, line=line, paragraph=None if self._has_lines else self._paragraphs)

    def _cell_anchor(self, line: int | None, row: int, column: int) -> Anchor:
        return Anchor(file=self._file, line=line, table=self._tables, row=row, column=column)


def _cell(element: Any, anchor: Anchor) -> Cell:
    parts = tuple(parts_of(element.content))
    merged = element.attributes.get("data-merged")
    notes = tuple(note for block in element.content for note in notes_of(block))
    if len(parts) == 1 and (placeholder := placeholder_in(parts[0].text)):
        return Cell((), anchor, placeholder=placeholder, notes=notes)
    return Cell(parts, anchor, Merged(merged) if merged else None, notes=notes)


def parts_of(elements: Any, depth: int = 0, marker: str | None = None) -> Iterator[CellPart]:
    """The pieces of a cell that holds these elements."""
    for element in elements:
        if isinstance(element, pf.Para | pf.Plain):
            text = text_of(element)
            if text:
                whole = len(element.content) == 1 and isinstance(element.content[0], pf.Emph)
                yield CellPart(text, depth, marker, emphasised=whole)
        elif isinstance(element, pf.Div):
            lost = element.attributes.get("data-marker", marker if marker is not None else "")
            yield from parts_of(element.content, depth, lost if _holds_list(element) else marker)
        elif isinstance(element, pf.BulletList | pf.OrderedList):
            for item in element.content:
                yield from parts_of(item.content, depth + 1, marker if marker is not None else "-")


def _holds_list(element: Any) -> bool:
    return any(isinstance(inner, pf.BulletList | pf.OrderedList) for inner in element.content)


def _unwrapped(elements: Any) -> list[Any]:
    """Blocks with the divs that only carry a place taken off."""
    plain: list[Any] = []
    for element in elements:
        plain.extend(_unwrapped(element.content) if isinstance(element, pf.Div) else [element])
    return plain


def _line(element: Any) -> int | None:
    """The first source line of an element: our own attribute, or pandoc's `data-pos` ("12:1-14:1;11:1-15:1")."""
    attributes = getattr(element, "attributes", {})
    if "data-line" in attributes:
        return int(attributes["data-line"])
    if position := attributes.get("data-pos"):
        return min(int(span.split(":")[0]) for span in position.split(";"))
    return None


def _split_strong(element: Any) -> tuple[str, str]:
    """The bold beginning of a paragraph, and the rest."""
    inlines = [part for part in element.content if not isinstance(part, pf.Space)]
    first = inlines[0] if inlines else None
    while isinstance(first, pf.Span) and first.content:
        first = first.content[0]
    if not isinstance(first, pf.Strong):
        return "", text_of(element)
    strong = text_of(first)
    return strong, text_of(element).removeprefix(strong).strip()


def text_of(element: Any) -> str:
    """The words of an element in one line, with single spaces."""
    pieces: list[str] = []
    _collect(element, pieces)
    return " ".join("".join(pieces).split())


def notes_of(element: Any) -> tuple[str, ...]:
    """The footnotes of an element."""
    found: list[str] = []

    def gather(part: Any, _: Any) -> None:
        if isinstance(part, pf.Note):
            found.append(" ".join(text_of(block) for block in part.content))

    element.walk(gather)
    return tuple(found)


def _collect(element: Any, pieces: list[str]) -> None:
    if isinstance(element, pf.Str | pf.Code | pf.Math):
        pieces.append(element.text)
    elif isinstance(element, pf.Note | pf.Image):
        return  # a note is no part of the sentence; of a picture there is only a description
    elif isinstance(element, pf.Space | pf.SoftBreak | pf.LineBreak):
        pieces.append(" ")
    elif isinstance(element, pf.Quoted):
        double = element.quote_type == "DoubleQuote"
        pieces.append("“" if double else "‘")
        _collect_all(element.content, pieces)
        pieces.append("”" if double else "’")
    elif hasattr(element, "content"):
        _collect_all(element.content, pieces)


def _collect_all(elements: Any, pieces: list[str]) -> None:
    for element in elements:
        _collect(element, pieces)
        if isinstance(element, pf.Block):
            pieces.append(" ")
