"""Dates in a reader's words. A vague date keeps its printed words and says which days they cover."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Dates
from goldenthread.plan.status import Status

NOT_SET = "Not set"
_QUALIFIED = frozenset(
    {
        "early",
        "mid",
        "late",
        "end",
        "spring",
        "summer",
        "autumn",
        "winter",
        "-",
        "–",
        "to",
        "q1",
        "q2",
        "q3",
        "q4",
    }
)
DATE_NAMES = (
    ("original", "Original date"),
    ("approved", "Approved date"),
    ("forecast", "Forecast date"),
    ("actual", "Actual date"),
)


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as a page shows it: the printed words, and a note on what they mean where that is not plain."""

    text: str
    note: str | None = None
    known: bool = True


def short_day(day: date) -> str:
    """A day for tables and charts: "7 Jun 2022"."""
    return f"{day.day} {day:%b} {day.year}"


def span_words(earliest: date, latest: date) -> str:
    """The days from `earliest` to `latest`, as a day, a month, a year or "1 September to 30 November 2022"."""
    if earliest == latest:
        return day_words(earliest)
    if earliest.day == 1 and latest.day == calendar.monthrange(latest.year, latest.month)[1]:
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return f"{earliest:%B} {earliest.year}"
        if earliest.year == latest.year and (earliest.month, latest.month) == (1, 12):
            return str(earliest.year)
    start = f"{earliest.day} {earliest:%B}"
    return f"{start if earliest.year == latest.year else day_words(earliest)} to {day_words(latest)}"


def date_words(value: PlanDate | None) -> DateWords:
    """A plan's date in words; an absent one is "Not set", never an empty cell."""
    if value is None:
        return DateWords(NOT_SET, known=False)
    text, span = value.printed, span_words(value.earliest, value.latest)
    notes = []
    if not _says_the_same(text, span):
        notes.append(span if value.bound is None else f"{value.bound.value} {span}")
    if value.recurs and value.recurs.lower() not in text.lower():
        notes.append(f"then {value.recurs}")
    if value.condition and value.condition.lower() not in text.lower():
        notes.append(f"depends on {value.condition}")
    if value.approximate:
        notes.append("approximate")
    if value.inferred:
        notes.append("worked out, not printed")
    return DateWords(text, "; ".join(notes) or None)


def four_dates(dates: Dates) -> tuple[tuple[str, DateWords], ...]:
    """The four dates under their names, in the order in which they come about. All four, always."""
    return tuple((label, date_words(getattr(dates, name))) for name, label in DATE_NAMES)


def movement(dates: Dates) -> str | None:
    """How far the approved date has moved from the original one; None if either is missing or neither moved."""
    original, approved = _last(dates.original), _last(dates.approved)
    if original is None or approved is None or original == approved:
        return None
    direction = "later" if approved > original else "earlier"
    return f"Moved {_distance(original, approved)} {direction} than the original date"


def standing(status: Status, dates: Dates, on: date) -> str | None:
    """What the calendar says of an open promise on a day: overdue, due soon, or nothing worth saying.

    A vague date is only past when its last day is: "Autumn 2022" is late on 1 December.
    """
    due = dates.approved or dates.original
    if due is None or not due.has_last_day or status.is_closed or status is Status.DEFERRED:
        return None
    days = (due.latest - on).days
    if days < 0:
        return f"Date passed {_distance(due.latest, on)} ago"
    return f"Due within {days} days" if 0 < days <= 31 else "Due today" if days == 0 else None


def is_past(status: Status, dates: Dates, on: date) -> bool:
    """Whether the last day of the approved date has gone by and nobody says that it is done."""
    due = dates.approved or dates.original
    return bool(due and due.is_late_on(on)) and not (status.is_closed or status is Status.DEFERRED)


def _last(value: PlanDate | None) -> date | None:
    return value.latest if value else None


def _says_the_same(printed: str, span: str) -> bool:
    """Whether the printed words need no gloss: "By Jun 2022" does not, "By early 2022" does."""
    told, meant = printed.lower().replace(",", " ").split(), span.lower().split()
    before, said = told[: -len(meant)], told[-len(meant) :]
    return (
        len(said) == len(meant)
        and not _QUALIFIED.intersection(before)
        and all(map(_is_word_for, said, meant))
    )


def _is_word_for(told: str, meant: str) -> bool:
    return told == meant or (len(told) >= 3 and told.isalpha() and meant.startswith(told[:3]))


def _distance(start: date, end: date) -> str:
    days = abs((end - start).days)
    if days < 45:
        return f"{days} day{'' if days == 1 else 's'}"
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{months / 12:.0f} years"
