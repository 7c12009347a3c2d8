"""The pages of evidence: adding a file, having it checked by somebody else, verifying; files are saved, never shown."""

from __future__ import annotations

import csv
import io
import json
import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.web_council import ADOPTED, Example, council_with, person

from goldenthread.plan.judgements import Door
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.files.visiting import Visited
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import AuditSample, Evidence, Item, LinkVisit, Role, User
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import create_council
from goldenthread.record.services.link_visits import record_visit
from goldenthread.record.services.updating import submit_updates
from goldenthread.web import clock, jobs

BASE = "/plans/counting/"
PAGE = b"<script>alert(1)</script>"


def signed_in(council: UUID, role: Role) -> Client:
    client = Client()
    client.force_login(
        User.objects.filter(email=f"{role.value}@example.org").first() or person(council, role)
    )
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def council(council_db: TestDatabase) -> UUID:
    """Ten actions, the first of which was reported complete."""
    council, slug = council_with(10)
    officer = Actor(council=council, role=Role.PMO, name="test")
    with council_scope(council):
        item = Item.objects.get(ref="A1").id
    submit_updates(
        actor=officer, plan=slug, updates={item: TypedUpdate(status=Status.COMPLETE)}, as_at=ADOPTED,
        seen_revision=head_number(council), door=Door.PAGE,
    )  # fmt: skip
    return council


def add(client: Client, **more: object) -> str:
    """The address to which adding evidence leads; what is wrong, if it stays on the form."""
    sent = {"items": "A1, m1", "shows": "It was adopted", "dated_on": "7 June 2022", "url": "", "title": ""}
    names = {"lapses_on": "", "recommendation": "", "statement": ""}
    response = client.post(f"{BASE}evidence/add/", {**sent, **names, **more})
    return response["Location"] if response.status_code == 302 else response.content.decode()


def test_from_the_claim_to_verified(council: UUID) -> None:
    officer, assurer = signed_in(council, Role.PMO), signed_in(council, Role.ASSURER)
    assert "No evidence is entered for this" in text(officer, f"{BASE}actions/A1/")
    piece = add(officer, document=SimpleUploadedFile("minutes.html", PAGE, "text/html"))
    with council_scope(council):
        item = Item.objects.get(ref="A1").id
        held = Evidence.objects.get()
    assert piece == f"{BASE}evidence/{held.id}/"
    assert held.sha256 in text(officer, piece)
    assert "A1 Count to 0" in text(officer, piece)
    assert "M1 Milestone 0" in text(officer, piece)
    assert "Not checked yet (1)" in text(officer, f"{BASE}evidence/")

    own = officer.post(f"{piece}check/{item}/", {"sufficient": "yes", "note": ""})
    assert "You entered this evidence yourself" in own.content.decode()
    unproved = assurer.post(f"{BASE}evidence/verify/A1/", {"status": "verified", "reason": "Seen"})
    assert "no evidence that counts" in unproved.content.decode()
    assert assurer.post(f"{piece}check/{item}/", {"sufficient": "yes", "note": ""}).status_code == 302
    done = assurer.post(f"{BASE}evidence/verify/A1/", {"status": "verified", "reason": "Seen"})
    assert done["Location"] == f"{BASE}actions/A1/"
    page = text(officer, f"{BASE}actions/A1/")
    assert "Complete – verified" in page
    assert "Sufficient: Assurer" in page
    assert re.search(r"Actions 0 1 0 10", text(officer, f"{BASE}evidence/"))

    officer.post(f"{piece}withdraw/", {"reason": "It was a draft"})
    register = text(officer, f"{BASE}evidence/")
    assert "1 verification rests on nothing any more" in register
    assert "Taken back (1)" in register
    assert "no longer counts" in text(officer, f"{BASE}actions/A1/")
    assurer.post(f"{BASE}evidence/verify/A1/", {"status": "complete", "reason": "It was a draft"})
    assert "Complete – claimed" in text(officer, f"{BASE}actions/A1/")


def test_a_file_is_saved_and_never_shown(council: UUID) -> None:
    officer = signed_in(council, Role.PMO)
    piece = add(officer, document=SimpleUploadedFile('a"b\r\n.html', PAGE, "text/html"))
    response = officer.get(f"{piece}file/")
    assert response.content == PAGE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    public = Client()
    public.force_login(person(council, Role.PUBLIC))
    assert public.get(f"{piece}file/").status_code == 403
    assert Client().get(f"{piece}file/").status_code == 302


