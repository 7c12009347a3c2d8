"""Where open actions go on, on pages: proposed for several at once, decided at once, and shown as at a day."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.web_council import Example, council_with

from goldenthread.plan.model import Action
from goldenthread.plan.proposals import Transfer
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role, User
from goldenthread.record.services.change_control import Decision
from goldenthread.record.services.passing_on import decide_transfers, propose_transfers
from goldenthread.record.snapshot import snapshot


@pytest.fixture
def client(example: Example) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="pmo@example.org"))
    return client


def at(example: Example, path: str = "") -> str:
    return f"/plans/{example.slug}/exit-map/{path}"


def text_of(response: object) -> str:
    """The words of a page, without its tags."""
    content = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def action(example: Example, ref: str) -> Action:
    plan = snapshot(council=example.council, plan=example.slug)
    return next(each for each in plan.actions() if each.ref == ref)


def test_several_go_on_in_another_plan_by_one_decision(client: Client, example: Example) -> None:
    ids = {ref: action(example, ref).id for ref in ("A3", "A6")}
    typed = {f"place-{ids['A3']}": "CP 3", f"place-{ids['A6']}": "CP 6"}
    unsaid = client.post(at(example, "propose/"), {**typed, "link": "the intranet"})
    assert unsaid.status_code == 400
    told = text_of(unsaid)
    assert "Enter the name of the other plan" in told
    assert "Enter a reason for passing them on" in told
    assert "Enter an address that begins with https://" in told
    assert 'value="CP 3"' in unsaid.content.decode(), "what was typed is kept"
    nothing = client.post(at(example, "propose/"), {"to": "Corporate Plan", "reason": "It ends"})
    assert "Say for at least one action what it is called in the other plan" in text_of(nothing)

    given = {"to": "Corporate Plan", "reason": "The intervention ends", "link": "https://example.org/plan"}
    assert client.post(at(example, "propose/"), {**typed, **given}).url == at(example)
    shown = text_of(client.get(at(example, "?page=2")))  # after those of which nobody has said anything
    assert "Nowhere yet. Proposed: Corporate Plan: CP 3" in shown
    assert "For 2 of these a place is proposed" in shown
    assert "CP 3" not in text_of(client.get(at(example, "propose/"))), (
        "what is proposed is not asked for again"
    )
    assert action(example, "A3").status is not Status.SUPERSEDED

    numbers = re.findall(
        r'name="request" value="(\d+)" checked', client.get(at(example, "decide/")).content.decode()
    )
    assert len(numbers) == 2
    decision = {
        "outcome": "approved", "body": "Council", "reference": "minute 60/22", "decided_on": "7 June 2022",
        "seen_revision": str(head_number(example.council)),
    }  # fmt: skip
    none = client.post(at(example, "decide/"), decision)
    assert "Choose at least one action" in text_of(none)
    other = client.post(at(example, "decide/"), {**decision, "request": numbers, "body": "Cabinet"})
    assert "Council decides on changes of this kind" in text_of(other)
    before = head_number(example.council)
    assert client.post(at(example, "decide/"), {**decision, "request": numbers}).url == at(example)
    assert action(example, "A3").status is Status.SUPERSEDED
    shown = client.get(at(example, "?page=2"))
    assert "Council, minute 60/22, 7 June 2022" in text_of(shown)
    assert (
        '<a class="govuk-link" href="https://example.org/plan">Corporate Plan: CP 6</a>'
        in shown.content.decode()
    )
    assert "Goes on in another plan: Corporate Plan: CP 3" in text_of(
        client.get(f"/plans/{example.slug}/actions/A3/")
    )
    assert "Nowhere yet. Proposed: Corporate Plan: CP 3" in text_of(
        client.get(f"{at(example)}?page=2&known-at={before}")
    )


def test_more_that_goes_on_costs_no_more_queries(council_db: TestDatabase) -> None:
    counted = set()
    for size, passed_on in ((10, 1), (100, 6)):
        council, slug = council_with(size)
        actor = Actor(council=council, role=Role.PMO, name="test")
        actions = list(snapshot(council=council, plan=slug).actions())[:passed_on]
        day = date(2022, 7, 1)
        numbers = propose_transfers(
            actor=actor,
            plan=slug,
            transfers=[Transfer(item=each.key, to="Corporate Plan", action="CP 1") for each in actions],
            reason="It ends",
            proposed_on=day,
        )
        decision = Decision(approved=True, body="Council", reference="minute 1", decided_on=day)
        decide_transfers(
            actor=actor, plan=slug, numbers=numbers, decision=decision, seen_revision=head_number(council)
        )
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=council, role=Role.PMO)
        client = Client()
        client.force_login(user)
        row = []
        for page in ("", "propose/", "decide/", "?as-at=2022-08-01"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/plans/{slug}/exit-map/{page}").status_code == 200
            row.append(len(queries))
        counted.add(tuple(row))
    assert len(counted) == 1, counted
