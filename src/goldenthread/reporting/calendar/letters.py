"""The six-monthly letter to the Secretary of State: when it is due, and which Cabinet can agree it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.plan.days import MONTH_NAMES
from goldenthread.plan.working_days import ONE_DAY, is_working_day, working_days_before
from goldenthread.reporting.calendar.bodies import Part
from goldenthread.reporting.calendar.planning import BackPlan

MONTHS = (6, 12)
"""A council that owes the letter sends it in June and December."""
AHEAD = 2


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the last day for it. `cabinet` None: no Cabinet is entered that could agree it."""

    due_on: date
    cabinet: BackPlan | None

    @property
    def month_words(self) -> str:
        """The month in which it goes: "December 2022"."""
        return f"{MONTH_NAMES[self.due_on.month - 1]} {self.due_on.year}"


def letters_ahead(on: date, plans: Sequence[BackPlan]) -> tuple[Letter, ...]:
    """The next letters, due on the last working day of their month."""
    due = [_last_working_day(year, month) for year in (on.year, on.year + 1) for month in MONTHS]
    return tuple(Letter(day, _cabinet(day, plans)) for day in [day for day in due if day >= on][:AHEAD])


def _last_working_day(year: int, month: int) -> date:
    last = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
    return last if is_working_day(last) else working_days_before(last, 1)


def _cabinet(due: date, plans: Sequence[BackPlan]) -> BackPlan | None:
    """The last Cabinet of the quarter in which a letter is due, on that day at the latest: its figures are fresh."""
    since = date(due.year, due.month - 2, 1)
    cabinets = [plan for plan in plans if plan.meeting.part is Part.CABINET]
    return next((plan for plan in reversed(cabinets) if since <= plan.meeting.held_on <= due), None)
