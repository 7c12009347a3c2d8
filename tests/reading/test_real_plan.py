"""The published plan, read and held against what a person keyed from its pages."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from support.needs import require_data
from truth import DateMeaning, load_truth, matches
from truth import Milestone as TrueMilestone

from goldenthread.documents import read_document
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading import read_plan

TRUTH = load_truth()
ACTIONS = {action.lines[0]: action for action in TRUTH.actions}
MILESTONES = {milestone.line: milestone for theme in TRUTH.themes for milestone in theme.milestones}


@cache
def real_plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return real_plan()


def found_actions(plan: Plan) -> dict[int | None, Action]:
    return {action.anchors[0].line: action for action in plan.actions()}


def found_milestones(plan: Plan) -> dict[int | None, Milestone]:
    return {milestone.anchors[0].line: milestone for milestone in plan.milestones()}


def assert_same_date(found: PlanDate | None, true: DateMeaning | None) -> None:
    if true is None or true.edtf is None:
        assert found is None
        return
    assert found is not None, f"no date was read from {true.printed!r}"
    assert (found.edtf, found.earliest, found.latest) == (true.edtf, true.earliest, true.latest)
    assert (found.approximate, found.bound, found.recurs) == (true.approximate, true.bound, true.recurs)
    assert found.condition == true.condition
    assert found.printed in (true.printed, true.printed.removeprefix("Achieved "))
    assert not found.inferred


def assert_same_status(found: Status, true: DateMeaning) -> None:
    claimed = {"complete": Status.COMPLETE, "ongoing": Status.ONGOING}
    wanted = Status.COMPLETE if true.achieved else claimed.get(true.status or "", Status.UNKNOWN)
    assert found is wanted


def test_themes_with_their_names_and_numbers(plan: Plan) -> None:
    assert [(theme.number, theme.name) for theme in plan.themes] == [
        (theme.number, theme.name) for theme in TRUTH.themes
    ]
    assert plan.title == TRUTH.title
    assert plan.phase == TRUTH.phase


@pytest.mark.parametrize("number", range(6))
def test_a_theme_has_its_objectives_workstreams_deliverables_and_statements(plan: Plan, number: int) -> None:
    found, true = plan.themes[number], TRUTH.themes[number]
    assert len(found.objectives) == len(true.objectives)
    for objective, fact in zip(found.objectives, true.objectives, strict=True):
        assert matches(fact.text, objective.text)
        assert objective.anchors[0].line == fact.line
    listed = [stream for stream in found.workstreams if stream.listed]
    assert [stream.name for stream in listed] == [stream.name for stream in true.workstreams]
    for stream, named in zip(listed, true.workstreams, strict=True):
        assert named.aim is not None
        assert matches(named.aim, stream.aim or "")
    unlisted = [stream.name for stream in found.workstreams if not stream.listed]
    assert unlisted == [stream.name for stream in true.workstreams_only_in_table]
    assert len(found.deliverables) == len(true.deliverables)
    for deliverable, thing in zip(found.deliverables, true.deliverables, strict=True):
        assert matches(thing.name, deliverable.name)
        assert deliverable.group == (thing.group.rstrip(":") if thing.group else None)
    assert len(found.success_statements) == len(true.success_statements)
    for statement, fact in zip(found.success_statements, true.success_statements, strict=True):
        assert matches(fact.text, statement.text)


def test_64_actions_from_71_printed_rows_with_every_anchor(plan: Plan) -> None:
    assert sum(len(action.anchors) for action in plan.actions()) == 71
    found = [tuple(anchor.line for anchor in action.anchors) for action in plan.actions()]
    assert found == [action.lines for action in TRUTH.actions]
    assert len(found) == 64


@pytest.mark.parametrize("line", ACTIONS)
def test_action(plan: Plan, line: int) -> None:
    found, true = found_actions(plan)[line], ACTIONS[line]
    if true.title is None:
        assert found.title is None
    else:
        assert matches(true.title, found.title or "")
    theme = plan.themes[true.theme - 1]
    stream = theme.workstream(found.workstream)
    assert stream is not None
    assert stream.name == true.workstream
    assert set(found.leads) == set(true.leads)
    assert len(found.leads) == len(true.leads)
    cited = [(ref.review, ref.class_, ref.number, ref.page) for ref in found.references]
    assert Counter(cited) == Counter((r.review, r.class_, r.number, r.page) for r in true.references)


@pytest.mark.parametrize("line", ACTIONS)
def test_steps_of_action(plan: Plan, line: int) -> None:
    found, true = found_actions(plan)[line], ACTIONS[line]
    steps = [(step, level) for top in found.steps for step, level in levels(top)]
    assert (
        [step.title for step, _ in steps if step.title] and len(steps) == len(true.steps)
    ) or not true.steps
    for (step, level), fact in zip(steps, true.steps, strict=True):
        assert matches(fact.text, step.title or ""), f"{step.title!r} is not {fact.text}"
        assert step.heading == fact.heading
        if not fact.heading:
            assert level == fact.level


def levels(step: Action, level: int = 1) -> list[tuple[Action, int]]:
    return [(step, level), *(pair for below in step.steps for pair in levels(below, level + 1))]


@pytest.mark.parametrize("line", ACTIONS)
def test_dates_and_statuses_of_action(plan: Plan, line: int) -> None:
    found, true = found_actions(plan)[line], ACTIONS[line]
    single = len(true.due_tokens) == 1
    if not true.due_ambiguous:
        if true.due:
            due = found.dates.actual if true.due.achieved else found.dates.approved
            assert_same_date(due, true.due)
        claimed_at_start = true.start is not None and true.start.status == "complete"
        if true.due and not claimed_at_start:
            assert_same_status(found.status, true.due)
        for step, fact in zip(found.all_steps(), true.leaf_steps, strict=True):
            if fact.due:
                assert_same_date(step.dates.approved or step.dates.actual, fact.due)
                assert_same_status(step.status, fact.due)
    else:
        assert asked(plan, found, QuestionKind.DATE_ALIGNMENT), "an unclear alignment must be asked about"
        assert all(step.dates.approved is None for step in found.all_steps())
        assert single or found.dates.approved is None
    if not true.start_ambiguous:
        assert_same_date(found.start, true.start)
        for step, fact in zip(found.all_steps(), true.leaf_steps, strict=True):
            assert_same_date(step.start, fact.start)
    else:
        assert asked(plan, found, QuestionKind.START_ALIGNMENT)
        assert found.start is None
        assert all(step.start is None for step in found.all_steps())


def asked(plan: Plan, item: Action | Milestone, kind: QuestionKind) -> bool:
    return any(question.item_key == item.key and question.kind is kind for question in plan.questions)


@pytest.mark.parametrize("line", MILESTONES)
def test_milestone(plan: Plan, line: int) -> None:
    found, true = found_milestones(plan)[line], MILESTONES[line]
    name = true.name.whole or ""
    assert found.name == name.replace("• ", "") if true.parts else matches(true.name, found.name)
    assert found.achieved == true.achieved
    if len(true.dates) == 1:
        date = found.dates.actual if true.achieved else found.dates.approved
        assert_same_date(date, true.dates[0])
        assert asked(plan, found, QuestionKind.BLANK_DATE) is False
    elif len(true.dates) == 2:
        assert found.dates.approved is None
        assert asked(plan, found, QuestionKind.COMPOUND)
    else:
        assert_blank_is_asked(plan, found, true)
    assert asked(plan, found, QuestionKind.TRUNCATED) == true.cut_short


def assert_blank_is_asked(plan: Plan, found: Milestone, true: TrueMilestone) -> None:
    assert found.dates.approved is None
    (question,) = (
        question
        for question in plan.questions
        if question.item_key == found.key and question.kind is QuestionKind.BLANK_DATE
    )
    assert true.above
    assert true.below
    assert true.above.printed in question.text
    assert true.below.printed in question.text
    elsewhere = [found for found in true.related if found.where in {"action", "step"}]
    if elsewhere:
        assert any(f"(line {related.line})" in question.text for related in elsewhere)


def test_counts_of_the_whole(plan: Plan) -> None:
    actions = list(plan.actions())
    assert sum(len(list(action.all_steps())) for action in actions) == 190
    assert sum(len(theme.milestones) for theme in plan.themes) == 74
    assert len(plan.engagement_milestones) == 5
    assert sum(question.kind is QuestionKind.BLANK_DATE for question in plan.questions) == 19
    assert sum(question.kind is QuestionKind.DATE_ALIGNMENT for question in plan.questions) == 24
    assert len({lead for action in actions for lead in action.leads}) == 17
    assert len({reference for action in actions for reference in action.references}) == 77
    assert sum(len(theme.objectives) for theme in plan.themes) == 21
    assert sum(stream.listed for theme in plan.themes for stream in theme.workstreams) == 29


def test_leads_and_the_number_of_their_actions(plan: Plan) -> None:
    found = Counter(lead for action in plan.actions() for lead in action.leads)
    assert found == Counter(lead for action in TRUTH.actions for lead in action.leads)


def test_four_shifted_rows_are_put_back_and_said_so(plan: Plan) -> None:
    shifted = {action.lines[0] for action in TRUTH.actions if action.shifted}
    kind = QuestionKind.SHIFTED_ROW
    assert {q.anchors[0].line for q in plan.questions if q.kind is kind} == shifted == {434, 851, 962, 963}


def test_rows_with_two_headings_or_none_are_asked_about(plan: Plan) -> None:
    lines = {kind: {q.anchors[0].line for q in plan.questions if q.kind is kind} for kind in QuestionKind}
    assert lines[QuestionKind.SPLIT_ACTION] == {531}
    assert lines[QuestionKind.MISSING_TITLE] == {963}
    assert lines[QuestionKind.MISSING_LEAD] == {424}
    assert lines[QuestionKind.NESTING] == {425}


def test_italics_without_a_status_are_asked_about(plan: Plan) -> None:
    assert {q.anchors[0].line for q in plan.questions if q.kind is QuestionKind.STATUS} == {851}


def test_workstreams_that_differ_between_list_and_table_are_reported(plan: Plan) -> None:
    named = {q.item_key for q in plan.questions if q.kind is QuestionKind.UNLISTED_WORKSTREAM}
    streams = {stream.key: stream.name for theme in plan.themes for stream in theme.workstreams}
    assert {streams[key] for key in named if key} == {
        "Equality and Diversity",
        "New system procurement",
        "Performance Management System",
        "Asset Management System",
    }


def test_risks(plan: Plan) -> None:
    assert [risk.title for risk in plan.risks] == [risk.name for risk in TRUTH.risks]
    for risk, true in zip(plan.risks, TRUTH.risks, strict=True):
        assert matches(true.text, risk.description)
        assert risk.register_reference == TRUTH.strategic_risk_reference


def test_reviews_with_their_totals_and_what_a_direction_requires(plan: Plan) -> None:
    reviews = {review.name: review for review in plan.reviews}
    assert set(reviews) == {"Grant Thornton", "CIPFA", "LGA Corporate Peer Challenge", "Statutory Direction"}
    totals = {name: {t.class_: t.count for t in review.totals} for name, review in reviews.items()}
    assert totals["Grant Thornton"] == {"statutory": 3, "key": 5, "improvement": 37}
    assert totals["CIPFA"] == {None: 14}
    assert totals["LGA Corporate Peer Challenge"] == {None: 9}
    published = {name: review.published.edtf for name, review in reviews.items() if review.published}
    assert published == {
        "Grant Thornton": "2021-12",
        "CIPFA": "2022-01",
        "LGA Corporate Peer Challenge": "2022-02",
        "Statutory Direction": "2022-03",
    }
    requirements = reviews["Statutory Direction"].requirements
    for requirement, fact in zip(requirements, TRUTH.direction_elements, strict=True):
        assert matches(fact.text, requirement.text)
    assert not any(review.requirements for name, review in reviews.items() if name != "Statutory Direction")


def test_exit_factors(plan: Plan) -> None:
    for factor, fact in zip(plan.exit_factors, TRUTH.exit_factors, strict=True):
        assert matches(fact.text, factor.text)


def test_engagement_milestones(plan: Plan) -> None:
    for found, true in zip(plan.engagement_milestones, TRUTH.engagement_milestones, strict=True):
        assert matches(true.name, found.name)
        assert_same_date(found.dates.approved, true.dates[0])


def test_no_date_without_a_printed_token_or_a_mark_that_it_is_inferred(plan: Plan) -> None:
    lines = require_data("plans/sandwell-improvement-plan-2022.txt").read_text(encoding="utf-8").splitlines()
    for action in plan.actions():
        page = " ".join(" ".join(lines[anchor.line - 1].split()) for anchor in action.anchors if anchor.line)
        for promise in action.walk():
            for date in (promise.start, promise.dates.approved, promise.dates.actual):
                assert date is None or date.inferred or date.printed in page


def test_every_item_says_where_it_stands(plan: Plan) -> None:
    for theme in plan.themes:
        items = (
            *theme.objectives,
            *theme.workstreams,
            *theme.milestones,
            *theme.deliverables,
            *theme.actions,
        )
        assert all(item.anchors and item.anchors[0].line for item in (*items, *theme.success_statements))


def test_keys_are_unique_and_the_same_at_every_reading(plan: Plan) -> None:
    again = read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))
    assert again == plan
    keys = [step.key for action in plan.actions() for step in action.walk()]
    assert len(keys) == len(set(keys))
