"""A document on its way into a plan."""

import csv
import io
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections
from plugins.database import TestDatabase
from support.damaged_files import damaged
from support.documents import SHORT_PLAN
from support.needs import require_data
from support.records import ADOPTED, load_small_plan, new_council, small_plan
from support.saved import saved

from goldenthread.documents import SourceFormat
from goldenthread.plan.canonical import canonical_json
from goldenthread.plan.changes import ChangeKind
from goldenthread.plan.questions import QuestionKind
from goldenthread.record.actor import Actor
from goldenthread.record.errors import ImportClosed, InvalidEdit, NotAllowed, Unreadable
from goldenthread.record.files.sources import source_digest
from goldenthread.record.files.storage import content_of, keep, path_of, sweep
from goldenthread.record.history.selectors import head_number, revision
from goldenthread.record.models import Import, Role, StoredFile
from goldenthread.record.scope import council_scope
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.imports import (
    answer_import_in_bulk,
    answer_import_question,
    apply_import,
    discard_import,
    import_changes,
    import_reading,
    import_summary,
    imports,
    start_import,
)
from goldenthread.record.services.plans import LoadedPlan, plans
from goldenthread.record.services.questions import reopen_question
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.plan_files import plan_file

NAME = "sandwell-improvement-plan-2022.txt"


def published() -> bytes:
    return require_data(f"plans/{NAME}").read_bytes()


def upload(actor: Actor, text: bytes = SHORT_PLAN.encode(), name: str = "short.txt") -> Import:
    return start_import(actor=actor, name=name, content=text)


def apply(actor: Actor, import_id: UUID, on: date = ADOPTED) -> LoadedPlan:
    return apply_import(actor=actor, import_id=import_id, reason="Cabinet approved the plan", effective_on=on)


def test_the_published_plan_becomes_a_plan_with_its_answers_and_open_questions(
    council_db: TestDatabase,
) -> None:
    actor = new_council()
    started = upload(actor, published(), NAME)
    asked = import_reading(actor.council, started.id).questions
    settled = answer_import_in_bulk(actor=actor, import_id=started.id)
    still_open = import_reading(actor.council, started.id).questions
    assert settled == sum(question.default is not None for question in asked) > 0
    assert len(still_open) == len(asked) - settled

    loaded = apply(actor, started.id)
    held = snapshot(council=actor.council, plan=loaded.slug)
    assert [question.key for question in held.questions] == [question.key for question in still_open]
    assert len(held.themes) == 6
    assert import_summary(actor.council, started.id).plan == loaded.slug
    assert head_number(actor.council) == loaded.revision


def test_the_same_upload_twice_is_one_import_and_applies_once(council_db: TestDatabase) -> None:
    actor = new_council()
    first, second = upload(actor), upload(actor)
    assert first.id == second.id
    loaded = apply(actor, first.id)
    assert apply(actor, first.id) == loaded
    assert upload(actor).id == first.id
    assert len(plans(actor.council)) == len(imports(actor.council)) == 1
    assert head_number(actor.council) == loaded.revision


@pytest.mark.parametrize("text", [SHORT_PLAN.encode(), published])
def test_reading_the_same_document_again_changes_nothing(
    council_db: TestDatabase, text: bytes | Callable[[], bytes]
) -> None:
    actor = new_council()
    text = text() if callable(text) else text
    first = upload(actor, text, "plan.txt")
    answer_import_in_bulk(actor=actor, import_id=first.id)
    loaded = apply(actor, first.id)
    before = snapshot(council=actor.council, plan=loaded.slug)

    again = upload(actor, text + b"\n", first.name)
    assert import_changes(actor.council, again.id) == ()
    apply(actor, again.id)
    assert canonical_json(snapshot(council=actor.council, plan=loaded.slug)) == canonical_json(before)


