"""Rendering a page of a plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.web.viewing import Viewing


def page(request: HttpRequest, viewing: Viewing, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The named page, with the plan and its index beside what the view adds."""
    shared = {"plan": viewing.plan, "index": viewing.index}
    return render(request, f"pages/{name}.html", {**shared, **context}, status=status, using="jinja")


def message(request: HttpRequest, heading: str, *texts: str, status: int = 200) -> HttpResponse:
    """A page that says one thing and leads back."""
    return render(request, "pages/message.html", {"heading": heading, "texts": texts}, status=status, using="jinja")
