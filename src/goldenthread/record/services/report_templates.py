"""Adopting the council's own definitions and letterheads, and going back. Nothing that was adopted is ever edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from goldenthread.documents import DocumentError
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.council import Council
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.reports import ReportTemplate
from goldenthread.record.permissions import Permission, require
from goldenthread.record.report_templates import STANDARD, TemplateKind, definition_in
from goldenthread.record.scope import writing
from goldenthread.record.services.stored_files import keep_file, printable_name
from goldenthread.reporting.definitions import Definition, DefinitionError, audiences
from goldenthread.reporting.letterheads import letterhead_sample
from goldenthread.reporting.report_files import ReportFormat

LONGEST_DEFINITION = 200_000
"""In characters; the longest that comes with Golden Thread has a tenth of it."""
LONGEST_NAME = 60
_TAKEN = frozenset({"new", "letterhead", "templates"})
"""Words that addresses need for themselves."""


@dataclass(frozen=True)
class OfferedLetterhead:
    """A file as it was sent: its name, which proves nothing, and its content."""

    name: str
    content: bytes

    @property
    def called(self) -> str:
        """Its name without folders, as messages and lists show it."""
        return printable_name(self.name, 100, "the file")


@dataclass(frozen=True)
class _Adopting:
    """What becomes the next version: of which kind and audience, and who had seen which version before."""

    actor: Actor
    kind: TemplateKind
    audience: str
    reason: str
    seen: int
    on: date
    text: str = ""
    file: StoredFile | None = None


def checked_definition(text: str, file: str) -> Definition:
    """The definition in a text that somebody wants to adopt; `file` is what messages call it.

    Raises:
        InvalidEdit: it cannot be read, or its audience is not to be called so; the message says where and what to do.
    """
    if len(text) > LONGEST_DEFINITION:
        raise InvalidEdit(
            f"{file} is longer than {LONGEST_DEFINITION:,} characters. Take something out of it."
        )
    try:
        read = definition_in(text, file)
    except DefinitionError as error:
        raise InvalidEdit(str(error)) from error
    name = read.audience
    if name not in audiences() and (
        name in _TAKEN or name.startswith("reviewer-") or len(name) > LONGEST_NAME
    ):
        raise InvalidEdit(
            f"{file}: a report of your own cannot be called “{name}”. Choose a short name that does not begin with "
            "“reviewer-” and is none of new, letterhead, templates."
        )
    if name != "reviewer" and read.based_on == "reviewer":
        raise InvalidEdit(
            f"{file}: only “reviewer” itself keeps each reviewer’s pack to their own recommendations. Change that "
            "definition, or leave “based-on” out."
        )
    return read


def adopt_definition(*, actor: Actor, text: str, reason: str, seen: int, on: date, file: str = "") -> int:
    """Make this the council's definition of its audience's report, and give the number of the version.

    Reports drafted before keep the text that they were drafted with. `seen` is the newest version that the person saw,
    0 for none; `file` what messages call the text. Sent twice, it is adopted once.

    Raises:
        NotAllowed: The actor may not prepare reports.
        InvalidEdit: It cannot be used, counts already, gives no reason, or somebody adopted another meanwhile.
    """
    require(actor, Permission.PREPARE_REPORTS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    read = checked_definition(lines, file or "the definition")
    with writing(actor, reason):
        return _adopt(_Adopting(actor, TemplateKind.DEFINITION, read.audience, reason, seen, on, text=lines))


def adopt_letterhead(
    *, actor: Actor, kind: TemplateKind, offered: OfferedLetterhead, reason: str, seen: int, on: date
) -> int:
    """Make this the file on which the council's Word or OpenDocument reports are written; gives the version's number.

    Raises:
        NotAllowed, InvalidEdit: as `adopt_definition`; what is no such file, holds macros or would fetch something from
            elsewhere is refused, and a page is written on it before it is taken.
    """
    require(actor, Permission.PREPARE_REPORTS)
    name, limit = offered.called, settings.MAX_UPLOAD_BYTES
    if len(offered.content) > limit:
        raise InvalidEdit(f"{name} is larger than {limit // (1024 * 1024)} MB. Make its pictures smaller.")
    format_ = ReportFormat(kind.value)
    try:
        letterhead_sample(offered.content, format_, name, "The council", on)
    except DocumentError as error:
        raise InvalidEdit(str(error)) from error
    with writing(actor, reason):
        file = keep_file(
            actor=actor, kind="template", name=name, content=offered.content, media_type=format_.media_type
        )
        return _adopt(_Adopting(actor, kind, "", reason, seen, on, file=file))


def use_again(
    *, actor: Actor, kind: TemplateKind, audience: str, number: int, reason: str, seen: int, on: date
) -> int:
    """Adopt an older version anew, or with number 0 go back to what comes with Golden Thread; gives the new number.

    A report that only the council has a definition for is no longer offered once it goes back.

    Raises:
        NotAllowed, InvalidEdit: as `adopt_definition`.
        NotFound: There is no such version.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with writing(actor, reason):
        again = _Adopting(actor, kind, audience, reason, seen, on)
        if number == STANDARD:
            return _adopt(again)
        held = _versions(again).filter(number=number).select_related("file").first()
        if held is None:
            raise NotFound(f"There is no version {number} of this template.")
        if held.text:
            checked_definition(held.text, f"version {number} of {audience}")
        return _adopt(_Adopting(actor, kind, audience, reason, seen, on, held.text, held.file))


def _adopt(new: _Adopting) -> int:
    """Write the next version, in the scope of the caller; gives its number."""
    Council.objects.select_for_update().get(pk=new.actor.council)
    held = _versions(new).order_by("-number").first()
    last = held.number if held else STANDARD
    same = (held.text, held.file_id) if held else ("", None)
    counts = same == (new.text, new.file.id if new.file else None)
    if held and counts and (last, held.adopted_by) == (new.seen + 1, new.actor.capacity):
        return last  # the same form, sent twice
    if last != new.seen:
        raise InvalidEdit(
            f"Somebody adopted version {last} since this page was opened. Look at it first, then adopt yours again."
        )
    if counts:
        raise InvalidEdit("This is what counts already. Nothing was changed.")
    ReportTemplate.objects.create(
        council_id=new.actor.council,
        kind=new.kind.value,
        audience=new.audience,
        number=last + 1,
        text=new.text,
        file=new.file,
        reason=new.reason.strip(),
        adopted_on=new.on,
        adopted_by=new.actor.capacity,
    )
    return last + 1


def _versions(new: _Adopting) -> QuerySet[ReportTemplate]:
    return ReportTemplate.objects.filter(
        council_id=new.actor.council, kind=new.kind.value, audience=new.audience
    )
