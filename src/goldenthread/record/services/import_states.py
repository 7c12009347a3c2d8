"""What an import comes to: the document's plan with every answer in it, matched to the plan held."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from goldenthread.plan.model import Plan
from goldenthread.reading.matching import match
from goldenthread.record.actor import Actor
from goldenthread.record.models.imports import Import, ImportAnswer
from goldenthread.record.models.questions import QuestionRecord, QuestionState
from goldenthread.record.services.amending import amended
from goldenthread.record.services.answers import Answer, Given, remembered_answer, settle_fitting
from goldenthread.record.services.store import Answered
from goldenthread.record.snapshot import read_plan_at


@dataclass
class ImportReading:
    """The plan that applying would make, the plan held (None for a new one), and the questions that are settled.

    `answered` holds all of those, by key; `own` the keys of those that were answered in this import.
    """

    plan: Plan
    own: frozenset[str]
    held: Plan | None = None
    answered: dict[str, Given] = field(default_factory=dict)

    def given(self, actor: Actor) -> list[Answered]:
        """What the record keeps of this import's answers; earlier ones it has."""
        return [
            (question, answer.kept(actor))
            for key, (question, answer) in self.answered.items()
            if key in self.own
        ]


def reading_of(held: Import) -> ImportReading:
    """What the import comes to now, in the scope of the caller."""
    own = answers_of(held.id)
    answers = {**_remembered(held.plan_id), **own}
    plan = read_plan_at(held.council_id, held.plan_id, None, None)[0] if held.plan_id else None
    found, answered = _worked_out(
        json.dumps(held.reading),
        plan.model_dump_json(by_alias=True) if plan else None,
        json.dumps({key: answer.model_dump(mode="json") for key, answer in answers.items()}),
    )
    return ImportReading(found, frozenset(own), plan, dict(answered))


@lru_cache(maxsize=4)
def _worked_out(reading: str, held: str | None, answers: str) -> tuple[Plan, Mapping[str, Given]]:
    """The plan that applying would make, and the questions that are settled; all three arguments are JSON.

    It depends on these alone and takes most of the time that an answer takes, so it is kept: an answer is given to what
    the page before showed, and the next page shows what came of it.
    """
    given = {key: Answer.model_validate(answer) for key, answer in json.loads(answers).items()}
    worked = ImportReading(Plan.model_validate_json(reading), frozenset())
    _give_answers(worked, given)
    if held:
        known = Plan.model_validate_json(held)
        worked.plan = match(known, worked.plan)
        _give_answers(worked, given)  # to the questions that matching asks
        worked.plan = amended(known, worked.plan)
    return worked.plan, worked.answered


def answers_of(import_id: UUID) -> dict[str, Answer]:
    """The last answer to each question, in the order of answering."""
    rows = ImportAnswer.objects.filter(of=import_id).order_by("position")
    last = {row.question_key: row.answer for row in rows}
    return {key: Answer.model_validate(answer) for key, answer in last.items() if answer is not None}


def _remembered(plan_id: UUID | None) -> Mapping[str, Answer]:
    """What was answered before to the questions of this plan."""
    if plan_id is None:
        return {}
    rows = QuestionRecord.objects.filter(plan=plan_id, state=QuestionState.ANSWERED).order_by("position")
    return {row.key: Answer.model_validate(row.answer) for row in rows}


def _give_answers(reading: ImportReading, answers: Mapping[str, Answer]) -> None:
    """Settle the open questions that have an answer; those whose answer no longer fits stay open."""
    asked = {question.key: question for question in reading.plan.questions}
    fitting = [
        (asked[key], fit)
        for key, earlier in answers.items()
        if key in asked and (fit := remembered_answer(asked[key], earlier))
    ]
    reading.plan, settled = settle_fitting(reading.plan, fitting)
    reading.answered |= {question.key: (question, answer) for question, answer in settled}
