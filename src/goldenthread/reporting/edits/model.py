"""What a comparison of an edited file with its report finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goldenthread.reporting.edits.printed import Slot, Where


class Kind(StrEnum):
    """What became of a paragraph or a cell, or of words within one."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that are the same, added or removed."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph, row or cell that was added, removed or changed. Of a changed one the pieces are in reading order."""

    kind: Kind
    where: Where
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """What the report says here."""
        return _joined(self.pieces, Kind.ADDED)

    @property
    def after(self) -> str:
        """What the file says here."""
        return _joined(self.pieces, Kind.REMOVED)


def _joined(pieces: tuple[Piece, ...], without: Kind) -> str:
    return " ".join("".join(piece.words for piece in pieces if piece.kind is not without).split())


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A stretch that is the same in both: so many paragraphs, and so many rows of tables."""

    paragraphs: int
    rows: int


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure, a day or a cell that comes from the record and that the file has otherwise (empty: not at all).

    `within` is the whole sentence or cell as the report has it.
    """

    where: Where
    said: str
    sent: str
    within: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Words in the file for a place that people write, paragraphs parted by empty lines; `now` is what stands there."""

    slot: Slot
    words: str
    now: str
    where: Where


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file has otherwise than the report, in the order of the text; then what of it needs somebody.

    `alike` is the share of the report's headings that the file still has, from 0 to 1.
    """

    parts: tuple[Difference | Unchanged, ...]
    figures: tuple[FigureChange, ...]
    offers: tuple[Offer, ...]
    alike: float

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Those parts that differ."""
        return tuple(part for part in self.parts if isinstance(part, Difference))
