"""The document that an item was read from, where the record keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from goldenthread.plan.values import Anchor
from goldenthread.web.presenting.sources import Excerpt, excerpt
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
    name = next((anchor.file for anchor in anchors if anchor.file and anchor.line), None)
    found = stored_content(name) if name else None
    return Source(anchors, excerpt(lines_of(found), anchors) if found else None)


@lru_cache(maxsize=16)
def lines_of(content: bytes) -> tuple[str, ...]:
    """The lines of a text document."""
    return tuple(content.decode("utf-8", errors="replace").splitlines())
