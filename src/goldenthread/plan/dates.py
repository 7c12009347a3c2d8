"""Dates as they were promised: the printed words, and the first and last day that they can mean.

A plan says "Autumn 2022", "By Sep 2023", "Late 2022". None of these is a day, and turning one into a day
changes the promise. A `PlanDate` therefore keeps the words, an EDTF value (ISO 8601-2:2019) and the civil
days (Europe/London) at both ends. TBC, Ongoing and Complete are not dates: see `date_phrases.DateReading`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from goldenthread.plan.days import day_words

FROZEN = ConfigDict(frozen=True, extra="forbid")


class Bound(StrEnum):
    """On which side a printed date is open: "By Sep 2023", "from June 2022"."""

    BY = "by"
    FROM = "from"


class Season(StrEnum):
    """A season of the year, as printed. EDTF writes them as months 21 to 24."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"

    @property
    def edtf_code(self) -> int:
        return 21 + list(Season).index(self)


Month = Annotated[int, Field(ge=1, le=12)]


class SeasonRules(BaseModel):
    """First and last month of each season, as one council uses the words.

    The defaults are the meteorological seasons of the Met Office. A season whose last month comes before its
    first runs into the next year: Winter 2022 is December 2022 to February 2023, which is also what EDTF
    means by 2022-24.
    """

    model_config = FROZEN

    spring: tuple[Month, Month] = (3, 5)
    summer: tuple[Month, Month] = (6, 8)
    autumn: tuple[Month, Month] = (9, 11)
    winter: tuple[Month, Month] = (12, 2)

    def months(self, season: Season) -> tuple[int, int]:
        months: tuple[int, int] = getattr(self, season.value)
        return months

    def crosses_new_year(self, season: Season) -> bool:
        first, last = self.months(season)
        return last < first

    def days(self, season: Season, year: int) -> tuple[date, date]:
        """First and last day of the season that begins in `year`."""
        first, last = self.months(season)
        return date(year, first, 1), month_end(year + self.crosses_new_year(season), last)


USUAL_SEASONS = SeasonRules()


class PlanDate(BaseModel):
    """A date as vague as it was promised.

    `earliest` and `latest` are the first and last day of the time that the words name. `bound` says that the
    promise is open on one side of it: "By Sep 2023" names September 2023 and may come sooner. `approximate`
    marks words that draw no sharp edge ("Late 2022", "Est. Dec 2022"). `recurs` is what follows the date
    ("quarterly", "ongoing"), `condition` what it hangs on ("linked to MTFP"). `inferred` marks a date that a
    person or a rule filled in where the document printed none.
    """

    model_config = FROZEN

    printed: str = Field(min_length=1, pattern=r"\S")
    edtf: str
    earliest: date
    latest: date
    approximate: bool = False
    bound: Bound | None = None
    recurs: str | None = None
    condition: str | None = None
    inferred: bool = False

    @classmethod
    def from_edtf(cls, edtf: str, printed: str, rules: SeasonRules = USUAL_SEASONS) -> Self:
        """The date that an EDTF value names. Raises ValueError if it is not EDTF, or has no first or last day."""
        earliest, latest = edtf_days(edtf, rules)
        return cls(printed=printed, edtf=edtf, earliest=earliest, latest=latest, approximate="~" in edtf)

    @classmethod
    def on(cls, day: date, printed: str | None = None) -> Self:
        """One exact day, printed in the GOV.UK way ("7 June 2022") unless the words are given."""
        return cls(printed=printed or day_words(day), edtf=day.isoformat(), earliest=day, latest=day)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.earliest > self.latest:
            raise ValueError(
                f"{self.printed!r}: its first day {self.earliest} is after its last day {self.latest}"
            )
        if not _allows(self.edtf, self.earliest, self.latest):
            raise ValueError(
                f"{self.printed!r}: EDTF {self.edtf} does not name the days {self.earliest} to {self.latest}"
            )
        if "~" in self.edtf and not self.approximate:
            raise ValueError(f"{self.printed!r}: EDTF {self.edtf} is approximate, so the date must say so")
        return self

    @property
    def has_last_day(self) -> bool:
        """False for "from June 2022" and "after June 2022": they open a period and say nothing of when it ends."""
        return self.bound is not Bound.FROM

    def is_late_on(self, day: date) -> bool:
        """Late from the day after `latest`: "Autumn 2022" is late on 1 December 2022. Never, if it has no last day."""
        return self.has_last_day and day > self.latest

    def is_before(self, other: PlanDate) -> bool:
        """Whether every day of this date comes before every day of the other."""
        return self.latest < other.earliest

    def overlaps(self, other: PlanDate) -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest

    def ends_after(self, other: PlanDate) -> bool:
        """Whether this date allows a day later than the other does: how a step is seen to run past its action."""
        return self.latest > other.latest

    def sort_key(self) -> tuple[date, date, str]:
        """Orders by last day, then first day: the order in which promises become late."""
        return self.latest, self.earliest, self.printed

    def follows(self, rules: SeasonRules) -> bool:
        """Whether the days are those that `rules` give, so that dates read under other season rules can be found."""
        return edtf_days(self.edtf, rules) == (self.earliest, self.latest)

    def with_inferred(self) -> Self:
        """The same date, marked as filled in rather than printed in its place."""
        return self.model_copy(update={"inferred": True})


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def edtf_days(edtf: str, rules: SeasonRules = USUAL_SEASONS) -> tuple[date, date]:
    """First and last day of an EDTF value, seasons by `rules`. Raises ValueError if it is not EDTF or has no end."""
    ends = edtf.split("/")
    if len(ends) > 2:
        raise ValueError(f"{edtf!r} is not an EDTF date: it has more than two ends")
    first, last = _plain_days(ends[0], rules), _plain_days(ends[-1], rules)
    if first is None or last is None:
        return _library_days(edtf)
    return first[0], last[1]


