"""Months, rounds of months and working days: the arithmetic of the reporting cycle. No clock and no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from goldenthread.plan.working_days import ONE_DAY, is_working_day, working_days_after
from goldenthread.record.cycle.settings import Frequency

__all__ = ["Month", "Round", "due_day", "is_working_day", "months_between", "round_of", "working_days_after"]

FINANCIAL_YEAR = 4
"""The month in which the years of English councils begin: rounds of three and six months are counted from it."""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day is."""
        return cls(day.year, day.month)

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def ends_on(self) -> date:
        """Its last day, which is the cut-off."""
        return self.later(1).starts_on - ONE_DAY

    def later(self, months: int) -> Month:
        """The month so many months on; back, if negative."""
        return Month.of(self.starts_on + relativedelta(months=months))

    def __str__(self) -> str:
        return f"{self.starts_on:%B %Y}"


@dataclass(frozen=True)
class Round:
    """Months in a row that are reported together; its cut-off is that of the last of them."""

    months: tuple[Month, ...]

    @property
    def starts_on(self) -> date:
        """The first day."""
        return self.months[0].starts_on

    @property
    def ends_on(self) -> date:
        """The cut-off."""
        return self.months[-1].ends_on

    def ends_with(self, month: Month) -> bool:
        """Whether this month completes the round, so that leads are asked in it."""
        return month == self.months[-1]


def round_of(month: Month, frequency: Frequency, year_starts: int = FINANCIAL_YEAR) -> Round:
    """The round that a month belongs to.

    Args:
        frequency: How long a round is.
        year_starts: The number of the month with which years, and so the first round of each, begin.
    """
    place = (month.number - year_starts) % 12 % frequency.months
    first = month.later(-place)
    return Round(tuple(first.later(number) for number in range(frequency.months)))


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last, both included."""
    month = first
    while month <= last:
        yield month
        month = month.later(1)


def due_day(cut_off: date, answer_working_days: int) -> date:
    """The day by which leads are to answer who are asked on the cut-off."""
    return working_days_after(cut_off, answer_working_days)
