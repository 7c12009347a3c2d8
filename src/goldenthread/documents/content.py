"""What a document consists of, in reading order: headings, paragraphs, list items and tables, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from goldenthread.plan.values import Anchor


class Merged(StrEnum):
    """Where the words of a merged cell stand: this part of it is empty, they are in its first cell."""

    ABOVE = "above"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the highest. `hidden`: the name of a sheet that is not shown."""

    text: str
    level: int
    anchor: Anchor
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside of lists and tables. `notes` are its footnotes, which `text` leaves out."""

    text: str
    anchor: Anchor
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list. `strong` is the part at its beginning that is set in bold, `rest` what follows it."""

    text: str
    depth: int
    anchor: Anchor
    strong: str = ""
    rest: str = ""
    notes: tuple[str, ...] = ()


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
    """A cell of a table.

    `merged` says that the cell is a further part of a merged one. `placeholder` is what a form printed where nothing
    was filled in ("< Select >"); the cell then has no words. `rejoined` are the words that a narrow column had
    broken and that were put together here; `notes` are footnotes. `fill` names the colour of
    a cell without words, where the document tells it.
    """

    parts: tuple[CellPart, ...]
    anchor: Anchor
    merged: Merged | None = None
    placeholder: str = ""
    rejoined: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fill: str = ""
    text: str = field(init=False, repr=False, compare=False)
    """All of the cell's words in one line. It is asked for again and again, so it is put together once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(part.text for part in self.parts if part.text))

    @property
    def has_list(self) -> bool:
        """Whether the cell holds a list, marked or not."""
        return any(part.marker is not None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, header rows included; rows may differ in length. `hidden`: it is on a hidden sheet."""

    rows: tuple[tuple[Cell, ...], ...]
    anchor: Anchor
    hidden: bool = False


Block = Heading | Paragraph | ListItem | Table


def transposed(table: Table) -> Table:
    """The table with rows and columns exchanged, for one that runs across the page; every cell keeps its place."""
    height = max((len(row) for row in table.rows), default=0)
    blank = Cell((), table.anchor)
    columns = (
        tuple(row[place] if place < len(row) else blank for row in table.rows) for place in range(height)
    )
    return Table(tuple(columns), table.anchor, table.hidden)
