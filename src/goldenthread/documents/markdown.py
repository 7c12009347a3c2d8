"""Markdown through pandoc, with the place of each block."""

from __future__ import annotations

from typing import Any

import panflute as pf

from goldenthread.documents.cells import BULLETS, cell_blocks, cell_source
from goldenthread.documents.model import Document, SourceFormat, lines_of
from goldenthread.documents.pandoc import read_through_pandoc

_READER = "commonmark_x+sourcepos+raw_html-smart-emoji-tex_math_dollars-subscript-superscript"
"""Nothing that changes printed characters: a straight quote, a tilde or a dollar stands for itself."""


def read_markdown(text: str, name: str) -> Document:
    """A document from Markdown (pandoc's extended CommonMark: pipe tables, attributes, raw HTML).

    Raises:
        DocumentError: when pandoc cannot read it.
    """
    doc = read_through_pandoc(text.encode("utf-8", "replace"), _READER, name, "Markdown file")
    for table in _all(doc, pf.Table):
        _restore_cells(table)
    for item in _all(doc, pf.ListItem):
        _drop_printed_bullet(item)
    return Document(name, SourceFormat.MARKDOWN, doc, lines_of(text))


def _all(doc: Any, type_: type) -> list[Any]:
    found: list[Any] = []

    def gather(element: Any, _: Any) -> None:
        if isinstance(element, type_):
            found.append(element)

    doc.walk(gather)
    return found


def _drop_printed_bullet(item: Any) -> None:
    """A list that was pasted from elsewhere may have its old bullets beside Markdown's own: "- ▶ Plan approved"."""
    first = item
    while getattr(first, "content", None):
        first = first.content[0]
    if isinstance(first, pf.Str) and first.text in BULLETS:
        first.text = ""


def _restore_cells(table: Any) -> None:
    """Pipe tables hold one line a cell: lists in them stand as HTML or bullets, which `cell_blocks` understands."""
    bodies = [row for body in table.content for row in body.content]
    for row in [*table.head.content, *bodies]:
        if line := _line(row):
            row.attributes["data-line"] = str(line)
        for cell in row.content:
            cell.content = cell_blocks(cell_source(cell))


def _line(row: Any) -> int | None:
    """The line of a row, from the first place that pandoc noted in it ("12:3-12:9")."""
    if position := getattr(row, "attributes", {}).get("data-pos"):
        return int(position.split(":")[0])
    return next((line for part in getattr(row, "content", ()) if (line := _line(part))), None)
