"""A workbook comes back: what fits is recorded, what somebody overtook is held, the rest is named, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections
from plugins.database import TestDatabase
from support.records import in_post, load_small_plan, new_council
from support.typed_workbooks import Typed, typed_in

from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.model import Action
from goldenthread.plan.status import Status
from goldenthread.plan.tables.update_sheet import Answer
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.workbooks import update_book
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, Unreadable
from goldenthread.record.files.storage import content_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Evidence, HeldUpdate, Role, StoredFile, WorkbookReturn
from goldenthread.record.returns import TakenIn, workbook_return
from goldenthread.record.scope import council_scope
from goldenthread.record.services.returns import take_in_workbook
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import find_plan, snapshot
from goldenthread.reporting.update_workbook import WorkbookFormat, update_workbook

PLAN, JULY = "improvement-plan", date(2022, 7, 31)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    actor = new_council()
    load_small_plan(actor)
    return actor


def sent(actor: Actor, leads: frozenset[str] | None = None) -> tuple[bytes, dict[str, int]]:
    """The workbook as it goes out, and the number of each promise's row."""
    with council_scope(actor.council):
        book = update_book(find_plan(PLAN), leads, today=JULY)
    rows = {item.ref or item.title: number for number, item in enumerate(book.items, start=2)}
    return update_workbook(book, WorkbookFormat.XLSX), rows


def returned(actor: Actor, typed: Typed, *, by: Actor | None = None, book: bytes | None = None) -> TakenIn:
    return taken_in(by or actor, typed_in(book or sent(actor)[0], typed))


def taken_in(actor: Actor, content: bytes) -> TakenIn:
    return take_in_workbook(actor=actor, plan=PLAN, name="returned.xlsx", content=content, as_at=JULY)


def the(actor: Actor, ref: str) -> Action:
    plan = snapshot(council=actor.council, plan=PLAN, cut_off=JULY)
    return next(action for top in plan.actions() for action in top.walk() if action.ref == ref)


def refs(lines: object) -> list[str]:
    return [line.ref for line in lines]  # type: ignore[attr-defined]


def test_what_is_typed_is_recorded_in_one_revision_and_the_file_is_kept(officer: Actor) -> None:
    book, rows = sent(officer)
    head = head_number(officer.council)
    taken = returned(
        officer,
        {
            (rows["A1"], Answer.STATUS): "In progress",
            (rows["A1"], Answer.WHY): "=It has begun",
            (rows["A2"], Answer.NO_CHANGE): "Yes",
            (rows["A3"], Answer.RATING): "Purple",
            (rows["A3"], Answer.WHY): "Kept beside the wrong cell",
        },
        book=book,
    )
    assert (refs(taken.result.recorded), refs(taken.result.errors)) == (["A1", "A2"], ["A3"])
    first = the(officer, "A1")
    assert first.status is Status.IN_PROGRESS
    assert first.report
    assert (first.report.door, first.report.why, first.report.as_at) == (Door.WORKBOOK, "=It has begun", JULY)
    assert the(officer, "A3").report is None
    problem = taken.result.errors[0]
    assert (problem.row, problem.column, problem.value) == (rows["A3"], "Rating", "Purple")
    assert problem.also == {"Why in one line": "Kept beside the wrong cell"}
    plan = snapshot(council=officer.council, plan=PLAN, cut_off=JULY, known_at=head + 1)
    told = {action.ref for action in plan.actions() if action.report}
    assert told == {"A1", "A2"}, "both in the same revision"
    with council_scope(officer.council):
        file = StoredFile.objects.get(kind="return")
        assert content_of(file.sha256).startswith(b"PK")


