"""Every keyed text, status and number stands where it is said to in the published logs, reports and returns.

PDF pages were compared by eye: what comes out of one depends on the program that takes it out. The last log of the
only board that published in PDF is a Word file with the same promises.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date, datetime
from functools import cache

import panflute
import pypandoc
import pytest
from python_calamine import CalamineWorkbook
from support.needs import require_data

from truth import Text, matches
from truth.logs import (
    ACTION_LOGS,
    COMMITMENT_REPORTS,
    Fault,
    LogItem,
    Progress,
    Project,
    Risk,
    load,
    load_documents,
    load_doubts,
    load_faults,
    load_measures,
    load_progress,
    load_projects,
    load_risks,
    return_files,
)

LOOKALIKES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‐": "-", "\xa0": " "})
FILES = {
    document.name: document
    for series in (ACTION_LOGS, COMMITMENT_REPORTS)
    for document in load_documents(series)
}
LOGS = [
    name for name, document in FILES.items() if document.kind == "action log" and document.format != "pdf"
]


def folded(printed: str) -> str:
    return " ".join(printed.translate(LOOKALIKES).split())


def stands_in(text: Text, printed: str) -> bool:
    """Whether the text stands anywhere in what is printed."""
    fact, words = Text(folded(text.starts), folded(text.ends), text.words), folded(printed).split()
    return any(matches(fact, " ".join(words[at : at + text.words])) for at in range(len(words)))


@cache
def document(file: str) -> panflute.Doc:
    return panflute.load(io.StringIO(pypandoc.convert_file(str(require_data(file)), "json")))


@cache
def table(file: str, number: int) -> list[list[str]]:
    """The cells of a table of the document, tables counted from 1."""
    found = gathered(document(file), panflute.Table)[number - 1]
    rows = [*found.head.content, *(row for body in found.content for row in (*body.head, *body.content))]
    return [[printed_in(cell) for cell in row.content] for row in rows]


def printed_in(element: panflute.Element) -> str:
    """The paragraphs and list items of an element."""
    return folded(
        " ".join(panflute.stringify(part) for part in gathered(element, panflute.Para, panflute.Plain))
    )


def gathered(element: panflute.Element, *kinds: type[panflute.Element]) -> list[panflute.Element]:
    found: list[panflute.Element] = []
    element.walk(lambda part, _: found.append(part) if isinstance(part, kinds) else None)
    return found


def numbers(place: str) -> list[int]:
    """ "table 1, row 2, column 3" as numbers."""
    return [int(part.rpartition(" ")[2]) for part in place.split(", ")]


@pytest.mark.parametrize("name", [name for name in LOGS if name.startswith("lpdp")])
def test_a_row_headed_by_its_issue(name: str) -> None:
    for item in load(ACTION_LOGS, name):
        issue, action, follow_up = row_of(name, item)
        assert folded(item.group) == issue
        assert folded(item.status_printed) in follow_up
        if "item" in item.place:
            printed = f"{action} {follow_up}"
            assert all(stands_in(text, printed) for text in (item.title, item.progress) if text), item.place
        else:
            assert is_all_of([item.title], action.removeprefix("- ")), item.place
            assert is_all_of([item.progress], follow_up), item.place
            assert follow_up.startswith(folded(item.status_printed)), item.place


@pytest.mark.parametrize("name", [name for name in LOGS if name.startswith("odug")])
def test_a_row_of_an_action_and_perhaps_a_status(name: str) -> None:
    for item in load(ACTION_LOGS, name):
        action, *status = row_of(name, item)
        second = (
            [Text(item.due.printed, item.due.printed, 4)]
            if item.due_from == "second paragraph" and item.due
            else []
        )
        assert is_all_of([item.title, *item.steps, *second], action), item.place
        assert "".join(status) == folded(item.status_printed or ";".join(item.owners) * bool("".join(status)))


@pytest.mark.parametrize("name", [name for name in LOGS if name.startswith("tb")])
def test_a_row_of_a_date_an_action_a_deadline_and_progress(name: str) -> None:
    for item in load(ACTION_LOGS, name):
        raised, action, deadline, progress = row_of(name, item)
        assert item.due is not None
        assert (raised, deadline, progress) == (item.raised, item.due.printed, item.status_printed), (
            item.place
        )
        assert is_all_of([item.title], action), item.place


def row_of(name: str, item: LogItem) -> list[str]:
    number, row = numbers(item.place)[:2]
    return table(FILES[name].file, number)[row - 1]


def is_all_of(texts: Iterable[Text | None], printed: str) -> bool:
    """Whether the texts, one after the other, are all that is printed."""
    words = printed.split()
    for text in filter(None, texts):
        if not stands_in(text, " ".join(words[: text.words])):
            return False
        del words[: text.words]
    return not words


@pytest.mark.parametrize("name", LOGS)
def test_no_row_with_words_in_it_is_left_out(name: str) -> None:
    keyed = {tuple(numbers(item.place)[:2]) for item in load(ACTION_LOGS, name)}
    first_row = {"lpdp": 2, "odug": 1, "tb": 3}[name.split("_", maxsplit=1)[0]]
    for number in {number for number, _ in keyed}:
        first = 2 if (name, number) == ("tb_09", 2) else first_row
        rows = table(FILES[name].file, number)
        filled = {(number, place) for place, row in enumerate(rows, 1) if place >= first and "".join(row)}
        assert filled == {place for place in keyed if place[0] == number}


def test_every_action_of_a_meeting_note() -> None:
    paragraphs = map(printed_in, document(FILES["lpdp_2010_01"].file).content)
    actions = [
        paragraph.removeprefix("Action:") for paragraph in paragraphs if paragraph.startswith("Action:")
    ]
    for item, action in zip(load(ACTION_LOGS, "lpdp_2010_01"), actions, strict=True):
        assert is_all_of([item.title], action), item.place


def test_a_report_with_a_department_to_a_row() -> None:
    with require_data(FILES["q2_csv"].file).open(encoding="ascii", newline="") as file:
        plain = list(csv.reader(file))
    for name, rows in (("q2_csv", plain), ("q2_odt", table(FILES["q2_odt"].file, 1))):
        for item in load(COMMITMENT_REPORTS, name):
            *_, row, column = numbers(item.place)
            assert (rows[row - 1][0],) == item.owners
            assert rows[row - 1][column - 1] == item.status_printed, item.place
            assert folded(rows[0][column - 1]) == str(item.title)
        for measure in load_measures(name):
            *_, row, column = numbers(measure.place)
            assert rows[row - 1][0] == measure.owner
            assert (
                rows[row - 1][column - 1] == measure.printed == f"{measure.value}{'%' * (name == 'q2_odt')}"
            )
            assert rows[0][column - 1] == measure.measure


def test_a_report_with_a_department_to_a_column() -> None:
    rows = table(FILES["q4_docx"].file, 1)
    for item in load(COMMITMENT_REPORTS, "q4_docx"):
        _, row, column = numbers(item.place)
        assert (rows[0][column - 1],) == item.owners
        assert rows[row - 1][column - 1] == item.status_printed, item.place
        assert is_all_of([item.title], rows[row - 1][0]), item.place


@cache
def sheet(file: str, name: str) -> list[list[object]]:
    """All cells of a sheet, from A1."""
    found = CalamineWorkbook.from_path(str(require_data(file))).get_sheet_by_name(name)
    return [list(row) for row in found.to_python(skip_empty_area=False)]


def shown(value: object) -> str:
    """A cell as read: months for the dates of the progress sheet, whole numbers without a point."""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m}"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else folded(str(value))


def cell(file: str, name: str, at: str) -> object:
    column, row = at.rstrip("0123456789"), int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    rows = sheet(file, name)
    return rows[row - 1][ord(column) - ord("A")] if row <= len(rows) else ""


@pytest.mark.parametrize("name", return_files())
def test_a_return_holds_every_value_keyed(name: str) -> None:
    facts: list[Project | Progress | Risk] = [*load_projects(name), *load_progress(name), *load_risks(name)]
    for fact in facts:
        tab, _, row = fact.place.rpartition(", row ")
        cells = [
            shown(value) for value in sheet(return_files()[name], tab)[int(row) - 1] if value != "< Select >"
        ]
        place, *values, _ = astuple(fact)
        if isinstance(fact, Progress):
            values.remove(fact.status)
        for value in values:
            if isinstance(value, tuple):
                assert any(is_all_of([Text(*value)], printed) for printed in cells), (place, value)
            elif value not in ("", "Programme") and value != getattr(fact, "scope", None):
                assert folded(str(value)) in cells, (place, value)


@pytest.mark.parametrize("name", return_files())
def test_a_risk_stands_under_its_project(name: str) -> None:
    rows = sheet(return_files()[name], "7 - Risk Register")
    for risk in load_risks(name):
        above = rows[: int(risk.place.rpartition(" ")[2])]
        headings = [folded(str(row[3])) for row in above if str(row[2]).startswith("Project ")]
        assert (headings[-1] if headings else "Programme") == risk.scope


@pytest.mark.parametrize(
    "fault", [*load_faults(), *load_doubts()], ids=lambda fault: f"{fault.file} {fault.cell}"
)
def test_a_fault_or_doubt_is_in_its_cell(fault: Fault) -> None:
    value = cell(return_files()[fault.file], fault.sheet, fault.cell)
    if isinstance(value, datetime | date):
        assert fault.printed in {f"{value:%b-%y}", f"{value:%Y-%m-%d}"}
    else:
        assert shown(value).startswith(fault.printed) if fault.printed else shown(value) in {"", "< Select >"}
