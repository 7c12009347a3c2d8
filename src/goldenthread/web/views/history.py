"""The record's own history: every change, and one change."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from goldenthread.web.stories import recent_stories, revision_story
from goldenthread.web.viewing import KNOWN_AT, Viewing, reading_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 50


@reading_page
def revisions(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Changes, newest first, fifty to a page."""
    found = recent_stories(viewing, ON_A_PAGE, _number(request, "before"))
    older = None
    if len(found) == ON_A_PAGE and found[-1].number > 1:
        older = _with(viewing.link("revisions"), before=found[-1].number)
    return page(request, viewing, "revisions", {"revisions": found, "older": older})


@reading_page
def revision(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """One change: who, when, why, what, and its seal."""
    story = revision_story(viewing, number, _number(request, "page") or 1)
    if story is None or story.page > story.pages:
        raise Http404(f"There is no such part of change {number}")
    viewing.under(("Changes", "revisions", {}))
    seal = Markup('<span class="gt-seal">{}</span>').format(story.hash)
    see_then = f"{viewing.link('home').partition('?')[0]}?{KNOWN_AT}={number}"
    address = viewing.link("revision", number=number)
    context = {
        "revision": story,
        "seal": seal,
        "see_then": see_then,
        "pages": _pagination(address, story.page, story.pages),
    }
    return page(request, viewing, "revision", context)


def _pagination(address: str, current: int, pages: int) -> dict[str, Any] | None:
    """What the pagination component asks for; None for a single page."""
    if pages == 1:
        return None
    numbers = [n for n in range(1, pages + 1) if n in {1, pages} or abs(n - current) <= 1]
    items: list[dict[str, Any]] = []
    for before, n in zip([0, *numbers], numbers, strict=False):
        items += [{"ellipsis": True}] if n > before + 1 else []
        items.append({"number": n, "href": _with(address, page=n), "current": n == current})
    made: dict[str, Any] = {"items": items, "landmarkLabel": "Pages of this change"}
    if current > 1:
        made["previous"] = {"href": _with(address, page=current - 1)}
    if current < pages:
        made["next"] = {"href": _with(address, page=current + 1)}
    return made


def _number(request: HttpRequest, name: str) -> int | None:
    printed = request.GET.get(name, "")
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 12 else None


def _with(address: str, **more: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"
