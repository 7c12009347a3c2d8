"""From lexemes to a span of days.

    span   = "between" end "and" end | end joiner end | end
    joiner = "-" | "/" | "to" | "and"            ("and" only where the first end takes its year from the second)
    end    = part [joiner part] unit             early/mid 2022
           | [part] unit                         where an end without its year or month takes it from the second end
    unit   = number month year | month number year | month year | season ["term"] year
           | "Q" number year | "H" number year | year | numeric date | year-month
    year   = four digits | apostrophe and two digits | two digits, after a month, season, quarter or half
           | 2023/24 | 2023-24 | 23/24, with or without "financial year" ("FY"), "academic year" ...

A unit takes the longest run of lexemes that it can. What looks like a date and is none (31 February, Q3
without its kind of year) is a `Problem`, which is kept and never cut down to the part of it that could be
read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldenthread.plan import date_periods as periods
from goldenthread.plan.date_periods import Period, Problem
from goldenthread.plan.date_units import YEARS, Tokens, Unit, Year, ends_at
from goldenthread.plan.date_words import Lexeme, Little, Match, Stretch, YearKind, keyword_at
from goldenthread.plan.dates import Season, SeasonRules


def span_at(found: Tokens, place: int, rules: SeasonRules) -> Match[Period | Problem] | None:
    """The longest span that begins at this lexeme."""
    opener = keyword_at(found, place)
    between = opener is not None and opener.value is Little.BETWEEN
    start = opener.end if between and opener else place
    best: Match[Period | Problem] | None = None
    for first in ends_at(found, start):
        if first.value.year is not None and not between:
            best = _longer(best, Match(_days_of(first.value, rules), first.end))
        joiner = _joiner_at(found, first.end, borrowing=between or first.value.year is None)
        if joiner is None:
            continue
        for last in ends_at(found, joiner):
            if last.value.year is not None and _can_range(found, first.value, last.value, joiner):
                best = _longer(best, Match(_range(first.value, last.value, rules), last.end))
    return best


def unfinished_at(found: Tokens, place: int) -> Match[Problem] | None:
    """A month, season, quarter or day that gives no year."""
    whole = [end for end in ends_at(found, place) if end.value.year is None and end.value.has_stem]
    if not whole:
        return None
    return Match(Problem("It gives no year."), max(end.end for end in whole))


def _longer(best: Match[Period | Problem] | None, other: Match[Period | Problem]) -> Match[Period | Problem]:
    return other if best is None or other.end > best.end else best


def _joiner_at(found: Tokens, place: int, *, borrowing: bool) -> int | None:
    match = keyword_at(found, place)
    if match is not None and (match.value is Little.TO or (match.value is Little.AND and borrowing)):
        return match.end
    return place + 1 if place < len(found) and found[place].kind is Lexeme.JOINT else None


def _can_range(found: Tokens, first: Unit, last: Unit, joiner: int) -> bool:
    """Whether the ends go together: "1-5 June 2022" and "early/mid 2022", but not "1 - June 2022" or "Jun-22"."""
    if first.year is not None:
        return True
    if not first.has_stem:
        return last.day is not None if first.part is None else last.part is not None
    before, after = found[joiner - 1], found[joiner]
    tight = before.kind is Lexeme.JOINT and before.touches(found[joiner - 2]) and after.touches(before)
    return not (tight and after.kind is Lexeme.NUMBER)


def _range(first: Unit, last: Unit, rules: SeasonRules) -> Period | Problem:
    begins, ends = _days_of(first.completed_from(last), rules), _days_of(last, rules)
    if isinstance(begins, Period) and isinstance(ends, Period):
        borrowed = first.year is None and last.year is not None and not last.year.pair
        if begins.earliest > ends.earliest and borrowed and last.year and first.has_stem:
            earlier = replace(last, year=replace(last.year, first=last.year.first - 1))  # "Dec - Feb 2023"
            begins = _days_of(first.completed_from(earlier), rules)
    if isinstance(begins, Problem):
        return begins
    return ends if isinstance(ends, Problem) else periods.join(begins, ends)


def _days_of(unit: Unit, rules: SeasonRules) -> Period | Problem:
    if unit.wrong is not None:
        return Problem(unit.wrong)
    try:
        whole = _whole(unit, rules)
    except (ValueError, OverflowError):
        return Problem("There is no such day in the calendar.")
    if isinstance(whole, Problem) or unit.part is None:
        return whole
    return periods.part_of(unit.part, whole)


def _whole(unit: Unit, rules: SeasonRules) -> Period | Problem:
    if unit.year is None:
        return Problem("It gives no year.")
    year, kind = unit.year.first, unit.year.kind or YearKind.FINANCIAL
    if year not in YEARS:
        return Problem("It gives a year that no plan of today could mean.")
    if unit.stretch in {Stretch.QUARTER, Stretch.HALF} and unit.stretch is not None:
        if not unit.year.pair:
            return Problem(
                "It does not say whether the year is a calendar or a financial one, such as 2023/24."
            )
        return periods.stretch(unit.stretch, unit.number or 0, year, kind)
    if unit.season is not None:
        return _season(unit.season, unit.year, unit.stretch is Stretch.TERM, rules)
    if unit.year.pair and unit.month is not None:
        return Problem("It gives two years for one month.")
    if unit.year.pair:
        return periods.split_year(year, kind)
    if unit.month is None:
        return periods.calendar_year(year)
    return (
        periods.months(year, unit.month)
        if unit.day is None
        else periods.day(date(year, unit.month, unit.day))
    )


def _season(season: Season, year: Year, is_term: bool, rules: SeasonRules) -> Period | Problem:
    """Of one year or of two: Autumn 2022/23 begins in 2022, and so does Winter where it runs into the new year."""
    if is_term:
        return periods.term(season, year.first + (year.pair and season is not Season.AUTUMN))
    if not year.pair or season is Season.AUTUMN:
        return periods.season(season, year.first, rules)
    if season is Season.WINTER:
        return periods.season(season, year.first + (not rules.crosses_new_year(season)), rules)
    return Problem(f"It does not say in which of the two years the {season.value} falls.")
