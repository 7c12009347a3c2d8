"""A workbook of updates that came back (`reporting/update_workbook.py` made it): what was typed in it, row by row.

Only what is not as it went out was typed, so rows that nobody touched say nothing. Rows are known by the hidden column,
or by their reference; columns by their headings. So rows that were sorted or deleted and columns that were added, moved
or renamed in obvious ways do no harm. A row with a cell that cannot be read is named and not taken, so that it can be
corrected whole; all other rows are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from goldenthread.documents import DocumentError
from goldenthread.documents.workbook_cells import SheetCells, workbook_cells
from goldenthread.plan.tables.update_sheet import (
    IDENTITY,
    ITEM,
    REF,
    STAMP_KEYS,
    STAMP_SHEET,
    Answer,
    Stamp,
    same_words,
    stamp_of,
)
from goldenthread.plan.updates import TypedUpdate
from goldenthread.reading.returned_cells import typed_update

_FEWEST_HEADINGS = 3
_FIRST_ROWS = 50
_OTHER_NAMES = {
    Answer.NO_CHANGE: ("unchanged", "no changes", "nochange"),
    Answer.STATUS: ("new status", "progress"),
    Answer.FORECAST: ("expected date", "forecast", "forecast date", "new date", "new expected"),
    Answer.ACTUAL: ("done on", "finished on", "date done", "actual date", "completed on"),
    Answer.RATING: ("rag", "rag rating", "own rating", "my rating", "colour"),
    Answer.WHY: ("why", "reason", "comment", "comments", "commentary", "update"),
    Answer.NEXT_STEP: ("next steps", "next"),
    Answer.HIGHLIGHT: ("highlights", "good news"),
    Answer.LINK: ("evidence", "link", "evidence url", "evidence links"),
    Answer.SHOWS: ("shows", "what evidence shows", "what the evidence shows"),
    REF: ("reference", "no", "number", "action ref"),
    ITEM: (),
}


@dataclass(frozen=True)
class ReturnedError:
    """A cell that cannot be read: where it is, what stands there, what to do; and the row's item if it is known."""

    sheet: str
    row: int
    column: str
    value: str
    message: str
    item: UUID | None = None


@dataclass(frozen=True)
class ReturnedRow:
    """A row in which something was typed. `said` has the words of each cell that is not as it went out."""

    item: UUID
    ref: str
    sheet: str
    row: int
    typed: TypedUpdate
    said: Mapping[Answer, str]


@dataclass(frozen=True)
class ReturnedUpdates:
    """All that was typed in a returned workbook. Rows with an error are in `unclear` and not in `rows`."""

    stamp: Stamp
    rows: tuple[ReturnedRow, ...]
    unclear: tuple[ReturnedRow, ...]
    errors: tuple[ReturnedError, ...]

    @property
    def updates(self) -> dict[UUID, TypedUpdate]:
        """What was typed about each item."""
        return {row.item: row.typed for row in self.rows}


@dataclass(frozen=True)
class _Sent:
    """What went out: each item's reference and cells."""

    stamp: Stamp
    refs: Mapping[UUID, str]
    given: Mapping[UUID, Mapping[Answer, str]]

    def item(self, printed_id: str, ref: str) -> UUID | None:
        """Which item a row is about. Where the two disagree, somebody sorted only the columns in view: the reference,
        which stands beside what was typed, is right.
        """
        found = _uuid(printed_id)
        found = found if found in self.refs else None
        if found and (not ref or self.refs[found] == ref):
            return found
        named = [item for item, known in self.refs.items() if known == ref] if ref else []
        return named[0] if len(named) == 1 else found


def read_returned_workbook(content: bytes, name: str) -> ReturnedUpdates:
    """What was typed in a workbook that came back.

    Raises:
        DocumentError: when it is no workbook, damaged, too much, or not one of ours.
    """
    sheets = workbook_cells(content, name)
    sent, stamp_sheet = _sent(sheets, name)
    found = _Found(sent)
    tables = [(sheet, head) for sheet in sheets if sheet is not stamp_sheet and (head := _head(sheet))]
    if not tables:
        raise DocumentError(
            f"{name} has no sheet with the headings “{Answer.NO_CHANGE}”, “{Answer.STATUS}”, “{Answer.WHY}” and so on: "
            "put the row of headings back."
        )
    for sheet, head in tables:
        found.take(sheet, head)
    return found.result()


def _sent(sheets: Iterable[SheetCells], name: str) -> tuple[_Sent, SheetCells]:
    for sheet in sheets:
        by_key = {
            text: sheet.cells.get((row, 2), "") for (row, column), text in sheet.cells.items() if column == 1
        }
        if not by_key.keys() >= set(STAMP_KEYS):
            continue
        try:
            stamp = stamp_of(by_key)
        except (ValueError, KeyError):
            continue
        rows = {
            item: row for (row, column), text in sheet.cells.items() if column == 1 and (item := _uuid(text))
        }
        refs = {item: sheet.cells.get((row, 2), "").strip() for item, row in rows.items()}
        given = {
            item: {answer: sheet.cells.get((row, place), "") for place, answer in enumerate(Answer, start=3)}
            for item, row in rows.items()
        }
        return _Sent(stamp, refs, given), sheet
    raise DocumentError(
        f"{name} has lost its hidden sheet “{STAMP_SHEET}”, which says which plan it belongs to: download the workbook "
        "again, and copy your answers into it."
    )


