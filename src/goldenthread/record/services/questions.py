"""Settling doubts about a plan, and opening them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.flat import FlatItem, assemble, flatten
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Edit, Question, QuestionKind
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NoSuchPlan, NotFound
from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.plan import CORRECTION, PlanRecord
from goldenthread.record.models.questions import QuestionRecord, QuestionState
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.answers import Answer, Given, answer_of, settle, settle_fitting
from goldenthread.record.services.editing import edited, fields_of, lock_plan
from goldenthread.record.services.store import store_difference
from goldenthread.record.snapshot import read_plan_at

_T = TypeVar("_T")

STRUCTURAL = frozenset({"steps", "replaced_by", "same_as"})
EMPTY: dict[str, JsonValue] = {"status": "unknown", "leads": []}
"""What a field says when nothing is known; any other is null."""


def answer_question(
    *,
    actor: Actor,
    plan: UUID | str,
    question_key: str,
    candidate: int | None = None,
    other: str | None = None,
    reason: str,
) -> int:
    """Settle an open question by one of its candidates, or by words of one's own. Gives the revision's number.

    The answer counts from the day on which what it asks about took effect.

    Raises:
        NotAllowed: The role may not answer.
        NotFound: There is no such open question.
        InvalidEdit: Neither or no such candidate, words that cannot be read, or an answer that no longer fits the plan.
    """
    require(actor, Permission.ANSWER)
    with writing(actor, reason) as written:
        held = lock_plan(plan)
        record = _open_question(held, question_key)
        base, _ = read_plan_at(actor.council, held.id, record.effective_on, None)
        question = Question.model_validate(record.body)
        given = [(question, answer_of(question, candidate, other))]
        _store(actor, held, base, settle(base, given), given, effective_on=record.effective_on)
    return written.revision


def answer_in_bulk(*, actor: Actor, plan: UUID | str, kind: QuestionKind, reason: str) -> int:
    """Settle every open question of a kind by its default, where it has one. Gives the revision's number.

    A question whose default does not fit the plan beside the others stays open.

    Raises:
        NotAllowed: The role may not answer.
    """
    require(actor, Permission.ANSWER)
    with writing(actor, reason) as written:
        held = lock_plan(plan)
        by_day: dict[date, list[Question]] = defaultdict(list)
        for record in QuestionRecord.objects.filter(plan=held, state=QuestionState.OPEN).order_by("position"):
            question = Question.model_validate(record.body)
            if question.kind is kind and question.default is not None:
                by_day[record.effective_on].append(question)
        for day, questions in sorted(by_day.items()):
            base, _ = read_plan_at(actor.council, held.id, day, None)
            answers = [(question, answer_of(question, question.default, None)) for question in questions]
            new, fitting = settle_fitting(base, answers)
            _store(actor, held, base, new, fitting, effective_on=day)
    return written.revision


def reopen_question(*, actor: Actor, plan: UUID | str, question_key: str, reason: str) -> int:
    """Ask an answered question again. What the answer changed goes back, except where it was changed since.

    Raises:
        NotAllowed: The role may not answer.
        NotFound: There is no such answered question.
    """
    require(actor, Permission.ANSWER)
    with writing(actor, reason) as written:
        held = lock_plan(plan)
        record = QuestionRecord.objects.filter(
            plan=held, key=question_key, state=QuestionState.ANSWERED
        ).first()
        if record is None:
            raise NotFound("There is no answered question of that name. It may be open already.")
        day = record.effective_on
        question = Question.model_validate(record.body)
        now, _ = read_plan_at(actor.council, held.id, day, None)
        before = _when_still_open(held, record, actor.council)
        answer = Answer.model_validate(record.answer)
        if before:
            new = _undone(before, settle(before, [(question, answer)]), now)
        else:
            new = _emptied(now, answer.edits)
            new = new.model_copy(update={"questions": (*new.questions, question)})
        store_difference(held, now, new, effective_on=day, note=CORRECTION)
    return written.revision


def _open_question(held: PlanRecord, key: str) -> QuestionRecord:
    record = QuestionRecord.objects.filter(plan=held, key=key, state=QuestionState.OPEN).first()
    if record is None:
        raise NotFound("There is no open question of that name. Somebody may have answered it already.")
    return record


def _store(
    actor: Actor, held: PlanRecord, base: Plan, new: Plan, given: Sequence[Given], *, effective_on: date
) -> None:
    answered = [(question, answer.kept(actor)) for question, answer in given]
    store_difference(held, base, new, effective_on=effective_on, answered=answered, note=CORRECTION)


def _when_still_open(held: PlanRecord, record: QuestionRecord, council: UUID) -> Plan | None:
    """The plan just before the question was answered; None if that was while the document was being imported."""
    answered_at = last_revision_of_row(council, record.id)
    try:
        before, _ = read_plan_at(council, held.id, record.effective_on, answered_at - 1)
    except NoSuchPlan:
        return None
    return before if any(question.key == record.key for question in before.questions) else None


def _emptied(now: Plan, edits: Sequence[Edit]) -> Plan:
    """The plan with nothing in the fields that an answer filled, where they still say what it said.

    Raises:
        InvalidEdit: The answer gave the plan other items, and what there was before it never was in the plan.
    """
    if any(edit.field in STRUCTURAL for edit in edits):
        raise InvalidEdit(
            "The answer was given while the document was imported, and decided which items the plan has."
            " Change those items instead, or import the document again."
        )
    items = {flat.key: flat for flat in flatten(now)}
    empty: list[Edit] = []
    for edit in edits:
        fields = fields_of(items[edit.key]) if edit.key in items else {}
        also = ["dates.original"] if edit.field == "dates.approved" else []
        empty += [
            Edit(key=edit.key, field=field, value=EMPTY.get(field))
            for field in (edit.field, *also)
            if fields.get(field) == edit.value
        ]
    return edited(now, empty)


def _undone(before: Plan, after: Plan, now: Plan) -> Plan:
    """The plan as it is now, with the step from before to after taken back, unless it was changed since."""
    old, new = ({flat.key: flat for flat in flatten(plan)} for plan in (before, after))
    items: list[FlatItem] = []
    for flat in flatten(now):
        if flat.key in new and flat.key not in old:
            continue
        items.append(_field_by_field(old[flat.key], new[flat.key], flat) if flat.key in new else flat)
    present = {flat.key for flat in items}
    items.extend(flat for key, flat in old.items() if key not in new and key not in present)
    return assemble(items, _asked_again(before, after, now))


def _asked_again(before: Plan, after: Plan, now: Plan) -> tuple[Question, ...]:
    """The questions open now, and those that the answer settled, made pointless or narrowed, where they stood."""
    left = {question.key: question for question in after.questions}
    open_now = {question.key for question in now.questions}
    again = {
        question.key: question
        for question in before.questions
        if left.get(question.key) != question and (question.key not in left or question.key in open_now)
    }
    order = {question.key: place for place, question in enumerate(before.questions)}
    asked = {**{question.key: question for question in now.questions}, **again}
    return tuple(sorted(asked.values(), key=lambda question: order.get(question.key, len(order))))


def _field_by_field(old: FlatItem, new: FlatItem, now: FlatItem) -> FlatItem:
    def back(then: _T, answered: _T, current: _T) -> _T:
        return then if current == answered else current

    wording = {
        name: back(old.wording.get(name), new.wording.get(name), value) for name, value in now.wording.items()
    }
    series = old.facts.keys() | new.facts.keys() | now.facts.keys()
    facts = {name: back(old.facts.get(name), new.facts.get(name), now.facts.get(name)) for name in series}
    facts = {name: value for name, value in facts.items() if value is not None}
    return now.model_copy(
        update={"wording": wording, "facts": facts, "parent": back(old.parent, new.parent, now.parent)}
    )
