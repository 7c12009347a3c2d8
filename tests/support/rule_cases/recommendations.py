"""Plans for the rules of recommendations."""

from __future__ import annotations

from datetime import date

from goldenthread.plan.model import Found, LookedUp, Plan, Requirement
from goldenthread.plan.status import Status
from support.checked_plans import action, cite, plan_of, recommended, review, step
from support.rule_cases import Case


def cites(*references: str, **more: object) -> Plan:
    """A plan of one action that cites these."""
    return plan_of(action("Answer", references=tuple(map(cite, references))), **more)  # type: ignore[arg-type]


ABSENT = LookedUp(found=Found.ABSENT, basis="1.1 is followed by 1.3", by="PMO", on=date(2022, 6, 7))
THE_PLAN = "Single Improvement Plan Phase 1"
APPROVAL = (step("Council approval of Improvement Plan"),)
KEYS = tuple(cite(str(number), class_="key") for number in range(4, 9))

CASES = (
    Case("GT201", "nothing but the plan's approval", plan_of(action(THE_PLAN, steps=APPROVAL)), 1),
    Case("GT201", "written by hand", plan_of(action("Write and publish the Improvement Plan")), 1),
    Case("GT201", "another action too", plan_of(action(THE_PLAN, steps=APPROVAL), action("Do it")), 0),
    Case("GT201", "a plan of another name", plan_of(
        action("Continuous Improvement Plan", steps=(step("Write a Continuous Improvement Plan"),))), 0),
    Case("GT201", "delivering the plan is no approval", plan_of(action("Deliver the Improvement Plan")), 0),
    Case("GT202", "11 of 9", cites("2", "11", reviews=(review((None, 9)),)), 1),
    Case("GT202", "9 of 9", cites("9", reviews=(review((None, 9)),)), 0),
    Case("GT202", "key recommendations that go on from the statutory ones", plan_of(
        action("A", references=KEYS), reviews=(review(("statutory", 3), ("key", 5)),)), 0),
    Case("GT202", "beyond even those", plan_of(
        action("A", references=(*KEYS, cite("9", class_="key"))), reviews=(review(("statutory", 3), ("key", 5)),)), 1),
    Case("GT202", "no total is stated", cites("40", reviews=(review(),)), 0),
    Case("GT202", "numbers in sections are not counted through", cites("4.4", reviews=(review((None, 3)),)), 0),
    Case("GT203", "1 of 3 is not cited", cites("2", "3", reviews=(review((None, 3)),)), 1),
    Case("GT203", "all cited", cites("1", "2", "3", reviews=(review((None, 3)),)), 0),
    Case("GT203", "key recommendation 7 of 4 to 8", plan_of(
        action("A", references=(*KEYS[:3], KEYS[4])), reviews=(review(("statutory", 3), ("key", 5)),)), 1),
    Case("GT203", "a hole in a section", cites("1.1", "1.3", "2.1", reviews=(review((None, 3)),)), 1),
    Case("GT203", "the hole is covered by “all”", cites("1.1", "1.3", "all", reviews=(review((None, 3)),)), 0),
    Case("GT203", "“all”, but only on the plan's approval", plan_of(
        action("A", references=(cite("1.1"), cite("1.3"))),
        action(THE_PLAN, steps=APPROVAL, references=(cite("all"),)), reviews=(review((None, 3)),)), 1),
    Case("GT203", "sent later, and not mapped yet", cites("1", reviews=(review((None, 1), recommendations=(
        recommended(cite("2"), "Publish the accounts"),)),)), 1),
    Case("GT203", "cited by nothing but a cancelled action", plan_of(
        action("A", references=(cite("1"),), status=Status.CANCELLED)), 1),
    Case("GT203", "somebody looked, and there is none", cites("1.1", "1.3", reviews=(review((None, 2), recommendations=(
        recommended(cite("1.2")).model_copy(update={"looked_up": ABSENT}),)),)), 0),
    Case("GT204", "nobody knows the reviewer", plan_of(action("A"), action("B"), reviews=()), 1),
    Case("GT204", "known only from being cited", plan_of(
        action("A"), reviews=(review(title="Auditor", published=None),)), 1),
    Case("GT204", "in the register", plan_of(action("A")), 0),
    Case("GT205", "one action", plan_of(action("A")), 1),
    Case("GT205", "one action that cites it again in a step", plan_of(
        action("A", steps=(step("B", references=(cite("1"),)),))), 1),
    Case("GT205", "two actions", plan_of(action("A"), action("B")), 0),
    Case("GT206", "SN5", cites("SN5"), 1),
    Case("GT206", "SN5 with its text in the register", cites(
        "SN5", reviews=(review(recommendations=(recommended(cite("SN5"), "Improve"),)),)), 0),
    Case("GT206", "SN5 explained in what the direction requires", cites(
        "SN5", reviews=(review(requirements=(Requirement(key="r", text="SN5: a plan to improve"),)),)), 0),
    Case("GT206", "numbers and “all” are no codes", cites("5", "1.5", "all"), 0),
    Case("GT207", "nothing cited", plan_of(action("A", references=()), action("B")), 1),
    Case("GT207", "no action of the plan cites anything", plan_of(action("A", references=())), 0),
    Case("GT207", "cited by a step", plan_of(
        action("A", references=(), steps=(step("B", references=(cite("1"),)),))), 0),
)  # fmt: skip
