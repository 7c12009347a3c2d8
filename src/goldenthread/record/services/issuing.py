"""Clearing a draft, stage by stage, and issuing it: frozen with the state that it tells, its hashes and its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from goldenthread.documents import DocumentError
from goldenthread.plan.canonical import content_hash
from goldenthread.plan.keys import slug
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, NotReady
from goldenthread.record.issued import (
    HeldReport,
    composed,
    held_from,
    held_matter,
    letterhead_hashes,
    report_content,
)
from goldenthread.record.models.posts import PostRecord
from goldenthread.record.models.reports import (
    ClearanceOutcome,
    ReportClearance,
    ReportFile,
    ReportFileRole,
    ReportRecord,
    ReportState,
)
from goldenthread.record.permissions import Permission, may, require
from goldenthread.record.report_drafts import standing_in_the_way
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.report_drafts import locked_draft, locked_report
from goldenthread.record.services.stored_files import keep_file
from goldenthread.record.services.updating import PROGRAMME_OFFICE
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.composing import Report
from goldenthread.reporting.report_files import ReportFormat

LONGEST_WORDS = 2000
LONGEST_NAME = 200


def clear_stage(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    stage: str,
    outcome: ClearanceOutcome,
    words: str,
    cleared_by: str,
    seen: int,
    on: date,
) -> None:
    """Clear a version of a draft at a stage, or send it back. Saying the same twice has effect once.

    A stage that is called as a post of the council is that post's to clear. The programme office may record what
    anybody told it, by name.

    Args:
        stage: The stage as the definition calls it, or its handle in addresses.
        cleared_by: Who did, for the programme office; anybody else clears in their own capacity.
        seen: The version that was looked at.

    Raises:
        NotAllowed: The actor may not clear reports, or not at this stage.
        NotFound: There is no such report, or its definition has no such stage.
        InvalidEdit: It is no draft any more, it is sent back without words, or nobody is named.
        StaleDraft: It is another version by now.
    """
    require(actor, Permission.CLEAR_REPORTS)
    verb = "Cleared" if outcome is ClearanceOutcome.CLEARED else "Sent back"
    with writing(actor, f"{verb} report {number} at a stage of clearance"):
        row = locked_draft(plan, number, seen)
        held = held_from(row)
        found = next((each for each in held.stages if stage in (each.name, each.handle)), None)
        if found is None:
            raise NotFound(f"Report {number} has no stage “{stage}” of clearance.")
        by = _clearer(actor, found.name, cleared_by, on)
        said = _said(outcome, words)
        last = found.last
        if last and (last.outcome, last.version, last.by, last.words) == (outcome, row.version, by, said):
            return
        ReportClearance.objects.create(
            council_id=actor.council,
            report=row,
            version=row.version,
            stage=found.name,
            outcome=outcome,
            words=said,
            cleared_by=by,
            cleared_on=on,
            recorded_by=actor.capacity if may(actor, Permission.PREPARE_REPORTS) else by,
        )


def issue_report(*, actor: Actor, plan: UUID | str, number: int, seen: int, on: date, release: str) -> None:
    """Issue a report: from now on nothing of it changes, and its files are served as they are stored now.

    All of it happens, or nothing: the files are on the disk before the commit that names them. A report that is issued
    already stays as it is.

    Raises:
        NotAllowed: The actor may not issue reports.
        NotFound: There is no such report.
        InvalidEdit: It was given up, or a file cannot be written.
        StaleDraft: It is another version than the one that was seen.
        NotReady: Something stands in the way; all of it is named.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with writing(actor, f"Issued report {number}"):
        row = locked_report(plan, number)
        if row.state == ReportState.ISSUED:
            return
        row = locked_draft(plan, number, seen)
        held = held_from(row)
        matter = held_matter(held, release)
        draft = composed(held, release, matter)
        if reasons := standing_in_the_way(held, draft, matter):
            raise NotReady(reasons)
        frozen = replace(held, state=ReportState.ISSUED, templates=letterhead_hashes(held))
        report = composed(frozen, release, matter)
        row.state, row.issued_on, row.issued_by = ReportState.ISSUED, on, actor.capacity
        row.title, row.templates, row.release = report.title, frozen.templates, release
        row.head_hash, row.snapshot_hash = matter.known.hash, _snapshot_hash(held)
        row.save()
        for format_, content in _written(frozen, report).items():
            _keep(actor, row, format_, content, on)


