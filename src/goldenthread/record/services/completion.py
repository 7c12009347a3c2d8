"""From claimed to verified to embedded, and back. Only evidence that somebody else has checked takes a promise on.

Complete is what its lead claims. Verified rests on evidence that still counts and that neither a lead of the item nor
whoever offered it found sufficient. Embedded rests on such evidence of a day well after completion: that the change
lasted. No other way of changing a plan gives either status (`editing.py`, `amending.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import connection

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.evidence import Piece, evidence_of
from goldenthread.record.models.plan import DatedFact, PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.promises import HeldPromise, promises
from goldenthread.record.scope import Written, writing
from goldenthread.record.services.evidence import refuse_lead
from goldenthread.record.services.updating import lock_items
from goldenthread.record.snapshot import find_plan

_STATUSES = """
SELECT effective_on, value #>> '{}' FROM dated_fact
WHERE plan_id = %s AND item_id = %s AND series = %s AND effective_on <= %s ORDER BY effective_on, entry
"""
_DONE = frozenset(status.value for status in Status if status.is_done)


@dataclass(frozen=True)
class _Claim:
    """A promise whose completion is judged, held until the transaction ends, with the evidence it can rest on."""

    written: Written
    actor: Actor
    plan: PlanRecord
    held: HeldPromise
    proving: tuple[Piece, ...]
    on: date

    def becomes(self, status: Status) -> None:
        """Add the fact that it is so from the day on."""
        DatedFact.objects.create(
            council_id=self.actor.council,
            plan=self.plan,
            item_id=self.held.id,
            series=Series.STATUS.value,
            effective_on=self.on,
            value=status.value,
        )


def verify_completion(*, actor: Actor, plan: UUID | str, item: UUID, on: date, reason: str = "") -> int:
    """Say that what is claimed to be complete is complete, and give the number of the revision.

    Raises:
        NotAllowed: The actor may not verify, or leads the item.
        NotFound: The plan has no such item on that day.
        InvalidEdit: It is not claimed to be complete, or no evidence that counts was found sufficient.
    """
    said = f"Verified that it is complete. {reason.strip()}".strip()
    with _claim(actor, plan, item, on, said) as claim:
        _refuse_status(claim.held, Status.COMPLETE, "verified")
        if not claim.proving:
            raise InvalidEdit(
                f"“{claim.held.place.name}”: no evidence that counts was found sufficient for it. Add evidence, and "
                "have somebody check it who neither leads the item nor added the evidence."
            )
        claim.becomes(Status.VERIFIED)
    return claim.written.revision


def embed_completion(*, actor: Actor, plan: UUID | str, item: UUID, on: date, reason: str = "") -> int:
    """Say that what was verified has lasted, and give the number of the revision.

    Raises:
        NotAllowed, NotFound: as `verify_completion`.
        InvalidEdit: It is not verified, or no evidence is of a day so many months after it was completed.
    """
    said = f"Found it embedded. {reason.strip()}".strip()
    with _claim(actor, plan, item, on, said) as claim:
        _refuse_status(claim.held, Status.VERIFIED, "embedded")
        months = settings_of(actor.council).embedded_after_months
        completed = completed_on(claim.plan.id, claim.held, on)
        earliest = completed + relativedelta(months=months)
        if not any(piece.dated_on >= earliest for piece in claim.proving):
            raise InvalidEdit(
                f"“{claim.held.place.name}”: it was complete on {day_words(completed)}, and embedded needs sufficient "
                f"evidence dated {months} months later: {day_words(earliest)} or after."
            )
        claim.becomes(Status.EMBEDDED)
    return claim.written.revision


def unverify_completion(*, actor: Actor, plan: UUID | str, item: UUID, reason: str, on: date) -> int:
    """Take back that something is verified or embedded: it is claimed to be complete, no more.

    Raises:
        NotAllowed: The actor may not verify.
        NotFound: The plan has no such item on that day.
        InvalidEdit: No reason, or it is neither verified nor embedded.
    """
    with _claim(actor, plan, item, on, reason, also_leads=True) as claim:
        if claim.held.status not in {Status.VERIFIED, Status.EMBEDDED}:
            raise InvalidEdit(f"“{claim.held.place.name}”: it is neither verified nor embedded.")
        claim.becomes(Status.COMPLETE)
    return claim.written.revision


def completed_on(plan: UUID, held: HeldPromise, as_at: date) -> date:
    """The day from which months are counted: the last that the actual date can mean, or else the day from which it has
    been said to be complete without a break.

    Raises:
        InvalidEdit: It is not said to be complete.
    """
    if held.dates.actual:
        return held.dates.actual.latest
    with connection.cursor() as cursor:
        cursor.execute(_STATUSES, [plan, held.id, Series.STATUS.value, as_at])
        latest = dict(cursor.fetchall())  # of one day, the last that was written
    since: date | None = None
    for day, status in latest.items():
        since = (since or day) if status in _DONE else None
    if since is None:
        raise InvalidEdit(f"“{held.place.name}”: nobody has said that it is complete.")
    return since


@contextmanager
def _claim(
    actor: Actor, plan: UUID | str, item: UUID, on: date, reason: str, *, also_leads: bool = False
) -> Iterator[_Claim]:
    require(actor, Permission.VERIFY)
    with writing(actor, reason) as written:
        found = find_plan(plan)
        lock_items(found, [item])
        held = promises(found.id, [item], as_at=on).get(item)
        if held is None:
            raise NotFound(
                "The plan has no such item on that day. It may have been added later, or taken out."
            )
        if not also_leads:
            refuse_lead(actor, found.id, item, on)
        register = evidence_of(actor.council, found.id, as_at=on, items=[item])
        yield _Claim(written, actor, found, held, register.proving(item), on)


def _refuse_status(held: HeldPromise, needed: Status, wanted: str) -> None:
    if held.status is not needed:
        raise InvalidEdit(
            f"“{held.place.name}”: it is {held.status.replace('_', ' ')}, and only what is {needed} can be {wanted}."
        )
