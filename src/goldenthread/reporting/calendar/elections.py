"""The pre-election period: from the notice of an election to polling day.

It restrains what a council publishes (section 2 of the Local Government Act 1986 and the Code of Recommended Practice
on Local Authority Publicity of 2011). It does not forbid meetings, nor the reports that the law requires for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.days import day_words
from goldenthread.plan.working_days import working_days_before

NOTICE_DAYS = 25
THURSDAY = 3


@dataclass(frozen=True, slots=True, order=True)
class PreElection:
    """One pre-election period, from the day of the notice to polling day, both included."""

    starts_on: date
    polling_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.polling_on

    def __str__(self) -> str:
        return f"{day_words(self.starts_on)} to {day_words(self.polling_on)}"


def usual_election(year: int) -> PreElection:
    """That of the ordinary elections of a year, where a council has them.

    Polling is on the first Thursday in May (section 37 of the Representation of the People Act 1983, unless an order
    moves it). The notice is given on the 25th working day before it at the latest (Schedule 2 to the Local Elections
    (Principal Areas) (England and Wales) Rules 2006); many councils give it some days sooner.
    """
    first = date(year, 5, 1)
    polling = first + timedelta(days=(THURSDAY - first.weekday()) % 7)
    return PreElection(working_days_before(polling, NOTICE_DAYS), polling)
