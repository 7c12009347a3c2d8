"""Questions as other programs see them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from goldenthread.plan.questions import Candidate, Edit, Question, QuestionKind
from goldenthread.plan.values import Anchor


def test_a_question_keeps_where_it_arose_and_what_each_reading_would_change() -> None:
    asked = Question(
        key="question/blank_date/m",
        kind=QuestionKind.BLANK_DATE,
        text="Which date?",
        anchors=(Anchor(file="plan.txt", line=378),),
        item_key="m",
        field="dates.approved",
        candidates=(
            Candidate(
                label="May 2022",
                reason="The cell above.",
                edits=(Edit(key="m", field="condition", value="x"),),
            ),
            Candidate(label="It has no date", reason="None is printed."),
        ),
    )
    assert Question.model_validate_json(asked.model_dump_json()) == asked
    assert asked.default is None


def test_kinds_are_plain_words_for_other_programs() -> None:
    assert all(kind.value.replace("_", "").isalpha() and kind.value.islower() for kind in QuestionKind)


@pytest.mark.parametrize("value", [None, True, 3, "x", ["x"], {"printed": "May 2022", "days": [1, None]}])
def test_an_edit_takes_any_json(value: object) -> None:
    edit = Edit.model_validate({"key": "m", "field": "condition", "value": value})
    assert Edit.model_validate_json(edit.model_dump_json()).value == value


def test_an_edit_takes_nothing_else() -> None:
    with pytest.raises(ValidationError):
        Edit.model_validate({"key": "m", "field": "condition", "value": {1, 2}})
