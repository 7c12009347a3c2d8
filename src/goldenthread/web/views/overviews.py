"""The plan across its themes: timeline, leads, search, and another date."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from goldenthread.plan.days import day_words
from goldenthread.web.presenting.leads import lead_named, lead_rows
from goldenthread.web.presenting.search import MOST, search
from goldenthread.web.presenting.timeline import timeline as draw
from goldenthread.web.viewing import AS_AT, Viewing, reading_page
from goldenthread.web.views.pages import page
from goldenthread.web.views.people import may_manage, people_of

LONGEST_QUERY = 200


@reading_page
def timeline(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Actions and milestones on a line of months, with tables that say the same."""
    day = viewing.shown_day
    line = viewing.index.keep(("timeline", day), lambda: draw(viewing.plan, day))
    return page(request, viewing, "timeline", {"line": line})


@reading_page
def leads(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every lead with counts of their actions."""
    return page(request, viewing, "leads", {"rows": lead_rows(viewing.index, viewing.shown_day)})


@reading_page
def lead(request: HttpRequest, viewing: Viewing, lead: str) -> HttpResponse:
    """One lead with their actions."""
    name = lead_named(viewing.index, lead)
    if name is None:
        raise Http404(f"There is no lead {lead}")
    viewing.under(("Leads", "leads", {}))
    people = people_of(viewing)
    context = {
        "name": name,
        "actions": viewing.index.leads[name],
        "body": people.bodies.get(lead),
        "post": people.answering(lead),
        "can_manage": may_manage(viewing),
    }
    return page(request, viewing, "lead", context)


@reading_page
def find(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """What in the plan matches some words."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    return page(
        request, viewing, "search", {"query": query, "results": search(viewing.index, query), "most": MOST}
    )


@reading_page
def as_at(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Goes to the same page as at the day that was typed, or says what is wrong with it."""
    typed = {name: request.GET.get(name, "").strip() for name in ("day", "month", "year")}
    back = request.GET.get("page", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = viewing.link("home").partition("?")[0]
    errors = []
    if any(typed.values()):
        chosen = _day(typed)
        if chosen:
            return redirect(f"{back}?{AS_AT}={chosen.isoformat()}")
        errors = [{"text": "Enter a real date, such as 30 9 2022", "href": "#on-day"}]
    began = viewing.plan.approved_on
    explained = "Every page of this plan can be seen as it stood at the end of any day"
    explained += f", from {day_words(began)} on." if began else "."
    return page(request, viewing, "as_at", {**typed, "page": back, "errors": errors, "explained": explained})


def _day(typed: dict[str, str]) -> date | None:
    try:
        return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    except (ValueError, OverflowError):
        return None
