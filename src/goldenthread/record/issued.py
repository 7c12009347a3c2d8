"""Reports as the record holds them: drafts with what was said of them, and issued ones with their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from uuid import UUID

from django.db import connection

from goldenthread.plan.days import day_words
from goldenthread.record.errors import NotFound
from goldenthread.record.files.storage import content_of
from goldenthread.record.held_reports import (
    HeldClearance,
    HeldFile,
    HeldReport,
    ListedReport,
    Stage,
    Standing,
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
from goldenthread.reporting.composing import Place, Report, compose, disagreements
from goldenthread.reporting.definitions import Definition
from goldenthread.reporting.letter.checking import letter_problems
from goldenthread.reporting.letter.drafting import draft_letter
from goldenthread.reporting.letter.model import Head, Letter
from goldenthread.reporting.matter import Matter, ThemeGroup
from goldenthread.reporting.report_files import ReportFormat, report_files

LETTER = "letter"
"""The audience whose reports are letters."""


@dataclass(frozen=True)
class WritePlace:
    """A place for somebody's words: a blank of the wording by its name, or a prompt; and what is there now."""

    key: str
    is_blank: bool
    heading: str
    asked: str
    words: str


def listed_reports(council: UUID, plan: UUID | str) -> tuple[ListedReport, ...]:
    """Every report of a plan as a list shows it, the newest first; far less is read than of whole ones.

    Raises:
        NoSuchPlan: There is no such plan.
    """
    with council_scope(council):
        rows = ReportRecord.objects.filter(plan=find_plan(plan)).order_by("-number").values(*_LISTED)
        return tuple(ListedReport(**{**row, "state": ReportState(row["state"])}) for row in rows)


def held_reports(council: UUID, plan: UUID | str) -> tuple[HeldReport, ...]:
    """Every report of a plan, the newest first. Raises NoSuchPlan."""
    with council_scope(council):
        return _held(ReportRecord.objects.filter(plan=find_plan(plan)).order_by("-number"))


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
    return _composed(held, matter or held_matter(held, release), held.fill, held.written)


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


def standing_in_the_way(held: HeldReport, report: Report, matter: Matter) -> tuple[str, ...]:
    """Every reason for which a report cannot be issued: what is wrong with it, and which stages of clearance lack.

    Empty where it can be.
    """
    if held.state is ReportState.ABANDONED:
        return (f"The draft was given up: {held.abandoned}",)
    return (*wrong_with(held, report, matter), *lacking(held))


def wrong_with(held: HeldReport, report: Report, matter: Matter) -> tuple[str, ...]:
    """What of the report itself stands in the way: figures that differ from those of another report of the same state,
    places that wait for words, and what a letter lacks."""
    differing = (f"A figure is not the same everywhere. {each}." for each in disagreements(report, matter))
    unwritten = (f"Still to be written: {each.strip('[]')}" for each in report.unfinished)
    return (*differing, *unwritten, *_letter_problems(held, matter))


def lacking(held: HeldReport) -> tuple[str, ...]:
    """Which stages of clearance stand in the way, and why."""
    return tuple(words for stage in held.stages if (words := _lacks(stage, held.version)))


def _letter_problems(held: HeldReport, matter: Matter) -> tuple[str, ...]:
    if held.letter is None and held.audience != LETTER:
        return ()
    groups = tuple(ThemeGroup(*group) for group in held.definition.groups)
    head = held.definition.head or Head()
    return letter_problems(matter.letter or draft_letter(matter, groups=groups, head=head), matter.plan)


def _lacks(stage: Stage, version: int) -> str:
    """Why a stage stands in the way of a version; empty where it does not."""
    last = stage.last
    match stage.standing:
        case Standing.CLEARED:
            return ""
        case Standing.EARLIER if last:
            return (
                f"{stage.name}: version {last.version} was cleared on {day_words(last.on)}, "
                f"and what the report says has changed since. Version {version} waits to be cleared."
            )
        case Standing.SENT_BACK if last:
            return f"{stage.name}: sent back by {last.by} on {day_words(last.on)}: {last.words}"
        case _:
            return f"{stage.name}: not cleared yet"


def write_places(held: HeldReport, matter: Matter) -> tuple[WritePlace, ...]:
    """Every place of a report that people write, in order, with what is written there now."""
    prompts = prompts_of(held.definition)
    waiting = _composed(held, replace(matter, written={}), {}, {}).places
    shown = [each for each in waiting if each.blank or each.words in prompts]
    filled = {each.blank for each in shown}
    shown += [Place(held.title, name.replace("_", " "), name) for name in held.fill if name not in filled]
    return tuple(
        WritePlace(
            key=each.blank or each.words,
            is_blank=bool(each.blank),
            heading=each.heading,
            asked=each.words,
            words=(held.fill if each.blank else held.written).get(each.blank or each.words, ""),
        )
        for each in shown
    )


def prompts_of(definition: Definition) -> frozenset[str]:
    """What a definition asks people to write, by the prompts of its sections."""
    found = (getattr(asked.options, "prompt", "") for asked in definition.sections)
    return frozenset(prompt for prompt in found if prompt)


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


def _composed(
    held: HeldReport, matter: Matter, fill: Mapping[str, str], written: Mapping[str, str]
) -> Report:
    told = matter.for_reviewer(held.reviewer) if held.reviewer else matter
    return compose(
        told,
        held.definition,
        meeting=held.meeting_on,
        fill=fill,
        written=written,
        held_as=held.held_as,
    )


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
    "LETTER",
    "HeldClearance",
    "HeldFile",
    "HeldReport",
    "ListedReport",
    "Stage",
    "Standing",
    "WritePlace",
    "composed",
    "held_from",
    "held_matter",
    "held_report",
    "held_reports",
    "lacking",
    "letterhead_hashes",
    "listed_reports",
    "prompts_of",
    "report_content",
    "said_last",
    "standing_in_the_way",
    "write_places",
    "wrong_with",
]
