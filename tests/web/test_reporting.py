"""The pages of the reporting cycle: a month from opening to closing, and how long ago promises were confirmed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, MONITORING, PLAN, answer, appoint, item, post, staffed_council
from support.web_council import Example, person

from goldenthread.plan.judgements import Door
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.settings import CycleSettings, Frequency, settings_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import OutgoingMail, PeriodState, ReportingPeriod, Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.asking import ask_for_updates
from goldenthread.record.services.challenges import ask_back
from goldenthread.record.services.periods import open_period
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

BASE = f"/plans/{PLAN}/reporting/"
JUNE = f"{BASE}2022/6/"


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    return staffed_council()


@pytest.fixture
def pmo(office: Actor) -> Client:
    client = Client()
    client.force_login(person(office.council, Role.PMO))
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def press(client: Client, address: str, **typed: str) -> str:
    response = client.post(address, typed, follow=True)
    assert response.status_code in {200, 409}
    return " ".join(response.content.decode().split())


def test_a_month_from_opening_to_closing_and_opening_again(office: Actor, pmo: Client) -> None:
    assert "No month is open yet" in text(pmo, BASE)
    open_period(actor=office, plan=PLAN, day=date(2022, 6, 15))
    assert "June 2022" in text(pmo, BASE)

    shown = text(pmo, JUNE)
    assert "0 of 5 promises that are due a report have one" in shown
    assert "Owes 2 of 2" in shown
    assert "The group has not said which post answers for it" in shown
    assert "No lead is named" in shown

    assert "2 posts asked." in press(pmo, JUNE, do="ask")
    assert "Everybody who owes something was asked already" in press(pmo, JUNE, do="ask")
    written = press(pmo, JUNE, do="chase")
    assert "4 reminders written." in written, "years overdue: both of the programme office, of either post"
    assert "had a mail today" in press(pmo, JUNE, do="chase")
    assert "being challenged" in press(pmo, JUNE, do="challenge")
    assert "The month is closed as it was known at change" in press(pmo, JUNE, do="close")
    assert "Closed" in text(pmo, BASE)

    assert "Say why" in press(pmo, JUNE, do="reopen", reason=" ")
    shown = press(pmo, JUNE, do="reopen", reason="Finance was late")
    assert "The month is open again" in shown
    assert "frozen at change" in shown, "what was frozen stays in the history"
    assert "“Finance was late”" in shown
    with council_scope(office.council):
        assert ReportingPeriod.objects.get().state == PeriodState.OPEN


def test_what_is_not_finished_is_said_before_the_month_is_closed(office: Actor, pmo: Client) -> None:
    open_period(actor=office, plan=PLAN, day=date(2022, 6, 15))
    shown = text(pmo, JUNE)
    for nothing in ("No promises that several", "No questions of the challenge desk", "No updates that the"):
        assert nothing in shown

    seen = head_number(office.council)
    answer(office, "a-1")
    submit_updates(
        actor=office,
        plan=PLAN,
        updates={item(office, "a-1"): TypedUpdate(why="Another voice")},
        as_at=CUT_OFF,
        seen_revision=seen,
        door=Door.WORKBOOK,
    )
    answer(office, "a-2", "m-1")
    assurer = Actor(council=office.council, role=Role.ASSURER, name="An assurer")
    ask_back(actor=assurer, plan=PLAN, item=item(office, "a-2"), question="Who closes them?", on=CUT_OFF)
    shown = text(pmo, JUNE)
    assert "1 promise that several people reported differently" in shown
    assert "1 question of the challenge desk without an answer" in shown
    assert "2 updates that the challenge desk has still to look at" in shown
    press(pmo, JUNE, do="close")
    assert "Before the month is closed" not in text(pmo, JUNE)

    open_period(actor=office, plan=PLAN, day=date(2022, 7, 15))
    assert "No updates that the" in text(pmo, f"{BASE}2022/7/"), "those of June belong to June"


def test_others_see_the_month_and_press_nothing(office: Actor) -> None:
    open_period(actor=office, plan=PLAN, day=date(2022, 6, 15))
    client = Client()
    client.force_login(person(office.council, Role.MEMBER))
    assert "Ask for updates" not in text(client, JUNE)
    assert client.post(JUNE, {"do": "ask"}).status_code == 403
    assert client.post(BASE).status_code == 403
    assert client.get(f"{BASE}outbox/").status_code == 403
    assert client.get(f"{BASE}settings/").status_code == 403
    assert client.get(f"{BASE}2022/5/").status_code == 404


def test_the_outbox_shows_mails_and_outside_the_example_no_link(office: Actor, pmo: Client) -> None:
    period = open_period(actor=office, plan=PLAN, day=date(2022, 6, 15))
    ask_for_updates(actor=office, period=period.id, today=date(2022, 6, 30))
    shown = text(pmo, f"{BASE}outbox/")
    assert "To Mo (mo@example.org), 30 June 2022." in shown
    assert "Waiting" in shown
    assert "/answer/" not in shown


def test_the_outbox_of_the_example_leads_where_a_lead_would_go(example: Example) -> None:
    officer = Actor(council=example.council, role=Role.PMO, name="test")
    held = open_period(actor=officer, plan=example.slug, day=date(2022, 6, 15))
    assert ask_for_updates(actor=officer, period=held.id, today=date(2022, 6, 7))
    client = Client()
    with council_scope(example.council):
        assert OutgoingMail.objects.filter(sent_at=None).exists()
    client.force_login(person(example.council, Role.ADMINISTRATOR))
    assert client.get(f"/plans/{example.slug}/reporting/outbox/").status_code == 403
    from goldenthread.record.models import User

    client.force_login(User.objects.get(email="pmo@example.org"))
    shown = text(client, f"/plans/{example.slug}/reporting/outbox/")
    assert "The example sends no mail" in shown
    assert 'href="http://testserver/answer/' in shown


def test_the_settings_are_saved_with_a_reason_or_refused_by_name(office: Actor, pmo: Client) -> None:
    address = f"{BASE}settings/"
    assert "How often leads are asked" in text(pmo, address)
    typed = {
        "automatic": "no", "frequency": "quarter", "year_starts": "7", "answer_working_days": "6",
        "remind_every_days": "4", "escalate_after_days": "8", "close_after_days": "", "link_days": "20",
        "fresh_days": "30", "stale_days": "60", "embedded_after_months": "4", "approver_1": "Directors",
        "approver_2": "Cabinet", "approver_3": "Council", "reason": "As Cabinet decided",
    }  # fmt: skip
    assert "enter a whole number from 1 to 60" in press(pmo, address, **{**typed, "remind_every_days": "0"})
    assert "shorter than the target" in press(pmo, address, **{**typed, "stale_days": "20"})
    assert "Fill in “Reason”" in press(pmo, address, **{**typed, "reason": ""})
    assert "The settings are recorded" in press(pmo, address, **typed)
    with council_scope(office.council):
        held = settings_of(office.council)
    assert (held.automatic, held.frequency, held.year_starts) == (False, Frequency.QUARTER, 7)
    assert (held.stale_days, held.close_after_days, held.approver(1)) == (60, None, "Directors")


def test_every_list_says_how_long_ago_a_promise_was_confirmed(office: Actor, pmo: Client) -> None:
    """Of the day that a page is seen as at, against the council's own intervals."""
    plan = snapshot(council=office.council, plan=PLAN)
    first = next(plan.actions())
    submit_updates(
        actor=office,
        plan=PLAN,
        updates={first.id: TypedUpdate(no_change=True)},  # type: ignore[dict-item]
        as_at=date(2022, 6, 30),
        seen_revision=head_number(office.council),
        door=Door.PAGE,
    )
    seen = "?as-at=2022-08-16"
    said = "Last confirmed 47 days ago – later than the 35 days agreed"
    for page in ("actions/A1/", "themes/1/", "leads/monitoring-officer/"):
        assert said in text(pmo, f"/plans/{PLAN}/{page}{seen}"), page
    never = "Never confirmed in the 70 days since the plan took effect – longer than the 62 days that are acceptable"
    assert never in text(pmo, f"/plans/{PLAN}/themes/1/{seen}")
    assert never in text(pmo, f"/plans/{PLAN}/milestones/M1/{seen}")
    assert CycleSettings().fresh_days == 35


@pytest.mark.slow
def test_a_longer_plan_costs_no_more_queries(counting: dict[int, UUID]) -> None:
    counted: dict[str, set[int]] = {}
    slug = "counting"
    for size, council in counting.items():
        actor = Actor(council=council, role=Role.PMO, name="test")
        for number in range(7):
            post(actor, f"Director {number}")
            appoint(actor, f"Person{number}", f"Director {number}")
        held = open_period(actor=actor, plan=slug, day=date(2022, 6, 15))
        ask_for_updates(actor=actor, period=held.id, today=date(2022, 6, 30))
        client = Client()
        user = person_of(council, size)
        client.force_login(user)
        for page in ("", "2022/6/", "outbox/", "settings/"):
            address = f"/plans/{slug}/reporting/{page}"
            assert client.get(address).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counted.setdefault(page, set()).add(len(queries))
    assert {page: sizes for page, sizes in counted.items() if len(sizes) != 1} == {}


def person_of(council: object, size: int) -> object:
    from goldenthread.record.models import User

    user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
    user.memberships.create(council_id=council, role=Role.PMO)
    return user


assert MONITORING
