"""Units of dates as printed: a day, month, season, quarter or year, before the days that it names are known.

The grammar is in `date_grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from goldenthread.plan.dates import Season

Tokens = Sequence[Token]
YEARS = range(1950, 2150)  # what a plan of today, or the reviews behind it, could mean


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


def ends_at(found: Tokens, place: int) -> Iterator[Match[Unit]]:
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
        is_month = sizes in {(4, 2), (2, 4), (1, 4)} and 1 <= month_token.number <= 12
        if year is not None and is_month and _pair_at(found, place, certain=False) is None:
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
