"""Reading what reports are made of: one plan at a cut-off as known at a revision, in a constant number of queries."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from pydantic_core import from_json

from goldenthread.plan.model import Plan
from goldenthread.plan.proposals import (
    Closure,
    Deferral,
    Division,
    Merger,
    NewAction,
    NewDate,
    NewMeasure,
    NewWording,
    Resumption,
    Supersession,
    Transfer,
)
from goldenthread.record.change_requests import HeldRequest, change_requests
from goldenthread.record.change_table import ChangeRow, State, changes_between
from goldenthread.record.comments import carried_comments
from goldenthread.record.contradictions import Standing, contradictions_at
from goldenthread.record.errors import NoSuchRevision, NotYetAdopted
from goldenthread.record.evidence import evidence_of
from goldenthread.record.findings import findings_at
from goldenthread.record.forecasts import forecasts
from goldenthread.record.history.selectors import RevisionRow, head_revision, revisions_numbered
from goldenthread.record.models.change_control import RequestState, Tier
from goldenthread.record.models.cycle import PeriodState, ReportingPeriod
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.posts import BodyRecord
from goldenthread.record.models.reports import ReportState
from goldenthread.record.onward import passing_on
from goldenthread.record.rebaselines import rebaselines
from goldenthread.record.scope import council_scope
from goldenthread.record.services.rating_rules import AdoptedRule, rating_rules
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached
from goldenthread.reporting.matter import (
    AcceptedFinding,
    Before,
    ChangeLine,
    Decided,
    Differing,
    EvidenceCount,
    Found,
    IssuedReport,
    Known,
    Matter,
    MeetingDay,
    OpenRequest,
)

CIVIL = ZoneInfo("Europe/London")
_KNOWN_ROWS = """
SELECT DISTINCT ON (c.row_id) c.row
FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.council_id = current_council() AND c.table_name = %(table)s AND r.number <= %(known_at)s
ORDER BY c.row_id, c.id DESC
"""


@dataclass(frozen=True)
class ReportOn:
    """Which state of a plan a report is about. `months` is how far back it looks; `since` says the day instead.

    `audience` is the body, as addresses call its report, to which comments of other bodies are carried.
    """

    council: UUID
    plan: UUID | str
    cut_off: date
    months: int
    release: str
    known_at: int | None = None
    since: date | None = None
    audience: str = "cabinet"


def report_matter(on: ReportOn) -> Matter:
    """All that a report may say.

    Without a revision to be known at, a cut-off that closes a month is told as it was known when the month was closed,
    and any other as it is known now. The report compares with the cut-off so many months before, both as known then;
    where that is before the plan began, with the plan as it began.

    Raises:
        NoSuchPlan: The council has no such plan.
        NoSuchRevision: The record has not come so far.
        NotYetAdopted: The cut-off is before the day on which the plan took effect.
    """
    with council_scope(on.council):
        held = find_plan(on.plan)
        if on.cut_off < held.effective_on:
            raise NotYetAdopted(held.effective_on, on.cut_off)
        sealed = _known(on, held)
        plan = snapshot_cached(council=on.council, plan=held.id, cut_off=on.cut_off, known_at=sealed.number)
        rule = _rule(on.council, sealed.number)
        before = _before(on, held, sealed.number)
        requests = change_requests(on.council, held.id, as_at=on.cut_off, known_at=sealed.number)
        named = promise_names(plan)
        return Matter(
            plan=plan,
            cut_off=on.cut_off,
            began_on=held.effective_on,
            known=Known(sealed.number, sealed.hash, sealed.sealed_at.astimezone(CIVIL).date()),
            release=on.release,
            rule=rule.rule,
            rule_label=rule.label,
            before=before,
            evidence=_evidence(on, held, sealed.number),
            requests=tuple(_open(each, named) for each in reversed(requests) if each.is_open),
            decisions=_decisions(requests, named, before.cut_off if before else held.effective_on),
            moves=_moves(on, held, sealed.number),
            passing=passing_on(plan, requests, sealed.number),
            issued=_issued(held, before.cut_off if before else held.effective_on, on.cut_off, sealed.number),
            found=_found(on, held, plan, sealed.number),
            differing=_differing(on, held, plan, sealed.number),
            outside_view=forecasts(council=on.council, plan=plan, cut_off=on.cut_off, known_at=sealed.number),
            comments=carried_comments(held.id, on.audience, sealed.number),
            meetings=_meetings(sealed.number),
        )


def months_before(day: date, months: int) -> date:
    """The cut-off so many months earlier: the last day of a month from a last day, else the same day or the last."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    last = calendar.monthrange(year, month + 1)[1]
    closes = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if closes else min(day.day, last))


