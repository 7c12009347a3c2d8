"""Each rule finds the fault that it is for, and leaves alone what only looks like it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from support.checked_plans import action, cite, due, milestone, on, plan_of, recommended, review, step

from goldenthread.assurance import RULES, check
from goldenthread.plan.model import (
    Body,
    Dates,
    Deliverable,
    Link,
    LinkKind,
    Plan,
    Requirement,
    SuccessStatement,
    Workstream,
)
from goldenthread.plan.questions import Question, QuestionKind
from goldenthread.plan.status import Status

TODAY = date(2022, 6, 7)


class Case(NamedTuple):
    """A rule, what is the matter, the plan, and how many faults of the kind it has."""

    rule: str
    about: str
    plan: Plan
    faults: int


def question(kind: QuestionKind, item: str | None = None) -> Question:
    return Question(key="q", kind=kind, text="Which date is meant?", anchors=(), item_key=item)


def stream(name: str, *, listed: bool = True) -> Workstream:
    return Workstream(key=f"workstream/{name}", name=name, listed=listed)


def cites(*references: str, **more: object) -> Plan:
    return plan_of(action("Answer", references=tuple(map(cite, references))), **more)  # type: ignore[arg-type]


THE_PLAN = "Single Improvement Plan Phase 1"
APPROVAL = (step("Council approval of Improvement Plan"),)
KEYS = tuple(cite(str(number), class_="key") for number in range(4, 9))
STATEMENT = SuccessStatement(key="s", text="Residents trust the council.")
LESSONS = Deliverable(key="d", name="Lessons learnt around procurement documented")
PRODUCED = Link(key="l", kind=LinkKind.PRODUCES, source="action/Buy well", target="d")

CASES = (
    Case("GT101", "an open question", plan_of(questions=(question(QuestionKind.COMPOUND),)), 1),
    Case("GT101", "no question", plan_of(), 0),
    Case("GT102", "a listed workstream without actions", plan_of(
        action("A", workstream="workstream/Culture"), theme={"workstreams": (stream("Culture"), stream("Pay"))}), 1),
    Case("GT102", "a workstream that only the table has", plan_of(
        action("A", workstream="workstream/Culture"), theme={"workstreams": (stream("Culture", listed=False),)}), 1),
    Case("GT102", "one swapped for another: the totals agree, the names do not", plan_of(
        action("A", workstream="workstream/Systems"),
        theme={"workstreams": (stream("Culture"), stream("Systems", listed=False))}), 2),
    Case("GT102", "list and table agree", plan_of(action("A")), 0),
    Case("GT102", "a theme without a delivery plan", plan_of(), 0),
    Case("GT103", "steps without a title", plan_of(action(None, steps=(step("Draft it"),))), 1),
    Case("GT103", "a step that is blank", plan_of(action("A", steps=(step(" "),))), 1),
    Case("GT103", "all have titles", plan_of(action("A", steps=(step("B"),))), 0),
    Case("GT201", "nothing but the plan's approval", plan_of(action(THE_PLAN, steps=APPROVAL)), 1),
    Case("GT201", "written by hand", plan_of(action("Write and publish the Improvement Plan")), 1),
    Case("GT201", "another action too", plan_of(action(THE_PLAN, steps=APPROVAL), action("Do it")), 0),
    Case("GT201", "a plan of another name", plan_of(
        action("Continuous Improvement Plan", steps=(step("Write a Continuous Improvement Plan"),))), 0),
    Case("GT201", "delivering the plan is no approval", plan_of(action("Deliver the Improvement Plan")), 0),
    Case("GT202", "11 of 9", cites("2", "11", reviews=(review((None, 9)),)), 1),
    Case("GT202", "9 of 9", cites("9", reviews=(review((None, 9)),)), 0),
    Case("GT202", "key recommendations that go on from the statutory ones", plan_of(
        action("A", references=KEYS), reviews=(review(("statutory", 3), ("key", 5)),)), 0),
    Case("GT202", "beyond even those", plan_of(
        action("A", references=(*KEYS, cite("9", class_="key"))), reviews=(review(("statutory", 3), ("key", 5)),)), 1),
    Case("GT202", "no total is stated", cites("40", reviews=(review(),)), 0),
    Case("GT202", "numbers in sections are not counted through", cites("4.4", reviews=(review((None, 3)),)), 0),
    Case("GT203", "1 of 3 is not cited", cites("2", "3", reviews=(review((None, 3)),)), 1),
    Case("GT203", "all cited", cites("1", "2", "3", reviews=(review((None, 3)),)), 0),
    Case("GT203", "key recommendation 7 of 4 to 8", plan_of(
        action("A", references=(*KEYS[:3], KEYS[4])), reviews=(review(("statutory", 3), ("key", 5)),)), 1),
    Case("GT203", "a hole in a section", cites("1.1", "1.3", "2.1", reviews=(review((None, 3)),)), 1),
    Case("GT203", "the hole is covered by “all”", cites("1.1", "1.3", "all", reviews=(review((None, 3)),)), 0),
    Case("GT203", "“all”, but only on the plan's approval", plan_of(
        action("A", references=(cite("1.1"), cite("1.3"))),
        action(THE_PLAN, steps=APPROVAL, references=(cite("all"),)), reviews=(review((None, 3)),)), 1),
    Case("GT204", "nobody knows the reviewer", plan_of(action("A"), action("B"), reviews=()), 1),
    Case("GT204", "known only from being cited", plan_of(
        action("A"), reviews=(review(title="Auditor", published=None),)), 1),
    Case("GT204", "in the register", plan_of(action("A")), 0),
    Case("GT205", "one action", plan_of(action("A")), 1),
    Case("GT205", "one action that cites it again in a step", plan_of(
        action("A", steps=(step("B", references=(cite("1"),)),))), 1),
    Case("GT205", "two actions", plan_of(action("A"), action("B")), 0),
    Case("GT206", "SN5", cites("SN5"), 1),
    Case("GT206", "SN5 with its text in the register", cites(
        "SN5", reviews=(review(recommendations=(recommended(cite("SN5"), "Improve"),)),)), 0),
    Case("GT206", "SN5 explained in what the direction requires", cites(
        "SN5", reviews=(review(requirements=(Requirement(key="r", text="SN5: a plan to improve"),)),)), 0),
    Case("GT206", "numbers and “all” are no codes", cites("5", "1.5", "all"), 0),
    Case("GT207", "nothing cited", plan_of(action("A", references=())), 1),
    Case("GT207", "cited by a step", plan_of(
        action("A", references=(), steps=(step("B", references=(cite("1"),)),))), 0),
    Case("GT301", "a month later", plan_of(
        action("A", dates=due("2022-08"), steps=(step("B", dates=due("2022-09")),))), 1),
    Case("GT301", "a season that runs past", plan_of(
        action("A", dates=due("2022-09"), steps=(step("B", dates=due("2022-23", "Autumn 2022")),))), 1),
    Case("GT301", "a sub-step, under a step without a date", plan_of(action("A", dates=due("2022-08"), steps=(
        step("B", steps=(step("C", dates=due("2022-09")),)),))), 1),
    Case("GT301", "the same month", plan_of(
        action("A", dates=due("2022-09"), steps=(step("B", dates=due("2022-09")),))), 0),
    Case("GT301", "an action without a date", plan_of(
        action("A", dates=Dates(), steps=(step("B", dates=due("2023")),))), 0),
    Case("GT302", "its own dates", plan_of(action("A", start=on("2022-09"), dates=due("2022-08"))), 1),
    Case("GT302", "a step due before the action starts", plan_of(
        action("A", start=on("2022-09"), steps=(step("B", dates=due("2022-08")),))), 1),
    Case("GT302", "a step with a start of its own", plan_of(
        action("A", start=on("2022-09"), steps=(step("B", start=on("2022-07"), dates=due("2022-08")),))), 0),
    Case("GT302", "in the same season", plan_of(
        action("A", start=on("2022-23", "Autumn 2022"), dates=due("2022-10"))), 0),
    Case("GT303", "all complete", plan_of(action("A", steps=(
        step("B", status=Status.COMPLETE), step("C", status=Status.VERIFIED)))), 1),
    Case("GT303", "the action too", plan_of(
        action("A", status=Status.COMPLETE, steps=(step("B", status=Status.COMPLETE),))), 0),
    Case("GT303", "one step is open", plan_of(
        action("A", steps=(step("B", status=Status.COMPLETE), step("C")))), 0),
    Case("GT303", "the rest is ongoing", plan_of(
        action("A", status=Status.ONGOING, steps=(step("B", status=Status.COMPLETE),))), 0),
    Case("GT303", "no steps", plan_of(action("A")), 0),
    Case("GT304", "action, step and milestone", plan_of(
        action("A", dates=due("2022-05"), status=Status.UNKNOWN,
               steps=(step("B", dates=due("2022-05"), status=Status.UNKNOWN),)),
        theme={"milestones": (milestone("M", dates=due("2022-04"), status=Status.UNKNOWN),)}), 3),
    Case("GT304", "not over yet", plan_of(
        action("A", dates=due("2022-06"), status=Status.UNKNOWN)), 0),
    Case("GT304", "late, but somebody has said how it stands", plan_of(action("A", dates=due("2022-05"))), 0),
    Case("GT305", "no cadence", plan_of(action("A", status=Status.ONGOING)), 1),
    Case("GT305", "reviewed each quarter", plan_of(
        action("A", status=Status.ONGOING, review_cadence="quarterly")), 0),
    Case("GT306", "no date", plan_of(theme={"milestones": (milestone("M", dates=Dates()),)}), 1),
    Case("GT306", "no date, but achieved", plan_of(
        theme={"milestones": (milestone("M", dates=Dates(), status=Status.COMPLETE),)}), 0),
    Case("GT306", "a date", plan_of(theme={"milestones": (milestone("M"),)}), 0),
    Case("GT307", "an action and a step, TBC", plan_of(
        action("A", dates=Dates(), due_printed="TBC",
               steps=(step("B", due_printed="TBC"), step("C"), step("D", dates=due("2022-12"))))), 2),
    Case("GT307", "the date is asked about", plan_of(
        action("A", dates=Dates()),
        questions=(question(QuestionKind.DATE_ALIGNMENT, "action/A"),)), 0),
    Case("GT307", "ongoing", plan_of(action("A", dates=Dates(), status=Status.ONGOING)), 0),
    Case("GT308", "half a year before", plan_of(action("A", start=on("2021-06"))), 1),
    Case("GT308", "two months before", plan_of(action("A", start=on("2021-10"))), 0),
    Case("GT308", "a year is too vague", plan_of(action("A", start=on("2021"))), 0),
    Case("GT308", "a season is too vague", plan_of(action("A", start=on("2021-21"))), 0),
    Case("GT308", "no review has a date", plan_of(
        action("A", start=on("2021-06")), reviews=(review(published=None),)), 0),
    Case("GT401", "no lead", plan_of(action("A", leads=())), 1),
    Case("GT401", "no lead, but done", plan_of(action("A", leads=(), status=Status.COMPLETE)), 0),
    Case("GT401", "a step needs none", plan_of(action("A", steps=(step("B"),))), 0),
    Case("GT402", "a team", plan_of(action("A", leads=("Leadership Team",))), 1),
    Case("GT402", "a body of the plan's own", plan_of(
        action("A", leads=("The Nine",)), bodies=(Body(key="b", name="The Nine"),)), 1),
    Case("GT402", "a team and a post", plan_of(action("A", leads=("Leadership Team", "Chief Executive"))), 0),
    Case("GT501", "no measure", plan_of(theme={"success_statements": (STATEMENT,)}), 1),
    Case("GT501", "a measure", plan_of(theme={"success_statements": (
        STATEMENT.model_copy(update={"measure": "Residents' survey, question 4"}),)}), 0),
    Case("GT502", "no action speaks of it", plan_of(action("Buy well"), theme={"deliverables": (LESSONS,)}), 1),
    Case("GT502", "a step speaks of it", plan_of(
        action("Buy well", steps=(step("Document lessons learned"),)), theme={"deliverables": (LESSONS,)}), 0),
    Case("GT502", "linked", plan_of(
        action("Buy well"), theme={"deliverables": (LESSONS,)}, links=(PRODUCED,)), 0),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.about}")
def test_a_rule_finds_its_fault_and_nothing_else(case: Case) -> None:
    found = check(case.plan, as_at=TODAY, select=[case.rule])
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
