"""What a sentence of a letter can rest on: what people type, what the record finds, and what it does not have."""

from __future__ import annotations

from datetime import date

import pytest
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.record.errors import InvalidEdit
from goldenthread.record.letter_grounds import Ground, Grounds, grounds_of, identifiers
from goldenthread.record.scope import council_scope
from goldenthread.record.services.evidence import Offer, add_evidence
from goldenthread.record.snapshot import find_plan, snapshot
from goldenthread.reporting.letter import Support


@pytest.fixture
def grounds(council_db: TestDatabase) -> Grounds:
    northbury = RecordedNorthbury()
    officer = northbury.officer
    plan = snapshot(council=officer.council, plan=PLAN, cut_off=CUT_OFF)
    item = next(action.id for action in plan.actions() if action.ref == "A1")
    assert item
    for title in ("Minutes of March", "Photographs of the front desk"):
        offer = Offer(
            source="https://example.org/minutes",
            title=title,
            shows="It was agreed",
            dated_on=date(2022, 3, 30),
        )
        add_evidence(actor=officer, plan=PLAN, items=[item], offer=offer, added_on=CUT_OFF)
    with council_scope(officer.council):
        held = find_plan(PLAN)
    return grounds_of(officer.council, held.id, plan, date(2022, 12, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A1", "A1"),
        ("a1, m 2", "A1, M2"),
        ("A1; A1\nM2 and A3", "A1, M2, A3"),
        ("E2", "E2"),
        ("CR1, change request 2", "Change request 1, Change request 2"),
        ("minute 31/22", "minute 31/22"),
        ("Cabinet 16 November 2022", "Cabinet 16 November 2022"),
        ("and A1 and", "A1"),
        ("", ""),
    ],
)
def test_what_is_typed_is_what_is_meant(grounds: Grounds, typed: str, meant: str) -> None:
    assert identifiers(grounds.named(typed)) == meant


def test_each_says_what_it_is(grounds: Grounds) -> None:
    said = {one.identifier: one.says for one in grounds.named("A1, E1, E2, CR2, minute 31/22")}
    assert said["A1"].endswith("complete – claimed, done 30 March 2022, due Mar 2022")
    assert said["E1"] == "Minutes of March: It was agreed (30 March 2022)"
    assert said["E2"].startswith("Photographs of the front desk")
    assert said["Change request 2"] == said["minute 31/22"]
    assert "A4" in said["minute 31/22"]
    assert "by Cabinet, 20 September 2022" in said["minute 31/22"]
    assert all(one.item for one in grounds.named("A1, M2"))
    assert not any(one.item for one in grounds.named("E1, CR2"))


def test_a_reference_with_a_comma_in_it_is_one_name_and_what_a_sentence_rests_on_already_stays() -> None:
    one = Support(identifier="minute 4, item 2", says="Agreed")
    grounds = Grounds([Ground(one), Ground(Support(identifier="A1", says="It"))])
    assert identifiers(grounds.named("A1, minute 4, item 2")) == "A1, minute 4, item 2"
    old = Support(identifier="E9", says="It was taken back")
    assert grounds.named("E9", also=[old]) == (old,)


def test_every_identifier_that_is_not_there_is_named(grounds: Grounds) -> None:
    with pytest.raises(InvalidEdit, match=r"no “A99”, “minute 1/99”\. Type identifiers"):
        grounds.named("A1, A99, minute 1/99")


def test_they_are_found_by_their_words(grounds: Grounds) -> None:
    assert grounds.like("photographs front desk")[0].identifier == "E2"
    assert [one.identifier for one in grounds.like("A1")] == ["A1"]
    assert grounds.like("") == ()
    assert grounds.like("zzzz qqqq") == ()
