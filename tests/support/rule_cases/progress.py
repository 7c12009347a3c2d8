"""Plans for the rules of whether what is said of progress hangs together."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.assurance import Beside
from goldenthread.assurance.trend import DatedFact
from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Assessment, Door, Rating, Report
from goldenthread.plan.model import Dates, Link, LinkKind
from goldenthread.plan.status import Status
from support.checked_plans import action, due, milestone, on, plan_of, step
from support.rule_cases import Case

A = UUID(int=1)
ADOPTED = date(2022, 1, 1)
MONTHLY = Beside(in_force_since=ADOPTED, confirm_within=62)


def said(day: date, rating: Rating | None = None) -> Report:
    """What a lead reported on a day."""
    return Report(as_at=day, by="Monitoring Officer", door=Door.PAGE, rating=rating)


def assessed(rating: Rating) -> Assessment:
    """What the assurer made of it."""
    return Assessment(on=date(2022, 5, 31), by="Internal audit", rating=rating, reason="Seen on site.")


def stood(*statuses: tuple[date, Status]) -> Beside:
    """That the item with the id A had these statuses, each from its day on."""
    facts = tuple(DatedFact(Series.STATUS, day, status) for day, status in statuses)
    return Beside(in_force_since=ADOPTED, confirm_within=62, histories={A: facts})


def joined(kind: LinkKind, source: str, target: str) -> tuple[Link, ...]:
    """One link between two items."""
    return (Link(key="l", kind=kind, source=source, target=target),)


GREEN, RED = said(date(2022, 6, 1), Rating.GREEN), said(date(2022, 6, 1), Rating.RED)
REACHED = {"milestones": (milestone("M", status=Status.COMPLETE),)}
TOLD = "linked to MTFP"
QUARTERLY = {"status": Status.ONGOING, "dates": Dates(), "review_cadence": "quarterly"}
DONE = {"status": Status.COMPLETE}

CASES = (
    Case("GT701", "confirmed 63 days ago, and a milestone never", plan_of(
        action("A", report=said(date(2022, 4, 5))), theme={"milestones": (milestone("M"),)}), 2, MONTHLY),
    Case("GT701", "nothing was ever confirmed", plan_of(*(action(f"A{number}") for number in range(6))), 1, MONTHLY),
    Case("GT701", "one of seven was", plan_of(
        *(action(f"A{number}") for number in range(6)), action("B", report=said(date(2022, 6, 1)))), 6, MONTHLY),
    Case("GT701", "confirmed 62 days ago", plan_of(action("A", report=said(date(2022, 4, 6)))), 0, MONTHLY),
    Case("GT701", "never, but the plan is young", plan_of(action("A")), 0,
         Beside(in_force_since=date(2022, 5, 1), confirm_within=62)),
    Case("GT701", "closed or deferred", plan_of(
        action("A", status=Status.COMPLETE), action("B", status=Status.DEFERRED)), 0, MONTHLY),
    Case("GT701", "a step goes with its action", plan_of(
        action("A", report=said(date(2022, 6, 1)), steps=(step("B"),))), 0, MONTHLY),
    Case("GT701", "a file", plan_of(action("A")), 0),
    Case("GT702", "one step is open", plan_of(action("A", **DONE, steps=(step("B"), step("C", **DONE)))), 1),
    Case("GT702", "a step of a step is open", plan_of(
        action("A", **DONE, steps=(step("B", **DONE, steps=(step("C", status=Status.NOT_STARTED),)),))), 2),
    Case("GT702", "nobody knows of the step", plan_of(
        action("A", **DONE, steps=(step("B", status=Status.UNKNOWN), step("C", status=Status.ONGOING)))), 0),
    Case("GT702", "the action is open too", plan_of(action("A", steps=(step("B"),))), 0),
    Case("GT703", "a milestone is reached, its action is open", plan_of(
        action("A"), theme=REACHED, links=joined(LinkKind.CONTRIBUTES, "action/A", "m/M")), 1),
    Case("GT703", "what it depends on is open", plan_of(
        action("A", **DONE), action("B"), links=joined(LinkKind.DEPENDS_ON, "action/A", "action/B")), 1),
    Case("GT703", "its action is done too", plan_of(
        action("A", **DONE), theme=REACHED, links=joined(LinkKind.CONTRIBUTES, "action/A", "m/M")), 0),
    Case("GT703", "the link is of another kind", plan_of(
        action("A"), theme=REACHED, links=joined(LinkKind.EVIDENCES, "action/A", "m/M")), 0),
    Case("GT703", "no link", plan_of(action("A"), theme=REACHED), 0),
    Case("GT704", "an action and a milestone", plan_of(action("A", **DONE), theme=REACHED), 2),
    Case("GT704", "a tracker that gives no day at all", plan_of(
        *(action(f"A{number}", **DONE) for number in range(6))), 1),
    Case("GT704", "a tracker that gives one day", plan_of(
        *(action(f"A{number}", **DONE) for number in range(6)),
        action("B", **DONE, dates=Dates(actual=on("2022-05-02")))), 6),
    Case("GT704", "the day is known", plan_of(action("A", **DONE, dates=Dates(actual=on("2022-05-02")))), 0),
    Case("GT704", "a step goes with its action", plan_of(action("A", steps=(step("B", **DONE),))), 0),
    Case("GT705", "tomorrow", plan_of(action("A", **DONE, dates=Dates(actual=on("2022-06-08")))), 1),
    Case("GT705", "before it starts", plan_of(
        action("A", **DONE, start=on("2022-05"), dates=Dates(actual=on("2022-04-30")))), 1),
    Case("GT705", "today", plan_of(action("A", **DONE, dates=Dates(actual=on("2022-06-07")))), 0),
    Case("GT705", "this month", plan_of(action("A", **DONE, dates=Dates(actual=on("2022-06")))), 0),
    Case("GT705", "in the month of its start", plan_of(
        action("A", **DONE, start=on("2022-05-20"), dates=Dates(actual=on("2022-05")))), 0),
    Case("GT706", "green a week late", plan_of(action("A", dates=due("2022-05"), report=GREEN)), 1),
    Case("GT706", "red and late", plan_of(action("A", dates=due("2022-05"), report=RED)), 0),
    Case("GT706", "green on its last day", plan_of(action("A", dates=due("2022-06-07"), report=GREEN)), 0),
    Case("GT706", "green, late and done", plan_of(action("A", **DONE, dates=due("2022-05"), report=GREEN)), 0),
    Case("GT707", "green beside red", plan_of(action("A", report=GREEN, assessment=assessed(Rating.RED))), 1),
    Case("GT707", "red beside green", plan_of(action("A", report=RED, assessment=assessed(Rating.GREEN))), 0),
    Case("GT707", "the same", plan_of(action("A", report=RED, assessment=assessed(Rating.RED))), 0),
    Case("GT707", "nobody assessed it", plan_of(action("A", report=GREEN)), 0),
    Case("GT708", "a quarter and more ago", plan_of(action("A", **QUARTERLY, report=said(date(2022, 2, 1)))), 1),
    Case("GT708", "never, and the plan is old", plan_of(action("A", **QUARTERLY)), 1, MONTHLY),
    Case("GT708", "every 2 months", plan_of(
        action("A", **{**QUARTERLY, "review_cadence": "every 2 months"}, report=said(date(2022, 3, 1)))), 1),
    Case("GT708", "within the quarter", plan_of(action("A", **QUARTERLY, report=said(date(2022, 3, 7)))), 0),
    Case("GT708", "never, in a file", plan_of(action("A", **QUARTERLY)), 0),
    Case("GT708", "words that give no interval", plan_of(
        action("A", **{**QUARTERLY, "review_cadence": "regularly"}, report=said(ADOPTED))), 0),
    Case("GT709", "passed, of an action and in a milestone's date", plan_of(
        action("A", status=Status.UNKNOWN, dates=due("2022-05"), condition=TOLD),
        theme={"milestones": (milestone("M", status=Status.NOT_STARTED, dates=Dates(
            approved=on("2022-05").model_copy(update={"condition": TOLD}))),)}), 2),
    Case("GT709", "due at the end of the month", plan_of(
        action("A", status=Status.NOT_STARTED, dates=due("2022-06"), condition=TOLD)), 1),
    Case("GT709", "due in autumn", plan_of(
        action("A", status=Status.NOT_STARTED, dates=due("2022-23"), condition=TOLD)), 0),
    Case("GT709", "begun", plan_of(action("A", dates=due("2022-05"), condition=TOLD)), 0),
    Case("GT709", "no condition", plan_of(action("A", status=Status.UNKNOWN, dates=due("2022-05"))), 0),
    Case("GT710", "complete, and in progress again", plan_of(action("A", id=A)), 1, stood(
        (date(2022, 2, 1), Status.COMPLETE), (date(2022, 4, 1), Status.IN_PROGRESS))),
    Case("GT710", "verified, then only complete", plan_of(action("A", id=A, **DONE)), 1, stood(
        (date(2022, 2, 1), Status.VERIFIED), (date(2022, 4, 1), Status.COMPLETE))),
    Case("GT710", "forward", plan_of(action("A", id=A, **DONE)), 0, stood(
        (date(2022, 2, 1), Status.IN_PROGRESS), (date(2022, 4, 1), Status.COMPLETE))),
    Case("GT710", "backwards, then done", plan_of(action("A", id=A, **DONE)), 0, stood(
        (date(2022, 2, 1), Status.COMPLETE), (date(2022, 3, 1), Status.IN_PROGRESS),
        (date(2022, 4, 1), Status.COMPLETE))),
    Case("GT710", "corrected for the same day", plan_of(action("A", id=A)), 0, stood(
        (date(2022, 2, 1), Status.COMPLETE), (date(2022, 2, 1), Status.IN_PROGRESS))),
    Case("GT710", "deferred is not backwards", plan_of(action("A", id=A, status=Status.DEFERRED)), 0, stood(
        (date(2022, 2, 1), Status.IN_PROGRESS), (date(2022, 4, 1), Status.DEFERRED))),
)  # fmt: skip
