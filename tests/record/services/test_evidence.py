"""Evidence as the services take it: files and links, who may do what, both clocks, and the sealed log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections
from django.test import override_settings
from plugins.database import TestDatabase
from support.evidence import CHECKED, CLAIMED, OFFERED, PLAN, Checking
from support.records import in_post, new_council

from goldenthread.documents.writing import Sheet, xlsx_bytes
from goldenthread.plan import model
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.judgements import Door
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.plan.updates import EvidenceOffer, TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.files.storage import content_of, sweep
from goldenthread.record.files.visiting import Visited
from goldenthread.record.history.selectors import head_number, revision
from goldenthread.record.history.verify import verify
from goldenthread.record.models import EvidenceCheck, Item, LinkVisit, Role, StoredFile
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.completion import embed_completion, unverify_completion, verify_completion
from goldenthread.record.services.evidence import (
    Offer,
    OfferedFile,
    add_evidence,
    check_evidence,
    support_with,
    withdraw_evidence,
)
from goldenthread.record.services.link_visits import record_visit, visit_links
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.samples import draw_audit_sample
from goldenthread.record.services.updating import submit_updates

LATER = date(2023, 1, 31)


@pytest.fixture
def council(council_db: TestDatabase) -> Checking:
    return Checking()


def offer(source: OfferedFile | str, **more: object) -> Offer:
    return Offer(**{"source": source, "shows": "Adopted", "dated_on": CLAIMED, **more})  # type: ignore[arg-type]


def add(council: Checking, source: OfferedFile | str, *, by: Actor | None = None, **more: object) -> None:
    add_evidence(
        actor=by or council.officer, plan=PLAN, items=[council.item()], offer=offer(source, **more), added_on=OFFERED
    )  # fmt: skip


def test_a_file_is_kept_by_its_hash_and_by_what_it_is(council: Checking) -> None:
    workbook = xlsx_bytes((Sheet("Minutes", ("a",), (("b",),)),), "Minutes")
    add(council, OfferedFile("C:\\minutes\\42.pdf", workbook))
    [piece] = council.register(OFFERED).pieces
    assert piece.file
    assert piece.file.name == "42.pdf"
    assert piece.file.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sweep(older_than=-1)
    assert content_of(piece.file.sha256) == workbook, "a file that is named is not swept"
    with council_scope(council.officer.council):
        assert StoredFile.objects.get(kind="evidence").size == len(workbook)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (OfferedFile("a.pdf", b"MZ\x90\x00"), "is a program"),
        (OfferedFile("a.txt", b"\x7fELF\x02"), "is a program"),
        (OfferedFile("a.sh", b"#!/bin/sh\n"), "is a program"),
        (OfferedFile("a.pdf", b""), "is empty"),
        ("javascript:alert(1)", "not an address"),
        ("file:///etc/passwd", "not an address"),
        ("ftp://example.org/a", "not an address"),
        ("https://somebody:secret@example.org/", "name or a password"),
        ("https://[", "not an address"),
        ("https://example.org/" + "a" * 2000, "longer"),
    ],
)
def test_what_is_not_taken_in(council: Checking, source: OfferedFile | str, said: str) -> None:
    before = head_number(council.officer.council)
    with pytest.raises(InvalidEdit, match=said):
        add(council, source)
    assert head_number(council.officer.council) == before


def test_a_file_that_is_too_large_is_not_taken_in(council: Checking) -> None:
    with (
        override_settings(MAX_UPLOAD_BYTES=1024 * 1024),
        pytest.raises(InvalidEdit, match="larger than 1 MB"),
    ):
        add(council, OfferedFile("a.txt", b"a" * (1024 * 1024 + 1)))


def test_its_words_and_days_must_fit(council: Checking) -> None:
    link = "https://example.gov.uk/"
    with pytest.raises(InvalidEdit, match="what the evidence shows"):
        add(council, link, shows=" ")
    with pytest.raises(InvalidEdit, match="has not come"):
        add(council, link, dated_on=date(2022, 10, 4))
    with pytest.raises(InvalidEdit, match="would lapse"):
        add(council, link, lapses_on=CLAIMED)
    with pytest.raises(InvalidEdit, match="at least one"):
        add_evidence(actor=council.officer, plan=PLAN, items=[], offer=offer(link), added_on=OFFERED)
    with pytest.raises(NotFound):
        add_evidence(actor=council.officer, plan=PLAN, items=[uuid4()], offer=offer(link), added_on=OFFERED)
    theme = council.of_kind(ItemKind.THEME)
    with pytest.raises(NotFound):
        add_evidence(actor=council.officer, plan=PLAN, items=[theme], offer=offer(link), added_on=OFFERED)


def test_no_door_keeps_a_link_that_is_none(council: Checking) -> None:
    typed = TypedUpdate(no_change=False, why="See", evidence=EvidenceOffer(url="javascript:alert(1)"))
    with pytest.raises(InvalidEdit, match="not an address"):
        submit_updates(
            actor=council.officer, plan=PLAN, updates={council.item("A2"): typed}, as_at=CLAIMED,
            seen_revision=head_number(council.officer.council), door=Door.EMAIL,
        )  # fmt: skip


def test_who_may_add_check_and_verify(council: Checking) -> None:
    link, actor = "https://example.gov.uk/", council.officer
    for role in (Role.ASSURER, Role.LEADERSHIP, Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR, Role.PUBLIC):
        with pytest.raises(NotAllowed):
            add(council, link, by=replace(actor, role=role))
    other = in_post(council.officer, "Section 151 Officer")
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        add(council, link, by=other)
    evidence = council.add()
    for role in set(Role) - {Role.PMO, Role.ASSURER}:
        somebody = replace(council.assurer, role=role)
        with pytest.raises(NotAllowed):
            council.check(evidence, by=somebody)
        for decide in (verify_completion, embed_completion, unverify_completion):
            with pytest.raises(NotAllowed):
                decide(actor=somebody, plan=PLAN, item=council.item(), reason="Seen", on=CHECKED)
        with pytest.raises(NotAllowed):
            draw_audit_sample(actor=somebody, plan=PLAN, size=1, seed="1", as_at=CHECKED, on=CHECKED)
        with pytest.raises(NotAllowed):
            record_visit(actor=somebody, evidence=evidence, visited=Visited(True, "200"), on=CHECKED)


def test_who_says_that_it_supports_an_item_does_not_check_it_for_that_item(council: Checking) -> None:
    evidence = council.add()
    item = council.item("A2")
    support_with(
        actor=council.colleague, plan=PLAN, evidence=evidence, items=[item, council.item()], on=CHECKED
    )
    with pytest.raises(NotAllowed, match="yourself"):
        check_evidence(actor=council.colleague, evidence=evidence, item=item, sufficient=True, on=CHECKED)
    council.check(evidence, by=council.colleague)
    assert [len(piece.supports) for piece in council.register(OFFERED).pieces] == [1], "not yet on that day"
    assert [len(piece.supports) for piece in council.register(CHECKED).pieces] == [2]


def test_evidence_supports_recommendations_and_success_statements_too(council_db: TestDatabase) -> None:
    officer = new_council()
    plan = model.Plan(
        key="plan",
        council=model.Council(name="Borough of Testing"),
        title="Plan",
        themes=(
            model.Theme(
                key="t",
                number=1,
                name="One",
                success_statements=(model.SuccessStatement(key="s", text="Trust"),),
            ),
        ),
        reviews=(
            model.Review(
                key="r",
                name="Auditor",
                title="Review",
                recommendations=(
                    model.Recommendation(key="r1", reference=Reference(review="Auditor", number="1")),
                ),
            ),
        ),
    )
    load_plan(actor=officer, plan=plan, effective_on=CLAIMED, reason="Approved", slug=PLAN)
    kinds = [ItemKind.SUCCESS_STATEMENT.value, ItemKind.RECOMMENDATION.value]
    with council_scope(officer.council):
        items = list(Item.objects.filter(kind__in=kinds).values_list("id", flat=True))
    assert len(items) == 2
    link = offer("https://example.gov.uk/survey")
    evidence = add_evidence(actor=officer, plan=PLAN, items=items, offer=link, added_on=OFFERED)
    auditor = replace(officer, role=Role.ASSURER, name="an auditor")
    for item in items:
        check_evidence(actor=auditor, evidence=evidence, item=item, sufficient=True, on=CHECKED)
    assert verify(officer.council).ok


def test_both_clocks_hold_for_evidence(council: Checking) -> None:
    evidence = council.add()
    added = head_number(council.officer.council)
    council.check(evidence)
    checked = head_number(council.officer.council)
    withdraw_evidence(actor=council.officer, evidence=evidence, reason="A draft", on=LATER)
    item = council.item()
    assert council.register(date(2022, 10, 2)).pieces == ()
    assert [bool(council.register(day).proving(item)) for day in (OFFERED, CHECKED, LATER)] == [
        False,
        True,
        False,
    ]
    assert [piece.withdrawn for piece in council.register(LATER).pieces] == ["A draft"], "it stays"
    assert council.register(LATER, known_at=added).proving(item) == ()
    assert [piece.id for piece in council.register(LATER, known_at=checked).proving(item)] == [evidence]
    assert council.register(LATER, known_at=added - 1).pieces == ()
    with pytest.raises(InvalidEdit, match="taken back"):
        council.check(evidence, on=LATER)


def test_only_whoever_added_it_or_who_oversees_it_takes_evidence_back(council: Checking) -> None:
    evidence = council.add(by=council.colleague)
    with pytest.raises(NotAllowed, match="whoever added"):
        withdraw_evidence(actor=council.lead, evidence=evidence, reason="Wrong", on=CHECKED)
    with pytest.raises(InvalidEdit, match="reason"):
        withdraw_evidence(actor=council.officer, evidence=evidence, reason=" ", on=CHECKED)
    own = council.add()
    withdraw_evidence(actor=council.lead, evidence=own, reason="Wrong", on=CHECKED)


def test_the_last_check_counts_and_says_what_is_missing(council: Checking) -> None:
    evidence = council.add()
    with pytest.raises(InvalidEdit, match="what is missing"):
        check_evidence(
            actor=council.assurer, evidence=evidence, item=council.item(), sufficient=False, on=CHECKED
        )
    council.check(evidence)
    council.check(evidence, enough=False)
    assert council.register(CHECKED).proving(council.item()) == ()
    council.check(evidence)
    [piece] = council.register(CHECKED).proving(council.item())
    assert [check.sufficient for check in piece.supports[0].checks] == [True, False, True]
    with pytest.raises(InvalidEdit, match="entered later"):
        council.check(evidence, on=CLAIMED)


def test_two_checks_at_once_are_two(council: Checking) -> None:
    evidence, together = council.add(), Barrier(2)
    failed: list[Exception] = []

    def check(by: Actor) -> None:
        try:
            together.wait()
            council.check(evidence, by=by)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=check, args=(by,)) for by in (council.assurer, council.colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with council_scope(council.officer.council):
        assert sorted(EvidenceCheck.objects.values_list("number", flat=True)) == [1, 2]


def test_a_lead_does_not_undo_a_verification_by_reporting(council: Checking) -> None:
    council.check(council.add())
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED, reason="Minute seen")
    with pytest.raises(InvalidEdit):
        council.report(Status.IN_PROGRESS, LATER)
    assert council.status(LATER) is Status.VERIFIED
    with pytest.raises(InvalidEdit, match="reason"):
        unverify_completion(actor=council.assurer, plan=PLAN, item=council.item(), reason="", on=LATER)
    with pytest.raises(InvalidEdit, match="neither verified"):
        unverify_completion(actor=council.assurer, plan=PLAN, item=council.item("A2"), reason="No", on=LATER)


def test_months_are_counted_from_the_claim_that_still_stands(council: Checking) -> None:
    council.report(Status.IN_PROGRESS, date(2022, 10, 31))
    council.report(Status.COMPLETE, date(2022, 11, 30))
    council.check(council.add(dated_on=date(2022, 12, 30), added_on=LATER), on=LATER)
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=LATER)
    with pytest.raises(InvalidEdit, match="complete on 30 November 2022"):
        embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=LATER)


def test_a_visit_is_kept_once_a_day_and_withdrawn_links_are_left_alone(council: Checking) -> None:
    first, second = council.add(), council.add(url="https://example.gov.uk/other")
    withdraw_evidence(actor=council.officer, evidence=second, reason="Wrong", on=CHECKED)
    asked: list[str] = []

    def look(url: str) -> Visited:
        asked.append(url)
        assert not connection.in_atomic_block, "nothing is held while a site is slow"
        return Visited(False, "404 Not Found")

    assert [visit_links(actor=council.officer, on=CHECKED, look=look) for _ in range(2)] == [1, 0]
    assert asked == ["https://example.gov.uk/minutes/42"]
    assert not record_visit(
        actor=council.officer, evidence=first, visited=Visited(True, "200 OK"), on=CHECKED
    )
    with council_scope(council.officer.council):
        assert [visit.reached for visit in LinkVisit.objects.all()] == [False]
    assert verify(council.officer.council).ok


def test_checks_and_visits_cannot_be_rewritten_and_say_who_did_what(council: Checking) -> None:
    evidence = council.add()
    council.check(evidence)
    last = revision(council.officer.council, head_number(council.officer.council)).row
    assert (last.actor, last.reason) == ("An auditor", "Found evidence sufficient")
    with pytest.raises(ProgrammingError), writing(council.officer, "Tampering"):
        EvidenceCheck.objects.update(sufficient=False)
    assert verify(council.officer.council).ok


def test_another_council_sees_none_of_it(council: Checking) -> None:
    evidence = council.add()
    stranger = replace(new_council("Elsewhere"), name="stranger")
    with pytest.raises(NotFound):
        check_evidence(actor=stranger, evidence=evidence, item=council.item(), sufficient=True, on=CHECKED)
    with pytest.raises(NotFound):
        withdraw_evidence(actor=stranger, evidence=evidence, reason="Mine", on=CHECKED)
