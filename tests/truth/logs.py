"""From the files keyed for action logs, commitment reports and workbook returns to facts.

Each series has a folder of CSV files, one to a document, with a README that says how its columns were keyed and
`documents.csv` for what the documents say of themselves.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, get_type_hints

from .facts import DateMeaning, Text
from .loading import _text

HERE = Path(__file__).parent
ACTION_LOGS, COMMITMENT_REPORTS, RETURNS = "action_logs", "commitment_reports", "returns"
Row = dict[str, str]
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class Document:
    """A document of a series. `items` is how many were counted on its pages; `name` is empty if they were not keyed.

    `dated` is the EDTF value of the date that the document bears, `default_deadline` what it says holds for every
    item that has no other.
    """

    name: str
    file: str
    format: str
    kind: str
    title: str
    dated: str | None
    tables: int
    items: int
    default_deadline: str | None


@dataclass(frozen=True)
class LogItem:
    """A promise of a log or report, as printed in one row (or one cell of a matrix).

    `group` is the heading it stands under or its issue, `raised` the meeting that asked for it, `period` the data
    that a commitment is about. `due` holds only what the item itself prints, found `due_from` its own cell, its
    title or its status cell; `due_inferred` says that the year is the document's. `open` is whether it is said to
    remain to be done, which may be known where `status` is not. `rag` is the colour of the status cell.
    """

    place: str
    group: str
    raised: str
    title: Text | None
    owners: tuple[str, ...]
    steps: tuple[Text, ...]
    period: str
    due: DateMeaning | None
    due_from: str
    due_inferred: bool
    status_printed: str
    status: str
    open: bool | None
    rag: str
    progress: Text | None
    updates: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class Match:
    """An item of a log and one of the next: the same promise, another one that looks like it, or None: a person
    would have to be asked. `sure` is False where even a careful reader hesitates."""

    earlier: str
    earlier_title: Text | None
    later: str
    later_title: Text | None
    same: bool | None
    sure: bool
    why: str


@dataclass(frozen=True)
class Measure:
    """A number reported beside the commitments; `value` is in per cent however it is printed."""

    place: str
    measure: str
    owner: str
    printed: str
    value: int


@dataclass(frozen=True)
class Project:
    """A project of a return, as its administration sheet has it."""

    place: str
    number: str
    name: str
    theme: str
    location: str
    postcode: str
    coordinates: str
    gis_map: str
    note: str


@dataclass(frozen=True)
class Progress:
    """A project's progress. Months are EDTF; ratings run from 1, no problems, to 5, the worst."""

    place: str
    number: str
    project: str
    start_edtf: str
    end_edtf: str
    stage: str
    status_printed: str
    status: str
    delay_factor: str
    adjustment: str
    delivery_rag: int
    spend_rag: int
    risk_rag: int
    commentary: Text
    milestone: Text
    milestone_edtf: str
    note: str


@dataclass(frozen=True)
class Risk:
    """A risk of the programme or of the project that `scope` names. A score is impact times likelihood."""

    place: str
    scope: str
    number: int
    name: str
    category: str
    short_description: str
    full_description: str
    consequences: Text
    pre_impact: str
    pre_likelihood: str
    pre_score: int
    mitigations: str
    post_impact: str
    post_likelihood: str
    post_score: int
    proximity: str
    owner: str
    note: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell of a return. `kind` is missing_column, negative or blank; a doubt has none."""

    file: str
    sheet: str
    cell: str
    printed: str
    kind: str | None
    wrong: str


@cache
def load(series: str, name: str) -> tuple[LogItem, ...]:
    """The items keyed from one log or report, in printed order: `load(ACTION_LOGS, "tb_06")`."""
    return tuple(_item(row) for row in _rows(series, name))


@cache
def load_documents(series: str) -> tuple[Document, ...]:
    """Every file of a series of logs or reports, those without keyed items too."""
    return tuple(
        Document(
            row["name"], row["file"], row["format"], row["kind"], row["title"], row["dated"] or None,
            int(row["tables"]), int(row["items"]), row["default_deadline"] or None,
        )
        for row in _rows(series, "documents")
    )  # fmt: skip


@cache
def load_matches(earlier: str, later: str) -> tuple[Match, ...]:
    """Which items of two successive logs are the same. What neither side lists is gone, or new."""
    return tuple(
        Match(
            earlier=row["a_place"],
            earlier_title=_maybe(row["a_title"]),
            later=row["b_place"],
            later_title=_maybe(row["b_title"]),
            same={"yes": True, "no": False, "unsure": None}[row["same"]],
            sure=_yes(row["sure"]) is True,
            why=row["why"],
        )
        for row in _rows(ACTION_LOGS, f"matches_{earlier}_{later}")
    )


def load_measures(name: str) -> tuple[Measure, ...]:
    """The openness scores of a commitment report."""
    return _facts(Measure, COMMITMENT_REPORTS, f"{name}_measures")


def load_projects(name: str) -> tuple[Project, ...]:
    """The projects of a return."""
    return _facts(Project, RETURNS, f"{name}_projects")


def load_progress(name: str) -> tuple[Progress, ...]:
    """The progress of each project of a return."""
    return _facts(Progress, RETURNS, f"{name}_progress")


def load_risks(name: str) -> tuple[Risk, ...]:
    """The risks of a return, without the template's examples."""
    return _facts(Risk, RETURNS, f"{name}_risks")


