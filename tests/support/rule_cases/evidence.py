"""Plans for the rules of what is said to be complete, and what shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.assurance import Beside
from goldenthread.assurance.beside import Proof
from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status
from support.checked_plans import action, milestone, plan_of
from support.rule_cases import Case

A = UUID(int=1)
RECENT = date(2022, 5, 1)


def shown_by(*proofs: Proof) -> Beside:
    """That there is this evidence for the item with the id A."""
    return Beside(in_force_since=date(2022, 1, 1), confirm_within=62, evidence={A: proofs} if proofs else {})


def one(status: Status) -> Plan:
    """A plan of one action, whose id is A."""
    return plan_of(action("A", id=A, status=status))


SEEN = Proof("Minutes", RECENT, sufficient=True)
LAPSED = Proof("Certificate", RECENT, sufficient=True, lapsed=True)
LOST = Proof("Page", RECENT, sufficient=True, unreachable=True)
TAKEN_BACK = Proof("Draft", RECENT, withdrawn=True)
TOO_LITTLE = Proof("Slide", RECENT, sufficient=False)
OLD = Proof("Minutes", date(2021, 6, 6), sufficient=True)

CASES = (
    Case("GT721", "an action and a milestone", plan_of(
        action("A", id=A, status=Status.COMPLETE),
        theme={"milestones": (milestone("M", status=Status.COMPLETE),)}), 2, shown_by()),
    Case("GT721", "evidence that nobody has checked", one(Status.COMPLETE), 0, shown_by(Proof("Note", RECENT))),
    Case("GT721", "not complete", one(Status.IN_PROGRESS), 0, shown_by()),
    Case("GT721", "a file", one(Status.COMPLETE), 0),
    Case("GT722", "lapsed", one(Status.VERIFIED), 1, shown_by(LAPSED)),
    Case("GT722", "all of them, each for another reason", one(Status.COMPLETE), 1,
         shown_by(LAPSED, LOST, TAKEN_BACK, TOO_LITTLE)),
    Case("GT722", "one still counts", one(Status.VERIFIED), 0, shown_by(LAPSED, SEEN)),
    Case("GT722", "there never was any", one(Status.COMPLETE), 0, shown_by()),
    Case("GT722", "open", one(Status.IN_PROGRESS), 0, shown_by(LAPSED)),
    Case("GT723", "a year and a day", one(Status.VERIFIED), 1, shown_by(OLD)),
    Case("GT723", "newer evidence has lapsed", one(Status.EMBEDDED), 1, shown_by(OLD, LAPSED)),
    Case("GT723", "newer evidence", one(Status.VERIFIED), 0, shown_by(OLD, SEEN)),
    Case("GT723", "only claimed", one(Status.COMPLETE), 0, shown_by(OLD)),
)  # fmt: skip
