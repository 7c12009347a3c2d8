"""Drafts and issued reports on pages: what stands in the way, what people do about it, and the files as issued."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from html import unescape
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from plugins.database import TestDatabase
from support.held_reports import again, cleared, drafted, issued, worded
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury
from support.web_council import ADOPTED, council_with, person

from goldenthread.record.actor import Actor
from goldenthread.record.files.storage import path_of
from goldenthread.record.issued import listed_reports
from goldenthread.record.models import Role, User
from goldenthread.record.services.report_comments import record_comment
from goldenthread.record.services.report_drafts import abandon_draft
from goldenthread.web.release import RELEASE

TYPED = r'<textarea[^>]* name="(p-[0-9a-f]+)"[^>]*>([^<]*)</textarea>'
LEGAL = "the council’s duties and powers in this matter (Monitoring Officer)"


@pytest.fixture
def northbury(council_db: TestDatabase) -> RecordedNorthbury:
    return RecordedNorthbury()


@pytest.fixture
def officer(northbury: RecordedNorthbury) -> Actor:
    return northbury.officer


def client_of(council: UUID, role: Role = Role.PMO) -> Client:
    email = f"{role.value}@example.org"
    user = User.objects.filter(email=email).first() or person(council, role)
    client = Client()
    client.force_login(user)
    return client


def at(route: str, number: int | None = None, **more: object) -> str:
    numbered = {} if number is None else {"number": number}
    return reverse(route, kwargs={"slug": PLAN, **numbered, **more})


def main(content: bytes) -> str:
    within = content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", within)).split())


def field_of(content: bytes, label: str) -> str:
    """The name of the field under a label."""
    found = re.search(rf'for="(p-[0-9a-f]+)"[^>]*>\s*{re.escape(label)}\s*<', content.decode())
    assert found, label
    return found[1]


def test_a_report_that_is_shown_becomes_a_draft_and_is_listed(officer: Actor) -> None:
    client = client_of(officer.council)
    shown = client.get(at("report", audience="members") + "?as-at=2022-10-31").content.decode()
    (href,) = re.findall(r'href="([^"]+/draft/[^"]+)"', shown)
    form = client.get(unescape(href))
    assert 'value="31 October 2022"' in form.content.decode()
    for _ in range(2):
        sent = client.post(at("report-draft", audience="members"), {"cut-off": "31 October 2022"})
        assert sent.status_code == 302
        assert sent.url == at("report-held", 1)
    listed = main(client.get(at("reports")).content)
    assert "Report 1: All members 31 October 2022 Draft, version 1" in listed
    wrong = client.post(at("report-draft", audience="members"), {"cut-off": "31 October 2099"})
    assert wrong.status_code == 400
    assert "31 October 2099 is still to come" in main(wrong.content)
    assert len(listed_reports(officer.council, PLAN)) == 1


def test_the_page_of_a_draft_says_what_stands_in_the_way_and_how_each_stage_stands(officer: Actor) -> None:
    drafted(officer, "cabinet")
    client = client_of(officer.council)
    text = main(client.get(at("report-held", 1)).content)
    assert "Report 1: draft, version 1" in text
    assert "This is a draft and is not issued" in text
    assert f"Still to be written: Legal and governance: {LEGAL}" in text
    assert "Finance: not cleared yet" in text
    assert re.search(r"Hash of the record [0-9a-f]{64}", text)
    assert "It compares with how the plan stood at the end of 31 July 2022." in text
    back = {"seen": 1, "outcome": "sent-back", "words": "Say what it costs", "cleared_by": "F. Ash, Finance"}
    assert client.post(at("report-clear", 1, stage="finance"), back).status_code == 302
    sent_back = main(client.get(at("report-held", 1)).content)
    assert "Finance Sent back F. Ash, Finance," in sent_back
    assert "“Say what it costs” Recorded by: Programme office." in sent_back
    nameless = client.post(at("report-clear", 1, stage="legal"), {"seen": 1, "outcome": "cleared"})
    assert nameless.status_code == 400
    assert "Say who cleared it for Legal" in main(nameless.content)


def test_words_are_written_and_two_who_write_at_once_see_both(officer: Actor) -> None:
    drafted(officer, "cabinet")
    client = client_of(officer.council)
    form = client.get(at("report-write", 1)).content
    legal, cost = field_of(form, "Legal and governance"), field_of(form, "Resources")
    assert client.post(at("report-write", 1), {"seen": 1, legal: "Powers, first."}).status_code == 302
    late = client.post(at("report-write", 1), {"seen": 1, legal: "Powers, second.", cost: "Reserves."})
    assert late.status_code == 409
    text = main(late.content)
    assert "Nothing that you typed is lost" in text
    assert "Legal and governance Powers, first. Powers, second." in text
    assert "Reserves." in late.content.decode()
    assert 'name="seen" value="2"' in late.content.decode()
    again_sent = client.post(at("report-write", 1), {"seen": 2, legal: "Powers, second.", cost: "Reserves."})
    assert again_sent.status_code == 302
    assert again(officer, 1).written[LEGAL] == "Powers, second."


def test_settling_a_conflict_undoes_nothing_that_was_written_elsewhere_meanwhile(officer: Actor) -> None:
    drafted(officer, "cabinet")
    client = client_of(officer.council)
    form = client.get(at("report-write", 1)).content
    legal, cost = field_of(form, "Legal and governance"), field_of(form, "Resources")
    first = {"seen": 1, legal: "Powers, first.", cost: "Reserves."}
    assert client.post(at("report-write", 1), first).status_code == 302
    late = client.post(
        at("report-write", 1), {"seen": 1, legal: "Powers, second.", cost: ""}
    ).content.decode()
    shown = {name: unescape(words).strip() for name, words in re.findall(TYPED, late)}
    assert (shown[legal], shown[cost]) == ("Powers, second.", "Reserves.")
    assert client.post(at("report-write", 1), {"seen": 2, **shown}).status_code == 302
    written = again(officer, 1).written
    assert (written[LEGAL], "Reserves." in written.values()) == ("Powers, second.", True)
    assert "Powers, second." in main(client.get(at("report-held", 1)).content)


def test_what_the_last_report_said_is_offered_and_taken_only_by_a_tick(officer: Actor) -> None:
    issued(officer, "cabinet")
    number = drafted(officer, "cabinet").number
    client = client_of(officer.council)
    form = client.get(at("report-write", number)).content
    assert "What report 1 said here" in main(form)
    legal = field_of(form, "Legal and governance")
    client.post(at("report-write", number), {"seen": 1, f"use-{legal}": "yes"})
    assert set(again(officer, number).written) == {LEGAL}
    assert again(officer, number).written[LEGAL].startswith("What was written for")


def test_a_report_is_issued_by_a_button_and_refused_with_every_reason(officer: Actor) -> None:
    held = drafted(officer, "members")
    client = client_of(officer.council)
    refused = client.get(at("report-issue", 1))
    assert "Programme office: not cleared yet" in main(refused.content)
    assert "Issue it" not in main(refused.content)
    assert client.post(at("report-issue", 1), {"seen": 1}).status_code == 409
    cleared(officer, held)
    assert "Issue it" in main(client.get(at("report-issue", 1)).content)
    stale = client.post(at("report-issue", 1), {"seen": 7})
    assert stale.status_code == 409
    assert "it is version 1 now" in main(stale.content)
    for _ in range(2):
        assert client.post(at("report-issue", 1), {"seen": 1}).url == at("report-held", 1)
    told = again(officer, 1)
    assert told.is_issued
    text = main(client.get(at("report-held", 1)).content)
    for each in told.files:
        assert f"{each.size:,} bytes {each.sha256}" in text
    assert f"Hash of the record {told.head_hash}" in text
    assert f"Hash of the plan {told.snapshot_hash}" in text
    assert "What stands in the way" not in text
    assert client.get(at("report-write", 1)).url == at("report-held", 1)
    assert "Report 1: All members 31 October 2022 Issued" in main(client.get(at("reports")).content)


def test_an_issued_file_is_served_as_it_was_stored_with_its_hash_for_a_tag(
    northbury: RecordedNorthbury,
) -> None:
    officer = northbury.officer
    held = issued(officer, "members")
    client = client_of(officer.council, Role.REVIEWER)
    before = {
        each.format: client.get(at("report-held-file", 1, ending=each.format.value)) for each in held.files
    }
    northbury.report("A6", CUT_OFF, highlight="Something that was recorded later")
    for each in held.files:
        served = client.get(at("report-held-file", 1, ending=each.format.value))
        assert hashlib.sha256(served.content).hexdigest() == each.sha256
        assert served.content == before[each.format].content
        assert served["ETag"] == f'"{each.sha256}"'
        assert f"-report-1.{each.format.value}" in served["Content-Disposition"]
        same = client.get(
            at("report-held-file", 1, ending=each.format.value), headers={"if-none-match": served["ETag"]}
        )
        assert same.status_code == 304
    path_of(held.files[0].sha256).write_bytes(b"tampered with")
    broken = client.get(at("report-held-file", 1, ending="docx"))
    assert broken.status_code == 503
    assert "missing or damaged" in main(broken.content)
    assert client.get(at("report-held-file", 1, ending="exe")).status_code == 404


def test_the_files_of_a_draft_say_that_it_is_one_on_every_page(officer: Actor) -> None:
    drafted(officer, "members")
    client = client_of(officer.council)
    said = "Draft 1 of report 1, not issued"
    assert said in client.get(at("report-held-file", 1, ending="html")).content.decode()
    word = client.get(at("report-held-file", 1, ending="docx"))
    assert "-draft-1-version-1.docx" in word["Content-Disposition"]
    with ZipFile(BytesIO(word.content)) as archive:
        footers = [archive.read(name).decode() for name in archive.namelist() if "footer" in name]
    assert any(said in footer for footer in footers)


def test_drafts_are_for_those_who_prepare_and_clear_and_issued_reports_for_every_reader(
    officer: Actor,
) -> None:
    draft = drafted(officer, "cabinet")
    open_to_all = issued(officer, "members")
    for role in (Role.MEMBER, Role.REVIEWER):
        client = client_of(officer.council, role)
        assert client.get(at("report-held", draft.number)).status_code == 403
        assert client.get(at("report-held-file", draft.number, ending="html")).status_code == 403
        assert client.get(at("report-held", open_to_all.number)).status_code == 200
        listed = main(client.get(at("reports")).content)
        assert f"Report {open_to_all.number}: All members" in listed
        assert f"Report {draft.number}: Cabinet" not in listed
    letter = drafted(officer, "letter").number
    for route in ("letter", "letter-due"):
        for role, status in ((Role.MEMBER, 403), (Role.LEADERSHIP, 200)):
            assert client_of(officer.council, role).get(at(route, letter)).status_code == status
    leadership = client_of(officer.council, Role.LEADERSHIP)
    assert "Answer for Finance" in main(leadership.get(at("report-held", draft.number)).content)
    cleared_it = leadership.post(at("report-clear", 1, stage="finance"), {"seen": 1, "outcome": "cleared"})
    assert cleared_it.status_code == 302
    assert again(officer, draft.number).stages[1].last.by == "Leadership Team"  # type: ignore[union-attr]
    assert leadership.get(at("report-write", draft.number)).status_code == 403


def test_a_draft_is_brought_up_to_date_and_given_up(northbury: RecordedNorthbury) -> None:
    officer = northbury.officer
    drafted(officer, "members")
    northbury.report("A6", CUT_OFF, highlight="The depot opened on time")
    client = client_of(officer.council)
    assert "The depot opened" not in main(client.get(at("report-held", 1)).content)
    assert client.post(at("report-renew", 1), {"seen": 1}).status_code == 302
    text = main(client.get(at("report-held", 1)).content)
    assert "draft, version 2" in text
    assert "The depot opened on time" in text
    assert client.post(at("report-abandon", 1), {"reason": "The meeting is off"}).status_code == 302
    assert "This draft was given up: The meeting is off" in main(client.get(at("report-held", 1)).content)
    assert "Given up: The meeting is off" in main(client.get(at("reports")).content)
    assert client.get(at("report-issue", 1)).status_code == 200


def test_a_longer_plan_costs_no_more_queries(council_db: TestDatabase) -> None:
    counted: dict[int, list[int]] = {}
    for size in (10, 100):
        council, slug = council_with(size)
        actor = Actor(council=council, role=Role.PMO, name="test")
        number = drafted(actor, "members", ADOPTED, plan=slug).number
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=council, role=Role.PMO)
        client = Client()
        client.force_login(user)
        looks = []
        for path in ("", "", "write/", "issue/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/plans/{slug}/report/{number}/{path}").status_code == 200
            looks.append(len(asked))
        counted[size] = looks
    assert counted[10] == counted[100]
    assert counted[10][1] < 40


def test_what_was_issued_by_this_release_is_shown_and_by_another_only_its_files(officer: Actor) -> None:
    issued(officer, "members")  # by release 1.0
    client = client_of(officer.council)
    text = main(client.get(at("report-held", 1)).content)
    assert ("It was made by Golden Thread 1.0" in text) == (RELEASE != "1.0")
    assert "Files as issued File Size SHA-256 Word" in text


def test_only_those_who_may_clear_a_stage_are_asked_to(officer: Actor) -> None:
    """Northbury has the post of the Monitoring Officer, whom the report calls upon, and none called Finance."""
    held = drafted(officer, "cabinet")
    assert "Answer for Programme office" in main(client_of(officer.council).get(at("report-held", 1)).content)
    leadership = client_of(officer.council, Role.LEADERSHIP)
    for stage in held.stages:
        asked = leadership.get(at("report-clear", 1, stage=stage.handle))
        sent = leadership.post(at("report-clear", 1, stage=stage.handle), {"seen": 1, "outcome": "cleared"})
        assert (asked.status_code, sent.status_code) in ((200, 302), (403, 400)), stage.name
        offered = f" for {stage.name}</span>".encode() in leadership.get(at("report-held", 1)).content
        assert offered == (sent.status_code == 302), stage.name
    refused = {each.name for each in again(officer, 1).stages if each.last is None}
    assert refused == {"Programme office", "Monitoring Officer"}


def test_what_is_wrong_with_a_clearance_is_said_at_its_field(officer: Actor) -> None:
    drafted(officer, "cabinet")
    client = client_of(officer.council)
    for typed, field in (
        ({"outcome": "cleared"}, "cleared_by"),
        ({"outcome": "sent-back", "cleared_by": "F. Ash"}, "words"),
        ({"outcome": "cleared", "cleared_by": "F. Ash", "words": "x" * 2001}, "words"),
    ):
        answered = client.post(at("report-clear", 1, stage="finance"), {"seen": 1, **typed})
        assert answered.status_code == 400
        assert f'href="#{field}"' in answered.content.decode()


def test_a_draft_counts_what_it_does_not_know_and_not_what_was_done_to_it(
    northbury: RecordedNorthbury,
) -> None:
    officer = northbury.officer
    held = drafted(officer, "cabinet")
    client = client_of(officer.council)
    cleared(officer, worded(officer, held))
    assert "Bring it up to date" not in main(client.get(at("report-held", 1)).content)
    northbury.report("A6", CUT_OFF, highlight="The depot opened on time")
    drafted(officer, "members")
    text = main(client.get(at("report-held", 1)).content)
    assert "Bring it up to date : 2 changes on the record that it does not know" in text


def test_nobody_is_asked_to_clear_what_is_no_draft_any_more(officer: Actor) -> None:
    issued(officer, "members")
    client = client_of(officer.council)
    assert client.get(at("report-clear", 1, stage="programme-office")).url == at("report-held", 1)
    late = {"seen": 1, "outcome": "sent-back", "words": "Too late"}
    refused = client.post(at("report-clear", 1, stage="programme-office"), late)
    assert refused.status_code == 400
    assert "does not change any more" in main(refused.content)
    assert "Too late" in refused.content.decode()


def test_a_letter_says_what_its_head_lacks_once_and_leads_to_where_it_is_filled(officer: Actor) -> None:
    number = drafted(officer, "letter").number
    page = client_of(officer.council).get(at("report-held", number))
    text = main(page.content)
    assert "“My Ref” is empty. Fill it in the head of the letter." in text
    assert "Still to be written" not in text
    assert "The letter, sentence by sentence" in text
    assert at("report-write", number).encode() not in page.content, "a letter has no place to write for there"


def test_a_draft_that_waits_for_a_response_leads_to_the_comments(officer: Actor) -> None:
    number = issued(officer, "cabinet").number
    client = client_of(officer.council)
    record_comment(
        actor=officer, plan=PLAN, number=number, body="scrutiny-committee", met_on=date(2022, 11, 24),
        text="Say when the depot opens.", is_recommendation=True, on=date(2022, 11, 25),
    )  # fmt: skip
    draft = worded(officer, drafted(officer, "cabinet", date(2022, 11, 30)))
    text = main(client.get(at("report-held", draft.number)).content)
    assert "response to Scrutiny Committee" in text
    assert "Change the words that people wrote" in text
    assert "Respond to what bodies said" in text
    assert "Respond to what bodies said" not in main(client.get(at("report-held", number)).content)


def test_whoever_clears_for_themselves_entered_it_and_sees_what_was_changed_for_them(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    leadership = client_of(officer.council, Role.LEADERSHIP)
    back = {"seen": 1, "outcome": "sent-back", "words": "Say what it costs"}
    assert leadership.post(at("report-clear", 1, stage="finance"), back).status_code == 302
    text = main(leadership.get(at("report-held", 1)).content)
    assert "Finance Sent back Leadership Team, " in text
    assert "Recorded by" not in text
    worded(officer, held)
    text = main(leadership.get(at("report-held", 1)).content)
    assert "Finance Sent back; what the report says has changed since Leadership Team, " in text


def test_words_for_a_draft_that_was_given_up_meanwhile_are_not_lost(officer: Actor) -> None:
    drafted(officer, "cabinet")
    client = client_of(officer.council)
    legal = field_of(client.get(at("report-write", 1)).content, "Legal and governance")
    abandon_draft(actor=officer, plan=PLAN, number=1, reason="The meeting is off", on=CUT_OFF)
    late = client.post(at("report-write", 1), {"seen": 1, legal: "Powers under the Act."})
    assert late.status_code == 400
    assert "The draft 1 was given up. Start a new one." in main(late.content)
    assert "Powers under the Act." in late.content.decode()
    for route in ("report-write", "report-renew", "report-abandon"):
        assert client.get(at(route, 1)).url == at("report-held", 1)
    assert "Report 1: given up, version 1" in main(client.get(at("report-held", 1)).content)


def test_what_was_said_before_the_last_word_at_a_stage_stays_to_be_read(officer: Actor) -> None:
    held = drafted(officer, "members")
    client = client_of(officer.council)
    back = {"seen": 1, "outcome": "sent-back", "words": "Say what it costs"}
    client.post(at("report-clear", 1, stage="programme-office"), back)
    assert "What was said before" not in main(client.get(at("report-held", 1)).content)
    cleared(officer, held)
    text = main(client.get(at("report-held", 1)).content)
    assert re.search(
        r"What was said before Programme office: sent back\. Programme office,.*“Say what it costs”", text
    )
