"""The proof of traceability, sentence by sentence, as a demanding user would try it on the published plan."""

from __future__ import annotations

import csv
import io
from datetime import date
from html import unescape
from re import findall, sub
from uuid import UUID

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.coverage import by_label, keyed, lines
from support.needs import require_data
from support.records import new_council, promised

from goldenthread.assurance.coverage import Certificate, RowKind, State, certificate
from goldenthread.documents import read_document
from goldenthread.plan import model
from goldenthread.plan.judgements import Door
from goldenthread.plan.model import Plan
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.reading import read_plan
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role, User
from goldenthread.record.services.completion import verify_completion
from goldenthread.record.services.evidence import Offer, add_evidence, check_evidence
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.recommendations import Asked, add_recommendations, map_recommendation
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

ADOPTED, SENT, MAPPED = date(2022, 6, 7), date(2022, 12, 1), date(2022, 12, 20)
AUDITOR, PLAN = "Grant Thornton", "plan"
FOLLOW_UP = tuple(
    Asked(number=str(number), class_="key", text=f"An invented follow-up recommendation, number {number}")
    for number in range(9, 13)
)
REVIEWERS = {
    "grant-thornton": "Grant Thornton",
    "cipfa": "CIPFA",
    "lga-corporate-peer-challenge": "LGA Corporate Peer Challenge",
    "statutory-direction": "Statutory Direction",
}


@pytest.fixture(scope="module")
def published() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def found(published: Plan) -> Certificate:
    return certificate(published, ADOPTED)


@pytest.fixture
def office(council_db: TestDatabase, published: Plan) -> Actor:
    """The programme office, with the published plan on the record."""
    actor = new_council()
    load_plan(actor=actor, plan=published, effective_on=ADOPTED, reason="Approved", slug=PLAN)
    return actor


def certified(actor: Actor, on: date) -> Certificate:
    return certificate(snapshot(council=actor.council, plan=PLAN, cut_off=on), on)


def reader(actor: Actor) -> Client:
    user, _ = User.objects.get_or_create(email="reviewer@example.org", defaults={"name": "A reviewer"})
    user.memberships.get_or_create(council_id=actor.council, role=Role.REVIEWER)
    client = Client()
    client.force_login(user)
    return client


def words(client: Client, path: str = "", on: date = ADOPTED) -> str:
    response = client.get(f"/plans/{PLAN}/recommendations/{path}?as-at={on.isoformat()}")
    assert response.status_code == 200, path
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def action_id(actor: Actor, starts: str) -> UUID:
    plan = snapshot(council=actor.council, plan=PLAN)
    found = next(one.id for one in plan.actions() if (one.title or "").startswith(starts))
    assert found
    return found


def test_45_of_45_grant_thornton_references_are_found(found: Certificate) -> None:
    source = found.source("grant-thornton")
    assert source
    assert (source.found, source.stated) == (45, 45)
    assert [(tally.class_, tally.found) for tally in source.tallies] == [
        ("statutory", 3),
        ("key", 5),
        ("improvement", 37),
    ]


def test_cipfa_has_14_numbers_and_1_2_is_not_referenced_and_all_is_not_expanded(found: Certificate) -> None:
    source = found.source("cipfa")
    assert source
    assert (source.found, source.stated) == (14, 14)
    hole = by_label(found)["CIPFA-1.2"]
    assert hole.state is State.NOT_REFERENCED
    assert hole.state.title == "Not referenced, existence unknown"
    cited_by_all = by_label(found)["CIPFA-all"].actions
    numbered = [row for row in source.rows if row.kind is RowKind.NUMBER]
    assert not any(set(map(id, cited_by_all)) & set(map(id, row.actions)) for row in numbered)


def test_lga_1_and_7_are_uncovered(found: Certificate) -> None:
    uncovered = [row.name for row in found.rows if row.state is State.UNCOVERED and row.reference]
    assert uncovered == ["Recommendation 1", "Recommendation 7"]


