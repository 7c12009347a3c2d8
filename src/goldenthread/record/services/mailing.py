"""Mail that is owed: entered once by its key, sent by a job, perhaps twice after a crash; the record says it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.letters import LINK, Letter
from goldenthread.record.cycle.links import link_for
from goldenthread.record.cycle.owing import owed
from goldenthread.record.cycle.people import Person
from goldenthread.record.errors import RecordError
from goldenthread.record.models.cycle import Challenge, OutgoingMail, PeriodState, UpdateRequest
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing

SEND_MAIL = "goldenthread.send_mail"
"""The name of the job, which `web/jobs.py` holds."""
LONGEST_FAILURE = 500


class MailNotSent(RecordError):
    """The mail server did not take a mail. The job tries again."""


@dataclass(frozen=True)
class OwedMail:
    """A mail as it is to be entered. The same `key` a second time is the same mail."""

    key: str
    to: Person
    letter: Letter
    request: UpdateRequest | None = None
    question: Challenge | None = None


def enter_mail(council: UUID, mails: Sequence[OwedMail], due_on: date) -> int:
    """Enter those mails whose keys are new and have jobs send them, in the transaction of the caller. Says how many."""
    keys = [mail.key for mail in mails]
    known = set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))
    rows = OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                council_id=council,
                key=mail.key,
                to_id=mail.to.id,
                request=mail.request,
                question=mail.question,
                subject=mail.letter.subject,
                body=mail.letter.body,
                due_on=due_on,
            )
            for mail in {mail.key: mail for mail in mails}.values()
            if mail.key not in known
        ]
    )
    for row in rows:
        _have_sent(council, row.id)
    return len(rows)


def send_mail(*, actor: Actor, mail: UUID, today: date, base_url: str) -> bool:
    """Send one mail now, unless it was sent or is not needed any more. Says whether it was sent by this call.

    It is asked at this moment whether it is needed, so a reminder stops when its lead has answered. If the process dies
    between the mail server and the commit, the next attempt sends it again, under the same Message-ID.

    Args:
        base_url: The address of the site, to which links in mails lead.

    Raises:
        MailNotSent: The mail server did not take it; the record says why.
        NotAllowed: The actor may not run the cycle.
    """
    require(actor, Permission.RUN_CYCLE)
    try:
        with writing(actor, "Sent a mail"):
            row = _lock_unsent(mail)
            if row is None:
                return False
            row.dropped = why_not(row, today)
            if row.dropped:
                row.save(update_fields=["dropped"])
                return False
            _message(row, base_url).send()
            row.sent_at, row.failure = timezone.now(), ""
            row.save(update_fields=["sent_at", "failure"])
            return True
    except (OSError, SMTPException) as error:
        _note_failure(actor, mail, f"{type(error).__name__}: {error}"[:LONGEST_FAILURE])
        raise MailNotSent(f"The mail server did not take a mail: {error}") from error


def send_again(council: UUID) -> int:
    """Have jobs send what was not sent, where no job is waiting to. Says how many jobs were added."""
    with council_scope(council):
        waiting = list(
            OutgoingMail.objects.filter(sent_at=None, dropped="").values_list("id", flat=True).order_by("id")
        )
        return sum(_have_sent(council, mail) for mail in waiting)


def why_not(mail: OutgoingMail, today: date) -> str:
    """Why a mail is not needed any more; nothing if it is."""
    if mail.question and mail.question.answered_on:
        return "The question was answered first."
    request = mail.request
    if request is None:
        return ""
    if request.stopped:
        return "Its link was taken back."
    if request.period.state == PeriodState.CLOSED:
        return "The reporting month was closed first."
    if not mail.question and not owed(request.period, today).owes(request.post.slug):
        return "It was answered first."
    return ""


def body_to_send(mail: OutgoingMail, base_url: str) -> str:
    """The body with its signed link. Whoever has it can answer: it is not stored and not logged."""
    return mail.body.replace(LINK, link_for(mail.request, base_url)) if mail.request else mail.body


def _message(mail: OutgoingMail, base_url: str) -> EmailMessage:
    named = {"Message-ID": f"<{mail.id}@goldenthread>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, body_to_send(mail, base_url), to=[mail.to.email], headers=named)


def _lock_unsent(mail: UUID) -> OutgoingMail | None:
    """The mail, held until the transaction ends; None if it is not to be sent or somebody is sending it."""
    return (
        OutgoingMail.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("to", "question", "request__post", "request__period")
        .filter(id=mail, sent_at=None, dropped="")
        .first()
    )


def _note_failure(actor: Actor, mail: UUID, failure: str) -> None:
    with writing(actor, "A mail could not be sent"):
        OutgoingMail.objects.filter(id=mail, sent_at=None).exclude(failure=failure).update(failure=failure)


def _have_sent(council: UUID, mail: UUID) -> bool:
    """Add the job that sends a mail, in the transaction of the caller; False where one is waiting to already."""
    job = jobs.configure_task(SEND_MAIL, queueing_lock=f"mail {mail}")
    try:
        with transaction.atomic():
            job.defer(council=str(council), mail=str(mail))
    except AlreadyEnqueued:
        return False
    return True
