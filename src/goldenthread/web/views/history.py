"""The record's own history: every change, and one change."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from goldenthread.web.stories import recent_stories, revision_story
from goldenthread.web.viewing import KNOWN_AT, Viewing, reading_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 50


@reading_page
def revisions(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Changes, newest first, fifty to a page."""
    printed = request.GET.get("before", "")
    before = int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 12 else None
    found = recent_stories(viewing, ON_A_PAGE, before)
    older = None
    if len(found) == ON_A_PAGE and found[-1].number > 1:
        address = viewing.link("revisions")
        older = f"{address}{'&' if '?' in address else '?'}before={found[-1].number}"
    return page(request, viewing, "revisions", {"revisions": found, "older": older})


@reading_page
def revision(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """One change: who, when, why, what, and its seal."""
    story = revision_story(viewing, number)
    if story is None:
        raise Http404(f"There is no change {number}")
    viewing.under(("Changes", "revisions", {}))
    seal = Markup('<span class="gt-seal">{}</span>').format(story.hash)
    see_then = f"{viewing.link('home').partition('?')[0]}?{KNOWN_AT}={number}"
    return page(request, viewing, "revision", {"revision": story, "seal": seal, "see_then": see_then})
