"""Plans for the rules of risks."""

from __future__ import annotations

from goldenthread.plan.model import Action, Dates, Link, LinkKind, Plan, Risk
from goldenthread.plan.status import Status
from support.checked_plans import action, due, milestone, plan_of, step
from support.rule_cases import Case

RISK = Risk(key="r", title="Resources")


def mitigated(*actions: Action, kind: LinkKind = LinkKind.MITIGATES, by: tuple[str, ...] = ()) -> Plan:
    """A plan with one risk, which all its actions mitigate, or those with these keys."""
    keys = by or tuple(action.key for action in actions)
    links = tuple(Link(key=f"l/{key}", kind=kind, source=key, target="r") for key in keys)
    return plan_of(*actions, risks=(RISK,), links=links)


CASES = (
    Case("GT801", "no link", mitigated(), 1),
    Case("GT801", "a link of another kind", mitigated(action("A"), kind=LinkKind.EVIDENCES), 1),
    Case("GT801", "every mitigation was stopped", mitigated(
        action("A", status=Status.CANCELLED), action("B", status=Status.DEFERRED)), 1),
    Case("GT801", "one goes on", mitigated(action("A", status=Status.CANCELLED), action("B")), 0),
    Case("GT801", "the mitigation is done", mitigated(action("A", status=Status.COMPLETE)), 0),
    Case("GT801", "no risks", plan_of(action("A")), 0),
    Case("GT802", "two are late", mitigated(action("A", dates=due("2022-05")), action("B", dates=due("2022-04"))), 2),
    Case("GT802", "late, but done", mitigated(action("A", dates=due("2022-05"), status=Status.COMPLETE)), 0),
    Case("GT802", "in time", mitigated(action("A", dates=due("2022-06"))), 0),
    Case("GT802", "late, but of another risk", plan_of(action("A", dates=due("2022-05")), risks=(RISK,)), 0),
    Case("GT803", "no lead", mitigated(action("A", leads=())), 1),
    Case("GT803", "no date", mitigated(action("A", dates=Dates())), 1),
    Case("GT803", "a step has the lead of its action, but no date", mitigated(
        action("A", steps=(step("B"),)), by=("step/B",)), 1),
    Case("GT803", "a milestone needs no lead", plan_of(
        theme={"milestones": (milestone("M"),)}, risks=(RISK,),
        links=(Link(key="l", kind=LinkKind.MITIGATES, source="m/M", target="r"),)), 0),
    Case("GT803", "ongoing", mitigated(action("A", dates=Dates(), status=Status.ONGOING)), 0),
    Case("GT803", "a lead and a date", mitigated(action("A")), 0),
)  # fmt: skip
