"""What the rules find in the published plan of 2022, against faults found in it by hand (with their lines)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from support.needs import require_data

from goldenthread.assurance import Finding, check
from goldenthread.documents import read_document
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan

APPROVED = date(2022, 6, 7)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def found(plan: Plan) -> tuple[Finding, ...]:
    return check(plan, as_at=APPROVED)


def lines(found: tuple[Finding, ...], rule: str) -> Counter[int]:
    return Counter(finding.anchors[0].line or 0 for finding in found if finding.rule == rule)


def messages(found: tuple[Finding, ...], rule: str) -> list[str]:
    return [finding.message for finding in found if finding.rule == rule]


def test_workstreams_of_the_list_and_the_tables(found: tuple[Finding, ...]) -> None:
    names = [
        "Equality and Diversity",
        "Performance Management System",
        "Asset Management System",
        "New system procurement",
    ]
    said = messages(found, "GT102")
    assert len(said) == len(names)
    assert all(any(f"“{name}”" in message for message in said) for name in names)


EXACT = {
    "GT103": [963],
    "GT207": [424, 451],
    "GT301": [545, 644, 644, 755, 856],
    "GT302": [538],
    "GT303": [547, 651],
    "GT308": [864],
    "GT401": [424],
    "GT402": [452, 531, 544, 964],
    "GT502": [828],
    "GT801": [314, 315, 316, 317, 318, 319, 320],
}
NOT_AT_ALL = (
    "GT701", "GT702", "GT703", "GT704", "GT705", "GT706", "GT707", "GT708", "GT709", "GT710", "GT721", "GT722", "GT723",
    "GT731", "GT732", "GT733", "GT734", "GT802", "GT803", "GT901", "GT902", "GT903", "GT904",
)  # fmt: skip
"""Rules of progress, risks and reports that a plan on the day of its approval, in a file, gives no cause for."""


@pytest.mark.parametrize(("rule", "at"), EXACT.items())
def test_faults_stand_on_these_lines_and_no_others(
    found: tuple[Finding, ...], rule: str, at: list[int]
) -> None:
    assert lines(found, rule) == Counter(at)


@pytest.mark.parametrize("rule", NOT_AT_ALL)
def test_a_plan_that_has_just_been_approved_has_no_progress_to_doubt(
    found: tuple[Finding, ...], rule: str
) -> None:
    assert lines(found, rule) == Counter()


def test_no_two_findings_are_taken_for_one(found: tuple[Finding, ...]) -> None:
    assert [identity for identity, n in Counter(each.identity for each in found).items() if n > 1] == []
    assert len({each.handle for each in found}) == len(found)


def test_five_recommendations_hang_on_the_plan_s_own_approval(found: tuple[Finding, ...]) -> None:
    assert lines(found, "GT201") == {531: 5}
    ends = sorted(message.rsplit(": ", 1)[1] for message in messages(found, "GT201"))
    assert ends == [
        "CIPFA, all recommendations.",
        "Grant Thornton improvement recommendation 35.",
        "Grant Thornton key recommendation 4.",
        "Grant Thornton key recommendation 8.",
        "LGA Corporate Peer Challenge recommendation 9.",
    ]


def test_references_past_the_nine_recommendations_of_the_peer_challenge(found: tuple[Finding, ...]) -> None:
    start = "LGA Corporate Peer Challenge recommendation "
    numbers = [int(message.removeprefix(start).split()[0]) for message in messages(found, "GT202")]
    assert sorted(numbers) == [11, 12, 14, 18, 19, 21]


def test_recommendations_that_no_action_cites(found: tuple[Finding, ...]) -> None:
    said = " ".join(messages(found, "GT203"))
    assert len(messages(found, "GT203")) == 3
    assert "CIPFA recommendation 1.2, unless by “all”" in said
    assert "LGA Corporate Peer Challenge recommendation 1:" in said
    assert "LGA Corporate Peer Challenge recommendation 7:" in said


def test_58_of_77_references_hang_on_one_action(found: tuple[Finding, ...]) -> None:
    assert len(messages(found, "GT205")) == 58


def test_a_code_that_nothing_explains(found: tuple[Finding, ...]) -> None:
    assert lines(found, "GT206") == {532: 1}


def test_what_had_passed_when_the_plan_was_approved(found: tuple[Finding, ...]) -> None:
    actions, milestones = {547, 550, 647, 650, 666, 751, 847, 854}, {377, 710, 805, 807, 919}
    assert set(lines(found, "GT304")) >= actions | milestones
    assert lines(found, "GT304")[854] == 2
    assert not set(lines(found, "GT304")) & {502, 531, 808}  # due in June 2022, which is not over


def test_milestones_whose_dates_were_lost(plan: Plan, found: tuple[Finding, ...]) -> None:
    without = {finding.item_key for finding in found if finding.rule == "GT306"}
    blank = [sum(m.key in without and m.printed is None for m in theme.milestones) for theme in plan.themes]
    assert blank == [4, 0, 9, 1, 3, 2]


def test_dates_to_be_confirmed(found: tuple[Finding, ...]) -> None:
    assert set(lines(found, "GT307")) >= {662, 749, 847}


def test_no_statement_of_success_has_a_measure(found: tuple[Finding, ...]) -> None:
    assert len(messages(found, "GT501")) == 28


def test_every_question_of_the_reading_is_a_finding(plan: Plan, found: tuple[Finding, ...]) -> None:
    assert len(messages(found, "GT101")) == len(plan.questions) > 0
