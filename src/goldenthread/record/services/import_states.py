"""What an import comes to: the document's plan with every answer in it, matched to the plan held."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.db import models
from pydantic import JsonValue

from goldenthread.plan.model import Council, Plan
from goldenthread.reading.matching import match
from goldenthread.record.actor import Actor
from goldenthread.record.errors import ImportClosed, NotFound
from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.imports import Import, ImportAnswer, ImportState
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.questions import QuestionRecord, QuestionState
from goldenthread.record.services.amending import amended, as_claimed
from goldenthread.record.services.answers import Answer, Given, remembered_answer, settle_fitting
from goldenthread.record.services.store import Answered
from goldenthread.record.snapshot import read_plan_at


@dataclass
class ImportReading:
    """The plan that applying would make, the plan held (None for a new one), and the questions that are settled.

    `answered` holds all of those, by key; `own` the keys of those that were answered in this import. While nothing in
    the document is `understood`, the plan is an empty one.
    """

    plan: Plan
    own: frozenset[str]
    held: Plan | None = None
    answered: dict[str, Given] = field(default_factory=dict)
    understood: bool = True

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
    if held.reading is None:
        nothing = Plan(key="plan", council=Council(name=""), title=held.name)
        return ImportReading(nothing, frozenset(own), understood=False)
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
    known = Plan.model_validate_json(held) if held else None
    worked = ImportReading(as_claimed(None, Plan.model_validate_json(reading)), frozenset())
    _give_answers(worked, given)
    if known:
        worked.plan = match(known, worked.plan)
        _give_answers(worked, given)  # to the questions that matching asks
        worked.plan = as_claimed(known, amended(known, worked.plan))
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


def find_import(import_id: UUID, *, lock: bool = False) -> Import:
    """The import with this id of the council in scope.

    Raises:
        NotFound: There is none.
    """
    rows = Import.objects.select_for_update() if lock else Import.objects.select_related("plan", "file")
    found = rows.filter(id=import_id).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found


def lock_import(import_id: UUID) -> Import:
    """The same, locked, to work on it.

    Raises:
        NotFound: There is none.
        ImportClosed: It was applied or discarded.
    """
    held = find_import(import_id, lock=True)
    refuse_finished(held)
    return held


def refuse_finished(held: Import) -> None:
    """Go on only if the import is open.

    Raises:
        ImportClosed: It was applied or discarded.
    """
    if held.state != ImportState.OPEN:
        raise ImportClosed(f"“{held.name}” was {held.state} already. Upload it again to work on it.")


def same_import(file: StoredFile, target: PlanRecord | None, read: Plan | None) -> Import | None:
    """The import of this very document that is open, made a plan, or was the last to be applied to the plan.

    One that is open is brought up to how the document reads today. One that was applied to the plan and read otherwise
    then, before people corrected how its columns are read, is not the same any more.
    """
    same = Import.objects.filter(file=file)
    if still_open := same.filter(plan=target, state=ImportState.OPEN).first():
        if not reads_as(still_open, read):
            still_open.reading = stored_reading(read)
            still_open.save(update_fields=["reading"])
        return still_open
    if target is None:
        return same.filter(state=ImportState.APPLIED).first()
    applied = Import.objects.filter(plan=target, state=ImportState.APPLIED).defer("reading")
    newest = max(applied, key=lambda one: last_revision_of_row(one.council_id, one.id), default=None)
    return newest if newest and newest.file_id == file.id and reads_as(newest, read) else None


def reads_as(held: Import, read: Plan | None) -> bool:
    """Whether an import was read as this plan (None: as nothing that is understood)."""
    if held.reading is None or read is None:
        return held.reading is None and read is None
    return Plan.model_validate(held.reading) == read


def stored_reading(read: Plan | None) -> JsonValue | models.Value:
    """What the column `reading` holds for a plan as it was read."""
    return read.model_dump(mode="json", by_alias=True) if read else models.Value(None, models.JSONField())
