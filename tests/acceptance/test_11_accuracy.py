"""Forecast accuracy: signed, shrunk, suppressed, told apart; a lead sees its own, members themes, the public none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.records import in_post, new_council
from support.web_council import person

from goldenthread.forecasting.optimism import Accuracy, Grouping
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.accuracy import PlanAccuracy, plan_accuracy
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.people import people_at
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Capacity, Membership, Role, User
from goldenthread.record.services.bodies import seat
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

BEGAN, TODAY = date(2022, 5, 1), date(2023, 6, 30)
ROADS, PARKS, CLERK = "Director of Roads", "Director of Parks", "Town Clerk"
DUE = date(2023, 1, 31)
PUNCTUAL, LATE = [0, 4, -6, 2, 7, -1], [70, 45, 90, 61, 38, 84]
"""Days by which six promises each of two leads were kept late. All were expected on 31 January 2023."""
NOTE = "The contractor was late, not we."


def dated(edtf: str) -> model.Dates:
    on = PlanDate.from_edtf(edtf, edtf)
    return model.Dates(original=on, approved=on)


def plan_of(punctual: str, late: str) -> model.Plan:
    """Theme 1: both leads' dated promises and two of the Town Clerk's. Theme 2: five that wait for Cabinet."""
    days = [
        model.Action(
            key=f"{key}{n}", title=f"Mend street {key}{n}", leads=(lead,), dates=dated(DUE.isoformat())
        )
        for key, lead in (("p", punctual), ("l", late))
        for n in range(6)
    ]
    few = [
        model.Action(key=f"c{n}", title=f"Seal {n}", leads=(CLERK,), dates=dated("2023-01")) for n in range(2)
    ]
    waiting = [
        model.Action(key=f"w{n}", title=f"Cabinet approves park {n}", leads=(late,), dates=dated("2022-23"))
        for n in range(5)
    ]
    return model.Plan(
        key="p",
        council=model.Council(name="Northbury"),
        title="Northbury plan",
        themes=(
            model.Theme(key="t1", number=1, name="Streets", actions=(*days, *few)),
            model.Theme(key="t2", number=2, name="Parks", actions=tuple(waiting)),
        ),
    )


def northbury(name: str, punctual: str, late: str) -> Actor:
    """A council whose two leads kept six promises each, and where five that wait for Cabinet are open yet."""
    officer = new_council(name)
    plan = plan_of(punctual, late)
    load_plan(actor=officer, plan=plan, effective_on=BEGAN, reason="Approved", slug="plan")
    ids = {action.key: action.id for action in snapshot(council=officer.council, plan="plan").actions()}
    kept = {f"p{n}": error for n, error in enumerate(PUNCTUAL)} | {f"l{n}": e for n, e in enumerate(LATE)}
    for key, error in kept.items():
        day = DUE + timedelta(days=error)
        submit_updates(
            actor=officer,
            plan="plan",
            updates={ids[key]: TypedUpdate(status=Status.COMPLETE, actual=PlanDate.on(day))},  # type: ignore[dict-item]
            as_at=day,
            seen_revision=head_number(officer.council),
            door=Door.PAGE,
        )
    return officer


def measured(officer: Actor) -> PlanAccuracy:
    plan = snapshot(council=officer.council, plan="plan", cut_off=TODAY)
    people = people_at(officer.council, TODAY)
    return plan_accuracy(council=officer.council, plan=plan, people=people, cut_off=TODAY)


def shown(found: Accuracy) -> dict[str, tuple[int, int, int] | None]:
    """The mean and the interval of each group, three months before."""
    cells = {name: row[3].figure for name, row in found.groups.items()}
    return {name: (f.days, f.low, f.high) if f else None for name, f in cells.items()}


@pytest.fixture
def council(council_db: TestDatabase) -> Actor:
    return northbury("Northbury", ROADS, PARKS)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, path: str = "accuracy/?as-at=2023-06-30") -> str:
    response = client.get(f"/plans/plan/{path}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def lead_of(council: Actor, post: str) -> Client:
    actor = in_post(council, post, since=BEGAN)
    user = User.objects.get(pk=actor.user)
    Membership.objects.create(user=user, council_id=council.council, role=Role.LEAD)
    return client_of(user)


def test_swapping_two_leads_items_swaps_their_figures(council: Actor) -> None:
    one = shown(measured(council).by_lead)
    other = shown(measured(northbury("Southbury", PARKS, ROADS)).by_lead)
    assert one["director-of-roads"] == other["director-of-parks"]
    assert one["director-of-parks"] == other["director-of-roads"]
    assert one["director-of-roads"] != one["director-of-parks"]


def test_the_error_is_signed_has_an_interval_and_is_drawn_to_the_councils_mean(council: Actor) -> None:
    figures = shown(measured(council).by_lead)
    roads, parks = figures["director-of-roads"], figures["director-of-parks"]
    assert roads
    assert parks
    assert sum(PUNCTUAL) / 6 < roads[0] < sum(LATE) / 6 < parks[0], (
        "and those open since November raise the latter"
    )
    assert roads[1] < roads[0] < roads[2]


def test_completed_and_open_promises_both_count_and_fewer_than_five_are_not_shown(council: Actor) -> None:
    cells = measured(council).by_lead.groups
    parks, clerk = cells["director-of-parks"][3], cells["town-clerk"][3]
    assert (parks.done, parks.open) == (6, 5)
    assert (clerk.done, clerk.open, clerk.figure) == (0, 2, None)


def test_lead_theme_kind_of_date_and_dependency_are_told_apart(council: Actor) -> None:
    found = measured(council)
    counted = {
        grouping: {name: row[3].n for name, row in found.by(grouping).groups.items()} for grouping in Grouping
    }
    assert counted == {
        Grouping.LEAD: {"director-of-roads": 6, "director-of-parks": 11, "town-clerk": 2},
        Grouping.THEME: {"1": 14, "2": 5},
        Grouping.KIND: {"day": 12, "month": 2, "season": 5},
        Grouping.DECISION: {"officers": 14, "members": 5},
    }


def test_a_lead_sees_its_own_first_and_no_other_leads(council: Actor) -> None:
    page = text(lead_of(council, PARKS))
    assert f"Your own: {PARKS}" in page
    assert page.index("Your own") < page.index("By theme")
    assert ROADS not in page
    assert CLERK not in page


def test_whoever_answers_for_a_group_sees_the_groups_figure_and_can_write_of_a_post_alone(
    council_db: TestDatabase,
) -> None:
    council = northbury("Northbury", ROADS, "Leadership Team")
    answering, began = Capacity.ACCOUNTABLE, BEGAN
    seat(
        actor=council,
        body="leadership-team",
        post="town-clerk",
        from_day=began,
        reason="Named",
        capacity=answering,
    )
    clerk = lead_of(council, CLERK)
    page = clerk.get("/plans/plan/accuracy/").content.decode()
    assert "Your own: Leadership Team" in page
    assert "/plans/plan/accuracy/town-clerk/note/" in page
    assert "/plans/plan/accuracy/leadership-team/note/" not in page
    assert clerk.get("/plans/plan/accuracy/leadership-team/note/").status_code == 404


def test_members_see_themes_and_no_lead_not_even_by_way_of_a_theme(council: Actor) -> None:
    for role in (Role.MEMBER, Role.LEADERSHIP, Role.REVIEWER, Role.ASSURER, Role.ADMINISTRATOR):
        page = text(client_of(person(council.council, role)))
        assert "1. Streets" in page
        assert not [lead for lead in (ROADS, PARKS, CLERK) if lead in page], role
        assert "2. Parks Not shown One lead has them all" in page
    assert client_of(person(council.council, Role.PUBLIC)).get("/plans/plan/accuracy/").status_code == 403


def test_the_lead_writes_beside_its_figures_and_the_office_reads_it_a_fortnight_later(
    council: Actor, settings: object
) -> None:
    settings.DEMO_TODAY = TODAY  # type: ignore[attr-defined]  # pytest-django's fixture
    parks, office = lead_of(council, PARKS), client_of(person(council.council, Role.PMO))
    address = "/plans/plan/accuracy/director-of-parks/note/"
    assert office.get(address).status_code == 403, "nobody writes it for them"
    assert lead_of(council, ROADS).get(address).status_code == 403
    assert parks.post(address, {"text": NOTE}).status_code == 302
    assert NOTE in text(parks, "accuracy/")
    seen = text(office, "accuracy/")
    assert "As at 16 June 2023: each lead has seen these for 14 days" in seen
    assert f"{PARKS} The lead says, on 30 June 2023: “{NOTE}”" in seen
    member = client_of(person(council.council, Role.MEMBER))
    for path in ("accuracy/", "changes/", "changes/?before=99"):
        assert NOTE not in text(member, path)


def test_a_template_for_the_impact_assessment_is_included() -> None:
    words = (Path(__file__).parents[2] / "docs/dpia-forecast-accuracy.md").read_text().lower()
    steps = (
        "the need",
        "processing",
        "consult",
        "necessity and proportionality",
        "risks",
        "measures",
        "sign",
    )
    assert not [step for step in steps if step not in words]
