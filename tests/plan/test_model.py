"""A plan is a value: frozen, typed, complete."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, ValidationError
from support.plans import plans

from goldenthread.plan.model import Action, Council, Dates, Milestone, Plan, Theme
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor

FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parts_of(value: Any) -> list[BaseModel]:
    """The value and every value inside it."""
    if isinstance(value, BaseModel):
        return [
            value,
            *(part for name in type(value).model_fields for part in parts_of(getattr(value, name))),
        ]
    return [part for inner in value for part in parts_of(inner)] if isinstance(value, tuple) else []


def test_generated_plans_leave_no_field_at_its_default() -> None:
    """Every property that is said of generated plans below is therefore said of every field."""
    seen: defaultdict[type[BaseModel], set[str]] = defaultdict(set)

    @FEW
    @given(plans(held=True))
    def gather(plan: Plan) -> None:
        for part in parts_of(plan):
            for name, field in type(part).model_fields.items():
                if field.is_required() or getattr(part, name) != field.get_default(call_default_factory=True):
                    seen[type(part)].add(name)

    gather()
    assert {type_.__name__ for type_ in seen} >= {
        "Plan",
        "Theme",
        "Action",
        "Link",
        "Question",
        "Edit",
        "PlanDate",
    }
    always = {
        f"{type_.__name__}.{name}"
        for type_, filled in seen.items()
        for name in type_.model_fields.keys() - filled
        if name != "schema_"  # one plan, one schema
    }
    assert always == set()


def test_a_plan_cannot_be_changed() -> None:
    plan = Plan(key="plan", council=Council(name="Northbury"), title="Improvement plan")
    with pytest.raises(ValidationError, match="frozen"):
        plan.title = "Another"


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Action.model_validate({"key": "a", "title": "Adopt a strategy", "colour": "red"})


def test_walking_an_action_gives_every_step_and_counting_leaves_headings_out() -> None:
    inner = Action(key="a/1/1", title="Draft")
    group = Action(key="a/1", title="Preparation", heading=True, steps=(inner,))
    action = Action(key="a", title="Adopt a strategy", steps=(group, Action(key="a/2", title="Approve")))
    assert [part.key for part in action.walk()] == ["a", "a/1", "a/1/1", "a/2"]
    assert [step.key for step in action.all_steps()] == ["a/1/1", "a/2"]


def test_a_milestone_is_achieved_when_somebody_says_so() -> None:
    for status in Status:
        achieved = status in (Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED)
        assert Milestone(key="m", name="Plan approved", status=status).achieved is achieved


def test_actions_and_milestones_of_the_whole_plan_come_in_the_order_of_its_themes() -> None:
    def theme(number: int) -> Theme:
        return Theme(
            key=f"t{number}",
            number=number,
            name="Culture",
            actions=(Action(key=f"a{number}", title=None),),
            milestones=(Milestone(key=f"m{number}", name="Done"),),
        )

    plan = Plan(
        key="plan",
        council=Council(name="Northbury"),
        title="Plan",
        themes=(theme(2), theme(1)),
        engagement_milestones=(Milestone(key="e", name="Survey"),),
    )
    assert [action.key for action in plan.actions()] == ["a2", "a1"]
    assert [milestone.key for milestone in plan.milestones()] == ["m2", "m1", "e"]


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        (Anchor(file="plan.txt", line=423), "plan.txt, line 423"),
        (
            Anchor(file="plan.docx", page=7, table=2, row=3, column=1),
            "plan.docx, page 7, table 2, row 3, column 1",
        ),
        (Anchor(line=4), "line 4"),
    ],
)
def test_an_anchor_says_where_to_look(anchor: Anchor, words: str) -> None:
    assert str(anchor) == words


def test_the_four_dates_start_out_unknown() -> None:
    assert set(Dates().model_dump().values()) == {None}
