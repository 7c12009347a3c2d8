"""A sheet of a workbook, as all that write one take it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NARROWEST, _WIDEST = 8, 60
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Sheet:
    """A name, headings and rows of text. Nothing in it is ever taken for a formula or a number."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide each column should be, in characters."""
        columns = zip(self.headings, *self.rows, strict=True)
        return tuple(min(_WIDEST, max(_NARROWEST, *(len(cell) + 2 for cell in column))) for column in columns)


def without_control_characters(text: str) -> str:
    """The text as XML can hold it."""
    return _NOT_IN_XML.sub("", text)