def _known(on: ReportOn, held: PlanRecord) -> RevisionRow:
    """The revision that the report knows; raises NoSuchRevision."""
    number = usually_known_at(held, on.cut_off) if on.known_at is None else on.known_at
    if number is None:
        return head_revision(on.council)
    found = revisions_numbered([number]).get(number)
    if found is None:
        raise NoSuchRevision(
            f"There is no revision {number} yet: the newest is {head_revision(on.council).number}."
        )
    return found


def usually_known_at(held: PlanRecord, cut_off: date) -> int | None:
    """The revision as of which a cut-off is told: where it closes a month, that of the closing; None for the newest."""
    closed = ReportingPeriod.objects.filter(plan=held, ends_on=cut_off, state=PeriodState.CLOSED).first()
    return closed.closed_revision if closed else None


def _before(on: ReportOn, held: PlanRecord, known_at: int) -> Before | None:
    day = max(on.since or months_before(on.cut_off, on.months), held.effective_on)
    if day >= on.cut_off:
        return None
    then, now = State(day, known_at), State(on.cut_off, known_at)
    plan = snapshot_cached(council=on.council, plan=held.id, cut_off=day, known_at=known_at)
    lines = tuple(_line(row) for row in changes_between(on.council, held.id, then, now))
    return Before(day, plan, lines)


def _line(row: ChangeRow) -> ChangeLine:
    return ChangeLine(
        change=row.change,
        original=row.original,
        moves=row.moves,
        reason=row.reason,
        decided_by=row.decided_by,
        reference=row.request.decision_reference if row.request else "",
        request=row.request.number if row.request else None,
    )


def _evidence(on: ReportOn, held: PlanRecord, known_at: int) -> Mapping[UUID, EvidenceCount]:
    register = evidence_of(on.council, held.id, as_at=on.cut_off, known_at=known_at)
    return {
        item: EvidenceCount(sum(piece.counts for piece in pieces), len(register.proving(item)))
        for item, pieces in register.by_item.items()
    }


def _found(on: ReportOn, held: PlanRecord, plan: Plan, known_at: int) -> Found:
    found = findings_at(on.council, held.id, plan, as_at=on.cut_off, known_at=known_at)
    accepted = (
        AcceptedFinding(
            each.finding, each.acceptance.reason, each.acceptance.owner, each.acceptance.expires_on
        )
        for each in found.accepted
    )
    return Found(found.open, tuple(accepted))


def _differing(on: ReportOn, held: PlanRecord, plan: Plan, known_at: int) -> tuple[Differing, ...]:
    """What the plan says differently in two places; what is found no longer is in the register, not in reports."""
    found = contradictions_at(on.council, held.id, plan, as_at=on.cut_off, known_at=known_at)
    told = []
    for entry in found:
        settled = "" if entry.is_open or entry.settlement is None else entry.settlement.outcome.in_words
        if entry.standing is not Standing.GONE:
            told.append(Differing(entry.pair, settled))
    return tuple(told)


def promise_names(plan: Plan) -> Mapping[str, str]:
    """What a line of a table calls each promise: its number, or else its words."""
    names = {
        part.key: part.ref or part.title or part.key for action in plan.actions() for part in action.walk()
    }
    return names | {milestone.key: milestone.ref or milestone.name for milestone in plan.milestones()}


