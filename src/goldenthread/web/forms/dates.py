"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import is_near


class CannotRead(ValueError):
    """Typed words that are not what the field asks for; the message says what to type."""


def typed_plan_date(typed: str) -> PlanDate | None:
    """A date in the words of a decision, as vague as it is: "Autumn 2022". Blank is no date.

    Raises:
        CannotRead: the words are not a date that we know how to read, or are a status such as "Ongoing".
    """
    if not typed.strip():
        return None
    reading = read_date_phrase(typed)
    if reading.date is None:
        said = "is a status, not a date" if reading.status else "cannot be read as a date"
        raise CannotRead(
            f"“{typed.strip()}” {said}. Enter a date such as 30 September 2022, Autumn 2022 or by March 2023"
        )
    return reading.date


def typed_day(typed: str, what: str) -> date:
    """One exact day: "30 September 2022" or "30 9 2022".

    Raises:
        CannotRead: it is blank, not a day, or covers more than one.
    """
    parts = typed.replace("/", " ").replace("-", " ").split()
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        try:
            numbers = [int(part) for part in parts]
            year_first = len(parts[0]) == 4
            return _near(date(*numbers) if year_first else date(*reversed(numbers)))
        except ValueError:
            pass
    else:
        found = read_date_phrase(typed).date
        if found and found.earliest == found.latest:
            return found.earliest
    raise CannotRead(f"Enter {what} as one day, such as 30 September 2022")


def _near(day: date) -> date:
    """The day itself.

    Raises:
        ValueError: it is centuries away, so a figure was mistyped.
    """
    if not is_near(day):
        raise ValueError(f"{day} is centuries away")
    return day


def typed_days(typed: str) -> list[date]:
    """Exact days, one on each line or set apart by semicolons, in the order typed. A weekday before one is left out.

    Raises:
        CannotRead: one of them is no day; the message gives its words.
    """
    lines = [line.strip(" ,.\t") for line in re.split(r"[\n;]", typed)]
    return [typed_day(_WEEKDAY.sub("", line), f"“{line}”") for line in lines if line]


_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE)
