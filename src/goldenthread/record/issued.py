"""Reports as the record holds them: drafts with what was said of them, and issued ones with their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from uuid import UUID

from goldenthread.plan.model import Plan
from goldenthread.record.errors import NotFound
from goldenthread.record.files.storage import content_of
from goldenthread.record.held_reports import (
    HeldClearance,
    HeldFile,
    HeldReport,
    ListedReport,
)
from goldenthread.record.history.selectors import entered_order
from goldenthread.record.models.reports import (
    ClearanceOutcome,
    ReportClearance,
    ReportFile,
    ReportFileRole,
    ReportRecord,
    ReportState,
)
from goldenthread.record.report_templates import templates_of
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached
from goldenthread.reporting.composing import Report, compose
from goldenthread.reporting.letter.model import Letter
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.report_files import ReportFormat, report_files


def listed_reports(council: UUID, plan: UUID | str) -> tuple[ListedReport, ...]:
    """Every report of a plan as a list shows it, the newest first; far less is read than of whole ones.

    Raises:
        NoSuchPlan: There is no such plan.
    """
    with council_scope(council):
        rows = ReportRecord.objects.filter(plan=find_plan(plan)).order_by("-number").values(*_LISTED)
        return tuple(ListedReport(**{**row, "state": ReportState(row["state"])}) for row in rows)


def held_report(council: UUID, plan: UUID | str, number: int) -> HeldReport:
    """One report.

    Raises:
        NoSuchPlan: There is no such plan.
        NotFound: There is no report of that number.
    """
    with council_scope(council):
        found = _held(ReportRecord.objects.filter(plan=find_plan(plan), number=number))
    if not found:
        raise NotFound(f"This plan has no report {number}. Look at the list of reports.")
    return found[0]


def held_from(row: ReportRecord) -> HeldReport:
    """A row that was read already, such as one that a service has locked."""
    return _held([row])[0]


def held_matter(held: HeldReport, release: str) -> Matter:
    """All that the report may say, in the state of the record that it keeps to.

    Raises:
        DefinitionError: Its definition cannot be read by this release.
    """
    on = ReportOn(
        council=held.council,
        plan=held.plan,
        cut_off=held.cut_off,
        months=held.definition.covers.months,
        release=release,
        known_at=held.known_at,
        since=held.compare_on,
    )
    matter = report_matter(on)
    return replace(matter, letter=held.letter) if held.letter else matter


def composed(held: HeldReport, release: str, matter: Matter | None = None) -> Report:
    """The draft as it is, or the issued report made again from the same state, which gives the same bytes.

    Args:
        matter: What `held_matter` gave, where it is at hand.

    Raises:
        DefinitionError: Its definition cannot be used with the plan.
    """
    matter = matter or held_matter(held, release)
    return composed_with(held, matter, fill=held.fill, written=held.written)


def composed_with(
    held: HeldReport, matter: Matter, *, fill: Mapping[str, str], written: Mapping[str, str]
) -> Report:
    """The report with other words in its places. Raises DefinitionError."""
    told = matter.for_reviewer(held.reviewer) if held.reviewer else matter
    return compose(
        told,
        held.definition,
        meeting=held.meeting_on,
        fill=fill,
        written=written,
        held_as=held.held_as,
    )


def plan_told(held: HeldReport) -> Plan:
    """The plan that a report tells: as at its cut-off, as known at the change that it is pinned to."""
    return snapshot_cached(council=held.council, plan=held.plan, cut_off=held.cut_off, known_at=held.known_at)


def report_content(
    held: HeldReport, report: Report, formats: Collection[ReportFormat]
) -> dict[ReportFormat, bytes]:
    """The files of a report on the council's own letterhead: that of its issue, or the one that counts now.

    Raises:
        DocumentError: A file cannot be written.
        OSError: The letterhead is not kept.
    """
    hashes = held.templates if held.is_issued else letterhead_hashes(held)
    own = {ReportFormat(ending): content_of(sha256) for ending, sha256 in hashes.items()}
    return report_files(report, formats, own)


def letterhead_hashes(held: HeldReport) -> dict[str, str]:
    """The council's own letterheads that count now: the hash of each by the ending of its files."""
    return {ending: own.sha256 for ending, own in templates_of(held.council).letterheads.items()}


def said_last(held: HeldReport) -> tuple[int, Mapping[str, str]] | None:
    """What the last issued report to the same audience said in the places that people write, with its number."""
    with council_scope(held.council):
        last = (
            ReportRecord.objects.filter(
                plan_id=held.plan,
                audience=held.audience,
                state=ReportState.ISSUED,
                number__lt=held.number,
            )
            .order_by("-number")
            .first()
        )
        return (last.number, last.written) if last and last.written else None


def _held(rows: Iterable[ReportRecord]) -> tuple[HeldReport, ...]:
    """Rows of the council in scope as values, in as many queries for many as for one."""
    listed = list(rows)
    ids = [row.id for row in listed]
    clearances, files = _clearances(ids), _files(ids)
    return tuple(_value(row, clearances.get(row.id, []), files.get(row.id, [])) for row in listed)


def _clearances(reports: Collection[UUID]) -> dict[UUID, list[HeldClearance]]:
    """What was said of each report in the order in which it was entered."""
    rows = {row.id: row for row in ReportClearance.objects.filter(report__in=reports)}
    entered = entered_order("report_clearance", rows)
    found: dict[UUID, list[HeldClearance]] = {}
    for row in sorted(rows.values(), key=lambda each: entered[each.id]):
        said = HeldClearance(
            stage=row.stage,
            outcome=ClearanceOutcome(row.outcome),
            version=row.version,
            words=row.words,
            by=row.cleared_by,
            on=row.cleared_on,
            recorded_by=row.recorded_by,
        )
        found.setdefault(row.report_id, []).append(said)
    return found


def _files(reports: Collection[UUID]) -> dict[UUID, list[HeldFile]]:
    order = list(ReportFormat)
    rows = ReportFile.objects.filter(report__in=reports, role=ReportFileRole.ISSUED).select_related("file")
    found: dict[UUID, list[HeldFile]] = {}
    for row in sorted(rows, key=lambda each: order.index(ReportFormat(each.ending))):
        kept = HeldFile(ReportFormat(row.ending), row.file.sha256, row.file.size, row.file.media_type)
        found.setdefault(row.report_id, []).append(kept)
    return found


def _value(row: ReportRecord, clearances: list[HeldClearance], files: list[HeldFile]) -> HeldReport:
    same = {name: getattr(row, name) for name in _SAME}
    return HeldReport(
        **same,
        council=row.council_id,
        plan=row.plan_id,
        definition_text=row.definition,
        letter=Letter.model_validate(row.letter) if row.letter else None,
        state=ReportState(row.state),
        clearances=tuple(clearances),
        files=tuple(files),
    )


_LISTED = tuple(field.name for field in fields(ListedReport))
_SAME = (
    "id", "number", "audience", "reviewer", "title", "cut_off", "known_at", "compare_on", "meeting_on", "fill",
    "written", "version", "drafted_on", "drafted_by", "issued_on", "issued_by", "head_hash", "snapshot_hash",
    "templates", "release", "abandoned", "published_on",
)  # fmt: skip

__all__ = [
    "HeldReport",
    "ListedReport",
    "composed",
    "composed_with",
    "held_from",
    "held_matter",
    "held_report",
    "letterhead_hashes",
    "listed_reports",
    "plan_told",
    "report_content",
    "said_last",
]
