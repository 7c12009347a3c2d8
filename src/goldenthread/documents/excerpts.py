"""The passage around a place in a document, whatever its format: lines of a text, rows of a table, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.documents.blocks import blocks
from goldenthread.documents.content import Block, Cell, Table
from goldenthread.documents.model import Document
from goldenthread.plan.values import Anchor

_BETWEEN_CELLS = " | "


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One line of a passage: its place, its words, and whether it is the place that was asked for."""

    anchor: Anchor
    text: str
    marked: bool = False


def excerpt_at(document: Document, anchor: Anchor, around: int = 2) -> tuple[ExcerptLine, ...]:
    """The passage around a place, up to `around` neighbours on each side.

    By line where the document has lines and the anchor names one; within the anchor's table, row by row (cells with
    " | " between them); else block by block. Empty when the document has no such place.
    """
    if document.lines and anchor.line is not None:
        return tuple(
            ExcerptLine(Anchor(file=document.name, line=number), text, number == anchor.line)
            for number, text in document.excerpt(anchor.line, around)
            if anchor.line <= len(document.lines)
        )
    found = blocks(document)
    if anchor.table is not None and anchor.row is not None:
        table = next((b for b in found if isinstance(b, Table) and b.anchor.table == anchor.table), None)
        return _rows(table.rows, anchor.row, around) if table else ()
    return _neighbours(found, anchor, around)


def _rows(rows: Sequence[tuple[Cell, ...]], number: int, around: int) -> tuple[ExcerptLine, ...]:
    place = next((n for n, row in enumerate(rows) if row and row[0].anchor.row == number), None)
    if place is None:
        return ()
    shown = rows[max(0, place - around) : place + around + 1]
    return tuple(_row(row, row[0].anchor.row == number) for row in shown if row)


def _row(row: tuple[Cell, ...], marked: bool) -> ExcerptLine:
    words = _BETWEEN_CELLS.join(cell.text or cell.placeholder for cell in row).strip()
    return ExcerptLine(row[0].anchor.model_copy(update={"column": None}), words, marked)


def _neighbours(found: Sequence[Block], anchor: Anchor, around: int) -> tuple[ExcerptLine, ...]:
    place = next((n for n, block in enumerate(found) if _is_at(block, anchor)), None)
    if place is None:
        return ()
    shown = list(enumerate(found))[max(0, place - around) : place + around + 1]
    return tuple(_block(block, number == place) for number, block in shown)


def _is_at(block: Block, anchor: Anchor) -> bool:
    """Whether an anchor means this block: all that it names agrees."""
    named = ("sheet", "paragraph", "table", "row") if anchor.paragraph or anchor.row else ("sheet", "table")
    return all(getattr(block.anchor, name) == getattr(anchor, name) for name in named)


def _block(block: Block, marked: bool) -> ExcerptLine:
    if isinstance(block, Table):
        first = block.rows[0] if block.rows else ()
        words = _BETWEEN_CELLS.join(cell.text for cell in first).strip()
        return ExcerptLine(block.anchor, words, marked)
    return ExcerptLine(block.anchor, block.text, marked)
