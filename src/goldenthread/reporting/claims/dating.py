"""The dates that a sentence gives, with the year that the reporting period lends to those without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import USUAL_SEASONS, SeasonRules
from goldenthread.plan.days import MONTH_NAMES

_MONTH = "|".join(name.capitalize() for name in MONTH_NAMES)
_SEASON = "[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter"
_DATE = re.compile(
    rf"\b(?:(?P<lead>[Ss]ince|[Ff]rom|[Bb]y|[Bb]efore|[Uu]ntil|[Aa]fter|[Tt]his|[Ll]ast|[Ii]n|[Dd]uring|[Oo]n|"
    rf"[Oo]f|[Ee]nd of)"
    r"\s+(?:the\s+)?)?"
    r"(?P<part>(?:[Ee]arly|[Mm]id|[Ll]ate|(?:the )?[Ee]nd of)[\s-]+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"(?:(?P<month>{_MONTH})|(?P<season>{_SEASON}))\b(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?"
)
_YEAR = re.compile(
    r"\b(?:in|during|since|by)\s+(?P<year>20\d\d)(?:\s?[/–-]\s?(?P<to>\d\d(?:\d\d)?))?\b", re.IGNORECASE
)
_PAST_MONTHS = re.compile(
    r"\b(?:over|in|during|within) the (?:last|past) (?P<number>\d+|two|three|four|five|six|nine|twelve) months\b",
    re.IGNORECASE,
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12}
_CORRESPONDENCE = re.compile(
    r"(?:letter|letters|wrote|written|write|reported|told|informed|advised)(?: to you)?(?: (?:dated|of|in|on))?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """When a sentence says that something happened or is to happen: its first and last day, and where it stands."""

    words: str
    earliest: date
    latest: date
    start: int
    end: int


def dates_in(text: str, until: date, seasons: SeasonRules = USUAL_SEASONS) -> tuple[Told, ...]:
    """The dates of a sentence in order. Those of earlier letters ("as we reported to you in December") are left out.

    A month or season without a year is the latest that had begun by `until`; "since December" runs from then to
    `until`.
    """
    found = [_told(match, until, seasons) for match in _DATE.finditer(text) if _is_date(match, text)]
    found += [_year(match, until) for match in _YEAR.finditer(text)]
    found += [_months(match, until) for match in _PAST_MONTHS.finditer(text)]
    return tuple(sorted((told for told in found if told), key=lambda told: told.start))


def _is_date(match: re.Match[str], text: str) -> bool:
    """Whether it is a time that is told: no verb "may", no earlier letter's date, no season of no year."""
    led = bool(match["lead"] or match["year"] or match["part"])
    verb = match["month"] in ("May", "March") and not (led or match["day"])
    leading = match.end("lead") if match["lead"] else match.start()
    spoken_of = _CORRESPONDENCE.search(text[: match.start()]) or _CORRESPONDENCE.search(text[:leading])
    return not (verb or spoken_of or (match["season"] and not led))


def _told(match: re.Match[str], until: date, seasons: SeasonRules) -> Told | None:
    named = (match["month"] or match["season"]).capitalize()
    year = int(match["year"]) if match["year"] else until.year
    last_time = (match["lead"] or "").lower() == "last" and not match["year"]
    for tried in (year, year - 1):
        words = " ".join(
            part for part in ((match["part"] or "").strip(), match["day"] or "", named, str(tried)) if part
        )
        read = read_date_phrase(words, seasons).date
        if read is None:
            return None
        begun = read.earliest <= until and not (last_time and read.latest >= until)
        if match["year"] or begun:
            return _bounded(match, read.earliest, read.latest, until)
    return None


def _bounded(match: re.Match[str], earliest: date, latest: date, until: date) -> Told:
    lead = (match["lead"] or "").lower()
    words = match[0].strip()
    if lead in ("since", "after", "from"):
        return Told(words, earliest, max(until, latest), *match.span())
    if lead in ("by", "before", "until"):
        return Told(words, min(date.min + timedelta(days=1), earliest), latest, *match.span())
    return Told(words, earliest, latest, *match.span())


def _year(match: re.Match[str], until: date) -> Told:
    year = int(match["year"])
    first, last = (
        (date(year, 4, 1), date(year + 1, 3, 31)) if match["to"] else (date(year, 1, 1), date(year, 12, 31))
    )
    if match[0].lower().startswith("since"):
        last = max(last, until)
    return Told(match[0], first, last, *match.span())


def _months(match: re.Match[str], until: date) -> Told:
    number = _NUMBERS.get(match["number"].lower()) or int(match["number"])
    return Told(match[0], until - timedelta(days=round(number * 365.25 / 12)), until, *match.span())
