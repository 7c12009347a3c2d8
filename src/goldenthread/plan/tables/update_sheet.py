"""The sheet on which leads answer: its columns, the words that stand in them, and what it carries out of sight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from goldenthread.plan.judgements import Rating, Report
from goldenthread.plan.model import Dates
from goldenthread.plan.status import Status
from goldenthread.plan.tables.cells import status_cell
from goldenthread.plan.updates import REPORTABLE
from goldenthread.plan.values import Value

UPDATES_SHEET = "Updates"
STAMP_SHEET = "Golden Thread"
"""The hidden sheet: the stamp, and what each row said when it went out."""
ITEM = "Item"
"""The hidden column: the permanent id of each row's promise."""
REF = "Ref"
IDENTITY = (REF, "What is promised", "Lead", "Approved date", "Status now", "Last confirmed")
"""What says which promise a row is about, and how it stands. Nothing is typed there."""
YES = "Yes"
NOT_KNOWN = "Not known"
"""In place of a date: nobody can tell yet."""


class Answer(StrEnum):
    """A column to type in, by its heading."""

    NO_CHANGE = "No change"
    STATUS = "Status"
    FORECAST = "New expected date"
    ACTUAL = "If it is done, when"
    RATING = "Rating"
    WHY = "Why in one line"
    NEXT_STEP = "Next step"
    HIGHLIGHT = "Highlight"
    LINK = "Evidence link"
    SHOWS = "What it shows"


STATUSES = tuple(map(status_cell, REPORTABLE))
RATINGS = tuple(rating.value.capitalize() for rating in Rating)
STAMP_KEYS = ("Plan", "As at", "Revision")


class Stamp(Value):
    """What a workbook was made from: which plan, as at which day, at which revision."""

    plan: UUID
    as_at: date
    seen_revision: int


def answers_given(status: Status, dates: Dates, report: Report | None) -> dict[Answer, str]:
    """What stands in the columns to type in when the workbook goes out: all that an update would leave as it is.

    A highlight is news once and evidence is offered once, so those begin empty; so does a status that is not for a lead
    to report.
    """
    return {
        Answer.NO_CHANGE: "",
        Answer.STATUS: status_cell(status) if status in REPORTABLE else "",
        Answer.FORECAST: dates.forecast.printed if dates.forecast else "",
        Answer.ACTUAL: dates.actual.printed if dates.actual else "",
        Answer.RATING: report.rating.value.capitalize() if report and report.rating else "",
        Answer.WHY: report.why if report else "",
        Answer.NEXT_STEP: report.next_step if report else "",
        Answer.HIGHLIGHT: "",
        Answer.LINK: "",
        Answer.SHOWS: "",
    }


def same_words(one: str, other: str) -> bool:
    """Whether two cells say the same: programs change spaces and line ends when they save."""
    return one.split() == other.split()


def stamp_rows(stamp: Stamp) -> tuple[tuple[str, str], ...]:
    """The stamp as rows of the hidden sheet."""
    values = (str(stamp.plan), stamp.as_at.isoformat(), str(stamp.seen_revision))
    return tuple(zip(STAMP_KEYS, values, strict=True))


def stamp_of(rows: Mapping[str, str]) -> Stamp:
    """The stamp that `stamp_rows` wrote. Raises ValueError or KeyError when it is not there or spoilt."""
    plan, as_at, revision = (rows[key] for key in STAMP_KEYS)
    return Stamp(plan=UUID(plan), as_at=date.fromisoformat(as_at), seen_revision=int(revision))
