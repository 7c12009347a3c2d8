"""Changing a plan by edits: exactly what was asked, or a sentence that says why not."""

from __future__ import annotations

import pytest

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.edits import EditError, answer, apply_edits, questions_left
from goldenthread.plan.model import Action, Council, Milestone, Plan, Theme
from goldenthread.plan.questions import Candidate, Edit, Question, QuestionKind
from goldenthread.plan.status import Status

AUTUMN = PlanDate.from_edtf("2022-23", "Autumn 2022").model_dump(mode="json")


def question(key: str, item: str | None, *candidates: Candidate, default: int | None = None) -> Question:
    return Question(
        key=key,
        kind=QuestionKind.OTHER,
        text="?",
        anchors=(),
        item_key=item,
        candidates=candidates,
        default=default,
    )


def plan_with(*questions: Question) -> Plan:
    action = Action(
        key="a",
        title="Adopt a strategy",
        steps=(Action(key="a/1", title="Draft"), Action(key="a/2", title="Approve")),
    )
    theme = Theme(
        key="t",
        number=1,
        name="Culture",
        actions=(action,),
        milestones=(Milestone(key="m", name="Strategy approved"),),
    )
    return Plan(
        key="plan", council=Council(name="Northbury"), title="Plan", themes=(theme,), questions=questions
    )


def edit(key: str, field: str, value: object) -> Edit:
    return Edit.model_validate({"key": key, "field": field, "value": value})


def test_fields_at_any_depth_can_be_changed() -> None:
    changed = apply_edits(
        plan_with(),
        [
            edit("a", "leads", ["Director of Finance"]),
            edit("a/2", "dates.approved", AUTUMN),
            edit("a/2", "status", "complete"),
            edit("m", "name", "Strategy agreed"),
            edit("plan", "title", "Improvement plan"),
        ],
    )
    action = changed.themes[0].actions[0]
    assert action.leads == ("Director of Finance",)
    assert action.steps[1].dates.approved == PlanDate.from_edtf("2022-23", "Autumn 2022")
    assert action.steps[1].status is Status.COMPLETE
    assert action.steps[0] == plan_with().themes[0].actions[0].steps[0]
    assert changed.themes[0].milestones[0].name == "Strategy agreed"
    assert changed.title == "Improvement plan"


def test_no_edits_no_change() -> None:
    assert apply_edits(plan_with(question("q", "a")), []) == plan_with(question("q", "a"))


def test_a_later_edit_wins() -> None:
    changed = apply_edits(plan_with(), [edit("a", "title", "First"), edit("a", "title", "Second")])
    assert changed.themes[0].actions[0].title == "Second"


def test_one_item_replaced_by_several_in_its_place() -> None:
    halves = [{"key": "m/1", "name": "Report agreed"}, {"key": "m/2", "name": "Report carried out"}]
    changed = apply_edits(plan_with(), [edit("m", "replaced_by", halves)])
    assert [milestone.key for milestone in changed.themes[0].milestones] == ["m/1", "m/2"]
    gone = apply_edits(plan_with(), [edit("m", "replaced_by", [])])
    assert gone.themes[0].milestones == ()


def test_an_item_takes_the_identity_of_one_that_is_held() -> None:
    held = {"key": "old", "id": "00000000-0000-0000-0000-000000000007", "ref": "A7"}
    action = apply_edits(plan_with(), [edit("a", "same_as", held)]).themes[0].actions[0]
    assert (action.key, str(action.id), action.ref) == ("old", held["id"], "A7")
    assert action.title == "Adopt a strategy"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (edit("b", "title", "Other"), ["“b”"]),
        (edit("a", "colour", "red"), ["“a”", "“colour”"]),
        (edit("a", "key", "b"), ["“a”", "“key”"]),
        (edit("a", "dates.agreed", AUTUMN), ["“a”", "“dates.agreed”"]),
        (edit("a", "title.words", "x"), ["“a”", "“title.words”"]),
        (edit("a/2", "status", "nearly"), ["“a/2”", "status", "'nearly'"]),
        (
            edit("a/2", "dates.approved", {**AUTUMN, "latest": "2022-01-01"}),
            ["“a/2”", "dates.approved", "2022-01-01"],
        ),
        (edit("m", "name", None), ["“m”", "name", "None"]),
        (edit("plan", "title", 3), ["title", "3"]),
        (edit("m", "replaced_by", "two"), ["list", "'two'"]),
        (edit("m", "replaced_by", [{"key": "a", "name": "Doubled"}]), ["“a”"]),
        (edit("a", "steps", [{"key": "s", "title": "x"}, {"key": "s", "title": "y"}]), ["“s”"]),
        (edit("a", "same_as", "other"), ["“a”", "'other'"]),
    ],
)
def test_what_cannot_be_done_names_item_field_and_value(wrong: Edit, words: list[str]) -> None:
    with pytest.raises(EditError) as error:
        apply_edits(plan_with(), [wrong])
    for word in words:
        assert word in str(error.value)


def test_a_question_s_key_is_no_item_s() -> None:
    with pytest.raises(EditError, match="no item “q”"):
        apply_edits(plan_with(question("q", "a")), [edit("q", "text", "Why?")])


def test_an_answered_question_is_no_longer_open() -> None:
    plan = plan_with(question("q", "a"), question("r", "m"))
    answered = answer(plan, "q", [edit("a", "title", "Adopt it")])
    assert [left.key for left in answered.questions] == ["r"]
    assert answered.themes[0].actions[0].title == "Adopt it"


def test_a_question_about_an_item_that_an_answer_took_away_goes_with_it() -> None:
    plan = plan_with(question("q", "a"), question("r", "m"), question("whole plan", None))
    answered = answer(plan, "q", [edit("m", "replaced_by", [])])
    assert [left.key for left in answered.questions] == ["whole plan"]


def test_readings_that_speak_of_steps_that_are_gone_are_no_longer_offered() -> None:
    gone = Candidate(label="Each step", reason="", edits=(edit("a/1", "title", "x"),))
    still = Candidate(label="The action", reason="", edits=(edit("a", "title", "x"),))
    nothing = Candidate(label="None", reason="")
    asked = [
        question("first", "a", gone, still, nothing, default=1),
        question("second", "a", gone, still, default=0),
        question("third", "a", still, nothing, default=1),
    ]
    left = {found.key: found for found in answer(plan_with(*asked), "q", [edit("a", "steps", [])]).questions}
    assert (left["first"].candidates, left["first"].default) == ((still, nothing), 0)
    assert (left["second"].candidates, left["second"].default) == ((still,), None)
    assert left["third"] == asked[2]


def test_questions_left_are_the_others() -> None:
    plan = plan_with(question("q", "a"), question("r", "m"))
    assert [left.key for left in questions_left(plan, "q")] == ["r"]
    assert [left.key for left in questions_left(plan, "no such")] == ["q", "r"]
