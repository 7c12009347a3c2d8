"""Settling a contradiction: which place is right, who decided it and on what basis. It is never hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.contradictions import Entry, Outcome, Settlement, Standing, contradictions_at
from goldenthread.record.errors import AlreadySettled, InvalidEdit, NotFound
from goldenthread.record.models.assurance import SettledContradiction
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.editing import lock_plan
from goldenthread.record.services.posts import find_post
from goldenthread.record.snapshot import snapshot

LONGEST = 4000
"""In characters."""


def settle_contradiction(
    *,
    actor: Actor,
    plan: UUID | str,
    contradiction: str,
    outcome: Outcome,
    resolution: str,
    basis: str,
    decided_by: str,
    decided_on: date,
    on: date,
    owner: str | None = None,
    seen: int | None = None,
) -> UUID:
    """Record how a contradiction was settled, and give the id of the entry. Settling it again takes the place of that.

    Args:
        contradiction: Its handle (`Contradiction.handle`).
        resolution: What was decided, or why both places are right.
        basis: What the decision rests on, such as the reference of a decision or a minute.
        decided_by: The post or body that decided.
        owner: The slug of the post that sees to it.
        on: The day of the entry.
        seen: How many decisions on it the person had before their eyes; None leaves that unchecked. The very same
            decision sent twice is kept once.

    Raises:
        NotAllowed: The actor may not settle contradictions.
        NoSuchPlan, NotFound: There is no such plan, post or contradiction.
        AlreadySettled: Somebody recorded another decision since the person looked.
        InvalidEdit: A text is missing or too long, or the decision is dated after the entry.
    """
    require(actor, Permission.SETTLE)
    if outcome is Outcome.REOPENED:
        raise InvalidEdit("Choose what was decided.")
    decided = _Decided(
        outcome,
        _words(resolution, "what was decided"),
        _words(basis, "what the decision rests on"),
        _words(decided_by, "who decided it"),
        decided_on,
        owner,
    )
    if decided_on > on:
        raise InvalidEdit(
            f"The decision cannot be later than today, {day_words(on)}. You entered {day_words(decided_on)}."
        )
    with writing(actor, f"Settled a contradiction: {decided.resolution}"):
        held = lock_plan(plan)
        entry = _entry(actor, held, contradiction, on)
        if seen is not None and len(entry.history) > seen:
            last = entry.history[-1]
            if _is_the_same(last, decided, actor, on):
                return last.id
            raise AlreadySettled(
                f"Meanwhile this was recorded by the {last.recorded_by.lower()}: {last.outcome.in_words}. "
                f"{last.resolution} Save again if your decision is to take its place."
            )
        return _record(actor, held, entry, decided, on)


def reopen_contradiction(
    *, actor: Actor, plan: UUID | str, contradiction: str, reason: str, on: date
) -> UUID:
    """Open a contradiction again that was settled. What was decided, and by whom, stays on record.

    Raises:
        NotAllowed: The actor may not settle contradictions.
        NoSuchPlan, NotFound: There is no such plan or contradiction.
        AlreadySettled: It is open already.
        InvalidEdit: No reason.
    """
    require(actor, Permission.SETTLE)
    why = _words(reason, "why it is opened again")
    with writing(actor, f"Opened a contradiction again: {why}"):
        held = lock_plan(plan)
        entry = _entry(actor, held, contradiction, on)
        opened = _Decided(Outcome.REOPENED, why, "", actor.capacity, on)
        if entry.settlement is None:
            if entry.history and _is_the_same(entry.history[-1], opened, actor, on):
                return entry.history[-1].id
            raise AlreadySettled("This contradiction is open already.")
        return _record(actor, held, entry, opened, on)


@dataclass(frozen=True)
class _Decided:
    """What is written down of a decision."""

    outcome: Outcome
    resolution: str
    basis: str
    by: str
    on: date
    owner: str | None = None


def _is_the_same(told: Settlement, decided: _Decided, actor: Actor, on: date) -> bool:
    """Whether a form was sent twice."""
    post = find_post(decided.owner).id if decided.owner else None
    return (
        told.outcome, told.resolution, told.basis, told.decided_by, told.decided_on, told.owner_id,
        told.recorded_by, told.recorded_on,
    ) == (
        decided.outcome, decided.resolution, decided.basis, decided.by, decided.on, post, actor.capacity, on,
    )  # fmt: skip


def _record(actor: Actor, plan: PlanRecord, entry: Entry, decided: _Decided, on: date) -> UUID:
    pair = entry.pair
    held = entry.standing is not Standing.GONE
    return SettledContradiction.objects.create(
        council_id=actor.council,
        plan=plan,
        kind=pair.kind.value,
        first_id=pair.first.id if held else None,
        second_id=pair.second.id if held else None,
        first_key=pair.first.key,
        second_key=pair.second.key,
        said=pair.model_dump(mode="json"),
        outcome=decided.outcome.value,
        resolution=decided.resolution,
        basis=decided.basis,
        decided_by=decided.by,
        decided_on=decided.on,
        owner=find_post(decided.owner) if decided.owner else None,
        recorded_by=actor.capacity,
        recorded_on=on,
    ).id


def _entry(actor: Actor, plan: PlanRecord, handle: str, on: date) -> Entry:
    state = snapshot(council=actor.council, plan=plan.id, cut_off=on)
    listed = contradictions_at(actor.council, plan.id, state, as_at=on)
    found = next((entry for entry in listed if entry.pair.handle == handle), None)
    if found is None:
        raise NotFound(
            "There is no such contradiction: what it was about has changed. Look at the list again."
        )
    return found


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise InvalidEdit(f"Say {what}.")
    if len(text) > LONGEST:
        raise InvalidEdit(f"The text is longer than {LONGEST:,} characters. Shorten it.")
    return text.strip()
