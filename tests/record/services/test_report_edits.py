"""Files of reports that came back: kept as they came, held against their own version, words taken place by place."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.test import override_settings
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.documents.writing import Sheet, xlsx_bytes
from goldenthread.record.actor import Actor
from goldenthread.record.edited_reports import Edited, edited, edited_file, edited_files
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, StaleDraft, Unreadable
from goldenthread.record.history.selectors import head_revision
from goldenthread.record.issued import composed, held_report
from goldenthread.record.models import Role
from goldenthread.record.services.report_drafts import (
    DraftAsked,
    abandon_draft,
    draft_report,
    renew_draft,
    write_draft,
)
from goldenthread.record.services.report_edits import keep_edited_report, take_edited_words
from goldenthread.reporting.report_files import ReportFormat, report_file

RELEASE, TODAY = "1.0", date(2022, 11, 3)
LEGAL = "the council’s duties and powers in this matter (Monitoring Officer)"
COST = "what delivery costs, and from which budget it is met (Section 151 Officer)"
READER = "Cllr Jones"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    return RecordedNorthbury().officer


def drafted(officer: Actor, audience: str = "cabinet", cut_off: date = CUT_OFF) -> int:
    asked = DraftAsked(audience=audience, cut_off=cut_off, meeting=None, compare=None, release=RELEASE)
    return draft_report(actor=officer, plan=PLAN, asked=asked, on=TODAY)


def word_file(officer: Actor, number: int, **instead: str) -> bytes:
    """The Word file of a report with these words instead of those."""
    return edited_copy(
        report_file(composed(held_report(officer.council, PLAN, number), RELEASE), ReportFormat.DOCX),
        **instead,
    )


def edited_copy(word: bytes, **instead: str) -> bytes:
    """A Word file in which a reader typed other words; each stands for itself, with _ for spaces."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                text = content.decode()
                for before, after in instead.items():
                    assert before.replace("_", " ") in text, before
                    text = text.replace(before.replace("_", " "), after)
                content = text.encode()
            new.writestr(entry.filename, content)
    return written.getvalue()


def prompt(words: str) -> str:
    return f"[{words}]"


def send(officer: Actor, number: int, content: bytes, name: str = "cabinet.docx", by: str = READER):  # type: ignore[no-untyped-def]
    return keep_edited_report(
        actor=officer, plan=PLAN, number=number, name=name, content=content, edited_by=by, on=TODAY, release=RELEASE
    )  # fmt: skip


def seen(officer: Actor, number: int) -> Edited:
    """What the newest file that came back says otherwise."""
    held = held_report(officer.council, PLAN, number)
    return edited(held, edited_files(held)[0], RELEASE)


def take(officer: Actor, number: int, *chosen: int, version: int = 1) -> int:
    file = seen(officer, number).file.id
    return take_edited_words(
        actor=officer, plan=PLAN, number=number, file=file, chosen=chosen, seen=version, on=TODAY, release=RELEASE
    )  # fmt: skip


def test_a_file_is_kept_as_it_came_and_shown_against_the_report(officer: Actor) -> None:
    number = drafted(officer)
    content = word_file(officer, number, **{"be_received.": "be noted."})
    came = send(officer, number, content, name="C:\\Users\\Jones\\cabinet.docx")
    held = held_report(officer.council, PLAN, number)
    file = edited_file(held, came)
    assert (file.name, file.ending, file.version) == ("cabinet.docx", "docx", 1)
    assert (file.edited_by, file.sent_on) == (READER, TODAY)
    assert file.content() == content
    found = seen(officer, number).comparison
    assert {(each.where.section, each.before[-9:], each.after[-9:]) for each in found.differences} == {
        ("Recommendations", "received.", "be noted.")
    }
    assert held_report(officer.council, PLAN, number) == held  # nothing of it changed the report


