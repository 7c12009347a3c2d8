"""From lexemes to a span of days.

    span   = "between" end "and" end | end joiner end | end
    joiner = "-" | "/" | "to" | "and"            (before "and", the first end must borrow from the second: "May and June 2022")
    end    = part [joiner part] unit             early/mid 2022
           | [part] unit                         where an end without its year or month takes it from the second end
    unit   = number month year | month number year | month year | season ["term"] year
           | "Q" number year | "H" number year | year | numeric date | year-month
    year   = four digits | apostrophe and two digits | two digits, after a month, season, quarter or half
           | 2023/24 | 2023-24 | 23/24, with or without "financial year" ("FY"), "academic year", "municipal year"

A unit takes the longest run of lexemes that it can. What looks like a date and is none (31 February, Q3 without its kind of year)
is a `Problem`, which is kept and never cut down to the part of it that could be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.plan import date_periods as periods
from goldenthread.plan.date_periods import Period, Problem
from goldenthread.plan.date_words import (
    Lexeme,
    Little,
    Match,
    MonthName,
    Part,
    Stretch,
    Token,
    YearKind,
    keyword_at,
)
from goldenthread.plan.dates import Season, SeasonRules

Tokens = Sequence[Token]
YEARS = range(1950, 2150)


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year, or one written as two (2023/24)."""

    first: int
    pair: bool = False
    kind: YearKind | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, before its days are known. Whatever is None was not printed."""

    year: Year | None = None
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    stretch: Stretch | None = None
    number: int | None = None
    part: Part | None = None
    wrong: str | None = None

    @property
    def has_stem(self) -> bool:
        return self.month is not None or self.season is not None or self.stretch is not None

    def completed_from(self, other: Unit) -> Unit:
        """Takes from the second end of a range what the first left out: "1-5 June 2022", "July-Sept 2022"."""
        if self.year is not None:
            return self
        if self.has_stem:
            return replace(self, year=other.year)
        return replace(other, part=self.part, day=self.day)


def span_at(found: Tokens, place: int, rules: SeasonRules) -> Match[Period | Problem] | None:
    """The longest span that begins at this lexeme."""
    opener = keyword_at(found, place)
    between = opener is not None and opener.value is Little.BETWEEN
    start = opener.end if between and opener else place
    best: Match[Period | Problem] | None = None
    for first in _ends(found, start):
        if first.value.year is not None and not between:
            best = _longer(best, Match(_days_of(first.value, rules), first.end))
        joiner = _joiner_at(found, first.end, borrowing=between or first.value.year is None)
        if joiner is None:
            continue
        for last in _ends(found, joiner):
            if last.value.year is not None and _can_range(found, first.value, last.value, joiner):
                best = _longer(best, Match(_range(first.value, last.value, rules), last.end))
    return best


def unfinished_at(found: Tokens, place: int) -> Match[Problem] | None:
    """A month, season, quarter or day that gives no year."""
    whole = [end for end in _ends(found, place) if end.value.year is None and end.value.has_stem]
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
    """Whether the ends go together: "1-5 June 2022" and "early/mid 2022", but not "1 - June 2022", nor the dash of "Jun-22"."""
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


def _ends(found: Tokens, place: int) -> Iterator[Match[Unit]]:
    """Every way to read an end of a range here; some lack a year or a month, to be taken from the other end."""
    match = keyword_at(found, place)
    if match is not None and isinstance(match.value, Part):
        after = _skip(found, match.end, "-", Little.OF, Little.THE)
        yield Match(Unit(part=match.value), match.end)
        for unit in _units(found, after):
            if unit.value.year is not None or unit.value.has_stem:
                yield Match(replace(unit.value, part=match.value), unit.end)
        return
    yield from _units(found, _skip(found, place, Little.THE))


def _units(found: Tokens, place: int) -> Iterator[Match[Unit]]:
    if place >= len(found):
        return
    yield from _numeric(found, place)
    if found[place].kind is Lexeme.NUMBER and 1 <= found[place].number <= 31:
        yield Match(Unit(day=found[place].number), place + 1)
    if (year := _year_at(found, place)) is not None:
        yield year
        if year.value.year and year.value.year.pair:  # "2023/24 Q3"
            for stem in _stems(found, year.end):
                if stem.value.stretch in {Stretch.QUARTER, Stretch.HALF}:
                    yield Match(replace(stem.value, year=year.value.year), stem.end)
    for stem in _stems(found, place):
        yield stem
        after = _skip(found, stem.end, "-", ",", Little.OF, Little.IN)
        if (year := _year_at(found, after, after_stem=True)) is not None:
            yield Match(replace(stem.value, year=year.value.year, wrong=year.value.wrong), year.end)


def _stems(found: Tokens, place: int) -> Iterator[Match[Unit]]:
    """A month with or without its day, a season, term, quarter or half."""
    if place >= len(found):
        return
    if found[place].kind is Lexeme.NUMBER:
        if found[place].number > 99:
            return
        month = keyword_at(found, _skip(found, place + 1, "-", Little.OF))
        if month is not None and isinstance(month.value, MonthName):
            yield Match(Unit(day=found[place].number, month=month.value.number), month.end)
        return
    match = keyword_at(found, place)
    if match is None:
        return
    after = found[match.end] if match.end < len(found) else None
    if isinstance(match.value, MonthName):
        yield Match(Unit(month=match.value.number), match.end)
        if after is not None and after.kind is Lexeme.NUMBER and after.number < 100:
            yield Match(Unit(day=after.number, month=match.value.number), match.end + 1)
    elif isinstance(match.value, Season):
        yield Match(Unit(season=match.value), match.end)
        of = keyword_at(found, match.end)
        if of is not None and of.value is Stretch.TERM:
            yield Match(Unit(season=match.value, stretch=Stretch.TERM), of.end)
    elif (
        isinstance(match.value, Stretch)
        and after is not None
        and after.kind is Lexeme.NUMBER
        and after.number < 10
    ):
        yield Match(Unit(stretch=match.value, number=after.number), match.end + 1)


def _year_at(found: Tokens, place: int, *, after_stem: bool = False) -> Match[Unit] | None:
    """A calendar year, or a pair of them with or without the name of its kind."""
    named = keyword_at(found, place)
    kind = named.value if named is not None and isinstance(named.value, YearKind) else None
    start = named.end if named is not None and kind is not None else place
    if (pair := _pair_at(found, start, certain=after_stem or kind is not None)) is not None:
        return Match(
            replace(pair.value, year=pair.value.year and replace(pair.value.year, kind=kind)), pair.end
        )
    year = _single_year(found[start], after_stem=after_stem) if start < len(found) else None
    if year is None:
        return None
    wrong = None if kind is None else "It gives one year where this kind of year needs two, such as 2023/24."
    return Match(Unit(year=Year(year, kind=kind), wrong=wrong), start + 1)


def _single_year(token: Token, *, after_stem: bool) -> int | None:
    """Four digits, '22, or the two digits of "Jun 22": this century."""
    if token.kind is Lexeme.SHORT_YEAR:
        return 2000 + token.number
    if token.kind is not Lexeme.NUMBER or not token.text.isdigit():
        return None
    if len(token.text) == 4:
        return token.number if token.number in YEARS else None
    return 2000 + token.number if after_stem and len(token.text) == 2 and token.number >= 10 else None


