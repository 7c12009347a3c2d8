"""Plans for the rules of leads, and of what will be different."""

from __future__ import annotations

from goldenthread.plan.model import Body, Deliverable, Link, LinkKind, SuccessStatement
from goldenthread.plan.status import Status
from support.checked_plans import action, plan_of, step
from support.rule_cases import Case

STATEMENT = SuccessStatement(key="s", text="Residents trust the council.")
LESSONS = Deliverable(key="d", name="Lessons learnt around procurement documented")
PRODUCED = Link(key="l", kind=LinkKind.PRODUCES, source="action/Buy well", target="d")

CASES = (
    Case("GT401", "no lead", plan_of(action("A", leads=())), 1),
    Case("GT401", "no lead, but done", plan_of(action("A", leads=(), status=Status.COMPLETE)), 0),
    Case("GT401", "a step needs none", plan_of(action("A", steps=(step("B"),))), 0),
    Case("GT402", "a team", plan_of(action("A", leads=("Leadership Team",))), 1),
    Case("GT402", "a body of the plan's own", plan_of(
        action("A", leads=("The Nine",)), bodies=(Body(key="b", name="The Nine"),)), 1),
    Case("GT402", "a team and a post", plan_of(action("A", leads=("Leadership Team", "Chief Executive"))), 0),
    Case("GT501", "no measure", plan_of(theme={"success_statements": (STATEMENT,)}), 1),
    Case("GT501", "a measure", plan_of(theme={"success_statements": (
        STATEMENT.model_copy(update={"measure": "Residents' survey, question 4"}),)}), 0),
    Case("GT502", "no action speaks of it", plan_of(action("Buy well"), theme={"deliverables": (LESSONS,)}), 1),
    Case("GT502", "a step speaks of it", plan_of(
        action("Buy well", steps=(step("Document lessons learned"),)), theme={"deliverables": (LESSONS,)}), 0),
    Case("GT502", "linked", plan_of(
        action("Buy well"), theme={"deliverables": (LESSONS,)}, links=(PRODUCED,)), 0),
)  # fmt: skip
