"""A document on its way into a plan: read, ask, compare, apply.

What an import would store is worked out afresh each time from three things: what the document says (kept as read), the
answers given (in this import, or earlier to the same question), and the plan as it is held now. So an import left open
while officers go on working shows, and applies, what it means for the plan of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from goldenthread.documents import DocumentError, document_from_bytes
from goldenthread.plan.changes import Change, compare
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import QuestionKind
from goldenthread.reading import ReadingRules
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound, QuestionsOpen, Unreadable
from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.council import Council
from goldenthread.record.models.imports import Import, ImportAnswer, ImportState
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.answers import Answer, answer_of
from goldenthread.record.services.editing import lock_plan
from goldenthread.record.services.import_states import (
    answers_of,
    find_import,
    lock_import,
    reading_of,
    refuse_finished,
    same_import,
    stored_reading,
)
from goldenthread.record.services.plans import LoadedPlan, add_plan
from goldenthread.record.services.reading_rules import reading_rules
from goldenthread.record.services.rereading import plan_in
from goldenthread.record.services.store import store_difference
from goldenthread.record.services.stored_files import keep_file
from goldenthread.record.snapshot import find_plan, read_plan_at

NOTHING: frozenset[str] = frozenset({"anchors"})
"""Fields that change lists leave out: where in the document something stands is no change of the plan."""


@dataclass(frozen=True)
class ImportSummary:
    """What a list of imports shows. `plan` is the slug of the plan amended or made, if there is one yet.

    `understood` is whether a plan was read from it; if not, somebody has to say first what its columns hold.
    """

    id: UUID
    name: str
    state: ImportState
    sha256: str
    plan: str | None
    understood: bool


def start_import(
    *,
    actor: Actor,
    name: str,
    content: bytes,
    plan: UUID | str | None = None,
    new_plan: bool = False,
    rules: ReadingRules | None = None,
    to_be_mapped: bool = False,
) -> Import:
    """Keep a document and read it. The same document for the same plan is one import, however often it is sent.

    Args:
        name: The file's name, as questions and anchors will show it.
        plan: The plan that it amends; None for the council's only plan, or for a new one where it has none.
        new_plan: Whether it is a plan of its own, though the council has others.
        rules: How to read it; None for what this council has said of its documents (`services/reading_rules.py`).
        to_be_mapped: Whether to keep a document in which no plan is understood yet, but which has tables: somebody
            then says what their columns hold (`services/rereading.py`).

    Raises:
        NotAllowed: The actor may not import.
        Unreadable: It is not a document that can be read, or there is no plan in it.
        NoSuchPlan: The council has no such plan.
        InvalidEdit: The council has several plans and none is named.
    """
    require(actor, Permission.IMPORT)
    try:
        document = document_from_bytes(content, name)
    except DocumentError as error:
        raise Unreadable(str(error)) from error
    read = plan_in(document, rules or reading_rules(actor.council), to_be_mapped=to_be_mapped)
    with writing(actor, f"Uploaded {name}"):
        # Locked, so that the same document sent twice at once is one import.
        Council.objects.select_for_update().get(id=actor.council)
        target = None if new_plan else _target(plan)
        file = keep_file(
            actor=actor, kind="source", name=name, content=content, media_type=document.format.media_type
        )
        return same_import(file, target, read) or Import.objects.create(
            council_id=actor.council, file=file, plan=target, name=name, reading=stored_reading(read)
        )


def imports(council: UUID) -> tuple[ImportSummary, ...]:
    """The council's imports, by name."""
    with council_scope(council):
        understood = Q(reading__has_key="key")
        rows = Import.objects.select_related("file", "plan").order_by("name", "id").defer("reading")
        return tuple(_summary(row, understood=row.understood) for row in rows.annotate(understood=understood))


def import_summary(council: UUID, import_id: UUID) -> ImportSummary:
    """One import.

    Raises:
        NotFound: There is no such import.
    """
    with council_scope(council):
        held = find_import(import_id)
        return _summary(held, understood=held.reading is not None)


def import_reading(council: UUID, import_id: UUID) -> Plan:
    """The plan as applying the import now would make it, with the questions that are still open.

    Raises:
        NotFound: There is no such import.
    """
    with council_scope(council):
        return reading_of(find_import(import_id)).plan


def import_changes(council: UUID, import_id: UUID) -> tuple[Change, ...]:
    """What applying the import now would change. For a new plan everything is added.

    Raises:
        NotFound: There is no such import.
    """
    with council_scope(council):
        reading = reading_of(find_import(import_id))
        if not reading.understood:
            return ()
        if reading.held is None:
            nothing = Plan(key=reading.plan.key, council=reading.plan.council, title=reading.plan.title)
            return compare(nothing, reading.plan, ignore=NOTHING)
        return compare(reading.held, reading.plan, ignore=NOTHING)


