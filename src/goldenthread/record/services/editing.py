"""Changing one item of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.edits import EditError, apply_edits
from goldenthread.plan.flat import FlatItem, Series, flatten
from goldenthread.plan.model import Link, LinkKind, Plan
from goldenthread.plan.questions import Edit
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.errors import FieldConflict, InvalidEdit, NotFound, StaleEdit
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import PROGRESS_FIELDS, Permission, may, require
from goldenthread.record.reporters import require_lead
from goldenthread.record.scope import writing
from goldenthread.record.services.store import store_difference
from goldenthread.record.snapshot import find_plan, read_plan_at

_DATES = {
    series.value: f"dates.{series.value}"
    for series in Series
    if series.value in {"original", "approved", "forecast", "actual"}
}
_APPROVING = frozenset({"dates", "dates.approved", "steps", "replaced_by"})
_FIXED = frozenset({"schema", "anchors"})


def edit_item(
    *,
    actor: Actor,
    plan: UUID | str,
    item: UUID,
    changes: Mapping[str, JsonValue],
    reason: str,
    effective_on: date,
    seen_revision: int,
) -> int:
    """Change fields of one item from a day on, and give the number of the revision.

    Args:
        changes: New values as JSON, by field: `title`, `status`, `leads`, `start`, `dates.approved`,
            `dates.forecast`, `dates.actual`, or another field of the item's type.
        effective_on: From when status, dates and leads are so; wording has no day of its own. Saying what is so
            already on that day adds nothing.
        seen_revision: The revision that the editor was looking at.

    Raises:
        NotAllowed: The role may not change these fields, or a lead reports of what no post of theirs leads.
        StaleEdit: One of these fields was changed after `seen_revision`, to something else. Nothing is stored.
        InvalidEdit: A field that the item has not, a value that does not fit, the original date, or too early a day.
        NotFound: The plan has no such item on that day.
    """
    require(actor, Permission.REPORT_PROGRESS if changes.keys() <= PROGRESS_FIELDS else Permission.EDIT)
    with writing(actor, reason) as written:
        held = lock_plan(plan, effective_on)
        base, head = read_plan_at(actor.council, held.id, effective_on, None)
        flat = find_item(base, item)
        if not may(actor, Permission.EDIT):
            require_lead(actor, held.id, item, effective_on)
        _refuse_fixed(flat, changes)
        if seen_revision != head:
            seen, _ = read_plan_at(actor.council, held.id, effective_on, seen_revision)
            _refuse_stale(seen, flat, changes, head)
        new = edited(base, [Edit(key=flat.key, field=field, value=value) for field, value in changes.items()])
        store_difference(held, base, new, effective_on=effective_on)
    return written.revision


def withdraw_item(*, actor: Actor, plan: UUID | str, item: UUID, reason: str, effective_on: date) -> int:
    """Cancel a promise by decision. It stays in the plan, as cancelled, with its history.

    Raises:
        NotAllowed, InvalidEdit, NotFound: as `edit_item`.
    """
    return _close(
        actor=actor,
        plan=plan,
        item=item,
        reason=reason,
        effective_on=effective_on,
        status=Status.CANCELLED,
        link=lambda _plan, _key: None,
    )


def supersede_item(
    *, actor: Actor, plan: UUID | str, item: UUID, by: UUID, reason: str, effective_on: date
) -> int:
    """Let another promise take a promise's place. Both stay in the plan, and a link says which replaced which.

    Raises:
        NotAllowed, InvalidEdit, NotFound: as `edit_item`.
    """

    def link(base: Plan, key: str) -> Link:
        successor = find_item(base, by).key
        if successor == key:
            raise InvalidEdit("An item cannot take its own place. Choose another.")
        name = f"link/supersedes/{successor}/{key}"
        return Link(key=name, kind=LinkKind.SUPERSEDES, source=successor, target=key)

    return _close(
        actor=actor,
        plan=plan,
        item=item,
        reason=reason,
        effective_on=effective_on,
        status=Status.SUPERSEDED,
        link=link,
    )


def _close(
    *,
    actor: Actor,
    plan: UUID | str,
    item: UUID,
    reason: str,
    effective_on: date,
    status: Status,
    link: Callable[[Plan, str], Link | None],
) -> int:
    require(actor, Permission.EDIT)
    with writing(actor, reason) as written:
        held = lock_plan(plan, effective_on)
        base, _ = read_plan_at(actor.council, held.id, effective_on, None)
        key = find_item(base, item).key
        new = edited(base, [Edit(key=key, field="status", value=status.value)])
        made = link(base, key)
        if made and all(known.key != made.key for known in new.links):
            new = new.model_copy(update={"links": (*new.links, made)})
        store_difference(held, base, new, effective_on=effective_on)
    return written.revision


def lock_plan(plan: UUID | str, effective_on: date | None = None) -> PlanRecord:
    """The plan of the council in scope, locked until the transaction ends, so that changes come one after another.

    Raises:
        NoSuchPlan: There is none.
        InvalidEdit: The change is to count from a day before the plan did.
    """
    held = PlanRecord.objects.select_for_update().get(id=find_plan(plan).id)
    if effective_on and effective_on < held.effective_on:
        raise InvalidEdit(
            f"The plan took effect on {held.effective_on:%-d %B %Y}. Choose that day or a later one for the change."
        )
    return held


def find_item(plan: Plan, item: UUID) -> FlatItem:
    """The item with this id.

    Raises:
        NotFound: The plan has none, or not on that day.
    """
    for flat in flatten(plan):
        if flat.id == item:
            return flat
    raise NotFound("The plan has no such item on that day. It may have been added later, or taken out.")


def edited(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan after these edits. What is approved for the first time is also the original: see `Dates`.

    Raises:
        InvalidEdit: An edit cannot be made.
    """
    wanted = tuple(edits)
    try:
        new = apply_edits(plan, wanted)
        first_approved = (
            _first_approved(plan, new) if any(edit.field in _APPROVING for edit in wanted) else []
        )
        return apply_edits(new, first_approved) if first_approved else new
    except EditError as error:
        raise InvalidEdit(str(error)) from error


