"""The calendar of reports as rows of a table, by day and by meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.reporting.calendar import ReportingCalendar, Step

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the calendar with what is due on it. The shown day has a row of its own, even with nothing due."""

    day: date
    weekday: str
    words: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its days; None where its body needs no such step."""

    body: str
    held_on: date
    title: str
    notice: date | None
    cut_off: date
    answers: date
    draft: date
    cleared: date | None
    published: date
    is_next: bool


def day_rows(calendar: ReportingCalendar) -> list[DayRow]:
    """From the shown day on, the soonest first."""
    due: dict[date, list[str]] = {calendar.on: []}
    for each in calendar.days:
        if each.day >= calendar.on:
            due.setdefault(each.day, []).append(each.words)
    return [
        DayRow(day, WEEKDAYS[day.weekday()], tuple(words), day == calendar.on)
        for day, words in sorted(due.items())
    ]


def meeting_rows(calendar: ReportingCalendar) -> list[MeetingRow]:
    """Meetings from the shown day on, the soonest first."""
    plans = [plan for plan in calendar.plans if plan.meeting.held_on >= calendar.on]
    return [
        MeetingRow(
            body=plan.meeting.body,
            held_on=plan.meeting.held_on,
            title=plan.meeting.title,
            notice=plan.day(Step.NOTICE),
            cut_off=plan.cut_off,
            answers=plan.days[Step.ANSWERS],
            draft=plan.days[Step.DRAFT],
            cleared=plan.day(Step.CLEARED),
            published=plan.published,
            is_next=number == 0,
        )
        for number, plan in enumerate(plans)
    ]
