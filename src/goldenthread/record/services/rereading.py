"""How a document was read, and reading it again once people have said more of its words."""

from __future__ import annotations

from uuid import UUID

from goldenthread.documents import Document, DocumentError, document_from_bytes
from goldenthread.plan.model import Plan
from goldenthread.reading import DocumentMapping, NoPlanError, ReadingRules, mapping_of, read_plan
from goldenthread.record.actor import Actor
from goldenthread.record.errors import Unreadable
from goldenthread.record.files.storage import content_of
from goldenthread.record.models.imports import Import
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.import_states import find_import, lock_import, reads_as, stored_reading
from goldenthread.record.services.reading_rules import reading_rules


def plan_in(document: Document, rules: ReadingRules, *, to_be_mapped: bool) -> Plan | None:
    """The plan in a document; None if it is not understood, but has tables of which a person can say what they hold.

    Args:
        to_be_mapped: Whether somebody is there to say so; else such a document is refused like any without a plan.

    Raises:
        Unreadable: There is no plan in it.
    """
    try:
        return read_plan(document, rules)
    except NoPlanError as error:
        if to_be_mapped and mapping_of(document, rules).columns:
            return None
        raise Unreadable(str(error)) from error


def import_mapping(council: UUID, import_id: UUID) -> DocumentMapping:
    """How the columns and status words of an import's document are read under the council's rules of today.

    Raises:
        NotFound: There is no such import.
        Unreadable: The document is not kept on this machine.
    """
    with council_scope(council):
        return mapping_of(_document(find_import(import_id)), reading_rules(council))


def reread_import(*, actor: Actor, import_id: UUID, reason: str) -> None:
    """Read the document of an open import again, under the rules of today. Answers that still fit are kept.

    If nothing in it is understood any more, the import waits until somebody says what its columns hold.

    Raises:
        NotAllowed: The actor may not import.
        NotFound: There is no such import.
        ImportClosed: It was applied or discarded.
        Unreadable: The document is not kept on this machine.
        InvalidEdit: No reason is given.
    """
    require(actor, Permission.IMPORT)
    with writing(actor, reason):
        held = lock_import(import_id)
        try:
            read: Plan | None = read_plan(_document(held), reading_rules(actor.council))
        except NoPlanError:
            read = None
        if not reads_as(held, read):
            held.reading = stored_reading(read)
            held.save(update_fields=["reading"])


def _document(held: Import) -> Document:
    try:
        return document_from_bytes(content_of(held.file.sha256), held.name)
    except (OSError, DocumentError) as error:
        raise Unreadable(f"“{held.name}” is no longer kept here as it was. Upload it again.") from error
