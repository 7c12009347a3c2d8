"""Ownership: a matrix with its gaps, collective leads that must name a post, and posts that outlive their holders."""

from datetime import date
from html import unescape
from re import sub
from uuid import UUID

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.records import ADOPTED, new_council, promised

from goldenthread.plan import model
from goldenthread.plan.judgements import Door
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.people import answer_steps, people_at
from goldenthread.record.errors import NotAllowed
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Capacity, PostKind, Role, User
from goldenthread.record.services.appointing import add_person
from goldenthread.record.services.bodies import seat
from goldenthread.record.services.ownership import add_challenge_note, own
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.posts import add_post
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

WHY = "Agreed after the plan was approved"
JANUARY, MARCH = date(2023, 1, 31), date(2023, 3, 31)
CHANGE = date(2023, 2, 13)
CHIEF, FINANCE, HOUSING = "chief-executive", "director-of-finance", "director-of-housing"
RESOURCES, HOMES = "cabinet-member-for-resources", "cabinet-member-for-homes"


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    """The programme office of a council with a plan that two directors, the Chief Executive and a body lead."""
    actor = new_council()
    leads = ("Chief Executive", "Director of Finance", "Director of Housing", "Leadership Team")
    actions = tuple(
        model.Action(key=f"a-{place}", title=f"Action of {lead}", leads=(lead,), dates=promised("2023-06"))
        for place, lead in enumerate(leads)
    )
    theme = model.Theme(key="t", number=1, name="Leading", actions=actions)
    plan = model.Plan(
        key="plan", council=model.Council(name="Borough of Testing"), title="Plan", themes=(theme,)
    )
    load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Approved", slug="plan")
    for name in ("Cabinet Member for Resources", "Cabinet Member for Homes"):
        add_post(actor=actor, name=name, kind=PostKind.PORTFOLIO, reason=WHY)
    return actor


def item(actor: Actor, lead: str) -> UUID:
    plan = snapshot(council=actor.council, plan="plan")
    found = next(action.id for action in plan.actions() if lead in action.leads)
    assert found
    return found


def words(actor: Actor, address: str) -> str:
    """What a page says to somebody who may read the plan, without its markup."""
    user, _ = User.objects.get_or_create(email="reader@example.org", defaults={"name": "A reader"})
    user.memberships.get_or_create(council_id=actor.council, role=Role.MEMBER)
    client = Client()
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def report(actor: Actor, lead: str, why: str, on: date) -> None:
    submit_updates(
        actor=actor,
        plan="plan",
        updates={item(actor, lead): TypedUpdate(status=Status.IN_PROGRESS, why=why)},
        as_at=on,
        seen_revision=head_number(actor.council),
        door=Door.PAGE,
    )


