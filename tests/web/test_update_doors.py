"""The page door and the e-mail door: what is taken in, what is shown again, and what opens nothing."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.records import ADOPTED, asked, in_post, load_small_plan, new_council
from support.web_council import person, plan_with

from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.model import Action
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.links import link_for
from goldenthread.record.history.selectors import head_number, revisions
from goldenthread.record.models import Challenge, Evidence, HeldUpdate, Role, UpdateRequest, User, Verdict
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import find_plan, snapshot

PLAN = "improvement-plan"
PAGE = f"/plans/{PLAN}/updates/"
FAR = date(2100, 1, 1)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    return officer


@pytest.fixture
def lead(officer: Actor) -> Client:
    """The Monitoring Officer, signed in, who leads A1 with its two steps."""
    user = person(officer.council, Role.LEAD)
    in_post(officer, "Monitoring Officer", user=user)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def mailed(officer: Actor) -> str:
    """The path of a link that was mailed to the Monitoring Officer."""
    return urlsplit(link_for(asked(officer, PLAN, "Monitoring Officer", expires_on=FAR), "https://x")).path


def the(officer: Actor, ref: str) -> Action:
    plan = snapshot(council=officer.council, plan=PLAN)
    return next(action for top in plan.actions() for action in top.walk() if action.ref == ref)


def hex_of(officer: Actor, ref: str) -> str:
    found = the(officer, ref).id
    assert found
    return found.hex


def seen_on(client: Client, path: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).content.decode())
    assert found
    return found[1]


def held(officer: Actor) -> list[HeldUpdate]:
    with council_scope(officer.council):
        return list(HeldUpdate.objects.all())


def someone_else_reports(officer: Actor, ref: str, why: str) -> None:
    submit_updates(
        actor=officer, plan=PLAN, updates={the(officer, ref).id: TypedUpdate(why=why)},  # type: ignore[dict-item]
        as_at=date(2022, 7, 31), seen_revision=head_number(officer.council), door=Door.PAGE,
    )  # fmt: skip


def everything(item: str) -> dict[str, str]:
    return {
        f"status-{item}": "in_progress", f"expected-{item}": "Autumn 2022", f"rating-{item}": "amber",
        f"why-{item}": "The consultant left", f"next_step-{item}": "Recruit", f"highlight-{item}": "We began",
        f"url-{item}": "https://example.org/minutes", f"shows-{item}": "The minutes",
    }  # fmt: skip


def test_what_is_typed_on_the_page_is_the_report(officer: Actor, lead: Client) -> None:
    item = hex_of(officer, "A1")
    response = lead.post(PAGE, {"seen": seen_on(lead, PAGE), "save": item, **everything(item)})
    assert response.status_code == 302
    assert response.url.endswith(f"?saved=1#item-{item}")
    now = the(officer, "A1")
    assert now.dates.forecast
    assert now.report
    assert (now.status, now.dates.forecast.printed) == (Status.IN_PROGRESS, "Autumn 2022")
    assert (now.report.by, now.report.door, now.report.rating) == (
        "Monitoring Officer",
        Door.PAGE,
        Rating.AMBER,
    )
    assert (now.report.why, now.report.next_step, now.report.highlight) == (
        "The consultant left",
        "Recruit",
        "We began",
    )
    with council_scope(officer.council):
        assert Evidence.objects.get().url == "https://example.org/minutes"
    shown = lead.get(PAGE).content.decode()
    assert "1 of 1 item reported." in shown
    assert "Recruit" in shown


def test_the_same_record_by_either_door_but_for_door_and_reporter(
    officer: Actor, lead: Client, mailed: str
) -> None:
    """Two plans that are alike, one answered on the page and one by the link, are alike afterwards."""
    item = hex_of(officer, "A1")
    lead.post(PAGE, {"seen": seen_on(lead, PAGE), **everything(item)})
    by_page = the(officer, "A1")

    other = new_council("Borough of the Link")
    load_small_plan(other)
    link = urlsplit(link_for(asked(other, PLAN, "Monitoring Officer", expires_on=FAR), "https://x")).path
    twin = hex_of(other, "A1")
    Client().post(link, {"seen": seen_on(Client(), link), **everything(twin)})
    by_link = the(other, "A1")
    assert by_link.report
    assert by_page.report
    assert by_link.report.door is Door.EMAIL
    assert by_link.report.model_copy(update={"door": Door.PAGE}) == by_page.report
    assert (by_link.status, by_link.dates) == (by_page.status, by_page.dates)


def test_one_button_saves_all_that_was_typed_and_confirms_one(officer: Actor, lead: Client) -> None:
    first, second = hex_of(officer, "A1"), hex_of(officer, "A1.1")
    lead.post(PAGE, {"seen": seen_on(lead, PAGE), "no_change": first, f"why-{second}": "Typed below"})
    assert the(officer, "A1").report.no_change  # type: ignore[union-attr]
    assert the(officer, "A1.1").report.why == "Typed below"  # type: ignore[union-attr]


def test_what_does_not_fit_is_shown_again_and_the_rest_is_saved(officer: Actor, lead: Client) -> None:
    first, second = hex_of(officer, "A1"), hex_of(officer, "A1.1")
    typed = {
        f"expected-{first}": "when we can", f"why-{first}": "It depends", f"url-{first}": "somewhere",
        f"highlight-{first}": "x" * 2001, f"next_step-{second}": "Fits",
    }  # fmt: skip
    response = lead.post(PAGE, {"seen": seen_on(lead, PAGE), "save": first, **typed})
    shown = response.content.decode()
    assert response.status_code == 200
    assert the(officer, "A1").report is None
    assert the(officer, "A1.1").report.next_step == "Fits"  # type: ignore[union-attr]
    assert "“when we can” cannot be read as a date" in shown
    assert "must be 2,000 characters or fewer. It has 2,001" in shown
    assert "Enter the whole address" in shown
    for kept in ("when we can", "It depends", "somewhere", "x" * 2001):
        assert kept in shown
    for name in ("expected", "url", "highlight"):
        assert f'href="#{name}-{first}"' in shown
        assert f'id="{name}-{first}-error"' in shown
    assert "Fits" in shown, "what was saved is shown as it stands"
    again = {**typed, f"expected-{first}": "Autumn 2022", f"url-{first}": "", f"highlight-{first}": "y"}
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]  # type: ignore[index]
    assert lead.post(PAGE, {"seen": seen, "save": first, **again}).status_code == 302
    assert held(officer) == []
    assert the(officer, "A1").report.why == "It depends"  # type: ignore[union-attr]


def test_a_change_and_no_change_of_the_same_item_is_asked_about(officer: Actor, lead: Client) -> None:
    item = hex_of(officer, "A1")
    shown = lead.post(PAGE, {"seen": seen_on(lead, PAGE), "no_change": item, f"why-{item}": "But"}).content
    assert "“No change” was chosen and a change was typed" in shown.decode()
    assert the(officer, "A1").report is None


def test_an_earlier_reason_is_taken_away_only_when_that_is_said(officer: Actor, lead: Client) -> None:
    item = hex_of(officer, "A1")
    lead.post(PAGE, {"seen": seen_on(lead, PAGE), f"why-{item}": "Waiting", f"next_step-{item}": "Chase"})
    lead.post(PAGE, {"seen": seen_on(lead, PAGE), f"why_gone-{item}": "1", f"why-{item}": ""})
    report = the(officer, "A1").report
    assert report
    assert (report.why, report.next_step) == ("", "Chase")


def test_when_somebody_else_was_first_both_are_shown_and_nothing_is_lost(
    officer: Actor, lead: Client
) -> None:
    item, seen = hex_of(officer, "A1"), seen_on(lead, PAGE)
    someone_else_reports(officer, "A1", "Theirs")
    response = lead.post(PAGE, {"seen": seen, "save": item, f"why-{item}": "Mine", f"rating-{item}": "red"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in shown
    assert "Mine" in shown
    assert "Programme office, on the page" in shown
    assert "Monitoring Officer, on the page" in shown
    assert [row.values for row in held(officer)] == [{"why": "Mine", "rating": "red"}]
    assert "1 report waits to be settled" in lead.get(PAGE).content.decode()
    assert "A1 Review the constitution" in lead.get(f"{PAGE}conflicts/").content.decode()

    settle = {"settle": item, "seen": re.search(r'name="seen" value="(\d+)"', shown)[1]}  # type: ignore[index]
    picks = {f"pick_why-{item}": "other", f"other_why-{item}": "Both", f"pick_rating-{item}": "stands"}
    incomplete = lead.post(f"{PAGE}conflicts/A1/", {**settle, **picks, f"pick_rating-{item}": ""})
    assert "Own rating: choose what is to stand" in incomplete.content.decode()
    assert "Enter why this is right" in incomplete.content.decode()
    assert "Both" in incomplete.content.decode()
    done = lead.post(f"{PAGE}conflicts/A1/", {**settle, **picks, f"reason-{item}": "Agreed"})
    assert done.status_code == 302
    report = the(officer, "A1").report
    assert report
    assert (report.why, report.rating) == ("Both", None)
    assert held(officer)[0].settled["chosen"] == {"why": "Both", "highlight": ""}


def test_another_voice_while_settling_is_shown_before_anything_is_settled(
    officer: Actor, lead: Client
) -> None:
    item, seen = hex_of(officer, "A1"), seen_on(lead, PAGE)
    someone_else_reports(officer, "A1", "Theirs")
    first = lead.post(PAGE, {"seen": seen, f"why-{item}": "Mine"}).content.decode()
    lead.post(PAGE, {"seen": seen, f"why-{item}": "A third"})
    settle = {"settle": item, "seen": re.search(r'name="seen" value="(\d+)"', first)[1]}  # type: ignore[index]
    typed = {f"pick_why-{item}": "other", f"other_why-{item}": "Ours", f"reason-{item}": "Agreed"}
    response = lead.post(f"{PAGE}conflicts/A1/", {**settle, **typed})
    shown = response.content.decode()
    assert response.status_code == 409
    for kept in ("A third", "Ours", "Agreed"):
        assert kept in shown
    assert all(row.settled is None for row in held(officer))


def test_a_lead_sees_and_settles_only_what_a_post_of_theirs_leads(officer: Actor, lead: Client) -> None:
    other = hex_of(officer, "A3")
    assert "Close the accounts" not in lead.get(PAGE).content.decode()
    shown = lead.post(PAGE, {"seen": seen_on(lead, PAGE), f"why-{other}": "Not mine"})
    assert the(officer, "A3").report is None
    assert shown.status_code in {200, 403}
    assert lead.get(f"{PAGE}conflicts/A3/").status_code == 403
    assert lead.get(f"/plans/{PLAN}/change/A3/").status_code == 403
    assert lead.get(f"/plans/{PLAN}/change/A1/").status_code == 200


def test_the_programme_office_reports_on_what_has_no_lead(officer: Actor) -> None:
    client = Client()
    client.force_login(person(officer.council, Role.PMO))
    assert "No lead is named" in client.get(PAGE).content.decode()
    address = f"{PAGE}?lead=no-lead-is-named"
    shown = client.get(address).content.decode()
    assert "Train members" in shown
    assert "Review the constitution" not in shown
    a2 = hex_of(officer, "A2")
    assert client.post(address, {"seen": seen_on(client, address), "no_change": a2}).status_code == 302
    report = the(officer, "A2").report
    assert report
    assert report.no_change


def test_the_programme_office_reports_for_the_lead_it_chooses(officer: Actor) -> None:
    client = Client()
    client.force_login(person(officer.council, Role.PMO))
    assert f"{PAGE}?lead=monitoring-officer" in client.get(PAGE).content.decode()
    item, page = hex_of(officer, "A1"), f"{PAGE}?lead=monitoring-officer"
    response = client.post(page, {"seen": seen_on(client, page), "rest": "1", "open": item})
    assert response.url == f"{PAGE}?lead=monitoring-officer&saved=1"
    assert the(officer, "A1").report.by == "Programme office"  # type: ignore[union-attr]


def test_a_question_that_was_asked_back_is_answered_at_either_door(
    officer: Actor, lead: Client, mailed: str
) -> None:
    with writing(officer, "Asked back"):
        plan = find_plan(PLAN)
        first, second = (
            Challenge.objects.create(
                council_id=officer.council, plan=plan, item_id=the(officer, ref).id, made_on=ADOPTED,
                by="PMO", verdict=Verdict.ASKED, text=f"Who approved {ref}?",
            )
            for ref in ("A1", "A1.1")
        )  # fmt: skip
    shown = lead.get(PAGE).content.decode()
    assert "Who approved A1?" in shown
    assert "2 questions wait for an answer." in shown
    lead.post(PAGE, {"seen": seen_on(lead, PAGE), f"answer-{first.id.hex}": "Cabinet did"})
    Client().post(mailed, {"seen": seen_on(Client(), mailed), f"answer-{second.id.hex}": "Council did"})
    with council_scope(officer.council):
        answers = dict(Challenge.objects.values_list("id", "answer"))
    assert answers == {first.id: "Cabinet did", second.id: "Council did"}
    assert "Who approved A1?" not in lead.get(PAGE).content.decode()


def test_opening_a_mailed_link_changes_nothing_and_tells_nobody(officer: Actor, mailed: str) -> None:
    before = head_number(officer.council)
    item = hex_of(officer, "A1")
    for response in (
        Client().get(mailed),
        Client().head(mailed),
        Client().get(mailed, {"no_change": item, "rest": "1", "open": item, f"why-{item}": "By a scanner"}),
    ):
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
    assert Client().put(mailed).status_code == 405
    assert head_number(officer.council) == before


def test_a_mailed_link_answers_for_its_post_without_a_form_token(officer: Actor, mailed: str) -> None:
    item, client = hex_of(officer, "A1"), Client(enforce_csrf_checks=True)
    response = client.post(mailed, {"seen": seen_on(client, mailed), "rest": "1", "open": item})
    assert response.status_code == 302
    report = the(officer, "A1").report
    assert report
    assert (report.no_change, report.by, report.door) == (True, "Monitoring Officer", Door.EMAIL)
    assert report.as_at == date(2022, 7, 31), "the cut-off of the period for which it was asked"
    assert revisions(officer.council)[0].actor == "Monitoring Officer, by mailed link"
    other = hex_of(officer, "A3")
    shown = client.post(mailed, {"seen": seen_on(client, mailed), f"why-{other}": "Not mine"})
    assert the(officer, "A3").report is None
    assert "not led by a post of yours" in shown.content.decode()
    assert "Not mine" in shown.content.decode()


def test_the_page_needs_a_form_token(officer: Actor, lead: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = lead.cookies
    typed = {"seen": "1", f"why-{hex_of(officer, 'A1')}": "Forged"}
    assert strict.post(PAGE, typed).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(PAGE).content.decode())
    assert token
    assert the(officer, "A1").report is None
    typed |= {"csrfmiddlewaretoken": token[1], "seen": seen_on(strict, PAGE)}
    assert strict.post(PAGE, typed).status_code == 302
    assert the(officer, "A1").report.why == "Forged"  # type: ignore[union-attr]


def test_a_conflict_at_the_mailed_link_is_shown_and_settled_there(officer: Actor, mailed: str) -> None:
    item, client = hex_of(officer, "A1"), Client(enforce_csrf_checks=True)
    seen = seen_on(client, mailed)
    someone_else_reports(officer, "A1", "Theirs")
    response = client.post(mailed, {"seen": seen, "save": item, f"why-{item}": "Mine"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in shown
    assert "Mine" in shown
    assert "Mine" in client.get(f"{mailed}?settle={item}").content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]  # type: ignore[index]
    pick = held(officer)[0].id.hex
    client.post(mailed, {"settle": item, "seen": seen, f"pick_why-{item}": pick, f"reason-{item}": "I know"})
    assert the(officer, "A1").report.why == "Mine"  # type: ignore[union-attr]
    assert held(officer)[0].settled["by"] == "Monitoring Officer"


def test_a_link_that_is_no_longer_good_says_whom_to_ask(officer: Actor, mailed: str) -> None:
    item = hex_of(officer, "A1")
    for path in (mailed.replace("/answer/", "/answer/A"), f"{mailed[:-2]}/", "/answer/nonsense/"):
        refused = Client().get(path)
        assert refused.status_code == 410
        assert "Ask your programme office for a new link" in refused.content.decode()
    with writing(officer, "Taken back"):
        UpdateRequest.objects.update(stopped=True)
    assert Client().get(mailed).status_code == 410
    assert Client().post(mailed, {"seen": "99", f"why-{item}": "Late"}).status_code == 410
    with writing(officer, "Good again, until yesterday"):
        UpdateRequest.objects.update(stopped=False, expires_on=date(2022, 8, 1))
    assert "good until 1 August 2022" in Client().get(mailed).content.decode()
    assert the(officer, "A1").report is None


def test_a_mailed_link_does_not_mind_who_is_signed_in(officer: Actor, mailed: str) -> None:
    elsewhere = new_council("Borough of Elsewhere")
    client = Client()
    client.force_login(person(elsewhere.council, Role.PMO))
    shown = client.get(mailed)
    assert shown.status_code == 200
    assert "Borough of Testing" in shown.content.decode()
    assert "Sign out" not in shown.content.decode()


def test_too_much_at_once_is_refused_and_nothing_breaks(officer: Actor, lead: Client, mailed: str) -> None:
    item = hex_of(officer, "A1")
    for client, path in ((lead, PAGE), (Client(), mailed)):
        assert client.post(path, {"seen": "1", f"why-{item}": "x" * 3_000_000}).status_code in {400, 413}
        odd = {
            "seen": "x" * 50,
            f"why-{item}": "a\x00b",
            "why-": "?",
            "nonsense-zz": "?",
            "open": "?",
            "rest": "1",
        }
        assert client.post(path, odd).status_code in {302, 409}
    assert "ab" in {
        (the(officer, "A1").report or the(officer, "A1")).why,
        *(r.values["why"] for r in held(officer)),
    }


@pytest.mark.slow
def test_a_longer_plan_costs_no_more_queries(council_db: TestDatabase) -> None:
    counted: dict[str, set[int]] = {}
    for size in (10, 100, 1000):
        actor = new_council(f"Borough of {size}")
        slug = load_plan(
            actor=actor, plan=plan_with(size), effective_on=ADOPTED, reason="Approved", slug="counting"
        ).slug
        request = asked(actor, slug, "Director 1", expires_on=FAR)
        link = urlsplit(link_for(request, "https://x")).path
        client = Client()
        client.force_login(a_pmo(actor, size))
        for name, path in {
            "leads": "/plans/counting/updates/",
            "one lead": "/plans/counting/updates/?lead=director-1",
            "conflicts": "/plans/counting/updates/conflicts/",
            "conflict": "/plans/counting/updates/conflicts/A1/",
            "answer": link,
        }.items():
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200, name
            counted.setdefault(name, set()).add(len(queries))
    assert {name: sizes for name, sizes in counted.items() if len(sizes) != 1} == {}


def a_pmo(actor: Actor, size: int) -> User:
    user = User.objects.create_user(f"officer{size}@example.org", name="An officer")
    user.memberships.create(council_id=actor.council, role=Role.PMO)
    return user
