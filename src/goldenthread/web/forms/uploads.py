"""An uploaded document: there, and not too big. Whether it can be read is for the record to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.http import HttpRequest, QueryDict

FORM_OVERHEAD = 64 * 1024


NEW_PLAN = "new"


@dataclass(frozen=True, slots=True)
class TypedDocument:
    """A document that was chosen, or what is wrong with it."""

    name: str = ""
    content: bytes = b""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class TypedPurpose:
    """What the document is for: to amend the plan of this slug, or (None) to be a new plan. Or what is wrong."""

    chosen: str = ""
    amends: str | None = None
    error: str | None = None


def usual_purpose(slugs: Sequence[str]) -> str:
    """What is chosen before anybody chooses: the only plan, or a new one where there is none."""
    return f"plan:{slugs[0]}" if len(slugs) == 1 else "" if slugs else NEW_PLAN


def typed_purpose(data: QueryDict, slugs: Sequence[str]) -> TypedPurpose:
    """What was chosen, out of the council's plans and a new one."""
    chosen = data.get("purpose", usual_purpose(slugs))
    if chosen == NEW_PLAN:
        return TypedPurpose(chosen)
    amends = chosen.removeprefix("plan:")
    if amends in slugs:
        return TypedPurpose(chosen, amends)
    return TypedPurpose(chosen, error="Choose the plan that the document amends, or a new plan")


def typed_document(request: HttpRequest) -> TypedDocument:
    """The uploaded document. What it is will be told from its bytes, not from what the browser calls it."""
    limit = settings.MAX_UPLOAD_BYTES
    too_big = TypedDocument(error=f"The document must be smaller than {limit // (1024 * 1024)} MB")
    uploaded = request.FILES.get("document")
    if uploaded is None:
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        return too_big if sent > limit + FORM_OVERHEAD else TypedDocument(error="Choose a document")
    name, content = PurePath(uploaded.name or "document.txt").name, uploaded.read()
    if len(content) > limit:
        return too_big
    if not content.strip():
        return TypedDocument(error="The document is empty")
    return TypedDocument(name, content)
