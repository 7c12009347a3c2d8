"""What goes into a workbook of updates: the promises of some leads, or of everyone, that still need reports."""

from __future__ import annotations

from datetime import date

from goldenthread.plan.status import Status
from goldenthread.plan.tables.update_sheet import Stamp
from goldenthread.record.cycle.desk import desk_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models.council import Council
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.promises import HeldPromise, places_of, with_facts
from goldenthread.record.reporters import leads_among
from goldenthread.reporting.update_workbook import UpdateWorkbook, WorkbookItem


def reported_day(plan: PlanRecord, today: date) -> date:
    """The day of which an update that comes in today speaks: as on the page of updates."""
    return desk_of(plan, frozenset(), today=max(today, plan.effective_on)).as_at


def update_book(
    plan: PlanRecord, leads: frozenset[str] | None, *, today: date, lead: str | None = None
) -> UpdateWorkbook:
    """The workbook for these leads (slugs; None: for everyone) of a plan of the council in scope, as it stands now.

    What is finished, or was stopped or put off by a decision, is left out.

    Args:
        lead: The name of the one lead that it is for, for its title.
    """
    seen = head_number(plan.council_id)
    as_at = reported_day(plan, today)
    places = [
        place for place in places_of(plan.id, as_at=as_at) if leads is None or leads_among(place.leads, leads)
    ]
    held = with_facts(plan.id, places, as_at=as_at).values()
    return UpdateWorkbook(
        council=Council.objects.get(id=plan.council_id).name,
        plan=plan.title,
        stamp=Stamp(plan=plan.id, as_at=as_at, seen_revision=seen),
        items=tuple(_item(promise) for promise in held if _is_open(promise)),
        lead=lead,
    )


def _is_open(promise: HeldPromise) -> bool:
    return not promise.status.is_closed and promise.status is not Status.DEFERRED


def _item(promise: HeldPromise) -> WorkbookItem:
    place = promise.place
    return WorkbookItem(
        id=place.id,
        ref=place.ref,
        title=place.title or "No title in the plan",
        within=place.above,
        leads=place.leads,
        dates=promise.dates,
        status=promise.status,
        report=promise.report,
    )