def test_an_amended_document_keeps_what_officers_have_said_since(council_db: TestDatabase) -> None:
    actor = new_council()
    first = upload(actor)
    answer_import_in_bulk(actor=actor, import_id=first.id)
    loaded = apply(actor, first.id)
    held = snapshot(council=actor.council, plan=loaded.slug)
    action = next(each for each in held.actions() if each.dates.approved and each.title)
    edit_item(
        actor=actor, plan=loaded.slug, item=action.id, changes={"status": "in_progress"}, reason="It has begun",
        effective_on=date(2022, 9, 1), seen_revision=loaded.revision,
    )  # fmt: skip

    words = action.title.split()[-1]
    text = SHORT_PLAN.replace(action.title, action.title.replace(words, f"{words} again"))
    amended = upload(actor, text.encode(), "v2.txt")
    changes = import_changes(actor.council, amended.id)
    assert [(change.field, change.ref) for change in changes if change.field == "title"] == [
        ("title", action.ref)
    ]
    apply(actor, amended.id, date(2023, 1, 10))

    now = next(
        each for each in snapshot(council=actor.council, plan=loaded.slug).actions() if each.id == action.id
    )
    assert (now.status.value, now.ref, now.dates.original) == (
        "in_progress",
        action.ref,
        action.dates.original,
    )
    assert now.title.endswith("again")
    then = snapshot(
        council=actor.council, plan=loaded.slug, cut_off=date(2022, 6, 7), known_at=loaded.revision
    )
    assert next(each for each in then.actions() if each.id == action.id).title == action.title


def test_an_answer_given_in_an_import_can_be_taken_back(council_db: TestDatabase) -> None:
    actor = new_council()
    started = upload(actor)
    question = next(
        q for q in import_reading(actor.council, started.id).questions if q.kind is QuestionKind.BLANK_DATE
    )
    answer_import_question(actor=actor, import_id=started.id, question_key=question.key, candidate=0)
    loaded = apply(actor, started.id)
    answered = snapshot(council=actor.council, plan=loaded.slug)
    assert question.key not in {each.key for each in answered.questions}
    reopen_question(actor=actor, plan=loaded.slug, question_key=question.key, reason="Too hasty")
    reopened = snapshot(council=actor.council, plan=loaded.slug)
    assert question.key in {each.key for each in reopened.questions}
    item = next(each for each in reopened.milestones() if each.key == question.item_key)
    assert item.dates.approved is None


def test_an_answer_in_other_words_is_read_as_the_plan_is(council_db: TestDatabase) -> None:
    actor = new_council()
    started = upload(actor)
    question = next(
        q for q in import_reading(actor.council, started.id).questions if q.kind is QuestionKind.BLANK_DATE
    )
    with pytest.raises(InvalidEdit, match="not a date"):
        answer_import_question(actor=actor, import_id=started.id, question_key=question.key, other="whenever")
    answer_import_question(actor=actor, import_id=started.id, question_key=question.key, other="Autumn 2023")
    plan = import_reading(actor.council, started.id)
    item = next(each for each in plan.milestones() if each.key == question.item_key)
    assert (item.dates.approved.printed, item.dates.approved.inferred) == ("Autumn 2023", True)


def test_a_discarded_import_cannot_be_applied(council_db: TestDatabase) -> None:
    actor = new_council()
    started = upload(actor)
    discard_import(actor=actor, import_id=started.id)
    with pytest.raises(ImportClosed, match="discarded"):
        apply(actor, started.id)
    assert upload(actor).id != started.id


def test_what_is_no_plan_is_refused_in_words(council_db: TestDatabase) -> None:
    actor = new_council()
    for text in (b"%PDF-1.7", b"Dear all, see you on Tuesday.", b"\x00\x01"):
        with pytest.raises(Unreadable):
            upload(actor, text, "letter.txt")
    assert imports(actor.council) == ()


def test_a_damaged_document_leaves_the_record_untouched(council_db: TestDatabase) -> None:
    actor = new_council()
    before, sound = head_number(actor.council), saved(SHORT_PLAN, "docx")
    refused = 0
    for seed in range(12):
        try:
            upload(actor, damaged(sound, seed), f"plan-{seed}.docx")
        except Unreadable:
            refused += 1
            assert head_number(actor.council) == before
        else:
            before = head_number(actor.council)
    assert refused >= 3


def test_only_the_programme_office_imports(council_db: TestDatabase) -> None:
    for role in set(Role) - {Role.PMO}:
        with pytest.raises(NotAllowed):
            upload(new_council(role.label, role))


def test_applying_is_one_revision_that_lists_what_it_did(council_db: TestDatabase) -> None:
    actor = new_council()
    started = upload(actor)
    before = head_number(actor.council)
    loaded = apply(actor, started.id)
    assert loaded.revision == before + 1
    detail = revision(actor.council, loaded.revision)
    assert detail.row.reason == "Cabinet approved the plan"
    assert sum(entry.kind == "action" for entry in detail.entries) == 3


