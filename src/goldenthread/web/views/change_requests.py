"""Change control on pages: the list, a proposal, one request with its effect, and the decision on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from goldenthread.plan.proposals import ProposalError, tier_of
from goldenthread.record.change_requests import HeldRequest
from goldenthread.record.errors import AlreadySettled, InvalidEdit, NotAllowed, ProposalOvertaken
from goldenthread.record.models.change_control import RequestState, Tier
from goldenthread.record.permissions import Permission
from goldenthread.record.services.change_control import (
    propose_change,
    record_decision,
    withdraw_proposal,
)
from goldenthread.web.change_access import (
    cycle_settings,
    effect_now,
    is_overtaken,
    proposer,
    request_numbered,
    requests_of,
)
from goldenthread.web.forms.decisions import DecisionForm
from goldenthread.web.forms.proposals import BY_SLUG, SORTS, ProposalForm
from goldenthread.web.presenting.proposals import effect_words, item_words, request_words, state_words
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.pages import page

LIST: Crumb = ("Change requests", "change-requests", {})


@reading_page
def change_requests(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every change request, newest first, or those in one state."""
    wanted = request.GET.get("state", "")
    found = requests_of(viewing)
    shown = [each for each in found if wanted in {"", each.state.value}]
    counts = {state: sum(each.state is state for each in found) for state in RequestState}
    context = {
        "requests": [
            (each, request_words(each.change, viewing.index), state_words(each.state)) for each in shown
        ],
        "filters": [
            {"text": f"All ({len(found)})", "state": "", "current": wanted == ""},
            *(
                {
                    "text": f"{state_words(state).text} ({count})",
                    "state": state.value,
                    "current": wanted == state,
                }
                for state, count in counts.items()
            ),
        ],
        "may_propose": viewing.viewer.may(Permission.PROPOSE) and not viewing.is_past,
    }
    return page(request, viewing, "change_requests", context)


@writing_page
def choose(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Which kind of change to propose, for one item where an action's page leads here."""
    _require(viewing, Permission.PROPOSE)
    viewing.under(LIST)
    item = request.GET.get("item", "")
    placed = viewing.index.by_handle.get(item)
    if item and placed is None:
        raise Http404(f"There is no item {item}")
    about = item_words(viewing.index, _key(viewing, item))[0] if item else None
    return page(request, viewing, "propose_choose", {"sorts": SORTS, "item": item, "about": about})


@writing_page
def propose(request: HttpRequest, viewing: Viewing, kind: str) -> HttpResponse:
    """The form of one kind of change, and on sending it the proposal."""
    _require(viewing, Permission.PROPOSE)
    sort = BY_SLUG.get(kind)
    if sort is None:
        raise Http404(f"There is no kind of change {kind}")
    viewing.under(LIST, ("Propose a change", "propose", {}))
    form = ProposalForm(sort, viewing.index, {"item": request.GET.get("item", "")})
    if request.method == "POST":
        form = ProposalForm.sent(sort, viewing.index, request.POST)
        if change := form.check():
            try:
                number = propose_change(
                    actor=viewing.viewer.actor,
                    plan=viewing.slug,
                    change=change,
                    reason=form.value("reason"),
                    proposed_on=viewing.today,
                )
            except InvalidEdit as error:
                form.errors["reason"] = str(error)
            else:
                messages.success(
                    request, "The change is proposed. Nothing changes until a decision is recorded."
                )
                return redirect(viewing.link("change-request", number=number))
    return page(request, viewing, "propose", {"form": form, "sort": sort, "errors": form.errors.listed()})


@reading_page
def change_request(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """One request: what it asks for, what it would alter, who decides, and what was decided."""
    viewing.under(LIST)
    return page(request, viewing, "change_request", _shown(viewing, _found(viewing, number)))


@writing_page
def decide(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """The form for the decision, and on sending it the record. If the plan moved on, the effect is shown again."""
    _require(viewing, Permission.DECIDE)
    found = _found(viewing, number)
    if found.state is not RequestState.PROPOSED and request.method != "POST":
        return redirect(viewing.link("change-request", number=number))
    viewing.under(LIST, (f"Change request {number}", "change-request", {"number": number}))
    approver = cycle_settings(viewing).approver(found.tier)
    form = DecisionForm.of(approver, viewing.today, viewing.viewer.head)
    status = 200
    if request.method == "POST":
        form = DecisionForm.sent(request.POST)
        if decision := form.check(viewing.today):
            try:
                record_decision(
                    actor=viewing.viewer.actor,
                    plan=viewing.slug,
                    number=number,
                    decision=decision,
                    seen_revision=form.seen_revision,
                )
            except ProposalOvertaken as error:
                form.errors["outcome"], form.seen_revision, status = str(error), viewing.viewer.head, 409
            except InvalidEdit as error:
                form.errors["body"] = str(error)
            except AlreadySettled as error:
                messages.warning(request, str(error))
                return redirect(viewing.link("change-request", number=number))
            else:
                messages.success(request, "The decision is recorded.")
                return redirect(viewing.link("change-request", number=number))
    context = {**_shown(viewing, found), "form": form, "errors": form.errors.listed()}
    return page(request, viewing, "decide", context, status=status)


@writing_page
def withdraw(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Take a proposal back, from the form on its page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        withdraw_proposal(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            number=_found(viewing, number).number,
            reason=request.POST.get("reason", ""),
        )
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except (InvalidEdit, AlreadySettled) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "The proposal is withdrawn. It stays in the list.")
    return redirect(viewing.link("change-request", number=number))


def _shown(viewing: Viewing, found: HeldRequest) -> dict[str, Any]:
    """What the page of a request and the page of its decision both show."""
    viewer, may_act = viewing.viewer, found.is_open and not viewing.is_past
    overtaken = is_overtaken(viewing, found)
    now = effect_now(viewing, found) if overtaken else None
    by = proposer(viewing, found)
    return {
        "found": found,
        "asked": request_words(found.change, viewing.index),
        "state": state_words(found.state),
        "items": [_linked(viewing, key) for key in sorted(found.items)],
        "proposer": by,
        "tier": Tier(found.tier).label,
        "tier_why": _why(viewing, found),
        "approver": cycle_settings(viewing).approver(found.tier),
        "effect": effect_words(found.effect, viewing.index),
        "overtaken": overtaken,
        "now": effect_words(now, viewing.index) if now else (),
        "impossible": overtaken and now is None,
        "may_decide": may_act and viewer.may(Permission.DECIDE),
        "may_withdraw": may_act
        and (viewer.may(Permission.DECIDE) or found.proposed_by == viewer.actor.label)
        and viewer.may(Permission.PROPOSE),
    }


def _linked(viewing: Viewing, key: str) -> tuple[str, str | None]:
    name, route, handle = item_words(viewing.index, key)
    return name, viewing.link(route, handle=handle) if route else None


def _why(viewing: Viewing, found: HeldRequest) -> str:
    """Why the change reaches so far; nothing where the plan has moved on and it would reach elsewhere now."""
    try:
        reach = tier_of(found.change, viewing.plan)
    except ProposalError:
        return ""
    return reach.why if reach.tier == found.tier else ""


def _found(viewing: Viewing, number: int) -> HeldRequest:
    found = request_numbered(viewing, number)
    if found is None:
        raise Http404(f"There is no change request {number}")
    return found


def _key(viewing: Viewing, handle: str) -> str:
    return next(
        key for key, placed in viewing.index.by_key.items() if placed == viewing.index.by_handle[handle]
    )


def _require(viewing: Viewing, permission: Permission) -> None:
    if not viewing.viewer.may(permission):
        raise PermissionDenied
