"""The reporting cycle: the hub, one month, the outbox."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.record.cycle.asked import latest_mails, mailed_for, requests_of
from goldenthread.record.cycle.calendar import Month
from goldenthread.record.cycle.owing import owed
from goldenthread.record.cycle.periods import find_period, period_events, periods_of
from goldenthread.record.cycle.unfinished import unfinished
from goldenthread.record.errors import NotFound, RecordError
from goldenthread.record.models.cycle import PeriodState, ReportingPeriod
from goldenthread.record.permissions import Permission
from goldenthread.record.services.asking import ask_for_updates, chase
from goldenthread.record.services.mailing import body_to_send
from goldenthread.record.services.periods import begin_challenge, close_period, open_period, reopen_period
from goldenthread.web.presenting.cycle import STATE_WORDS, mail_state, month_line, next_month, period_page
from goldenthread.web.presenting.hub import HUB
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.viewing import Crumb, Viewing, writing_page
from goldenthread.web.views.pages import page

REPORTING: Crumb = ("Reporting", "reporting", {})
SHOWN_MAILS = 200


@writing_page
def reporting(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The months of the plan and the way to everything else of the cycle; opens the next month."""
    viewer, terms = viewing.viewer, viewing.terms
    held = periods_of(terms.plan)
    following = next_month(held, terms.effective_on, viewing.today)
    if request.method == "POST":
        viewing.refuse_without(Permission.RUN_CYCLE)
        if following is None:
            return redirect("reporting", slug=viewing.slug)
        opened = open_period(actor=viewer.actor, plan=terms.plan, day=following.starts_on)
        messages.success(request, f"Reporting for {following} is open.")
        return redirect(_address(viewing, opened))
    context = {
        "months": [month_line(period) for period in held],
        "following": following if viewer.may(Permission.RUN_CYCLE) else None,
        "links": [
            (viewing.link(route), text, about)
            for route, text, about, needed in HUB
            if needed is None or viewer.may(needed)
        ],
    }
    return page(request, viewing, "reporting", context)


@writing_page
def period(request: HttpRequest, viewing: Viewing, year: int, month: int) -> HttpResponse:
    """One month: who was asked, who answered, who owes; and its buttons."""
    viewer, held = viewing.viewer, _period(viewing, year, month)
    error = ""
    if request.method == "POST":
        viewing.refuse_without(Permission.RUN_CYCLE)
        try:
            messages.success(request, _do(request, viewing, held))
        except RecordError as refused:
            error = str(refused)
        else:
            return redirect(_address(viewing, held))
    viewing.under(REPORTING)
    context = {
        "period": held,
        "line": month_line(held),
        "found": period_page(
            owed(held, viewing.today),
            held,
            requests=requests_of(held),
            mailed=mailed_for(held),
            effective_on=viewing.terms.effective_on,
            today=viewing.today,
        ),
        "unfinished": unfinished(held) if held.state != PeriodState.CLOSED else None,
        "events": [(event, STATE_WORDS[event.state][0]) for event in period_events(held.id)],
        "runs": viewer.may(Permission.RUN_CYCLE),
        "error": error,
        "reason": request.POST.get("reason", ""),
        "answer_link": viewer.may(Permission.REPORT_PROGRESS),
    }
    return page(request, viewing, "period", context, status=409 if error else 200)


@writing_page
def outbox(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every mail, the latest first. Only the example shows the links, since whoever has one can answer."""
    viewing.refuse_without(Permission.RUN_CYCLE)
    example = viewing.viewer.is_demo
    site = request.build_absolute_uri("/")
    viewing.under(REPORTING)
    context = {
        "mails": [
            (mail, mail_state(mail, example), body_to_send(mail, site) if example else mail.body)
            for mail in latest_mails(SHOWN_MAILS)
        ],
        "example": example,
        "most": SHOWN_MAILS,
    }
    return page(request, viewing, "outbox", context)


def _do(request: HttpRequest, viewing: Viewing, held: ReportingPeriod) -> str:
    """Do what the pressed button says, and say what came of it.

    Raises:
        RecordError: it cannot be done now.
        Http404: there is no such button.
    """
    actor, today = viewing.viewer.actor, viewing.today
    match request.POST.get("do"):
        case "ask":
            return _asked(ask_for_updates(actor=actor, period=held.id, today=today))
        case "chase":
            return _reminded(chase(actor=actor, period=held.id, today=today, at_once=True))
        case "challenge":
            begin_challenge(actor=actor, period=held.id)
            return "The updates are being challenged. Leads can still answer."
        case "close":
            closed = close_period(actor=actor, period=held.id, today=today)
            return f"The month is closed as it was known at change {closed.closed_revision}."
        case "reopen":
            reopen_period(actor=actor, period=held.id, reason=request.POST.get("reason", ""))
            return "The month is open again."
    raise Http404("There is no such button")


def _asked(count: int) -> str:
    return (
        f"{count_words(count, 'post')} asked." if count else "Everybody who owes something was asked already."
    )


def _reminded(count: int) -> str:
    if count:
        return f"{count_words(count, 'reminder')} written."
    return "Nobody is to be reminded: all who were asked have answered, or had a mail today."


def _period(viewing: Viewing, year: int, month: int) -> ReportingPeriod:
    if not 1 <= month <= 12 or not date.min.year < year < date.max.year:
        raise Http404(f"There is no month {month} of {year}")
    try:
        return find_period(viewing.terms.plan, Month(year, month))
    except NotFound as error:
        raise Http404(str(error)) from error


def _address(viewing: Viewing, held: ReportingPeriod) -> str:
    return viewing.link("period", year=held.starts_on.year, month=held.starts_on.month)