def test_the_passage_shown_is_that_of_the_document_recorded_last(council_db: TestDatabase) -> None:
    """Three documents of one name: the second was recorded last, the third only uploaded."""
    actor = new_council()
    second, third = (SHORT_PLAN + f"\nAnother line, the {number}.\n" for number in ("second", "third"))
    for content in (SHORT_PLAN, second):
        started = start_import(actor=actor, name="short.txt", content=content.encode())
        apply(actor, started.id)
    start_import(actor=actor, name="short.txt", content=third.encode())
    digest = source_digest(council=actor.council, name="short.txt")
    assert digest
    assert content_of(digest) == second.encode()


def test_files_are_kept_once_and_swept_when_nothing_names_them(council_db: TestDatabase) -> None:
    actor = new_council()
    started = upload(actor)
    digest = import_summary(actor.council, started.id).sha256
    stray = keep(b"an upload that was interrupted before its commit")
    assert sweep() == 0
    assert sweep(older_than=-1) == 1
    assert not path_of(stray).exists()
    assert content_of(digest) == SHORT_PLAN.encode()
    assert source_digest(council=actor.council, name="short.txt") == digest
    assert source_digest(council=actor.council, name="other.txt") is None
    path_of(digest).write_bytes(b"changed")
    with pytest.raises(OSError, match="not what was stored"):
        content_of(digest)


@pytest.mark.parametrize(
    ("format_", "media_type"),
    [
        (SourceFormat.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (SourceFormat.CSV, "text/csv"),
    ],
)
def test_a_kept_file_is_of_the_type_that_its_content_shows(
    council_db: TestDatabase, format_: SourceFormat, media_type: str
) -> None:
    actor = new_council()
    upload(actor, plan_file(small_plan(), format_), "plan.dat")
    with council_scope(actor.council):
        assert StoredFile.objects.get().media_type == media_type


def test_a_day_of_asking_can_be_answered_in_words(council_db: TestDatabase) -> None:
    actor = new_council()
    held = plan_file(small_plan(), SourceFormat.CSV).decode("utf-8-sig")
    head, first, *others = csv.reader(held.splitlines())
    first[head.index("Raised")] = "at the last meeting"
    written = io.StringIO()
    csv.writer(written).writerows([head, first, *others])
    started = upload(actor, written.getvalue().encode(), "plan.csv")
    (question,) = (
        one for one in import_reading(actor.council, started.id).questions if one.field == "raised"
    )
    answer_import_question(actor=actor, import_id=started.id, question_key=question.key, other="7 June 2022")
    raised = next(import_reading(actor.council, started.id).actions()).raised
    assert raised is not None
    assert raised.edtf == "2022-06-07"


def test_two_who_upload_the_same_document_at_once_have_one_import_and_one_plan(
    council_db: TestDatabase,
) -> None:
    actor = new_council()
    start, loaded = Barrier(2), []

    def work() -> None:
        start.wait()
        try:
            loaded.append(apply(actor, upload(actor).id))
        finally:
            connections.close_all()

    people = [Thread(target=work) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(set(loaded)) == len(plans(actor.council)) == len(imports(actor.council)) == 1
    assert len(loaded) == 2


def test_a_gone_promise_leaves_the_plan_from_that_day_and_stays_in_its_past(council_db: TestDatabase) -> None:
    actor = new_council()
    loaded = apply(actor, upload(actor).id)
    without = "\n".join(line for line in SHORT_PLAN.splitlines() if "Train every member" not in line)
    amended = upload(actor, without.encode(), "v2.txt")
    gone = [
        change.name for change in import_changes(actor.council, amended.id) if change.kind is ChangeKind.GONE
    ]
    assert "Train every member" in gone
    apply(actor, amended.id, date(2023, 1, 10))

    def titles(cut_off: date) -> list[str | None]:
        held = snapshot(council=actor.council, plan=loaded.slug, cut_off=cut_off)
        return [action.title for action in held.actions()]

    assert "Train every member" in titles(date(2023, 1, 9))
    assert "Train every member" not in titles(date(2023, 1, 10))


def test_a_document_can_be_a_plan_of_its_own_beside_another_and_is_so_once(council_db: TestDatabase) -> None:
    actor = new_council()
    load_small_plan(actor)
    given = {"actor": actor, "name": "short.txt", "content": SHORT_PLAN.encode(), "new_plan": True}
    loaded = apply(actor, start_import(**given).id)
    assert apply(actor, start_import(**given).id) == loaded
    assert len(plans(actor.council)) == 2
    with pytest.raises(InvalidEdit, match="several plans"):
        upload(actor)
