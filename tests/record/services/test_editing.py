"""Changing one item: what counts from when, who may, and what happens when two people do it at once."""

from datetime import date
from itertools import pairwise
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections
from plugins.database import TestDatabase
from support.records import ADOPTED, in_post, load_small_plan, new_council, promised

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import flatten
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, StaleEdit
from goldenthread.record.history.selectors import head_number, item_history, revisions
from goldenthread.record.models import Role
from goldenthread.record.services.editing import edit_item
from goldenthread.record.snapshot import snapshot

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


@pytest.fixture
def actor(council_db: TestDatabase) -> Actor:
    actor = new_council()
    load_small_plan(actor)
    return actor


def the(plan: Plan, ref: str) -> Action:
    return next(action for top in plan.actions() for action in top.walk() if action.ref == ref)


def held(actor: Actor, cut_off: date | None = None, known_at: int | None = None) -> Plan:
    return snapshot(council=actor.council, plan="improvement-plan", cut_off=cut_off, known_at=known_at)


def edit(
    actor: Actor,
    ref: str,
    changes: dict,
    on: date = MAY,
    seen: int | None = None,
    *,
    correction: bool = False,
) -> int:
    return edit_item(
        actor=actor,
        plan="improvement-plan",
        item=the(held(actor), ref).id,
        changes=changes,
        reason="The lead said so",
        effective_on=on,
        seen_revision=head_number(actor.council) if seen is None else seen,
        correction=correction,
    )


def forecast(edtf: str) -> dict:
    return PlanDate.from_edtf(edtf, edtf).model_dump(mode="json")


def test_a_change_counts_from_its_day_and_from_its_revision(actor: Actor) -> None:
    before = head_number(actor.council)
    revision = edit(
        actor, "A1", {"status": "in_progress", "dates.forecast": forecast("2023-09"), "title": "Revise"}
    )
    assert revision == before + 1

    now = the(held(actor, MAY), "A1")
    assert (now.status, now.dates.forecast.printed, now.title) == (Status.IN_PROGRESS, "2023-09", "Revise")
    day_before = the(held(actor, date(2023, 4, 30)), "A1")
    assert (day_before.status, day_before.dates.forecast) == (Status.UNKNOWN, None)
    as_known_then = the(held(actor, MAY, before), "A1")
    assert (as_known_then.status, as_known_then.title) == (Status.UNKNOWN, "Review the constitution")
    assert now.dates.original == promised("2022-09", "Sep 2022").original


def test_a_correction_is_a_later_row_for_the_same_day(actor: Actor) -> None:
    first = edit(actor, "A1", {"status": "in_progress"})
    edit(actor, "A1", {"status": "complete"}, on=JUNE)
    edit(actor, "A1", {"status": "ongoing"})  # what was said of May was wrong

    assert the(held(actor, MAY), "A1").status is Status.ONGOING
    assert the(held(actor, JUNE), "A1").status is Status.COMPLETE
    assert the(held(actor, MAY, first), "A1").status is Status.IN_PROGRESS
    assert the(held(actor, JUNE, first), "A1").status is Status.IN_PROGRESS


def test_a_value_can_become_unknown_again(actor: Actor) -> None:
    edit(actor, "A1", {"dates.forecast": forecast("2023-09"), "leads": ["Chief Executive"]})
    edit(actor, "A1", {"dates.forecast": None, "leads": []}, on=JUNE)
    assert (the(held(actor), "A1").dates.forecast, the(held(actor), "A1").leads) == (None, ())
    assert the(held(actor, MAY), "A1").leads == ("Chief Executive",)


@pytest.mark.parametrize(
    ("ref", "changes"),
    [
        ("A1", {"dates.approved": forecast("2023-09")}),
        ("A1", {"dates.approved": None}),
        ("A2", {"dates.approved": forecast("2023-09")}),
        ("A1", {"status": "deferred"}),
        ("A1", {"status": "cancelled"}),
        ("A1", {"status": "superseded", "title": "Another"}),
    ],
)
def test_what_needs_a_decision_is_not_edited(actor: Actor, ref: str, changes: dict) -> None:
    before = head_number(actor.council)
    with pytest.raises(InvalidEdit, match=r"needs a decision: propose a change"):
        edit(actor, ref, changes)
    assert head_number(actor.council) == before


