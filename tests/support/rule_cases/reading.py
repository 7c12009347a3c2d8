"""Plans for the rules of how a plan was read."""

from __future__ import annotations

from goldenthread.plan.model import Workstream
from goldenthread.plan.questions import QuestionKind
from support.checked_plans import action, plan_of, step
from support.rule_cases import Case, question


def stream(name: str, *, listed: bool = True) -> Workstream:
    """A workstream of the theme."""
    return Workstream(key=f"workstream/{name}", name=name, listed=listed)


CASES = (
    Case("GT101", "an open question", plan_of(questions=(question(QuestionKind.COMPOUND),)), 1),
    Case("GT101", "no question", plan_of(), 0),
    Case("GT102", "a listed workstream without actions", plan_of(
        action("A", workstream="workstream/Culture"), theme={"workstreams": (stream("Culture"), stream("Pay"))}), 1),
    Case("GT102", "a workstream that only the table has", plan_of(
        action("A", workstream="workstream/Culture"), theme={"workstreams": (stream("Culture", listed=False),)}), 1),
    Case("GT102", "one swapped for another: the totals agree, the names do not", plan_of(
        action("A", workstream="workstream/Systems"),
        theme={"workstreams": (stream("Culture"), stream("Systems", listed=False))}), 2),
    Case("GT102", "list and table agree", plan_of(action("A")), 0),
    Case("GT102", "a theme without a delivery plan", plan_of(), 0),
    Case("GT103", "steps without a title", plan_of(action(None, steps=(step("Draft it"),))), 1),
    Case("GT103", "a step that is blank", plan_of(action("A", steps=(step(" "),))), 1),
    Case("GT103", "all have titles", plan_of(action("A", steps=(step("B"),))), 0),
)  # fmt: skip
