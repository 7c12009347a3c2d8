"""Deciding that the public may see a plan as it stood on a day, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotYetAdopted
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models.plan import Item, PlanRecord
from goldenthread.record.models.publishing import Publication
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.snapshot import find_plan


def publish_plan(
    *,
    actor: Actor,
    plan: str,
    cut_off: date,
    on: date,
    reason: str,
    hold: Collection[str] = (),
    release: Collection[str] = (),
) -> int:
    """Show the public the plan as it stood at the end of a day, as it is known now, and give the publication's number.

    Args:
        on: The day of the decision.
        hold: Refs that stay back, whatever their words. This list replaces the one before.
        release: Refs whose words only look like a marking ("confidential reporting"). A certain marking stays back.

    Raises:
        NotAllowed: The actor may not publish plans.
        NoSuchPlan: There is no such plan.
        NotYetAdopted: The day is before the plan began.
        InvalidEdit: The day is still to come, or before the last publication; a ref is unknown; no reason is given.
    """
    require(actor, Permission.PUBLISH)
    if cut_off > on:
        raise InvalidEdit(f"{day_words(cut_off)} is still to come. Publish as at a day that is over.")
    known_at = head_number(actor.council)
    with writing(actor, reason):
        held = PlanRecord.objects.select_for_update().get(pk=find_plan(plan).pk)
        if cut_off < held.effective_on:
            raise NotYetAdopted(held.effective_on, cut_off)
        _refuse_unknown(held, {*hold, *release})
        last = _last(held)
        if last and not last.withdrawn and cut_off < last.cut_off:
            raise InvalidEdit(
                f"The public has the plan as at {day_words(last.cut_off)} already. "
                "Publish as at that day or a later one."
            )
        number = last.number + 1 if last else 1
        Publication.objects.create(
            council_id=actor.council,
            plan=held,
            number=number,
            cut_off=cut_off,
            known_at=known_at,
            hold=sorted(set(hold)),
            release=sorted(set(release)),
            reason=reason.strip(),
            decided_on=on,
            decided_by=actor.capacity,
        )
        return number


def withdraw_publication(*, actor: Actor, plan: str, on: date, reason: str) -> None:
    """Take the plan away from the public, and say why. Publishing again brings it back with its history.

    Raises:
        NotAllowed: The actor may not publish plans.
        NoSuchPlan: There is no such plan.
        InvalidEdit: Nothing of it is public, or no reason is given.
    """
    require(actor, Permission.PUBLISH)
    with writing(actor, reason):
        held = PlanRecord.objects.select_for_update().get(pk=find_plan(plan).pk)
        last = _last(held)
        if last is None or last.withdrawn:
            raise InvalidEdit("The public does not see this plan, so there is nothing to take back.")
        last.withdrawn, last.withdrawn_on = reason.strip(), on
        last.save(update_fields=["withdrawn", "withdrawn_on"])


def _last(plan: PlanRecord) -> Publication | None:
    return Publication.objects.filter(plan=plan).order_by("-number").first()


def _refuse_unknown(plan: PlanRecord, refs: set[str]) -> None:
    known = set(Item.objects.filter(plan=plan, ref__in=refs).values_list("ref", flat=True))
    if unknown := sorted(refs - known):
        raise InvalidEdit(
            f"The plan has no {', '.join(unknown)}. Write the numbers as the pages print them, such as A12."
        )
