"""Rendering a page of a plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.web.judging import judged
from goldenthread.web.viewing import Viewing


def page(
    request: HttpRequest, viewing: Viewing, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The named page, with the plan and its index beside what the view adds."""
    shared = {"plan": viewing.plan, "index": viewing.index, "judged": judged(viewing)}
    return render(request, f"pages/{name}.html", {**shared, **context}, status=status, using="jinja")
