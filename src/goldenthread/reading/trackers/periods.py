"""Columns that each stand for a month or a quarter: marks say when something is to be done, ratings how it stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate, SeasonRules
from goldenthread.reading.fields import Field

_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_PERIOD = re.compile(
    rf"^(?:(?P<month>{_MONTH})|(?P<quarter>q(?:uarter\s*)?[1-4]))"
    r"(?P<year>[\s-]*['’]?\d{2,4}(?:\s*[/–-]\s*\d{2,4})?)?$",
    re.IGNORECASE,
)
_RATING_WORDS = re.compile(r"\s*\(?\bb?ragb?\b\)?(?:\s+(?:rating|status))?", re.IGNORECASE)
_MARK = re.compile(r"^(?:x|y|yes|[✓✔■█▓●•*])+$", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"\b(20\d\d)\s*[/–-]\s*(?:20)?(\d\d)\b")
_MONTHS_OF_THE_NEXT_YEAR = ("jan", "feb", "mar")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Schedule:
    """The marked months or quarters as printed, and the first and the last of them where their year is known."""

    printed: str
    start: PlanDate | None
    end: PlanDate | None


def period_of(heading: str) -> str | None:
    """The month or quarter that a heading names ("Q1 2022/23 RAG" is "Q1 2022/23"); None when it names none."""
    words = _RATING_WORDS.sub("", heading).strip(" :")
    return words if _PERIOD.match(words) else None


def period_places(headings: Sequence[str], fields: Sequence[Field]) -> tuple[int, ...]:
    """The numbers of the columns that are periods; one alone is none."""
    found = tuple(
        number
        for number, (heading, field) in enumerate(zip(headings, fields, strict=True))
        if field in (Field.OTHER, Field.RAG) and period_of(heading)
    )
    return found if len(found) >= _FEWEST else ()


def is_mark(text: str) -> bool:
    """Whether a cell is only marked: with a cross, a tick or a block."""
    return bool(_MARK.match(text.strip()))


def financial_year(text: str) -> int | None:
    """The year in which the one financial year that a text names begins: 2010 of "2010/11"."""
    found = {
        int(first) for first, last in _FINANCIAL_YEAR.findall(text) if (int(first) + 1) % 100 == int(last)
    }
    return found.pop() if len(found) == 1 else None


def day_of(period: str, year: int | None, seasons: SeasonRules) -> PlanDate | None:
    """A period as a date. Without a year of its own it lies in the financial year that begins in `year`."""
    if not (found := _PERIOD.match(period)):
        return None
    if found["year"]:
        return read_date_phrase(period, seasons).date
    if year is None:
        return None
    if found["quarter"]:
        day = read_date_phrase(f"Q{period[-1]} {year}/{(year + 1) % 100:02}", seasons).date
    else:
        later = period.lower().startswith(_MONTHS_OF_THE_NEXT_YEAR)
        day = read_date_phrase(f"{period} {year + later}", seasons).date
    return day.model_copy(update={"printed": period, "inferred": True}) if day else None


def schedule_of(
    marked: Sequence[str], year: int | None, seasons: SeasonRules, *, apart: bool
) -> Schedule | None:
    """What the marked periods of a row, in printed order, say of its start and its end.

    Marks that stand `apart` may as well be several days as one stretch of time: they make no date.
    """
    if not marked:
        return None
    if apart:
        return Schedule(", ".join(marked), None, None)
    first, last = (day_of(period, year, seasons) for period in (marked[0], marked[-1]))
    return Schedule(", ".join(marked), first, last)
