"""The stretches of days that a plan names: months, seasons, terms, quarters, financial years and their parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from goldenthread.plan.date_words import Part, Stretch, YearKind
from goldenthread.plan.dates import Season, SeasonRules, month_end


class Grain(Enum):
    """How long a period is, as far as its parts go."""

    DAY = auto()
    MONTH = auto()
    YEAR = auto()
    MONTHS = auto()


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days with its EDTF value."""

    edtf: str
    earliest: date
    latest: date
    grain: Grain
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Words that look like a date and are not one, and why, in plain English."""

    reason: str


def day(on: date) -> Period:
    return Period(on.isoformat(), on, on, Grain.DAY)


def days(first: date, last: date) -> Period:
    return Period(f"{first}/{last}", first, last, Grain.MONTHS) if first < last else day(first)


def months(year: int, month: int, count: int = 1) -> Period:
    """`count` whole months from the first of `month`."""
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    earliest, latest = date(year, month, 1), month_end(last_year, last_month + 1)
    if count == 1:
        return Period(f"{year:04}-{month:02}", earliest, latest, Grain.MONTH)
    grain = Grain.YEAR if count == 12 else Grain.MONTHS
    return Period(f"{year:04}-{month:02}/{last_year:04}-{last_month + 1:02}", earliest, latest, grain)


def calendar_year(year: int) -> Period:
    return Period(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Grain.YEAR)


def split_year(first: int, kind: YearKind) -> Period:
    """2023/24 as a financial year (1 April), academic year (1 September) or municipal year.

    A municipal year runs from one annual council meeting to the next, which is in May but not on the same day
    at every council: so its whole months are approximate.
    """
    return replace(months(first, kind.value, 12), approximate=kind is YearKind.MUNICIPAL)


def season(of: Season, year: int, rules: SeasonRules) -> Period:
    earliest, latest = rules.days(of, year)
    return Period(f"{year:04}-{of.edtf_code}", earliest, latest, Grain.MONTHS)


_TERMS = {Season.AUTUMN: (9, 4), Season.SPRING: (1, 3), Season.SUMMER: (4, 4)}


def term(of: Season, year: int) -> Period | Problem:
    """A school term in whole months: autumn September to December, spring January to March, summer April to July.

    Approximate, because each council sets its own days.
    """
    if of not in _TERMS:
        return Problem("There is no winter term.")
    month, count = _TERMS[of]
    return replace(months(year, month, count), approximate=True)


def stretch(of: Stretch, number: int, first_year: int, kind: YearKind) -> Period | Problem:
    """A quarter or half of the year that begins in `first_year`: Q3 2023/24 is October to December 2023."""
    count = {Stretch.QUARTER: 3, Stretch.HALF: 6}[of]
    if not 1 <= number <= 12 // count:
        return Problem(f"A year has {12 // count} of these: there is no number {number}.")
    years, month = divmod(kind.value - 1 + (number - 1) * count, 12)
    return months(first_year + years, month + 1, count)


# Early, mid and late, as (first month, number of months) in a year and (first day, last day) in a month. A
# year: "early" is its first quarter and "late" its last, as budgets and reports run; "mid" is the four months
# around the middle; April and September belong to none of them, because nobody who means April writes "mid".
# "End" is the last month.
_IN_YEAR = {Part.EARLY: (0, 3), Part.MID: (4, 4), Part.LATE: (9, 3), Part.END: (11, 1)}
_IN_MONTH = {Part.EARLY: (1, 10), Part.MID: (11, 20), Part.LATE: (21, 31)}
_IN_MONTHS = {Part.EARLY: 0, Part.MID: 1, Part.LATE: 2}


def part_of(part: Part, whole: Period) -> Period | Problem:
    """The early, mid, late or end part of a period, approximate, or the week about a day.

    Years and months by the tables above; seasons, terms and quarters by thirds. The end of anything but a
    year is its last day, and exact: "end of March 2023" is 31 March 2023.
    """
    if part in {Part.WEEK_FROM, Part.WEEK_TO} or whole.grain is Grain.DAY:
        return _week(part, whole)
    first = whole.earliest
    if whole.grain is Grain.YEAR:
        skip, count = _IN_YEAR[part]
        found = months(*_months_on(first, skip), count)
    elif part is Part.END:
        return day(whole.latest)
    elif whole.grain is Grain.MONTH:
        low, high = _IN_MONTH[part]
        found = days(first.replace(day=low), first.replace(day=min(high, whole.latest.day)))
    else:
        third = max(1, _month_count(whole) // 3)
        found = months(*_months_on(first, _IN_MONTHS[part] * third), third)
        if part is Part.LATE and found.latest < whole.latest:  # a term of four months has a last third of two
            found = months(found.earliest.year, found.earliest.month, third + _month_count(whole) - 3 * third)
    return replace(found, approximate=True)


def _week(part: Part, whole: Period) -> Period | Problem:
    if whole.grain is not Grain.DAY or part not in {Part.WEEK_FROM, Part.WEEK_TO}:
        return Problem(f'"{part.value.capitalize()}" does not go with what follows it.')
    week = timedelta(days=6)
    if part is Part.WEEK_FROM:
        return days(whole.earliest, whole.earliest + week)
    return days(whole.latest - week, whole.latest)


def _months_on(first: date, count: int) -> tuple[int, int]:
    years, month = divmod(first.month - 1 + count, 12)
    return first.year + years, month + 1


def _month_count(whole: Period) -> int:
    return (whole.latest.year - whole.earliest.year) * 12 + whole.latest.month - whole.earliest.month + 1


def join(first: Period, last: Period) -> Period | Problem:
    """From the start of the one to the end of the other."""
    if first.earliest > last.latest:
        return Problem("The range ends before it begins.")
    edtf = f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}"
    return Period(edtf, first.earliest, last.latest, Grain.MONTHS, first.approximate or last.approximate)
