"""Drafts of reports: started from one state of the record, worded by people, brought up to date, given up.

A draft keeps the text of its definition and the revision up to which it knows the record, so that nothing in it moves
but by hand. Each change of what it says is another version, and a clearance counts for the version it was given to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Plan
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound, NotYetAdopted, StaleDraft
from goldenthread.record.history.selectors import head_number
from goldenthread.record.issued import composed, held_from
from goldenthread.record.letters import drafted_letter, is_letter, letter_renewed
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.reports import ReportRecord, ReportState
from goldenthread.record.permissions import Permission, require
from goldenthread.record.report_templates import definition_in, templates_of
from goldenthread.record.reports import usually_known_at
from goldenthread.record.scope import writing
from goldenthread.record.services.draft_words import merged, refuse_conflicts, refuse_places, tidy
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached
from goldenthread.reporting.definitions import DefinitionError

REVIEWER = "reviewer"


@dataclass(frozen=True)
class DraftAsked:
    """Which report to draft. `audience` is its name in addresses: "cabinet", "letter", "reviewer-cipfa"."""

    audience: str
    cut_off: date
    meeting: date | None
    compare: date | None
    release: str


def draft_report(*, actor: Actor, plan: str, asked: DraftAsked, on: date) -> int:
    """Start a draft and give its number; where one is open to the same audience, cut-off and meeting, give that one.

    It knows the record as reports do: a month that was closed as at its closing, any other cut-off as at now.

    Raises:
        NotAllowed: The actor may not prepare reports.
        NoSuchPlan: There is no such plan.
        NotFound: There is no such audience.
        NotYetAdopted: The cut-off is before the plan began.
        InvalidEdit: The cut-off is still to come, other days do not fit it, or the definition does not fit the plan.
    """
    require(actor, Permission.PREPARE_REPORTS)
    _refuse_days(asked, on)
    with writing(actor, f"Started a draft of the report {asked.audience} as at {day_words(asked.cut_off)}"):
        held = PlanRecord.objects.select_for_update().get(pk=find_plan(plan).pk)
        if asked.cut_off < held.effective_on:
            raise NotYetAdopted(held.effective_on, asked.cut_off)
        same = ReportRecord.objects.filter(
            plan=held,
            state=ReportState.DRAFT,
            audience=asked.audience,
            cut_off=asked.cut_off,
            meeting_on=asked.meeting,
        )
        if found := same.order_by("-number").first():
            return found.number
        known_at = usually_known_at(held, asked.cut_off) or head_number(actor.council)
        told = snapshot_cached(council=actor.council, plan=held.id, cut_off=asked.cut_off, known_at=known_at)
        own, reviewer = _definition_of(actor.council, told, asked.audience)
        last = ReportRecord.objects.filter(plan=held).aggregate(last=Max("number"))["last"] or 0
        made = ReportRecord(
            council_id=actor.council,
            plan=held,
            number=last + 1,
            audience=asked.audience,
            reviewer=reviewer,
            cut_off=asked.cut_off,
            known_at=known_at,
            compare_on=asked.compare,
            meeting_on=asked.meeting,
            definition=own,
            drafted_on=on,
            drafted_by=actor.capacity,
        )
        made.letter = _first_letter(made, asked.release)
        made.title = _title(made, asked.release)
        made.save()
        return made.number


def write_draft(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    fill: Mapping[str, str],
    written: Mapping[str, str],
    seen: int,
    on: date,
    why: str = "",
) -> int:
    """Write words for places of a draft, and give its version, which is one more if any of them is new.

    Args:
        fill: Words for blanks by their names; empty words take back what was there. What is not named stays.
        written: The same for the places of sections, by their prompts.
        seen: The version that the words were written for. What others wrote meanwhile for other places is kept.
        on: The day, for the record.
        why: The reason for the history, where there is more to say than that words were written.

    Raises:
        NotAllowed: The actor may not prepare reports.
        NotFound: There is no such report.
        InvalidEdit: It is no draft any more, has no such place, or the words are too long.
        StaleDraft: Somebody wrote other words for the same places meanwhile; both are in it, and nothing was stored.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with writing(actor, why or f"Wrote words for report {number}"):
        row = locked_draft(plan, number)
        definition = definition_in(row.definition, f"{row.audience}.toml")
        given = {"fill": tidy(fill), "written": tidy(written)}
        refuse_places(definition, given)
        new = {part: merged(getattr(row, part), words) for part, words in given.items()}
        if all(getattr(row, part) == words for part, words in new.items()):
            return row.version
        if row.version != seen:
            given = refuse_conflicts(row, given, seen)
            new = {part: merged(getattr(row, part), words) for part, words in given.items()}
        row.fill, row.written = new["fill"], new["written"]
        row.version += 1
        row.save(update_fields=["fill", "written", "version"])
        return row.version


