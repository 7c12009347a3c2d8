"""Where several people reported of one promise: what waits, and settling it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, Overtaken
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission
from goldenthread.record.promises import places_of
from goldenthread.record.reporters import lead_slugs, require_lead
from goldenthread.record.services.settling import Conflict, settle_held_update, waiting_conflicts
from goldenthread.web.forms.settling import SettleForm
from goldenthread.web.presenting.conflicts import conflict_view
from goldenthread.web.presenting.updates import RATING_CHOICES, STATUS_CHOICES
from goldenthread.web.viewing import Standing, stand


@require_safe
def conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every promise of the viewer's on which voices wait to be settled; of the whole plan for the programme office."""
    standing, plan = stand(request, slug, Permission.REPORT_PROGRESS)
    leads = lead_slugs(standing.viewer.actor, standing.today)
    found = waiting_conflicts(standing.viewer.council_id, plan.id, leads, as_at=standing.today)
    standing.under(("Updates", "updates", {}))
    context = {
        "rows": [
            (conflict_view(each), standing.link("conflict", handle=each.place.ref or each.place.id.hex))
            for each in found
        ]
    }
    return render(request, "pages/conflicts.html", context, using="jinja")


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """One promise with all that was said of it, and on sending, what is to stand."""
    standing, plan = stand(request, slug, Permission.REPORT_PROGRESS)
    actor, today = standing.viewer.actor, max(standing.today, plan.effective_on)
    place = next((p for p in places_of(plan.id, as_at=today) if handle in {p.ref, p.id.hex}), None)
    if place is None:
        raise Http404(f"There is no item {handle}")
    try:
        require_lead(actor, plan.id, place.id, today)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    if request.method != "POST":
        return show_conflicts(request, standing, plan, [place.id])
    form, overtaken = settle_sent(request, actor, plan, place.id, today)
    if form is None:
        messages.success(request, "What is to stand is recorded, and every report is kept with it.")
        return redirect(standing.link("conflicts"))
    return show_conflicts(
        request, standing, plan, [place.id], status=409 if overtaken else 200, forms={place.id: form}
    )


def settle_sent(
    request: HttpRequest, actor: Actor, plan: PlanRecord, item: UUID, today: date
) -> tuple[SettleForm | None, bool]:
    """Settle what was sent. None once that is done; else the form with what is wrong, and whether more was said."""
    form = SettleForm.sent(request.POST, item)
    found = waiting_conflicts(actor.council, plan.id, None, as_at=today, item=item)
    if not found:
        return None, False
    chosen = form.read(found[0])
    if chosen is None:
        return form, False
    seen = request.POST.get("seen", "")
    try:
        settle_held_update(
            actor=actor,
            plan=plan.id,
            item=item,
            chosen=chosen,
            reason=form.reason,
            as_at=today,
            seen_revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 12 else 0,
        )
    except NotFound:
        return None, False
    except (InvalidEdit, Overtaken) as error:
        form.errors["reason"] = str(error)
        return form, isinstance(error, Overtaken)
    return None, False


def show_conflicts(
    request: HttpRequest,
    standing: Standing,
    plan: PlanRecord,
    items: Collection[UUID],
    *,
    status: int = 200,
    forms: dict[UUID, SettleForm] | None = None,
) -> HttpResponse:
    """These promises with every voice on them, each with its form; a page that says so where nothing waits."""
    leads = lead_slugs(standing.viewer.actor, standing.today)
    today = max(standing.today, plan.effective_on)
    only = next(iter(items)) if len(items) == 1 else None
    found = waiting_conflicts(standing.viewer.council_id, plan.id, leads, as_at=today, item=only)
    shown = [each for each in found if each.place.id in items]
    standing.under(("Updates", "updates", {}), ("To settle", "conflicts", {}))
    context = conflict_context(shown, forms or {}) | {
        "addresses": {
            each.place.id.hex: standing.link("conflict", handle=each.place.ref or each.place.id.hex)
            for each in shown
        },
        "held": status == 409 and not forms,
        "back": standing.link("updates"),
        "with_token": True,
    }
    return render(request, "pages/conflict.html", context, status=status, using="jinja")


def conflict_context(found: Collection[Conflict], forms: dict[UUID, SettleForm]) -> dict[str, object]:
    """What the forms that settle need, on either door. The revision that is seen is that of the newest voice."""
    seen = [
        max([*each.promise.written.values(), *(voice.revision for voice in each.voices)]) for each in found
    ]
    return {
        "conflicts": [
            (conflict_view(each), forms.get(each.place.id, SettleForm()), revision)
            for each, revision in zip(found, seen, strict=True)
        ],
        "errors": [error for item, form in forms.items() for error in form.listed(item)],
        "statuses": STATUS_CHOICES,
        "ratings": RATING_CHOICES,
    }
