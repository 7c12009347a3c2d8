"""Taking in updates: the one service behind the page, the mailed link and the workbook.

Nothing that was typed is ever lost. What does not fit is refused before anything is stored, so that the door can show
it again. What comes after somebody else reported something different is kept whole, as a held update, until a person
settles it (`settling.py`). An update touches only its own items, so a hundred leads can save at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection
from pydantic import JsonValue

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Door, Report
from goldenthread.plan.status import Status
from goldenthread.plan.updates import REPORTABLE, EvidenceOffer, TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.files.web_links import web_link
from goldenthread.record.models.cycle import HeldUpdate, PeriodState
from goldenthread.record.models.evidence import Evidence, EvidenceSupport
from goldenthread.record.models.plan import DatedFact, PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.promises import HeldPromise, promises
from goldenthread.record.reporters import lead_slugs, leads_among, refuse_unled
from goldenthread.record.scope import writing
from goldenthread.record.snapshot import find_plan

PROGRAMME_OFFICE = "Programme office"
LONGEST = 2000
"""Characters in one text of an update."""
_TEXTS = {"why": "The reason", "next_step": "The next step", "highlight": "The highlight"}
REPORTED = (Series.STATUS, Series.FORECAST, Series.ACTUAL, Series.REPORT)
"""What an update can write."""


@dataclass(frozen=True)
class Submission:
    """Who reports to which plan, of which day, through which door, and for which leads (None: for any)."""

    actor: Actor
    plan: PlanRecord
    as_at: date
    door: Door
    allowed: frozenset[str] | None

    def reporter(self, held: HeldPromise) -> str:
        """The post for which the actor speaks of this promise."""
        if self.allowed is None:
            return PROGRAMME_OFFICE
        return next(iter(leads_among(held.place.leads, self.allowed)), PROGRAMME_OFFICE)


class Outcome(StrEnum):
    """What became of one update."""

    RECORDED = "recorded"
    UNCHANGED = "unchanged"
    HELD = "held"


def submit_updates(
    *,
    actor: Actor,
    plan: UUID | str,
    updates: Mapping[UUID, TypedUpdate],
    as_at: date,
    seen_revision: int,
    door: Door,
) -> dict[UUID, Outcome]:
    """Record what was typed about these items, all in one revision, or hold what somebody else has overtaken.

    Args:
        updates: What was typed, by the id of the action, step or milestone. Those that say nothing are left out.
        as_at: The day of which the updates speak.
        seen_revision: The revision that the person was looking at when typing.
        door: By which way it came.

    Raises:
        NotAllowed: The actor may not report, or not for the leads of one of the items.
        NotFound: The plan has no such item on that day.
        InvalidEdit: Something typed does not fit; the message names the item. Nothing is stored.
    """
    require(actor, Permission.REPORT_PROGRESS)
    said = {item: typed for item, typed in updates.items() if not typed.says_nothing}
    if not said:
        return {}
    with writing(actor, _reason(said)):
        held_plan = open_plan(plan, as_at)
        lock_items(held_plan, said)
        held = promises(held_plan.id, said.keys(), as_at=as_at)
        submission = Submission(actor, held_plan, as_at, door, lead_slugs(actor, as_at))
        for item, typed in said.items():
            refuse_update(held.get(item), typed, submission.allowed, as_at)
        outcomes = {item: _outcome(held[item], typed, seen_revision) for item, typed in said.items()}
        for item, outcome in outcomes.items():
            if outcome is Outcome.RECORDED:
                write_update(submission, held[item], said[item])
            elif outcome is Outcome.HELD:
                _hold(submission, held[item], said[item], seen_revision)
    return outcomes


def open_plan(plan: UUID | str, as_at: date) -> PlanRecord:
    """The plan, held so that nobody edits it meanwhile although others may report.

    Raises:
        NoSuchPlan: There is none.
        InvalidEdit: It had not begun on that day, or the period of that day is closed.
    """
    found = find_plan(plan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM plan WHERE id = %s FOR KEY SHARE", [found.id])
    if as_at < found.effective_on:
        raise InvalidEdit(
            f"The plan took effect on {day_words(found.effective_on)}. Report as at that day or later."
        )
    if closed := _closed_period(found, as_at):
        raise InvalidEdit(
            f"The reporting period to {day_words(closed)} is closed. Report as at a later day, or ask the "
            "programme office to open it again."
        )
    return found


def _closed_period(plan: PlanRecord, as_at: date) -> date | None:
    """The last day of the period of that day if it is closed. Until we commit nobody closes or opens it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ends_on, state FROM reporting_period"
            " WHERE plan_id = %s AND %s BETWEEN starts_on AND ends_on FOR SHARE",
            [plan.id, as_at],
        )
        found = cursor.fetchone()
    return found[0] if found and found[1] == PeriodState.CLOSED else None


