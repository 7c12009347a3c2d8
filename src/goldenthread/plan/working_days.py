"""Working days of councils in England: Monday to Friday without bank holidays.

Bank holidays are those that section 1 and Schedule 1 of the Banking and Financial Dealings Act 1971 and royal
proclamations give.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices of councils in England are open."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The day that many working days after a day, which does not count itself."""
    while count:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_before(day: date, count: int) -> date:
    """The day that many working days before a day, which does not count itself."""
    while count:
        day -= ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_from(first: date, last: date) -> int:
    """How many working days come after the first day, up to the last and with it; 0 where it is not later."""
    days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
