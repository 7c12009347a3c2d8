"""Where open actions go on when the plan ends: the list, proposing places for several, one decision on several."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.assurance.ratings import Kind, Promise, promises_in
from goldenthread.plan.proposals import SCOPE
from goldenthread.record.errors import AlreadySettled, InvalidEdit, ProposalOvertaken
from goldenthread.record.models.change_control import Tier
from goldenthread.record.onward import passing_on
from goldenthread.record.permissions import Permission
from goldenthread.record.scope import council_scope
from goldenthread.record.services.passing_on import decide_transfers, propose_transfers
from goldenthread.reporting.onward import Onward
from goldenthread.web.change_access import cycle_settings, requests_of
from goldenthread.web.forms.decisions import DecisionForm
from goldenthread.web.forms.onward import OnwardForm, field_of
from goldenthread.web.paging import paged
from goldenthread.web.presenting.onward import in_place, onward_row
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page

ON_A_PAGE, FIELDS_ON_A_PAGE = 50, 25
MAP: Crumb = ("Where open actions go on", "exit-map", {})


@reading_page
def exit_map(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every action that was not finished, with the plan in which it goes on; those without a place first."""
    onward, may_act = onward_of(viewing), not viewing.is_past
    shown = paged(request, sorted(onward.unfinished, key=lambda each: in_place(onward, each)), ON_A_PAGE)
    viewing.under(REPORTING)
    context = {
        "onward": onward,
        "open": len(onward.unfinished) - len(onward.left),
        "shown": shown,
        "rows": [onward_row(onward, each, viewing.index) for each in shown.rows],
        "unproposed": len(_unproposed(onward)),
        "may_propose": viewing.viewer.may(Permission.PROPOSE) and may_act,
        "may_decide": viewing.viewer.may(Permission.DECIDE) and may_act,
    }
    return page(request, viewing, "exit_map", context)


@writing_page
def exit_map_propose(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Say for several open actions what they are called in one other plan, and why they go there."""
    viewing.refuse_without(Permission.PROPOSE)
    shown = paged(request, _unproposed(onward_of(viewing)), FIELDS_ON_A_PAGE)
    form, status = OnwardForm(shown.rows), 200
    if request.method == "POST":
        form, status = OnwardForm.sent(shown.rows, request.POST), 400
        if transfers := form.check():
            try:
                numbers = propose_transfers(
                    actor=viewing.viewer.actor, plan=viewing.slug, transfers=transfers, reason=form.reason,
                    proposed_on=viewing.today,
                )  # fmt: skip
            except InvalidEdit as error:
                form.errors["reason"] = str(error)
            else:
                told = "1 place is" if len(numbers) == 1 else f"{len(numbers)} places are"
                messages.success(request, f"{told} proposed. Nothing changes until a decision is recorded.")
                return redirect(viewing.link("exit-map"))
    viewing.under(REPORTING, MAP)
    rows = [(onward_row(None, each, viewing.index), field_of(each), form.place(each)) for each in shown.rows]
    context = {"form": form, "errors": form.errors.listed(), "shown": shown, "rows": rows}
    return page(request, viewing, "exit_map_propose", context, status=status)


@writing_page
def exit_map_decide(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Record one decision on several of the places that are proposed."""
    viewing.refuse_without(Permission.DECIDE)
    onward = onward_of(viewing)
    shown = paged(request, onward.waiting, ON_A_PAGE)
    approver = cycle_settings(viewing).approver(Tier(SCOPE))
    offered = {str(proposed.request) for each in shown.rows if (proposed := onward.proposed(each))}
    form, chosen, status = DecisionForm.of(approver, viewing.today, viewing.viewer.head), offered, 200
    if request.method == "POST":
        form, status = DecisionForm.sent(request.POST), 400
        chosen = offered & set(request.POST.getlist("request"))
        decision = form.check(viewing.today)
        if not chosen:
            form.errors["request"] = "Choose at least one action"
        elif decision:
            try:
                decide_transfers(
                    actor=viewing.viewer.actor, plan=viewing.slug, numbers=sorted(map(int, chosen)), decision=decision,
                    seen_revision=form.seen_revision,
                )  # fmt: skip
            except ProposalOvertaken as error:
                form.errors["request"], form.seen_revision, status = str(error), viewing.viewer.head, 409
            except (InvalidEdit, AlreadySettled) as error:
                form.errors["body"] = str(error)
            else:
                messages.success(request, "The decision is recorded.")
                return redirect(viewing.link("exit-map"))
    viewing.under(REPORTING, MAP)
    context = {
        "form": form, "errors": form.errors.listed(), "shown": shown, "approver": approver, "chosen": chosen,
        "rows": [onward_row(onward, each, viewing.index) for each in shown.rows],
    }  # fmt: skip
    return page(request, viewing, "exit_map_decide", context, status=status)


def onward_of(viewing: Viewing) -> Onward:
    """Where the actions of the plan go on in the state that is looked at; kept with that state."""
    return viewing.index.keep(("onward", viewing.as_at, viewing.known_at), lambda: _onward(viewing))


def _onward(viewing: Viewing) -> Onward:
    requests = requests_of(viewing)
    with council_scope(viewing.viewer.council_id):
        known_at = viewing.viewer.head if viewing.known_at is None else viewing.known_at
        passing = passing_on(viewing.plan, requests, known_at)
    actions = tuple(each for each in promises_in(viewing.plan) if each.kind is Kind.ACTION)
    return Onward(viewing.plan, actions, passing)


def _unproposed(onward: Onward) -> tuple[Promise, ...]:
    return tuple(each for each in onward.unmapped if onward.proposed(each) is None)
