"""What bodies say of issued reports: entering it, answering it, taking it back. Nothing of it is ever deleted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.history.selectors import last_revision_of_row
from goldenthread.record.models.posts import BodyRecord
from goldenthread.record.models.reports import ReportComment, ReportRecord, ReportState
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.report_drafts import locked_report
from goldenthread.record.services.updating import LONGEST
from goldenthread.record.snapshot import find_plan

LONGEST_NAME = 200


def record_comment(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    body: str,
    met_on: date,
    text: str,
    is_recommendation: bool = False,
    on: date,
) -> UUID:
    """Enter what a body said of an issued report at a meeting, and give the comment's id.

    The same words of the same meeting, sent again, are the comment that is there already.

    Args:
        number: The report's number in the plan.
        body: The slug of the body.
        is_recommendation: Whether it recommends something to the executive, which then has two months to respond.

    Raises:
        NotAllowed: The actor may not prepare reports.
        NotFound: There is no such report or body.
        InvalidEdit: The report is not issued; there are no words, or too many; the day is to come, or before the
            report's cut-off.
    """
    require(actor, Permission.PREPARE_REPORTS)
    said = _words(text, "what the body said")
    if met_on > on:
        raise InvalidEdit(f"{day_words(met_on)} is still to come. Enter what was said when the body has met.")
    with writing(actor, f"A comment on report {number}"):
        report = _issued(plan, number)
        who = BodyRecord.objects.filter(slug=body).first()
        if who is None:
            raise NotFound(f"There is no body “{body}”.")
        if met_on < report.cut_off:
            raise InvalidEdit(
                f"{day_words(met_on)} is before the cut-off of the report, {day_words(report.cut_off)}. "
                "Choose a later meeting, or another report."
            )
        of_meeting = ReportComment.objects.filter(report=report, body=who, met_on=met_on, withdrawn="")
        if same := of_meeting.filter(text=said).first():
            return same.id
        return ReportComment.objects.create(
            council_id=actor.council,
            report=report,
            body=who,
            met_on=met_on,
            text=said,
            is_recommendation=is_recommendation,
            entered_on=on,
            entered_by=actor.capacity,
        ).id


def answer_comment(
    *,
    actor: Actor,
    plan: UUID | str,
    comment: UUID,
    response: str,
    responded_by: str,
    responded_on: date,
    seen: int,
    on: date,
) -> None:
    """Record the response to a comment, or put another in place of the one that is there.

    Args:
        responded_by: The post or body that responds.
        responded_on: The day of the response.
        seen: The revision that last wrote the comment when it was opened.

    Raises:
        NotAllowed, NotFound: as `record_comment`.
        InvalidEdit: There are no words, or nobody who responds; the day is to come, or before the meeting; the comment
            was taken back; or somebody else answered meanwhile, whose words the message has.
    """
    require(actor, Permission.PREPARE_REPORTS)
    said, who = _words(response, "the response"), " ".join(responded_by.split())
    if not 1 <= len(who) <= LONGEST_NAME:
        raise InvalidEdit(f"Say who responds, in {LONGEST_NAME} characters or fewer.")
    if responded_on > on:
        raise InvalidEdit(f"{day_words(responded_on)} is still to come. Enter the response when it is given.")
    with writing(actor, "A response to a comment"):
        held = _locked(plan, comment)
        if held.withdrawn:
            raise InvalidEdit(f"This comment was taken back: {held.withdrawn}")
        if responded_on < held.met_on:
            raise InvalidEdit(f"{day_words(responded_on)} is before the meeting on {day_words(held.met_on)}.")
        if (held.response, held.responded_by, held.responded_on) == (said, who, responded_on):
            return  # the same form, sent twice
        if last_revision_of_row(actor.council, held.id) != seen:
            theirs = f"It now says: “{held.response}”" if held.response else "It has no response now"
            raise InvalidEdit(
                f"Somebody else changed this since you opened it. {theirs}. Yours is below; save again to keep yours."
            )
        held.response, held.responded_by, held.responded_on = said, who, responded_on
        held.save(update_fields=["response", "responded_by", "responded_on"])


def withdraw_comment(*, actor: Actor, plan: UUID | str, comment: UUID, reason: str) -> None:
    """Take a comment back, and say why. It stays in the list and is carried into no report any more.

    Raises:
        NotAllowed, NotFound: as `record_comment`.
        InvalidEdit: No reason is given, or it was taken back already for another.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with writing(actor, reason):
        held = _locked(plan, comment)
        if held.withdrawn == reason.strip():
            return  # the same form, sent twice
        if held.withdrawn:
            raise InvalidEdit(f"It was taken back already: {held.withdrawn}")
        held.withdrawn = reason.strip()
        held.save(update_fields=["withdrawn"])


def _issued(plan: UUID | str, number: int) -> ReportRecord:
    """The report, held until the transaction ends, so that the same form sent twice at once makes one row."""
    report = locked_report(plan, number)
    if report.state != ReportState.ISSUED:
        raise InvalidEdit(f"Report {number} is not issued, so no body can have commented on it.")
    return report


def _locked(plan: UUID | str, comment: UUID) -> ReportComment:
    held = ReportComment.objects.select_for_update().filter(pk=comment, report__plan=find_plan(plan)).first()
    if held is None:
        raise NotFound("There is no such comment.")
    return held


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise InvalidEdit(f"Enter {what}.")
    if len(text) > LONGEST:
        raise InvalidEdit(f"The text is longer than {LONGEST:,} characters. Shorten it.")
    return text.strip()
