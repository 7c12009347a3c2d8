"""What stands beside a plan that is held, as the checks see it: by both clocks, and in few queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.documents import SHORT_PLAN
from support.evidence import CHECKED, CLAIMED, PLAN, Checking
from support.records import ADOPTED, new_council

from goldenthread.assurance import check
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.proposals import NewDate
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.beside import beside_plan
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role
from goldenthread.record.services.change_control import Decision, propose_change, record_decision
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.evidence import withdraw_evidence
from goldenthread.record.services.imports import apply_import, start_import
from goldenthread.record.services.plans import LoadedPlan
from goldenthread.record.snapshot import snapshot

AMENDED = date(2023, 1, 10)
SPRING = date(2023, 5, 1)


def found(actor: Actor, slug: str, rule: str, as_at: date, known_at: int | None = None) -> list[str]:
    """What a rule says of the plan in a state."""
    plan = snapshot(council=actor.council, plan=slug, cut_off=as_at, known_at=known_at)
    beside = beside_plan(actor.council, slug, as_at=as_at, known_at=known_at)
    return [finding.message for finding in check(plan, as_at=as_at, beside=beside, select=[rule])]


def loaded(actor: Actor, text: str, name: str, on: date) -> LoadedPlan:
    """A document, read in and applied."""
    started = start_import(actor=actor, name=name, content=text.encode())
    return apply_import(actor=actor, import_id=started.id, reason="Cabinet approved it", effective_on=on)


@pytest.fixture
def checking(council_db: TestDatabase) -> Checking:
    return Checking()


def test_evidence_counts_until_it_is_taken_back_or_lapses(checking: Checking) -> None:
    council = checking.officer
    assert len(found(council, PLAN, "GT721", CLAIMED)) == 1
    first = checking.add(lapses_on=date(2022, 12, 1))
    second = checking.add(url="https://example.gov.uk/minutes/43")
    checking.check(first)
    known = head_number(council.council)
    assert found(council, PLAN, "GT721", CHECKED) == []
    assert found(council, PLAN, "GT722", CHECKED) == []

    withdraw_evidence(actor=checking.lead, evidence=second, reason="Wrong minute", on=date(2022, 11, 1))
    assert found(council, PLAN, "GT722", date(2022, 11, 1)) == []
    (said,) = found(council, PLAN, "GT722", date(2022, 12, 1))
    assert "1 has lapsed" in said
    assert "1 was taken back" in said
    assert found(council, PLAN, "GT722", date(2022, 12, 1), known) == []


def test_statuses_and_expected_dates_are_seen_as_they_moved(checking: Checking) -> None:
    council = checking.officer
    checking.report(Status.IN_PROGRESS, date(2022, 11, 4))
    (said,) = found(council, PLAN, "GT710", date(2022, 11, 4))
    assert said == ("“Review the constitution” was complete, and since 4 November 2022 is in progress again.")
    assert found(council, PLAN, "GT710", date(2022, 11, 3)) == []
    stale = " ".join(found(council, PLAN, "GT701", date(2023, 1, 6)))
    assert "“Review the constitution” was last confirmed on 4 November 2022, 63 days ago" in stale
    assert "“Close the accounts” was never confirmed, 213 days after the plan took effect" in stale


def test_a_decision_is_told_from_an_amended_document(council_db: TestDatabase) -> None:
    officer = new_council()
    plan = loaded(officer, SHORT_PLAN, "plan.txt", ADOPTED)
    items = {
        each.title: each for each in snapshot(council=officer.council, plan=plan.slug).actions() if each.title
    }
    train = items["Train every member"]
    later = PlanDate.from_edtf("2023-03", "Mar 2023")
    edit_item(
        actor=officer, plan=plan.slug, item=train.id, reason="The lead said so",  # type: ignore[arg-type]
        changes={"dates.forecast": later.model_dump(mode="json")}, effective_on=date(2022, 9, 1),
        seen_revision=head_number(officer.council),
    )  # fmt: skip
    loaded(officer, SHORT_PLAN.replace("Dec 2022", "Mar 2023"), "v2.txt", date(2022, 10, 1))
    day = date(2022, 10, 2)
    assert len(found(officer, plan.slug, "GT732", day)) == 1
    (amended,) = found(officer, plan.slug, "GT903", day)
    assert "“Publish a forward plan” went from Dec 2022 to Mar 2023 on 1 October 2022" in amended

    before = head_number(officer.council)
    propose_change(
        actor=officer, plan=plan.slug, change=NewDate(item=train.key, date=later), reason="No trainer",
        proposed_on=day,
    )  # fmt: skip
    assert found(officer, plan.slug, "GT732", day) == []
    assert len(found(officer, plan.slug, "GT732", day, before)) == 1

    taken = Decision(approved=True, body="Cabinet", reference="minute 42/22", decided_on=date(2022, 10, 20))
    record_decision(
        actor=officer, plan=plan.slug, number=1, decision=taken, seen_revision=head_number(officer.council)
    )
    assert found(officer, plan.slug, "GT903", date(2022, 10, 20)) == [amended]


def test_a_promise_that_an_amended_document_drops_is_missed_until_it_is_back(
    council_db: TestDatabase,
) -> None:
    officer = new_council()
    plan = loaded(officer, SHORT_PLAN, "plan.txt", ADOPTED)
    without = "\n".join(line for line in SHORT_PLAN.splitlines() if "Train every member" not in line)
    loaded(officer, without, "v2.txt", AMENDED)
    dropped = head_number(officer.council)
    (said,) = found(officer, plan.slug, "GT904", SPRING)
    assert "“Train every member” is not in the document that amended the plan on 10 January 2023" in said
    assert found(officer, plan.slug, "GT904", date(2023, 1, 9)) == []
    assert found(officer, plan.slug, "GT904", date(2023, 1, 9), dropped) == []
    assert len(found(officer, plan.slug, "GT904", SPRING, dropped)) == 1
    assert found(officer, plan.slug, "GT904", SPRING, dropped - 1) == []

    loaded(officer, SHORT_PLAN + "\n", "v3.txt", date(2023, 3, 1))
    assert found(officer, plan.slug, "GT904", SPRING) == []
    assert len(found(officer, plan.slug, "GT904", SPRING, dropped)) == 1


def test_it_is_read_in_the_same_few_queries_however_much_there_is(checking: Checking) -> None:
    council = checking.officer.council

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            beside_plan(council, PLAN, as_at=SPRING)
        return len(captured)

    few = queries()
    for day in (1, 2, 3):
        checking.add(url=f"https://example.gov.uk/minutes/{day}", added_on=date(2022, 10, day))
        for ref in ("A1", "A2", "A3"):
            status = Status.IN_PROGRESS if day % 2 else Status.COMPLETE
            checking.report(status, date(2022, 12, day), ref=ref)
    assert queries() == few <= 12


def test_whoever_may_not_write_may_read_it(checking: Checking) -> None:
    assert checking.assurer.role is Role.ASSURER
    assert found(checking.assurer, PLAN, "GT721", CLAIMED)
