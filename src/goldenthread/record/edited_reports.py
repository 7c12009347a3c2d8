"""Files of reports that readers edited and sent back, each held against the version that it was edited from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.plan.days import day_words
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.files.storage import content_of
from goldenthread.record.history.selectors import entered_order, revisions_numbered
from goldenthread.record.issued import HeldReport, composed
from goldenthread.record.models.reports import ReportFile, ReportFileRole
from goldenthread.record.scope import council_scope
from goldenthread.reporting.edits import (
    Comparison,
    Notes,
    Printed,
    SentStamp,
    compare,
    notes_in,
    passages,
    printed_units,
)
from goldenthread.reporting.letter.model import Letter

_VERSIONS = """
SELECT DISTINCT ON (c.row ->> 'version') c.row FROM change c
WHERE c.council_id = current_council() AND c.table_name = 'report' AND c.row_id = %s
ORDER BY c.row ->> 'version', c.id DESC
"""


@dataclass(frozen=True)
class EditedFile:
    """A file that came back: who edited it, which version of the report it was edited from, who entered it and when."""

    id: UUID
    name: str
    ending: str
    version: int
    edited_by: str
    sent_on: date
    entered_by: str
    sha256: str
    size: int

    def content(self) -> bytes:
        """Its bytes. Raises OSError where they are not kept, or are not what came."""
        return content_of(self.sha256)


@dataclass(frozen=True)
class Edited:
    """A file that came back, what it says otherwise than its version of the report, and what else is in it."""

    file: EditedFile
    comparison: Comparison
    notes: Notes


def edited_files(held: HeldReport) -> tuple[EditedFile, ...]:
    """The files of a report that came back, the newest first."""
    with council_scope(held.council):
        rows = ReportFile.objects.filter(report=held.id, role=ReportFileRole.EDITED).select_related("file")
        found = {row.id: _file(row) for row in rows}
        entered = entered_order("report_file", found)
    return tuple(sorted(found.values(), key=lambda each: entered[each.id], reverse=True))


def edited_file(held: HeldReport, file: UUID) -> EditedFile:
    """One of them. Raises NotFound."""
    with council_scope(held.council):
        row = (
            ReportFile.objects.filter(report=held.id, role=ReportFileRole.EDITED, id=file)
            .select_related("file")
            .first()
        )
    if row is None:
        raise NotFound("No such file came back for this report. Look at the list of those that did.")
    return _file(row)


def edited(held: HeldReport, file: EditedFile, release: str) -> Edited:
    """What a file says otherwise than the version of the report that it was edited from.

    Raises:
        DocumentError: The file cannot be read any more, or that version cannot be composed by this release.
        OSError: The file is not kept, or is not what came.
    """
    content = file.content()
    printed = printed_at(held_at(held, file.version), release)
    return Edited(file, compare(printed, passages(content, file.name)), notes_in(content, file.name))


def printed_at(held: HeldReport, release: str) -> tuple[Printed, ...]:
    """A version of a report as its Word file is read."""
    return printed_units(composed(held, release), held.definition, held.written)


def held_at(held: HeldReport, version: int) -> HeldReport:
    """The report as it was in a version of its draft, without its clearances and files; raises NotFound."""
    found = next((each for each in _versions(held) if each["version"] == version), None)
    if found is None:
        raise NotFound(f"Report {held.number} never had a version {version}: its newest is {held.version}.")
    same = {name: found[name] for name in ("fill", "written", "known_at", "title", "reviewer", "version")}
    letter = Letter.model_validate(found["letter"]) if found.get("letter") else None
    return replace(held, **same, definition_text=found["definition"], letter=letter)


def version_of(held: HeldReport, stamp: SentStamp | None, name: str) -> int:
    """From which version of the report a file was edited, by the stamp in its footer; without one, from the newest.

    Raises:
        InvalidEdit: The stamp is that of another report, of another day, or of another record.
    """
    if stamp is None:
        return held.version
    if stamp.as_at != held.cut_off:
        raise InvalidEdit(
            f"{name} is another report: it says how things stood as at {day_words(stamp.as_at)}, and report "
            f"{held.number} as at {day_words(held.cut_off)}. Send it to the report that it belongs to."
        )
    if stamp.number is not None and stamp.number != held.number:
        raise InvalidEdit(
            f"{name} is report {stamp.number}, and this is report {held.number}. Send it there."
        )
    with council_scope(held.council):
        sealed = revisions_numbered([stamp.revision]).get(stamp.revision)
    if sealed is None or not sealed.hash.startswith(stamp.hash):
        raise InvalidEdit(f"{name} comes from another record: none of ours has the hash {stamp.hash} at change "
                          f"{stamp.revision}. Ask whoever sent it where they have it from.")  # fmt: skip
    fits = [each["version"] for each in _versions(held) if each["known_at"] == stamp.revision]
    if stamp.version is not None:
        fits = [version for version in fits if version == stamp.version]
    if not fits:
        raise InvalidEdit(
            f"{name} says what was known at change {stamp.revision}"
            f"{f', as version {stamp.version}' if stamp.version else ''}. Report {held.number} never did. "
            "Send it to the report that it belongs to."
        )
    return int(max(fits))


def _versions(held: HeldReport) -> Sequence[dict[str, Any]]:
    """The report's row as it was last in each of its versions, out of the log."""
    with council_scope(held.council), connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [held.id])
        return [from_json(row) if isinstance(row, str) else row for (row,) in cursor.fetchall() if row]


def _file(row: ReportFile) -> EditedFile:
    return EditedFile(
        id=row.id,
        name=row.file.name,
        ending=row.ending,
        version=row.version,
        edited_by=row.note,
        sent_on=row.added_on,
        entered_by=row.added_by,
        sha256=row.file.sha256,
        size=row.file.size,
    )
