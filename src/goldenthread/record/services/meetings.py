"""The meetings of bodies: entering many days at once, and cancelling one with a reason. None is ever deleted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.assurance import Meeting
from goldenthread.record.models.posts import BodyRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing

MOST_DAYS = 400
LONGEST_TITLE = 200


def enter_meetings(*, actor: Actor, body: str, days: Collection[date], title: str = "") -> int:
    """Enter the days on which a body meets, and give how many were not entered yet.

    A day that is entered already stays as it is, so that a whole year's list can be pasted again. One that was
    cancelled is held after all.

    Raises:
        NotAllowed: The actor may not run the cycle.
        NotFound: There is no such body.
        InvalidEdit: There is no day, or more than a list of a few years would have; or the title is too long.
    """
    require(actor, Permission.RUN_CYCLE)
    if not 1 <= len(set(days)) <= MOST_DAYS:
        raise InvalidEdit(f"Enter 1 to {MOST_DAYS} days on which it meets.")
    if len(title) > LONGEST_TITLE:
        raise InvalidEdit(f"The name of the meeting must be {LONGEST_TITLE} characters or fewer.")
    with writing(actor, "Meeting days were entered"):
        held = BodyRecord.objects.select_for_update().filter(slug=body).first()
        if held is None:
            raise NotFound(f"There is no body “{body}”.")
        known = {meeting.held_on: meeting for meeting in Meeting.objects.filter(body=held)}
        new = [day for day in sorted(set(days)) if day not in known]
        again = [known[day] for day in set(days) & known.keys() if known[day].cancelled]
        Meeting.objects.bulk_create(
            Meeting(council_id=actor.council, body=held, held_on=day, title=" ".join(title.split()))
            for day in new
        )
        for meeting in again:
            meeting.cancelled = ""
            meeting.save(update_fields=["cancelled"])
        return len(new) + len(again)


def cancel_meeting(*, actor: Actor, meeting: UUID, reason: str) -> None:
    """Say that a meeting is not held, and why. It stays in the list as cancelled.

    Raises:
        NotAllowed: The actor may not run the cycle.
        NotFound: There is no such meeting.
        InvalidEdit: No reason is given, or it is cancelled already.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, reason):
        held = Meeting.objects.select_for_update().filter(id=meeting).first()
        if held is None:
            raise NotFound("There is no such meeting.")
        if held.cancelled == reason.strip():
            return  # the same form, sent twice
        if held.cancelled:
            raise InvalidEdit(f"It was cancelled already: {held.cancelled}")
        held.cancelled = reason.strip()
        held.save(update_fields=["cancelled"])
