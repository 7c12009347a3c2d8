"""What was typed into any form, as far as a text on the record can hold it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

NULL = "\x00"


class WithoutNulls:
    """Takes the null character out of what was typed: PostgreSQL can keep no text with one (its manual, 8.3).

    Nobody types it, but it comes along when words are copied out of some files. Stands behind the check of the form's
    token, which reads the form first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Clean the form before the view reads it."""
        if request.method != "POST":
            return
        typed = request.POST.lists()
        if not any(NULL in text for _, texts in typed for text in texts):
            return
        clean = request.POST.copy()
        for name, texts in request.POST.lists():
            clean.setlist(name, [text.replace(NULL, "") for text in texts])
        request.POST = clean  # type: ignore[assignment]