def _first_approved(old: Plan, new: Plan) -> list[Edit]:
    before = {flat.key: flat.facts for flat in flatten(old)}
    return [
        Edit(key=flat.key, field="dates.original", value=flat.facts[Series.APPROVED])
        for flat in flatten(new)
        if Series.APPROVED in flat.facts
        and Series.ORIGINAL not in flat.facts
        and Series.APPROVED not in before.get(flat.key, {})
    ]


def fields_of(flat: FlatItem) -> dict[str, JsonValue]:
    """An item's values by the names that edits use. What is absent has its ordinary empty value."""
    facts = {_DATES.get(series.value, series.value): value for series, value in flat.facts.items()}
    return {**flat.wording, **facts}


def _refuse_fixed(flat: FlatItem, changes: Mapping[str, JsonValue]) -> None:
    for field in changes:
        if field == "dates.original" and Series.ORIGINAL in flat.facts:
            raise InvalidEdit("The original date is never overwritten. Change the approved date instead.")
        varying = field in _DATES.values() or field in set(Series)
        if field in _FIXED or not (varying or field in flat.wording):
            raise InvalidEdit(f"“{flat.name}” has no field “{field}” that can be changed here.")


def _refuse_stale(seen: Plan, now: FlatItem, changes: Mapping[str, JsonValue], head: int) -> None:
    then = next((flat for flat in flatten(seen) if flat.id == now.id), None)
    before, theirs = fields_of(then) if then else {}, fields_of(now)
    conflicts = tuple(
        FieldConflict(field, before.get(field), theirs.get(field), ours)
        for field, ours in changes.items()
        if before.get(field) != theirs.get(field) and theirs.get(field) != ours
    )
    if conflicts and now.id:
        raise StaleEdit(now.id, conflicts, head)