def _open(request: HeldRequest, names: Mapping[str, str]) -> OpenRequest:
    return OpenRequest(
        number=request.number,
        what=request_words(request, names),
        tier=Tier(request.tier).label,
        reason=request.reason,
        proposed_on=request.proposed_on,
        proposed_by=request.proposed_by,
    )


def _decisions(requests: Sequence[HeldRequest], names: Mapping[str, str], since: date) -> tuple[Decided, ...]:
    """Those decided on after a day, the earliest first."""
    found = (
        Decided(
            number=each.number,
            what=request_words(each, names),
            outcome=RequestState(each.state).label,
            decided_on=each.decided_on,
            decided_by=each.decided_by,
            reference=each.decision_reference,
            reason=each.decision_note or each.reason,
        )
        for each in requests
        if each.decided_on and each.decided_on > since
    )
    return tuple(sorted(found, key=lambda each: (each.decided_on, each.number)))


def request_words(request: HeldRequest, names: Mapping[str, str]) -> str:
    """What is proposed, in a line: "A new approved date: A4"."""
    about = ", ".join(names.get(key, key) for key in sorted(request.items))
    what = _WHAT[type(request.change)]
    return f"{what}: {about}" if about else what


_WHAT = {
    NewDate: "A new approved date",
    NewMeasure: "A new measure of success",
    NewWording: "Other words",
    NewAction: "A new action or step",
    Closure: "Closing",
    Deferral: "Putting off by decision",
    Resumption: "Taking up again",
    Merger: "Merging",
    Division: "Dividing",
    Supersession: "Another in its place",
    Transfer: "Passing on to another plan",
}


def _moves(on: ReportOn, held: PlanRecord, known_at: int) -> Mapping[UUID, int]:
    counted = rebaselines(on.council, held.id, as_at=on.cut_off, known_at=known_at)
    return {item: each.moves for item, each in counted.items() if each.moves}


def _issued(held: PlanRecord, after: date, until: date, known_at: int) -> tuple[IssuedReport, ...]:
    """The reports that were issued, as known at a revision, whose cut-off lies within the period; by their cut-offs."""
    rows = (
        row
        for row in _known_rows("report", known_at)
        if row["plan_id"] == str(held.id) and row["state"] == ReportState.ISSUED
    )
    found = (
        IssuedReport(
            number=row["number"],
            audience=row["audience"],
            title=row["title"],
            cut_off=date.fromisoformat(row["cut_off"]),
            issued_on=date.fromisoformat(row["issued_on"]),
            hash=row["head_hash"],
        )
        for row in rows
    )
    within = (each for each in found if after < each.cut_off <= until)
    return tuple(sorted(within, key=lambda each: (each.cut_off, each.number)))


def _meetings(known_at: int) -> tuple[MeetingDay, ...]:
    """The meetings that were entered and not cancelled by a revision, of the council in scope, by their days."""
    rows = _known_rows("meeting", known_at)
    names = dict(BodyRecord.objects.values_list("id", "name"))
    held = (row for row in rows if not row["cancelled"])
    days = (MeetingDay(names[UUID(row["body_id"])], date.fromisoformat(row["held_on"])) for row in held)
    return tuple(sorted(days, key=lambda each: (each.held_on, each.body)))


def _rule(council: UUID, known_at: int) -> AdoptedRule:
    """The council's rating rule as it was known at a revision: one adopted later does not change what was reported."""
    numbers = {row["number"] for row in _known_rows("rating_rule", known_at)}
    return next(rule for rule in rating_rules(council) if rule.number == max(numbers, default=0))


def _known_rows(table: str, known_at: int) -> list[dict[str, Any]]:
    """The rows of a table of the council in scope as they were at a revision, but for those disposed of."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_ROWS, {"table": table, "known_at": known_at})
        found = (row for (row,) in cursor.fetchall() if row is not None)
        return [from_json(row) if isinstance(row, str) else row for row in found]