def in_post(office: Actor, name: str, post: str, from_day: date) -> Actor:
    """Somebody in a post from a day on, with an account to report by."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    add_person(actor=office, name=name, email=email, role=Role.LEAD, post=post, from_day=from_day)
    user = User.objects.get(email=email)
    return Actor(council=office.council, role=Role.LEAD, name=name, user=user.id)


def test_the_matrix_of_posts_and_portfolios_says_its_gaps_in_words(office: Actor) -> None:
    own(actor=office, post=FINANCE, portfolio=RESOURCES, challenger=HOUSING, from_day=ADOPTED, reason=WHY)
    own(actor=office, post=CHIEF, portfolio=RESOURCES, from_day=ADOPTED, reason=WHY)
    said = words(office, "/plans/plan/matrix/?as-at=2023-01-31")
    assert "Own together. Challenged by Director of Housing" in said
    assert "Gap: own together without a peer challenger (1) Chief Executive with Cabinet Member" in said
    assert "Own together. Gap: no peer challenger" in said
    assert "Director of Housing Gap: owns nothing with a portfolio" in said
    assert "Cabinet Member for Homes Nobody holds it Gap: no officer’s post" in said
    own(actor=office, post=HOUSING, portfolio=HOMES, challenger=FINANCE, from_day=CHANGE, reason=WHY)
    own(actor=office, post=CHIEF, portfolio=RESOURCES, challenger=FINANCE, from_day=CHANGE, reason=WHY)
    assert "Gap" not in words(office, "/plans/plan/matrix/?as-at=2023-03-31")
    assert "Gap: no peer challenger" in words(office, "/plans/plan/matrix/?as-at=2023-01-31")


def test_a_collective_lead_must_name_a_post_that_answers_for_it(office: Actor) -> None:
    chief = in_post(office, "First Chief", CHIEF, ADOPTED)
    team = "leadership-team"
    assert answer_steps(people_at(office.council, JANUARY), team) == ()
    assert "has not named a post that answers for it (1) Leadership Team" in words(
        office, "/plans/plan/posts/?as-at=2023-01-31"
    )
    assert "Gap" in words(office, "/plans/plan/leads/leadership-team/?as-at=2023-01-31")
    with pytest.raises(NotAllowed):
        report(chief, "Leadership Team", "We met", JANUARY)

    seat(actor=office, body=team, post=CHIEF, from_day=ADOPTED, reason=WHY, capacity=Capacity.ACCOUNTABLE)
    assert [
        [one.name for one in step] for step in answer_steps(people_at(office.council, JANUARY), team)
    ] == [["First Chief"]]
    said = words(office, "/plans/plan/leads/leadership-team/?as-at=2023-01-31")
    assert "The Chief Executive has answered for it since 7 June 2022: First Chief" in said
    assert "Gap" not in said
    report(chief, "Leadership Team", "We met", JANUARY)


def test_the_history_survives_a_change_of_chief_executive(office: Actor) -> None:
    first = in_post(office, "First Chief", CHIEF, ADOPTED)
    report(first, "Chief Executive", "Said by the first", JANUARY)
    before = snapshot(council=office.council, plan="plan", cut_off=JANUARY)

    second = in_post(office, "Second Chief", CHIEF, CHANGE)
    report(second, "Chief Executive", "Said by the second", MARCH)

    assert "Held by First Chief since 7 June 2022." in words(
        office, "/plans/plan/leads/chief-executive/?as-at=2023-01-31"
    )
    assert "Held by Second Chief since 13 February 2023." in words(
        office, "/plans/plan/leads/chief-executive/?as-at=2023-03-31"
    )
    history = words(office, "/plans/plan/posts/chief-executive/?as-at=2023-03-31")
    assert "First Chief Holds the post 7 June 2022 12 February 2023" in history
    assert "Second Chief On this day Holds the post 13 February 2023 Goes on" in history

    assert snapshot(council=office.council, plan="plan", cut_off=JANUARY) == before, (
        "nothing that was is touched"
    )
    after = snapshot(council=office.council, plan="plan", cut_off=MARCH)
    was, now = next(before.actions()), next(after.actions())
    assert (now.id, now.ref, now.title, now.leads, now.dates) == (
        was.id,
        was.ref,
        was.title,
        was.leads,
        was.dates,
    )
    assert was.report
    assert now.report
    assert (was.report.why, was.report.by) == ("Said by the first", "Chief Executive")
    assert (now.report.why, now.report.by) == ("Said by the second", "Chief Executive")
    with pytest.raises(NotAllowed):
        report(first, "Chief Executive", "From outside", MARCH)
    terms = people_at(office.council, MARCH).posts[CHIEF].terms
    assert [term.capacity for term in terms] == [Capacity.HOLDER, Capacity.HOLDER]
    assert verify(office.council).ok


def test_the_peer_challenger_is_recorded_with_notes(office: Actor) -> None:
    cell = own(
        actor=office, post=FINANCE, portfolio=RESOURCES, challenger=HOUSING, from_day=ADOPTED, reason=WHY
    )
    challenger = in_post(office, "Peer Director", HOUSING, ADOPTED)
    other = in_post(office, "Finance Director", FINANCE, ADOPTED)
    add_challenge_note(actor=challenger, ownership=cell, noted_on=JANUARY, text="Why are the accounts late?")
    with pytest.raises(NotAllowed):
        add_challenge_note(actor=other, ownership=cell, noted_on=JANUARY, text="All is well")
    said = words(office, "/plans/plan/matrix/?as-at=2023-01-31")
    assert "Challenged by Director of Housing." in said
    assert "31 January 2023, Director of Housing: Why are the accounts late?" in said
    assert "Why are the accounts late?" not in words(office, "/plans/plan/matrix/?as-at=2023-01-30")