def renew_draft(*, actor: Actor, plan: UUID | str, number: int, seen: int, on: date, release: str) -> int:
    """Bring a draft up to the newest state of the record and of its definition, and give its version.

    Words that people wrote stay. Where nothing was recorded since, nothing changes.

    Raises:
        NotAllowed, NotFound, StaleDraft: as `write_draft`.
        InvalidEdit: It is no draft any more, or the definition does not fit the plan.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with writing(actor, f"Brought report {number} up to date"):
        row = locked_draft(plan, number, seen)
        newest = head_number(actor.council)
        told = snapshot_cached(council=actor.council, plan=row.plan_id, cut_off=row.cut_off, known_at=newest)
        own, reviewer = _definition_of(actor.council, told, row.audience)
        if (row.definition, row.known_at) == (own, newest):
            return row.version
        row.letter = _newer_letter(row, newest, own, release)
        row.definition, row.reviewer, row.known_at = own, reviewer, newest
        fillable = definition_in(own, f"{row.audience}.toml").own_blanks
        row.fill = {name: words for name, words in row.fill.items() if name in fillable}
        row.title = _title(row, release)
        row.version += 1
        row.save(update_fields=["definition", "reviewer", "known_at", "letter", "fill", "title", "version"])
        return row.version


def abandon_draft(*, actor: Actor, plan: UUID | str, number: int, reason: str, on: date) -> None:
    """Give a draft up. It stays on the record with the reason.

    Raises:
        NotAllowed, NotFound: as `write_draft`.
        InvalidEdit: It is no draft any more, or no reason is given.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with writing(actor, reason):
        row = locked_draft(plan, number)
        row.state, row.abandoned = ReportState.ABANDONED, reason.strip()
        row.save(update_fields=["state", "abandoned"])


def locked_report(plan: UUID | str, number: int) -> ReportRecord:
    """A report of the council in scope, held until the transaction ends. Raises NoSuchPlan, NotFound."""
    found = ReportRecord.objects.select_for_update().filter(plan=find_plan(plan), number=number).first()
    if found is None:
        raise NotFound(f"This plan has no report {number}. Look at the list of reports.")
    return found


def locked_draft(plan: UUID | str, number: int, seen: int | None = None) -> ReportRecord:
    """A draft, held until the transaction ends.

    Raises:
        NoSuchPlan, NotFound: as `locked_report`.
        InvalidEdit: It was issued or given up.
        StaleDraft: It is another version than the one that was seen.
    """
    row = locked_report(plan, number)
    if row.state == ReportState.ISSUED and row.issued_on:
        raise InvalidEdit(
            f"Report {number} was issued on {day_words(row.issued_on)} and does not change any more. Start a new draft."
        )
    if row.state == ReportState.ABANDONED:
        raise InvalidEdit(f"The draft {number} was given up. Start a new one.")
    if seen is not None and seen != row.version:
        raise StaleDraft(seen, row.version)
    return row


def _refuse_days(asked: DraftAsked, on: date) -> None:
    if asked.cut_off > on:
        raise InvalidEdit(
            f"{day_words(asked.cut_off)} is still to come. Choose a cut-off that is over, or look at the report first."
        )
    if asked.meeting and asked.meeting < asked.cut_off:
        raise InvalidEdit("The meeting must not be before the cut-off.", "meeting")
    if asked.compare and asked.compare >= asked.cut_off:
        raise InvalidEdit("The day to compare with must be before the cut-off.", "compare")


def _definition_of(council: UUID, told: Plan, audience: str) -> tuple[str, str]:
    """The text of the definition that counts for an audience, and the review that it is about. Raises NotFound."""
    templates = templates_of(council)
    try:
        return templates.definition_text(audience), ""
    except DefinitionError as error:
        reviewer = _reviewer(told, audience)
        if not reviewer:
            raise NotFound(str(error)) from error
        return templates.definition_text(REVIEWER), reviewer


def _reviewer(told: Plan, audience: str) -> str:
    """The review that a pack is about; empty where the audience is none of them."""
    parts = (part for action in told.actions() for part in action.walk())
    cited = {reference.review for part in parts for reference in part.references}
    known = {review.name for review in told.reviews} | cited
    return next((name for name in sorted(known) if f"{REVIEWER}-{slug(name)}" == audience), "")


def _first_letter(row: ReportRecord, release: str) -> dict[str, Any] | None:
    """What the record drafts as the letter that a report is; None for any other report."""
    report = held_from(row)
    try:
        if is_letter(report) or report.definition.is_letter:
            return drafted_letter(report, release).model_dump(mode="json")
    except DefinitionError as error:
        raise InvalidEdit(str(error)) from error
    return None


def _newer_letter(row: ReportRecord, known_at: int, definition: str, release: str) -> dict[str, Any] | None:
    """The letter brought up to another state of the record, with what people worded of it."""
    report = held_from(row)
    if not is_letter(report):
        return None
    try:
        return letter_renewed(report, release, known_at, definition).letter.model_dump(mode="json")
    except DefinitionError as error:
        raise InvalidEdit(str(error)) from error


def _title(row: ReportRecord, release: str) -> str:
    """What the report is called. Composing it proves that the definition fits the plan."""
    if row.audience == REVIEWER:
        raise InvalidEdit("Say whose pack it is: choose one of the reviewers.")
    try:
        return composed(held_from(row), release).title
    except DefinitionError as error:
        raise InvalidEdit(str(error)) from error
