"""Reports: which there are, one of them as a page, and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from goldenthread.documents import DocumentError
from goldenthread.plan.days import day_words
from goldenthread.record.cycle.periods import periods_of
from goldenthread.record.issued import listed_reports
from goldenthread.record.models.cycle import PeriodState
from goldenthread.record.permissions import Permission
from goldenthread.reporting.composing import Report
from goldenthread.reporting.definitions import DefinitionError
from goldenthread.reporting.report_files import ReportFormat, report_file
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import Errors
from goldenthread.web.messages import message
from goldenthread.web.paging import paged
from goldenthread.web.presenting.held_reports import HeldRow, held_rows
from goldenthread.web.presenting.reports import FORMATS, Audience, audiences_of
from goldenthread.web.report_access import COMPARE, FILL, MEETING, Days, made_in, templates_in, wanted_in
from goldenthread.web.viewing import AS_AT, KNOWN_AT, Crumb, Viewing, reading_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page

REPORTS: Crumb = ("Reports", "reports", {})
HELD_ON_A_PAGE = 25


@dataclass
class Asked:
    """What was typed, and what is wrong with it. `meeting` and `compare` are empty where nothing was."""

    audience: str
    cut_off: str
    meeting: str
    compare: str
    errors: Errors = field(default_factory=Errors)

    def day(self, name: str, what: str) -> date | None:
        """The day in a field; None where the field is empty or its words are no day, which is then an error."""
        typed: str = getattr(self, name.replace("-", "_"))
        if not typed.strip():
            return None
        try:
            return typed_day(typed, what)
        except CannotRead as wrong:
            self.errors[name] = str(wrong)
            return None


@reading_page
def reports(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Which reports there are, and the form that asks for one; with an audience in the address, on to that report."""
    default = _usual_cut_off(viewing)
    asked = Asked(
        audience=request.GET.get("audience", ""),
        cut_off=request.GET.get("cut-off", day_words(default)),
        meeting=request.GET.get(MEETING, ""),
        compare=request.GET.get(COMPARE, ""),
    )
    if "audience" not in request.GET:
        return _choose(request, viewing, asked)
    if asked.audience not in audiences_of(viewing.plan, templates_in(viewing)):
        asked.errors["audience"] = "Choose who the report is for"
    if not asked.cut_off.strip():
        asked.errors["cut-off"] = "Enter the cut-off as one day, such as 30 September 2022"
    cut_off = asked.day("cut-off", "the cut-off")
    if cut_off and cut_off < viewing.terms.effective_on:
        began = day_words(viewing.terms.effective_on)
        asked.errors["cut-off"] = f"The plan began on {began}, so the cut-off must be that day or later"
    days = _days(asked, cut_off or default)
    if asked.errors or cut_off is None:
        return _choose(request, viewing, asked)
    known = {KNOWN_AT: str(viewing.known_at)} if viewing.known_at is not None else {}
    query = urlencode({AS_AT: cut_off.isoformat(), **known, **days.query})
    return redirect(f"{reverse('report', args=[viewing.slug, asked.audience])}?{query}")


@reading_page
def report(request: HttpRequest, viewing: Viewing, audience: str) -> HttpResponse:
    """The report as at the day of the page, with what is still to be written, its stamp and its files."""
    chosen, asked = _asked(request, viewing, audience)
    days = _days(asked, viewing.shown_day)
    if asked.errors:
        return _choose(request, viewing, asked)
    templates = templates_in(viewing)
    try:
        wanted = wanted_in(request, templates, chosen, days)
        made = made_in(viewing, wanted)
    except DefinitionError as error:
        return _unfitting(request, error)
    viewing.under(REPORTING, REPORTS)
    context = {
        "made": made,
        "chosen": chosen,
        "wanted": wanted,
        "ahead": viewing.shown_day > viewing.today,
        "draft": _draft_address(viewing, audience, days),
        "again": _address(viewing, "reports", {"audience": audience, "cut-off": asked.cut_off, **days.query}),
        "unfinished": [f"{each[:1].upper()}{each[1:]}" for each in _unwritten(made.report)],
        "blanks": [
            (f"{FILL}{name}", words, dict(wanted.fill).get(name, "")) for name, words in made.open.items()
        ],
        "files": [
            (
                f"{words}, on the council’s letterhead" if format_.value in templates.letterheads else words,
                _address(viewing, "report-file", wanted.query, audience=audience, ending=format_.value),
            )
            for format_, words in FORMATS
        ],
    }
    return page(request, viewing, "report", context, status=409 if made.differing else 200)


