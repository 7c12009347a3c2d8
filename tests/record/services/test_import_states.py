"""What an import comes to is worked out once for the same document, answers and plan, and anew for others."""

from __future__ import annotations

from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council, small_plan

from goldenthread.documents import SourceFormat
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.questions import QuestionKind
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Import
from goldenthread.record.scope import council_scope
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.import_states import ImportReading, reading_of
from goldenthread.record.services.imports import answer_import_question, start_import
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.plan_files import plan_file


def action_two(plan: Plan) -> Action:
    return list(plan.actions())[1]


def test_an_import_is_worked_out_again_when_an_answer_or_the_plan_changes(council_db: TestDatabase) -> None:
    actor = new_council()
    loaded = load_small_plan(actor)
    changed = plan_file(small_plan(), SourceFormat.MARKDOWN).decode()
    changed = changed.replace("Train members", "Train members and officers")
    started = start_import(actor=actor, name="v2.md", content=changed.encode())

    def now() -> ImportReading:
        with council_scope(actor.council):
            return reading_of(Import.objects.get(id=started.id))

    first = now()
    assert now().plan is first.plan
    (question,) = (one for one in first.plan.questions if one.kind is QuestionKind.IDENTITY)

    answer_import_question(actor=actor, import_id=started.id, question_key=question.key, candidate=0)
    answered = now()
    held = action_two(snapshot(council=actor.council, plan=loaded.slug))
    assert action_two(first.plan).id is None
    assert action_two(answered.plan).id == held.id
    assert answered.answered.keys() == answered.own == {question.key}
    answered.answered.clear()
    assert now().answered.keys() == {question.key}

    edit_item(
        actor=actor, plan=loaded.slug, item=held.id, changes={"status": "complete"}, reason="It is done",
        effective_on=ADOPTED, seen_revision=head_number(actor.council),
    )  # fmt: skip
    moved_on = now()
    assert action_two(moved_on.held).status == "complete"
    assert moved_on.held == snapshot(council=actor.council, plan=loaded.slug)