def test_lga_11_12_14_18_19_and_21_are_dangling_with_their_lines(found: Certificate) -> None:
    dangling = {label: lines(row) for label, row in by_label(found).items() if row.state is State.DANGLING}
    assert dangling == keyed()["flagged"]["dangling"]


def test_pages_13_and_24_and_sn5_are_unresolved(found: Certificate) -> None:
    unresolved = {label for label, row in by_label(found).items() if row.state is State.UNRESOLVED}
    assert unresolved == {"LGA-p13", "LGA-p24", "SD-SN5"}


def test_58_of_77_are_single_threaded(found: Certificate) -> None:
    assert (found.resting_on_one, len(found.references)) == (58, 77)
    assert "58 of 77 references are cited by one action alone." in found.detail


def test_four_are_circular_and_so_is_all_of_cipfa(found: Certificate) -> None:
    circular = {label: lines(row) for label, row in by_label(found).items() if row.state is State.CIRCULAR}
    assert circular == {label: [531] for label in ("GT-K4", "GT-K8", "GT-I35", "LGA-9", "CIPFA-all")}


def test_the_four_elements_of_the_direction_are_shown_with_2_citing_actions(office: Actor) -> None:
    said = words(reader(office), "statutory-direction/")
    elements = next(
        r for r in snapshot(council=office.council, plan=PLAN).reviews if r.requirements
    ).requirements
    assert len(elements) == 4
    assert all(element.text in said for element in elements)
    assert "2 actions cite it" in words(reader(office))
    source = certified(office, ADOPTED).source("statutory-direction")
    assert source
    assert sorted(action.anchors[0].line or 0 for action in source.citing) == keyed()["direction"]["citing"]


def test_it_never_prints_that_all_is_covered_while_a_flag_is_open(office: Actor) -> None:
    client = reader(office)
    paths = ["", "exit-factors/", *(f"{slug}/{more}" for slug in REVIEWERS for more in ("", "pack/"))]
    for path in paths:
        said = words(client, path).lower()
        assert "coverage is not proved" in said, path
        assert not any(claim in said for claim in ("100 %", "100%", "fully covered", "no flag is open")), path


def test_four_follow_up_recommendations_turn_it_red_until_each_is_mapped(office: Actor) -> None:
    before = certified(office, SENT)
    add_recommendations(
        actor=office,
        plan=PLAN,
        review=AUDITOR,
        recommendations=FOLLOW_UP,
        sent_on=SENT,
        on=SENT,
        reason="The follow-up",
    )
    assert certified(office, SENT).flags == before.flags + 4
    assert certified(office, date(2022, 11, 30)).flags == before.flags, "the day before is as it was"
    answering = ("Implement Oracle Fusion", "Budget Monitoring", "Restructuring", "Implement 4-yearly")
    for left, (asked, title) in enumerate(zip(FOLLOW_UP, answering, strict=True), start=1):
        map_recommendation(
            actor=office, plan=PLAN, action=action_id(office, title), to=asked.reference_in(AUDITOR),
            reason="It carries it out", effective_on=MAPPED,
        )  # fmt: skip
        assert certified(office, MAPPED).flags == before.flags + 4 - left
    source = certified(office, MAPPED).source("grant-thornton")
    assert source
    assert (source.found, source.stated) == (45, 45), "what the plan stated of the first report stays"
    assert [tally.added for tally in source.tallies] == [0, 4, 0]
    assert verify(office.council).ok