def _snapshot_hash(held: HeldReport) -> str:
    told = snapshot(council=held.council, plan=held.plan, cut_off=held.cut_off, known_at=held.known_at)
    return content_hash(told)


def _written(held: HeldReport, report: Report) -> dict[ReportFormat, bytes]:
    try:
        return report_content(held, report, tuple(ReportFormat))
    except DocumentError as error:
        raise InvalidEdit(f"A file could not be written. {error}") from error


def _keep(actor: Actor, row: ReportRecord, format_: ReportFormat, content: bytes, on: date) -> None:
    name = f"{row.plan.slug}-{row.audience}-{row.cut_off.isoformat()}-report-{row.number}.{format_.value}"
    file = keep_file(actor=actor, kind="report", name=name, content=content, media_type=format_.media_type)
    ReportFile.objects.create(
        council_id=actor.council,
        report=row,
        file=file,
        role=ReportFileRole.ISSUED,
        ending=format_.value,
        version=row.version,
        added_on=on,
        added_by=actor.capacity,
    )


def stages_open_to(actor: Actor, held: HeldReport, on: date) -> frozenset[str]:
    """The stages of a draft, by their handles, at which somebody may clear it or send it back on a day."""
    stages = {stage.handle for stage in held.stages}
    if not held.is_draft or not may(actor, Permission.CLEAR_REPORTS):
        return frozenset()
    if may(actor, Permission.PREPARE_REPORTS):
        return frozenset(stages)
    with council_scope(actor.council):
        mine = lead_slugs(actor, on) or frozenset()
        posts = frozenset(PostRecord.objects.filter(slug__in=stages).values_list("slug", flat=True))
    return frozenset(stages - {slug(PROGRAMME_OFFICE)} - (posts - mine))


def _said(outcome: ClearanceOutcome, words: str) -> str:
    said = words.strip()
    if outcome is ClearanceOutcome.SENT_BACK and not said:
        raise InvalidEdit("Say what has to change before it can be cleared.", "words")
    if len(said) > LONGEST_WORDS:
        raise InvalidEdit(f"The words are longer than {LONGEST_WORDS:,} characters. Shorten them.", "words")
    return said


def _clearer(actor: Actor, stage: str, cleared_by: str, on: date) -> str:
    """Who clears a stage, as the record will say it.

    Raises:
        NotAllowed: the actor speaks for somebody else, or the stage is a post's that the actor does not hold.
        InvalidEdit: the programme office does not say for whom it records this.
    """
    named, own_office = " ".join(cleared_by.split()), slug(stage) == slug(PROGRAMME_OFFICE)
    if len(named) > LONGEST_NAME:
        raise InvalidEdit(f"The name is longer than {LONGEST_NAME} characters. Shorten it.", "cleared_by")
    if may(actor, Permission.PREPARE_REPORTS):
        if not named and not own_office:
            said = f"Say who cleared it for {stage}, or sent it back: a name and a post."
            raise InvalidEdit(said, "cleared_by")
        return named or actor.capacity
    if own_office:
        raise NotAllowed("Only the programme office clears this stage.")
    return _own_capacity(actor, stage, on)


def _own_capacity(actor: Actor, stage: str, on: date) -> str:
    """The posts that the actor holds on a day, else the role: as whom they clear. Raises NotAllowed."""
    held = lead_slugs(actor, on) or frozenset()
    posts = PostRecord.objects.filter(same_as=None)
    mine = dict(posts.filter(slug__in=held).values_list("slug", "name"))
    if slug(stage) in held:
        return mine.get(slug(stage), stage)
    if PostRecord.objects.filter(slug=slug(stage)).exists():
        raise NotAllowed(f"{stage} clears this stage. Ask whoever holds that post, or the programme office.")
    return ", ".join(mine[name] for name in sorted(mine)) or actor.capacity
