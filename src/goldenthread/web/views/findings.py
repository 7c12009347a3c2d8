"""What the checks noticed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goldenthread.web.presenting.findings import group_findings
from goldenthread.web.viewing import Viewing, reading_page
from goldenthread.web.views.pages import page


@reading_page
def findings(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every finding under its rule, with a link to what it is about."""
    groups, summary = group_findings(viewing.index, viewing.shown_day, viewing.link)
    return page(request, viewing, "findings", {"groups": groups, "summary": summary})
