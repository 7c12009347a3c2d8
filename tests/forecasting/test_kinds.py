"""What sort of date was promised, and whether keeping it takes a decision of elected members: keyed from the words."""

from __future__ import annotations

import pytest

from goldenthread.forecasting.kinds import DateKind, kind_of_date, needs_decision
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.model import Action, Milestone


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("12 May 2024", DateKind.DAY),
        ("w/c 12 May 2024", DateKind.DAY),
        ("end of March 2024", DateKind.DAY),
        ("March 2024", DateKind.MONTH),
        ("By Sep 2024", DateKind.MONTH),
        ("Late June 2024", DateKind.MONTH),
        ("Autumn 2024", DateKind.SEASON),
        ("Winter 2024", DateKind.SEASON),
        ("Early 2024", DateKind.PART_YEAR),
        ("Late 2024", DateKind.PART_YEAR),
        ("Q3 2023/24", DateKind.PART_YEAR),
        ("2024", DateKind.YEAR),
        ("2023/24", DateKind.YEAR),
    ],
)
def test_the_kind_of_a_date_is_how_vaguely_it_was_promised(printed: str, kind: DateKind) -> None:
    date = read_date_phrase(printed).date
    assert date is not None, printed
    assert kind_of_date(date) is kind


MEMBERS_DECIDE = [
    "Constitution changes approved by Full Council",
    "Cabinet approval of the asset strategy",
    "Take the business case to Cabinet",
    "Report to Audit Committee for approval",
    "Council decision on the cycle of elections",
    "New code adopted",
    "Housing strategy approved",
    "Approval of the Medium-Term Financial Plan",
    "Members to agree the scheme of delegation",
    "Revised contract rules agreed at Council",
    "Executive decision on the leisure contract",
    "Licensing Committee to consider the policy",
    "Pay policy ratified",
]
OFFICERS_DO = [
    "Appoint a programme manager",
    "Improve decision making across services",
    "Officers are confident in their decisions",
    "Train all Cabinet Members",
    "Business case approved by Leadership Team",
    "Project plan approved by the programme board",
    "Publish a list of approved suppliers",
    "Collect more council tax",
    "Design how the council works in its localities",
    "Terms signed off by the Section 151 Officer",
    "Review the adoption service for children",
    "Give the committee clerks new laptops",
    "Deliver the approved capital programme",
    "Train members in decision making",
    "Chief Executive agrees the structure",
    "Cabinet Members confident in the decisions that they take",
]


@pytest.mark.parametrize("title", MEMBERS_DECIDE)
def test_a_promise_that_waits_for_elected_members_needs_a_decision(title: str) -> None:
    assert needs_decision(Action(key="a", title=title))
    assert needs_decision(Milestone(key="m", name=title))


@pytest.mark.parametrize("title", OFFICERS_DO)
def test_a_promise_that_officers_can_keep_by_themselves_needs_none(title: str) -> None:
    assert not needs_decision(Action(key="a", title=title))


def test_a_step_or_a_condition_that_waits_for_members_makes_the_action_wait() -> None:
    step = Action(key="s", title="Present to Full Council")
    assert needs_decision(Action(key="a", title="Write a new constitution", steps=(step,)))
    assert needs_decision(
        Action(key="a", title="Write a new constitution", condition="subject to Cabinet approval")
    )
    assert not needs_decision(Action(key="a", title=None))
