"""Northbury on the record: adopted on 4 January 2022, reported on, changed by a decision, with meetings ahead."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.proposals import NewDate
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.services.bodies import add_body
from goldenthread.record.services.change_control import Decision, propose_change, record_decision
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot
from support.northbury import BEGAN, CABINET, CUT_OFF, northbury_as_adopted
from support.records import new_council

PLAN = "northbury-improvement-plan"
MEETINGS = {
    "Cabinet": CABINET,
    "Audit Committee": date(2022, 11, 22),
    "Scrutiny Committee": date(2022, 11, 24),
}


class RecordedNorthbury:
    """The council, whose programme office acts for it."""

    def __init__(self) -> None:
        self.officer: Actor = new_council("Northbury Council")
        load_plan(
            actor=self.officer, plan=northbury_as_adopted(), effective_on=BEGAN, reason="Council approved it"
        )
        for body, day in MEETINGS.items():
            slug = add_body(actor=self.officer, name=body, reason="It is part of the council")
            enter_meetings(actor=self.officer, body=slug, days=[day])
        self.move("A4", "2022-08", date(2022, 7, 12), "minute 22/22")
        self.report("A1", date(2022, 3, 30), status=Status.COMPLETE, actual=PlanDate.on(date(2022, 3, 30)))
        self.move("A4", "2022-09", date(2022, 9, 20), "minute 31/22")
        self.report("A3", date(2022, 9, 12), status=Status.COMPLETE, actual=PlanDate.on(date(2022, 9, 12)))
        self.report(
            "A4", CUT_OFF, status=Status.IN_PROGRESS, forecast=PlanDate.from_edtf("2022-12", "Dec 2022"),
            rating=Rating.AMBER, why="The auditor found more to correct",
        )  # fmt: skip
        self.report(
            "A5", CUT_OFF, status=Status.IN_PROGRESS, highlight="The budget gap for next year is closed"
        )

    def report(self, ref: str, on: date, **typed: object) -> None:
        """What was said of an action on a day."""
        submit_updates(
            actor=self.officer,
            plan=PLAN,
            updates={self._action(ref)[1]: TypedUpdate.model_validate(typed)},
            as_at=on,
            seen_revision=head_number(self.officer.council),
            door=Door.PAGE,
        )

    def move(self, ref: str, edtf: str, on: date, minute: str) -> None:
        """Give an action another approved date by a decision of Cabinet."""
        day = PlanDate.from_edtf(edtf, f"{date.fromisoformat(edtf + '-01'):%b %Y}")
        number = propose_change(
            actor=self.officer, plan=PLAN, change=NewDate(item=self._action(ref)[0], date=day),
            reason="The ledger was late", proposed_on=on,
        )  # fmt: skip
        decision = Decision(approved=True, body="Cabinet", reference=minute, decided_on=on)
        seen = head_number(self.officer.council)
        record_decision(actor=self.officer, plan=PLAN, number=number, decision=decision, seen_revision=seen)

    def _action(self, ref: str) -> tuple[str, UUID]:
        held = snapshot(council=self.officer.council, plan=PLAN)
        found = next(action for action in held.actions() if action.ref == ref)
        assert found.id
        return found.key, found.id
