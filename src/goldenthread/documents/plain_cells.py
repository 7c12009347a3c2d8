"""Cells that came as plain text, with line breaks and typed bullets: what a spreadsheet or a PDF has for a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.documents.blocks import parts_of
from goldenthread.documents.cells import BULLETS, cell_blocks, unified_bullets
from goldenthread.documents.content import CellPart

_RESIDUE = re.compile(rf"[{BULLETS}\ue000-\uf8ff\u00b7]|</?[a-zA-Z][^<>]*>")
_DASHED = re.compile(r"^\s*[-–*]\s+(?=\S)")


def cell_parts(text: str) -> tuple[CellPart, ...]:
    """The parts of a cell's text: its lines, and the lists that were typed in it."""
    if "\n" not in text and not _RESIDUE.search(text):
        return (CellPart(" ".join(text.split())),)
    return parts_of_lines(text.split("\n"))


def parts_of_lines(lines: Iterable[str]) -> tuple[CellPart, ...]:
    """As `cell_parts`, for lines that each begin something new. Dashes are bullets where more than one line has one."""
    lines = [line for line in lines if line.strip()]
    dashed = sum(1 for line in lines if _DASHED.match(line)) > 1
    marked = (_DASHED.sub("• ", line) if dashed else line for line in lines)
    return tuple(part for line in marked for part in parts_of(cell_blocks(unified_bullets(line))))
