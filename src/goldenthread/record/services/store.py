"""Writing the difference between two states of a plan: what every change to a plan comes down to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from pydantic import JsonValue

from goldenthread.plan.flat import FlatItem, ItemKind, flatten
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Question
from goldenthread.record.models.plan import DatedFact, Item, PlanRecord
from goldenthread.record.models.questions import QuestionRecord, QuestionState
from goldenthread.record.services.lead_posts import register_leads_of
from goldenthread.record.services.refs import mint_refs

Answered = tuple[Question, JsonValue]

_CHANGEABLE = ["key", "ref", "parent", "position", "kind", "wording", "removed_on"]
_LISTED = ("title", "kind", "phase", "version", "approving_body", "approved_on")


def store_difference(
    held: PlanRecord,
    old: Plan | None,
    new: Plan,
    *,
    effective_on: date,
    answered: Sequence[Answered] = (),
    note: str = "",
) -> None:
    """Bring the stored plan from the old state to the new one, in the scope and lock of the caller.

    Items that are new get their permanent id and ref; those that are gone are no longer in the plan from
    `effective_on`; what changed of the dated facts is added as facts from that day. `answered` are the questions that
    the new state settles, each with its answer; any other that is gone is withdrawn. Leads that are named for the first
    time are put on the council's list of posts and bodies.
    """
    before = {item.key: item for item in flatten(old)} if old else {}
    after = flatten(new)
    added = [item for item in after if item.key not in before]
    ids = _ids(held, before, after, added)
    refs = _refs(held, after)
    rows = []
    for item in after:
        row = _row(held, item, ids, refs, effective_on)
        if item.key not in before or _reworded(before[item.key], item, refs):
            rows.append(row)
    Item.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=_CHANGEABLE)
    gone = before.keys() - {item.key for item in after}
    if gone:
        Item.objects.filter(id__in=[before[key].id for key in gone]).update(removed_on=effective_on)
    DatedFact.objects.bulk_create(_facts(held, before, after, ids, effective_on, note=note))
    register_leads_of(held.council_id, new, before.values(), after)
    _store_questions(held, old.questions if old else (), new.questions, effective_on, answered)
    _copy_to_list(held, after[0])


def _ids(
    held: PlanRecord, before: Mapping[str, FlatItem], after: Sequence[FlatItem], added: Collection[FlatItem]
) -> dict[str, UUID]:
    """The permanent id of every item. One that was in the plan before and comes back is the same item."""
    ids = {item.key: before[item.key].id or uuid4() for item in after if item.key in before}
    if before and added:
        known = Item.objects.filter(plan=held, key__in=[item.key for item in added]).order_by("added_on")
        ids |= dict(known.values_list("key", "id"))
    ids |= {item.key: item.id or ids.get(item.key) or uuid4() for item in added}
    ids[after[0].key] = held.id
    return ids


def _refs(held: PlanRecord, after: Sequence[FlatItem]) -> dict[str, str]:
    used = Item.objects.filter(plan=held, ref__isnull=False).values_list("ref", flat=True)
    return mint_refs(after, [ref for ref in used if ref])


def _reworded(before: FlatItem, after: FlatItem, refs: Mapping[str, str]) -> bool:
    return (before.kind, before.parent, before.position, before.wording, before.ref) != (
        after.kind,
        after.parent,
        after.position,
        after.wording,
        refs.get(after.key),
    )


def _row(
    held: PlanRecord,
    item: FlatItem,
    ids: Mapping[str, UUID],
    refs: Mapping[str, str],
    added_on: date,
) -> Item:
    """The row as it is to be; `added_on` counts only where the item is new."""
    return Item(
        id=ids[item.key],
        council_id=held.council_id,
        plan=held,
        kind=item.kind.value,
        key=item.key,
        ref=refs.get(item.key),
        parent_id=ids[item.parent] if item.parent else None,
        position=item.position,
        wording=item.wording,
        added_on=added_on,
        removed_on=None,
    )


def _facts(
    held: PlanRecord,
    before: Mapping[str, FlatItem],
    after: Iterable[FlatItem],
    ids: Mapping[str, UUID],
    effective_on: date,
    *,
    note: str,
) -> Iterator[DatedFact]:
    for item in after:
        old = before[item.key].facts if item.key in before else {}
        for series in sorted(old.keys() | item.facts.keys()):
            if old.get(series) != item.facts.get(series):
                yield DatedFact(
                    council_id=held.council_id,
                    plan=held,
                    item_id=ids[item.key],
                    series=series.value,
                    effective_on=effective_on,
                    value=item.facts.get(series),
                    note=note,
                )


def _store_questions(
    held: PlanRecord,
    old: Sequence[Question],
    new: Sequence[Question],
    effective_on: date,
    answered: Sequence[Answered],
) -> None:
    """Open, answered and withdrawn: each question's row. Where only some are settled, the others stay as they are."""
    before = {question.key: question for question in old}
    settled = {question.key for question, _ in answered}
    gone = before.keys() - {question.key for question in new} - settled
    if gone:
        QuestionRecord.objects.filter(plan=held, key__in=gone).update(state=QuestionState.WITHDRAWN)
    given = [
        _question(held, question, position=place, effective_on=effective_on, answer=answer)
        for place, (question, answer) in enumerate(answered)
    ]
    changed = any(before.get(question.key) != question for question in new)
    asked = [
        _question(held, question, position=place, effective_on=effective_on)
        for place, question in enumerate(new if changed else ())
    ]
    QuestionRecord.objects.bulk_create(
        given + asked,
        update_conflicts=True,
        unique_fields=["plan", "key"],
        update_fields=["position", "body", "state", "answer"],
    )


def _question(
    held: PlanRecord, question: Question, *, position: int, effective_on: date, answer: JsonValue = None
) -> QuestionRecord:
    return QuestionRecord(
        council_id=held.council_id,
        plan=held,
        key=question.key,
        position=position,
        body=question.model_dump(mode="json"),
        effective_on=effective_on,
        state=QuestionState.OPEN if answer is None else QuestionState.ANSWERED,
        answer=answer,
    )


def _copy_to_list(held: PlanRecord, root: FlatItem) -> None:
    """Keep what lists show of a plan in step with its wording."""
    if root.kind is ItemKind.PLAN and any(
        str(getattr(held, field)) != str(root.wording[field]) for field in _LISTED
    ):
        for field in _LISTED:
            setattr(held, field, root.wording[field])
        held.save(update_fields=_LISTED)