def test_saying_what_is_approved_already_needs_no_decision(actor: Actor) -> None:
    edit(actor, "A1", {"dates.approved": forecast("2022-09") | {"printed": "Sep 2022"}, "title": "Revise"})
    assert the(held(actor), "A1").title == "Revise"


def test_a_correction_puts_right_how_the_document_was_read_and_the_history_says_so(actor: Actor) -> None:
    edit(actor, "A1", {"dates.approved": forecast("2022-11")}, ADOPTED, correction=True)
    dates = the(held(actor, ADOPTED), "A1").dates
    assert (dates.original.edtf, dates.approved.edtf) == ("2022-11", "2022-11")
    newest = item_history(actor.council, the(held(actor), "A1").id)[:2]
    assert {entry.field for entry in newest} == {"dates.original", "dates.approved"}
    assert all(entry.corrects for entry in newest)
    lead = Actor(council=actor.council, role=Role.LEAD, name="somebody")
    with pytest.raises(NotAllowed):
        edit(lead, "A1", {"status": "complete"}, correction=True)


def test_corrections_follow_each_other_and_the_original_is_never_set_by_itself(actor: Actor) -> None:
    edit(actor, "A1", {"dates.approved": forecast("2022-11")}, MAY, correction=True)
    edit(actor, "A1", {"dates.approved": forecast("2022-12")}, JUNE, correction=True)
    assert the(held(actor), "A1").dates.original.edtf == "2022-12"
    with pytest.raises(InvalidEdit, match="original date is never overwritten"):
        edit(actor, "A1", {"dates.original": forecast("2023-09")}, correction=True)


def test_what_is_first_approved_is_the_original(actor: Actor) -> None:
    edit(actor, "A2", {"dates.approved": forecast("2023-09")}, correction=True)
    assert the(held(actor), "A2").dates.original.edtf == "2023-09"


def test_what_does_not_fit_is_refused_and_nothing_is_stored(actor: Actor) -> None:
    before = head_number(actor.council)
    unfit = {
        "colour": "red",
        "status": "splendid",
        "dates.forecast": "soon",
        "steps": [],
        "id": "x",
        "key": "k",
    }
    for field, value in {**unfit, "ref": "A9"}.items():
        with pytest.raises(InvalidEdit):
            edit(actor, "A1", {field: value})
    assert head_number(actor.council) == before


def test_a_reason_is_needed_and_a_day_within_the_plan(actor: Actor) -> None:
    item = the(held(actor), "A1").id
    given = {
        "actor": actor,
        "plan": "improvement-plan",
        "item": item,
        "changes": {"title": "x"},
        "seen_revision": 2,
    }
    with pytest.raises(InvalidEdit, match="reason"):
        edit_item(**given, reason=" ", effective_on=MAY)
    with pytest.raises(InvalidEdit, match="7 June 2022"):
        edit_item(**given, reason="x", effective_on=date(2022, 6, 6))
    with pytest.raises(NotFound):
        edit_item(**{**given, "item": UUID(int=1)}, reason="x", effective_on=MAY)


def test_only_the_programme_office_changes_the_plan_and_leads_report_progress(actor: Actor) -> None:
    for role in set(Role) - {Role.PMO}:
        other = Actor(council=actor.council, role=role, name="somebody")
        with pytest.raises(NotAllowed, match="may not"):
            edit(other, "A1", {"dates.approved": forecast("2030")})
        if role is not Role.LEAD:
            with pytest.raises(NotAllowed, match="may not"):
                edit(other, "A1", {"status": "in_progress"})


def test_a_lead_reports_progress_of_what_a_post_of_theirs_leads(actor: Actor) -> None:
    lead = in_post(actor, "Monitoring Officer", since=MAY)
    edit(lead, "A1", {"status": "in_progress"})
    edit(lead, "A1.1", {"status": "complete"})  # its step goes with it
    assert the(held(actor, MAY), "A1").status is Status.IN_PROGRESS
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        edit(lead, "A2", {"status": "in_progress"})
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        edit(lead, "A1", {"status": "complete"}, on=date(2023, 4, 30))  # not in the post yet
    with pytest.raises(NotAllowed, match="may not"):
        edit(lead, "A1", {"title": "Something easier"})