def test_the_same_on_an_invented_council(council_db: TestDatabase) -> None:
    cite = [Reference(review="Northbury Auditors", number=str(number)) for number in (1, 2)]
    actions = tuple(
        model.Action(key=f"a{n}", title=f"Action {n}", references=(one,), dates=promised("2023-06"))
        for n, one in enumerate(cite)
    )
    review = model.Review(
        key="r", name="Northbury Auditors", title="Review", totals=(model.StatedTotal(class_=None, count=2),)
    )
    plan = Plan(
        key="plan", council=model.Council(name="Northbury"), title="Plan", reviews=(review,),
        themes=(model.Theme(key="t", number=1, name="Leading", actions=actions),),
    )  # fmt: skip
    actor = new_council("Northbury")
    load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Approved", slug=PLAN)
    assert certified(actor, SENT).flags == 0
    add_recommendations(
        actor=actor, plan=PLAN, review="Northbury Auditors", recommendations=[Asked(number="3", text="Publish")],
        sent_on=SENT, on=SENT, reason="The follow-up",
    )  # fmt: skip
    assert certified(actor, SENT).headline == "Coverage is not proved: 1 flag is open."
    map_recommendation(
        actor=actor, plan=PLAN, action=action_id(actor, "Action 0"), reason="It does that", effective_on=MAPPED,
        to=Reference(review="Northbury Auditors", number="3"),
    )  # fmt: skip
    assert certified(actor, MAPPED).flags == 0


def test_the_pack_of_each_reviewer_has_only_their_items(office: Actor) -> None:
    client = reader(office)
    for slug, name in REVIEWERS.items():
        response = client.get(f"/plans/{PLAN}/recommendations/{slug}/pack.csv?as-at=2022-06-07")
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
        source = certified(office, ADOPTED).source(slug)
        assert source
        assert {row["Review"] for row in rows} == {name}
        assert {row["Recommendation"] for row in rows} == {row.name for row in source.rows}
        refs = {action.ref for action in source.citing}
        assert {row["Action"] for row in rows} - {""} == refs
        said = words(client, f"{slug}/pack/")
        if slug != "statutory-direction":  # its first element speaks of Grant Thornton itself
            assert not any(other in said for other in set(REVIEWERS.values()) - {name}), slug


def test_covered_and_addressed_are_separate_columns(office: Actor) -> None:
    client = reader(office)
    page = client.get(f"/plans/{PLAN}/recommendations/").content.decode()
    assert {"Covered", "Addressed"} <= set(findall(r'role="columnheader"[^>]*>([^<]+)<', page))
    item = action_id(office, "Recruitment of Chief Executive")
    row = next(row for row in certified(office, ADOPTED).rows if row.name == "Improvement recommendation 30")
    assert (row.state, row.is_addressed) == (State.SINGLE, False)
    _verified(office, item)
    row = next(row for row in certified(office, MAPPED).rows if row.name == "Improvement recommendation 30")
    assert (row.state, row.is_addressed) == (State.SINGLE, True), "one action answers it, and it is verified"
    both = next(row for row in certified(office, MAPPED).rows if row.name == "Key recommendation 5")
    assert (both.state, both.verified, len(both.answering), both.is_addressed) == (State.COVERED, 1, 2, False)
    assert "1 of 2 verified" in words(client, "grant-thornton/key-recommendation-5/", MAPPED)


def _verified(office: Actor, item: UUID) -> None:
    """Let somebody claim that an action is complete, and somebody else verify it on evidence."""
    user = User.objects.create_user("auditor@example.org", name="An auditor")
    assurer = Actor(council=office.council, role=Role.ASSURER, name="An auditor", user=user.id)
    submit_updates(
        actor=office, plan=PLAN, updates={item: TypedUpdate(status=Status.COMPLETE)}, as_at=SENT,
        seen_revision=head_number(office.council), door=Door.PAGE,
    )  # fmt: skip
    offer = Offer(source="https://example.gov.uk/minutes/42", shows="Appointed", dated_on=SENT)
    evidence = add_evidence(actor=office, plan=PLAN, items=[item], offer=offer, added_on=SENT)
    check_evidence(actor=assurer, evidence=evidence, item=item, sufficient=True, note="", on=MAPPED)
    verify_completion(actor=assurer, plan=PLAN, item=item, on=MAPPED)
