"""Settling contradictions: who may, what is kept, and that nothing disappears when the document is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plugins.database import TestDatabase
from support.contradicting import NORTHBURY, STRATEGY_STEP
from support.records import ADOPTED, in_post, new_council

from goldenthread.record.actor import Actor
from goldenthread.record.contradictions import Entry, Outcome, Standing, contradictions_at
from goldenthread.record.errors import AlreadySettled, InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_number, revision
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role
from goldenthread.record.services.contradictions import reopen_contradiction, settle_contradiction
from goldenthread.record.services.imports import apply_import, start_import
from goldenthread.record.snapshot import snapshot

JULY, SEPTEMBER = date(2022, 7, 1), date(2022, 9, 1)


def load(officer: Actor, text: str, on: date) -> str:
    """Read the document and take it over; the plan's slug."""
    started = start_import(actor=officer, name="plan.txt", content=text.encode())
    return apply_import(actor=officer, import_id=started.id, reason="Approved", effective_on=on).slug


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    """Somebody of the programme office, in a council with the plan of Northbury and a post."""
    officer = new_council("Northbury Council")
    in_post(officer, "Monitoring Officer")
    load(officer, NORTHBURY, ADOPTED)
    return officer


PLAN = "northbury-council-improvement-plan"


def listed(officer: Actor, on: date = JULY, known_at: int | None = None) -> tuple[Entry, ...]:
    state = snapshot(council=officer.council, plan=PLAN, cut_off=on, known_at=known_at)
    return contradictions_at(officer.council, PLAN, state, as_at=on, known_at=known_at)


def dated(officer: Actor, on: date = JULY, known_at: int | None = None) -> Entry:
    """The two dates for the strategy on library opening hours."""
    return next(each for each in listed(officer, on, known_at) if each.pair.kind.value == "date")


def settle(officer: Actor, **more: object) -> None:
    usual = {
        "actor": officer, "plan": PLAN, "contradiction": dated(officer).pair.handle, "outcome": Outcome.SECOND,
        "resolution": "July is right; the milestone was not moved with it", "basis": "Cabinet minute 14",
        "decided_by": "Monitoring Officer", "decided_on": JULY, "on": JULY, "owner": "monitoring-officer",
    }  # fmt: skip
    settle_contradiction(**{**usual, **more})  # type: ignore[arg-type]


def test_settling_says_who_decided_what_and_on_what_basis(officer: Actor) -> None:
    assert dated(officer).standing is Standing.OPEN
    before = head_number(officer.council)
    settle(officer)
    entry = dated(officer)
    assert entry.standing is Standing.SETTLED
    told = entry.settlement
    assert told
    assert (told.outcome, told.basis, told.decided_by) == (
        Outcome.SECOND,
        "Cabinet minute 14",
        "Monitoring Officer",
    )
    assert (told.owner, told.decided_on, told.recorded_on) == ("Monitoring Officer", JULY, JULY)
    assert told.pair.differs == ("May 2022", "Jul 2022")
    reason = revision(officer.council, head_number(officer.council)).row.reason
    assert "July is right" in (reason or "")
    assert dated(officer, known_at=before).standing is Standing.OPEN
    assert verify(officer.council).ok


def test_opening_again_keeps_what_was_decided(officer: Actor) -> None:
    with pytest.raises(AlreadySettled):
        reopen(officer)
    settle(officer)
    reopen(officer)
    entry = dated(officer)
    assert entry.standing is Standing.OPEN
    assert [each.outcome for each in entry.history] == [Outcome.SECOND, Outcome.REOPENED]
    settle(officer, outcome=Outcome.BOTH, resolution="The milestone is the draft")
    assert dated(officer).standing is Standing.SETTLED
    assert len(dated(officer).history) == 3