@dataclass(frozen=True)
class _Head:
    """The row of headings: its number, the column of each heading that is known, and the other columns' headings."""

    row: int
    places: Mapping[str, int]
    others: Mapping[int, str]


def _head(sheet: SheetCells) -> _Head | None:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.cells.items():
        rows.setdefault(row, {})[column] = text
    for row, cells in islice(sorted(rows.items()), _FIRST_ROWS):
        places = _places({column: _plain(text) for column, text in cells.items()})
        if len(places.keys() & set(Answer)) >= _FEWEST_HEADINGS:
            others = {column: text for column, text in cells.items() if column not in places.values()}
            return _Head(row, places, others)
    return None


def _places(headings: Mapping[int, str]) -> dict[str, int]:
    """The column of each heading: those that are as they went out first, then those by another name."""
    places: dict[str, int] = {}
    for names in ({name: (_plain(name),) for name in _OTHER_NAMES}, _OTHER_NAMES):
        for name, known in names.items():
            taken = places.values()
            column = next((c for c, text in headings.items() if text in known and c not in taken), None)
            if name not in places and column is not None:
                places[str(name)] = column
    return places


class _Found:
    """What is found while the rows are gone through."""

    def __init__(self, sent: _Sent) -> None:
        self._sent = sent
        self._rows: dict[UUID, ReturnedRow] = {}
        self._unclear: dict[UUID, ReturnedRow] = {}
        self._errors: list[ReturnedError] = []

    def result(self) -> ReturnedUpdates:
        """All of it."""
        clear = tuple(row for item, row in self._rows.items() if item not in self._unclear)
        return ReturnedUpdates(self._sent.stamp, clear, tuple(self._unclear.values()), tuple(self._errors))

    def take(self, sheet: SheetCells, head: _Head) -> None:
        """Go through the rows of one sheet."""
        self._errors += _lost_columns(sheet, head)
        answers = {Answer(name): column for name, column in head.places.items() if name in set(Answer)}
        for row in sorted({row for row, _ in [*sheet.cells, *(sheet.odd or ())] if row > head.row}):
            words = {answer: sheet.cells.get((row, column), "") for answer, column in answers.items()}
            odd = {a: what for a, column in answers.items() if (what := (sheet.odd or {}).get((row, column)))}
            if any(words.values()) or odd:
                self._take_row(sheet, head, row, words, odd)

    def _take_row(
        self, sheet: SheetCells, head: _Head, row: int, words: dict[Answer, str], odd: dict[Answer, str]
    ) -> None:
        def cell(name: str) -> str:
            return sheet.cells.get((row, head.places.get(name, 0)), "").strip()

        item = self._sent.item(cell(ITEM), cell(REF))
        if item is None:
            there = "; ".join(f"{answer}: {text}" for answer, text in words.items() if text)
            self._errors.append(
                ReturnedError(
                    sheet.name, row, REF, cell(REF),
                    f"It cannot be told which promise this row is about: put back the “{REF}” that it had. "
                    f"What was typed there: {there or ', '.join(odd.values())}",
                )
            )  # fmt: skip
            return
        given = self._sent.given[item]
        said = {
            answer: text
            for answer, text in words.items()
            if answer not in odd and not same_words(text, given[answer]) and (text or sheet.odd is not None)
        }
        typed, wrong = typed_update(said)
        wrong |= {
            answer: f"The formula or error {what} has no plain result: type the words or the date themselves."
            for answer, what in odd.items()
        }
        found = ReturnedRow(item, self._sent.refs[item], sheet.name, row, typed, {**said, **odd})
        if not wrong and typed.says_nothing:
            return
        if (before := self._rows.get(item)) and (wrong or before.typed != typed):
            wrong = wrong or dict.fromkeys(
                islice(said, 1),
                f"The same promise was answered differently in row {before.row}. Leave one of the two.",
            )
        self._rows[item] = found
        if wrong:
            self._unclear[item] = found
        for answer, message in wrong.items():
            value = odd.get(answer, said.get(answer, ""))
            self._errors.append(ReturnedError(sheet.name, row, answer.value, value, message, item))


def _lost_columns(sheet: SheetCells, head: _Head) -> Iterator[ReturnedError]:
    """Columns that somebody wrote in under a heading that is not known, while one of ours is missing."""
    missing = [answer for answer in Answer if answer not in head.places]
    if not missing:
        return
    listed = ", ".join(f"“{answer}”" for answer in missing)
    for column, heading in head.others.items():
        if heading in IDENTITY or not any(c == column and r > head.row for r, c in sheet.cells):
            continue
        yield ReturnedError(
            sheet.name, head.row, heading, heading,
            f"The column {listed} is missing, and nothing in the column “{heading}” was read. If it is the same, "
            "give it its heading back.",
        )  # fmt: skip


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", heading.casefold()).split())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
