"""Markdown through pandoc, with the place of each block."""

from __future__ import annotations

import io
from typing import Any

import panflute as pf
import pypandoc

from goldenthread.documents.cells import cell_blocks
from goldenthread.documents.model import Document, DocumentError, SourceFormat

_READER = "commonmark_x+sourcepos+raw_html-smart-emoji-tex_math_dollars-subscript-superscript"
"""Nothing that changes printed characters: a straight quote, a tilde or a dollar stands for itself."""


def read_markdown(text: str, name: str) -> Document:
    """A document from Markdown (pandoc's extended CommonMark: pipe tables, attributes, raw HTML).

    Raises:
        DocumentError: when pandoc cannot read it.
    """
    try:
        tree = pypandoc.convert_text(text, "json", format=_READER)
    except (RuntimeError, OSError) as error:
        raise DocumentError(f"{name}: pandoc could not read this Markdown ({error}).") from error
    doc = pf.load(io.StringIO(tree))
    for table in _tables(doc):
        _restore_cells(table)
    return Document(name, SourceFormat.MARKDOWN, doc, tuple(text.splitlines()))


def _tables(doc: Any) -> list[Any]:
    found: list[Any] = []

    def gather(element: Any, _: Any) -> None:
        if isinstance(element, pf.Table):
            found.append(element)

    doc.walk(gather)
    return found


def _restore_cells(table: Any) -> None:
    """Pipe tables hold one line a cell: lists in them stand as HTML or bullets, which `cell_blocks` understands."""
    bodies = [row for body in table.content for row in body.content]
    for row in [*table.head.content, *bodies]:
        for cell in row.content:
            cell.content = cell_blocks(_source(cell))


def _source(element: Any) -> str:
    """The words of a cell with its raw HTML and emphasis written out."""
    if isinstance(element, pf.Str | pf.Code):
        return str(element.text)
    if isinstance(element, pf.RawInline):
        return str(element.text)
    if isinstance(element, pf.Space | pf.SoftBreak | pf.LineBreak):
        return " "
    inner = "".join(_source(part) for part in getattr(element, "content", ()))
    return f"<i>{inner}</i>" if isinstance(element, pf.Emph) else inner
