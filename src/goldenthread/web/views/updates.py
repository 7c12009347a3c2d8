"""The page door: a lead's promises on one page, saved as one goes; the programme office may report for any lead."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from goldenthread.plan.judgements import Door
from goldenthread.record.cycle.desk import Desk, desk_day, desk_of, leads_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.permissions import Permission
from goldenthread.record.reporters import lead_slugs
from goldenthread.web.doors import Recorded, record_sent
from goldenthread.web.forms.updates import NAMES, Sent, UpdateForm, sent_updates
from goldenthread.web.presenting.updates import update_page
from goldenthread.web.viewing import Standing, stand
from goldenthread.web.views.conflicts import show_conflicts


@require_http_methods(["GET", "HEAD", "POST"])
def updates(request: HttpRequest, slug: str) -> HttpResponse:
    """The promises of the posts that the viewer holds, or of the lead that the programme office has chosen."""
    standing, plan = stand(request, slug, Permission.REPORT_PROGRESS)
    actor, chosen = standing.viewer.actor, request.GET.get("lead", "")
    today = max(standing.today, plan.effective_on)
    if request.method == "POST":
        sent = sent_updates(request.POST)
        day = desk_day(plan, today)
        recorded = record_sent(sent, actor=actor, plan=plan, as_at=day, today=today, door=Door.PAGE)
        if not sent.has_errors and not recorded.problems:
            if recorded.held:
                return show_conflicts(request, standing, plan, recorded.held, status=409)
            return HttpResponseRedirect(address_after(request, sent, recorded))
        seen = head_number(actor.council)
    else:
        sent, recorded, seen = None, None, standing.viewer.head
    allowed = lead_slugs(actor, today)
    if allowed is None and not chosen:
        return _choose(request, standing, leads_of(plan, as_at=today))
    desk = desk_of(plan, frozenset({chosen}) if allowed is None else allowed, today=today)
    return _show(request, standing, desk, seen=seen, sent=sent, recorded=recorded)


def address_after(request: HttpRequest, sent: Sent, recorded: Recorded) -> str:
    """The same page again, at the promise whose button was pressed, saying how many updates were recorded."""
    kept: dict[str, str] = {name: request.GET[name] for name in ("lead", "page") if name in request.GET}
    place = f"#item-{sent.pressed.hex}" if sent.pressed else ""
    return f"{request.path}?{urlencode({**kept, 'saved': str(recorded.saved + len(sent.answers))})}{place}"


def page_number(request: HttpRequest) -> int:
    """Which page of the promises is asked for; the first where that is not a number."""
    printed = request.GET.get("page", "1")
    return max(1, int(printed)) if printed.isascii() and printed.isdigit() and len(printed) < 4 else 1


def update_context(
    request: HttpRequest, desk: Desk, today: date, sent: Sent | None = None, recorded: Recorded | None = None
) -> dict[str, object]:
    """What the list of promises needs, on either door."""
    shown = update_page(
        desk,
        today,
        page=page_number(request),
        forms=sent.forms if sent else None,
        answers=recorded.unanswered if recorded else None,
    )
    problems = [{"text": text} for text in recorded.problems] if recorded else []
    strays = _strays(desk, sent) if sent else []
    problems += [{"text": stray.errors.status, "href": "#strays"} for stray in strays]
    return {
        "desk": desk,
        "shown": shown,
        "errors": [*shown.errors, *problems],
        "strays": [[(name, getattr(form, name)) for name in NAMES if getattr(form, name)] for form in strays],
        "saved": recorded.saved if recorded else _saved(request),
        "held": len(recorded.held) if recorded else 0,
        "page_link": f"?{urlencode({'lead': lead})}&" if (lead := request.GET.get("lead")) else "?",
    }


def _strays(desk: Desk, sent: Sent) -> list[UpdateForm]:
    """What was typed of promises that are not on the desk, or no longer: shown once more, so that it is not lost."""
    shown = {promise.id for promise in desk.promises}
    return [form for item, form in sent.forms.items() if form.errors and item not in shown]


def _saved(request: HttpRequest) -> int:
    printed = request.GET.get("saved", "")
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 5 else 0


def _show(
    request: HttpRequest,
    standing: Standing,
    desk: Desk,
    *,
    seen: int,
    sent: Sent | None = None,
    recorded: Recorded | None = None,
) -> HttpResponse:
    lead = request.GET.get("lead", "")
    base = standing.link("conflicts")
    context = update_context(request, desk, standing.today, sent, recorded)
    standing.under(*([("Updates", "updates", {})] if lead else []))
    context |= {
        "lead": lead,
        "lead_name": leads_of(desk.plan, as_at=desk.as_at).get(lead, ("", 0))[0] if lead else "",
        "with_token": True,
        "settle": lambda row: f"{base}{row.ref or row.id}/",
        "opened": True,
        "seen": seen,
        "waiting": sum(desk.waiting.values()),
        "conflicts": base,
    }
    return render(request, "pages/updates.html", context, using="jinja")


def _choose(request: HttpRequest, standing: Standing, leads: object) -> HttpResponse:
    base = reverse("updates", args=[standing.slug])
    context = {"leads": leads, "base": base, "conflicts": standing.link("conflicts")}
    return render(request, "pages/updates_leads.html", context, using="jinja")
