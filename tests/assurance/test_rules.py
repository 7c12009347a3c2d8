"""Each rule finds the fault that it is for, and leaves alone what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest
from support.checked_plans import action, due, plan_of, review
from support.rule_cases import TODAY, Case, every_case
from support.rule_cases.recommendations import cites

from goldenthread.assurance import RULES, check
from goldenthread.plan.status import Status

CASES = every_case()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.about}")
def test_a_rule_finds_its_fault_and_nothing_else(case: Case) -> None:
    found = check(case.plan, as_at=TODAY, beside=case.beside, select=[case.rule])
    assert len(found) == case.faults, [finding.message for finding in found]
    assert {finding.rule for finding in found} <= {case.rule}


def test_every_rule_has_a_plan_that_trips_it_and_one_that_does_not() -> None:
    for rule in RULES:
        faults = [case.faults for case in CASES if case.rule == rule]
        assert any(faults), f"{rule} has no plan that trips it"
        assert 0 in faults, f"{rule} has no plan that passes"


def test_a_finding_names_the_item_and_its_place() -> None:
    (found,) = check(plan_of(action("Review pay", leads=())), as_at=TODAY, select=["GT401"])
    assert found.item_key == "action/Review pay"
    assert [(anchor.file, anchor.line) for anchor in found.anchors] == [("plan.txt", 12)]
    assert "“Review pay”" in found.message


def test_a_fault_of_a_recommendation_shows_where_it_is_cited() -> None:
    (found,) = check(cites("11", reviews=(review((None, 9)),)), as_at=TODAY, select=["GT202"])
    assert [anchor.line for anchor in found.anchors] == [12]
    assert "9 recommendations, numbered 1 to 9" in found.message


def test_a_plan_is_judged_on_the_day_that_is_given() -> None:
    plan = plan_of(action("A", dates=due("2022-23", "Autumn 2022"), status=Status.UNKNOWN))
    assert not check(plan, as_at=date(2022, 11, 30), select=["GT304"])
    assert check(plan, as_at=date(2022, 12, 1), select=["GT304"])
