"""The documents that a plan was read from, to show beside what was read."""

from __future__ import annotations

from uuid import UUID

from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.imports import Import, ImportState
from goldenthread.record.scope import council_scope


def source_digest(*, council: UUID, name: str) -> str | None:
    """The hash of the document that anchors with this name mean; None if none was uploaded under it.

    That is the one that was recorded last; before any was, the one that was uploaded last.
    """
    with council_scope(council):
        named = list(Import.objects.filter(name=name).select_related("file").defer("reading"))
        recorded = [each for each in named if each.state == ImportState.APPLIED] or named
        if len(recorded) > 1:
            recorded.sort(key=lambda each: last_revision_of_row(council, each.id))
        return recorded[-1].file.sha256 if recorded else None
