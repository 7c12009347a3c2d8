"""Deadlines as logs print them: "next meeting", "June Board", "23-Mar", "Monthly ongoing", or in an action's words.

What gives no year takes that of the document, and is marked as inferred. What hangs on a meeting or on nobody's
calendar ("next meeting", "As soon as possible") is no date: the words are kept, and a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.plan.date_phrases import DateWord, read_date_phrase
from goldenthread.plan.dates import PlanDate, SeasonRules
from goldenthread.plan.days import MONTH_NAMES

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL_DATE = re.compile(
    rf"\b(?:{_DAY}\s+{_MONTH}\.?,?\s+\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_MONTH}\s+\d{{4}})\b",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    rf"\b(?:(?:early|mid|late|end(?: of)?)[- ])?(?:(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|satur"
    rf"|sun)(?:day)?\s+)?{_DAY}[\s-]+(?:of\s+)?)?"
    rf"{_MONTH}\b(?!\s*\d)",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(rf"\b({_DAY})[-\s]+({_MONTH})\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)
_CADENCE = re.compile(
    r"\b(weekly|fortnightly|monthly|quarterly|half[- ]yearly|annually|annual|regularly|daily)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?P<cue>(?:(?:by|before|prior to|in advance of|in time for|for|at)\s+)?(?:the |its "
    r"|our )?next(?: \w+)? (?:meeting|board|panel)\b)",
    re.IGNORECASE,
)
_NO_DATE = re.compile(
    r"^(?:a\.?s\.?a\.?p\.?|as soon as (?:possible|practicable)|immediate(?:ly)?|urgent(?:ly)?"
    r"|(?:for )?(?:the )?next(?: \w+)? "
    r"(?:meeting|board|panel)|end of (?:the )?(?:week|month|year)|next (?:week|month))\.?$",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    rf"(?P<due>\b(?:due|by|no later than|before|for|in)\s+(?:(?:the )?(?:end of )?)?(?:(?:early|mid|late)[- ])?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?(?:{_DAY}\s+)?{_MONTH}(?:\s+\d{{4}})?(?:\s+(?:meeting"
    rf"|board))?)\s*[.)]?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:by|before|in) the end of (?:the |this |next )?(?:week|month)|\b(?:early|late|by|in) next (?:week|month)\b",
    re.IGNORECASE,
)
_NOT_A_DEADLINE = re.compile(r"\b(?:discussed|schedule|scheduled|agenda|minutes|from)\b[^.]*$", re.IGNORECASE)
_ONGOING = re.compile(r"\bon-?going\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a deadline says: its words, its date if it is one, how it recurs, and what is to be asked about it."""

    printed: str
    date: PlanDate | None = None
    cadence: str | None = None
    ongoing: bool = False
    unread: str | None = None
    several: bool = False


def dates_in(text: str, seasons: SeasonRules) -> list[PlanDate]:
    """The full dates (with their year) that stand in running text, in printed order."""
    found = (read_date_phrase(match.group(), seasons).date for match in _FULL_DATE.finditer(text))
    return [day for day in found if day]


def read_deadline(text: str, near: date | None, seasons: SeasonRules) -> Deadline:
    """What the cell of a deadline says. `near` is a day of the document, from which a missing year is taken."""
    printed = " ".join(text.split())
    whole = read_date_phrase(printed, seasons)
    if whole.date:
        return Deadline(printed, whole.date, whole.date.recurs)
    if whole.status is DateWord.ONGOING:
        return Deadline(printed, cadence=whole.recurs, ongoing=True)
    if whole.status:
        return Deadline(printed)
    cadence = _CADENCE.search(printed)
    full = dates_in(printed, seasons)
    if _ONGOING.search(printed) and not full:
        return Deadline(printed, cadence=cadence.group().lower() if cadence else None, ongoing=True)
    if _NO_DATE.match(printed):
        return Deadline(printed, unread="It names no day.")
    dated = full or _without_year(printed, near, seasons)
    if dated:
        latest = max(dated, key=PlanDate.sort_key)
        return Deadline(
            printed,
            latest,
            cadence.group().lower() if cadence else None,
            bool(_ONGOING.search(printed)),
            several=len(dated) > 1,
        )
    if cadence:
        return Deadline(printed, cadence=cadence.group().lower(), ongoing=True)
    return Deadline(printed, unread=whole.reason)


def deadline_in_title(title: str, near: date | None, seasons: SeasonRules) -> Deadline | None:
    """The deadline that an action names in its own words: a date that ends a sentence, or the next meeting."""
    for sentence in re.split(r"(?<=[.;])\s+|\s+\[", title):
        found = _IN_TITLE.search(sentence)
        if found and "meeting for" not in sentence and not _NOT_A_DEADLINE.search(sentence[: found.start()]):
            return replace(read_deadline(found["due"], near, seasons), printed=found["due"])
        if (meeting := _MEETING.search(sentence)) and not _NOT_A_DEADLINE.search(sentence[: meeting.start()]):
            return Deadline(meeting["cue"].removeprefix("the "), unread="It names a meeting, and no day.")
        if relative := _RELATIVE.search(sentence):
            return Deadline(relative.group(), unread="It counts from a day that is not printed.")
    return None


def _without_year(printed: str, near: date | None, seasons: SeasonRules) -> list[PlanDate]:
    """The dates of a text that give no year, in the year that brings each nearest to the document's own day."""
    if near is None:
        return []
    found = []
    for match in _YEARLESS.finditer(printed):
        words = _WEEKDAY.sub("", match.group())
        words = _DAY_AND_MONTH.sub(r"\1 \2", words)
        years = (
            read_date_phrase(f"{words} {year}", seasons).date
            for year in (near.year - 1, near.year, near.year + 1)
        )
        dates = [day for day in years if day]
        if dates:
            nearest = min(dates, key=lambda day: (abs((day.earliest - near).days), day.earliest))
            bound = read_date_phrase(
                f"{_cue(printed, match.start())} {words} {nearest.earliest.year}", seasons
            ).date
            found.append((bound or nearest).model_copy(update={"printed": printed, "inferred": True}))
    return found


def _cue(printed: str, start: int) -> str:
    """The "by" or "from" that stands before a date."""
    found = re.search(r"\b(by|from|before|after)\s+$", printed[:start], re.IGNORECASE)
    return found[1] if found else ""


def month_name(day: date) -> str:
    """ "March 2011": how a question names the day from which a year was taken."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"
