"""Samples for internal audit: drawn from the plan in one state, and kept with all that it takes to draw them again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.assurance.sampling import Candidate, draw_sample
from goldenthread.plan.model import Plan
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.evidence import AuditSample, SampleOf
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.snapshot import find_plan, read_plan_at

LARGEST = 500
LONGEST_SEED = 100


def draw_audit_sample(
    *,
    actor: Actor,
    plan: UUID | str,
    size: int,
    seed: str,
    as_at: date,
    on: date,
    among: SampleOf | str = SampleOf.DONE,
    by_theme: bool = False,
) -> AuditSample:
    """Draw a sample of actions and keep it. Every sample that was drawn stays in the list.

    Args:
        seed: Any words; the same seed draws the same from the same state.
        as_at: The day as at which the plan is drawn from, as it is known now.
        on: The day of drawing.
        among: From which actions.
        by_theme: Whether each theme gets its share.

    Raises:
        NotAllowed: The actor may not verify evidence.
        NoSuchPlan: The council has no such plan.
        NotYetAdopted: The plan had not begun on that day.
        InvalidEdit: The size or the seed cannot be, or there is nothing to draw from.
    """
    require(actor, Permission.VERIFY)
    if not 1 <= size <= LARGEST:
        raise InvalidEdit(f"Draw at least 1 and at most {LARGEST}, not {size}.")
    if not seed.strip() or len(seed) > LONGEST_SEED:
        raise InvalidEdit(f"Enter a seed of 1 to {LONGEST_SEED} characters.")
    with writing(actor, f"Drew a sample of {size} for internal audit"):
        held = find_plan(plan)
        state, head = read_plan_at(actor.council, held.id, as_at, None)
        drawn = _drawn_from(state, SampleOf(among), size, seed.strip(), by_theme=by_theme)
        if not drawn:
            raise InvalidEdit(f"There is nothing to draw from: no {SampleOf(among).label} on that day.")
        return AuditSample.objects.create(
            council_id=actor.council,
            plan=held,
            drawn_on=on,
            by=actor.capacity,
            seed=seed.strip(),
            as_at=as_at,
            revision=head,
            among=SampleOf(among),
            by_theme=by_theme,
            asked=size,
            items=list(drawn),
        )


def drawn_again(sample: AuditSample, state: Plan) -> tuple[str, ...]:
    """What the sample's seed draws now from the state that it names."""
    return _drawn_from(state, SampleOf(sample.among), sample.asked, sample.seed, by_theme=sample.by_theme)


def find_sample(sample: UUID) -> AuditSample:
    """The sample with this id of the council in scope.

    Raises:
        NotFound: There is none.
    """
    found = AuditSample.objects.select_related("plan").filter(pk=sample).first()
    if found is None:
        raise NotFound("There is no such sample.")
    return found


def samples_of(council: UUID, plan: UUID | str) -> tuple[AuditSample, ...]:
    """Every sample that was drawn from a plan, the latest first."""
    with council_scope(council):
        return tuple(
            AuditSample.objects.filter(plan=find_plan(plan)).order_by("-revision", "-drawn_on", "id")
        )


def _drawn_from(plan: Plan, among: SampleOf, size: int, seed: str, *, by_theme: bool) -> tuple[str, ...]:
    """The ids of the actions that this seed draws from the plan in one state, in the order of drawing."""
    candidates = [
        Candidate(str(action.id), str(theme.number))
        for theme in plan.themes
        for action in theme.actions
        if action.id and (among is SampleOf.ALL or action.status.is_done)
    ]
    return tuple(each.id for each in draw_sample(candidates, size, seed, stratified=by_theme))
