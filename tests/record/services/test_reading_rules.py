"""What a council has said of its documents: remembered for it alone, in the log, and used by every import."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import psycopg
import pytest
from plugins.database import TestDatabase
from support.records import new_council

from goldenthread.plan.model import Action
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading import Field
from goldenthread.record.actor import Actor
from goldenthread.record.errors import ImportClosed, InvalidEdit, NotAllowed, QuestionsOpen, Unreadable
from goldenthread.record.history.selectors import head_number, revision
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role
from goldenthread.record.services.imports import (
    answer_import_question,
    apply_import,
    discard_import,
    import_changes,
    import_reading,
    import_summary,
    imports,
    start_import,
)
from goldenthread.record.services.reading_rules import reading_rules, remembered_rules, set_reading_rules
from goldenthread.record.services.rereading import import_mapping, reread_import

STRANGE = """# What we promised in 2023

|Wot we promised|Boss|Drop-dead|Vibe|
|---|---|---|---|
|Mend the roof of the town hall|Head of Estates|30 June 2023|Sorted|
|Train all members||Autumn 2023|Meh|
"""
SAID = {
    "Wot we promised": Field.ACTION,
    "Boss": Field.LEAD,
    "Drop-dead": Field.DUE,
    "Vibe": Field.STATUS,
}
WHY = "Said how the columns are read"


def upload(actor: Actor, text: str = STRANGE, name: str = "promises.md") -> UUID:
    return start_import(actor=actor, name=name, content=text.encode(), new_plan=True, to_be_mapped=True).id


def say(actor: Actor) -> None:
    set_reading_rules(actor=actor, columns=SAID, values={"Sorted": Status.COMPLETE}, reason=WHY)


def first(actor: Actor, import_id: UUID) -> Action:
    return next(import_reading(actor.council, import_id).actions())


def test_a_document_that_is_not_understood_waits_for_somebody_to_say_what_its_columns_hold(
    council_db: TestDatabase,
) -> None:
    actor = new_council()
    with pytest.raises(Unreadable, match="no list of actions"):
        start_import(actor=actor, name="promises.md", content=STRANGE.encode())
    waiting = upload(actor)
    assert import_summary(actor.council, waiting).understood is False
    assert [each.understood for each in imports(actor.council)] == [False]
    assert import_changes(actor.council, waiting) == ()
    with pytest.raises(QuestionsOpen, match="what its columns hold"):
        apply_import(actor=actor, import_id=waiting, reason="Too soon", effective_on=date(2023, 1, 1))
    assert upload(actor) == waiting
    say(actor)
    reread_import(actor=actor, import_id=waiting, reason="Read again")
    assert import_summary(actor.council, waiting).understood
    roof = first(actor, waiting)
    assert (roof.title, roof.leads, roof.status) == (
        "Mend the roof of the town hall", ("Head of Estates",), Status.COMPLETE,
    )  # fmt: skip
    apply_import(actor=actor, import_id=waiting, reason="Checked", effective_on=date(2023, 1, 1))
    assert verify(actor.council).ok


def test_what_was_said_serves_the_next_document_of_that_council_and_no_other(
    council_db: TestDatabase,
) -> None:
    actor, other = new_council(), new_council("Borough of Elsewhere")
    say(actor)
    following = STRANGE.replace("roof", "boiler")
    read = start_import(actor=actor, name="next.md", content=following.encode())
    assert first(actor, read.id).title == "Mend the boiler of the town hall"
    with pytest.raises(Unreadable):
        start_import(actor=other, name="next.md", content=following.encode())
    assert remembered_rules(other.council) == ()
    assert reading_rules(other.council).said.columns == {}


def test_forgetting_restores(council_db: TestDatabase) -> None:
    actor = new_council()
    say(actor)
    waiting = upload(actor)
    set_reading_rules(actor=actor, columns={"boss": None}, values={"SORTED": None}, reason="A mistake")
    assert [rule.printed for rule in remembered_rules(actor.council)] == [
        "Drop-dead",
        "Vibe",
        "Wot we promised",
    ]
    reread_import(actor=actor, import_id=waiting, reason="Read again")
    roof = first(actor, waiting)
    assert (roof.leads, roof.status) == ((), Status.UNKNOWN)
    set_reading_rules(actor=actor, columns=dict.fromkeys(SAID), values={}, reason="All of it")
    reread_import(actor=actor, import_id=waiting, reason="Read again")
    assert import_summary(actor.council, waiting).understood is False


def test_answers_that_still_fit_are_kept_when_a_document_is_read_again(council_db: TestDatabase) -> None:
    actor = new_council()
    set_reading_rules(actor=actor, columns=SAID, values={}, reason=WHY)
    waiting = upload(actor)
    asked = {q.kind: q for q in import_reading(actor.council, waiting).questions if "Train" in q.text}
    for kind, other in (
        (QuestionKind.MISSING_LEAD, "Monitoring Officer"),
        (QuestionKind.STATUS, "in_progress"),
    ):
        answer_import_question(actor=actor, import_id=waiting, question_key=asked[kind].key, other=other)
    set_reading_rules(actor=actor, columns={}, values={"Meh": Status.DEFERRED}, reason=WHY)
    before = head_number(actor.council)
    reread_import(actor=actor, import_id=waiting, reason="Read again")
    assert head_number(actor.council) == before + 1
    members = list(import_reading(actor.council, waiting).actions())[1]
    assert members.leads == ("Monitoring Officer",)
    assert members.status is Status.DEFERRED, (
        "the question was not asked again, so its answer no longer counts"
    )


def test_documents_on_the_record_are_not_touched_and_can_be_read_in_again(council_db: TestDatabase) -> None:
    actor = new_council()
    set_reading_rules(actor=actor, columns=SAID, values={}, reason=WHY)
    done = upload(actor)
    held = apply_import(actor=actor, import_id=done, reason="Checked", effective_on=date(2023, 1, 1))
    put_aside = upload(actor, STRANGE.replace("roof", "boiler"))
    discard_import(actor=actor, import_id=put_aside)
    for closed in (done, put_aside):
        with pytest.raises(ImportClosed):
            reread_import(actor=actor, import_id=closed, reason="Read again")
    again = start_import(actor=actor, name="promises.md", content=STRANGE.encode(), plan=held.slug)
    assert again.id == done, "nothing was said since"
    set_reading_rules(actor=actor, columns={}, values={"Sorted": Status.COMPLETE}, reason=WHY)
    assert first(actor, done).status is Status.UNKNOWN
    again = start_import(actor=actor, name="promises.md", content=STRANGE.encode(), plan=held.slug)
    assert again.id != done
    changes = import_changes(actor.council, again.id)
    assert {change.name for change in changes} == {"Mend the roof of the town hall"}


def test_every_saying_is_one_revision_in_a_chain_that_verifies(council_db: TestDatabase) -> None:
    actor = new_council()
    before = head_number(actor.council)
    say(actor)
    assert head_number(actor.council) == before + 1
    assert revision(actor.council, before + 1).row.reason == WHY
    say(actor)
    assert head_number(actor.council) == before + 1, "nothing new was said"
    assert verify(actor.council).ok
    with psycopg.connect(council_db.superuser) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE reading_rule SET meaning = 'due' WHERE words = 'boss'")
    assert not verify(actor.council).ok


def test_who_may_not_import_may_not_say_or_read_again(council_db: TestDatabase) -> None:
    officer = new_council()
    waiting = upload(officer)
    for role in set(Role) - {Role.PMO}:
        somebody = Actor(council=officer.council, role=role, name="test")
        with pytest.raises(NotAllowed):
            say(somebody)
        with pytest.raises(NotAllowed):
            reread_import(actor=somebody, import_id=waiting, reason="Read again")
    assert remembered_rules(officer.council) == ()


@pytest.mark.parametrize(
    ("columns", "values", "reason"),
    [
        ({" ": Field.LEAD}, {}, WHY),
        ({"x" * 201: Field.LEAD}, {}, WHY),
        ({"Risk": Field.RISK}, {}, WHY),
        ({}, {"Sorted": Status.VERIFIED}, WHY),
        ({"Boss": Field.LEAD}, {}, " "),
    ],
)
def test_what_makes_no_sense_is_refused(
    council_db: TestDatabase, columns: dict[str, Field], values: dict[str, Status], reason: str
) -> None:
    actor = new_council()
    with pytest.raises(InvalidEdit):
        set_reading_rules(actor=actor, columns=columns, values=values, reason=reason)
    assert remembered_rules(actor.council) == ()


def test_a_mapping_shows_the_rules_of_today(council_db: TestDatabase) -> None:
    actor = new_council()
    waiting = upload(actor)
    assert {column.read_as for column in import_mapping(actor.council, waiting).columns} == {Field.OTHER}
    say(actor)
    found = import_mapping(actor.council, waiting)
    assert {column.heading: column.read_as for column in found.columns} == SAID
    assert all(column.said for column in found.columns)
