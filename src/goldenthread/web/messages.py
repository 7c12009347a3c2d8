"""Pages that say one thing and lead back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def message(request: HttpRequest, heading: str, *texts: str, status: int = 200) -> HttpResponse:
    """A page that says one thing and leads back."""
    return render(
        request, "pages/message.html", {"heading": heading, "texts": texts}, status=status, using="jinja"
    )