def test_what_is_wrong_with_a_form_is_said_and_what_was_typed_stays(council: UUID) -> None:
    officer = signed_in(council, Role.PMO)
    for wrong, said in (
        ({}, "Choose a file, or enter the address of a link"),
        ({"url": "javascript:alert(1)"}, "is not an address of the web"),
        ({"url": "https://example.org/", "items": "A1, A99"}, "no item with the number A99"),
        ({"url": "https://example.org/", "items": ""}, "what the evidence supports"),
        ({"url": "https://example.org/", "dated_on": "Autumn 2022"}, "as one day"),
        ({"url": "https://example.org/", "dated_on": "1 January 2100"}, "has not come"),
        ({"document": SimpleUploadedFile("a.txt", b"MZ")}, "is a program"),
        ({"document": SimpleUploadedFile("a.txt", b"a"), "url": "https://example.org/"}, "not both"),
    ):
        page = add(officer, **wrong)
        assert said in page, wrong
        assert "It was adopted" in page
    with council_scope(council):
        assert not Evidence.objects.exists()


def test_lapsed_and_unreachable_evidence_is_reported(council: UUID) -> None:
    officer = signed_in(council, Role.PMO)
    add(officer, url="https://example.org/gone", title="Gone")
    add(officer, url="https://example.org/old", title="Old", lapses_on="8 June 2022")
    with council_scope(council):
        gone = Evidence.objects.get(title="Gone").id
    actor = Actor(council=council, role=Role.PMO, name="worker")
    record_visit(actor=actor, evidence=gone, visited=Visited(False, "404 Not Found"), on=clock.civil_today())
    page = text(officer, f"{BASE}evidence/?show=unreachable")
    assert "404 Not Found" in page
    assert "Lapsed (1)" in page
    assert "Lapsed on 8 June 2022" in text(officer, f"{BASE}evidence/?show=lapsed")
    assert "Lapsed on 8 June 2022" in text(officer, f"{BASE}actions/A1/")
    assert officer.get(f"{BASE}evidence/?show=nothing").status_code == 404
    before = text(officer, f"{BASE}evidence/?as-at=2022-06-07")
    assert "All evidence (0)" in before, "it was entered later than that day"


def test_a_sample_can_be_taken_away_and_drawn_again(council: UUID) -> None:
    assurer = signed_in(council, Role.ASSURER)
    asked = {"size": "4", "among": "all", "by_theme": "no", "as_at": "7 June 2022", "seed": "=audit"}
    sample = assurer.post(f"{BASE}evidence/samples/new/", asked)["Location"]
    page = text(assurer, sample)
    assert "it is the same" in page
    rows = list(csv.reader(io.StringIO(assurer.get(f"{sample}sample.csv").content.decode("utf-8-sig"))))
    with council_scope(council):
        drawn = AuditSample.objects.get()
    assert [row[7] for row in rows[1:]] == drawn.items
    assert len(rows) == 5
    assert "=audit" in text(signed_in(council, Role.MEMBER), f"{BASE}evidence/samples/")
    too_many = assurer.post(f"{BASE}evidence/samples/new/", {**asked, "size": "-1"})
    assert "whole number" in too_many.content.decode()


def test_links_are_visited_by_a_job_for_each_council_but_not_for_examples(council: UUID) -> None:
    create_council(command="test", name="An example", demo=True)
    add(signed_in(council, Role.PMO), url="http://127.0.0.1/minutes")
    jobs.visit_all_links(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'goldenthread.visit_links'")
        waiting = [json.loads(args) if isinstance(args, str) else args for (args,) in cursor.fetchall()]
    assert waiting == [{"council": str(council)}]
    for _ in range(2):
        jobs.visit_links(**waiting[0])
    with council_scope(council):
        [visit] = LinkVisit.objects.all()
    assert (visit.reached, visit.said) == (None, "Not visited: its address is inside a private network")
    page = text(signed_in(council, Role.MEMBER), f"{BASE}evidence/?show=unreachable")
    assert "There is nothing in this list" in page, "nobody can tell, so it is not called unreachable"


@pytest.mark.slow
def test_more_evidence_costs_no_more_queries(example: Example) -> None:
    client, counted = signed_in(example.council, Role.PMO), []
    base = f"/plans/{example.slug}/"
    for _ in range(2):
        numbers = []
        for address in (f"{base}evidence/", f"{base}actions/A1/", f"{base}evidence/samples/"):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            numbers.append(len(seen))
        counted.append(numbers)
        for number in range(6):
            sent = {
                "items": f"A{number % 3 + 1}", "shows": "More", "dated_on": "1 June 2022",
                "url": f"https://example.org/{number}",
            }  # fmt: skip
            assert client.post(f"{base}evidence/add/", sent).status_code == 302
    assert counted[0] == counted[1]
