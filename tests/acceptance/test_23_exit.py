"""The end of a plan: every open action goes on somewhere with all that is known of it, which can be shown for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action
from goldenthread.plan.proposals import NewAction, Part, Resumption, Transfer
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.record.services.change_control import Decision, propose_change, record_decision
from goldenthread.record.services.evidence import Offer, OfferedFile, add_evidence, check_evidence
from goldenthread.record.services.passing_on import decide_transfers, propose_transfers
from goldenthread.record.services.recommendations import Asked, add_recommendations, map_recommendation
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.composing import Report, compose
from goldenthread.reporting.content import Table, texts_in, words_of
from goldenthread.reporting.definitions import definition_for
from goldenthread.reporting.figures import cross_foot
from goldenthread.reporting.report_files import ReportFormat, report_files

COUNCIL_MEETS, CLOSES, LATER = date(2022, 12, 12), date(2022, 12, 31), date(2023, 12, 31)
FILES = (ReportFormat.DOCX, ReportFormat.PDF, ReportFormat.HTML)
WHERE, HOW = "Where open actions go on", "How far open actions are"
OPEN = ("A2", "A4", "A5", "A6", "A7", "A8")
"""What is not done at the end, but for A9, of which the plan itself says where it goes on."""
GOES_ON = {
    **{ref: f"Corporate Plan 2023: CP {ref[1:]}" for ref in OPEN},
    "A9": "Customer Service Plan: action 7",
}
ANSWERS = dict.fromkeys(("A2", "A7", "A8", "A9"), "No recommendation") | {
    "A4": "Auditor: statutory 1", "A5": "Auditor: key 1", "A6": "Auditor: key 2",
}  # fmt: skip


class ClosingNorthbury(RecordedNorthbury):
    """Northbury at the end of its plan: the recommendation that nothing answered is answered, A4 has evidence."""

    def __init__(self) -> None:
        super().__init__()
        self.assurer = Actor(council=self.officer.council, role=Role.ASSURER, name="Internal Audit")
        self.sent("1", CUT_OFF)
        self.answered("1", "A5", CUT_OFF)
        enough, _ = self.offered("A4", "accounts.txt"), self.offered("A4", "letter.txt")
        check_evidence(
            actor=self.assurer, evidence=enough, item=self.item("A4").id, sufficient=True, on=CUT_OFF
        )

    def item(self, ref: str) -> Action:
        """An action as it stands."""
        held = snapshot(council=self.officer.council, plan=PLAN)
        return next(action for action in held.actions() if action.ref == ref)

    def offered(self, ref: str, name: str) -> UUID:
        offer = Offer(source=OfferedFile(name, name.encode()), shows="How far it is", dated_on=CUT_OFF)
        item = self.item(ref).id
        assert item
        return add_evidence(actor=self.officer, plan=PLAN, items=[item], offer=offer, added_on=CUT_OFF)

    def sent(self, number: str, on: date) -> None:
        asked = Asked(number=number, text=f"Improve matter {number}", class_="key")
        add_recommendations(
            actor=self.officer, plan=PLAN, review="Auditor", recommendations=[asked], sent_on=on, on=on,
            reason="The auditor wrote",
        )  # fmt: skip

    def answered(self, number: str, ref: str, on: date) -> None:
        item = self.item(ref).id
        assert item
        map_recommendation(
            actor=self.officer, plan=PLAN, action=item, to=Reference(review="Auditor", class_="key", number=number),
            reason="It is part of the budget", effective_on=on,
        )  # fmt: skip

    def proposed(self, *refs: str) -> tuple[int, ...]:
        transfers = [
            Transfer(item=self.item(ref).key, to="Corporate Plan 2023", action=f"CP {ref[1:]}")
            for ref in refs
        ]
        return propose_transfers(
            actor=self.officer, plan=PLAN, transfers=transfers, reason="The intervention ends", proposed_on=CUT_OFF
        )  # fmt: skip

    def decided(self, numbers: tuple[int, ...]) -> None:
        decision = Decision(approved=True, body="Council", reference="minute 60/22", decided_on=COUNCIL_MEETS)
        seen = head_number(self.officer.council)
        decide_transfers(
            actor=self.officer, plan=PLAN, numbers=numbers, decision=decision, seen_revision=seen
        )

    def report_of(self, audience: str, cut_off: date, known_at: int | None = None) -> Report:
        definition = definition_for(audience)
        months = definition.covers.months
        on = ReportOn(self.officer.council, PLAN, cut_off, months, release="1.0", known_at=known_at)
        matter = report_matter(on)
        return compose(matter, definition)


@pytest.fixture
def council(council_db: TestDatabase) -> ClosingNorthbury:
    return ClosingNorthbury()


def said_in(report: Report, title: str) -> str:
    """The words of one section."""
    (section,) = (each for each in report.sections if each.title == title)
    return "\n".join(words_of(text) for block in section.blocks for text in texts_in(block))


def by_ref(report: Report, name: str) -> Mapping[str, Mapping[str, str]]:
    """The rows of a table by their first cells, each cell by its column."""
    table: Table = next(each for each in report.tables if each.name == name)
    headings = [column.heading for column in table.columns]
    rows = (dict(zip(headings, map(words_of, row), strict=True)) for row in table.rows)
    return {row["Ref"]: row for row in rows}


def test_every_open_action_maps_to_an_action_of_another_plan_with_what_is_known_of_it(
    council: ClosingNorthbury,
) -> None:
    before = {ref: council.item(ref) for ref in OPEN}
    council.decided(council.proposed(*OPEN))
    pack = council.report_of("exit", CLOSES)
    where, how = by_ref(pack, WHERE), by_ref(pack, HOW)
    assert {ref: row["Goes on in"] for ref, row in where.items()} == GOES_ON
    assert {ref: row["Answers"] for ref, row in where.items()} == ANSWERS, "recommendation links are kept"
    number = min(GOES_ON)
    assert where[number]["Decided by, and why"].startswith(
        "Council, minute 60/22, 12 December 2022 (change request"
    )
    assert where[number]["Decided by, and why"].endswith("The intervention ends")
    accounts = how["A4"]
    assert accounts["Status"] == "In progress", "as it stood before the decision ended it here"
    assert [accounts[name] for name in ("Original", "Approved", "Forecast")] == [
        "Jun 2022",
        "Sep 2022",
        "Dec 2022",
    ]
    assert (accounts["Moved"], accounts["Evidence found enough"]) == ("2 times", "1 of 2")
    assert how["A7"]["Status"] == "Not started"
    for ref in OPEN:
        after = council.item(ref)
        assert (after.id, after.dates, after.references) == (
            before[ref].id,
            before[ref].dates,
            before[ref].references,
        )
        assert after.status is Status.SUPERSEDED


def test_what_is_only_proposed_is_no_place_yet(council: ClosingNorthbury) -> None:
    council.proposed("A4")
    pack = council.report_of("exit", CLOSES)
    assert by_ref(pack, WHERE)["A4"]["Goes on in"] == "Nowhere yet. Proposed: Corporate Plan 2023: CP 4"
    certificate = said_in(pack, "Closing certificate")
    assert certificate.startswith("This certificate cannot be given as at 31 December 2022.")
    assert "No recommendations are without an action that answers" in certificate
    assert "6 open actions are without another plan to go on in" in certificate
    assert (
        "A4 Close the accounts: proposed to go on in Corporate Plan 2023: CP 4 (change request" in certificate
    )
    assert "A8 Move the depot: nobody has said where it goes on." in certificate


def test_the_certificate_shows_nothing_unassigned_only_while_nothing_is(council: ClosingNorthbury) -> None:
    council.decided(council.proposed(*OPEN))
    given = said_in(council.report_of("exit", CLOSES), "Closing certificate")
    assert given.startswith("It is certified that as at 31 December 2022:")
    assert "No recommendations are without an action that answers" in given
    assert "No open actions are without another plan" in given

    council.sent("3", date(2023, 1, 10))
    refused = said_in(council.report_of("exit", date(2023, 1, 31)), "Closing certificate")
    assert refused.startswith("This certificate cannot be given as at 31 January 2023.")
    assert "1 recommendation is without an action that answers" in refused
    assert "Auditor, Key recommendation 3: no action answers it" in refused
    again = said_in(council.report_of("exit", CLOSES), "Closing certificate")
    assert again.startswith("It is certified that as at 31 December 2022:"), "it was asked after that day"


def test_what_is_taken_up_again_stands_in_the_way_again(council: ClosingNorthbury) -> None:
    council.decided(council.proposed(*OPEN))
    number = propose_change(
        actor=council.officer, plan=PLAN, change=Resumption(item=council.item("A6").key), reason="It came back",
        proposed_on=date(2023, 1, 9),
    )  # fmt: skip
    decision = Decision(approved=True, body="Council", reference="minute 2/23", decided_on=date(2023, 1, 20))
    seen = head_number(council.officer.council)
    record_decision(actor=council.officer, plan=PLAN, number=number, decision=decision, seen_revision=seen)
    certificate = said_in(council.report_of("exit", date(2023, 1, 31)), "Closing certificate")
    assert "1 open action is without another plan to go on in" in certificate
    assert "A6 Let the waste contract: nobody has said where it goes on." in certificate
    council.proposed("A6")
    certificate = said_in(council.report_of("exit", date(2023, 1, 31)), "Closing certificate")
    assert "1 open action is without another plan to go on in" in certificate, "the decision before is over"


def test_several_are_proposed_and_decided_together_or_not_at_all(council: ClosingNorthbury) -> None:
    head = head_number(council.officer.council)
    there, gone = (Transfer(item=key, to="Corporate Plan") for key in (council.item("A4").key, "a99"))
    for transfers in ([there, gone], [there, there], []):
        with pytest.raises(InvalidEdit):
            propose_transfers(
                actor=council.officer, plan=PLAN, transfers=transfers, reason="It ends", proposed_on=CUT_OFF
            )
    assert head_number(council.officer.council) == head, "nothing was proposed"
    numbers = council.proposed("A4", "A5")
    with pytest.raises(InvalidEdit, match="Council decides"):
        decide_transfers(
            actor=council.officer, plan=PLAN, numbers=numbers,
            decision=Decision(approved=True, body="Cabinet", reference="minute 1", decided_on=COUNCIL_MEETS),
            seen_revision=head_number(council.officer.council),
        )  # fmt: skip
    assert council.item("A4").status is Status.IN_PROGRESS
    council.decided(numbers)
    assert {council.item(ref).status for ref in ("A4", "A5")} == {Status.SUPERSEDED}


def test_the_pack_is_made_again_after_a_year_and_the_governance_statement_agrees(
    council: ClosingNorthbury,
) -> None:
    council.decided(council.proposed(*OPEN))
    known_at = head_number(council.officer.council)
    pack = council.report_of("exit", CLOSES, known_at)
    statement = council.report_of("ags", CLOSES, known_at)
    filed, told = report_files(pack, FILES), report_files(statement, FILES)
    year_of_changes(council)
    again = council.report_of("exit", CLOSES, known_at)
    same = council.report_of("ags", CLOSES, known_at)
    assert report_files(again, FILES) == filed
    assert report_files(same, FILES) == told
    assert cross_foot((pack, same)) == ()
    shared = {placed.figure.name for placed in pack.figures} & {placed.figure.name for placed in same.figures}
    assert shared, "they say the same things, or there would be nothing to agree on"
    now = council.report_of("exit", LATER)
    assert said_in(now, "Closing certificate").startswith("This certificate cannot be given")


def year_of_changes(council: ClosingNorthbury) -> None:
    """What happens on the record in the year after, some of it about days before the plan was closed."""
    council.report("A9", date(2022, 12, 20), status=Status.COMPLETE, actual=PlanDate.on(date(2022, 12, 20)))
    council.offered("A9", "desk.txt")
    for month in range(1, 11):
        council.sent(f"{month + 3}", date(2023, month, 15))
    for number in ("4", "5"):
        council.answered(number, "A9", date(2023, 6, 1))
    change = NewAction(
        item="t3", part=Part(title="Close the old offices", date=PlanDate.on(date(2023, 9, 30)))
    )
    number = propose_change(
        actor=council.officer, plan=PLAN, change=change, reason="Asked for", proposed_on=date(2023, 3, 1)
    )
    decision = Decision(approved=True, body="Council", reference="minute 9/23", decided_on=date(2023, 3, 20))
    seen = head_number(council.officer.council)
    record_decision(actor=council.officer, plan=PLAN, number=number, decision=decision, seen_revision=seen)
