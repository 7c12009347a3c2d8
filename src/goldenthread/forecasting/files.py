"""Histories of dated forecasts as a CSV file, so that anybody can test the forecasts on their own.

The form is `project,report_date,start,first_forecast,forecast,actual`: a line for each report of each project.
`forecast` is the day by which the project was then expected, `first_forecast` the day first promised, `actual` the
day on which it was done; a blank `actual` is a project still open. Days are ISO (2022-06-07), or with slashes, dots or
dashes where the file as a whole leaves no doubt which number is the month.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goldenthread.forecasting.histories import History, Stated

COLUMNS = ("project", "report_date", "start", "first_forecast", "forecast", "actual")
NEEDED = ("project", "report_date", "forecast", "actual")
SERIAL = 0.25
"""From this share of projects with several reports on, a file is one of repeated reports: see `as_histories`."""

_BLANK = {"", "-", "–", "n/a", "na", "nan", "nat", "none", "null", "#n/a"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?$")
_PIVOT = 69  # two-digit years from 69 on are of the last century, as POSIX has it


class HistoryFileError(ValueError):
    """A history that cannot be read. The message names the line, the column and the value, and says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file as it was read. `forecast` is None where the report gave no date."""

    line: int
    project: str
    on: date
    start: date | None
    first: date | None
    forecast: date | None
    actual: date | None


def read_rows(path: Path) -> list[Row]:
    """The lines of a file in its own order. Raises HistoryFileError, or OSError where the file cannot be opened."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return rows_of(text, path.name)


def rows_of(text: str, name: str = "history") -> list[Row]:
    """The same of a text. Columns may come in any order and others are left alone; lines without a word are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    headings = [heading.strip().lower().replace(" ", "_") for heading in next(reader, [])]
    missing = [column for column in NEEDED if column not in headings]
    if missing:
        raise HistoryFileError(
            f"{name}, line 1: there is no column {' and no column '.join(missing)}. "
            f"The first line must name the columns {','.join(COLUMNS)}."
        )
    place = {column: headings.index(column) for column in COLUMNS if column in headings}
    cells = [
        (reader.line_num, {column: row[at].strip() if at < len(row) else "" for column, at in place.items()})
        for row in reader
        if any(cell.strip() for cell in row)
    ]
    if not cells:
        raise HistoryFileError(
            f"{name}: there is no line below the headings, so there is nothing to learn from."
        )
    month_first = _month_first(cells, name)
    return [_row(line, values, month_first, name) for line, values in cells]


def as_histories(rows: Sequence[Row]) -> dict[str, History]:
    """What the lines say of each project, in the order in which projects first appear.

    Start and first promise are those of a project's first report: what a later line says of them was not known before.
    Of two lines for one day the later in the file counts. A project with a blank `actual` was open on the last day
    of the file; but in a file of repeated reports only until its own last report: nobody has said anything of it after.
    A project of which no line gives a date is left out.
    """
    by_project: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_project[row.project].append(row)
    several = sum(len({row.on for row in own}) > 1 for own in by_project.values())
    looked_until = None if several >= SERIAL * len(by_project) else last_day(rows)
    made = (_history(project, own, looked_until) for project, own in by_project.items())
    return {each.project: each for each in made if each is not None}


def last_day(rows: Sequence[Row]) -> date:
    """The last day of which a file knows anything: its last report or the last completion."""
    return max(day for row in rows for day in (row.on, row.actual) if day is not None)


def _history(project: str, rows: list[Row], looked_until: date | None) -> History | None:
    ordered = sorted(rows, key=lambda row: row.on)
    stated = {row.on: Stated(row.on, row.forecast) for row in ordered if row.forecast is not None}
    if not stated:
        return None
    actual = next((row.actual for row in reversed(ordered) if row.actual is not None), None)
    last = ordered[-1].on
    return History(
        project=project,
        stated=tuple(stated.values()),
        start=ordered[0].start,
        first=ordered[0].first,
        actual=actual,
        open_until=None if actual else max(looked_until or last, last),
    )


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _row(line: int, values: dict[str, str], month_first: bool, name: str) -> Row:
    def day(column: str) -> date | None:
        return _day(values.get(column, ""), month_first, f"{name}, line {line}, column {column}")

    project, on = values["project"], day("report_date")
    if not project:
        raise HistoryFileError(
            f"{name}, line {line}, column project: it is blank. Give each project a name or number."
        )
    if on is None:
        raise HistoryFileError(
            f"{name}, line {line}, column report_date: it is blank. Give the day on which the forecast was reported."
        )
    return Row(line, project, on, day("start"), day("first_forecast"), day("forecast"), day("actual"))


def _day(text: str, month_first: bool, place: str) -> date | None:
    if text.lower() in _BLANK:
        return None
    iso, numbers = _ISO.match(text), _NUMBERS.match(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if numbers:
            one, two, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
            if len(numbers[4]) == 2:
                year += 1900 if year >= _PIVOT else 2000
            return date(year, one, two) if month_first else date(year, two, one)
    except ValueError:
        pass
    raise HistoryFileError(
        f"{place}: {text!r} is not a day. Write days as 2022-06-07, and leave blank what is not known."
    )


def _month_first(cells: Sequence[tuple[int, dict[str, str]]], name: str) -> bool:
    """Whether 3/4/22 is 4 March in this file: only a number above 12 in either place can tell."""
    proof: dict[bool, tuple[int, str, str]] = {}
    doubtful: tuple[int, str, str] | None = None
    for line, column, text, one, two in _numbered_days(cells):
        if one <= 12 and two <= 12 and one != two:
            doubtful = doubtful or (line, column, text)
        elif one > 12 >= two or two > 12 >= one:
            proof.setdefault(two > 12, (line, column, text))
    if len(proof) == 2:
        (line, column, text), (other, _, another) = proof[True], proof[False]
        raise HistoryFileError(
            f"{name}, line {line}, column {column}: {text!r} has the month first and {another!r} of line {other} "
            "the day. Write all days as 2022-06-07."
        )
    if not proof and doubtful:
        line, column, text = doubtful
        raise HistoryFileError(
            f"{name}, line {line}, column {column}: {text!r} can be read in two ways, and no day of the file "
            "tells which. Write all days as 2022-06-07."
        )
    return True in proof


def _numbered_days(
    cells: Sequence[tuple[int, dict[str, str]]],
) -> Iterator[tuple[int, str, str, int, int]]:
    for line, values in cells:
        for column in COLUMNS[1:]:
            found = _NUMBERS.match(values.get(column, ""))
            if found:
                yield line, column, found[0], int(found[1]), int(found[3])
