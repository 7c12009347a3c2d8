"""Accepting what the checks found: who may, until when, and that it is never hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.documents import SHORT_PLAN
from support.records import ADOPTED, in_post, load_small_plan, new_council

from goldenthread.record.actor import Actor
from goldenthread.record.errors import AlreadySettled, InvalidEdit, NotAllowed, NotFound
from goldenthread.record.findings import Acceptance, FoundAt, acceptances, findings_at
from goldenthread.record.history.selectors import head_number, revision
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role
from goldenthread.record.services.findings import accept_finding, withdraw_acceptance
from goldenthread.record.services.imports import apply_import, start_import
from goldenthread.record.snapshot import snapshot

PLAN = "improvement-plan"
JULY, LAST = date(2022, 7, 1), date(2023, 1, 31)
POST = "monitoring-officer"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    """Somebody of the programme office, in a council with the small plan and a post."""
    officer = new_council()
    load_small_plan(officer)
    in_post(officer, "Monitoring Officer")
    return officer


def looked(actor: Actor, day: date, *, plan: str = PLAN, known_at: int | None = None) -> FoundAt:
    """What the checks find on a day."""
    state = snapshot(council=actor.council, plan=plan, cut_off=day, known_at=known_at)
    return findings_at(actor.council, plan, state, as_at=day, known_at=known_at)


def item_without_lead(actor: Actor) -> UUID:
    """The action “Train members”, on which nobody is named."""
    found = next(
        each for each in looked(actor, JULY).open if each.rule == "GT401" and "Train" in each.message
    )
    assert found.item_id
    return found.item_id


def accept(actor: Actor, **more: object) -> UUID:
    """Accept that nobody leads the training, but for what is said otherwise."""
    usual = {
        "actor": actor, "plan": PLAN, "rule": "GT401", "about": "", "reason": "The post is being filled",
        "owner": POST, "expires_on": LAST, "on": JULY,
    }  # fmt: skip
    item = more.pop("item", None) or item_without_lead(actor)
    return accept_finding(**{**usual, "item": item, **more})  # type: ignore[arg-type]


def is_open(actor: Actor, day: date, item: UUID, known_at: int | None = None) -> bool:
    """Whether the finding is open on a day. It is always one of the two."""
    found = looked(actor, day, known_at=known_at)
    identity = ("GT401", item, "")
    open_ = identity in {finding.identity for finding in found.open}
    accepted = identity in {each.finding.identity for each in found.accepted}
    assert open_ != accepted
    assert identity in {finding.identity for finding in found.all}
    return open_


def test_an_accepted_finding_stands_apart_until_its_day_and_then_comes_back(officer: Actor) -> None:
    item = item_without_lead(officer)
    before = head_number(officer.council)
    accept(officer, item=item)
    assert [is_open(officer, day, item) for day in (date(2022, 6, 30), JULY, LAST, date(2023, 2, 1))] == [
        True, False, False, True,
    ]  # fmt: skip
    assert is_open(officer, LAST, item, known_at=before)
    (held,) = looked(officer, LAST).accepted
    told = held.acceptance
    assert (told.reason, told.owner, told.expires_on, told.accepted_on, told.accepted_by) == (
        "The post is being filled", "Monitoring Officer", LAST, JULY, "Programme office",
    )  # fmt: skip
    assert held.finding.message == told.message
    lapsed = looked(officer, date(2023, 2, 1)).lapsed
    assert lapsed["GT401", item, ""].id == told.id
    said = revision(officer.council, head_number(officer.council)).row.reason
    assert said == "GT401 accepted until 31 January 2023: The post is being filled"
    assert verify(officer.council).ok


def test_an_acceptance_can_be_taken_back_and_given_again(officer: Actor) -> None:
    item = item_without_lead(officer)
    first = accept(officer, item=item)
    august = date(2022, 8, 1)
    withdraw_acceptance(actor=officer, acceptance=first, reason="The post was cut", on=august)
    assert not is_open(officer, date(2022, 7, 31), item)
    assert is_open(officer, august, item)
    with pytest.raises(AlreadySettled, match="1 August 2022"):
        withdraw_acceptance(actor=officer, acceptance=first, reason="Again", on=august)

    accept(officer, item=item, on=august, expires_on=date(2022, 9, 30), reason="It was not cut after all")
    assert not is_open(officer, date(2022, 9, 30), item)
    assert is_open(officer, date(2022, 10, 1), item)
    told: tuple[Acceptance, ...] = acceptances(officer.council, PLAN)
    assert [each.withdrawn for each in told] == ["The post was cut", ""]


def test_only_the_programme_office_accepts(officer: Actor) -> None:
    item = item_without_lead(officer)
    made = accept(officer, item=item)
    for role in set(Role) - {Role.PMO}:
        other = replace(officer, role=role)
        with pytest.raises(NotAllowed, match="may not accept findings"):
            accept(other, item=item)
        with pytest.raises(NotAllowed, match="may not accept findings"):
            withdraw_acceptance(actor=other, acceptance=made, reason="No", on=JULY)


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"reason": "  "}, InvalidEdit, "Say why"),
        ({"expires_on": date(2022, 6, 30)}, InvalidEdit, "1 July 2022 to 1 July 2023"),
        ({"expires_on": date(2023, 7, 2)}, InvalidEdit, "twelve months"),
        ({"owner": "nobody"}, NotFound, "There is no post"),
        ({"rule": "GT999"}, NotFound, "No rule is called GT999"),
        ({"rule": "GT4"}, InvalidEdit, "there no longer"),
        ({"rule": "GT402"}, InvalidEdit, "there no longer"),
        ({"about": "something else"}, InvalidEdit, "there no longer"),
    ],
)
def test_what_cannot_be_accepted(
    officer: Actor, more: dict[str, object], error: type[Exception], said: str
) -> None:
    item = item_without_lead(officer)
    head = head_number(officer.council)
    with pytest.raises(error, match=said):
        accept(officer, item=item, **more)
    assert head_number(officer.council) == head


def test_an_acceptance_survives_reading_the_document_again(council_db: TestDatabase) -> None:
    officer = new_council()
    in_post(officer, "Monitoring Officer")

    def load(text: str, on: date) -> str:
        started = start_import(actor=officer, name="plan.txt", content=text.encode())
        return apply_import(actor=officer, import_id=started.id, reason="Approved", effective_on=on).slug

    slug = load(SHORT_PLAN, ADOPTED)
    thin = [each for each in looked(officer, JULY, plan=slug).open if each.rule == "GT205"]
    assert len(thin) == 3
    for each in thin[:2]:
        accept(officer, plan=slug, rule="GT205", item=each.item_id, about=each.about, reason="One is enough")
    load(SHORT_PLAN.replace("Train every member", "Train every member again").replace("Culture", "Our culture"),
         date(2022, 9, 1))  # fmt: skip
    found = looked(officer, date(2022, 9, 1), plan=slug)
    assert {each.finding.about for each in found.accepted} == {each.about for each in thin[:2]}
    assert [each.about for each in found.open if each.rule == "GT205"] == [thin[2].about]


def test_an_acceptance_does_not_silently_take_the_place_of_one_that_was_not_seen(officer: Actor) -> None:
    item = item_without_lead(officer)
    first = accept(officer, item=item, seen=0)
    assert accept(officer, item=item, seen=0) == first, "the same form sent twice is one acceptance"
    with pytest.raises(AlreadySettled, match=r"until 31 January 2023.*The post is being filled"):
        accept(officer, item=item, seen=0, expires_on=date(2022, 9, 30))
    assert [each.id for each in acceptances(officer.council, PLAN)] == [first]
    accept(officer, item=item, seen=1, expires_on=date(2022, 9, 30))
    assert is_open(officer, date(2022, 10, 1), item)


def test_taking_back_twice_with_the_same_form_is_once(officer: Actor) -> None:
    made = accept(officer)
    for _ in range(2):
        withdraw_acceptance(actor=officer, acceptance=made, reason="The post was cut", on=JULY)
    assert [each.withdrawn for each in acceptances(officer.council, PLAN)] == ["The post was cut"]
