"""A page that cannot have changed is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from goldenthread.web.clock import civil_today
from goldenthread.web.release import RELEASE

KEPT = "private, no-cache"


class UnchangedPages:
    """Answers 304 where the browser holds the page already.

    A reading page is a function of council, revision, cut-off, the viewer, the release and today's date, and of
    nothing else; those, with the address, are its ETag. Views say so by `viewing.reading_page`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, with its ETag if it has one."""
        response = self.get_response(request)
        tag = getattr(request, "page_tag", None)
        if tag and response.status_code in {200, 304}:
            response["ETag"], response["Cache-Control"] = tag, KEPT
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop before the view where the browser's copy is still right."""
        viewer = getattr(request, "viewer", None)
        if not viewer or not getattr(view, "reads_only", False) or request.method not in {"GET", "HEAD"}:
            return None
        if request.session.get("_messages"):
            return None
        parts = (
            viewer.council_id,
            viewer.head,
            viewer.user.pk,
            viewer.role,
            RELEASE,
            civil_today(),
            request.get_full_path(),
        )
        tag = f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
        request.page_tag = tag  # type: ignore[attr-defined]
        held = {part.strip() for part in request.headers.get("If-None-Match", "").split(",")}
        return HttpResponseNotModified() if tag in held else None
