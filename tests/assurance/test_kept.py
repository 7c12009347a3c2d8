"""What is kept for a plan is what would be worked out of it now: of another state it is worked out again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.contradicting import NORTHBURY
from support.readings import read_text_of

from goldenthread.assurance.contradictions import contradictions
from goldenthread.assurance.kept import PLANS_KEPT, kept_for_plans
from goldenthread.plan.model import Plan


@pytest.fixture
def plan() -> Plan:
    return read_text_of(NORTHBURY)


def _counting() -> tuple[list[str | None], Callable[[Plan], str | None]]:
    asked: list[str | None] = []

    @kept_for_plans
    def version(plan: Plan) -> str | None:
        asked.append(plan.version)
        return plan.version

    return asked, version


def _states(plan: Plan, count: int) -> list[Plan]:
    return [plan.model_copy(update={"version": str(number)}) for number in range(count)]


def test_the_same_plan_and_an_equal_one_are_worked_out_once(plan: Plan) -> None:
    asked, version = _counting()
    equal = plan.model_copy(deep=True)
    assert equal is not plan
    assert version(plan) == version(plan) == version(equal)
    assert len(asked) == 1


def test_another_state_gets_its_own_answer_however_often_they_are_asked_in_turn(plan: Plan) -> None:
    asked, version = _counting()
    states = _states(plan, PLANS_KEPT)
    for _ in range(3):
        assert [version(state) for state in states] == [state.version for state in states]
    assert len(asked) == PLANS_KEPT


def test_a_plan_that_nobody_asked_of_lately_is_let_go(plan: Plan) -> None:
    asked, version = _counting()
    first, *others = _states(plan, PLANS_KEPT + 1)
    for state in (first, *others, first):
        assert version(state) == state.version
    assert len(asked) == PLANS_KEPT + 2


def test_contradictions_are_those_of_the_state_that_is_asked_about(plan: Plan) -> None:
    before = contradictions(plan)
    assert before
    without = plan.model_copy(update={"themes": ()})
    assert contradictions(without) == ()
    assert contradictions(plan) == before