def load_faults() -> tuple[Fault, ...]:
    """The faults planted in the returns: a reader must name each, and no other cell as faulty."""
    return tuple(_fault(row) for row in _rows(RETURNS, "errors"))


def load_doubts() -> tuple[Fault, ...]:
    """What a careful reader would ask about in the returns, the sound ones too, without refusing them."""
    return tuple(_fault(row) for row in _rows(RETURNS, "doubts"))


def return_files() -> dict[str, str]:
    """The file of each return by its short name."""
    return {row["name"]: row["file"] for row in _rows(RETURNS, "documents")}


def successive_logs() -> list[tuple[str, str]]:
    """Each log with the next of the same board, where both were keyed."""
    boards = (path.stem.split("_", 2)[1:] for path in sorted((HERE / ACTION_LOGS).glob("matches_*.csv")))
    pairs = ((board, *both.split(f"_{board}_")) for board, both in boards)
    return [(f"{board}_{earlier}", f"{board}_{later}") for board, earlier, later in pairs]


def _rows(series: str, name: str) -> list[Row]:
    with (HERE / series / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _facts(kind: type[Fact], series: str, name: str) -> tuple[Fact, ...]:
    """Rows whose columns have the names of the fields; other columns are for people."""
    readers: dict[type, Callable[[str], object]] = {str: str, int: int, Text: _text}
    read = {field: readers[hint] for field, hint in get_type_hints(kind).items()}
    return tuple(kind(**{field: read[field](row[field]) for field in read}) for row in _rows(series, name))


def _maybe(printed: str) -> Text | None:
    return _text(printed) if printed else None


def _day(printed: str) -> date | None:
    return date.fromisoformat(printed) if printed else None


def _yes(printed: str) -> bool | None:
    return {"yes": True, "no": False, "": None}[printed]


def _due(row: Row) -> DateMeaning | None:
    if not row["deadline_printed"]:
        return None
    return DateMeaning(
        printed=row["deadline_printed"],
        edtf=row["edtf"] or None,
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        approximate=_yes(row["approximate"]) is True,
        bound=row["bound"] or None,
        recurs=row["recurs"] or None,
        status=row["deadline_word"] or None,
    )


def _item(row: Row) -> LogItem:
    updates = (update.partition("=") for update in row["updates"].split(" | ") if update)
    return LogItem(
        place=row["place"],
        group=row["group"],
        raised=row["raised"],
        title=_maybe(row["title"]),
        owners=tuple(filter(None, row["owners"].split(";"))),
        steps=tuple(_text(step) for step in row["steps"].split(" | ") if step),
        period=row["period"],
        due=_due(row),
        due_from=row["deadline_from"],
        due_inferred=_yes(row["inferred"]) is True,
        status_printed=row["status_printed"],
        status=row["status"],
        open=_yes(row["open"]),
        rag=row["rag_printed"],
        progress=_maybe(row["progress"]),
        updates=tuple((day, words) for day, _, words in updates),
        note=row["note"],
    )


def _fault(row: Row) -> Fault:
    wrong = row.get("wrong") or row["doubt"]
    return Fault(row["file"], row["sheet"], row["cell"], row["printed"], row.get("kind"), wrong)
