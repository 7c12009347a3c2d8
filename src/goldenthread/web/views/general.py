"""Pages that belong to no plan, and the pages that say that something went wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.web.messages import message
from goldenthread.web.presenting.colour import council_style
from goldenthread.web.presenting.statuses import STATUS_WORDS

A_DAY = 24 * 3600


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How the record works, for somebody who has never seen it."""
    return render(request, "pages/about.html", {"statuses": list(STATUS_WORDS.values())}, using="jinja")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html", using="jinja")


@login_not_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The council's colour, as a style sheet: pages allow no style within them."""
    response = HttpResponse(council_style(settings.COUNCIL_COLOUR), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process can reach its database: 200 and "ok", or an error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return message(
        request,
        "Page not found",
        "If you typed the address, check that it is right. If you followed a link, what it led to may not be in the "
        "plan as at the date that you chose.",
        status=404,
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    said = str(exception) if exception and str(exception) else "Your role in this council does not allow it."
    return message(request, "You cannot do this", said, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return message(
        request,
        "That did not work",
        "What the browser sent could not be understood. Go back and try again.",
        status=400,
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is wrong or old."""
    return message(
        request,
        "This form has expired",
        "Nothing was saved. Go back, load the page again and send it once more.",
        status=403,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: plain, because whatever is broken may be what pages are made with."""
    content: Any = (
        "<!DOCTYPE html><html lang=en-GB><meta charset=utf-8><title>Sorry, something went wrong – Golden Thread</title>"
        "<main><h1>Sorry, something went wrong</h1><p>Nothing was changed. Try again in a few minutes.</p></main>"
        "</html>"
    )
    return HttpResponse(content, status=500)
