"""What is plainly wrong in a return: every fault with its sheet, row and column, all of them at once.

A fault is a cell that contradicts the sheet it stands on. What is merely odd is left to the questions of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from goldenthread.documents import Document
from goldenthread.documents.blocks import Block, Cell, Merged, Table, blocks
from goldenthread.plan.values import Anchor, Value
from goldenthread.reading.trackers.columns import Field, Row, find_header
from goldenthread.reading.trackers.risks import registers
from goldenthread.reading.trackers.statuses import status_words

_MONEY = re.compile(r"£|\bcosts?\b|\bfunding\b|\binvestment\b|\bspend\b", re.IGNORECASE)
_MAY_BE_NEGATIVE = re.compile(
    r"\b(?:gap|variance|difference|change|movement|net|balance|%|comments?)\b", re.IGNORECASE
)
_GAP = re.compile(r"\b(?:gap|shortfall|variance)\b", re.IGNORECASE)
_COMMENT = re.compile(r"\b(?:comments?|explanation|reason)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^[-−–(]?\s*£?[\d,]+(?:\.\d+)?\)?$")
_TOTAL = re.compile(r"^(?:grand |sub[- ]?)?totals?\b", re.IGNORECASE)
_ALTERNATIVES = (("single", "multiple"),)
_FEWEST_HEADINGS = 3
_LOOKED_AT = 6


class FaultKind(StrEnum):
    """What sort of fault it is."""

    MISSING_COLUMN = "missing_column"
    NEGATIVE = "negative"
    BLANK = "blank"


class DocumentFault(Value):
    """A fault, the cell it is in, what that cell prints, and what is wrong with it in plain English."""

    anchor: Anchor
    kind: FaultKind
    printed: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.anchor}: {self.wrong}"


def find_faults(document: Document) -> tuple[DocumentFault, ...]:
    """Every fault of a workbook, in the order of its sheets; none in documents of other formats."""
    if not document.format.is_workbook:
        return ()
    found = [block for block in blocks(document) if not getattr(block, "hidden", False)]
    tables = [block for block in found if isinstance(block, Table)]
    return (
        *(fault for table in tables for fault in _of_table(table)),
        *_of_registers(found, _open_projects(tables)),
        *(fault for table in tables for fault in _of_signature(table)),
    )


def _of_table(table: Table) -> Iterator[DocumentFault]:
    rows = table.rows
    for number, row in enumerate(rows[:_LOOKED_AT]):
        if sum(bool(cell.text) for cell in row) < _FEWEST_HEADINGS:
            continue
        yield from _missing_columns(row)
        if any(_GAP.search(cell.text) for cell in row) and not any(_NUMBER.match(cell.text) for cell in row):
            for below in filter(_is_item, rows[number + 1 :]):
                yield from _of_money(row, below)
            return


def _missing_columns(headings: Row) -> Iterator[DocumentFault]:
    """Headings over groups of columns for two cases, and no column that says which case it is."""
    groups = {
        cell.text.split()[0].lower(): cell
        for cell, after in pairwise(headings)
        if cell.text and after.merged is Merged.LEFT
    }
    for one, other in _ALTERNATIVES:
        told = any(one in cell.text.lower() and other in cell.text.lower() for cell in headings)
        if one in groups and other in groups and not told:
            yield _fault(
                groups[one],
                FaultKind.MISSING_COLUMN,
                f"There are columns for “{groups[one].text}” and “{groups[other].text}”, and none that says which of "
                "the two a row is about. A column has been removed, and those after it have moved.",
            )


def _of_money(headings: Row, row: Row) -> Iterator[DocumentFault]:
    gap = next((cell for head, cell in zip(headings, row, strict=False) if _GAP.search(head.text)), None)
    for head, cell in zip(headings, row, strict=False):
        value = _amount(cell.text)
        if (
            value is not None
            and value < 0
            and _MONEY.search(head.text)
            and not _MAY_BE_NEGATIVE.search(head.text)
        ):
            yield _fault(
                cell, FaultKind.NEGATIVE, f"“{_one_line(head)}” is {cell.text}: it cannot be below zero."
            )
        open_gap = gap is not None and (_amount(gap.text) or 0) > 0
        if open_gap and gap and _COMMENT.search(head.text) and not cell.text:
            yield _fault(cell, FaultKind.BLANK, f"The gap is {gap.text}, and no comment explains it.")


def _of_registers(found: Sequence[Block], open_projects: Iterable[str]) -> Iterator[DocumentFault]:
    """The programme, and every project that is not completed, has a risk at least."""
    listed = registers(found)
    if not listed:
        return
    first, *others = listed
    if first.scope.lower() == "programme" and first.is_empty and (blank := first.first_blank):
        yield _fault(blank, FaultKind.BLANK, "No risk to the programme is given; at least one is needed.")
    unnamed = [register for register in others if not register.scope and register.is_empty]
    for project in open_projects:
        own = [register for register in others if register.scope == project] or unnamed[:1]
        blanks = [register.first_blank for register in own]
        if own and all(register.is_empty for register in own) and blanks[0]:
            yield _fault(
                blanks[0], FaultKind.BLANK, f"No risk to “{project}” is given, and it is not completed."
            )


def _open_projects(tables: Iterable[Table]) -> list[str]:
    """The projects whose status is given and is not complete."""
    names = []
    for table in tables:
        if not (header := find_header(table.rows)):
            continue
        number, fields = header
        if Field.STATUS not in fields:
            continue
        name, status = fields.index(Field.ACTION), fields.index(Field.STATUS)
        for row in table.rows[number + 1 :]:
            words = status_words(row[status].text) if status < len(row) else None
            if words and not words.status.is_done and row[name].text:
                names.append(row[name].text)
    return names


def _of_signature(table: Table) -> Iterator[DocumentFault]:
    """A signature of which the role is given and the name is not."""
    labels: dict[str, Cell] = {}
    for row in table.rows:
        named = [n for n, cell in enumerate(row) if cell.text.strip().rstrip(":").lower() in {"name", "role"}]
        if named and named[0] + 1 < len(row):
            labels[row[named[0]].text.strip().rstrip(":").lower()] = row[named[0] + 1]
    if "name" in labels and "role" in labels and labels["role"].text and not labels["name"].text:
        yield _fault(labels["name"], FaultKind.BLANK, f"“{labels['role'].text}” signs without a name.")


def _is_item(row: Row) -> bool:
    """Whether a row of sums is about something: it names it, and is no total."""
    words = [cell.text for cell in row if cell.text and not _NUMBER.match(cell.text)]
    return bool(words) and not any(_TOTAL.match(text) for text in words)


def _fault(cell: Cell, kind: FaultKind, wrong: str) -> DocumentFault:
    return DocumentFault(anchor=cell.anchor, kind=kind, printed=cell.text, wrong=wrong)


def _amount(text: str) -> float | None:
    if not _NUMBER.match(text.strip()):
        return None
    value = float(re.sub(r"[^\d.]", "", text))
    return -value if text.strip()[0] in "-−–(" else value


def _one_line(cell: Cell) -> str:
    return " ".join(cell.text.split())
