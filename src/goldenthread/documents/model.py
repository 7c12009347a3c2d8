"""A document as every reader here sees it: pandoc's syntax tree, and the lines it was made from.

Elements carry their place as attributes: `data-line` on tables' rows, headers and on the divs around paragraphs and
lists; `data-marker` on the div around a list whose bullets were printed with that mark (empty: they were lost).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class DocumentError(Exception):
    """A file that cannot be read as a document. The message says why, and what to do."""


class SourceFormat(StrEnum):
    """What a file is, whatever its name says."""

    TEXT = "text"
    MARKDOWN = "markdown"


@dataclass(frozen=True)
class Document:
    """A document: its name, its format, its tree (`panflute.Doc`) and, for formats that have them, its lines."""

    name: str
    format: SourceFormat
    tree: Any = field(repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)

    def excerpt(self, line: int, around: int = 2) -> tuple[tuple[int, str], ...]:
        """The numbered source lines from `around` before to `around` after this one (lines count from 1)."""
        first, last = max(1, line - around), min(len(self.lines), line + around)
        return tuple((number, self.lines[number - 1]) for number in range(first, last + 1))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text as an editor numbers them: only line ends end a line, form feeds and the like do not."""
    return tuple(text.removesuffix("\n").split("\n"))
