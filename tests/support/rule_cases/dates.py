"""Plans for the rules of dates and of how things stand."""

from __future__ import annotations

from goldenthread.plan.model import Dates
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from support.checked_plans import action, due, milestone, on, plan_of, review, step
from support.rule_cases import Case, question

CASES = (
    Case("GT301", "a month later", plan_of(
        action("A", dates=due("2022-08"), steps=(step("B", dates=due("2022-09")),))), 1),
    Case("GT301", "a season that runs past", plan_of(
        action("A", dates=due("2022-09"), steps=(step("B", dates=due("2022-23", "Autumn 2022")),))), 1),
    Case("GT301", "a sub-step, under a step without a date", plan_of(action("A", dates=due("2022-08"), steps=(
        step("B", steps=(step("C", dates=due("2022-09")),)),))), 1),
    Case("GT301", "the same month", plan_of(
        action("A", dates=due("2022-09"), steps=(step("B", dates=due("2022-09")),))), 0),
    Case("GT301", "an action without a date", plan_of(
        action("A", dates=Dates(), steps=(step("B", dates=due("2023")),))), 0),
    Case("GT302", "its own dates", plan_of(action("A", start=on("2022-09"), dates=due("2022-08"))), 1),
    Case("GT302", "a step due before the action starts", plan_of(
        action("A", start=on("2022-09"), steps=(step("B", dates=due("2022-08")),))), 1),
    Case("GT302", "a step with a start of its own", plan_of(
        action("A", start=on("2022-09"), steps=(step("B", start=on("2022-07"), dates=due("2022-08")),))), 0),
    Case("GT302", "in the same season", plan_of(
        action("A", start=on("2022-23", "Autumn 2022"), dates=due("2022-10"))), 0),
    Case("GT303", "all complete", plan_of(action("A", steps=(
        step("B", status=Status.COMPLETE), step("C", status=Status.VERIFIED)))), 1),
    Case("GT303", "the action too", plan_of(
        action("A", status=Status.COMPLETE, steps=(step("B", status=Status.COMPLETE),))), 0),
    Case("GT303", "one step is open", plan_of(
        action("A", steps=(step("B", status=Status.COMPLETE), step("C")))), 0),
    Case("GT303", "the rest is ongoing", plan_of(
        action("A", status=Status.ONGOING, steps=(step("B", status=Status.COMPLETE),))), 0),
    Case("GT303", "no steps", plan_of(action("A")), 0),
    Case("GT304", "action, step and milestone", plan_of(
        action("A", dates=due("2022-05"), status=Status.UNKNOWN,
               steps=(step("B", dates=due("2022-05"), status=Status.UNKNOWN),)),
        theme={"milestones": (milestone("M", dates=due("2022-04"), status=Status.UNKNOWN),)}), 3),
    Case("GT304", "not over yet", plan_of(
        action("A", dates=due("2022-06"), status=Status.UNKNOWN)), 0),
    Case("GT304", "late, but somebody has said how it stands", plan_of(action("A", dates=due("2022-05"))), 0),
    Case("GT305", "no cadence", plan_of(action("A", status=Status.ONGOING)), 1),
    Case("GT305", "reviewed each quarter", plan_of(
        action("A", status=Status.ONGOING, review_cadence="quarterly")), 0),
    Case("GT306", "no date", plan_of(theme={"milestones": (milestone("M", dates=Dates()),)}), 1),
    Case("GT306", "no date, but achieved", plan_of(
        theme={"milestones": (milestone("M", dates=Dates(), status=Status.COMPLETE),)}), 0),
    Case("GT306", "a date", plan_of(theme={"milestones": (milestone("M"),)}), 0),
    Case("GT307", "an action and a step, TBC", plan_of(
        action("A", dates=Dates(), due_printed="TBC",
               steps=(step("B", due_printed="TBC"), step("C"), step("D", dates=due("2022-12"))))), 2),
    Case("GT307", "the date is asked about", plan_of(
        action("A", dates=Dates()),
        questions=(question(QuestionKind.DATE_ALIGNMENT, "action/A"),)), 0),
    Case("GT307", "ongoing", plan_of(action("A", dates=Dates(), status=Status.ONGOING)), 0),
    Case("GT308", "half a year before", plan_of(action("A", start=on("2021-06"))), 1),
    Case("GT308", "two months before", plan_of(action("A", start=on("2021-10"))), 0),
    Case("GT308", "a year is too vague", plan_of(action("A", start=on("2021"))), 0),
    Case("GT308", "a season is too vague", plan_of(action("A", start=on("2021-21"))), 0),
    Case("GT308", "no review has a date", plan_of(
        action("A", start=on("2021-06")), reviews=(review(published=None),)), 0),
)  # fmt: skip