def test_an_unedited_file_of_a_report_on_the_record_differs_in_nothing(officer: Actor) -> None:
    for audience in ("letter", "reviewer-auditor"):
        number = drafted(officer, audience)
        send(officer, number, word_file(officer, number))
        found = seen(officer, number)
        assert found.comparison.differences == (), audience
        assert found.notes.stamp
        assert (found.notes.stamp.number, found.notes.stamp.version) == (number, 1)


def test_the_same_file_twice_is_one_row_and_another_is_another(officer: Actor) -> None:
    number = drafted(officer)
    content = word_file(officer, number)
    first = send(officer, number, content)
    assert send(officer, number, content, name="again.docx", by="Somebody else") == first
    second = send(officer, number, edited_copy(content, **{"be_received.": "be noted."}))
    held = held_report(officer.council, PLAN, number)
    assert [file.id for file in edited_files(held)] == [second, first]


def test_words_are_taken_place_by_place_and_only_when_somebody_says_so(officer: Actor) -> None:
    number = drafted(officer)
    words = {prompt(LEGAL): "A duty of best value.", prompt(COST): "It costs nothing."}
    send(officer, number, word_file(officer, number, **words))
    offers = seen(officer, number).comparison.offers
    assert [(each.slot.name, each.words) for each in offers] == [
        (COST, "It costs nothing."), (LEGAL, "A duty of best value."),
    ]  # fmt: skip
    for chosen in ((), (7,), (-1,)):
        with pytest.raises(InvalidEdit, match="Choose at least one place"):
            take(officer, number, *chosen)
    assert held_report(officer.council, PLAN, number).written == {}
    assert take(officer, number, 1) == 2
    held = held_report(officer.council, PLAN, number)
    assert (held.written, held.version) == ({LEGAL: "A duty of best value."}, 2)
    assert "A duty of best value." in str(composed(held, RELEASE).sections)
    assert head_revision(officer.council).reason == f"Took words of {READER} into report {number}"


def test_a_file_of_an_earlier_version_is_held_against_that_version(officer: Actor) -> None:
    number = drafted(officer)
    early = word_file(officer, number, **{prompt(LEGAL): "A duty of best value."})
    writes = {"actor": officer, "plan": PLAN, "number": number, "fill": {}, "on": TODAY}
    write_draft(**writes, written={COST: "It costs nothing."}, seen=1)  # type: ignore[arg-type]
    send(officer, number, early)
    found = seen(officer, number)
    assert found.file.version == 1
    assert [each.kind.value for each in found.comparison.differences] == ["removed", "added"]
    assert [each.slot.name for each in found.comparison.offers] == [LEGAL]
    assert take(officer, number, 0, version=2) == 3
    assert held_report(officer.council, PLAN, number).written == {
        COST: "It costs nothing.", LEGAL: "A duty of best value.",
    }  # fmt: skip


def test_a_file_from_before_a_draft_was_brought_up_to_date(officer: Actor) -> None:
    number = drafted(officer)
    early = word_file(officer, number)
    known = held_report(officer.council, PLAN, number).known_at
    drafted(officer, "leadership")  # something is recorded meanwhile
    version = renew_draft(actor=officer, plan=PLAN, number=number, seen=1, on=TODAY, release=RELEASE)
    assert version == 2
    send(officer, number, early)
    found = seen(officer, number)
    assert (found.file.version, found.notes.stamp and found.notes.stamp.revision) == (1, known)
    assert found.comparison.differences == ()


def test_words_that_somebody_else_wrote_meanwhile_are_not_written_over(officer: Actor) -> None:
    number = drafted(officer)
    send(officer, number, word_file(officer, number, **{prompt(LEGAL): "A duty of best value."}))
    writes = {"actor": officer, "plan": PLAN, "number": number, "fill": {}, "on": TODAY, "seen": 1}
    write_draft(**writes, written={LEGAL: "The lawyer’s own words."})  # type: ignore[arg-type]
    with pytest.raises(StaleDraft):
        take(officer, number, 0, version=1)
    assert held_report(officer.council, PLAN, number).written == {LEGAL: "The lawyer’s own words."}


