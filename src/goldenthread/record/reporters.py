"""For whom somebody may report: the posts they hold or stand in for, and the bodies that those posts answer for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection

from goldenthread.plan.keys import slug
from goldenthread.record.actor import Actor
from goldenthread.record.errors import NotAllowed, NotFound
from goldenthread.record.models.council import Role
from goldenthread.record.promises import Place, places_of

_NAMES = """
WITH held AS (
    SELECT p.id, p.slug FROM post p
    WHERE p.slug = ANY (%(posts)s) OR p.id IN (
        SELECT h.post_id FROM holding h JOIN officer o ON o.id = h.officer_id
        WHERE o.user = %(account)s AND h.starts_on <= %(day)s AND (h.ends_on IS NULL OR h.ends_on >= %(day)s)
    )
)
SELECT slug FROM held
UNION SELECT other.slug FROM post other JOIN held ON other.same_as_id = held.id
UNION SELECT b.slug FROM body b JOIN body_membership m ON m.body_id = b.id JOIN held ON m.post_id = held.id
WHERE m.capacity = 'accountable' AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
"""
# In one statement, since every page of a lead and every saved line asks it.


def lead_slugs(actor: Actor, as_at: date) -> frozenset[str] | None:
    """The slugs of the leads for whom this actor may report on a day. None: for any.

    Somebody of the programme office may report what a lead told them. A lead reports for the posts held on that day, as
    holder, for the time being or as deputy, by whichever of its names a plan calls the post, and for each body that
    had named one of them to answer for it.
    """
    if actor.role == Role.PMO and not actor.request:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {"posts": list(actor.posts), "account": actor.user, "day": as_at})
        return actor.posts | frozenset(name for (name,) in cursor.fetchall())


def require_lead(actor: Actor, plan: UUID, item: UUID, as_at: date) -> None:
    """Go on only if the actor may report of this promise of a plan of the council in scope on a day.

    Raises:
        NotAllowed: It is led by none of the actor's posts.
        NotFound: The plan has no such promise on that day.
    """
    allowed = lead_slugs(actor, as_at)
    if allowed is None:
        return
    place = next((place for place in places_of(plan, as_at=as_at) if place.id == item), None)
    if place is None:
        raise NotFound("The plan has no such item on that day. It may have been added later, or taken out.")
    refuse_unled(place, allowed)


def refuse_unled(place: Place, allowed: frozenset[str] | None) -> None:
    """Raise NotAllowed if none of these leads leads the promise at this place."""
    if allowed is not None and not leads_among(place.leads, allowed):
        raise NotAllowed(f"“{place.name}” is not led by a post of yours. Ask the programme office.")


lead_slug = lru_cache(maxsize=4096)(slug)
"""The slug of a lead's name; the same few names are asked about for every promise of a plan."""


def leads_among(leads: Iterable[str], allowed: frozenset[str] | None) -> tuple[str, ...]:
    """Those of an item's leads that are among the allowed."""
    return tuple(lead for lead in leads if allowed is None or lead_slug(lead) in allowed)