@reading_page
def report_as_file(request: HttpRequest, viewing: Viewing, audience: str, ending: str) -> HttpResponse:
    """The same report as a file, unless a figure of it differs from that of another report."""
    chosen, asked = _asked(request, viewing, audience)
    if ending not in set(ReportFormat):
        raise Http404(f"Reports are not written as {ending}")
    days = _days(asked, viewing.shown_day)
    if asked.errors:
        return _choose(request, viewing, asked)
    templates, format_ = templates_in(viewing), ReportFormat(ending)
    try:
        made = made_in(viewing, wanted_in(request, templates, chosen, days))
    except DefinitionError as error:
        return _unfitting(request, error)
    if made.differing:
        told = " ".join(f"{each}." for each in made.differing)
        return message(
            request, "No file was written", f"A figure is not the same everywhere. {told}", status=409
        )
    own = templates.letterheads.get(ending)
    try:
        content = report_file(made.report, format_, own.content() if own else None)
    except DocumentError as error:
        return message(request, "No file was written", str(error), status=503)
    name = f"{viewing.slug}-{audience}-{viewing.shown_day.isoformat()}.{ending}"
    return file_response(content, format_, name)


def report_crumb(number: int) -> Crumb:
    """A held report, as a page above another."""
    return (f"Report {number}", "report-held", {"number": number})


def file_response(content: bytes, format_: ReportFormat, name: str) -> HttpResponse:
    """A file of this format, to be kept under this name."""
    encoding = "; charset=utf-8" if format_ is ReportFormat.HTML else ""
    response = HttpResponse(content, content_type=f"{format_.media_type}{encoding}")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _choose(request: HttpRequest, viewing: Viewing, asked: Asked) -> HttpResponse:
    audiences = audiences_of(viewing.plan, templates_in(viewing))
    listed = audiences.values()
    cut_off = {} if viewing.as_at else {AS_AT: _usual_cut_off(viewing).isoformat()}
    viewing.under(REPORTING)
    context = {
        "asked": asked,
        "held": paged(request, _held_rows(viewing, audiences), HELD_ON_A_PAGE),
        "errors": asked.errors.listed(),
        "rows": [(each, _address(viewing, "report", cut_off, audience=each.handle)) for each in listed],
        "choices": [
            {"value": each.handle, "text": f"{each.who}: pack for this review" if each.reviewer else each.who}
            for each in listed
        ],
    }
    return page(request, viewing, "reports", context, status=400 if asked.errors else 200)


def _held_rows(viewing: Viewing, audiences: Mapping[str, Audience]) -> list[HeldRow]:
    """The drafts and issued reports that the viewer may see, the newest first."""
    held = listed_reports(viewing.viewer.council_id, viewing.slug)
    return held_rows(held, audiences, viewing.viewer, viewing.as_at)


def _asked(request: HttpRequest, viewing: Viewing, audience: str) -> tuple[Audience, Asked]:
    chosen = audiences_of(viewing.plan, templates_in(viewing)).get(audience)
    if chosen is None:
        raise Http404(f"There is no report for {audience}. Choose one from the list of reports.")
    meeting, compare = request.GET.get(MEETING, ""), request.GET.get(COMPARE, "")
    return chosen, Asked(audience, day_words(viewing.shown_day), meeting, compare)


def _days(asked: Asked, cut_off: date) -> Days:
    days = Days(asked.day(MEETING, "the day of the meeting"), asked.day(COMPARE, "the day to compare with"))
    if days.compare and days.compare >= cut_off:
        asked.errors[COMPARE] = "The day to compare with must be before the cut-off"
    if days.meeting and days.meeting < cut_off:
        asked.errors[MEETING] = "The meeting must not be before the cut-off"
    return days


def _usual_cut_off(viewing: Viewing) -> date:
    """The day of the page; without one, the end of the last month that was closed, or else today."""
    if viewing.as_at:
        return viewing.as_at
    closed = (each.ends_on for each in periods_of(viewing.terms.plan) if each.state == PeriodState.CLOSED)
    return next((day for day in closed if day <= viewing.today), viewing.today)


def _unfitting(request: HttpRequest, error: DefinitionError) -> HttpResponse:
    advice = "Look at “Report templates” under “Reporting”: another version can be adopted there."
    return message(request, "This report cannot be written", str(error), advice, status=409)


def _unwritten(report: Report) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip("[]") for each in report.unfinished))


def _draft_address(viewing: Viewing, audience: str, days: Days) -> str | None:
    """Where a draft of the shown report is started; None for those who may not, and where its day has not come."""
    if not viewing.viewer.may(Permission.PREPARE_REPORTS) or viewing.shown_day > viewing.today:
        return None
    asked = {"cut-off": day_words(viewing.shown_day), **days.query}
    return _address(viewing, "report-draft", asked, audience=audience)


def _address(viewing: Viewing, route: str, query: dict[str, str], **arguments: str) -> str:
    """The address of a page of this plan in the same state, with more in its query."""
    address = viewing.link(route, **arguments)
    more = urlencode(query)
    return f"{address}{'&' if '?' in address else '?'}{more}" if more else address