_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?~?")


def _plain_days(end: str, rules: SeasonRules) -> tuple[date, date] | None:
    """Year, month, day or season; None for any richer form.

    Plain forms are read here and not by the `edtf` library for two reasons: it takes about 4 ms for each, and
    it ends winter on 31 December. The tests hold both readings together for every other plain form.
    """
    if not (match := _PLAIN.fullmatch(end)):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is not None:
        return date(year, month, day), date(year, month, day)
    if 21 <= month <= 24 and "~" not in end:
        return rules.days(list(Season)[month - 21], year)
    return (date(year, month, 1), month_end(year, month)) if 1 <= month <= 12 else None


def _library_days(edtf: str) -> tuple[date, date]:
    from edtf import parse_edtf  # noqa: PLC0415  # 0.2 s to import, and seldom needed

    try:
        value = parse_edtf(edtf)
        low, high = value.lower_strict(), value.upper_strict()
        return date(low.tm_year, low.tm_mon, low.tm_mday), date(high.tm_year, high.tm_mon, high.tm_mday)
    except Exception as error:  # the library raises its own, pyparsing's and AttributeError for an open end
        raise ValueError(f"{edtf!r} is not an EDTF date with a first and a last day") from error


def _season_of(end: str) -> tuple[Season, int] | None:
    year, _, code = end.partition("-")
    return (list(Season)[int(code) - 21], int(year)) if code in {"21", "22", "23", "24"} else None


@lru_cache(maxsize=4096)  # a plan says the same dates many times, and is read many times
def _allows(edtf: str, earliest: date, latest: date) -> bool:
    """Whether the EDTF value names these days under some season rules: a council may have its own."""
    days = edtf_days(edtf)
    first, last = _season_of(edtf.split("/", maxsplit=1)[0]), _season_of(edtf.rsplit("/", maxsplit=1)[-1])
    begins = earliest == days[0] if first is None else earliest == date(first[1], earliest.month, 1)
    if last is None:
        return begins and latest == days[1]
    ends_a_month = latest == month_end(latest.year, latest.month)
    return begins and ends_a_month and latest.year in (last[1], last[1] + 1)
