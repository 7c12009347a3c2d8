"""The calendar of reports: what is due before each meeting, what does not work, and the same for calendar programs."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.record.cycle.deadlines import calendar_of
from goldenthread.reporting.calendar import PreElection, ReportingCalendar
from goldenthread.reporting.calendar.feed import calendar_feed
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.paging import paged
from goldenthread.web.presenting.calendar import day_rows, meeting_rows
from goldenthread.web.viewing import Viewing, reading_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page

ON_A_PAGE = 60
FIELDS = ("election", "from", "polling", "cut-off", "by")


class _Asked(NamedTuple):
    """What the address asks for, as typed, and what is wrong with it."""

    typed: dict[str, str]
    elections: list[PreElection] | None
    cut_off: date | None
    errors: dict[str, str]


@reading_page
def calendar(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """What is due, by day or by meeting, from the shown day on."""
    asked = _asked(request)
    found = _calendar(viewing, asked)
    by_meeting = asked.typed["by"] == "meeting"
    rows = meeting_rows(found) if by_meeting else day_rows(found)
    kept = {name: text for name, text in asked.typed.items() if text}
    viewing.under(REPORTING)
    context = {
        "calendar": found,
        "shown": paged(request, rows, ON_A_PAGE),
        "by_meeting": by_meeting,
        "typed": asked.typed,
        "errors": asked.errors,
        "other": _with(viewing.link("calendar"), {**kept, "by": "day" if by_meeting else "meeting"}),
        "file": _with(
            viewing.link("calendar-file"), {name: text for name, text in kept.items() if name != "by"}
        ),
    }
    return page(request, viewing, "calendar", context)


@reading_page
def calendar_file(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The same for calendar programs. Like every page, it is for those who are signed in."""
    name = f"{viewing.plan.title}: reporting calendar"
    content = calendar_feed(_calendar(viewing, _asked(request)), name=name)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    file = f"{viewing.slug}-calendar.ics"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file) or ""
    return response


def _calendar(viewing: Viewing, asked: _Asked) -> ReportingCalendar:
    return calendar_of(
        viewing.viewer.council_id, on=viewing.shown_day, elections=asked.elections, cut_off=asked.cut_off
    )


def _asked(request: HttpRequest) -> _Asked:
    typed = {name: request.GET.get(name, "").strip() for name in FIELDS}
    errors: dict[str, str] = {}

    def day(name: str, what: str) -> date | None:
        try:
            return typed_day(typed[name], what) if typed[name] else None
        except CannotRead as error:
            errors[name] = str(error)
            return None

    cut_off = day("cut-off", "the cut-off")
    if typed["election"] == "none":
        return _Asked(typed, [], cut_off, errors)
    starts, polling = day("from", "the day of the notice of election"), day("polling", "polling day")
    if starts and polling and starts <= polling:
        return _Asked(typed, [PreElection(starts, polling)], cut_off, errors)
    if starts and polling:
        errors["polling"] = "Polling day must not be before the notice of election"
    elif (starts or polling) and not errors:
        errors["polling" if starts else "from"] = "Enter both days of the pre-election period"
    return _Asked(typed, None, cut_off, errors)


def _with(address: str, query: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address
