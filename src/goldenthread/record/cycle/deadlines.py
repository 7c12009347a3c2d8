"""Reading the calendar of reports from the record: what is due before each meeting that is entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.cycle.settings import settings_of
from goldenthread.reporting.calendar import (
    Meeting,
    PreElection,
    ReportingCalendar,
    Terms,
    reporting_calendar,
    usual_election,
)


def calendar_of(
    council: UUID, *, on: date, elections: Sequence[PreElection] | None = None, cut_off: date | None = None
) -> ReportingCalendar:
    """The calendar of the council in scope. Two queries.

    Args:
        council: Whose settings say how long leads have to answer and how often they are asked.
        on: The day on which it is looked at.
        elections: The pre-election periods. None: those of ordinary elections in May of this year and the next.
        cut_off: A cut-off that is wished for.
    """
    settings = settings_of(council)
    terms = Terms(
        answers=settings.answer_working_days,
        months=settings.frequency.months,
        year_starts=settings.year_starts,
    )
    return reporting_calendar(
        [
            Meeting(str(each.id), each.name, each.held_on, each.title, each.cancelled)
            for each in meetings_of()
        ],
        on=on,
        terms=terms,
        elections=[usual_election(on.year), usual_election(on.year + 1)] if elections is None else elections,
        cut_off=cut_off,
    )
