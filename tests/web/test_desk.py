"""The challenge desk in the browser: this update beside the last, its lists, accepting at once, asking, rating."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council, promised
from support.web_council import person

from goldenthread.plan import model
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.status import Status
from goldenthread.plan.updates import EvidenceOffer, TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import PeriodState, PlanRecord, ReportingPeriod, Role, User
from goldenthread.record.scope import writing
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

JULY, TODAY = date(2022, 7, 31), date(2022, 8, 5)
BASE = "/plans/improvement-plan/"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    """A council in the challenge of July: A1 was reported on in June and again, unchanged; A3 for the first time."""
    officer = new_council()
    load_small_plan(officer)
    with writing(officer, "July is challenged"):
        ReportingPeriod.objects.create(
            council_id=officer.council,
            plan=PlanRecord.objects.get(),
            starts_on=date(2022, 7, 1),
            ends_on=JULY,
            due_on=TODAY,
            state=PeriodState.CHALLENGE,
        )
    said = TypedUpdate(status=Status.IN_PROGRESS, rating=Rating.GREEN, why="The drafting began")
    report(officer, {"A1": said}, date(2022, 6, 30))
    report(officer, {"A1": TypedUpdate(no_change=True)}, JULY)
    shown = EvidenceOffer(url="https://example.org/advert", shows="The advertisement")
    late = TypedUpdate(status=Status.IN_PROGRESS, rating=Rating.RED, why="No accountant", evidence=shown)
    report(officer, {"A3": late}, JULY)
    return officer


def report(officer: Actor, said: dict[str, TypedUpdate], on: date, plan: str = "improvement-plan") -> None:
    ids = {action.ref: action.id for action in snapshot(council=officer.council, plan=plan).actions()}
    submit_updates(
        actor=officer,
        plan=plan,
        updates={ids[ref]: typed for ref, typed in said.items()},  # type: ignore[misc]  # all are on the record
        as_at=on,
        seen_revision=head_number(officer.council),
        door=Door.PAGE,
    )


def browser_of(council: UUID, role: Role) -> Client:
    client = Client()
    client.force_login(person(council, role))
    return client


def words(content: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def main_of(client: Client, path: str) -> str:
    response = client.get(BASE + path)
    assert response.status_code == 200
    return words(response.content.partition(b"<main")[2])


def lists(client: Client) -> dict[str, int]:
    """How many promises are in each list of the desk."""
    found = re.findall(r">([\w ,]+) \((\d+)\)</(?:a|strong)>", client.get(f"{BASE}desk/").content.decode())
    return {name: int(number) for name, number in found}


@override_settings(DEMO_TODAY=TODAY)
def test_updates_are_seen_beside_the_last_and_the_unchanged_accepted_at_once(officer: Actor) -> None:
    assurer = browser_of(officer.council, Role.ASSURER)
    assert lists(assurer) == {
        "To look at": 2,
        "To look at, unchanged": 1,
        "A rating disagrees with the rule": 1,
        "Asked back": 0,
        "No update yet": 2,
        "Settled": 0,
        "All": 4,
    }
    page = main_of(assurer, "desk/")
    assert "Updates for the period to 31 July 2022, which is being challenged." in page
    assert page.count("The drafting began") == 2, "this time and last time"
    assert "No accountant" in page
    assert page.count("Evidence: 1") == 1
    assert page.count("Evidence: none") == 1
    assert "late by up to 31 days (one month)" in page
    assert "Last confirmed 5 days ago" in page
    assert "A3 Close the accounts" in main_of(assurer, "desk/?show=disagreeing")

    content = assurer.get(f"{BASE}desk/").content.decode()
    ticked = re.findall(r'name="accept" value="([^"]+)" checked', content)
    assert len(ticked) == 1, "only what is unchanged is ticked already"
    assert assurer.post(f"{BASE}desk/", {"accept": ticked}).status_code == 302
    assert lists(assurer)["To look at"] == 1
    assert lists(assurer)["Settled"] == 1
    empty = assurer.post(f"{BASE}desk/", {})
    assert empty.status_code == 400
    assert "Tick the updates to accept." in words(empty.content)


@override_settings(DEMO_TODAY=TODAY)
def test_one_update_is_asked_about_answered_and_rated_and_nothing_typed_is_lost(officer: Actor) -> None:
    assurer, office = browser_of(officer.council, Role.ASSURER), browser_of(officer.council, Role.PMO)
    address = f"{BASE}desk/A3/"
    failed = assurer.post(address, {"do": "rate", "why": "There are no accounts yet"})
    assert failed.status_code == 400
    assert "Choose a rating." in words(failed.content)
    assert "There are no accounts yet" in words(failed.content), "what was typed is still there"
    assert assurer.post(address, {"do": "ask", "question": "Who is acting?"}).status_code == 302
    assert lists(assurer)["Asked back"] == 1

    content = office.get(address).content.decode()
    (asked,) = re.findall(r'name="challenge" value="([^"]+)"', content)
    answered = office.post(address, {"do": "answer", "challenge": asked, "answer": "The deputy"})
    assert answered.status_code == 302
    assert "Answered, to look at" in main_of(assurer, "desk/")
    rated = {"do": "rate", "rating": "amber", "why": "A deputy is in post"}
    assert assurer.post(address, rated).status_code == 302
    action = main_of(assurer, "actions/A3/")
    for judgement in (
        "Status In progress",
        "The lead’s rating Red Programme office, as at 31 July 2022: No accountant",
        "The rule’s rating Green Its approved date, 2022-12 (to 31 December 2022), has not passed.",
        "The assurer’s rating Amber Assurer, 31 July 2022: A deputy is in post",
        "chance of being done by its approved date (31 December 2022). As likely as not done by ",
        "Who is acting? Assurer, 5 August 2022 Answer: The deputy Programme office, 5 August 2022",
    ):
        assert judgement in action


@override_settings(DEMO_TODAY=TODAY)
def test_who_entered_an_update_cannot_accept_it(officer: Actor) -> None:
    office = browser_of(officer.council, Role.PMO)
    mine = Actor(
        council=officer.council,
        role=Role.PMO,
        name="office",
        user=UUID(office.session["_auth_user_id"]),
    )
    report(mine, {"A2": TypedUpdate(why="Courses booked")}, JULY)
    page = main_of(office, "desk/")
    assert "You entered this, so somebody else has to challenge it." in page
    assert "You entered the last update yourself" in main_of(office, "desk/A2/")
    item = next(
        a.id for a in snapshot(council=officer.council, plan="improvement-plan").actions() if a.ref == "A2"
    )
    refused = office.post(f"{BASE}desk/", {"accept": [f"{item}:{head_number(officer.council)}"]})
    assert refused.status_code == 400
    assert "You entered this update yourself." in words(refused.content)


@override_settings(DEMO_TODAY=TODAY)
def test_a_longer_desk_costs_no_more_queries(council_db: TestDatabase) -> None:
    counted = {}
    for size in (3, 60):
        officer = new_council(f"Borough of {size}")
        actions = tuple(
            model.Action(
                key=f"a{n}", title=f"Count to {n}", dates=promised("2022-12"), status=Status.IN_PROGRESS
            )
            for n in range(size)
        )
        theme = model.Theme(key="t", number=1, name="Numbers", actions=actions)
        plan = model.Plan(key="p", council=model.Council(name="Borough"), title="Plan", themes=(theme,))
        load_plan(actor=officer, plan=plan, effective_on=ADOPTED, reason="Approved", slug="improvement-plan")
        said = {f"A{n + 1}": TypedUpdate(rating=Rating.RED) for n in range(size)}
        report(officer, said, date(2022, 8, 1))
        client = Client()
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=officer.council, role=Role.PMO)
        client.force_login(user)
        for path in (
            "desk/",
            "desk/A1/",
            "ratings/",
            "ratings/explain/?from=30+June+2022&to=5+August+2022",
            "trends/",
        ):
            client.get(BASE + path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(BASE + path).status_code == 200
            counted.setdefault(path, []).append(len(queries))
    assert {path: numbers for path, numbers in counted.items() if len(set(numbers)) != 1} == {}
