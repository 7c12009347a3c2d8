"""How pages reach what a council has said of its documents' columns and words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status
from goldenthread.reading import DocumentMapping, Field
from goldenthread.record.errors import NotFound
from goldenthread.record.models.imports import RuleKind
from goldenthread.record.services import imports, reading_rules, rereading
from goldenthread.web.import_access import OpenImport
from goldenthread.web.record_access import Viewer


def mapping(document: OpenImport) -> DocumentMapping:
    """How the columns and words of the document are read.

    Raises:
        Unreadable: it is not kept here any more.
    """
    return _mapping(document.viewer.council_id, document.id, document.viewer.head)


@lru_cache(maxsize=8)
def _mapping(council: UUID, import_id: UUID, head: int) -> DocumentMapping:
    """Nothing that it depends on changes without another head revision."""
    return rereading.import_mapping(council, import_id)


def remembered(viewer: Viewer) -> tuple[reading_rules.RememberedRule, ...]:
    """What the viewer's council has said so far."""
    return reading_rules.remembered_rules(viewer.council_id)


def correct(document: OpenImport, columns: Mapping[str, Field], values: Mapping[str, Status]) -> None:
    """Remember what was said, and read the document again. Raises what `set_reading_rules`, `reread_import` raise."""
    _set(document, columns, values, f"Said how the columns and words of {document.name} are read")


def forget(document: OpenImport, rule: str) -> None:
    """Forget one rule ("column:boss"), and read the document again.

    Raises:
        NotFound: nothing of that name is remembered.
    """
    kind, _, words = rule.partition(":")
    found = next(
        (each for each in remembered(document.viewer) if (each.kind, each.words) == (kind, words)), None
    )
    if found is None:
        raise NotFound("That is not remembered any more.")
    said: dict[str, None] = {found.printed: None}
    columns, values = (said, {}) if found.kind is RuleKind.COLUMN else ({}, said)
    _set(document, columns, values, f"Forgot how “{found.printed}” is read")


def reading_now(document: OpenImport) -> tuple[bool, Plan]:
    """Whether the document is understood by now, and what it comes to."""
    council = document.viewer.council_id
    return imports.import_summary(council, document.id).understood, imports.import_reading(
        council, document.id
    )


def _set(
    document: OpenImport,
    columns: Mapping[str, Field] | Mapping[str, None],
    values: Mapping[str, Status] | Mapping[str, None],
    reason: str,
) -> None:
    actor = document.viewer.actor
    reading_rules.set_reading_rules(actor=actor, columns=dict(columns), values=dict(values), reason=reason)
    if document.is_open:
        rereading.reread_import(actor=actor, import_id=document.id, reason=f"Read {document.name} again")