def test_files_that_are_not_this_report_are_refused_in_words(officer: Actor) -> None:
    cabinet, leadership = drafted(officer), drafted(officer, "leadership")
    earlier = drafted(officer, cut_off=date(2022, 9, 30))
    word = word_file(officer, cabinet)
    stamp = re.compile(rb"Draft 1 of report \d+, not issued \xc2\xb7 ")
    unmarked = _with_footer(word_file(officer, leadership), lambda xml: stamp.sub(b"", xml))
    stampless = _with_footer(
        word_file(officer, leadership), lambda xml: re.sub(rb"Draft 1.*?(?=</w:t>)", b"", xml)
    )
    foreign = _with_footer(word, lambda xml: re.sub(rb"Record [0-9a-f]+", b"Record " + b"ab" * 6, xml))
    later = _with_footer(word, lambda xml: xml.replace(b"Draft 1 of", b"Draft 9 of"))
    workbook = xlsx_bytes((Sheet("Actions", ("No.",), (("A1",),)),), "Tracker")
    wrong = (
        (
            word_file(officer, leadership),
            InvalidEdit,
            f"is report {leadership}, and this is report {cabinet}",
        ),
        (word_file(officer, earlier), InvalidEdit, "as at 30 September 2022, and report"),
        (unmarked, InvalidEdit, f"Report {cabinet} never did"),
        (stampless, InvalidEdit, "of its headings"),
        (foreign, InvalidEdit, "comes from another record"),
        (later, InvalidEdit, "as version 9. Report"),
        (workbook, Unreadable, "is not a Word document"),
        (b"%PDF-1.7", Unreadable, "is not a Word document"),
        (b"", Unreadable, "is empty"),
        (word[:2000], Unreadable, "damaged"),
    )
    for content, error, said in wrong:
        with pytest.raises(error, match=re.escape(said)):
            send(officer, cabinet, content)
    with override_settings(MAX_UPLOAD_BYTES=1000), pytest.raises(InvalidEdit, match="larger than"):
        send(officer, cabinet, word)
    with pytest.raises(InvalidEdit, match="Say who edited"):
        send(officer, cabinet, word, by="  ")
    held = held_report(officer.council, PLAN, cabinet)
    assert edited_files(held) == ()


def _with_footer(word: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if "footer" in entry.filename:
                assert change(content) != content
                content = change(content)
            new.writestr(entry.filename, content)
    return written.getvalue()


def test_a_file_without_its_stamp_is_held_against_the_newest_version(officer: Actor) -> None:
    number = drafted(officer)
    bare = _with_footer(word_file(officer, number), lambda xml: re.sub(rb"Draft 1.*?(?=</w:t>)", b"", xml))
    writes = {"actor": officer, "plan": PLAN, "number": number, "fill": {}, "on": TODAY, "seen": 1}
    write_draft(**writes, written={LEGAL: "A duty of best value."})  # type: ignore[arg-type]
    send(officer, number, bare)
    found = seen(officer, number)
    assert (found.file.version, found.notes.stamp) == (2, None)
    assert {each.kind.value for each in found.comparison.differences} <= {"removed", "added", "changed"}
    assert found.comparison.offers == ()


def test_only_the_programme_office_and_only_where_there_is_a_report(officer: Actor) -> None:
    number = drafted(officer)
    content = word_file(officer, number)
    for role in (Role.MEMBER, Role.LEAD, Role.REVIEWER):
        with pytest.raises(NotAllowed):
            send(replace(officer, role=role), number, content)
    with pytest.raises(NotFound):
        send(officer, 99, content)
    with pytest.raises(NotFound):
        edited_file(held_report(officer.council, PLAN, number), uuid4())
    send(officer, number, content)
    abandon_draft(actor=officer, plan=PLAN, number=number, reason="Another day was chosen", on=TODAY)
    with pytest.raises(InvalidEdit, match="given up"):
        send(officer, number, content)
    with pytest.raises(InvalidEdit, match="no draft any more"):
        take(officer, number, 0)