def refuse_update(
    held: HeldPromise | None, typed: TypedUpdate, allowed: frozenset[str] | None, as_at: date
) -> None:
    """Raise if this cannot be recorded of that promise and day by somebody who may report for these leads.

    Raises:
        NotFound, NotAllowed, InvalidEdit: as `submit_updates`.
    """
    if held is None:
        raise NotFound("The plan has no such item on that day. It may have been added later, or taken out.")
    refuse_unled(held.place, allowed)
    name = held.place.name
    if typed.status and typed.status not in REPORTABLE and typed.status is not held.status:
        raise InvalidEdit(
            f"“{name}”: “{typed.status}” cannot be reported. Verified and embedded need somebody who checks the "
            "evidence; the others need a decision."
        )
    said = typed.model_dump(exclude={"no_change"}, exclude_defaults=True)
    if held.status not in {*REPORTABLE, Status.UNKNOWN} and said.keys() & {"status", "forecast", "actual"}:
        raise InvalidEdit(
            f"“{name}” is {held.status.replace('_', ' ')}. Ask the programme office if that is wrong."
        )
    if typed.actual and typed.actual.earliest > as_at:
        raise InvalidEdit(
            f"“{name}”: “{typed.actual.printed}” has not come yet on the day that this update speaks of. Leave "
            "when it was done empty until it is done, and give an expected date instead."
        )
    if typed.no_change and said:
        raise InvalidEdit(
            f"“{name}”: “No change” was chosen and a change was typed as well. Choose one of them."
        )
    if typed.evidence:
        web_link(typed.evidence.url)
    for field, words in _TEXTS.items():
        if len(getattr(typed, field) or "") > LONGEST:
            raise InvalidEdit(f"“{name}”: {words} is longer than {LONGEST:,} characters. Shorten it.")


def write_update(submission: Submission, held: HeldPromise, typed: TypedUpdate) -> None:
    """Add the facts that an update states, in the scope of the caller."""
    report = report_of(submission, held, typed)
    DatedFact.objects.bulk_create(
        DatedFact(
            council_id=submission.actor.council,
            plan=submission.plan,
            item_id=held.id,
            series=series.value,
            effective_on=submission.as_at,
            value=value,
        )
        for series, value in [*_changed(held, typed), (Series.REPORT, report.model_dump(mode="json"))]
    )
    if typed.evidence:
        offer_evidence(submission, held, typed.evidence)


def report_of(submission: Submission, held: HeldPromise, typed: TypedUpdate) -> Report:
    """The report that an update makes, with what it does not say taken from the one before."""
    before = held.report
    return Report(
        as_at=submission.as_at,
        by=submission.reporter(held),
        door=submission.door,
        rating=typed.rating or (before.rating if before else None),
        why=_said(typed.why, before.why if before else ""),
        next_step=_said(typed.next_step, before.next_step if before else ""),
        highlight=_said(typed.highlight, ""),
        no_change=typed.no_change,
    )


def _said(now: str | None, before: str) -> str:
    return before if now is None else now.strip()


def _changed(held: HeldPromise, typed: TypedUpdate) -> Iterator[tuple[Series, JsonValue]]:
    if typed.status and typed.status is not held.status:
        yield Series.STATUS, typed.status.value
    if typed.forecast and typed.forecast != held.dates.forecast:
        yield Series.FORECAST, typed.forecast.model_dump(mode="json")
    if typed.forecast_unknown and held.dates.forecast:
        yield Series.FORECAST, None
    if typed.actual and typed.actual != held.dates.actual:
        yield Series.ACTUAL, typed.actual.model_dump(mode="json")


def _outcome(held: HeldPromise, typed: TypedUpdate, seen: int) -> Outcome:
    """Whether it can be recorded. Where nobody wrote since, it always is: saying the same again confirms it."""
    if all(held.written.get(series, 0) <= seen for series in REPORTED):
        return Outcome.RECORDED
    return Outcome.UNCHANGED if _is_said_already(held, typed) else Outcome.HELD


def _is_said_already(held: HeldPromise, typed: TypedUpdate) -> bool:
    """Whether what stands now is just what was typed, as when a button is pressed twice."""
    now = held.report
    if now is None or typed.evidence or any(_changed(held, typed)):
        return False
    if typed.no_change:
        return now.no_change
    texts = ((typed.why, now.why), (typed.next_step, now.next_step), (typed.highlight, now.highlight))
    return typed.rating in {None, now.rating} and all(
        said is None or said.strip() == stands for said, stands in texts
    )


def _hold(submission: Submission, held: HeldPromise, typed: TypedUpdate, seen_revision: int) -> None:
    """Keep an update for a person to settle; the same one sent twice is kept once."""
    values = typed.model_dump(mode="json", exclude_defaults=True)
    by = submission.reporter(held)
    if HeldUpdate.objects.filter(item_id=held.id, settled__isnull=True, values=values, by=by).exists():
        return
    HeldUpdate.objects.create(
        council_id=submission.actor.council,
        plan=submission.plan,
        item_id=held.id,
        values=values,
        door=submission.door.value,
        by=by,
        as_at=submission.as_at,
        seen_revision=seen_revision,
    )


def offer_evidence(submission: Submission, held: HeldPromise, offer: EvidenceOffer) -> None:
    """Enter a link that came with an update as evidence for its item. Nobody has checked it yet."""
    council = submission.actor.council
    made = Evidence.objects.create(
        council_id=council,
        title=offer.shows[:200] or offer.url,
        shows=offer.shows,
        url=web_link(offer.url),
        dated_on=submission.as_at,
        added_on=submission.as_at,
        added_by=submission.reporter(held),
    )
    EvidenceSupport.objects.create(council_id=council, evidence=made, plan=submission.plan, item_id=held.id)


def lock_items(plan: PlanRecord, said: Iterable[UUID]) -> None:
    """Hold these items until the transaction ends, always in one order, so that no two people wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM item WHERE plan_id = %s AND id = ANY (%s) ORDER BY id FOR NO KEY UPDATE",
            [plan.id, list(said)],
        )


def _reason(said: Mapping[UUID, TypedUpdate]) -> str:
    if all(typed.no_change for typed in said.values()):
        return "Confirmed that nothing has changed"
    return "Reported progress"
