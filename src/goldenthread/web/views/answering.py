"""The e-mail door: a mailed link opens straight at its post's promises, without signing in.

The link is the right, and opening it changes nothing, since scanners of mail open links too. Nothing rides on a cookie,
so there is nothing that another site could forge: whoever can send this form knows the link. That is why it asks for
no form token, which a browser that is told to send no referrer could not get through anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goldenthread.plan.judgements import Door
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.desk import Desk, desk_day, desk_of
from goldenthread.record.cycle.links import LinkRefused, actor_of
from goldenthread.record.errors import RecordError
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models.council import Council
from goldenthread.record.models.cycle import UpdateRequest
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.scope import council_scope
from goldenthread.record.services.settling import waiting_conflicts
from goldenthread.web.clock import civil_today
from goldenthread.web.doors import Recorded, record_sent
from goldenthread.web.forms.settling import SettleForm
from goldenthread.web.forms.updates import Sent, sent_updates
from goldenthread.web.messages import message
from goldenthread.web.views.conflicts import conflict_context, settle_sent
from goldenthread.web.views.updates import address_after, update_context

PRIVATE = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
SETTLE = "settle"

View = Callable[..., HttpResponse]


def _told_to_nobody(view: View) -> View:
    @wraps(view)
    def with_headers(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in PRIVATE.items():
            response[name] = value
        return response

    return with_headers


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_told_to_nobody
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The promises of the post that was asked; by a form, what is said of them."""
    try:
        actor, asked = actor_of(token, civil_today())
    except LinkRefused as error:
        return message(request, "This link cannot be used", str(error), status=410)
    with council_scope(actor.council):
        request.council = Council.objects.get(pk=actor.council)  # type: ignore[attr-defined]  # for the shell
        try:
            return (_take if request.method == "POST" else _give)(request, actor, asked)
        except RecordError as error:
            return message(request, "This cannot be answered", str(error), status=409)


def _give(request: HttpRequest, actor: Actor, asked: UpdateRequest) -> HttpResponse:
    seen = head_number(actor.council)
    item = _item(request.GET.get(SETTLE, ""))
    if item and (page := _show_conflicts(request, actor, asked, [item])):
        return page
    return _show(request, asked, _desk(actor, asked), seen=seen)


def _take(request: HttpRequest, actor: Actor, asked: UpdateRequest) -> HttpResponse:
    item = _item(request.POST.get(SETTLE, ""))
    if item:
        return _settle(request, actor, asked, item)
    sent, plan, today = sent_updates(request.POST), asked.period.plan, civil_today()
    day = desk_day(plan, today, asked.period)
    recorded = record_sent(sent, actor=actor, plan=plan, as_at=day, today=today, door=Door.EMAIL)
    if sent.has_errors or recorded.problems:
        seen = head_number(actor.council)
        return _show(request, asked, _desk(actor, asked), seen=seen, sent=sent, recorded=recorded)
    if recorded.held and (page := _show_conflicts(request, actor, asked, recorded.held, status=409)):
        return page
    return HttpResponseRedirect(address_after(request, sent, recorded))


def _settle(request: HttpRequest, actor: Actor, asked: UpdateRequest, item: UUID) -> HttpResponse:
    desk = _desk(actor, asked)
    form, overtaken = settle_sent(request, actor, desk.plan, item, desk.as_at)
    if form is not None:
        status = 409 if overtaken else 200
        page = _show_conflicts(request, actor, asked, [item], status=status, forms={item: form})
        if page:
            return page
    return HttpResponseRedirect(f"{request.path}?saved=1#item-{item.hex}")


def _desk(actor: Actor, asked: UpdateRequest) -> Desk:
    today = civil_today()
    leads = lead_slugs(actor, today) or frozenset()
    return desk_of(asked.period.plan, leads, today=today, period=asked.period)


def _show(
    request: HttpRequest,
    asked: UpdateRequest,
    desk: Desk,
    *,
    seen: int,
    sent: Sent | None = None,
    recorded: Recorded | None = None,
) -> HttpResponse:
    context = update_context(request, desk, civil_today(), sent, recorded) | {
        "asked": asked,
        "opened": False,
        "seen": seen,
        "settle": lambda row: f"{request.path}?{SETTLE}={row.id}",
        "with_token": False,
    }
    return render(request, "pages/answer.html", context, using="jinja")


def _show_conflicts(
    request: HttpRequest,
    actor: Actor,
    asked: UpdateRequest,
    items: Collection[UUID],
    *,
    status: int = 200,
    forms: dict[UUID, SettleForm] | None = None,
) -> HttpResponse | None:
    """These promises with every voice on them; None where nothing waits."""
    desk = _desk(actor, asked)
    leads = lead_slugs(actor, civil_today())
    found = waiting_conflicts(actor.council, desk.plan.id, leads, as_at=desk.as_at)
    shown = [each for each in found if each.place.id in items]
    if not shown:
        return None
    context = conflict_context(shown, forms or {}) | {
        "addresses": {each.place.id.hex: request.path for each in shown},
        "held": status == 409 and not forms,
        "back": request.path,
        "with_token": False,
    }
    return render(request, "pages/conflict.html", context, status=status, using="jinja")


def _item(printed: str) -> UUID | None:
    try:
        return UUID(printed)
    except ValueError:
        return None
