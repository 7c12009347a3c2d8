"""The council's list of posts: adding, naming, and what stands above what."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import flatten
from goldenthread.plan.keys import slug as slug_of
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.posts import (
    BodyMembership,
    BodyRecord,
    Holding,
    Ownership,
    PostKind,
    PostRecord,
)
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.lead_posts import register_leads_of
from goldenthread.record.services.spans import A_DAY, meets
from goldenthread.record.snapshot import find_plan, read_plan_at

LONGEST_NAME = 200
"""Of a post, a body or a person, in characters."""


def register_leads(*, actor: Actor, plan: UUID | str) -> int:
    """Put every lead of a plan on the list of posts and bodies. Gives how many are new; again it changes nothing.

    Whatever stores a plan does so by itself; this is for plans that were stored before there was a list.

    Raises:
        NotAllowed: The actor may not manage posts.
        NoSuchPlan: The council has no such plan.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, "The leads that the plan names were put on the list of posts"):
        read, _ = read_plan_at(actor.council, find_plan(plan).id, None, None)
        return register_leads_of(actor.council, read, (), flatten(read))


def add_post(*, actor: Actor, name: str, reason: str, kind: PostKind = PostKind.OFFICER) -> str:
    """Add a post and give its slug.

    Raises:
        NotAllowed: The actor may not manage posts.
        InvalidEdit: The name is blank, too long, or that of another post or body.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        name = clean_name(name)
        return _new_post(actor.council, name, kind).slug


def rename_post(*, actor: Actor, post: str, name: str, reason: str) -> None:
    """Call a post otherwise from now on. Plans that call it by an earlier name still mean it.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `add_other_name`.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        held, name = lock_post(post), clean_name(name)
        other = _named(slug_of(name))
        if other is None and slug_of(name) != held.slug:
            refuse_taken(name)
            _new_post(actor.council, name, PostKind(held.kind), same_as=held)
        elif other and held.id not in {other.id, other.same_as_id}:
            raise InvalidEdit(
                f"There is another post of the name “{other.name}”. Add it as another name instead."
            )
        held.name = name
        held.save(update_fields=["name"])


def add_other_name(*, actor: Actor, post: str, name: str, reason: str) -> None:
    """Say that a name means this post. A post of that name, on which nothing depends, becomes a name of this one.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such post.
        InvalidEdit: The name is blank or too long, is that of a body, or of a post with a history of its own.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        held, name = lock_post(post), clean_name(name)
        other = _named(slug_of(name))
        if other is None:
            refuse_taken(name)
            _new_post(actor.council, name, PostKind(held.kind), same_as=held)
        elif other.same_as_id != held.id:
            _refuse_merging(other, held)
            other.same_as = held
            other.save(update_fields=["same_as"])


def part_name(*, actor: Actor, name: str, reason: str) -> str:
    """Make another name of a post a post of its own again, and give its slug.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: No post has such another name.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        other = _named(slug_of(name))
        if other is None or other.same_as_id is None:
            raise NotFound(f"No post has the other name “{name}”.")
        other.same_as = None
        other.save(update_fields=["same_as"])
        return other.slug


def set_post_above(*, actor: Actor, post: str, above: str | None, reason: str) -> None:
    """Say to which post a question goes when this one does not answer; None for none.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such post.
        InvalidEdit: The one stands above the other already, so the two would stand above each other.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        # All of them are locked: two people who change the order at once cannot make a circle of it together.
        rows = {row.id: row for row in PostRecord.objects.select_for_update().order_by("id")}
        held, upper = find_post(post), find_post(above) if above else None
        step = upper
        while step:
            if step.id == held.id:
                raise InvalidEdit(
                    f"{held.name} cannot stand above itself, whether directly or through others."
                )
            step = rows.get(step.reports_to_id) if step.reports_to_id else None
        held.reports_to = upper
        held.save(update_fields=["reports_to"])


def set_kind(*, actor: Actor, post: str, kind: PostKind, reason: str) -> None:
    """Say whether a post is an officer's or a Cabinet portfolio.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such post.
        InvalidEdit: It stands, or stood, in the ownership matrix as what it is.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        held = lock_post(post)
        if held.kind != kind and (held.owned_with.exists() or held.owns_with.exists()):
            raise InvalidEdit(
                f"{held.name} stands in the ownership matrix as it is. Take it out of it first."
            )
        held.kind = kind
        held.save(update_fields=["kind"])


def end_post(*, actor: Actor, post: str, last_day: date | None, reason: str) -> None:
    """Say which was the last day on which the council had a post; None where it has it still.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such post.
        InvalidEdit: Somebody has it, it sits on a body or it stands in the matrix after that day.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        held = lock_post(post)
        if last_day and (what := _goes_on(held, last_day)):
            raise InvalidEdit(f"{held.name} {what} after {day_words(last_day)}. End that first.")
        held.ends_on = last_day
        held.save(update_fields=["ends_on"])


def find_post(slug: str) -> PostRecord:
    """The post that goes by this slug, whichever of its names it is.

    Raises:
        NotFound: There is none.
    """
    row = _named(slug)
    if row is None:
        raise NotFound(f"There is no post “{slug}”.")
    return row.same_as or row


def lock_post(slug: str) -> PostRecord:
    """The same, held until the transaction ends, so that two people cannot fill it at once.

    Raises:
        NotFound: There is none.
    """
    return PostRecord.objects.select_for_update().get(id=find_post(slug).id)


def clean_name(name: str) -> str:
    """A name without spare spaces.

    Raises:
        InvalidEdit: It is blank or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidEdit(f"Enter a name of 1 to {LONGEST_NAME} characters.")
    return name


def refuse_taken(name: str) -> None:
    """Go on only if no post or body goes by this name.

    Raises:
        InvalidEdit: One does.
    """
    short = slug_of(name)
    taken = _named(short) or BodyRecord.objects.filter(slug=short).first()
    if taken:
        raise InvalidEdit(f"“{taken.name}” is on the list already.")


def _named(slug: str) -> PostRecord | None:
    return PostRecord.objects.select_related("same_as").filter(slug=slug).first()


def _new_post(council: UUID, name: str, kind: PostKind, same_as: PostRecord | None = None) -> PostRecord:
    refuse_taken(name)
    return PostRecord.objects.create(
        council_id=council, slug=slug_of(name), name=name, kind=kind, same_as=same_as
    )


def _refuse_merging(other: PostRecord, held: PostRecord) -> None:
    if other.id == held.id:
        raise InvalidEdit(f"“{other.name}” is this post’s own name.")
    if other.same_as_id:
        raise InvalidEdit(f"“{other.name}” is another name of another post already.")
    kept = (Holding, BodyMembership)
    if (
        any(table.objects.filter(post=other).exists() for table in kept)
        or other.owned_with.exists()
        or other.owns_with.exists()
        or other.challenges.exists()
        or other.reports.exists()
        or other.other_names.exists()
    ):
        raise InvalidEdit(
            f"{other.name} has a history of its own, so it cannot become another name of {held.name}. "
            "Give it a last day instead, and appoint its holder to the other post."
        )


def _goes_on(held: PostRecord, last_day: date) -> str:
    after = last_day + A_DAY
    if any(meets(one, after) for one in Holding.objects.filter(post=held)):
        return "is held by somebody"
    if any(meets(one, after) for one in BodyMembership.objects.filter(post=held)):
        return "sits on a body"
    cells = Ownership.objects.filter(post=held) | Ownership.objects.filter(portfolio=held)
    return "stands in the ownership matrix" if any(meets(one, after) for one in cells) else ""
