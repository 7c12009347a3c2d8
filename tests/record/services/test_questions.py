"""Settling doubts, one by one and in bulk, and opening them again."""

from datetime import date

import pytest
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council, small_plan

from goldenthread.plan.canonical import canonical_json
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.questions import Candidate, Edit, Question, QuestionKind
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.entries import Event
from goldenthread.record.history.selectors import head_number, revision
from goldenthread.record.models import Role
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.questions import answer_in_bulk, answer_question, reopen_question
from goldenthread.record.snapshot import snapshot


@pytest.fixture
def actor(council_db: TestDatabase) -> Actor:
    actor = new_council()
    load_small_plan(actor)
    return actor


def held(actor: Actor, cut_off: date | None = None, known_at: int | None = None) -> Plan:
    return snapshot(council=actor.council, plan="improvement-plan", cut_off=cut_off, known_at=known_at)


def survey(plan: Plan) -> Milestone:
    return next(plan.milestones())


def answer(actor: Actor, **choice: object) -> int:
    return answer_question(
        actor=actor, plan="improvement-plan", question_key="q-1", reason="Asked the lead", **choice
    )


def reopen(actor: Actor) -> int:
    return reopen_question(actor=actor, plan="improvement-plan", question_key="q-1", reason="Too hasty")


def test_an_answer_counts_from_the_day_the_plan_did(actor: Actor) -> None:
    assert survey(held(actor)).dates.approved is None
    number = answer(actor, candidate=1)
    on_the_day = survey(held(actor, ADOPTED)).dates
    assert (on_the_day.approved.edtf, on_the_day.original.edtf) == ("2022-10", "2022-10")
    assert held(actor).questions == ()
    assert survey(held(actor, ADOPTED, number - 1)).dates.approved is None
    assert len(held(actor, None, number - 1).questions) == 1
    told = [entry for entry in revision(actor.council, number).entries if entry.kind == "question"]
    assert [(entry.event, entry.after) for entry in told] == [(Event.ANSWERED, "Oct 2022")]


def test_other_words_are_read_and_marked_as_filled_in(actor: Actor) -> None:
    answer(actor, other="Autumn 2022")
    date_ = survey(held(actor)).dates.approved
    assert (date_.printed, date_.latest, date_.inferred) == ("Autumn 2022", date(2022, 11, 30), True)


@pytest.mark.parametrize(
    "choice", [{}, {"other": "  "}, {"other": "whenever"}, {"candidate": 2}, {"candidate": -1}]
)
def test_what_is_no_answer_is_refused(actor: Actor, choice: dict) -> None:
    before = head_number(actor.council)
    with pytest.raises(InvalidEdit):
        answer(actor, **choice)
    assert head_number(actor.council) == before


def test_a_question_is_answered_once(actor: Actor) -> None:
    answer(actor, candidate=0)
    with pytest.raises(NotFound, match="answered it already"):
        answer(actor, candidate=1)


def test_all_of_a_kind_that_have_a_default_at_once(actor: Actor) -> None:
    answer_in_bulk(actor=actor, plan="improvement-plan", kind=QuestionKind.STATUS, reason="None of these")
    assert len(held(actor).questions) == 1
    answer_in_bulk(
        actor=actor, plan="improvement-plan", kind=QuestionKind.BLANK_DATE, reason="Went through them"
    )
    assert held(actor).questions == ()
    assert survey(held(actor)).dates.approved.edtf == "2022-09"


def test_reopening_takes_the_answer_back(actor: Actor) -> None:
    before = canonical_json(held(actor))
    answer(actor, candidate=0)
    reopen(actor)
    assert canonical_json(held(actor)) == before
    answer(actor, candidate=1)
    assert survey(held(actor)).dates.approved.edtf == "2022-10"


def test_reopening_leaves_what_was_changed_since(actor: Actor) -> None:
    answer(actor, candidate=0)
    item = survey(held(actor)).id
    edit_item(
        actor=actor, plan="improvement-plan", item=item, changes={"status": "complete", "name": "Survey"},
        reason="Done", effective_on=ADOPTED, seen_revision=head_number(actor.council),
    )  # fmt: skip
    reopen(actor)
    now = survey(held(actor))
    assert (now.dates.approved, now.status.value, now.name) == (None, "complete", "Survey")
    with pytest.raises(NotFound, match="no answered question"):
        reopen(actor)


def test_a_split_and_its_reopening_keep_the_first_identity(council_db: TestDatabase) -> None:
    parts = [Action(key=f"a-3-{part}", title=part).model_dump(mode="json") for part in ("Close", "Publish")]
    split_edit = Edit(key="a-3", field="replaced_by", value=parts)
    question = Question(
        key="q-2", kind=QuestionKind.COMPOUND, text="Two promises?", anchors=(),
        candidates=(Candidate(label="Two", reason="Two dates", edits=(split_edit,)),),
    )  # fmt: skip
    actor = new_council()
    plan = small_plan()
    plan = plan.model_copy(update={"questions": (*plan.questions, question)})
    load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Approved")
    before = held(actor)
    number = answer_question(
        actor=actor, plan="improvement-plan", question_key="q-2", candidate=0, reason="Two"
    )
    split = [(action.title, action.ref) for action in held(actor).themes[1].actions]
    assert split == [("Close", "A4"), ("Publish", "A5")]
    assert canonical_json(held(actor, None, number - 1)) == canonical_json(before)
    reopen_question(actor=actor, plan="improvement-plan", question_key="q-2", reason="One after all")
    assert canonical_json(held(actor)) == canonical_json(before)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PMO])
def test_only_the_programme_office_answers(actor: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        answer(Actor(council=actor.council, role=role, name="somebody"), candidate=0)
