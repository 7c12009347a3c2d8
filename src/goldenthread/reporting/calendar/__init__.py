"""From the days on which bodies meet to every day before them: cut-off, draft, clearance, publication, notices."""

from goldenthread.reporting.calendar.bodies import Meeting, Part, part_of
from goldenthread.reporting.calendar.days import CalendarDay, ReportingCalendar, reporting_calendar
from goldenthread.reporting.calendar.elections import PreElection, usual_election
from goldenthread.reporting.calendar.planning import BackPlan, Step, Terms, back_plan, earliest_meeting
from goldenthread.reporting.calendar.warnings import CalendarWarning

__all__ = [
    "BackPlan",
    "CalendarDay",
    "CalendarWarning",
    "Meeting",
    "Part",
    "PreElection",
    "ReportingCalendar",
    "Step",
    "Terms",
    "back_plan",
    "earliest_meeting",
    "part_of",
    "reporting_calendar",
    "usual_election",
]
