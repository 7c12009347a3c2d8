"""Plans for the rules of what is reported, against the plan."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.assurance import Beside
from goldenthread.assurance.beside import ApprovedMove, Gone
from goldenthread.plan.model import Dates, Plan, Update
from goldenthread.plan.status import Status
from support.checked_plans import action, due, on, plan_of
from support.rule_cases import Case
from support.rule_cases.movements import ONE, approved
from support.rule_cases.progress import said

A = UUID(int=1)
ADOPTED = date(2022, 1, 1)
LEFT = Gone(id=UUID(int=7), ref="A9", name="Review pay", on=date(2022, 5, 1))


def told(status: Status, held: Status, *, on_day: str = "2022-05-01", **more: object) -> Plan:
    """A plan of one action of which an update said one status and the plan holds another."""
    update = Update(as_at=on(on_day), text="Closed", status_printed="Closed", status=status)
    return plan_of(action("A", status=held, updates=(update,), **more))


def printed(words: str, **more: object) -> Plan:
    """A plan of one action that is printed with a rating, and was due last month."""
    return plan_of(action("A", **{"dates": due("2022-05"), "updates": (Update(rag_printed=words),), **more}))


def moved(before: str, after: str | None) -> Beside:
    """That the approved date of the item with the id A moved from one to another, by no decision."""
    move = ApprovedMove(date(2022, 3, 1), on(before), on(after) if after else None, decided=False)
    return Beside(in_force_since=ADOPTED, confirm_within=62, moves={A: (move,)})


CASES = (
    Case("GT901", "complete, says the update", told(Status.COMPLETE, Status.IN_PROGRESS), 1),
    Case("GT901", "stopped, says the update", told(Status.CANCELLED, Status.IN_PROGRESS), 1),
    Case("GT901", "open after it was done", told(
        Status.IN_PROGRESS, Status.COMPLETE, dates=Dates(actual=on("2022-04-01"))), 1),
    Case("GT901", "open before it was done", told(
        Status.IN_PROGRESS, Status.COMPLETE, dates=Dates(actual=on("2022-05-20"))), 0),
    Case("GT901", "both call it done", told(Status.COMPLETE, Status.VERIFIED), 0),
    Case("GT901", "both call it open", told(Status.NOT_STARTED, Status.IN_PROGRESS), 0),
    Case("GT901", "its lead has reported since", told(
        Status.COMPLETE, Status.IN_PROGRESS, report=said(date(2022, 5, 20))), 0),
    Case("GT901", "the plan does not know", told(Status.COMPLETE, Status.UNKNOWN), 0),
    Case("GT902", "green", printed("Green"), 1),
    Case("GT902", "complete, by its letter", printed("Completed", status=Status.UNKNOWN), 1),
    Case("GT902", "red", printed("Red"), 0),
    Case("GT902", "green, and done", printed("Green", status=Status.COMPLETE), 0),
    Case("GT902", "green, and in time", printed("Green", dates=due("2022-06")), 0),
    Case("GT903", "later, by nobody's decision", ONE, 2, approved(2, decided=False)),
    Case("GT903", "taken away", ONE, 1, moved("2022-06", None)),
    Case("GT903", "by decision", ONE, 0, approved(2, decided=True)),
    Case("GT903", "earlier", ONE, 0, moved("2022-06", "2022-05")),
    Case("GT904", "one left", plan_of(action("A")), 1,
         Beside(in_force_since=ADOPTED, confirm_within=62, gone=(LEFT,))),
    Case("GT904", "none left", plan_of(action("A")), 0, Beside(in_force_since=ADOPTED, confirm_within=62)),
)  # fmt: skip
