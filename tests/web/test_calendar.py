"""The page of the calendar and its file: today marked, by day and by meeting, elections typed, for readers alone."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from icalendar import Calendar
from plugins.database import TestDatabase
from support.cycle import group
from support.records import ADOPTED, new_council
from support.web_council import person

from goldenthread.plan import model
from goldenthread.record.models import Role
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.plans import load_plan

SEEN = "?as-at=2023-03-01"


@pytest.fixture
def client(council_db: TestDatabase) -> Client:
    officer = new_council("Northbury")
    plan = model.Plan(key="p", council=model.Council(name="Northbury"), title="Northbury plan")
    load_plan(actor=officer, plan=plan, effective_on=ADOPTED, reason="Approved", slug="plan")
    for name, day in (("Cabinet", date(2023, 4, 19)), ("Audit Committee", date(2023, 4, 20))):
        group(officer, name)
        enter_meetings(actor=officer, body=name.lower().replace(" ", "-"), days=[day])
    client = Client()
    client.force_login(person(officer.council, Role.MEMBER))
    return client


def text(client: Client, path: str) -> str:
    response = client.get(f"/plans/plan/{path}")
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_by_day_with_today_marked_and_by_meeting_with_every_step(client: Client) -> None:
    by_day = text(client, f"calendar/{SEEN}")
    assert "Wednesday 1 March 2023 The day shown" in by_day
    assert re.search(r"\d{4} Today ", text(client, "calendar/")), "without a chosen day, today is marked"
    assert "Tuesday 11 April 2023 Agenda and report published: Cabinet on 19 April 2023" in by_day
    assert "no later meeting of Cabinet is entered" in by_day
    row = text(client, f"calendar/{SEEN}&by=meeting")
    days = "28 February 2023 7 March 2023 30 March 2023 6 April 2023 11 April 2023 21 March 2023"
    assert f"Cabinet, 19 April 2023 The next meeting {days}" in row


def test_elections_are_the_usual_ones_those_typed_or_none(client: Client) -> None:
    warned = "falls? in the pre-election period"
    assert "27 March 2023 to 4 May 2023" in text(client, f"calendar/{SEEN}")
    assert not re.search(warned, text(client, f"calendar/{SEEN}&election=none"))
    typed = text(client, f"calendar/{SEEN}&from=15+April+2023&polling=25+May+2023")
    assert "the meeting falls in the pre-election period, 15 April 2023 to 25 May 2023" in typed
    assert "Enter both days" in text(client, f"calendar/{SEEN}&from=15+April+2023")
    assert "must not be before" in text(client, f"calendar/{SEEN}&from=15+May+2023&polling=1+May+2023")


def test_a_cut_off_that_cannot_be_met_is_said_with_its_days(client: Client) -> None:
    said = text(client, f"calendar/{SEEN}&cut-off=31+March+2023")
    # draft by 18 April (bank holidays 7 and 10 April), needed on 30 March: 31, 3-6, 11-14, 17, 18
    assert "Cabinet on 19 April 2023 cannot be met with a cut-off of 31 March 2023" in said
    assert "11 working days too late" in said
    assert "Enter the cut-off as one day" in text(client, f"calendar/{SEEN}&cut-off=spring")


def test_the_file_is_for_those_signed_in_and_holds_the_same_days(client: Client) -> None:
    response = client.get(f"/plans/plan/calendar.ics{SEEN}")
    assert response["Content-Type"].startswith("text/calendar")
    events = {str(e["SUMMARY"]): e["DTSTART"].dt for e in Calendar.from_ical(response.content).walk("VEVENT")}
    assert events["Cleared: Cabinet on 19 April 2023"] == date(2023, 4, 6)
    assert Client().get(f"/plans/plan/calendar.ics{SEEN}").status_code in {302, 403}