def test_a_stale_form_gets_both_versions(actor: Actor) -> None:
    seen = head_number(actor.council)
    edit(actor, "A1", {"title": "Theirs", "status": "in_progress"})
    with pytest.raises(StaleEdit) as stale:
        edit(actor, "A1", {"title": "Ours", "leads": ["Ours"]}, seen=seen)
    (conflict,) = stale.value.theirs
    assert (conflict.field, conflict.seen, conflict.theirs, conflict.ours) == (
        "title", "Review the constitution", "Theirs", "Ours",
    )  # fmt: skip
    assert the(held(actor), "A1").leads == ("Monitoring Officer",)
    edit(actor, "A1", {"title": "Ours"}, seen=stale.value.revision)
    assert the(held(actor), "A1").title == "Ours"


def test_other_fields_and_equal_values_do_not_conflict(actor: Actor) -> None:
    seen = head_number(actor.council)
    edit(actor, "A1", {"title": "Theirs"})
    edit(actor, "A1", {"title": "Theirs", "status": "in_progress"}, seen=seen)
    assert the(held(actor), "A1").status is Status.IN_PROGRESS


def test_of_two_people_at_once_one_is_told_and_nothing_is_lost(actor: Actor) -> None:
    seen = head_number(actor.council)
    item = the(held(actor), "A1").id
    start, outcome = Barrier(2), {}

    def save(words: str) -> None:
        start.wait()
        try:
            outcome[words] = edit_item(
                actor=actor, plan="improvement-plan", item=item, changes={"title": words}, reason="At once",
                effective_on=MAY, seen_revision=seen,
            )  # fmt: skip
        except StaleEdit as stale:
            outcome[words] = stale
        finally:
            connections.close_all()

    people = [Thread(target=save, args=[words]) for words in ("One", "Two")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    (stored,) = [words for words, came in outcome.items() if came == seen + 1]
    (told,) = [came for came in outcome.values() if isinstance(came, StaleEdit)]
    assert the(held(actor), "A1").title == stored == told.theirs[0].theirs


def test_writers_of_one_council_get_numbers_without_gaps(actor: Actor) -> None:
    refs = {"A1": "One", "A1.1": "Two", "A2": "Three", "A3": "Four"}
    items = {ref: the(held(actor), ref).id for ref in refs}
    before = head_number(actor.council)

    def save(ref: str) -> None:
        for round_ in range(5):
            edit_item(
                actor=actor, plan="improvement-plan", item=items[ref], changes={"title": f"{ref} {round_}"},
                reason="Busy", effective_on=MAY, seen_revision=before,
            ) if round_ == 0 else edit(actor, ref, {"title": f"{ref} {round_}"})  # fmt: skip
        connections.close_all()

    people = [Thread(target=save, args=[ref]) for ref in refs]
    for person in people:
        person.start()
    for person in people:
        person.join()
    rows = revisions(actor.council, limit=100)
    assert [row.number for row in rows] == list(range(before + 20, 0, -1))
    assert all(newer.sealed_at > older.sealed_at for newer, older in pairwise(rows))


def test_an_items_history_says_who_when_and_why(actor: Actor) -> None:
    revision = edit(actor, "A1", {"status": "in_progress", "title": "Revise"})
    newest = item_history(actor.council, the(held(actor), "A1").id)[:2]
    assert {(entry.field, entry.before, entry.after) for entry in newest} == {
        ("status", None, "in_progress"),
        ("title", "Review the constitution", "Revise"),
    }
    assert {(entry.revision, entry.actor, entry.reason) for entry in newest} == {
        (revision, "test", "The lead said so")
    }
    assert {entry.effective_on for entry in newest} == {None, MAY}


def test_ids_and_refs_never_change(actor: Actor) -> None:
    before = {item.key: (item.id, item.ref) for item in flatten(held(actor, ADOPTED))}
    edit(actor, "A1", {"title": "Quite different"})
    assert {item.key: (item.id, item.ref) for item in flatten(held(actor))} == before
