"""Reports of Northbury on the record: drafted, worded, cleared and issued as its officers would."""

from __future__ import annotations

from datetime import date

from goldenthread.record.actor import Actor
from goldenthread.record.issued import HeldReport, held_matter, held_report
from goldenthread.record.models.reports import ClearanceOutcome
from goldenthread.record.report_drafts import write_places
from goldenthread.record.services.issuing import clear_stage, issue_report
from goldenthread.record.services.report_drafts import DraftAsked, draft_report, write_draft
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN

RELEASE = "1.0"
TODAY = date(2022, 11, 7)


def drafted(
    officer: Actor, audience: str, cut_off: date = CUT_OFF, *, plan: str = PLAN, meeting: date | None = None
) -> HeldReport:
    """A draft as it was started."""
    asked = DraftAsked(audience, cut_off, meeting, None, RELEASE)
    number = draft_report(actor=officer, plan=plan, asked=asked, on=max(TODAY, cut_off))
    return again(officer, number, plan)


def again(officer: Actor, number: int, plan: str = PLAN) -> HeldReport:
    """The report as it is by now."""
    return held_report(officer.council, plan, number)


def worded(officer: Actor, held: HeldReport, plan: str = PLAN) -> HeldReport:
    """The draft with words in every place that waits for them."""
    places = write_places(held, held_matter(held, RELEASE))
    words = {each.key: f"What was written for {each.key[:40]}." for each in places}
    blanks = {each.key for each in places if each.is_blank}
    write_draft(
        actor=officer,
        plan=plan,
        number=held.number,
        fill={key: text for key, text in words.items() if key in blanks},
        written={key: text for key, text in words.items() if key not in blanks},
        seen=held.version,
        on=TODAY,
    )
    return again(officer, held.number, plan)


def cleared(officer: Actor, held: HeldReport, plan: str = PLAN) -> HeldReport:
    """The draft with every stage cleared for its version, as the programme office was told."""
    for stage in held.stages:
        clear_stage(
            actor=officer, plan=plan, number=held.number, stage=stage.name, outcome=ClearanceOutcome.CLEARED, words="",
            cleared_by=f"{stage.name}, by e-mail", seen=held.version, on=TODAY,
        )  # fmt: skip
    return again(officer, held.number, plan)


def issued(
    officer: Actor, audience: str, cut_off: date = CUT_OFF, *, plan: str = PLAN, meeting: date | None = None
) -> HeldReport:
    """A report that went all the way."""
    ready = cleared(
        officer, worded(officer, drafted(officer, audience, cut_off, plan=plan, meeting=meeting), plan), plan
    )
    issue_report(
        actor=officer,
        plan=plan,
        number=ready.number,
        seen=ready.version,
        on=max(TODAY, cut_off),
        release=RELEASE,
    )
    return again(officer, ready.number, plan)
