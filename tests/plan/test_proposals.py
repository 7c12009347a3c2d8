"""What a proposed change reaches, and what the plan is after it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.plans import plans

from goldenthread.plan.applying import STOPPED, apply_change, effect_of
from goldenthread.plan.dates import Bound, PlanDate
from goldenthread.plan.flat import ItemKind, Series, flatten
from goldenthread.plan.model import (
    Action,
    Council,
    Dates,
    Link,
    LinkKind,
    Milestone,
    Plan,
    SuccessStatement,
    Theme,
    Workstream,
)
from goldenthread.plan.proposals import (
    DATE_OR_MEASURE,
    OPERATIONAL,
    PROPOSED,
    SCOPE,
    Closure,
    Deferral,
    Division,
    Merger,
    NewAction,
    NewDate,
    NewMeasure,
    NewWording,
    Part,
    ProposalError,
    ProposedChange,
    Resumption,
    Supersession,
    Transfer,
    find,
    tier_of,
)
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status


def on(edtf: str) -> PlanDate:
    return PlanDate.from_edtf(edtf, edtf)


def due(edtf: str) -> Dates:
    return Dates(original=on(edtf), approved=on(edtf))


K1, K2, K3 = (Reference(review="Auditor", number=str(number)) for number in (1, 2, 3))
PLAN = Plan(
    key="plan",
    council=Council(name="Northbury"),
    title="Improvement plan",
    themes=(
        Theme(
            key="t",
            number=1,
            name="Culture",
            workstreams=(Workstream(key="w", name="Values"),),
            milestones=(Milestone(key="m", name="Survey", dates=due("2022-10")), Milestone(key="m2", name="TBC")),
            success_statements=(SuccessStatement(key="s", text="Staff feel heard", measure="60 % in the survey"),),
            actions=(
                Action(
                    key="a",
                    title="Review the values",
                    leads=("Chief Executive",),
                    workstream="w",
                    references=(K1, K2),
                    dates=due("2022-09"),
                    steps=(
                        Action(key="a1", title="Draft", dates=due("2022-06"), references=(K3,)),
                        Action(key="a2", title="Ask staff", dates=due("2022-08"), status=Status.COMPLETE),
                    ),
                ),
                Action(key="b", title="Publish the values", references=(K1,), dates=due("2022-12")),
                Action(key="c", title="Tell everybody"),
            ),
        ),
    ),
    links=(Link(key="l", kind=LinkKind.PRODUCES, source="b", target="d"),),
)  # fmt: skip

TIERS: list[tuple[ProposedChange, int]] = [
    (NewWording(item="a", title="Review our values"), OPERATIONAL),
    (NewWording(item="a", leads=("Director of People",)), OPERATIONAL),
    (NewDate(item="a1", date=on("2022-09")), OPERATIONAL),
    (NewAction(item="a", part=Part(title="Print", date=on("2022-09"))), OPERATIONAL),
    (NewDate(item="a1", date=on("2022-10")), DATE_OR_MEASURE),
    (NewDate(item="a", date=on("2022-10")), DATE_OR_MEASURE),
    (NewDate(item="a", date=on("2022-08")), DATE_OR_MEASURE),
    (NewDate(item="m", date=on("2022-11")), DATE_OR_MEASURE),
    (NewAction(item="a", part=Part(title="Print", date=on("2022-10"))), DATE_OR_MEASURE),
    (NewMeasure(item="s", measure="70 % in the survey"), DATE_OR_MEASURE),
    (Deferral(item="a", until=on("2023")), DATE_OR_MEASURE),
    (Deferral(item="a"), SCOPE),
    (NewAction(item="t", part=Part(title="Appoint a champion")), SCOPE),
    (Closure(item="a"), SCOPE),
    (Merger(item="a", others=("b",)), SCOPE),
    (Division(item="a", parts=(Part(title="One"), Part(title="Two"))), SCOPE),
    (Supersession(item="a", by="b"), SCOPE),
    (Transfer(item="a", to="Corporate Plan"), SCOPE),
]  # fmt: skip


@pytest.mark.parametrize(("change", "tier"), TIERS)
def test_each_change_reaches_its_tier_and_says_why(change: ProposedChange, tier: int) -> None:
    reach = tier_of(change, PLAN)
    assert reach.tier == tier
    assert reach.why.endswith(".")


@pytest.mark.parametrize("change", [change for change, _ in TIERS])
def test_a_proposal_comes_back_from_json(change: ProposedChange) -> None:
    assert PROPOSED.validate_json(PROPOSED.dump_json(change)) == change


def test_an_open_ended_date_is_never_within_the_time_of_its_action() -> None:
    opened = on("2022-05").model_copy(update={"bound": Bound.FROM})
    assert tier_of(NewDate(item="a1", date=opened), PLAN).tier == DATE_OR_MEASURE


def test_a_new_date_is_approved_and_the_original_stays() -> None:
    (change,) = effect_of(PLAN, NewDate(item="a", date=on("2023-03")))
    assert (change.key, change.field) == ("a", "approved")
    assert find(apply_change(PLAN, NewDate(item="a", date=on("2023-03"))), "a").dates.original == on(
        "2022-09"
    )


def test_what_is_first_approved_is_the_original() -> None:
    dates = find(apply_change(PLAN, NewDate(item="m2", date=on("2023-03"))), "m2").dates
    assert dates.original == dates.approved == on("2023-03")


def test_a_closed_action_stays_and_its_open_steps_close_with_it() -> None:
    new = apply_change(PLAN, Closure(item="a"))
    assert [find(new, key).status for key in ("a", "a1", "a2")] == [
        Status.CANCELLED,
        Status.CANCELLED,
        Status.COMPLETE,
    ]
    with pytest.raises(ProposalError, match="is cancelled already"):
        apply_change(new, Closure(item="a"))


def test_a_deferral_says_until_when_and_is_taken_up_again() -> None:
    put_off = apply_change(PLAN, Deferral(item="a", until=on("2023")))
    item = find(put_off, "a")
    assert (item.status, item.dates.approved, item.dates.original) == (
        Status.DEFERRED, on("2023"), on("2022-09"),
    )  # fmt: skip
    again = find(apply_change(put_off, Resumption(item="a")), "a")
    assert (again.status, again.dates.approved) == (Status.IN_PROGRESS, on("2023"))
    with pytest.raises(ProposalError, match="not stopped by a decision"):
        apply_change(PLAN, Resumption(item="a"))


def test_merging_leaves_no_recommendation_behind_and_links_lead_to_what_goes_on() -> None:
    new = apply_change(PLAN, Merger(item="c", others=("a", "b"), title="Review, publish and tell"))
    stays = find(new, "c")
    assert isinstance(stays, Action)
    assert stays.references == (K1, K2, K3)
    assert stays.title == "Review, publish and tell"
    assert {find(new, key).status for key in ("a", "b", "a1")} == {Status.SUPERSEDED}
    threads = {(link.source, link.target) for link in new.links if link.kind is LinkKind.SUPERSEDES}
    assert threads == {("c", "a"), ("c", "b")}
    assert ("c", "d") in {(link.source, link.target) for link in new.links if link.kind is LinkKind.PRODUCES}


def test_splitting_gives_every_part_the_references_and_the_place() -> None:
    parts = (Part(title="Review", date=on("2022-10")), Part(title="Adopt", leads=("Director of People",)))
    new = apply_change(PLAN, Division(item="a", parts=parts))
    review, adopt = (action for action in new.actions() if action.title in {"Review", "Adopt"})
    assert review.references == adopt.references == (K1, K2, K3)
    assert (review.workstream, review.leads, review.dates.original) == (
        "w",
        ("Chief Executive",),
        on("2022-10"),
    )
    assert (adopt.leads, adopt.dates.approved) == (("Director of People",), None)
    assert find(new, "a").status is Status.SUPERSEDED
    assert [action.key for action in new.actions()][:3] == ["a", review.key, adopt.key]
    assert {link.target for link in new.links if link.source == review.key} == {"a"}
    survey = apply_change(PLAN, Division(item="m", parts=(Part(title="One"), Part(title="Two"))))
    assert [each.name for each in survey.milestones()] == ["Survey", "One", "Two", "TBC"]


def test_what_is_transferred_says_where_it_went_and_keeps_its_references() -> None:
    new = apply_change(PLAN, Transfer(item="b", to="Corporate Plan", link="https://example.org/plan"))
    item = find(new, "b")
    assert isinstance(item, Action)
    assert (item.status, item.references) == (Status.SUPERSEDED, (K1,))
    assert [(link.kind, link.target, link.note) for link in new.links if link.source == "b"][1:] == [
        (LinkKind.TRANSFERRED_TO, "Corporate Plan", "https://example.org/plan")
    ]


def test_the_same_title_twice_gets_two_keys() -> None:
    once = apply_change(PLAN, NewAction(item="t", part=Part(title="Train"), workstream="w"))
    twice = apply_change(once, NewAction(item="t", part=Part(title="Train")))
    keys = [action.key for action in twice.actions() if action.title == "Train"]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    "change",
    [
        NewDate(item="gone", date=on("2023")),
        NewDate(item="a", date=on("2022-09")),
        NewMeasure(item="a", measure="x"),
        NewAction(item="m", part=Part(title="x")),
        NewAction(item="t", part=Part(title="x"), workstream="gone"),
        Supersession(item="a", by="a"),
        Merger(item="a", others=("b", "b")),
        Supersession(item="a", by="a1"),
        Supersession(item="a", by="m"),
    ],
)
def test_what_the_plan_does_not_allow_is_refused(change: ProposedChange) -> None:
    with pytest.raises(ProposalError):
        apply_change(PLAN, change)


def test_nothing_goes_on_in_what_was_stopped() -> None:
    with pytest.raises(ProposalError, match="nothing can go on in it"):
        apply_change(apply_change(PLAN, Closure(item="b")), Supersession(item="a", by="b"))


@st.composite
def _changes(draw: st.DrawFn, plan: Plan) -> ProposedChange:
    """Any change of any promise of a plan."""
    kinds = {ItemKind.ACTION, ItemKind.STEP, ItemKind.MILESTONE, ItemKind.ENGAGEMENT_MILESTONE}
    keys = [flat.key for flat in flatten(plan) if flat.kind in kinds]
    assume(keys)
    item, other = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
    when = on(draw(st.sampled_from(["2022", "2022-09", "2023-21"])))
    parts = (Part(title="One", date=when), Part(title="Two"))
    offered: list[ProposedChange] = [
        NewDate(item=item, date=when), NewWording(item=item, title="Other words"), Closure(item=item),
        Deferral(item=item, until=when), Resumption(item=item), Merger(item=item, others=(other,)),
        Division(item=item, parts=parts), Supersession(item=item, by=other), Transfer(item=item, to="Another plan"),
        NewAction(item=item, part=parts[0]),
    ]  # fmt: skip
    return draw(st.sampled_from(offered))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(plan=plans(held=True), data=st.data())
def test_no_change_takes_anything_away_or_alters_an_original_date(plan: Plan, data: st.DataObject) -> None:
    """Whatever is done: every item stays, no original date moves, and what a live promise answers is answered still."""
    for _ in range(3):
        change = data.draw(_changes(plan))
        try:
            new = apply_change(plan, change)
        except ProposalError:
            continue
        before, after = ({flat.key: flat for flat in flatten(each)} for each in (plan, new))
        assert before.keys() <= after.keys()
        for key, flat in before.items():
            assert flat.facts.get(Series.ORIGINAL) in (None, after[key].facts.get(Series.ORIGINAL))
        if not isinstance(change, Closure | Transfer):
            assert answered(plan) <= answered(new)
        plan = new


def answered(plan: Plan) -> set[Reference]:
    """What is cited by an action or step that has not ended."""
    live = (
        part
        for action in plan.actions()
        for part in action.walk()
        if part.status not in STOPPED - {Status.DEFERRED}
    )
    return {reference for part in live for reference in part.references}
