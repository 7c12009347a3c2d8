"""For whom somebody may report: the posts they hold or stand in for, and the bodies that those posts answer for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from goldenthread.plan.keys import slug
from goldenthread.record.actor import Actor
from goldenthread.record.errors import NotAllowed, NotFound
from goldenthread.record.models.council import Role
from goldenthread.record.models.posts import BodyMembership, Capacity, Holding, PostRecord
from goldenthread.record.promises import Place, places_of


def lead_slugs(actor: Actor, as_at: date) -> frozenset[str] | None:
    """The slugs of the leads for whom this actor may report on a day. None: for any.

    Somebody of the programme office may report what a lead told them. A lead reports for the posts held on that day, as
    holder, for the time being or as deputy, by whichever of its names a plan calls the post, and for each body that
    had named one of them to answer for it.
    """
    if actor.role == Role.PMO and not actor.request:
        return None
    in_force = Q(ends_on=None) | Q(ends_on__gte=as_at), Q(starts_on__lte=as_at)
    posts = actor.posts
    if actor.user:
        held = Holding.objects.filter(*in_force, officer__user=actor.user)
        posts |= frozenset(held.values_list("post__slug", flat=True))
    answering = BodyMembership.objects.filter(
        *in_force, capacity=Capacity.ACCOUNTABLE, post__slug__in=posts
    ).values_list("body__slug", flat=True)
    other_names = PostRecord.objects.filter(same_as__slug__in=posts).values_list("slug", flat=True)
    return posts | frozenset(answering) | frozenset(other_names)


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
        name = place.title or place.ref or "An item without a title"
        raise NotAllowed(f"“{name}” is not led by a post of yours. Ask the programme office.")


def leads_among(leads: Iterable[str], allowed: frozenset[str] | None) -> tuple[str, ...]:
    """Those of an item's leads that are among the allowed."""
    return tuple(lead for lead in leads if allowed is None or slug(lead) in allowed)
