"""Cycle planner: from committee dates to every day before them, and the comments that come too late for Cabinet.

The days of September 2022 follow what Sandwell's minutes show: scrutiny on 22 September, then Cabinet, then the audit
committee on the 29th, whose comments were "reported back to a future Cabinet". The minutes do not give us the day of
Cabinet; the 28th, and 7 December for the one after it, stand in.
"""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar
from plugins.database import TestDatabase
from support.cycle import group
from support.records import new_council

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.deadlines import calendar_of
from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.scope import council_scope
from goldenthread.record.services.meetings import cancel_meeting, enter_meetings
from goldenthread.reporting.calendar import ReportingCalendar, Step
from goldenthread.reporting.calendar.feed import calendar_feed

SCRUTINY, CABINET, AUDIT = (
    "Budget and Corporate Scrutiny Management Board",
    "Cabinet",
    "Audit and Risk Committee",
)


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    actor = new_council()
    days = {
        SCRUTINY: [date(2022, 9, 22)],
        CABINET: [date(2022, 9, 28), date(2022, 12, 7)],
        AUDIT: [date(2022, 9, 29)],
    }
    for name, held in days.items():
        group(actor, name)
        enter_meetings(actor=actor, body=name.lower().replace(" ", "-"), days=held)
    return actor


def calendar(actor: Actor, on: date = date(2022, 8, 1)) -> ReportingCalendar:
    with council_scope(actor.council):
        return calendar_of(actor.council, on=on)


def test_all_bodies_take_the_same_cut_off_and_each_has_its_days(office: Actor) -> None:
    plans = {plan.meeting.body: plan for plan in reversed(calendar(office).plans)}
    assert {plan.day(Step.CUT_OFF) for plan in plans.values()} == {date(2022, 7, 31)}
    published = {body: plan.day(Step.PUBLISHED) for body, plan in plans.items()}
    assert published == {SCRUTINY: date(2022, 9, 13), CABINET: date(2022, 9, 20), AUDIT: date(2022, 9, 21)}


def test_audit_after_cabinet_is_warned_of_and_its_comments_are_booked_for_the_next_cabinet(
    office: Actor,
) -> None:
    said = [warning.text for warning in calendar(office).warnings]
    (audit,) = (text for text in said if AUDIT in text and "comes after" in text)
    assert "29 September 2022" in audit
    assert "28 September 2022" in audit
    assert "7 December 2022" in audit, "the Cabinet to which its comments are carried is named"
    (scrutiny,) = (text for text in said if SCRUTINY in text and "22 September 2022" in text)
    assert "20 September 2022" in scrutiny, "scrutiny meets before Cabinet, but after its agenda is out"
    booked = [each for each in calendar(office).days if each.step is Step.COMMENTS]
    assert [(each.day, AUDIT in each.words) for each in booked if AUDIT in each.words] == [
        (date(2022, 12, 7), True)
    ]


def test_without_a_next_cabinet_the_comments_have_nowhere_to_go(office: Actor) -> None:
    with council_scope(office.council):
        december = next(each for each in meetings_of("cabinet") if each.held_on.month == 12)
    cancel_meeting(actor=office, meeting=december.id, reason="No business")
    (audit,) = (
        each.text for each in calendar(office).warnings if AUDIT in each.text and "comes after" in each.text
    )
    assert "no later meeting of Cabinet is entered" in audit


def test_the_feed_has_every_day_once_and_keeps_its_identifiers_when_days_move(office: Actor) -> None:
    first = calendar_feed(calendar(office), name="Northbury")
    assert first == calendar_feed(calendar(office), name="Northbury"), "the same days give the same bytes"
    events = Calendar.from_ical(first).walk("VEVENT")
    uids = [str(event["UID"]) for event in events]
    assert len(uids) == len(set(uids)) == len(calendar(office).days)
    later = Calendar.from_ical(calendar_feed(calendar(office, date(2022, 9, 1)), name="Northbury"))
    kept = {str(event["UID"]) for event in later.walk("VEVENT")}
    assert len(kept & set(uids)) > 15, "asked on another day, an event is the same event"
    dates = {event["DTSTART"].dt for event in events if "Cabinet" in event["SUMMARY"]}
    assert date(2022, 9, 28) in dates


def test_a_cancelled_meeting_is_cancelled_in_the_feed(office: Actor) -> None:
    with council_scope(office.council):
        december = next(each for each in meetings_of("cabinet") if each.held_on.month == 12)
    cancel_meeting(actor=office, meeting=december.id, reason="No business")
    events = Calendar.from_ical(calendar_feed(calendar(office), name="Northbury")).walk("VEVENT")
    (gone,) = (event for event in events if event.get("STATUS") == "CANCELLED")
    assert gone["DTSTART"].dt == date(2022, 12, 7)
    assert str(december.id) in gone["UID"]
