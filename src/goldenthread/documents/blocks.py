"""The blocks of a document in reading order, each with its place: what the tree means to someone who reads a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import panflute as pf

from goldenthread.documents.model import Document
from goldenthread.plan.values import Anchor


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the highest."""

    text: str
    level: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside of lists and tables."""

    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list. `strong` is the part at its beginning that is set in bold, `rest` what follows it."""

    text: str
    depth: int
    anchor: Anchor
    strong: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class CellPart:
    """A piece of a table cell: plain text (`depth` 0), or an item of a list in it (`depth` 1, 2, ...).

    `marker` is the printed bullet; None for plain text, "" where the cell has a list whose bullets were lost,
    so that several items may have run together in `text`.
    """

    text: str
    depth: int = 0
    marker: str | None = None
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    parts: tuple[CellPart, ...]
    anchor: Anchor

    @property
    def text(self) -> str:
        """All of the cell's words in one line."""
        return " ".join(part.text for part in self.parts if part.text)

    @property
    def has_list(self) -> bool:
        """Whether the cell holds a list, marked or not."""
        return any(part.marker is not None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, header rows included; rows may differ in length."""

    rows: tuple[tuple[Cell, ...], ...]
    anchor: Anchor


Block = Heading | Paragraph | ListItem | Table


def blocks(document: Document) -> tuple[Block, ...]:
    """Every block of the document in reading order."""
    return tuple(_Walk(document.name).blocks(document.tree.content, line=None, depth=0))


class _Walk:
    def __init__(self, file: str) -> None:
        self._file = file
        self._tables = 0

    def blocks(self, elements: Any, line: int | None, depth: int) -> Iterator[Block]:
        for element in elements:
            here = _line(element) or line
            if isinstance(element, pf.Header):
                yield Heading(text_of(element), element.level, self._anchor(here))
            elif isinstance(element, pf.Para | pf.Plain):
                yield Paragraph(text_of(element), self._anchor(here))
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
                yield ListItem(text_of(inner[0]), depth, self._anchor(here), strong, rest)
                inner = inner[1:]
            yield from self.blocks(inner, here, depth)

    def _table(self, element: Any, line: int | None) -> Table:
        self._tables += 1
        printed = [*element.head.content, *(row for body in element.content for row in body.content)]
        rows = []
        for number, row in enumerate(printed, start=1):
            here = _line(row) or line
            cells = (
                Cell(tuple(_cell_parts(cell.content, 0, None)), self._anchor(here, number, column))
                for column, cell in enumerate(row.content, start=1)
            )
            rows.append(tuple(cells))
        return Table(tuple(rows), self._anchor(line))

    def _anchor(self, line: int | None, row: int | None = None, column: int | None = None) -> Anchor:
        table = self._tables if row is not None else None
        return Anchor(file=self._file, line=line, table=table, row=row, column=column)


def _cell_parts(elements: Any, depth: int, marker: str | None) -> Iterator[CellPart]:
    for element in elements:
        if isinstance(element, pf.Para | pf.Plain):
            text = text_of(element)
            if text:
                whole = len(element.content) == 1 and isinstance(element.content[0], pf.Emph)
                yield CellPart(text, depth, marker, emphasised=whole)
        elif isinstance(element, pf.Div):
            lost = element.attributes.get("data-marker", marker if marker is not None else "")
            yield from _cell_parts(element.content, depth, lost if _holds_list(element) else marker)
        elif isinstance(element, pf.BulletList | pf.OrderedList):
            for item in element.content:
                yield from _cell_parts(item.content, depth + 1, marker if marker is not None else "-")


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


def _collect(element: Any, pieces: list[str]) -> None:
    if isinstance(element, pf.Str | pf.Code):
        pieces.append(element.text)
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
