"""The documents that a plan was read from, to show beside what was read."""

from __future__ import annotations

from uuid import UUID

from goldenthread.record.files.storage import content_of
from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.imports import Import
from goldenthread.record.scope import council_scope


def source_content(*, council: UUID, name: str) -> bytes | None:
    """The content of the newest document that was uploaded under this name, as anchors have it; None if none was."""
    with council_scope(council):
        found = Import.objects.filter(name=name).select_related("file").defer("reading")
        newest = max(found, key=lambda each: last_revision_of_row(council, each.id), default=None)
        return content_of(newest.file.sha256) if newest else None
