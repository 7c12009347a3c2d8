"""Comments of bodies on pages: entered by the programme office at a meeting that is entered, answered, seen by all."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury
from support.report_rows import hold_report
from support.web_council import person

from goldenthread.record.comments import comments_of
from goldenthread.record.models import Role
from goldenthread.record.models.reports import ReportState
from goldenthread.record.services.meetings import enter_meetings

JULY, SCRUTINY = date(2022, 7, 31), "scrutiny-committee:2022-11-24"
TYPED = {"meeting": SCRUTINY, "text": "Ask residents before the depot moves.", "kind": "recommends"}


@pytest.fixture
def council(council_db: TestDatabase) -> RecordedNorthbury:
    return RecordedNorthbury()


def signed_in(council: RecordedNorthbury, role: Role = Role.PMO) -> Client:
    client = Client()
    client.force_login(person(council.officer.council, role))
    return client


def words(html: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.decode())).split())


def test_from_what_was_said_to_the_response_on_pages(council: RecordedNorthbury) -> None:
    number = hold_report(council.officer, PLAN, JULY)
    client, base = signed_in(council), f"/plans/{PLAN}"
    assert f"/report/{number}/comments/" in client.get(f"{base}/comments/").content.decode()
    sent = [client.post(f"{base}/report/{number}/comments/", TYPED, follow=True) for _ in range(2)]
    assert "Report 1 for Cabinet, as at 31 July 2022" in words(sent[0].content)
    (held,) = comments_of(council.officer.council, PLAN)
    listed = words(client.get(f"{base}/comments/?as-at=2022-11-30").content)
    assert "1 comment recorded. 1 waits for a response." in listed
    assert (
        "Scrutiny Committee, 24 November 2022 None yet Waits A response is due by 23 January 2023" in listed
    )
    late = words(client.get(f"{base}/comments/?as-at=2023-01-24").content)
    assert "1 recommendation past the two months." in late
    assert "Late A response was due by 23 January 2023" in late
    before = words(client.get(f"{base}/comments/?as-at=2022-11-23").content)
    assert "No comment of a body has been recorded." in before

    page = client.get(f"{base}/comments/{held.id}/").content.decode()
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    typed = {
        "response": "They will be asked.",
        "by": "Director of Place",
        "on": "9 January 2023",
        "seen": found[1],
    }
    client.post(f"{base}/comments/{held.id}/", typed)
    told = words(client.get(f"{base}/comments/").content)
    assert "They will be asked. Answered Director of Place on 9 January 2023" in told

    stale = client.post(f"{base}/comments/{held.id}/", {**typed, "response": "They will not be asked."})
    assert stale.status_code == 400
    assert "They will be asked." in words(stale.content)
    assert "They will not be asked.</textarea>" in stale.content.decode(), "nothing that was typed is lost"

    client.post(f"{base}/comments/{held.id}/withdraw/", {"reason": "Said of another report"})
    assert "Taken back Said of another report" in words(client.get(f"{base}/comments/").content)


def test_meetings_are_offered_from_the_cut_off_on_that_were_held(council: RecordedNorthbury) -> None:
    enter_meetings(
        actor=council.officer, body="scrutiny-committee", days=[date(2022, 7, 30), date(2022, 12, 1)]
    )
    enter_meetings(actor=council.officer, body="cabinet", days=[date(2199, 1, 1)])
    number = hold_report(council.officer, PLAN, JULY)
    client = signed_in(council)
    page = client.get(f"/plans/{PLAN}/report/{number}/comments/").content.decode()
    offered = re.findall(r'value="([a-z-]+:\d{4}-\d\d-\d\d)"', page)
    assert offered == [
        "scrutiny-committee:2022-12-01",
        SCRUTINY,
        "audit-committee:2022-11-22",
        "cabinet:2022-11-16",
    ]
    assert (
        client.post(f"/plans/{PLAN}/report/{number}/comments/", {**TYPED, "meeting": "x"}).status_code == 400
    )


def test_readers_see_them_and_enter_none(council: RecordedNorthbury) -> None:
    number = hold_report(council.officer, PLAN, JULY)
    draft = hold_report(council.officer, PLAN, CUT_OFF, state=ReportState.DRAFT)
    client, member = signed_in(council), signed_in(council, Role.MEMBER)
    client.post(f"/plans/{PLAN}/report/{number}/comments/", TYPED)
    (held,) = comments_of(council.officer.council, PLAN)
    page = member.get(f"/plans/{PLAN}/comments/")
    assert "Ask residents before the depot moves." in words(page.content)
    assert "Respond" not in words(page.content)
    on_it = member.get(f"/plans/{PLAN}/report/{number}/")
    assert "What bodies said of it" in words(on_it.content)
    assert "Ask residents before the depot moves." in words(on_it.content)
    for path in (f"report/{number}/comments/", f"comments/{held.id}/", f"comments/{held.id}/withdraw/"):
        assert member.get(f"/plans/{PLAN}/{path}").status_code == 403
    assert client.get(f"/plans/{PLAN}/report/{draft}/comments/").status_code == 404
    assert client.get(f"/plans/{PLAN}/report/9/comments/").status_code == 404


def test_the_morning_chases_what_waits_for_a_response(council: RecordedNorthbury) -> None:
    number = hold_report(council.officer, PLAN, JULY)
    client = signed_in(council)
    client.post(f"/plans/{PLAN}/report/{number}/comments/", TYPED)
    told = words(client.get(f"/plans/{PLAN}/morning/").content)
    assert "1 comment of a body without a response" in told
    assert "1 recommendation past the two months" in told


def test_the_calendar_leads_to_what_is_carried(council: RecordedNorthbury) -> None:
    """Audit on 22 November takes the report of the Cabinet of 16 November."""
    told = signed_in(council).get(f"/plans/{PLAN}/calendar/?as-at=2022-11-01").content.decode()
    assert "Audit Committee on 22 November 2022 comes after Cabinet on 16 November 2022" in words(
        told.encode()
    )
    assert f'href="/plans/{PLAN}/comments/?as-at=2022-11-01"' in told
