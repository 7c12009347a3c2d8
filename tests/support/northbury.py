"""Northbury, an invented council: a small plan in which every judgement, status and kind of date occurs once.

What is so of it on 31 October 2022 is keyed by hand in `FACTS`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from goldenthread.assurance.ratings import USUAL_RULE
from goldenthread.plan import model
from goldenthread.plan.changes import compare
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Assessment, Door, Rating, Report
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.reporting.matter import (
    Before,
    ChangeLine,
    Comment,
    Decided,
    EvidenceCount,
    Known,
    Matter,
    MeetingDay,
    OpenRequest,
)

BEGAN, BEFORE, CUT_OFF, CABINET = date(2022, 1, 4), date(2022, 7, 31), date(2022, 10, 31), date(2022, 11, 16)
HASH = "5a" * 32
FACTS = {
    "themes.all": 3,
    "actions.all": 9,
    "steps.all": 2,
    "milestones.all": 3,
    "milestones.reached": 1,
    "milestones.late": 1,
    "actions.late": 2,  # A4 since September, A6 since August
    "actions.off-course": 2,  # A4 amber, A6 red
    "actions.status.complete": 1,
    "actions.status.verified": 1,
    "actions.status.embedded": 1,
    "actions.status.in_progress": 2,
    "actions.status.not_started": 1,
    "actions.status.ongoing": 1,
    "actions.status.deferred": 1,
    "actions.status.unknown": 1,
    "actions.rating.green": 1,
    "actions.rating.amber": 1,
    "actions.rating.red": 1,
    "actions.rating.complete": 3,
    "actions.rating.suspended": 1,
    "actions.rating.not_rated": 2,
    "actions.rating.green.percent": 11,
    "due.2022-10-31.to.2023-01-31": 2,  # A5 in December, M2 in November
    "risks.all": 2,
    "risks.without_action": 1,
    "requests.open": 1,
    "requests.decided.since.2022-07-31": 2,
    "promises.moved": 1,
    "done.since.2022-07-31.complete": 1,
    "done.since.2022-07-31.verified": 0,
    "done.since.2022-07-31.embedded": 1,
}
"""What the plan holds at the cut-off, counted by hand from `northbury` below, by the names of figures."""


def northbury(day: date = CUT_OFF) -> model.Plan:
    """The plan as it stood at the end of a day: at `BEFORE` less was done, and A4 had not been moved again."""
    later = day > BEFORE
    return model.Plan(
        key="northbury",
        council=model.Council(name="Northbury Council"),
        title="Northbury Improvement Plan",
        approved_on=BEGAN,
        approving_body="Council",
        themes=(_culture(later), _money(later), _services()),
        risks=(
            model.Risk(key="r1", title="Capacity", description="Too few people", register_reference="12/22"),
            model.Risk(key="r2", title="Trust", description="Residents may not believe it"),
        ),
        reviews=(
            model.Review(
                key="auditor",
                name="Auditor",
                title="Auditor’s Annual Report",
                published=PlanDate.from_edtf("2021-12", "December 2021"),
                totals=(model.StatedTotal(class_="statutory", count=1), model.StatedTotal(class_="key", count=2)),
            ),
            model.Review(key="peers", name="Peer Team", title="Peer Team"),
        ),
        links=(
            model.Link(key="l1", kind=model.LinkKind.MITIGATES, source="a4", target="r1"),
            model.Link(
                key="l2",
                kind=model.LinkKind.TRANSFERRED_TO,
                source="a9",
                target="Customer Service Plan",
                note="action 7",
            ),
        ),
    )  # fmt: skip


def _culture(later: bool) -> model.Theme:
    return model.Theme(
        key="t1",
        number=1,
        name="Culture",
        milestones=(_milestone(1, "Code adopted", "2022-03", Status.COMPLETE),),
        success_statements=(
            model.SuccessStatement(key="s1", text="Staff trust the council", measure="Staff survey, question 4"),
            model.SuccessStatement(key="s2", text="Members feel heard"),
        ),
        actions=(
            _action(1, "Adopt a code of conduct", "2022-03", Status.EMBEDDED if later else Status.VERIFIED,
                    lead="Monitoring Officer", actual="2022-03-30"),
            _action(2, "Publish the constitution", "2022-06", Status.VERIFIED, lead="Monitoring Officer",
                    actual="2022-06-20"),
            _action(3, "Train members", "2022-09", Status.COMPLETE if later else Status.IN_PROGRESS,
                    lead="Head of Democratic Services", actual="2022-09-12" if later else None,
                    references=(Reference(review="Peer Team", number="3"),)),
        ),
    )  # fmt: skip


def _money(later: bool) -> model.Theme:
    slipped = Report(
        as_at=CUT_OFF, by="Director of Finance", door=Door.PAGE, rating=Rating.AMBER,
        why="The auditor found more to correct", next_step="Second draft in December",
    )  # fmt: skip
    good = Report(
        as_at=CUT_OFF, by="Director of Finance", door=Door.PAGE, rating=Rating.GREEN,
        highlight="The budget gap for next year is closed",
    )  # fmt: skip
    doubted = Assessment(
        on=CUT_OFF, by="Internal Audit", rating=Rating.RED, reason="The same was said twice before"
    )
    close = _action(4, "Close the accounts", "2022-09" if later else "2022-08", Status.IN_PROGRESS,
                    lead="Director of Finance", original="2022-06", forecast="2022-12",
                    references=(Reference(review="Auditor", class_="statutory", number="1"),))  # fmt: skip
    steps = (
        model.Action(
            key="a4-1", ref="A4.1", title="First draft", status=Status.COMPLETE, dates=_dates("2022-07")
        ),
        model.Action(key="a4-2", ref="A4.2", title="Second draft", dates=_dates("2022-12")),
    )
    judged = {"report": slipped, "assessment": doubted} if later else {}
    budget = _action(5, "Agree the budget", "2022-12", Status.IN_PROGRESS, lead="Director of Finance")
    return model.Theme(
        key="t2",
        number=2,
        name="Money",
        milestones=(
            _milestone(2, "Budget draft", "2022-11"),
            _milestone(3, "Accounts drafted", "2022-09", Status.IN_PROGRESS),
        ),
        actions=(
            close.model_copy(update={"steps": steps, **judged}),
            budget.model_copy(update={"report": good} if later else {}),
        ),
    )  # fmt: skip


def _services() -> model.Theme:
    return model.Theme(
        key="t3",
        number=3,
        name="Services",
        actions=(
            _action(6, "Let the waste contract", "2022-08", Status.NOT_STARTED, lead="Director of Place",
                    references=(Reference(review="Auditor", class_="key", number="2"),)),
            _action(7, "Survey residents", "2022-10", Status.UNKNOWN, lead="Head of Communications"),
            _action(8, "Move the depot", "2022-05", Status.DEFERRED, lead="Director of Place"),
            model.Action(key="a9", ref="A9", id=UUID(int=9), title="Open one front desk", status=Status.ONGOING,
                         leads=("Director of Place",)),
        ),
    )  # fmt: skip


def _action(
    number: int,
    title: str,
    due: str,
    status: Status,
    *,
    lead: str,
    original: str | None = None,
    forecast: str | None = None,
    actual: str | None = None,
    references: tuple[Reference, ...] = (),
) -> model.Action:
    return model.Action(
        key=f"a{number}",
        ref=f"A{number}",
        id=UUID(int=number),
        title=title,
        status=status,
        leads=(lead,),
        references=references,
        dates=_dates(due, original, forecast, actual),
    )


def _milestone(number: int, name: str, due: str, status: Status = Status.UNKNOWN) -> model.Milestone:
    return model.Milestone(
        key=f"m{number}",
        ref=f"M{number}",
        id=UUID(int=100 + number),
        name=name,
        status=status,
        dates=_dates(due),
    )


def _dates(
    due: str, original: str | None = None, forecast: str | None = None, actual: str | None = None
) -> model.Dates:
    return model.Dates(
        original=_on(original or due), approved=_on(due), forecast=_on(forecast), actual=_on(actual)
    )


def _on(edtf: str | None) -> PlanDate | None:
    if edtf is None:
        return None
    if len(edtf) == 10:
        return PlanDate.on(date.fromisoformat(edtf))
    return PlanDate.from_edtf(edtf, f"{date.fromisoformat(edtf + '-01'):%b %Y}")


def northbury_matter() -> Matter:
    """All there is to say of it on 31 October 2022, against 31 July."""
    now, then = northbury(), northbury(BEFORE)
    changes = tuple(
        ChangeLine(change=change, original=_on("2022-06"), moves=2, reason="The ledger was late", decided_by="Cabinet",
                   reference="minute 31/22", request=4)
        if change.field == "approved"
        else ChangeLine(change=change)
        for change in compare(then, now)
    )  # fmt: skip
    return Matter(
        plan=now,
        cut_off=CUT_OFF,
        began_on=BEGAN,
        known=Known(42, HASH, date(2022, 11, 3)),
        release="1.2.3",
        rule=USUAL_RULE,
        rule_label="by the usual rule, as the council has adopted none of its own",
        before=Before(BEFORE, then, changes),
        evidence={UUID(int=2): EvidenceCount(2, 1), UUID(int=3): EvidenceCount(1, 0)},
        requests=(
            OpenRequest(5, "A new approved date: A6", "An end date", "No bids came", CUT_OFF, "Director of Place"),
        ),
        decisions=(
            Decided(4, "A new approved date: A4", "approved", date(2022, 9, 20), "Cabinet", "minute 31/22", "Late"),
            Decided(3, "Closing: A7", "refused", date(2022, 9, 20), "Cabinet", "minute 32/22", "Residents matter"),
        ),
        moves={UUID(int=4): 2},
        comments=(
            Comment("Audit Committee", date(2022, 9, 20), "The accounts are late.", "A second accountant has started."),
            Comment("Scrutiny Committee", date(2022, 9, 22), "Residents should be asked."),
        ),
        meetings=(MeetingDay("Cabinet", CABINET), MeetingDay("Scrutiny Committee", date(2022, 11, 24))),
    )  # fmt: skip


def with_another_plan(matter: Matter, plan: model.Plan) -> Matter:
    """The same of another plan."""
    return replace(matter, plan=plan)


def northbury_as_adopted() -> model.Plan:
    """The plan before the record has seen it: as it was promised, nothing reported, without ids and short numbers."""
    plan = northbury(BEFORE)
    return plan.model_copy(update={"themes": tuple(_unseen_theme(theme) for theme in plan.themes)})


def _unseen_theme(theme: model.Theme) -> model.Theme:
    milestones = (
        one.model_copy(update={"id": None, "ref": None, "status": Status.UNKNOWN}) for one in theme.milestones
    )
    return theme.model_copy(
        update={"milestones": tuple(milestones), "actions": tuple(map(_unseen, theme.actions))}
    )


def _unseen(action: model.Action) -> model.Action:
    first = action.dates.original
    return action.model_copy(
        update={
            "id": None,
            "ref": None,
            "status": Status.NOT_STARTED,
            "dates": model.Dates(original=first, approved=first),
            "steps": tuple(map(_unseen, action.steps)),
        }
    )
