"""Groups that act together: who sits on them, and which post answers for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan.keys import slug as slug_of
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.posts import ON_A_BODY, BodyMembership, BodyRecord, Capacity
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.posts import clean_name, find_post, refuse_taken
from goldenthread.record.services.spans import end, follow, meets, take_back


def add_body(*, actor: Actor, name: str, reason: str, cadence: str = "") -> str:
    """Add a body and give its slug. `cadence` says how often it meets, in words.

    Raises:
        NotAllowed: The actor may not manage posts.
        InvalidEdit: The name is blank, too long, or that of another post or body.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        name = clean_name(name)
        refuse_taken(name)
        short = slug_of(name)
        BodyRecord.objects.create(
            council_id=actor.council, slug=short, name=name, cadence=" ".join(cadence.split())
        )
        return short


def seat(
    *,
    actor: Actor,
    body: str,
    post: str,
    from_day: date,
    reason: str,
    capacity: Capacity = Capacity.MEMBER,
) -> UUID:
    """Let a post sit on a body from a day on, or answer for it.

    A body has one chair, and one post that answers for it, at a time: whichever was so before ends the day before.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such body or post.
        InvalidEdit: The capacity is none of a body, or the post sits on it then in this capacity already.
    """
    require(actor, Permission.MANAGE_POSTS)
    if capacity not in ON_A_BODY:
        raise InvalidEdit(f"“{capacity.label}” is said of a post. Choose chair, member or observer.")
    with writing(actor, reason):
        held, sitting = _locked(body), find_post(post)
        seats = list(BodyMembership.objects.filter(body=held, capacity=capacity))
        if any(one.post_id == sitting.id and meets(one, from_day) for one in seats):
            raise InvalidEdit(
                f"{sitting.name} is entered for {held.name} in this way already. End that entry first."
            )
        if capacity in {Capacity.CHAIR, Capacity.ACCOUNTABLE}:
            office = "the chair" if capacity is Capacity.CHAIR else "the answering"
            follow(seats, from_day, f"{office} of {held.name}")
        return BodyMembership.objects.create(
            council_id=actor.council, body=held, post=sitting, capacity=capacity, starts_on=from_day
        ).id


def end_seat(*, actor: Actor, seat: UUID, last_day: date | None, reason: str) -> None:
    """Give a post's time on a body its last day; None where it goes on.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such entry.
        InvalidEdit: The day is before it began, or after its successor began.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        one = _seat(seat)
        others = BodyMembership.objects.filter(body=one.body_id, capacity=one.capacity).exclude(id=one.id)
        if one.capacity not in {Capacity.CHAIR, Capacity.ACCOUNTABLE}:
            others = others.filter(post=one.post_id)
        end(one, last_day, others, f"that place on {one.body.name}")


def take_back_seat(*, actor: Actor, seat: UUID, reason: str) -> None:
    """Say that a post was entered for a body by mistake: it never sat on it. The history keeps the entry.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such entry.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        take_back(_seat(seat))


def _locked(slug: str) -> BodyRecord:
    found = BodyRecord.objects.select_for_update().filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no body “{slug}”.")
    return found


def _seat(seat: UUID) -> BodyMembership:
    found = BodyMembership.objects.filter(id=seat).first()
    if found is None:
        raise NotFound("There is no such entry among those of a body.")
    BodyRecord.objects.select_for_update().get(id=found.body_id)
    return BodyMembership.objects.select_related("body").get(id=seat)
