"""Plans that say the same thing in two places (rules GT6), on the invented council Northbury."""

from __future__ import annotations

from typing import Any

from goldenthread.plan.model import (
    Action,
    Body,
    Dates,
    Deliverable,
    Objective,
    Plan,
    Section,
    SuccessStatement,
    Theme,
    Workstream,
)
from goldenthread.plan.status import Status
from support.checked_plans import STREAM, action, due, milestone, on, plan_of, step
from support.rule_cases import Case

OTHER_WORK = tuple(
    action(title, key=f"action/other-{number}")
    for number, title in enumerate(
        (
            "Repair the bridges",
            "Train lifeguards",
            "Plant street trees",
            "Map flood defences",
            "Renew bus shelters",
        )
    )
)
"""Actions about other things: in a plan of two lines no word is rarer than another."""


def plan_with(
    *actions: Action, milestones: Any = (), theme: dict[str, Any] | None = None, **more: Any
) -> Plan:
    return plan_of(*actions, *OTHER_WORK, theme={"milestones": tuple(milestones), **(theme or {})}, **more)


def in_two_themes(first: Action, second: Action) -> Plan:
    plan = plan_with(first)
    other = Theme(key="theme/2", number=2, name="Money", actions=(second,))
    return plan.model_copy(update={"themes": (*plan.themes, other)})


def said(*sentences: str, heading: str = "How we work") -> dict[str, Any]:
    return {"sections": (Section(key="section/work", heading=heading, level=2, paragraphs=sentences),)}


LIBRARY = milestone("Library strategy approved", dates=due("2022-05", "May 2022"))
CULTURE = "Approval of the document on desired culture"
HEARING = "Phase 2 engagement: determining the desired culture"
PROGRESS = "Progress will be monitored by Leadership Team on a monthly basis."
DELEGATED = "Changes to the Harbour Improvement Plan will be approved by Cabinet."
STATEMENT = SuccessStatement(key="s", text="Residents trust the council.")


HARBOUR_STREAM = (Workstream(key=STREAM, name="Governance harbour"),)


def library(edtf: str, title: str = "Approval of library strategy") -> Plan:
    return plan_with(action("Library strategy", steps=(step(title, dates=due(edtf)),)), milestones=(LIBRARY,))


def culture(approved: str) -> Plan:
    steps = (step(CULTURE, dates=due(approved)), step(HEARING, dates=due("2022-12")))
    return plan_with(action("Establish the desired culture", steps=steps))


def contracts(title: str, *leads: str) -> Action:
    return action(title, key=f"action/{leads[0]}", leads=leads)


RULES_TWICE = "Revised contract procedure rules agreed"
TBC = step("Decision by Council", dates=Dates(), due_printed="TBC")
HARBOUR = Deliverable(key="d", name="Harbour dredging system")

CASES = (
    Case("GT601", "a milestone two months before its step", library("2022-07"), 1),
    Case("GT601", "the season holds the month", library("2022-21"), 0),
    Case("GT601", "a step about something else", library("2022-07", "Approval of swimming pool prices"), 0),
    Case("GT602", "one set of rules, two leads", in_two_themes(
        contracts(RULES_TWICE, "Director of Finance"), contracts(RULES_TWICE, "Monitoring Officer")), 1),
    Case("GT602", "a lead in common", in_two_themes(
        contracts(RULES_TWICE, "Director of Finance"),
        contracts(RULES_TWICE, "Director of Law", "Director of Finance")), 0),
    Case("GT603", "a milestone for two contracts, an action for one", plan_with(
        action("Auditor report and recommendations on ferry services"),
        milestones=(milestone("Auditor report and recommendations (ferry services, parking contract)"),)), 1),
    Case("GT603", "an action for both", plan_with(
        action("Auditor report and recommendations on ferry services and the parking contract"),
        milestones=(milestone("Auditor report and recommendations (ferry services, parking contract)"),)), 0),
    Case("GT604", "explored by the objective, implemented by the action", plan_with(
        action("Implement a 4-yearly election cycle"),
        theme={"objectives": (Objective(key="o", text="Explore options around a four yearly electoral cycle"),)}), 1),
    Case("GT604", "explored by both", plan_with(
        action("Explore a 4-yearly election cycle"),
        theme={"objectives": (Objective(key="o", text="Explore options around a four yearly electoral cycle"),)}), 0),
    Case("GT604", "achieved before the work starts", plan_with(
        action("Performance framework", start=on("2022-09")),
        milestones=(milestone("Establish performance framework", status=Status.COMPLETE,
                              dates=Dates(actual=on("2022-04"))),)), 1),
    Case("GT605", "approved before those who determine it are heard", culture("2022-10"), 1),
    Case("GT605", "approved when they have been heard", culture("2023-01"), 0),
    Case("GT606", "one training in two themes", in_two_themes(
        action("Effective decision-making training"), action("Effective Decision Making Training", key="action/2")), 1),
    Case("GT606", "two trainings", in_two_themes(
        action("Effective decision-making training"), action("Fire safety training")), 0),
    Case("GT607", "nobody approves", plan_with(
        action("Developing a library strategy", steps=(step("Visit branches"),)), milestones=(LIBRARY,)), 1),
    Case("GT607", "a step approves", library("2022-05"), 0),
    Case("GT608", "a report that no step makes", plan_with(
        action("Agree a way forward", steps=(step("Brief the ward"),)),
        milestones=(milestone("Governance board harbour report on the claim of the owner"),),
        theme={"workstreams": HARBOUR_STREAM}), 1),
    Case("GT608", "a report that a step makes", plan_with(
        action("Agree a way forward", steps=(step("Board report on the claim of the owner"),)),
        milestones=(milestone("Governance board harbour report on the claim of the owner"),),
        theme={"workstreams": HARBOUR_STREAM}), 0),
    Case("GT609", "a system that is only explored", plan_with(
        action("Explore implementation of a harbour dredging system"), theme={"deliverables": (HARBOUR,)}), 1),
    Case("GT609", "a system that is bought", plan_with(
        action("Procurement of a harbour dredging system"), theme={"deliverables": (HARBOUR,)}), 0),
    Case("GT610", "a letter apart", plan_with(**said("• Governence")), 1),
    Case("GT610", "the same name", plan_with(**said("• Governance")), 0),
    Case("GT611", "Cabinet approves changes, Council the plan", plan_with(
        action("Harbour plan", steps=(step("Council approval of Harbour Improvement Plan"),)), **said(DELEGATED)), 1),
    Case("GT611", "one body approves both", plan_with(
        action("Harbour plan", steps=(step("Cabinet approval of Harbour Improvement Plan"),)), **said(DELEGATED)), 0),
    Case("GT611", "two monthly meetings", plan_with(
        bodies=tuple(Body(key=name, name=name) for name in ("Leadership Team", "Improvement Review Meeting")),
        **said(PROGRESS, "A monthly report of risks will be made to the Improvement Review Meeting.")), 1),
    Case("GT612", "measures that are promised and not there", plan_with(
        theme={"success_statements": (STATEMENT,)}, **said("The delivery plan has measures of success.")), 1),
    Case("GT612", "measures that are there", plan_with(
        theme={"success_statements": (STATEMENT.model_copy(update={"measure": "Yearly survey"}),)},
        **said("The delivery plan has measures of success.")), 0),
    Case("GT613", "a step to be confirmed", plan_with(action("Election cycle", dates=due("2023-09"), steps=(TBC,))), 1),
    Case("GT613", "all dated", plan_with(
        action("Election cycle", dates=due("2023-09"), steps=(step("Decision", dates=due("2023-05")),))), 0),
)  # fmt: skip
