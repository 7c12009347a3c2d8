"""What a drafted sentence can rest on: promises, decisions about them, and the record as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.assurance.ratings import Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Milestone
from goldenthread.reporting.claims.subjects import place
from goldenthread.reporting.letter.due import identity
from goldenthread.reporting.letter.model import PLAN, RECORD, Support
from goldenthread.reporting.matter import ChangeLine, Decided, IssuedReport, Matter
from goldenthread.reporting.sections.phrasing import STATUS_WORDS, date_text


def on_promise(promise: Promise) -> Support:
    """That a sentence rests on a promise: its short number, its words, its status and its date."""
    item = promise.item
    return Support(
        identifier=item.ref or _number(item) or place(item.anchors),
        says=f"{promise.name}: {says_of(item)}",
        item=identity(item),
    )


def says_of(item: Action | Milestone) -> str:
    """How a promise stands, in a few words: "complete – claimed, done 12 September 2022, due Sep 2022"."""
    due, actual = item.dates.approved or item.dates.original, item.dates.actual
    done = f", done {date_text(actual)}" if actual else ""
    by = f", due {date_text(due)}" if due else ", no date"
    return f"{STATUS_WORDS[item.status].lower()}{done}{by}"


def on_promises(promises: Iterable[Promise]) -> tuple[Support, ...]:
    """The same for several, each once."""
    return tuple({(one := on_promise(each)).item: one for each in promises}.values())


def on_move(line: ChangeLine) -> Support | None:
    """The change request by which a date was moved, where there was one."""
    if line.request is None:
        return None
    return _request(
        line.request, f"A new approved date, by decision of {line.decided_by} {line.reference}".strip()
    )


def on_decision(decided: Decided) -> Support:
    """A decision about a change to the plan."""
    reference = f" ({decided.reference})" if decided.reference else ""
    by = f" by {decided.decided_by}" if decided.decided_by else ""
    return _request(
        decided.number, f"{decided.what}: {decided.outcome}{by} on {day_words(decided.decided_on)}{reference}"
    )


def _request(number: int, says: str) -> Support:
    return Support(identifier=f"Change request {number}", says=says)


def on_report(report: IssuedReport) -> Support:
    """A report that was issued."""
    return Support(
        identifier=f"Report {report.number}", says=f"{report.title}, as at {day_words(report.cut_off)}"
    )


def on_plan(matter: Matter) -> Support:
    """The plan as it was approved."""
    plan = matter.plan
    on = f" on {day_words(plan.approved_on)}" if plan.approved_on else ""
    approved = f", approved by {plan.approving_body}{on}" if plan.approving_body else ""
    return Support(identifier=PLAN, says=f"{plan.title}{approved}")


def on_record(matter: Matter) -> Support:
    """All that the record holds: what a count of everything, or that there is nothing, rests on."""
    return Support(
        identifier=RECORD,
        says=f"The record of the plan as at {day_words(matter.cut_off)}, known at change {matter.known.revision}",
    )


def _number(item: Action | Milestone) -> str | None:
    return item.number if isinstance(item, Action) else None
