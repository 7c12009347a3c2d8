"""Files of reports that readers edited: kept as they came, and words of theirs taken into the draft.

Nothing in a file changes the report by itself. An officer sees what it says otherwise, and takes words place by place;
a figure is changed in the record, where it comes from.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings

from goldenthread.documents import DocumentError
from goldenthread.record.actor import Actor
from goldenthread.record.edited_reports import edited, edited_file, held_at, printed_at, version_of
from goldenthread.record.errors import InvalidEdit, Unreadable
from goldenthread.record.files.storage import keep
from goldenthread.record.issued import HeldReport, held_report
from goldenthread.record.models.reports import ReportFile, ReportFileRole, ReportState
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.report_drafts import locked_report, write_draft
from goldenthread.record.services.stored_files import keep_file, printable_name
from goldenthread.reporting.edits import Offer, SlotKind, compare, notes_in, office_format, passages

LONGEST_NAME = 200
HEADINGS_LEFT = 0.5
"""Which share of the report's headings a file must still have, to be that report."""


def keep_edited_report(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    name: str,
    content: bytes,
    edited_by: str,
    on: date,
    release: str,
) -> UUID:
    """Keep a file that a reader edited as it came, and give its id. The same file sent twice is kept once.

    Args:
        name: The file's name.
        edited_by: Who edited it.

    Raises:
        NotAllowed: The actor may not prepare reports.
        NoSuchPlan, NotFound: There is no such plan or report.
        Unreadable: It is no Word document or OpenDocument text that can be read; the message says what to do.
        InvalidEdit: It is another report, nobody is said to have edited it, it is too large, or the draft was given up.
    """  # fmt: skip
    require(actor, Permission.PREPARE_REPORTS)
    by, called = " ".join(edited_by.split()), printable_name(name, LONGEST_NAME, "report")
    _refuse(by, called, content)
    held = held_report(actor.council, plan, number)
    if held.state is ReportState.ABANDONED:
        raise InvalidEdit(
            f"The draft {number} was given up. Send the file to the report that took its place."
        )
    try:
        version = _version(held, called, content, release)
        format_ = office_format(content, called)
    except DocumentError as error:
        raise Unreadable(str(error)) from error
    digest = keep(content)
    with writing(actor, f"Kept report {number} as {by} edited it"):
        row = locked_report(plan, number)
        came = ReportFile.objects.filter(report=row, role=ReportFileRole.EDITED, file__sha256=digest).first()
        if came:
            return came.id
        file = keep_file(
            actor=actor, kind="report", name=called, content=content, media_type=format_.media_type
        )
        made = ReportFile.objects.create(
            council_id=actor.council,
            report=row,
            file=file,
            role=ReportFileRole.EDITED,
            ending=format_.value,
            version=version,
            added_on=on,
            added_by=actor.capacity,
            note=by,
        )
    return made.id


def take_edited_words(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    file: UUID,
    chosen: Collection[int],
    seen: int,
    on: date,
    release: str,
) -> int:
    """Take words of a file into the places of the draft that wait for them, and give the draft's version.

    Args:
        chosen: Which of the offers of the comparison (`edited(...).comparison.offers`), counted from 0.
        seen: The version of the draft that the officer saw.

    Raises:
        NotAllowed, NoSuchPlan, NotFound: as `keep_edited_report`.
        InvalidEdit: It is no draft any more, nothing is chosen, or two texts for one place are.
        StaleDraft: Somebody wrote other words for these places meanwhile.
        Unreadable: The file cannot be read any more.
    """  # fmt: skip
    require(actor, Permission.PREPARE_REPORTS)
    held = held_report(actor.council, plan, number)
    if not held.is_draft:
        raise InvalidEdit(
            f"Report {number} is no draft any more, so nothing can be taken into it. Start a new draft."
        )
    try:
        came = edited_file(held, file)
        offers = edited(held, came, release).comparison.offers
    except DocumentError as error:
        raise Unreadable(str(error)) from error
    taken = [offers[place] for place in sorted(set(chosen)) if 0 <= place < len(offers)]
    if not taken:
        raise InvalidEdit("Choose at least one place whose words are to be taken.")
    _refuse_twice(taken)
    words = {
        kind: {each.slot.name: each.words for each in taken if each.slot.kind is kind} for kind in SlotKind
    }
    return write_draft(
        actor=actor, plan=plan, number=number, seen=seen, on=on,
        why=f"Took words of {came.edited_by} into report {number}",
        fill=words[SlotKind.FILL], written=words[SlotKind.WRITTEN],
    )  # fmt: skip


def _version(held: HeldReport, name: str, content: bytes, release: str) -> int:
    """From which version it was edited. Raises DocumentError; InvalidEdit where it is another report."""
    sent, notes = passages(content, name), notes_in(content, name)
    version = version_of(held, notes.stamp, name)
    alike = compare(printed_at(held_at(held, version), release), sent).alike
    if alike < HEADINGS_LEFT:
        raise InvalidEdit(
            f"{name} is not this report: it has {alike:.0%} of its headings. Send the file that was made of report "
            f"{held.number}, “{held.title}”."
        )
    return version


def _refuse(by: str, name: str, content: bytes) -> None:
    limit = settings.MAX_UPLOAD_BYTES
    if not by:
        raise InvalidEdit("Say who edited the file.")
    if len(by) > LONGEST_NAME:
        raise InvalidEdit(f"Who edited it is longer than {LONGEST_NAME} characters. Shorten it.")
    if len(content) > limit:
        raise InvalidEdit(f"{name} is larger than {limit // (1024 * 1024)} MB. Take pictures out of it.")


def _refuse_twice(taken: Collection[Offer]) -> None:
    places = [(each.slot.kind, each.slot.name) for each in taken]
    if twice := next((each for each in taken if places.count((each.slot.kind, each.slot.name)) > 1), None):
        raise InvalidEdit(f"The file has more than one text for “{twice.slot.asks}”. Choose one of them.")
