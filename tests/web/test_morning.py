"""The programme office's morning: what happened, what surprises, what the next meeting asks, what is missing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.cycle import group
from support.records import new_council
from support.web_council import person

from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.proposals import NewDate
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Membership, Role
from goldenthread.record.services.change_control import propose_change
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.periods import open_period
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot
from goldenthread.web.clock import civil_today

LEAD = "Director of Roads"


def day(days: int) -> date:
    return civil_today() + timedelta(days=days)


def action(key: str, due: int, lead: str = LEAD) -> model.Action:
    on = PlanDate.on(day(due))
    dates = model.Dates(original=on, approved=on)
    return model.Action(key=key, title=f"Mend {key}", leads=(lead,), dates=dates, status=Status.IN_PROGRESS)


def northbury() -> Actor:
    """Seven actions late, one due before Cabinet meets, one whose date moved while rated green, one done."""
    officer = new_council("Northbury")
    actions = (
        *(action(f"late {n}", due=-20 - n) for n in range(7)),
        action("soon", due=5),
        action("moving", due=60),
        action("ready", due=90),
    )
    plan = model.Plan(
        key="p",
        council=model.Council(name="Northbury"),
        title="Northbury plan",
        themes=(model.Theme(key="t", number=1, name="Streets", actions=actions),),
    )
    load_plan(actor=officer, plan=plan, effective_on=day(-120), reason="Approved", slug="plan")
    ids = {each.key: each.id for each in snapshot(council=officer.council, plan="plan").actions()}
    said = {
        "moving": TypedUpdate(forecast=PlanDate.on(day(90)), rating=Rating.GREEN),
        "ready": TypedUpdate(status=Status.COMPLETE, actual=PlanDate.on(day(-4))),
        "late 0": TypedUpdate(rating=Rating.GREEN, next_step="Lay the last stones"),
    }
    submit_updates(
        actor=officer,
        plan="plan",
        updates={ids[key]: typed for key, typed in said.items()},  # type: ignore[misc]  # all are on the record
        as_at=day(-3),
        seen_revision=head_number(officer.council),
        door=Door.PAGE,
    )
    for body in ("Cabinet", "Leadership Team"):
        group(officer, body)
    enter_meetings(actor=officer, body="cabinet", days=[day(-30), day(7)])
    enter_meetings(actor=officer, body="leadership-team", days=[day(9)])
    change = NewDate(item="soon", date=PlanDate.on(day(40)))
    propose_change(actor=officer, plan="plan", change=change, reason="Frost", proposed_on=day(-1))
    open_period(actor=officer, plan="plan", day=day(-35))
    return officer


class Office:
    """Somebody of the programme office, looking."""

    def __init__(self, council: Actor) -> None:
        self.client = Client()
        self.client.force_login(person(council.council, Role.PMO))

    def html(self, path: str = "morning/") -> str:
        response = self.client.get(f"/plans/plan/{path}")
        assert response.status_code == 200
        return str(response.content.decode())

    def text(self, path: str = "morning/") -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html(path))).split())


@pytest.fixture
def office(council_db: TestDatabase) -> Office:
    return Office(northbury())


def words(day_: date) -> str:
    return f"{day_.day} {day_:%B} {day_.year}"


def test_it_says_what_happened_what_surprises_what_is_asked_and_what_is_missing(office: Office) -> None:
    page = office.text()
    for said in (
        f"Since the end of {words(day(-1))}",
        "3 updates",
        "1 change request",
        f"What Cabinet will ask on {words(day(7))}, in 7 days",
        "1 request waits for Cabinet to decide.",
        "7 actions and milestones past the approved date and open.",
        f"1 action or milestone open and due by {words(day(7))}.",
        f"1 date moved later since the meeting of {words(day(-30))}.",
        f"Expected date from {words(day(60))} to {words(day(90))}, 30 days later",
        "1 action or milestone said to be complete since",
        f"{day(-35):%B %Y} is over and not closed",
        "2 leads’ ratings of the last 35 days do not go with the forecast.",
        "Mend late 0 Rated green by its lead; the chance of its approved date is 0 in 100.",
    ):
        assert said in page, said


def test_a_section_shows_five_and_leads_to_the_rest(office: Office) -> None:
    page = office.html()
    late = page.partition('id="late"')[2].partition("</section>")[0]
    assert late.count("<li>") == 5
    (more,) = re.findall(r'href="([^"]*show=late[^"]*)"', late)
    assert "And 2 more" in late
    everything = office.text("morning/?show=kinds")
    assert "3 meetings" in everything
    assert re.search(r"\d+ other entr(y|ies)", everything), "nothing that was written is left out"
    whole = office.client.get(unescape(more)).content.decode().partition("<main")[2]
    assert len(re.findall(r"Mend late \d", whole)) == 7


def test_findings_that_a_day_brought_are_new_since_the_day_before_it(office: Office) -> None:
    since = words(day(-22))
    page = office.text(f"morning/?since={since}")
    (count,) = re.findall(rf"(\d+) new findings? since the end of {since}", page)
    assert int(count) >= 2, "two became late since"
    assert "No new finding" in office.text(f"morning/?since={words(day(0))}").partition("What Cabinet")[0]
    assert f"Nothing has changed since the end of {words(day(0))}" in office.text(
        f"morning/?since={words(day(0))}"
    )


def test_any_body_with_a_meeting_can_be_asked_about(office: Office) -> None:
    page = office.text("morning/?body=leadership-team")
    assert f"What Leadership Team will ask on {words(day(9))}" in page
    assert "No request waits for Leadership Team to decide." in page
    assert "since the plan began" in page
    assert office.client.get("/plans/plan/morning/?body=council").status_code == 404


def test_a_day_that_is_none_is_refused_in_words(office: Office) -> None:
    for typed in ("lately", words(day(2))):
        response = office.client.get("/plans/plan/morning/", {"since": typed})
        assert response.status_code == 400
        assert "There is a problem" in response.content.decode()


def test_the_office_finds_it_on_the_first_page_and_others_do_not(office: Office) -> None:
    home = office.html("")
    assert home.index("/plans/plan/morning/") < home.index("Open questions")
    assert office.html("reporting/").count('href="/plans/plan/morning/"') == 1
    council = Membership.objects.get(role=Role.PMO).council_id
    member = Client()
    member.force_login(person(council, Role.MEMBER))
    assert "/plans/plan/morning/" not in member.get("/plans/plan/").content.decode()
    assert member.get("/plans/plan/morning/").status_code == 403


def still_to_come(office: Office) -> int:
    """What the page of meetings counts."""
    found = re.search(r"(\d+) meetings? (?:is|are) still to come", office.text("meetings/"))
    return int(found[1]) if found else 0


def test_meeting_days_are_pasted_and_one_is_cancelled_with_a_reason(office: Office) -> None:
    typed = {"body": "leadership-team", "days": "Monday 6 May 2030\n3 June 2030", "title": ""}
    assert office.client.post("/plans/plan/meetings/enter/", typed).status_code == 302
    page = office.html("meetings/")
    assert "6 May 2030" in page
    assert "3 June 2030" in page
    (cancel,) = re.findall(r'href="([^"]*)">Cancel<span[^>]*> Leadership Team on 3 June 2030', page)
    before = still_to_come(office)
    office.client.post(cancel, {"reason": "Election"})
    assert "Cancelled: Election" in office.text("meetings/")
    assert still_to_come(office) == before - 1, "a cancelled meeting is not to come"
    assert "6 May 2030" in office.text("bodies/leadership-team/")
    wrong = office.client.post("/plans/plan/meetings/enter/", {**typed, "days": "next week"})
    assert wrong.status_code == 400
    assert "“next week”" in wrong.content.decode()
