"""The document that an item was read from, where the record keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from goldenthread.documents import Document, DocumentError, document_from_bytes
from goldenthread.plan.values import Anchor
from goldenthread.web.presenting.sources import Excerpt, passage
from goldenthread.web.record_access import stored_content
from goldenthread.web.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read, and its words if the document is kept."""

    anchors: tuple[Anchor, ...]
    excerpt: Excerpt | None


def source_of(viewing: Viewing, anchors: Iterable[Anchor]) -> Source:
    """The passage around these places of the plan's document."""
    anchors = tuple(anchors)
    name = next((anchor.file for anchor in anchors if anchor.file), None)
    return source_in(stored_content(viewing.viewer.council_id, name) if name else None, anchors)


def source_in(content: bytes | None, anchors: Iterable[Anchor]) -> Source:
    """The passage around these places of a document with this content (None: it is not kept)."""
    anchors = tuple(anchors)
    name = next((anchor.file for anchor in anchors if anchor.file), None)
    document = document_of(content, name) if content and name else None
    return Source(anchors, passage(document, anchors) if document else None)


@lru_cache(maxsize=8)
def document_of(content: bytes, name: str) -> Document | None:
    """The document as it was read; None when this release no longer can."""
    try:
        return document_from_bytes(content, name)
    except DocumentError:
        return None
