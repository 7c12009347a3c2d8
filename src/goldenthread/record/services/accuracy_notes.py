"""What the lead of a post says about its forecast accuracy, beside the figures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed
from goldenthread.record.models.assurance import AccuracyNote
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.scope import writing
from goldenthread.record.services.posts import find_post

LONGEST_NOTE = 2000
"""In characters."""


def write_accuracy_note(*, actor: Actor, post: str, text: str, written_on: date) -> UUID:
    """Keep what whoever reports for a post says about its figures; it stands beside them until there is a later one.

    Nobody writes it for them, the programme office least of all. The words are kept out of the reason of the change,
    which everybody can read.

    Raises:
        NotAllowed: The actor does not hold the post, nor stands in for it, on that day.
        NotFound: There is no such post.
        InvalidEdit: The text is blank or too long.
    """
    with writing(actor, "A note on forecast accuracy was written"):
        allowed = lead_slugs(actor, written_on) or frozenset()
        if post not in allowed:
            raise NotAllowed("Only whoever holds the post, or stands in for it, may write about its figures.")
        if not text.strip() or len(text) > LONGEST_NOTE:
            raise InvalidEdit(f"Say what explains the figures, in 1 to {LONGEST_NOTE:,} characters.")
        held = find_post(post)
        return AccuracyNote.objects.create(
            council_id=actor.council,
            post=held,
            text=text.strip(),
            written_on=written_on,
            written_by=actor.label,
        ).id
