"""Bringing a plan into the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from goldenthread.plan.keys import slug as slug_of
from goldenthread.plan.model import Plan
from goldenthread.record.actor import Actor
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.store import Answered, store_difference


@dataclass(frozen=True)
class LoadedPlan:
    """Where a plan is held, and the revision that holds it."""

    plan_id: UUID
    slug: str
    revision: int


@dataclass(frozen=True)
class PlanSummary:
    """What a list of plans shows."""

    id: UUID
    slug: str
    title: str
    kind: str
    phase: str | None
    version: str | None
    approving_body: str | None
    approved_on: date | None
    effective_on: date


def load_plan(
    *, actor: Actor, plan: Plan, effective_on: date, reason: str, slug: str | None = None
) -> LoadedPlan:
    """Store a plan that the council does not hold yet, as one revision.

    Ids and refs that the plan brings are kept; what has none gets one. `slug` names the plan in addresses; without
    one it is made from the title.

    Raises:
        NotAllowed: The actor may not import.
    """
    require(actor, Permission.IMPORT)
    with writing(actor, reason) as written:
        held = add_plan(actor.council, plan, effective_on, slug)
    return LoadedPlan(held.id, held.slug, written.revision)


def add_plan(
    council: UUID, plan: Plan, effective_on: date, slug: str | None = None, answered: Sequence[Answered] = ()
) -> PlanRecord:
    """Add a plan in the scope of the caller. `answered` are questions about it that are settled already."""
    held = PlanRecord.objects.create(
        id=plan.id or uuid4(),
        council_id=council,
        slug=_free_slug(slug or slug_of(plan.title)),
        title=plan.title,
        kind=plan.kind.value,
        phase=plan.phase,
        version=plan.version,
        approving_body=plan.approving_body,
        approved_on=plan.approved_on,
        effective_on=effective_on,
    )
    store_difference(held, None, plan, effective_on=effective_on, answered=answered)
    return held


def plans(council: UUID) -> tuple[PlanSummary, ...]:
    """The plans that a council holds, the earliest first."""
    fields = list(PlanSummary.__dataclass_fields__)
    with council_scope(council):
        rows = PlanRecord.objects.order_by("effective_on", "slug").values(*fields)
        return tuple(PlanSummary(**row) for row in rows)


def _free_slug(wanted: str) -> str:
    taken = set(PlanRecord.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 2
    slug = wanted
    while slug in taken:
        slug = f"{wanted}-{number}"
        number += 1
    return slug
