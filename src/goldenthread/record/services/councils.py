"""Councils, and the people who work for them."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from goldenthread.plan.keys import slug as slug_of
from goldenthread.record.actor import Actor
from goldenthread.record.models.council import Council, Membership, Role
from goldenthread.record.models.people import User
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope


def create_council(
    *, command: str, name: str, ons_code: str | None = None, slug: str | None = None, demo: bool = False
) -> Council:
    """Add a council, whose first revision this is. Only a command adds councils; `command` names it in the log."""
    council = Council(id=uuid4(), slug=slug or slug_of(name), name=name, ons_code=ons_code, demo=demo)
    with council_scope(council.id, actor=f"command:{command}", reason="A council was added"):
        council.save(force_insert=True)
    return council


def council_register() -> tuple[Council, ...]:
    """Every council that is held here, by name. It is the one thing that is seen without being in a council's scope."""
    return tuple(Council.objects.raw("SELECT * FROM council_register()"))


@transaction.atomic
def add_member(*, actor: Actor, email: str, name: str, role: Role) -> User:
    """Give somebody a role in the actor's council, with an account if they have none. A second call changes nothing.

    Raises:
        NotAllowed: The actor may not manage people, or is no administrator and would make one.
    """
    require(actor, Permission.ADMINISTER if role is Role.ADMINISTRATOR else Permission.MANAGE_POSTS)
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email, name=name)
    Membership.objects.get_or_create(user=user, council_id=actor.council, role=role)
    return user


def actors_of(user: User) -> tuple[Actor, ...]:
    """In which councils and roles this person can act."""
    return tuple(
        Actor(council=membership.council_id, role=Role(membership.role), name=str(user), user=user.id)
        for membership in user.memberships.order_by("council_id", "role")
    )


def command_actor(council: UUID, command: str, role: Role = Role.PMO) -> Actor:
    """The actor that a command is, for a council."""
    return Actor(council=council, role=role, name=command)
