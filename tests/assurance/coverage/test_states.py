"""What one recommendation is said to be, on plans small enough to see why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checked_plans import action, cite, plan_of, recommended, review, step

from goldenthread.assurance.coverage import FLAGS, Certificate, Row, RowKind, State, certificate
from goldenthread.plan.model import Action, Found, Link, LinkKind, LookedUp, Plan, Requirement
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status

TODAY = date(2022, 6, 7)
APPROVAL = "Single Improvement Plan Phase 1"


def made(plan: Plan) -> Certificate:
    return certificate(plan, TODAY)


def states(plan: Plan) -> dict[str, State]:
    return {row.name: row.state for row in made(plan).rows}


def citing(*references: Reference, title: str = "Do it", **more: Any) -> Action:
    return action(title, references=references, **more)


def looked_up(found: Found) -> LookedUp:
    return LookedUp(found=found, basis="Page 12 of the report", by="Programme office", on=TODAY)


def test_one_action_two_actions_none() -> None:
    plan = plan_of(
        citing(cite("1"), cite("2")), citing(cite("2"), title="Do more"), reviews=(review((None, 3)),)
    )
    assert states(plan) == {
        "Recommendation 1": State.SINGLE,
        "Recommendation 2": State.COVERED,
        "Recommendation 3": State.UNCOVERED,
    }


def test_a_step_cites_for_its_action() -> None:
    plan = plan_of(action("A", references=(), steps=(step("B", references=(cite("1"),)),)))
    (row,) = made(plan).rows
    assert [one.title for one in row.answering] == ["A"]


def test_a_cancelled_action_answers_nothing() -> None:
    plan = plan_of(citing(cite("1"), status=Status.CANCELLED))
    (row,) = made(plan).rows
    assert row.state is State.UNCOVERED
    assert "cancelled or superseded" in row.because
    both = plan_of(citing(cite("1"), status=Status.CANCELLED), citing(cite("1"), title="Do more"))
    assert states(both) == {"Recommendation 1": State.SINGLE}


def test_an_action_that_went_on_in_another_plan_still_answers() -> None:
    moved = Link(key="l", kind=LinkKind.TRANSFERRED_TO, source="action/Do it", target="Business plan")
    plan = plan_of(citing(cite("1"), status=Status.SUPERSEDED), links=(moved,))
    assert states(plan) == {"Recommendation 1": State.SINGLE}


def test_the_plan_s_own_approval_is_no_answer() -> None:
    approval = action(
        APPROVAL, references=(cite("1"), cite("all")), steps=(step("Council approval of Improvement Plan"),)
    )
    assert set(states(plan_of(approval)).values()) == {State.CIRCULAR}
    assert states(plan_of(approval, citing(cite("1"))))["Recommendation 1"] is State.SINGLE


def test_all_covers_no_number() -> None:
    plan = plan_of(citing(cite("all")), reviews=(review((None, 2)),))
    assert states(plan) == {"All recommendations": State.SINGLE, "2 more recommendations": State.UNCOVERED}
    assert made(plan).made == 2
    assert made(plan).answered == 0


def test_key_4_and_improvement_4_are_two_recommendations() -> None:
    key, improvement = cite("4", class_="key"), cite("4", class_="improvement")
    plan = plan_of(citing(key, improvement), citing(improvement, title="Do more"))
    assert states(plan) == {
        "Key recommendation 4": State.SINGLE,
        "Improvement recommendation 4": State.COVERED,
    }


def test_rows_are_in_the_order_of_their_numbers_and_what_has_none_comes_last() -> None:
    numbers = [cite(number) for number in ("all", "3.2", "12", "3.1", "2")]
    plan = plan_of(citing(*numbers, cite("1", class_="statutory")), reviews=(review(),))
    names = [row.name for row in made(plan).rows]
    assert names == [
        "Statutory recommendation 1", "Recommendation 2", "Recommendation 3.1", "Recommendation 3.2",
        "Recommendation 12", "All recommendations",
    ]  # fmt: skip


def test_a_page_and_a_code_until_somebody_says_what_they_stand_for() -> None:
    page = Reference(review="Auditor", page="24")
    assert states(plan_of(citing(page, cite("SN5")))).keys() >= {"Page 24", "SN5"}
    assert {states(plan_of(citing(page, cite("SN5"))))[name] for name in ("Page 24", "SN5")} == {
        State.UNRESOLVED
    }
    known = review(
        (None, 0), recommendations=(recommended(page, "Case work"), recommended(cite("SN5"), "A plan"))
    )
    assert set(states(plan_of(citing(page, cite("SN5")), reviews=(known,))).values()) == {State.SINGLE}


def test_a_review_that_nobody_knows() -> None:
    assert states(plan_of(citing(cite("1")), reviews=())) == {"Recommendation 1": State.UNRESOLVED}


@pytest.mark.parametrize(
    ("found", "cited", "state"),
    [
        (Found.ABSENT, False, State.ABSENT),
        (Found.ABSENT, True, State.DANGLING),
        (Found.RECOMMENDATION, False, State.UNCOVERED),
        (Found.POINT, True, State.SINGLE),
        (Found.POINT, False, State.UNCOVERED),
    ],
)
def test_what_somebody_found_who_looked(found: Found, cited: bool, state: State) -> None:
    hole = cite("1.2")
    held = recommended(hole).model_copy(update={"looked_up": looked_up(found)})
    references = (cite("1.1"), cite("1.3"), *((hole,) if cited else ()))
    plan = plan_of(citing(*references), reviews=(review((None, 2), recommendations=(held,)),))
    assert states(plan)["Recommendation 1.2"] is state


def test_a_number_past_the_total_that_somebody_knows_is_not_dangling() -> None:
    seven = recommended(cite("7"), "Publish the accounts")
    plan = plan_of(citing(cite("1"), cite("7")), reviews=(review((None, 1), recommendations=(seven,)),))
    assert states(plan) == {"Recommendation 1": State.SINGLE, "Recommendation 7": State.SINGLE}


def test_elements_and_exit_factors_are_answered_by_links() -> None:
    element, factor = (
        Requirement(key="e", text="Improve culture"),
        Requirement(key="x", text="A Chief Executive"),
    )
    direction = review(name="Direction", requirements=(element,))
    link = Link(key="l", kind=LinkKind.CONTRIBUTES, source="action/Do it", target="e")
    plan = plan_of(citing(), reviews=(direction,), exit_factors=(factor,), links=(link,))
    assert states(plan) == {"Improve culture": State.SINGLE, "A Chief Executive": State.UNCOVERED}


def test_addressed_is_another_question_than_covered() -> None:
    actions = [
        citing(cite("1"), title=str(place), status=status)
        for place, status in enumerate((Status.VERIFIED, Status.EMBEDDED, Status.COMPLETE))
    ]
    (row,) = made(plan_of(*actions)).rows
    assert (row.state, row.verified, len(row.answering), row.is_addressed) == (State.COVERED, 2, 3, False)
    (row,) = made(plan_of(*actions[:2])).rows
    assert row.is_addressed
    (row,) = made(plan_of(action(APPROVAL, references=(cite("1"),), status=Status.VERIFIED))).rows
    assert not row.is_addressed, "the plan's own approval addresses nothing"


def test_lifted_counts_from_its_day() -> None:
    lifted = recommended(cite("1")).model_copy(
        update={"lifted_on": date(2023, 3, 3), "lifted_by": "Auditor's letter"}
    )
    plan = plan_of(citing(cite("1")), reviews=(review((None, 1), recommendations=(lifted,)),))
    assert not next(certificate(plan, date(2023, 3, 2)).rows).is_lifted
    assert next(certificate(plan, date(2023, 3, 3)).rows).is_lifted


def test_nothing_was_asked() -> None:
    found = made(plan_of(citing(), reviews=()))
    assert (found.flags, tuple(found.rows), found.detail) == (0, (), ())
    assert "nothing to certify" in found.headline


REFERENCES = st.builds(
    Reference,
    review=st.sampled_from(["Auditor", "Inspector"]),
    class_=st.sampled_from([None, "statutory", "key"]),
    number=st.sampled_from([None, "1", "2", "9", "1.1", "1.3", "all", "SN5"]),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    titles = draw(st.lists(st.sampled_from(["Do it", "Do more", APPROVAL]), max_size=3, unique=True))
    actions = [
        citing(
            *draw(st.lists(REFERENCES, max_size=4, unique=True)),
            title=title,
            status=draw(st.sampled_from(Status)),
        )
        for title in titles
    ]
    total = draw(st.none() | st.integers(0, 4))
    reviews = (review(*(((None, total),) if total is not None else ())),) if draw(st.booleans()) else ()
    factors = (Requirement(key="x", text="Trust"),) if draw(st.booleans()) else ()
    return plan_of(*actions, reviews=reviews, exit_factors=factors)


@given(plans())
def test_the_headline_never_says_that_all_is_covered_while_a_flag_is_open(plan: Plan) -> None:
    found = made(plan)
    said = " ".join((found.headline, *found.detail)).lower()
    assert not any(words in said for words in ("100", "%", "fully", "complete"))
    assert found.flags == sum(row.count for row in found.rows if row.is_flagged)
    if found.flags:
        assert found.headline.startswith("Coverage is not proved")
        assert "no flag" not in said
    if found.made and found.answered == found.made:
        assert f"{found.made} of {found.made}" in said


@given(plans())
def test_every_reference_has_one_row_and_every_row_one_state(plan: Plan) -> None:
    found = made(plan)
    cited = {reference for one in plan.actions() for reference in one.references}
    assert {row.reference for row in found.references} == cited
    for named in ("name", "slug"):
        keys = [(row.source, getattr(row, named)) for row in found.rows]
        assert len(set(keys)) == len(keys)
    assert sum(found.states.values()) == sum(row.count for row in found.rows)
    assert all((row.state in FLAGS) == row.is_flagged for row in found.rows)
    assert all(is_consistent(row) for row in found.rows)


def is_consistent(row: Row) -> bool:
    """What a state says of the actions is so."""
    live = [one for one in row.answering if one.status not in {Status.CANCELLED, Status.SUPERSEDED}]
    match row.state:
        case State.SINGLE:
            return len(live) == 1
        case State.COVERED:
            return len(live) > 1
        case State.UNCOVERED | State.NOT_REFERENCED | State.CIRCULAR:
            return not live
        case _:
            return row.kind is not RowKind.UNLISTED
