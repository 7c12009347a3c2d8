"""Change control, sentence by sentence, as a demanding user would try it on the example plan."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.records import load_small_plan, new_council

from goldenthread.plan.changes import compare, with_changes
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.proposals import (
    Closure,
    Deferral,
    NewAction,
    NewDate,
    NewWording,
    Part,
    ProposedChange,
)
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.change_requests import change_requests
from goldenthread.record.change_table import PLACES, State, changes_between
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.history.selectors import head_number
from goldenthread.record.rebaselines import rebaselines
from goldenthread.record.services.change_control import Decision, propose_change, record_decision
from goldenthread.record.services.editing import edit_item
from goldenthread.record.snapshot import snapshot

PLAN = "improvement-plan"
JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2022, month, 1) for month in (7, 8, 9, 10))
BODIES = {1: "Leadership Team", 2: "Cabinet", 3: "Council"}


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    return officer


def plan_at(officer: Actor, day: date | None = None) -> Plan:
    return snapshot(council=officer.council, plan=PLAN, cut_off=day)


def action(officer: Actor, key: str, day: date | None = None) -> Action:
    return next(each for each in plan_at(officer, day).actions() if each.key == key)


def later(edtf: str) -> PlanDate:
    return PlanDate.from_edtf(edtf, edtf)


def propose(officer: Actor, change: ProposedChange, day: date = JULY) -> int:
    return propose_change(
        actor=officer, plan=PLAN, change=change, reason="The consultant left", proposed_on=day
    )


def decide(officer: Actor, number: int, body: str, day: date = AUGUST, reference: str = "minute 7") -> int:
    taken = Decision(
        approved=True, body=body, reference=reference, decided_on=day, link="https://example.org/7"
    )
    seen = head_number(officer.council)
    return record_decision(actor=officer, plan=PLAN, number=number, decision=taken, seen_revision=seen)


@pytest.mark.parametrize(
    ("change", "tier"),
    [
        (NewWording(item="a-1", leads=("Chief Executive",)), 1),
        (NewDate(item="a-1", date=later("2023-03")), 2),
        (NewAction(item="theme-1", part=Part(title="Appoint a champion")), 3),
        (Closure(item="a-1"), 3),
    ],
)
def test_there_are_three_tiers_with_an_approver_by_delegation(
    officer: Actor, change: ProposedChange, tier: int
) -> None:
    number = propose(officer, change)
    (request,) = change_requests(officer.council, PLAN)
    assert request.tier == tier
    for other in set(BODIES.values()) - {BODIES[tier]}:
        with pytest.raises(InvalidEdit, match=f"{BODIES[tier]} decides"):
            decide(officer, number, other)
    decide(officer, number, BODIES[tier])


def test_proposing_a_date_does_not_alter_the_approved_date_until_the_decision_reference_is_entered(
    officer: Actor,
) -> None:
    number = propose(officer, NewDate(item="a-1", date=later("2023-03")))
    assert action(officer, "a-1").dates.approved.edtf == "2022-09"
    with pytest.raises(InvalidEdit, match="reference of the decision"):
        decide(officer, number, "Cabinet", reference="")
    assert action(officer, "a-1").dates.approved.edtf == "2022-09"
    decide(officer, number, "Cabinet")
    dates = action(officer, "a-1").dates
    assert (dates.original.edtf, dates.approved.edtf) == ("2022-09", "2023-03")
    assert action(officer, "a-1", JULY).dates.approved.edtf == "2022-09"


def test_the_table_of_changes_is_the_difference_between_two_snapshots(officer: Actor) -> None:
    begun = head_number(officer.council)
    decide(officer, propose(officer, NewDate(item="a-1", date=later("2023-03"))), "Cabinet")
    decide(officer, propose(officer, Closure(item="a-2")), "Council", SEPTEMBER)
    ends = State(JULY, begun), State(OCTOBER, head_number(officer.council))
    old, new = (
        snapshot(council=officer.council, plan=PLAN, cut_off=end.cut_off, known_at=end.known_at)
        for end in ends
    )
    rows = changes_between(officer.council, PLAN, *ends)
    assert [row.change for row in rows] == list(compare(old, new, ignore=PLACES))
    assert compare(with_changes(old, [row.change for row in rows]), new) == ()
    (moved,) = (row for row in rows if row.change.field == "approved")
    request = moved.request
    assert request
    assert (moved.original, moved.reason, moved.decided_by, request.decision_reference, request.decision_link) == (
        action(officer, "a-1").dates.original, "The consultant left", "Cabinet", "minute 7", "https://example.org/7",
    )  # fmt: skip


def test_re_baselines_are_counted_for_each_action(officer: Actor) -> None:
    for day, month in ((AUGUST, "2022-12"), (SEPTEMBER, "2023-03")):
        decide(officer, propose(officer, NewDate(item="a-1", date=later(month))), "Cabinet", day)
    moved: dict[UUID | None, int] = {
        item: counted.moves for item, counted in rebaselines(officer.council, PLAN).items()
    }
    assert moved == {action(officer, "a-1").id: 2}


def test_deferred_needs_a_decision(officer: Actor) -> None:
    item = action(officer, "a-1").id
    assert item
    with pytest.raises(InvalidEdit, match="needs a decision"):
        edit_item(
            actor=officer, plan=PLAN, item=item, changes={"status": "deferred"}, reason="No capacity",
            effective_on=AUGUST, seen_revision=head_number(officer.council),
        )  # fmt: skip
    number = propose(officer, Deferral(item="a-1", until=later("2024")))
    assert action(officer, "a-1").status is not Status.DEFERRED
    decide(officer, number, "Cabinet")
    assert action(officer, "a-1").status is Status.DEFERRED