def test_a_row_that_the_record_refuses_is_named_and_the_others_are_recorded(officer: Actor) -> None:
    _, rows = sent(officer)
    taken = returned(officer, {(rows["A1"], Answer.WHY): "x" * 2001, (rows["A2"], Answer.WHY): "Fine"})
    assert refs(taken.result.recorded) == ["A2"]
    (problem,) = taken.result.errors
    assert (problem.ref, problem.row, problem.column, problem.value) == (
        "A1",
        rows["A1"],
        "Why in one line",
        "x" * 2001,
    )
    assert "longer than 2,000" in problem.message


def test_the_same_file_twice_is_one_return_with_the_same_answer(officer: Actor) -> None:
    book, rows = sent(officer)
    file = typed_in(book, {(rows["A1"], Answer.LINK): "https://www.example.gov.uk/minutes"})
    first = taken_in(officer, file)
    head = head_number(officer.council)
    assert taken_in(officer, file) == first
    assert head_number(officer.council) == head
    with council_scope(officer.council):
        assert (WorkbookReturn.objects.count(), Evidence.objects.count()) == (1, 1)


def test_the_same_file_sent_twice_at_once_is_one_return(officer: Actor) -> None:
    book, rows = sent(officer)
    file = typed_in(book, {(rows["A1"], Answer.LINK): "https://example.org/a"})
    ready, found = Barrier(2), []

    def send() -> None:
        ready.wait()
        try:
            found.append(taken_in(officer, file))
        finally:
            connections.close_all()

    senders = [Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(found) == 2
    assert found[0] == found[1]
    with council_scope(officer.council):
        assert (WorkbookReturn.objects.count(), Evidence.objects.count(), HeldUpdate.objects.count()) == (
            1,
            1,
            0,
        )


def test_of_two_from_the_same_stamp_the_second_is_held_where_it_differs(officer: Actor) -> None:
    book, rows = sent(officer)
    both: Typed = {(rows["A2"], Answer.NEXT_STEP): "Book a room"}
    returned(officer, {**both, (rows["A1"], Answer.WHY): "First"}, book=book)
    second = returned(
        officer, {**both, (rows["A1"], Answer.WHY): "Second", (rows["A3"], Answer.RATING): "Red"}, book=book
    )
    assert refs(second.result.held) == ["A1"]
    assert refs(second.result.unchanged) == ["A2"]
    assert refs(second.result.recorded) == ["A3"]
    stands = the(officer, "A1").report
    assert stands
    assert stands.why == "First"
    with council_scope(officer.council):
        (held,) = HeldUpdate.objects.all()
        assert (held.values, held.door) == ({"why": "Second"}, "workbook")


def test_two_workbooks_and_the_page_are_three_voices_and_none_is_lost(officer: Actor) -> None:
    book, rows = sent(officer)
    seen = head_number(officer.council)
    returned(officer, {(rows["A1"], Answer.WHY): "By workbook"}, book=book)
    item = the(officer, "A1").id
    assert item
    submit_updates(
        actor=officer,
        plan=PLAN,
        updates={item: TypedUpdate(why="By page")},
        as_at=JULY,
        seen_revision=seen,
        door=Door.PAGE,
    )
    returned(officer, {(rows["A1"], Answer.WHY): "By another workbook"}, book=book)
    stands = the(officer, "A1").report
    assert stands
    with council_scope(officer.council):
        waiting = {held.values["why"] for held in HeldUpdate.objects.all()}
    assert {stands.why, *waiting} == {"By workbook", "By page", "By another workbook"}


def test_a_corrected_workbook_is_not_held_against_itself(officer: Actor) -> None:
    book, rows = sent(officer)
    fine: Typed = {
        (rows["A1"], Answer.WHY): "Begun",
        (rows["A1"], Answer.LINK): "https://example.org/minutes",
        (rows["A2"], Answer.NO_CHANGE): "Yes",
    }
    returned(
        officer, {**fine, (rows["A3"], Answer.RATING): "Purple", (rows["A3"], Answer.WHY): "Late"}, book=book
    )
    again = returned(
        officer, {**fine, (rows["A3"], Answer.RATING): "Red", (rows["A3"], Answer.WHY): "Late"}, book=book
    )
    assert refs(again.result.unchanged) == ["A1", "A2"]
    assert refs(again.result.recorded) == ["A3"]
    assert not again.result.held
    report = the(officer, "A3").report
    assert report
    assert (report.rating, report.why) == (Rating.RED, "Late")
    with council_scope(officer.council):
        assert Evidence.objects.count() == 1


def test_a_stamp_from_the_future_overtakes_nobody(officer: Actor) -> None:
    with council_scope(officer.council):
        book = update_book(find_plan(PLAN), None, today=JULY)
    returned(officer, {(2, Answer.WHY): "First"})
    later = replace(book, stamp=book.stamp.model_copy(update={"seen_revision": 10**30}))
    content = typed_in(update_workbook(later, WorkbookFormat.XLSX), {(2, Answer.WHY): "Second"})
    taken = take_in_workbook(actor=officer, plan=PLAN, name="r.xlsx", content=content, as_at=JULY)
    assert taken.result.recorded, "it is taken as made now, which it might have been"
    with council_scope(officer.council):
        assert WorkbookReturn.objects.get(id=taken.id).seen_revision < 100


def test_a_lead_is_given_the_own_rows_and_no_others_are_taken(officer: Actor) -> None:
    lead = in_post(officer, "Monitoring Officer")
    book, rows = sent(officer, frozenset({"monitoring-officer"}))
    assert set(rows) == {"A1", the(officer, "A1").steps[0].ref, the(officer, "A1").steps[1].ref}
    taken = returned(officer, {(rows["A1"], Answer.WHY): "My own"}, by=lead, book=book)
    assert refs(taken.result.recorded) == ["A1"]
    everything, all_rows = sent(officer)
    taken = returned(officer, {(all_rows["A2"], Answer.WHY): "Not mine"}, by=lead, book=everything)
    assert not taken.result.recorded
    assert "not led by a post of yours" in taken.result.errors[0].message
    with pytest.raises(NotAllowed):
        returned(officer, {}, by=Actor(council=officer.council, role=Role.MEMBER, name="A member"))


def test_a_result_is_for_its_sender_and_the_programme_office(officer: Actor) -> None:
    lead, other = in_post(officer, "Monitoring Officer"), in_post(officer, "Chief Executive")
    taken = returned(
        officer,
        {(2, Answer.NO_CHANGE): "Yes"},
        by=lead,
        book=sent(officer, frozenset({"monitoring-officer"}))[0],
    )
    with council_scope(officer.council):
        plan = find_plan(PLAN).id
    assert workbook_return(actor=lead, plan=plan, return_id=taken.id) == taken
    assert workbook_return(actor=officer, plan=plan, return_id=taken.id) == taken
    with pytest.raises(NotAllowed):
        workbook_return(actor=other, plan=plan, return_id=taken.id)
    with pytest.raises(NotFound):
        workbook_return(actor=officer, plan=UUID(int=1), return_id=taken.id)


def test_what_is_no_workbook_of_this_plan_is_refused_and_nothing_is_stored(officer: Actor) -> None:
    head = head_number(officer.council)
    with pytest.raises(Unreadable, match="is no workbook"):
        take_in_workbook(actor=officer, plan=PLAN, name="note.txt", content=b"No change.", as_at=JULY)
    stranger = new_council("Another council")
    load_small_plan(stranger)
    with pytest.raises(InvalidEdit, match="another plan"):
        take_in_workbook(actor=officer, plan=PLAN, name="x.xlsx", content=sent(stranger)[0], as_at=JULY)
    with pytest.raises(InvalidEdit, match="took effect"):
        take_in_workbook(
            actor=officer, plan=PLAN, name="x.xlsx", content=sent(officer)[0], as_at=date(2022, 6, 1)
        )
    assert head_number(officer.council) == head
