"""Reports that were issued, put on the record as rows: for tests of what comes after the issue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.files.storage import keep
from goldenthread.record.history.selectors import head_revision
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.reports import ReportFile, ReportFileRole, ReportRecord, ReportState
from goldenthread.record.scope import writing
from goldenthread.record.snapshot import find_plan
from goldenthread.reporting.letter.model import Letter


def hold_report(
    actor: Actor,
    plan: str,
    cut_off: date,
    *,
    audience: str = "cabinet",
    state: ReportState = ReportState.ISSUED,
    known_at: int | None = None,
    on: date | None = None,
    contents: Mapping[str, bytes] | None = None,
    letter: Letter | None = None,
) -> int:
    """A report that knows the record as it is now, and its number; issued unless another state is named."""
    head = head_revision(actor.council)
    issued = state == ReportState.ISSUED
    with writing(actor, "A report for a test"):
        held = find_plan(plan)
        number = ReportRecord.objects.filter(plan=held).count() + 1
        report = ReportRecord.objects.create(
            council_id=actor.council, plan=held, number=number, audience=audience, cut_off=cut_off,
            title=f"Report to {audience}", known_at=known_at or head.number, definition=_definition(audience),
            state=state, drafted_on=on or cut_off, drafted_by="Programme office",
            issued_on=(on or cut_off) if issued else None,
            letter=letter.model_dump(mode="json") if letter else None,
            issued_by="Programme office" if issued else "", head_hash=head.hash if issued else "", release="1.0",
        )  # fmt: skip
        for ending, content in (contents or {}).items():
            _file(actor, report, ending, content, role=ReportFileRole.ISSUED, added_on=on or cut_off)
    return number


def hold_edited(actor: Actor, plan: str, number: int, content: bytes) -> UUID:
    """A Word file that a reader sent back for the first version of a report, and its id."""
    with writing(actor, "A file for a test"):
        report = ReportRecord.objects.get(plan=find_plan(plan), number=number)
        on, role = report.drafted_on, ReportFileRole.EDITED
        return _file(actor, report, "docx", content, role=role, added_on=on, note="Cllr Jones").id


def _file(actor: Actor, report: ReportRecord, ending: str, content: bytes, **more: object) -> ReportFile:
    file, _ = StoredFile.objects.get_or_create(
        council_id=actor.council, sha256=keep(content), kind="report",
        defaults={"name": f"report.{ending}", "size": len(content), "media_type": "text/html"},
    )  # fmt: skip
    return ReportFile.objects.create(
        council_id=actor.council, report=report, file=file, ending=ending, version=1,
        added_by="Programme office", **more,
    )  # fmt: skip


def _definition(audience: str) -> str:
    """The text of the definition that comes with Golden Thread; empty where there is none of that name."""
    file = files("goldenthread.reporting.definitions") / f"{audience}.toml"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
