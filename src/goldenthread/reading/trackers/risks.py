"""Risk registers: a risk to a row, under the name of the project that it threatens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Block, Cell, Heading, Table
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Risk
from goldenthread.reading.context import Context
from goldenthread.reading.trackers.columns import Row
from goldenthread.reading.trackers.records import UnreadColumn

_NAME = re.compile(r"^risk(?: name| title)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:no|number|ref|id|#)\.?$", re.IGNORECASE)
_DESCRIPTION = re.compile(r"^(?:full |short )?description\b|^description of risk", re.IGNORECASE)
_EXAMPLE = re.compile(r"^\s*(?:example|e\.g\.)", re.IGNORECASE)
_OF_A_PROJECT = re.compile(r"^(?:project|programme|theme|workstream)\b[^:]*:?$", re.IGNORECASE)
_WHOLE = "Programme"
_FEWEST_HEADINGS = 3
_FEWEST_TOLD = 3


@dataclass
class Register:
    """A table of risks to one thing; `scope` is its name, empty where the document names none."""

    scope: str
    headings: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def cell(self, row: Row, heading: re.Pattern[str]) -> Cell | None:
        """The cell of a row under the first heading that matches."""
        return next(
            (row[n] for n, text in enumerate(self.headings) if heading.search(text) and n < len(row)), None
        )

    def name_of(self, row: Row) -> str:
        """What a row calls its risk; nothing for an example of how to fill it in, or a row that is no risk."""
        cell, number = self.cell(row, _NAME), self.cell(row, _NUMBER)
        told = sum(bool(other.text) for other in row)
        numbered = number is None or bool(re.search(r"[1-9]", number.text))
        return (
            cell.text if cell and told >= _FEWEST_TOLD and numbered and not _EXAMPLE.match(cell.text) else ""
        )

    @property
    def first_blank(self) -> Cell | None:
        """The cell in which the first risk would be named, if a row waits for it."""
        for row in self.rows:
            name, number = self.cell(row, _NAME), self.cell(row, _NUMBER)
            if name and not name.text and number and number.text.strip().isdigit() and int(number.text):
                return name
        return None

    @property
    def is_empty(self) -> bool:
        """Whether no risk is named."""
        return not any(self.name_of(row) for row in self.rows)


def registers(found: Iterable[Block]) -> list[Register]:
    """Every risk register of a document, in printed order."""
    listed: list[Register] = []
    scope = ""
    for block in found:
        if isinstance(block, Heading):
            words = block.text.lower()
            scope = _WHOLE if "programme risk" in words else "" if "risk" in words else scope
        elif isinstance(block, Table):
            current: Register | None = None
            for row in block.rows:
                texts = tuple(cell.text.strip() for cell in row)
                filled = [text for text in texts if text and not text.isdigit()]
                if _is_header(texts):
                    current = Register(scope, texts)
                    listed.append(current)
                elif filled and len(filled) < _FEWEST_TOLD and any(map(_OF_A_PROJECT.match, filled)):
                    names = [text for text in filled if not _OF_A_PROJECT.match(text)]
                    scope, current = (names[-1] if names else ""), None
                elif current:
                    current.rows.append(row)
    return listed


def read_risks(found: Iterable[Block], context: Context) -> Iterator[Risk]:
    """The risks of every register."""
    for register in registers(found):
        for row in register.rows:
            if name := register.name_of(row):
                number = register.cell(row, _NUMBER)
                told = [
                    row[n].text
                    for n, text in enumerate(register.headings)
                    if _DESCRIPTION.search(text) and n < len(row)
                ]
                yield Risk(
                    key=context.mint.key("risk", slug(register.scope or _WHOLE), slug(name)),
                    anchors=(row[0].anchor.model_copy(update={"column": None}),),
                    title=name,
                    description=max(told, key=len, default=""),
                    register_reference=" ".join(filter(None, (register.scope, number.text if number else "")))
                    or None,
                )


def unread_of_register(register: Register) -> list[UnreadColumn]:
    """The columns of a register from which nothing is read: those of rows that name a risk."""
    rows = [row for row in register.rows if register.name_of(row)]
    return [
        UnreadColumn(heading, rows[0][number].anchor, texts)
        for number, heading in enumerate(register.headings)
        if heading and not any(known.search(heading) for known in (_NAME, _NUMBER, _DESCRIPTION))
        if (texts := [row[number].text for row in rows if number < len(row) and row[number].text])
        and number < len(rows[0])
    ]


def _is_header(texts: tuple[str, ...]) -> bool:
    return any(map(_NAME.match, texts)) and sum(bool(text) for text in texts) > _FEWEST_HEADINGS
