"""What a report is made of: words with figures among them, lists, tables and charts. Values; no file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Formatter

from goldenthread.assurance.ratings import RatingClass
from goldenthread.reporting.figures import Figure


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating: its word, which a format may shade. The word is always there."""

    class_: RatingClass

    def __str__(self) -> str:
        return self.class_.in_words


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A place that a person has still to fill in: a report that has one is a draft. `blank` is its name in wording."""

    words: str
    blank: str = ""

    def __str__(self) -> str:
        return f"[{self.words}]"


Part = str | Figure | Strong | Rated | ToWrite
Text = tuple[Part, ...]
"""Running words: what is printed is its parts one after another."""


def words_of(text: Text) -> str:
    """The words alone."""
    return "".join(map(str, text))


def said(sentence: str, **blanks: Part | Text) -> Text:
    """A sentence with its named blanks filled: `said("{late} of {all} are late.", late=Figure(...), all=Figure(...))`.

    Raises:
        KeyError: a blank of the sentence is not given.
    """
    return tuple(_filled(sentence, blanks))


def _filled(sentence: str, blanks: dict[str, Part | Text]) -> Iterator[Part]:
    for words, blank, _, _ in Formatter().parse(sentence):
        if words:
            yield words
        if blank is not None:
            part = blanks[blank]
            yield from part if isinstance(part, tuple) else (part,)


def counted(figure: Figure, one: str, many: str | None = None) -> Text:
    """A figure with its noun: "1 action", "64 actions", "no actions"."""
    noun = one if figure.value == 1 else many or f"{one}s"
    none = Figure(figure.name, 0, "no")
    return (figure if figure.value else none, f" {noun}")


def being(figure: Figure) -> Text:
    """How many of something are so: "1 is", "3 are", "none is"."""
    none = Figure(figure.name, 0, "none")
    return (figure if figure.value else none, " are" if figure.value > 1 else " is")


def opened(text: Text) -> Text:
    """The same with a capital at its beginning: "No actions"."""
    first, *rest = text
    if isinstance(first, Figure):
        return (Figure(first.name, first.value, str(first).capitalize()), *rest)
    return (first[:1].upper() + first[1:], *rest) if isinstance(first, str) else text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Resolutions:
    """A list whose items are numbered (1), (2) ..., as those that a meeting resolves."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section; `level` counts from 1 below the heading of the section."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share` is its width beside the others'."""

    heading: str
    share: float = 2.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; reports number it. `counted` is the figure that the number of its rows must be.

    `name` is short and its own within a report: workbooks call the sheet so. A row has a text for each column.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    counted: Figure | None = None

    def __post_init__(self) -> None:
        if odd := next((row for row in self.rows if len(row) != len(self.columns)), None):
            raise ValueError(f"Table {self.name!r} has {len(self.columns)} columns, and a row of {len(odd)}.")

    @property
    def figures(self) -> Iterator[Figure]:
        """The figures in its cells."""
        return (part for row in self.rows for cell in row for part in cell if isinstance(part, Figure))


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing (SVG) with its caption, what it shows in words, and the table of what is drawn, which follows it."""

    caption: str
    alternative: str
    svg: str
    table: Table


Block = Paragraph | Bullets | Resolutions | Heading | Table | Chart


def texts_in(block: Block) -> Iterator[Text]:
    """Every running text of a block, cells of tables too."""
    match block:
        case Paragraph():
            yield block.text
        case Bullets() | Resolutions():
            yield from block.items
        case Table():
            yield from (cell for row in block.rows for cell in row)
        case Chart():
            yield from texts_in(block.table)
        case Heading():
            yield (block.words,)


def tables_in(blocks: Iterable[Block]) -> Iterator[Table]:
    """Every table, those of charts too, in order."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield block.table
