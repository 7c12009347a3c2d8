"""What a report says once it is written as Word or OpenDocument text, unit by unit, with the parts that it consists of.

It is what `passages` reads from the written file (a test holds them against each other for every audience), and it
knows besides which words are figures, which places wait for somebody, and which words somebody wrote for such a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from goldenthread.reporting.composing import Report
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Resolutions,
    Table,
    Text,
    ToWrite,
    words_of,
)
from goldenthread.reporting.definitions import Asked, Definition
from goldenthread.reporting.edits.passages import Passage, Row, Unit
from goldenthread.reporting.report_tree import printable

_LONGEST_NUMBER = 6


class SlotKind(StrEnum):
    """How a draft keeps words that people write: for a place by its prompt, or for a blank by its name."""

    WRITTEN = "written"
    FILL = "fill"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that people write: the prompt of a section, or a blank. `asks` are the words that stand there first."""

    kind: SlotKind
    name: str
    asks: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where something stands: the section, and for a cell the caption of its table, its row and its column."""

    section: str
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A unit of the report with the texts that it was printed from (of a row: those of its cells).

    `slot` is the place that this paragraph is, or whose words it has; `columns` are the headings of a row's table.
    """

    unit: Unit
    where: Where
    texts: tuple[Text, ...]
    slot: Slot | None = None
    columns: tuple[str, ...] = ()


def printed_units(report: Report, definition: Definition, written: Mapping[str, str]) -> tuple[Printed, ...]:
    """The units of a report in order, as the file that is written of it is read.

    Args:
        report: What `compose` made by this definition with these words.
        definition: By which the report was composed.
        written: What people wrote, by the prompt of each place.
    """
    return tuple(_Printing(report, definition, written).units())


class _Printing:
    def __init__(self, report: Report, definition: Definition, written: Mapping[str, str]) -> None:
        self._report, self._definition, self._written = report, definition, written
        self._section = report.title
        self._tables = 0

    def units(self) -> Iterator[Printed]:
        for text in (*((words,) for words in self._report.titles), self._report.opening):
            yield from self._passage(text)
        level = 1
        for asked, section in zip(self._definition.sections, self._report.sections, strict=True):
            level = section.level if section.title else level
            if section.title:
                yield from self._heading(section.title, level)
            for block, slot in self._with_slots(asked, section.blocks):
                for unit in self._block(block, level):
                    yield replace(unit, slot=slot)

    def _with_slots(self, asked: Asked, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Slot | None]]:
        """The blocks of a section; those behind its wording are what somebody wrote, or is still to write."""
        prompt = getattr(asked.options, "prompt", "")
        slot = Slot(SlotKind.WRITTEN, prompt, prompt) if prompt else None
        for number, block in enumerate(blocks):
            yield block, slot if number >= len(asked.options.wording) else None

    def _block(self, block: Block, level: int) -> Iterator[Printed]:
        match block:
            case Heading():
                yield from self._heading(block.words, level + block.level)
            case Paragraph():
                yield from self._passage(block.text)
            case Bullets() | Resolutions():
                for item in block.items:
                    yield from self._passage(item)
            case Table():
                yield from self._table(block)
            case Chart():
                yield from self._passage((block.caption,))
                yield from self._table(block.table)

    def _heading(self, words: str, level: int) -> Iterator[Printed]:
        self._section = said = _clean(words)
        yield Printed(Passage(said, level), Where(said), ((said,),))

    def _passage(self, text: Text) -> Iterator[Printed]:
        if said := _clean(words_of(text)):
            yield Printed(Passage(said), Where(self._section), (text,))

    def _table(self, table: Table) -> Iterator[Printed]:
        yield from self._passage((table.caption,))
        self._tables += 1
        columns = tuple(_clean(column.heading) for column in table.columns)
        headings: tuple[Text, ...] = tuple((column,) for column in columns)
        for number, row in enumerate((headings, *table.rows)):
            cells = tuple(_clean(words_of(cell)) for cell in row)
            where = Where(self._section, _clean(table.caption), _label(cells) if number else "")
            yield Printed(Row(cells, self._tables, number == 0), where, row, columns=columns)


def _clean(words: str) -> str:
    return " ".join(printable(words).split())


def slot_of(part: ToWrite) -> Slot | None:
    """The blank that a marked place in running words is; None where its words are kept elsewhere."""
    return Slot(SlotKind.FILL, part.blank, part.words) if part.blank else None


def _label(cells: tuple[str, ...]) -> str:
    """What a row is called: its first cell, with the second where the first is a number alone."""
    return " ".join(cells[:2]) if len(cells[0]) <= _LONGEST_NUMBER else cells[0]