def answer_import_question(
    *,
    actor: Actor,
    import_id: UUID,
    question_key: str,
    candidate: int | None = None,
    other: str | None = None,
) -> None:
    """Settle a question of an import by one of its candidates, or by words of one's own.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `answer_question`.
        ImportClosed: It was applied or discarded.
    """
    require(actor, Permission.ANSWER)
    with writing(actor, "Answered a question about a document"):
        held = lock_import(import_id)
        question = next((each for each in reading_of(held).plan.questions if each.key == question_key), None)
        if question is None:
            raise NotFound("There is no open question of that name. Somebody may have answered it already.")
        answer = answer_of(question, candidate, other)
        _add_answers(actor, held, {question_key: answer})
        if question_key not in reading_of(held).answered:
            raise InvalidEdit("That answer does not fit the plan as it was read. Choose another.")


def answer_import_in_bulk(*, actor: Actor, import_id: UUID, kind: QuestionKind | None = None) -> int:
    """Settle every open question (of a kind) by its default, where it has one. Gives how many were settled.

    Raises:
        NotAllowed, NotFound, ImportClosed: as `answer_import_question`.
    """
    require(actor, Permission.ANSWER)
    with writing(actor, "Took the suggested answers to questions about a document"):
        held = lock_import(import_id)
        answers = {
            question.key: answer_of(question, question.default, None)
            for question in reading_of(held).plan.questions
            if question.default is not None and kind in {None, question.kind}
        }
        _add_answers(actor, held, answers)
        return len(answers)


def apply_import(*, actor: Actor, import_id: UUID, reason: str, effective_on: date) -> LoadedPlan:
    """Store what the import says, as one revision. A second call changes nothing and says the same.

    Args:
        effective_on: The day from which the document counts.

    Raises:
        NotAllowed: The actor may not import.
        NotFound: There is no such import.
        ImportClosed: It was discarded.
        QuestionsOpen: It is not yet known which items are those already held, or what its columns hold.
        InvalidEdit: No reason is given, or the day is before the plan took effect.
    """
    require(actor, Permission.IMPORT)
    with writing(actor, reason) as written:
        held = find_import(import_id, lock=True)
        if held.state == ImportState.APPLIED and held.plan:
            return LoadedPlan(held.plan.id, held.plan.slug, last_revision_of_row(actor.council, held.id))
        refuse_finished(held)
        if held.reading is None:
            raise QuestionsOpen("Nothing in the document is understood yet. First say what its columns hold.")
        plan = (
            _apply_to(held.plan, held, effective_on, actor) if held.plan else _make(held, effective_on, actor)
        )
        held.plan, held.state = plan, ImportState.APPLIED
        held.save(update_fields=["plan", "state"])
    return LoadedPlan(plan.id, plan.slug, written.revision)


def discard_import(*, actor: Actor, import_id: UUID, reason: str = "Not wanted") -> None:
    """Put an import aside for good. What it read stays in the history.

    Raises:
        NotAllowed, NotFound: as `apply_import`.
        ImportClosed: It was applied.
    """
    require(actor, Permission.IMPORT)
    with writing(actor, reason):
        held = lock_import(import_id)
        held.state = ImportState.DISCARDED
        held.save(update_fields=["state"])


def _make(held: Import, effective_on: date, actor: Actor) -> PlanRecord:
    reading = reading_of(held)
    return add_plan(actor.council, reading.plan, effective_on, answered=reading.given(actor))


def _apply_to(plan: PlanRecord, held: Import, effective_on: date, actor: Actor) -> PlanRecord:
    locked = lock_plan(plan.id, effective_on)
    reading = reading_of(held)
    if any(question.kind is QuestionKind.IDENTITY for question in reading.plan.questions):
        raise QuestionsOpen("First say which items of the document are those that the plan already holds.")
    base, _ = read_plan_at(actor.council, plan.id, effective_on, None)
    store_difference(locked, base, reading.plan, effective_on=effective_on, answered=reading.given(actor))
    return locked


def _target(plan: UUID | str | None) -> PlanRecord | None:
    if plan is not None:
        return find_plan(plan)
    held = list(PlanRecord.objects.all()[:2])
    if len(held) > 1:
        raise InvalidEdit("The council has several plans. Say which one the document amends.")
    return held[0] if held else None


def _add_answers(actor: Actor, held: Import, answers: Mapping[str, Answer]) -> None:
    first = len(answers_of(held.id)) + 1
    ImportAnswer.objects.bulk_create(
        ImportAnswer(
            council_id=held.council_id,
            of=held,
            position=first + place,
            question_key=key,
            answer=answer.kept(actor),
        )
        for place, (key, answer) in enumerate(answers.items())
    )


def _summary(row: Import, *, understood: bool) -> ImportSummary:
    slug = row.plan.slug if row.plan else None
    return ImportSummary(row.id, row.name, ImportState(row.state), row.file.sha256, slug, understood)