def _pair_at(found: Tokens, place: int, *, certain: bool) -> Match[Unit] | None:
    """2023/24, 2023-24, 2023/2024, 23/24: two years that follow each other. 2022-06 is June 2022."""
    run = found[place : place + 3]
    if (
        len(run) < 3
        or run[1].kind is not Lexeme.JOINT
        or not (run[1].touches(run[0]) and run[2].touches(run[1]))
    ):
        return None
    first, second = (run[0].text.lstrip("'’‘"), run[2].text)
    if not (first.isdigit() and second.isdigit() and len(first) in {2, 4} and len(second) in {2, 4}):
        return None
    year = int(first) if len(first) == 4 else 2000 + int(first)
    follows = int(second) == (year + 1 if len(second) == 4 else (year + 1) % 100)
    if year not in YEARS or not follows or (len(first) == 2 and int(first) < 13 and not certain):
        return None
    month_too = (
        len(first) == 4 and len(second) == 2 and run[1].key == "-" and int(second) <= 12 and not certain
    )
    wrong = "It could be a month or a financial year." if month_too else None
    return Match(Unit(year=Year(year, pair=True), wrong=wrong), place + 3)


def _numeric(found: Tokens, place: int) -> Iterator[Match[Unit]]:
    """07/06/2022 and 7.6.22 (day first, always), 2022-06-07, 2022-06 and 06/2022."""
    if found[place].kind is Lexeme.NUMERIC:
        one, two, three = re.split(r"[/.-]", found[place].text)
        year, month, day = (one, two, three) if len(one) == 4 else (three, two, one)
        full_year = int(year) if len(year) == 4 else 2000 + int(year)
        yield Match(Unit(year=Year(full_year), month=int(month), day=int(day)), place + 1)
    run = found[place : place + 3]
    if (
        len(run) < 3
        or run[1].kind is not Lexeme.JOINT
        or not (run[1].touches(run[0]) and run[2].touches(run[1]))
    ):
        return
    if run[0].kind is Lexeme.NUMBER and run[2].kind is Lexeme.NUMBER:
        sizes = len(run[0].text), len(run[2].text)
        year_token, month_token = (run[0], run[2]) if sizes == (4, 2) else (run[2], run[0])
        year = _single_year(year_token, after_stem=False)
        if sizes in {(4, 2), (2, 4), (1, 4)} and year is not None and 1 <= month_token.number <= 12:
            if _pair_at(found, place, certain=False) is None:
                yield Match(Unit(year=Year(year), month=month_token.number), place + 3)


def _skip(found: Tokens, place: int, *small: str | Little) -> int:
    """Steps over small words and marks that may stand between the parts of a unit, in the order given."""
    for one in small:
        if isinstance(one, Little):
            match = keyword_at(found, place)
            place = match.end if match is not None and match.value is one else place
        elif (
            place < len(found)
            and found[place].key == one
            and (one != "-" or found[place].touches(found[place - 1]))
        ):
            place += 1  # the dash of "mid-2022" and "Jun-22", not that of "1 - June 2022"
    return place


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
    """Of a year or of two: Winter 2022/23 begins in 2022 where winter runs into the new year, Autumn 2022/23 always does."""
    if is_term:
        return periods.term(season, year.first + (year.pair and season is not Season.AUTUMN))
    if not year.pair or season is Season.AUTUMN:
        return periods.season(season, year.first, rules)
    if season is Season.WINTER:
        return periods.season(season, year.first + (not rules.crosses_new_year(season)), rules)
    return Problem(f"It does not say in which of the two years the {season.value} falls.")
