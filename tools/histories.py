"""Three public sets of dated forecasts and outcomes, as the CSV form that `goldenthread backtest` takes.

Usage: tools/histories.py FOLDER OUT writes OUT/weekly-forecasts.csv, school-construction.csv and major-projects.csv.
FOLDER holds the files as published, a folder for each set. What was decided, and why, stands at each function; nothing
is chosen by what comes out of it.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from goldenthread.forecasting.files import COLUMNS

Line = tuple[str, str, str, str, str, str]
KINDS = ("weekly-forecasts", "school-construction", "major-projects")


def weekly_forecasts(folder: Path) -> list[Line]:
    """Weekly forecasts of the release of 81 projects, with the day of the release. As they are: 4,399 lines."""
    (file,) = sorted((folder / "weekly-forecasts").glob("*.csv"))
    rows = _dicts(file)
    return [tuple(row[column] for column in COLUMNS) for row in rows]  # type: ignore[misc]


def school_construction(folder: Path) -> list[Line]:
    """Phases of school building projects: one report of each, on the day on which it began.

    The source gives one planned end for a phase and does not say when it was planned; that it was so when the phase
    began is the only reading that uses nothing of later. Phases without a planned end or a start in figures are no
    promises (2,701 of 6,225 lines have both), and a phase that ends on the day it began was never open. A project is
    `building, description, job numbers / phase`: phases of one job share their name up to the stroke, so that they
    are never parted between what is fitted and what is scored.
    """
    (file,) = sorted((folder / "school-construction").glob("*.csv"))
    seen: defaultdict[str, int] = defaultdict(int)
    lines: list[Line] = []
    for row in _dicts(file):
        start, planned, actual = (
            _day(row[f"Project Phase {name} Date"], month_first=True)
            for name in ("Actual Start", "Planned End", "Actual End")
        )
        if start is None or planned is None or (actual is not None and actual <= start):
            continue
        job = ", ".join(
            row[name] for name in ("Project Building Identifier", "Project Description", "DSF Number(s)")
        )
        project = f"{job.replace('/', '-')} / {row['Project Phase Name']}"
        seen[project] += 1
        if seen[project] > 1:
            project += f" {seen[project]}"
        lines.append((project, *_iso(start, start, planned, planned, actual)))
    return lines


REPORTED = {year: date(year - 1, 9, 30) for year in range(2014, 2020)}
"""Each yearly file states its projects as at 30 September of the year before."""
SAME, SAME_WITH_START = 90, 65
"""From this likeness of two names (0 to 100, rapidfuzz's token_sort_ratio) on, projects of two lists are the same;
the lower one if they began on the same day too."""


def major_projects(folder: Path) -> list[Line]:
    """The government's major projects, one report a year from 2013 to 2018, as to the end of the project.

    Nobody published when these projects ended: only how their stated ends moved. The outcome is therefore the last
    stated end, where it lies before the last report, or before the first report from which the project is absent.
    A project that leaves the list with its end still ahead was stopped, merged or handed over: open at its last report,
    and not known after. So is one still listed with its end ahead. The last forecast of a finished project is right by
    construction, so this set says how dates move, not how late projects are, and skill on it means less.
    """
    return [line for project, own in _followed(folder) for line in _lines(project, own)]


def ratings_of_major_projects(folder: Path) -> dict[tuple[str, date], str]:
    """How confident each report of a major project was of its delivery, in lower case: "green", "amber/red"."""
    return {
        (project, REPORTED[each.year]): each.rating.strip().lower()
        for project, own in _followed(folder)
        for each in own
    }


class Listed(NamedTuple):
    """A project as one list has it."""

    year: int
    name: str
    start: date | None
    end: date
    rating: str


def _followed(folder: Path) -> list[tuple[str, list[Listed]]]:
    """Each project with what successive lists say of it."""
    projects: list[list[Listed]] = []
    for year in REPORTED:
        earlier = [own for own in projects if own[-1].year < year]
        for listed in _listed(folder, year):
            own = _same(listed, earlier)
            if own is None:
                projects.append([listed])
            else:
                own.append(listed)
                earlier.remove(own)
    return [(f"{number} {own[0].name}", own) for number, own in enumerate(projects, 1)]


def _lines(project: str, own: list[Listed]) -> list[Line]:
    last = own[-1]
    absent_from = REPORTED.get(last.year + 1)
    ended = last.end < REPORTED[last.year] or (absent_from is not None and last.end < absent_from)
    return [
        (project, *_iso(REPORTED[each.year], each.start, own[0].end, each.end, last.end if ended else None))
        for each in own
    ]


def _listed(folder: Path, year: int) -> list[Listed]:
    (file,) = (folder / "major-projects").glob(f"*{year}.csv")
    rows = _cells(file)
    if year < 2018:  # until 2017 a project is a column
        rows = [list(column) for column in zip(*rows, strict=True)]
    listed = ((row[0].strip(), _day(row[5]), _day(row[6]), row[2]) for row in rows[1:])
    return [
        Listed(year, name, start, end, rating)
        for name, start, end, rating in listed
        if name and end is not None
    ]


def _same(listed: Listed, others: list[list[Listed]]) -> list[Listed] | None:
    def likeness(own: list[Listed]) -> float:
        alike = fuzz.token_sort_ratio(_plain(listed.name), _plain(own[-1].name))
        same_start = listed.start is not None and listed.start == own[-1].start
        return alike + (SAME - SAME_WITH_START if same_start else 0)

    best = max(others, key=likeness, default=None)
    return best if best is not None and likeness(best) >= SAME else None


def _plain(name: str) -> str:
    """A name without what is in brackets, and without the words that come and go."""
    words = re.sub(r"[^a-z0-9 ]", " ", re.sub(r"\([^)]*\)", " ", name.lower())).split()
    return " ".join(word for word in words if word not in {"programme", "project", "the", "of", "and"})


def _dicts(file: Path) -> list[dict[str, str]]:
    heading, *rows = _cells(file)
    return [
        dict(zip((name.strip() for name in heading), (cell.strip() for cell in row), strict=True))
        for row in rows
    ]


def _cells(file: Path) -> list[list[str]]:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return list(csv.reader(io.StringIO(text, newline="")))


def _day(text: str, *, month_first: bool = False) -> date | None:
    """A day in figures; None for anything else, such as a reason why no date is given."""
    numbers = re.fullmatch(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})", text.strip())
    if numbers is None:
        return None
    one, two, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
    year += 2000 if year < 100 else 0
    return date(year, one, two) if month_first else date(year, two, one)


def _iso(*days: date | None) -> tuple[str, str, str, str, str]:
    return tuple("" if day is None else day.isoformat() for day in days)  # type: ignore[return-value]


CONVERTERS = dict(zip(KINDS, (weekly_forecasts, school_construction, major_projects), strict=True))


def as_csv(lines: list[Line]) -> str:
    """The lines below their heading."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([COLUMNS, *lines])
    return written.getvalue()


if __name__ == "__main__":
    _, given, out = sys.argv
    for kind, convert in CONVERTERS.items():
        Path(out).mkdir(parents=True, exist_ok=True)
        lines = convert(Path(given))
        (Path(out) / f"{kind}.csv").write_text(as_csv(lines), encoding="utf-8")
        print(f"{kind}: {len(lines)} lines of {len({line[0] for line in lines})} projects")
