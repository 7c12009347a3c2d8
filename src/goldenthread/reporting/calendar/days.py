"""The whole calendar: every day on which something is due, in words, with what cannot work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.days import day_words
from goldenthread.reporting.calendar.bodies import Meeting, Part
from goldenthread.reporting.calendar.elections import PreElection
from goldenthread.reporting.calendar.letters import Letter, letters_ahead
from goldenthread.reporting.calendar.planning import USUAL, BackPlan, Step, Terms
from goldenthread.reporting.calendar.rounds import Commenting, plan_rounds
from goldenthread.reporting.calendar.warnings import CalendarWarning, warnings_of

KEPT_DAYS = timedelta(days=31)
"""So long a meeting stays in the calendar after it was held."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Something that is due or happens on a day. `key` stays the same when the day moves."""

    day: date
    step: Step
    words: str
    key: str
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class ReportingCalendar:
    """What is due, by day; the back-plan of each meeting; what does not work; meetings that were cancelled."""

    on: date
    days: tuple[CalendarDay, ...]
    plans: tuple[BackPlan, ...]
    warnings: tuple[CalendarWarning, ...]
    cancelled: tuple[Meeting, ...]
    elections: tuple[PreElection, ...] = ()


def reporting_calendar(
    meetings: Sequence[Meeting],
    *,
    on: date,
    terms: Terms = USUAL,
    elections: Sequence[PreElection] = (),
    cut_off: date | None = None,
) -> ReportingCalendar:
    """The calendar as somebody sees it on a day.

    Args:
        meetings: All that are entered, cancelled ones too.
        on: The day on which it is looked at. Meetings held more than a month before are left out.
        terms: How long each step takes.
        elections: The pre-election periods to keep in mind.
        cut_off: A cut-off that is wished for: warnings say which meetings its report would miss, and by how much.
    """
    everything, comments = plan_rounds(meetings, terms)
    plans = tuple(plan for plan in everything if plan.meeting.held_on >= on - KEPT_DAYS)
    kept = tuple(each for each in elections if each.polling_on >= on)
    found = [
        *(day for plan in plans for day in _days_of(plan)),
        *_bookings(comments, on),
        *(_letter(each) for each in letters_ahead(on, everything)),
        *(day for each in kept for day in _election_days(each)),
    ]
    return ReportingCalendar(
        on,
        tuple(sorted(found, key=lambda each: (each.day, each.words))),
        plans,
        warnings_of(meetings, everything, comments, on=on, terms=terms, elections=kept, cut_off=cut_off),
        tuple(each for each in meetings if each.cancelled and each.held_on >= on),
        kept,
    )


def step_words(step: Step, part: Part) -> str:
    """What is done in a step before the meeting of such a body."""
    sent = "Agenda and report published" if part.is_formal else "Report sent out"
    draft = "Draft ready, goes to clearance" if part.is_formal else "Draft ready"
    return {
        Step.CUT_OFF: "Cut-off",
        Step.ANSWERS: "Updates in",
        Step.NOTICE: "Notice, if a key decision is to be taken",
        Step.DRAFT: draft,
        Step.CLEARED: "Cleared",
        Step.PUBLISHED: sent,
        Step.MEETING: "Meeting",
    }[step]


def _days_of(plan: BackPlan) -> Iterable[CalendarDay]:
    meeting = plan.meeting
    for step, day in plan.days.items():
        what = step_words(step, meeting.part)
        about = (
            f"{meeting.body} meets: report as at {day_words(plan.cut_off)}"
            if step is Step.MEETING
            else f"{what}: {meeting.body} on {day_words(meeting.held_on)}"
        )
        yield CalendarDay(day, step, about, f"{step}-{meeting.key}", meeting)


def _bookings(comments: Sequence[Commenting], on: date) -> Iterable[CalendarDay]:
    """Comments that are carried to a later Cabinet, on the day of that Cabinet."""
    for each in comments:
        if each.is_after and each.meeting and each.heard and each.heard.held_on >= on:
            said = f"Comments of {each.body} of {day_words(each.meeting.meeting.held_on)} go to {each.heard.body}"
            key = f"{Step.COMMENTS}-{each.meeting.meeting.key}-{each.heard.key}"
            yield CalendarDay(each.heard.held_on, Step.COMMENTS, said, key, each.heard)


def _letter(letter: Letter) -> CalendarDay:
    said = f"Six-monthly letter of {letter.month_words} to the Secretary of State, where one is owed"
    if letter.cabinet:
        meeting = letter.cabinet.meeting
        said += (
            f": agreed by {meeting.body} on {day_words(meeting.held_on)}, "
            f"with the report as at {day_words(letter.cabinet.cut_off)}"
        )
    return CalendarDay(letter.due_on, Step.LETTER, said, f"{Step.LETTER}-{letter.due_on:%Y-%m}")


def _election_days(each: PreElection) -> Iterable[CalendarDay]:
    year = each.polling_on.year
    begins = f"Pre-election period begins, until {day_words(each.polling_on)}, where there is an election"
    yield CalendarDay(each.starts_on, Step.ELECTION_NOTICE, begins, f"{Step.ELECTION_NOTICE}-{year}")
    polling = "Polling day, where there is an election"
    yield CalendarDay(each.polling_on, Step.POLLING, polling, f"{Step.POLLING}-{year}")
