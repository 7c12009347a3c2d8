"""Reading what bodies said of reports: all of it, and what the next report to a body carries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.reports import ReportComment, ReportRecord, ReportState
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan
from goldenthread.reporting.comments import response_due
from goldenthread.reporting.matter import Comment

_KNOWN = """
JOIN LATERAL (
    SELECT c.row, r.number FROM change c JOIN revision r USING (council_id, changeset)
    WHERE c.row_id = {table}.id AND c.table_name = '{table}' AND r.number <= %(known_at)s
    ORDER BY c.id DESC LIMIT 1
) {table}_known ON true
"""
_PREVIOUS = f"""
SELECT coalesce(max((report_known.row ->> 'known_at')::bigint), 0)
FROM report {_KNOWN.format(table="report")}
WHERE report.plan_id = %(plan)s AND report.audience = %(audience)s AND report_known.row ->> 'state' = 'issued'
"""
_CARRIED = f"""
SELECT body_known.row ->> 'name', (report_comment_known.row ->> 'met_on')::date, report_comment_known.row ->> 'text',
       report_comment_known.row ->> 'response', (report_comment_known.row ->> 'is_recommendation')::boolean
FROM report_comment JOIN report ON report.id = report_comment.report_id JOIN body ON body.id = report_comment.body_id
{_KNOWN.format(table="report_comment")} {_KNOWN.format(table="body")}
WHERE report.plan_id = %(plan)s AND report_comment_known.row ->> 'withdrawn' = ''
  AND (report_comment_known.number > %(after)s OR report_comment_known.row ->> 'response' = '')
ORDER BY 2, 1, report_comment.entered_on, report_comment.id
"""


@dataclass(frozen=True, slots=True)
class Commented:
    """An issued report, on which bodies comment: its number, its audience as addresses call it, whose review it is
    about (empty for most), and its cut-off."""

    number: int
    audience: str
    reviewer: str
    cut_off: date


@dataclass(frozen=True)
class HeldComment:
    """What a body said of an issued report at a meeting.

    `body` is the body's slug. `response` is empty until somebody answered, `withdrawn` while it was not taken back.
    """

    id: UUID
    report: Commented
    body: str
    body_name: str
    met_on: date
    text: str
    is_recommendation: bool
    entered_on: date
    entered_by: str
    response: str
    responded_on: date | None
    responded_by: str
    withdrawn: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for a response."""
        return not self.response and not self.withdrawn

    @property
    def due(self) -> date | None:
        """The last day for the response. Only recommendations to the executive have one.

        The two months are counted from the day of the meeting: the executive receives what was said no earlier.
        """
        return response_due(self.met_on) if self.is_recommendation else None

    def is_late(self, on: date) -> bool:
        """Whether the response was given after its last day, or that day is over on another day without one."""
        if self.due is None or self.withdrawn:
            return False
        return (self.responded_on or on) > self.due

    def as_at(self, day: date) -> HeldComment | None:
        """The same as it stood at the end of a day: without a later response; None where nobody had met."""
        if self.met_on > day:
            return None
        if self.responded_on and self.responded_on > day:
            return replace(self, response="", responded_on=None, responded_by="")
        return self


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many comments wait for a response, and how many of them are past the two months of the executive."""

    open: int
    late: int


def issued_reports(council: UUID, plan: UUID | str) -> tuple[Commented, ...]:
    """The issued reports of a plan, on which bodies can have commented, the newest first. Raises NoSuchPlan."""
    with council_scope(council):
        rows = ReportRecord.objects.filter(plan=find_plan(plan), state=ReportState.ISSUED)
        return tuple(map(_commented, rows.defer("definition", "letter").order_by("-number")))


def comments_of(council: UUID, plan: UUID | str, report: int | None = None) -> tuple[HeldComment, ...]:
    """What was said of the issued reports of a plan, or of one: what waits for a response first, the earliest due at
    the top; then the rest, the newest meeting first.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    with council_scope(council):
        rows = _rows(plan)
        if report is not None:
            rows = rows.filter(report__number=report)
        return tuple(sorted(map(_held, rows), key=in_order))


def comment_of(council: UUID, plan: UUID | str, comment: UUID) -> tuple[HeldComment, int] | None:
    """One of them, with the number of the revision that last wrote it; None where the plan has no such comment."""
    with council_scope(council):
        row = _rows(plan).filter(pk=comment).first()
        return (_held(row), last_revision_of_row(council, comment)) if row else None


def waiting_on(council: UUID, plan: UUID | str, day: date) -> Waiting:
    """What waited for a response at the end of a day."""
    then = [each for one in comments_of(council, plan) if (each := one.as_at(day)) and each.is_open]
    return Waiting(len(then), sum(each.is_late(day) for each in then))


def carried_comments(plan: UUID, audience: str, known_at: int) -> tuple[Comment, ...]:
    """What a report to an audience carries, for a plan of the council in scope, the earliest meeting first.

    All that was entered or answered since the issued report before it knew the record, up to the revision that this
    one knows; and whatever has no response. So each is told once with its response, and none is lost on the way.
    """
    asked: dict[str, Any] = {"plan": plan, "audience": audience, "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(_PREVIOUS, asked)
        cursor.execute(_CARRIED, {**asked, "after": cursor.fetchone()[0]})
        return tuple(
            Comment(body, met_on, text, response, response_due(met_on) if recommends else None)
            for body, met_on, text, response, recommends in cursor.fetchall()
        )


def in_order(one: HeldComment) -> tuple[bool, int, str, str]:
    """What waits for a response first, the earliest due at the top; then the newest meeting."""
    day = (one.due or one.met_on).toordinal() if one.is_open else -one.met_on.toordinal()
    return not one.is_open, day, one.body_name, str(one.id)


def _rows(plan: UUID | str) -> QuerySet[ReportComment]:
    """The comments on a plan's reports with what is told of each report; its definition, for one, is long."""
    rows = ReportComment.objects.filter(report__plan=find_plan(plan)).select_related("report", "body")
    return rows.defer("report__definition", "report__letter", "report__written", "report__fill")


def _commented(row: ReportRecord) -> Commented:
    return Commented(row.number, row.audience, row.reviewer, row.cut_off)


def _held(row: ReportComment) -> HeldComment:
    return HeldComment(
        id=row.id, report=_commented(row.report), body=row.body.slug, body_name=row.body.name,
        met_on=row.met_on, text=row.text, is_recommendation=row.is_recommendation, entered_on=row.entered_on,
        entered_by=row.entered_by, response=row.response, responded_on=row.responded_on, responded_by=row.responded_by,
        withdrawn=row.withdrawn,
    )  # fmt: skip
