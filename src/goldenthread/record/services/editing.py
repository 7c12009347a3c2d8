"""Changing one item of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.applying import STOPPED
from goldenthread.plan.days import day_words
from goldenthread.plan.edits import EditError, apply_edits
from goldenthread.plan.flat import FlatItem, ItemKind, Series, flatten
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Edit
from goldenthread.plan.status import CHECKED
from goldenthread.record.actor import Actor
from goldenthread.record.errors import FieldConflict, InvalidEdit, NeedsDecision, NotFound, StaleEdit
from goldenthread.record.models.plan import CORRECTION, PlanRecord
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
    correction: bool = False,
) -> int:
    """Change fields of one item from a day on, and give the number of the revision.

    What was approved is not edited: another approved date or measure of success, and putting off, ending or taking up
    again, are proposed and decided on (`change_control.py`). A correction may touch them, because nobody decided
    anything anew: the document says something else than was read. It counts as no re-baseline.

    Args:
        changes: New values as JSON, by field: `title`, `status`, `leads`, `start`, `dates.approved`,
            `dates.forecast`, `dates.actual`, or another field of the item's type.
        effective_on: From when status, dates and leads are so; wording has no day of its own. Saying what is so
            already on that day adds nothing.
        seen_revision: The revision that the editor was looking at.

    Raises:
        NotAllowed: The role may not change these fields, or a lead reports of what no post of theirs leads.
        StaleEdit: One of these fields was changed after `seen_revision`, to something else. Nothing is stored.
        InvalidEdit: A field that the item has not, a value that does not fit, the original date, too early a day, or
            what needs a decision.
        NotFound: The plan has no such item on that day.
    """
    progress = changes.keys() <= PROGRESS_FIELDS and not correction
    require(actor, Permission.REPORT_PROGRESS if progress else Permission.EDIT)
    with writing(actor, reason) as written:
        held = lock_plan(plan, effective_on)
        base, head = read_plan_at(actor.council, held.id, effective_on, None)
        flat = find_item(base, item)
        if not may(actor, Permission.EDIT):
            require_lead(actor, held.id, item, effective_on)
        _refuse_fixed(flat, changes)
        _refuse_unchecked(flat.facts.get(Series.STATUS), changes.get("status", flat.facts.get(Series.STATUS)))
        if not correction:
            _refuse_undecided(flat, changes)
        if seen_revision != head:
            seen, _ = read_plan_at(actor.council, held.id, effective_on, seen_revision)
            _refuse_stale(seen, flat, changes, head)
        said = {**changes, **_same_misreading(flat, changes)} if correction else changes
        new = edited(base, [Edit(key=flat.key, field=field, value=value) for field, value in said.items()])
        store_difference(held, base, new, effective_on=effective_on, note=CORRECTION if correction else "")
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
            f"The plan took effect on {day_words(held.effective_on)}. Choose that day or a later one for the change."
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
        _refuse_unchecked_in(plan, new)
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


def _refuse_unchecked(before: JsonValue, after: JsonValue) -> None:
    """Refuse what only a check of evidence changes, also as a correction: see `completion.py`."""
    if before != after and CHECKED & {str(before), str(after)}:
        raise InvalidEdit(
            "Only somebody who checks the evidence can say that something is verified or embedded, or take it back."
        )


def _refuse_unchecked_in(old: Plan, new: Plan) -> None:
    """Refuse edits after which something is verified or embedded that was not."""
    before = {flat.key: flat.facts.get(Series.STATUS) for flat in flatten(old)}
    for flat in flatten(new):
        status = flat.facts.get(Series.STATUS)
        if status in CHECKED:
            _refuse_unchecked(before.get(flat.key), status)


def _refuse_undecided(flat: FlatItem, changes: Mapping[str, JsonValue]) -> None:
    """Refuse what only a decision changes: see `change_control.py`."""
    status, now = changes.get("status"), flat.facts.get(Series.STATUS)
    if "status" in changes and status != now and STOPPED & {str(status), str(now)}:
        what = "Deferring, cancelling, superseding and taking up again"
    elif "dates.approved" in changes and changes["dates.approved"] != flat.facts.get(Series.APPROVED):
        what = "Moving an approved date"
    elif flat.kind is ItemKind.SUCCESS_STATEMENT and changes.keys() & {"measure", "text"}:
        what = "Changing a measure of success"
    else:
        return
    raise NeedsDecision(
        f"{what} needs a decision: propose a change. If the document was read wrongly, say that this corrects it."
    )


def _same_misreading(flat: FlatItem, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The original date, where it is the same wrong reading as the approved date that is put right."""
    original = flat.facts.get(Series.ORIGINAL)
    if changes.get("dates.approved") and original and original == flat.facts.get(Series.APPROVED):
        return {"dates.original": changes["dates.approved"]}
    return {}


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
