"""The challenge desk: every update of the period, and one of them to look at closely."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.plan.judgements import Rating
from goldenthread.plan.model import Plan
from goldenthread.record.cycle.challenging import ChallengeDesk, challenge_desk
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.permissions import Permission
from goldenthread.record.services.challenges import (
    accept_update,
    accept_updates,
    answer_challenge,
    ask_back,
    rate_differently,
)
from goldenthread.web.forms.errors import Errors
from goldenthread.web.judging import judged
from goldenthread.web.paging import paged
from goldenthread.web.presenting.challenges import FILTERS, DeskRow, desk_rows, row_of
from goldenthread.web.presenting.index import PlacedAction
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.record_access import NotYetAdopted, plan_state
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 50


@writing_page
def desk(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The updates of the period in lists; those that are ticked can be accepted at once."""
    viewing.refuse_without(Permission.CHALLENGE)
    errors = Errors()
    if request.method == "POST":
        seen = _ticked(request)
        try:
            if not seen:
                raise InvalidEdit("Tick the updates to accept.")
            done = accept_updates(actor=viewing.viewer.actor, plan=viewing.slug, seen=seen, on=viewing.today)
        except (InvalidEdit, NotAllowed, NotFound) as error:
            errors["desk-table"] = str(error)
        else:
            left = len(seen) - len(done)
            more = (
                f" {count_words(left, 'update')} came in meanwhile and are still to look at." if left else ""
            )
            messages.success(request, f"Accepted {count_words(len(done), 'update').lower()}.{more}")
            return redirect(request.get_full_path())
    found, since, rows = _rows(viewing)
    asked = request.GET.get("show", "waiting")
    if asked not in FILTERS:
        raise Http404(f"The desk has no list {asked}")
    counts = {name: sum(map(fits, rows)) for name, (_, fits) in FILTERS.items()}
    context = {
        "period": found.period,
        "since": since,
        "lists": [(name, words, counts[name]) for name, (words, _) in FILTERS.items()],
        "shown": asked,
        "rows": paged(request, [row for row in rows if FILTERS[asked][1](row)], ON_A_PAGE),
        "errors": errors.listed(),
    }
    return page(request, viewing, "desk", context, status=400 if errors else 200)


@writing_page
def desk_item(request: HttpRequest, viewing: Viewing, handle: str) -> HttpResponse:
    """One promise's update: accept it, ask its lead, rate it differently; its lead answers here too."""
    viewer = viewing.viewer
    may_challenge, may_answer = viewer.may(Permission.CHALLENGE), viewer.may(Permission.REPORT_PROGRESS)
    if not (may_challenge or may_answer):
        raise PermissionDenied
    placed = viewing.index.by_handle.get(handle)
    if placed is None:
        raise Http404(f"There is no promise {handle}")
    item = placed.action if isinstance(placed, PlacedAction) else placed.milestone
    errors = Errors()
    if request.method == "POST" and item.id:
        try:
            messages.success(request, _done(request, viewing, item.id))
        except (InvalidEdit, NotAllowed, NotFound) as error:
            errors[_field(request)] = str(error)
        else:
            return redirect(viewing.link("desk-item", handle=handle))
    found, since, rows = _rows(viewing)
    viewing.under(*([("Challenge desk", "desk", {})] if may_challenge else []))
    context = {
        "item": item,
        "is_milestone": not isinstance(placed, PlacedAction),
        "handle": handle,
        "row": row_of(rows, item.id),
        "told": found.challenges.get(item.id, ()) if item.id else (),
        "since": since,
        "evidence": found.evidence.get(item.id, 0) if item.id else 0,
        "may_challenge": may_challenge,
        "may_answer": may_answer,
        "typed": {name: request.POST.get(name, "") for name in ("question", "rating", "why", "answer")},
        "errors": errors,
    }
    return page(request, viewing, "desk_item", context, status=400 if errors else 200)


def _rows(viewing: Viewing) -> tuple[ChallengeDesk, date, tuple[DeskRow, ...]]:
    """The desk, the first day of the period that it is about, and its rows."""
    if viewing.plan.id is None:
        raise Http404("This plan is not on the record")
    council = viewing.viewer.council_id
    found = challenge_desk(council=council, plan=viewing.plan.id, as_at=viewing.today)
    since = found.starts_on
    before = _before(viewing, since)
    rows = desk_rows(viewing.plan, before, found, judged(viewing), actor=viewing.viewer.actor.label)
    return found, since, rows


def _before(viewing: Viewing, since: date) -> Plan | None:
    """The plan at the cut-off before the period; None if it had not begun."""
    try:
        return plan_state(viewing.viewer, viewing.slug, cut_off=since - timedelta(days=1), known_at=None)
    except NotYetAdopted:
        return None


def _ticked(request: HttpRequest) -> dict[UUID, int]:
    """What was ticked: the item and the revision of the report that was seen."""
    try:
        pairs = [value.split(":") for value in request.POST.getlist("accept")]
        return {UUID(item): int(revision) for item, revision in pairs}
    except ValueError as error:
        raise Http404("What was sent names no update") from error


def _done(request: HttpRequest, viewing: Viewing, item: UUID) -> str:
    """Do what was asked for, and say so."""
    given: dict[str, Any] = {"actor": viewing.viewer.actor, "on": viewing.today}
    about = {**given, "plan": viewing.slug, "item": item}
    match request.POST.get("do"):
        case "accept":
            seen = request.POST.get("seen", "")
            accept_update(**about, seen_revision=int(seen) if seen.isascii() and seen.isdigit() else 0)
            return "The update is accepted."
        case "ask":
            ask_back(**about, question=request.POST.get("question", ""))
            return "The question goes to those who lead it."
        case "rate":
            rating = request.POST.get("rating", "")
            if rating not in set(Rating):
                raise InvalidEdit("Choose a rating.")
            rate_differently(**about, rating=Rating(rating), reason=request.POST.get("why", ""))
            return "Your rating is recorded beside the lead’s and the rule’s."
        case "answer":
            answer_challenge(**given, challenge=_asked(request), answer=request.POST.get("answer", ""))
            return "The answer is recorded."
    raise InvalidEdit("Choose what to do.")


def _asked(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("challenge", ""))
    except ValueError as error:
        raise Http404("What was sent names no question") from error


def _field(request: HttpRequest) -> str:
    """The field that an error is shown at."""
    match request.POST.get("do"):
        case "ask":
            return "question"
        case "rate":
            return "rating" if request.POST.get("rating") not in set(Rating) else "why"
        case "answer":
            return f"answer-{request.POST.get('challenge', '')}"
    return "accept"