def reopen(officer: Actor) -> None:
    reopen_contradiction(
        actor=officer,
        plan=PLAN,
        contradiction=dated(officer).pair.handle,
        reason="The minute was withdrawn",
        on=JULY,
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PMO])
def test_only_the_programme_office_settles(officer: Actor, role: Role) -> None:
    handle = dated(officer).pair.handle
    with pytest.raises(NotAllowed):
        settle(replace(officer, role=role), contradiction=handle)


@pytest.mark.parametrize("missing", ["resolution", "basis", "decided_by"])
def test_nothing_is_settled_without_a_word_of_it(officer: Actor, missing: str) -> None:
    with pytest.raises(InvalidEdit):
        settle(officer, **{missing: "  "})
    assert dated(officer).standing is Standing.OPEN


def test_a_decision_of_tomorrow_and_an_unknown_contradiction_are_refused(officer: Actor) -> None:
    with pytest.raises(InvalidEdit):
        settle(officer, decided_on=date(2022, 7, 2))
    with pytest.raises(NotFound):
        settle(officer, contradiction="0" * 16)


def test_settled_stays_settled_when_the_document_is_read_again_in_another_order(officer: Actor) -> None:
    settle(officer)
    lines = NORTHBURY.splitlines(keepends=True)
    sea_wall = next(line for line in lines if "sea wall" in line)
    first = next(number for number, line in enumerate(lines) if "Settle when" in line)
    lines.remove(sea_wall)
    lines.insert(first, sea_wall)
    load(officer, "".join(lines), SEPTEMBER)
    assert dated(officer, SEPTEMBER).standing is Standing.SETTLED


def test_it_shows_again_when_either_place_changes(officer: Actor) -> None:
    settle(officer)
    load(officer, NORTHBURY.replace("approved\tMay 2022", "approved\tJune 2022"), SEPTEMBER)
    entry = dated(officer, SEPTEMBER)
    assert entry.standing is Standing.CHANGED
    assert entry.is_open
    assert entry.settlement
    assert entry.settlement.pair.differs == ("May 2022", "Jul 2022")
    assert entry.pair.differs[0] == "June 2022"


def test_what_leaves_the_plan_stays_listed_with_what_it_said(officer: Actor) -> None:
    settle(officer)
    before = {each.pair.identity for each in listed(officer)}
    text = NORTHBURY.replace(f" <ul> ▶ {STRATEGY_STEP}", "").replace("Aug 2022 Jul 2022", "Aug 2022")
    load(
        officer,
        text.replace("- ▶ Explore options for a four yearly election cycle", "- ▶ Open longer"),
        SEPTEMBER,
    )
    after = {each.pair.identity: each for each in listed(officer, SEPTEMBER)}
    assert before <= set(after)
    gone = [each for each in after.values() if each.standing is Standing.GONE]
    kinds = {each.pair.kind.value for each in gone}
    assert {"date", "state"} <= kinds
    settled = next(each for each in gone if each.pair.kind.value == "date")
    assert settled.settlement
    assert settled.pair.second.words == STRATEGY_STEP
    never = next(each for each in gone if each.pair.kind.value == "state")
    assert not never.history


def test_a_decision_does_not_silently_take_the_place_of_one_that_the_officer_had_not_seen(
    officer: Actor,
) -> None:
    settle(officer, seen=0)
    settle(officer, seen=0)
    assert len(dated(officer).history) == 1, "the same form sent twice is one decision"
    with pytest.raises(AlreadySettled, match="The second place is right"):
        settle(officer, seen=0, outcome=Outcome.FIRST, resolution="May is right")
    told = dated(officer).settlement
    assert told
    assert told.outcome is Outcome.SECOND
    settle(officer, seen=1, outcome=Outcome.FIRST, resolution="May is right")
    assert [each.outcome for each in dated(officer).history] == [Outcome.SECOND, Outcome.FIRST]


def test_opening_again_twice_with_the_same_form_is_once(officer: Actor) -> None:
    settle(officer)
    reopen(officer)
    reopen(officer)
    assert [each.outcome for each in dated(officer).history] == [Outcome.SECOND, Outcome.REOPENED]
