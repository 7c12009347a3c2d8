"""The example plan, read and held against what its author meant."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from support.readings import ANY_PLAN, read_text_of, step_lines

from goldenthread.examples import example_plan_path
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.questions import QuestionKind

TRUTH = tomllib.loads(Path(__file__).with_name("example_steps.toml").read_text(encoding="utf-8"))["actions"]
NUMBERED = [pytest.param(number, id=fact.get("title", "untitled")[:40]) for number, fact in enumerate(TRUTH)]


@cache
def example() -> Plan:
    return read_text_of(example_plan_path().read_text(encoding="utf-8"))


def action(number: int) -> Action:
    return list(example().actions())[number]


def test_the_example_has_the_published_plan_s_structure() -> None:
    plan = example()
    assert [len(theme.actions) for theme in plan.themes] == [16, 10, 13, 7, 11, 7]
    assert [len(theme.objectives) for theme in plan.themes] == [3, 4, 3, 3, 5, 3]
    assert [sum(stream.listed for stream in theme.workstreams) for theme in plan.themes] == [7, 5, 4, 3, 6, 4]
    assert sum(not stream.listed for theme in plan.themes for stream in theme.workstreams) == 2
    assert [len(theme.milestones) for theme in plan.themes] == [15, 6, 15, 12, 15, 11]
    assert [len(theme.deliverables) for theme in plan.themes] == [7, 5, 14, 8, 7, 7]
    assert [len(theme.success_statements) for theme in plan.themes] == [8, 4, 4, 4, 3, 5]
    assert len(plan.risks) == 7
    assert len(plan.engagement_milestones) == 5


def test_leads_and_references_of_the_example_are_the_published_ones() -> None:
    leads = Counter(lead for found in example().actions() for lead in found.leads)
    assert leads == Counter(
        {
            "Director of Law and Governance": 19,
            "Director of Business Strategy and Change": 14,
            "Director of Finance": 13,
            "Director of Children and Education": 9,
            "Director of Borough Economy": 6,
            "Director of Regeneration and Growth": 5,
            "Chief Executive": 4,
            "Leadership Team": 4,
            "Director of Housing": 2,
            "Director of Adult Social Care": 2,
            "Director of Public Health": 2,
            "Scrutiny": 2,
            "Leader": 1,
            "Cabinet Members": 1,
            "Cabinet": 1,
            "Head of Communications": 1,
            "Commissioner": 1,
        }
    )
    cited = [reference for found in example().actions() for reference in found.references]
    assert len(cited) == 129  # and one "n/a"
    assert len({reference.label() for reference in cited}) == 77


def test_what_is_asked_about_the_example() -> None:
    asked = Counter(question.kind for question in example().questions)
    assert asked[QuestionKind.BLANK_DATE] == 19
    assert asked[QuestionKind.SHIFTED_ROW] == 4
    once = [QuestionKind.SPLIT_ACTION, QuestionKind.MISSING_TITLE, QuestionKind.MISSING_LEAD]
    assert [asked[kind] for kind in (*once, QuestionKind.NESTING, QuestionKind.COMPOUND)] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("number", NUMBERED)
def test_title_and_steps_of_an_action(number: int) -> None:
    fact = TRUTH[number]
    assert action(number).title == fact.get("title")
    assert step_lines(action(number)) == fact.get("steps", [])


def test_steps_in_all() -> None:
    steps = [step for found in example().actions() for step in found.all_steps()]
    headings = [part for found in example().actions() for part in found.walk() if part.heading]
    assert (len(steps), len(headings)) == (190, 5)


@pytest.mark.parametrize("number", NUMBERED)
def test_a_cut_that_is_wrong_is_at_least_asked_about(number: int) -> None:
    found = action(number)
    if step_lines(found) != TRUTH[number].get("steps", []):
        kinds = {question.kind for question in example().questions if question.item_key == found.key}
        assert kinds & {QuestionKind.STEP_BOUNDARIES, QuestionKind.NESTING}


def test_the_example_says_who_approved_it_and_when() -> None:
    plan = example()
    assert (plan.approving_body, str(plan.approved_on)) == ("Council", "2022-06-07")
    assert plan.council.name == "Sandwell Council"
    assert plan.phase == "Phase One"


def test_both_plans_are_there_to_be_read() -> None:
    assert {plan.id for plan in ANY_PLAN} == {"example", "published"}
