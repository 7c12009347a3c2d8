"""A document as every reader here sees it: its content in reading order, as blocks or as pandoc's syntax tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from goldenthread.documents.content import Block
from goldenthread.documents.tree import tree_of


class DocumentError(Exception):
    """A file that cannot be read as a document. The message says why, and what to do."""


class SourceFormat(StrEnum):
    """What a file is, whatever its name says."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    RTF = "rtf"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"

    @property
    def is_workbook(self) -> bool:
        """Whether the file has sheets."""
        return self in (SourceFormat.XLSX, SourceFormat.XLS, SourceFormat.ODS)

    @property
    def media_type(self) -> str:
        """What the format is called on the web (IANA's register), without the encoding of texts."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    SourceFormat.TEXT: "text/plain",
    SourceFormat.MARKDOWN: "text/markdown",
    SourceFormat.HTML: "text/html",
    SourceFormat.RTF: "application/rtf",
    SourceFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    SourceFormat.ODT: "application/vnd.oasis.opendocument.text",
    SourceFormat.PDF: "application/pdf",
    SourceFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SourceFormat.XLS: "application/vnd.ms-excel",
    SourceFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    SourceFormat.CSV: "text/csv",
}


@dataclass(frozen=True)
class Document:
    """A document: its name, its format, its content, and for formats that have them its lines.

    The content is what the reader of its format made: pandoc's tree (`panflute.Doc`), or blocks. Either can be had of
    any document: `tree` here, blocks by `goldenthread.documents.blocks.blocks`.

    Elements of a tree carry their place as attributes: `data-line` on tables' rows, headers and on the divs around
    paragraphs and lists; `data-marker` on the div around a list whose bullets were printed with that mark (empty:
    they were lost); `data-merged` on the empty parts of a merged cell.
    """

    name: str
    format: SourceFormat
    content: Any = field(repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)
    walked: list[tuple[Block, ...]] = field(default_factory=list, init=False, repr=False, compare=False)
    """The blocks of a tree, once somebody has asked for them."""

    @cached_property
    def tree(self) -> Any:
        """The document as pandoc's syntax tree (`panflute.Doc`)."""
        return tree_of(self.content) if self.is_laid_out else self.content

    @property
    def is_laid_out(self) -> bool:
        """Whether the content came as blocks."""
        return isinstance(self.content, tuple)

    def excerpt(self, line: int, around: int = 2) -> tuple[tuple[int, str], ...]:
        """The numbered source lines from `around` before to `around` after this one (lines count from 1)."""
        first, last = max(1, line - around), min(len(self.lines), line + around)
        return tuple((number, self.lines[number - 1]) for number in range(first, last + 1))


def laid_out(name: str, format_: SourceFormat, content: list[Block], lines: tuple[str, ...] = ()) -> Document:
    """A document whose reader made blocks of it."""
    return Document(name, format_, tuple(content), lines)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text as an editor numbers them: only line ends end a line, form feeds and the like do not."""
    return tuple(text.removesuffix("\n").split("\n"))
