"""Evidence: what is claimed becomes verified, and verified becomes embedded, only by evidence that somebody checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.evidence import CHECKED, CLAIMED, PLAN, Checking
from support.records import ADOPTED, promised

from goldenthread.documents import SourceFormat, document_from_bytes
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.proposals import NewDate
from goldenthread.plan.status import Status
from goldenthread.reading import read_plan
from goldenthread.record.change_requests import change_requests
from goldenthread.record.errors import InvalidEdit, NotAllowed
from goldenthread.record.files.visiting import Visited
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import CouncilSettings, Role, User
from goldenthread.record.scope import writing
from goldenthread.record.services.change_control import Decision, propose_change, record_decision
from goldenthread.record.services.completion import embed_completion, unverify_completion, verify_completion
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.evidence import withdraw_evidence
from goldenthread.record.services.imports import apply_import, start_import
from goldenthread.record.services.link_visits import record_visit
from goldenthread.record.services.samples import draw_audit_sample, drawn_again
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.plan_files import plan_file

LATER = date(2023, 1, 31)


@pytest.fixture
def council(council_db: TestDatabase) -> Checking:
    return Checking()


def test_an_action_is_not_verified_without_evidence(council: Checking) -> None:
    with pytest.raises(InvalidEdit, match="no evidence"):
        verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    evidence = council.add()
    with pytest.raises(InvalidEdit, match="no evidence"):
        verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    council.check(evidence, enough=False)
    with pytest.raises(InvalidEdit, match="no evidence"):
        verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    assert council.status(CHECKED) is Status.COMPLETE

    council.check(evidence)
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    assert council.status(CHECKED) is Status.VERIFIED
    assert council.status(date(2022, 10, 9)) is Status.COMPLETE, "it was only claimed until that day"
    assert verify(council.officer.council).ok


@pytest.mark.parametrize("ended", ["lapsed", "withdrawn"])
def test_evidence_that_no_longer_counts_verifies_nothing(council: Checking, ended: str) -> None:
    evidence = council.add(lapses_on=CHECKED if ended == "lapsed" else None)
    council.check(evidence, on=date(2022, 10, 9))
    if ended == "withdrawn":
        withdraw_evidence(actor=council.officer, evidence=evidence, reason="Another matter", on=CHECKED)
    with pytest.raises(InvalidEdit, match="no evidence"):
        verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)


def test_the_verifier_is_somebody_other_than_the_lead(council: Checking) -> None:
    evidence = council.add(by=council.colleague)
    with pytest.raises(NotAllowed):
        council.check(evidence, by=council.lead)
    lead_as_officer = replace(council.lead, role=Role.PMO)
    with pytest.raises(NotAllowed, match="leads it"):
        council.check(evidence, by=lead_as_officer)
    council.check(evidence)
    with pytest.raises(NotAllowed, match="leads it"):
        verify_completion(actor=lead_as_officer, plan=PLAN, item=council.item(), on=CHECKED)
    with pytest.raises(NotAllowed, match="yourself"):
        council.check(evidence, by=council.colleague)
    assert council.status(CHECKED) is Status.COMPLETE


def test_no_other_door_makes_anything_verified_or_embedded(council: Checking) -> None:
    for status in (Status.VERIFIED, Status.EMBEDDED):
        for correction in (False, True):
            with pytest.raises(InvalidEdit, match="checks the evidence"):
                edit_item(
                    actor=council.officer, plan=PLAN, item=council.item(), changes={"status": status.value},
                    reason="It is", effective_on=CHECKED, seen_revision=head_number(council.officer.council),
                    correction=correction,
                )  # fmt: skip
        with pytest.raises(InvalidEdit, match="cannot be reported"):
            council.report(status, CHECKED)
    assert council.status(CHECKED) is Status.COMPLETE


def test_a_document_that_says_verified_only_claims_it(council: Checking) -> None:
    held = snapshot(council=council.officer.council, plan=PLAN)
    document = _with_status(held, {"A1": "verified", "A2": "embedded"})
    imported = start_import(actor=council.officer, name="plan.xlsx", content=document, plan=PLAN)
    apply_import(actor=council.officer, import_id=imported.id, reason="Amended", effective_on=CHECKED)
    assert council.status(CHECKED, "A1") is Status.COMPLETE
    assert council.status(CHECKED, "A2") is Status.COMPLETE

    council.check(council.add())
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    document = _with_status(held, {"A1": "complete", "A2": "in_progress"})
    imported = start_import(actor=council.officer, name="plan.xlsx", content=document, plan=PLAN)
    apply_import(actor=council.officer, import_id=imported.id, reason="Amended", effective_on=LATER)
    assert council.status(LATER, "A1") is Status.VERIFIED, "a claim takes no check back"
    assert council.status(LATER, "A2") is Status.IN_PROGRESS


def _with_status(plan: Plan, statuses: dict[str, str]) -> bytes:
    """The workbook that the plan is exported as, with other words in the column of statuses."""

    def said(action: Action) -> Action:
        status = Status(statuses.get(action.ref or "", action.status.value))
        return action.model_copy(update={"status": status})

    themes = [theme.model_copy(update={"actions": tuple(map(said, theme.actions))}) for theme in plan.themes]
    return plan_file(plan.model_copy(update={"themes": tuple(themes)}), SourceFormat.XLSX)


def test_a_cabinet_decision_links_to_the_minute(council: Checking) -> None:
    plan = snapshot(council=council.officer.council, plan=PLAN)
    key = next(action.key for action in plan.actions() if action.ref == "A3")
    change = NewDate(item=key, date=PlanDate.from_edtf("2023-03", "March 2023"))
    number = propose_change(
        actor=council.officer, plan=PLAN, change=change, reason="Capacity", proposed_on=CLAIMED
    )
    minute = "https://example.gov.uk/cabinet/2022-10-05/minutes#42"
    decision = Decision(
        approved=True, body="Cabinet", reference="minute 42/22", decided_on=date(2022, 10, 5), link=minute
    )
    record_decision(
        actor=council.officer, plan=PLAN, number=number, decision=decision,
        seen_revision=head_number(council.officer.council),
    )  # fmt: skip
    decided = next(
        each for each in change_requests(council.officer.council, PLAN, as_at=CHECKED) if key in each.items
    )
    assert (decided.decided_by, decided.decision_reference, decided.decision_link) == (
        "Cabinet",
        "minute 42/22",
        minute,
    )
    reader = User.objects.create_user("reader@example.org", name="A councillor")
    reader.memberships.create(council_id=council.officer.council, role=Role.MEMBER)
    client = Client()
    client.force_login(reader)
    shown = client.get(f"/plans/{PLAN}/actions/A3/?as-at={CHECKED}").content.decode()
    assert f'<a class="govuk-link" href="{minute}" rel="noreferrer">minute 42/22</a>' in shown


def test_a_lapsed_or_unreachable_link_is_reported(council: Checking) -> None:
    lapsing = council.add(lapses_on=date(2022, 12, 1))
    broken = council.add(url="https://example.gov.uk/gone")
    fine = council.add(url="https://example.gov.uk/there")
    for evidence, visited in (
        (broken, Visited(reached=False, said="404 Not Found")),
        (fine, Visited(reached=True, said="200 OK")),
    ):
        record_visit(actor=council.officer, evidence=evidence, visited=visited, on=CHECKED)
    then, now = council.register(CHECKED), council.register(LATER)
    assert [piece.id for piece in now.pieces if piece.is_lapsed] == [lapsing]
    assert [piece.id for piece in then.pieces if piece.is_lapsed] == []
    assert [piece.id for piece in now.pieces if piece.is_unreachable] == [broken]


def test_the_sample_for_internal_audit_is_random_and_repeatable(council: Checking) -> None:
    drawn = [
        draw_audit_sample(
            actor=council.assurer, plan=PLAN, size=2, seed=seed, as_at=CLAIMED, among="all", on=CHECKED
        )
        for seed in map(str, range(12))
    ]
    assert len({tuple(sample.items) for sample in drawn}) > 1, "another seed draws others"
    before = {sample.id: tuple(sample.items) for sample in drawn}
    council.report(Status.IN_PROGRESS, CLAIMED, ref="A2")
    apply = start_import(
        actor=council.officer, name="plan.xlsx", plan=PLAN,
        content=_with_one_more(snapshot(council=council.officer.council, plan=PLAN)),
    )  # fmt: skip
    apply_import(actor=council.officer, import_id=apply.id, reason="One more", effective_on=ADOPTED)
    for sample in drawn:
        state = snapshot(
            council=council.officer.council, plan=PLAN, cut_off=sample.as_at, known_at=sample.revision
        )
        assert drawn_again(sample, state) == before[sample.id]


def _with_one_more(plan: Plan) -> bytes:
    added = Action(key="a-9", title="Later", dates=promised("2023-01"))
    themes = (
        plan.themes[0].model_copy(update={"actions": (*plan.themes[0].actions, added)}),
        *plan.themes[1:],
    )
    return plan_file(plan.model_copy(update={"themes": themes}), SourceFormat.XLSX)


def test_embedded_needs_evidence_dated_months_after_completion(council: Checking) -> None:
    council.check(council.add())
    with pytest.raises(InvalidEdit, match="only what is verified"):
        embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    with pytest.raises(InvalidEdit, match="3 months later: 30 December 2022"):
        embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=LATER)
    council.check(council.add(dated_on=date(2022, 12, 29), added_on=LATER), on=LATER)
    with pytest.raises(InvalidEdit, match="30 December 2022"):
        embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=LATER)
    council.check(council.add(dated_on=date(2022, 12, 30), added_on=LATER), on=LATER)
    embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=LATER)
    assert council.status(LATER) is Status.EMBEDDED


def test_months_are_counted_from_the_actual_date_and_their_number_is_a_setting(council: Checking) -> None:
    council.report(Status.COMPLETE, CLAIMED, actual=PlanDate.from_edtf("2022-07", "July 2022"))
    council.check(council.add(dated_on=date(2022, 9, 1)))
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    with pytest.raises(InvalidEdit, match=r"31 July 2022.*31 October 2022"):
        embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    with writing(council.officer, "One month is enough"):
        CouncilSettings.objects.create(council_id=council.officer.council, body={"embedded_after_months": 1})
    embed_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    assert council.status(CHECKED) is Status.EMBEDDED


def test_it_goes_back_to_claimed_by_a_decision_with_its_reason(council: Checking) -> None:
    evidence = council.add()
    council.check(evidence)
    verify_completion(actor=council.assurer, plan=PLAN, item=council.item(), on=CHECKED)
    council.check(evidence, enough=False, on=LATER)
    assert council.status(LATER) is Status.VERIFIED, "nothing moves without a decision"
    assert council.register(LATER).proving(council.item()) == ()
    unverify_completion(
        actor=council.assurer, plan=PLAN, item=council.item(), reason="It was a draft", on=LATER
    )
    assert council.status(LATER) is Status.COMPLETE


def test_a_bullet_that_says_complete_in_its_title_is_not_treated_as_complete(council: Checking) -> None:
    document = files("goldenthread.examples") / "improvement-plan-2022.txt"
    read = read_plan(document_from_bytes(document.read_bytes(), "plan.txt"))
    milestones = [milestone for theme in read.themes for milestone in theme.milestones]
    said = [milestone for milestone in milestones if "complete" in milestone.name.lower()]
    assert len(said) >= 4
    assert {milestone.status for milestone in said} == {Status.UNKNOWN}
    steps = [step for action in read.actions() for step in action.all_steps()]
    review = next(
        step for step in steps if "completed within the customer feedback review" in (step.title or "")
    )
    assert review.status is Status.UNKNOWN

    edit_item(
        actor=council.officer, plan=PLAN, item=council.item("A2"), changes={"title": "Members trained: complete"},
        reason="As printed", effective_on=CHECKED, seen_revision=head_number(council.officer.council),
    )  # fmt: skip
    assert council.status(CHECKED, "A2") is Status.IN_PROGRESS
    with pytest.raises(InvalidEdit, match="only what is complete"):
        verify_completion(actor=council.assurer, plan=PLAN, item=council.item("A2"), on=CHECKED)
