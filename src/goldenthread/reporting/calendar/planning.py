"""Back from one meeting: by which day each step must be done for its report to be published in time.

Clear days leave out the day of publication and that of the meeting. The Acts do not say that only working days count;
councils usually count those alone for an agenda, which is the safe reading, and so does this. The 28 clear days of a
key decision are days of the calendar.

- Agenda and reports, 5 clear days: section 100B of the Local Government Act 1972 for Council and its committees;
  regulation 7 of SI 2012/2089 for Cabinet.
- Notice of a key decision, 28 clear days: regulation 9 of SI 2012/2089.
- Clearance by Monitoring Officer and section 151 officer, at least 5 working days: usual practice of councils.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goldenthread.plan.working_days import (
    ONE_DAY,
    is_working_day,
    working_days_after,
    working_days_before,
    working_days_from,
)
from goldenthread.reporting.calendar.bodies import Meeting, Part


class Step(StrEnum):
    """What is to be done by a day."""

    CUT_OFF = "cut-off"
    ANSWERS = "answers"
    NOTICE = "notice"
    DRAFT = "draft"
    CLEARED = "cleared"
    PUBLISHED = "published"
    MEETING = "meeting"
    COMMENTS = "comments"
    LETTER = "letter"
    ELECTION_NOTICE = "election-notice"
    POLLING = "polling"


@dataclass(frozen=True, slots=True)
class Terms:
    """How long each step takes, in working days but for `notice`, and how often leads are asked.

    `months` is the length of a reporting round; the rounds of a year are counted from the month `year_starts`.
    """

    answers: int = 5
    drafting: int = 5
    clearance: int = 5
    clear_days: int = 5
    notice: int = 28
    months: int = 1
    year_starts: int = 4

    @property
    def to_draft(self) -> int:
        """From cut-off to draft."""
        return self.answers + self.drafting

    @property
    def to_published(self) -> int:
        """From draft to publication: the working days of clearance lie between."""
        return self.clearance + 1


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class BackPlan:
    """The days of one meeting. `short_by` is how many working days too late the draft of this cut-off comes; else 0."""

    meeting: Meeting
    days: Mapping[Step, date]
    short_by: int = 0

    def day(self, step: Step) -> date | None:
        """By when a step is to be done; None where this body needs none."""
        return self.days.get(step)

    @property
    def cut_off(self) -> date:
        """The last day on which the report tells."""
        return self.days[Step.CUT_OFF]

    @property
    def published(self) -> date:
        """The last day for agenda and report to be published, or sent out where no law asks for publication."""
        return self.days[Step.PUBLISHED]


def back_plan(meeting: Meeting, terms: Terms = USUAL, *, cut_off: date | None = None) -> BackPlan:
    """The latest day for each step before a meeting.

    A body to which no law of publication applies, such as Leadership Team, needs neither clearance nor notice; its
    report is sent out as many days before.

    Args:
        meeting: The meeting that takes the report.
        terms: How long each step takes.
        cut_off: The cut-off that is wished for. None: the end of the last round of reporting that leaves time.
    """
    held = meeting.held_on
    published = working_days_before(held, terms.clear_days + 1)
    draft = working_days_before(published, terms.to_published if meeting.part.is_formal else 1)
    cut = cut_off or _last_cut_off(draft, terms)
    days = {
        Step.CUT_OFF: cut,
        Step.ANSWERS: working_days_after(cut, terms.answers),
        Step.DRAFT: draft,
        Step.PUBLISHED: published,
        Step.MEETING: held,
    }
    if meeting.part.is_formal:
        days[Step.CLEARED] = working_days_before(published, 1)
    if meeting.part is Part.CABINET:
        days[Step.NOTICE] = _open_day(held - timedelta(days=terms.notice + 1))
    return BackPlan(meeting, days, working_days_from(draft, working_days_after(cut, terms.to_draft)))


def earliest_publication(cut_off: date, terms: Terms = USUAL) -> date:
    """The first day on which the report of a cut-off can be out."""
    return working_days_after(cut_off, terms.to_draft + terms.to_published)


def earliest_meeting(cut_off: date, terms: Terms = USUAL) -> date:
    """The first working day on which a body can take the report of a cut-off."""
    return working_days_after(earliest_publication(cut_off, terms), terms.clear_days + 1)


def _last_cut_off(draft: date, terms: Terms) -> date:
    """The end of the last round from which a draft can be ready by a day."""
    day = draft.replace(day=1) - ONE_DAY
    while not (_ends_round(day, terms) and working_days_after(day, terms.to_draft) <= draft):
        day = day.replace(day=1) - ONE_DAY
    return day


def _ends_round(month_end: date, terms: Terms) -> bool:
    return (month_end.month - terms.year_starts + 1) % 12 % terms.months == 0


def _open_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else working_days_before(day, 1)
