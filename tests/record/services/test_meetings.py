"""Meetings of bodies: many days at once, cancelled with a reason, and which comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plugins.database import TestDatabase
from support.cycle import group
from support.records import new_council

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.meetings import Sitting, ahead, meetings_of
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.models import Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.meetings import cancel_meeting, enter_meetings

JULY, SEPTEMBER, NOVEMBER = date(2023, 7, 12), date(2023, 9, 13), date(2023, 11, 8)


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    actor = new_council()
    group(actor, "Cabinet")
    group(actor, "Audit Committee")
    return actor


def listed(actor: Actor, body: str | None = None) -> list[tuple[str, date, str]]:
    with council_scope(actor.council):
        return [(each.name, each.held_on, each.cancelled) for each in meetings_of(body)]


def held(actor: Actor) -> list[Sitting]:
    with council_scope(actor.council):
        return list(meetings_of())


def test_days_are_entered_together_and_pasting_the_list_again_adds_what_is_new(office: Actor) -> None:
    assert enter_meetings(actor=office, body="cabinet", days=[SEPTEMBER, JULY, JULY]) == 2
    assert enter_meetings(actor=office, body="cabinet", days=[JULY, SEPTEMBER, NOVEMBER]) == 1
    assert enter_meetings(actor=office, body="audit-committee", days=[JULY]) == 1
    assert listed(office, "cabinet") == [("Cabinet", day, "") for day in (JULY, SEPTEMBER, NOVEMBER)]
    assert len(listed(office)) == 4


def test_a_cancelled_meeting_stays_with_its_reason_until_it_is_held_after_all(office: Actor) -> None:
    enter_meetings(actor=office, body="cabinet", days=[JULY])
    (meeting,) = held(office)
    cancel_meeting(actor=office, meeting=meeting.id, reason="No business")
    assert listed(office) == [("Cabinet", JULY, "No business")]
    with pytest.raises(InvalidEdit, match="No business"):
        cancel_meeting(actor=office, meeting=meeting.id, reason="Again")
    assert enter_meetings(actor=office, body="cabinet", days=[JULY]) == 1
    assert listed(office) == [("Cabinet", JULY, "")]


def test_what_cannot_be_is_refused(office: Actor) -> None:
    with pytest.raises(NotFound, match="board"):
        enter_meetings(actor=office, body="board", days=[JULY])
    with pytest.raises(InvalidEdit, match="1 to 400 days"):
        enter_meetings(actor=office, body="cabinet", days=[])
    enter_meetings(actor=office, body="cabinet", days=[JULY])
    (meeting,) = held(office)
    with pytest.raises(InvalidEdit, match="reason"):
        cancel_meeting(actor=office, meeting=meeting.id, reason=" ")
    for role in set(Role) - {Role.PMO}:
        with pytest.raises(NotAllowed):
            enter_meetings(actor=replace(office, role=role), body="cabinet", days=[NOVEMBER])
        with pytest.raises(NotAllowed):
            cancel_meeting(actor=replace(office, role=role), meeting=meeting.id, reason="No")


def test_the_next_of_each_body_with_the_last_one_held_before(office: Actor) -> None:
    enter_meetings(actor=office, body="cabinet", days=[JULY, SEPTEMBER, NOVEMBER])
    enter_meetings(actor=office, body="audit-committee", days=[date(2023, 9, 5)])
    cancelled = next(each for each in held(office) if each.held_on == SEPTEMBER)
    cancel_meeting(actor=office, meeting=cancelled.id, reason="Election")
    found = ahead(held(office), date(2023, 8, 1))
    assert [(each.sitting.name, each.sitting.held_on, each.last) for each in found] == [
        ("Audit Committee", date(2023, 9, 5), None),
        ("Cabinet", NOVEMBER, JULY),
    ]
    today = ahead(held(office), NOVEMBER)
    assert [each.sitting.held_on for each in today] == [NOVEMBER], "a meeting of today is still to come"
