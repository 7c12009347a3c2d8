"""People, and the posts that they hold: who has one, from which day, in whose place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.council import Membership, Role
from goldenthread.record.models.people import User
from goldenthread.record.models.posts import IN_A_POST, Capacity, Holding, Officer, PostRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.councils import add_member
from goldenthread.record.services.posts import clean_name, lock_post
from goldenthread.record.services.spans import end, follow, meets, take_back

PERSON_ADDED = "Somebody was added to the people of the council"


def add_officer(*, actor: Actor, name: str, email: str = "", reason: str = PERSON_ADDED) -> UUID:
    """Add somebody who holds posts or gets mail. An account of the council with this address is theirs.

    Raises:
        NotAllowed: The actor may not manage people.
        InvalidEdit: The name is blank, or the address is none, or somebody else's.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        return _new_officer(actor, name, email).id


def change_officer(*, actor: Actor, officer: UUID, name: str, email: str, reason: str) -> None:
    """Correct somebody's name or address. An account of the council with this address is theirs.

    Raises:
        NotAllowed, InvalidEdit: as `add_officer`.
        NotFound: There is no such person.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        held = _officer(officer)
        held.name, held.email = clean_name(name), _free_address(email, officer)
        held.user = _account(actor, held.email)
        held.save(update_fields=["name", "email", "user"])


def add_person(
    *,
    actor: Actor,
    name: str,
    email: str = "",
    role: Role | None = None,
    post: str | None = None,
    from_day: date | None = None,
    capacity: Capacity = Capacity.HOLDER,
    reason: str = PERSON_ADDED,
) -> UUID:
    """Add somebody at one go: as a person of the council, with an account and a role, and in a post.

    Somebody who is there with this address already is not added twice.

    Raises:
        NotAllowed: The actor may not manage people, or not give this role.
        NotFound: There is no such post.
        InvalidEdit: as `add_officer` and `appoint`; a role is given without an address, or a post without a day;
            the address is that of somebody with another name.
    """
    require(actor, Permission.MANAGE_POSTS)
    if role and not email.strip():
        raise InvalidEdit("Enter an e-mail address: somebody who signs in needs one.")
    if post and from_day is None:
        raise InvalidEdit("Say from which day the post is theirs.")
    with writing(actor, reason):
        address = email.strip().lower()
        person = Officer.objects.select_for_update().filter(email=address).first() if address else None
        if person and person.name.casefold() != clean_name(name).casefold():
            raise InvalidEdit(
                f"“{address}” is the address of {person.name}. Choose them, or enter another address."
            )
        if role:
            _free_address(address, person.id if person else None)
            add_member(actor=actor, email=address, name=clean_name(name), role=role)
        if person is None:
            person = _new_officer(actor, name, address)
        elif person.user is None:
            person.user = _account(actor, address)
            person.save(update_fields=["user"])
        if post and from_day:
            _put_in_post(actor, post, person, from_day, capacity)
    return person.id


def appoint(
    *,
    actor: Actor,
    post: str,
    officer: UUID,
    from_day: date,
    reason: str,
    capacity: Capacity = Capacity.HOLDER,
) -> UUID:
    """Put somebody in a post from a day on, and give the id of their time in it.

    A post has one holder at a time, for good or for the time being: the one before ends the day before. Deputies stand
    beside the holder, and there may be several.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such post or person.
        InvalidEdit: The capacity is none of a post; the post has ended; or somebody, or this very person, has it from
            that day or later already.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        return _put_in_post(actor, post, _officer(officer), from_day, capacity)


def end_holding(*, actor: Actor, holding: UUID, last_day: date | None, reason: str) -> None:
    """Give somebody's time in a post its last day; None where it goes on.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such entry.
        InvalidEdit: The day is before it began, or after somebody else began.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        one, others = _locked(holding)
        end(one, last_day, others, f"the post of {one.post.name}")


def take_back_holding(*, actor: Actor, holding: UUID, reason: str) -> None:
    """Say that somebody was entered for a post by mistake: they never had it. The history keeps the entry.

    Who was ended by it is not put back: `end_holding` with no last day does that.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such entry.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        take_back(_locked(holding)[0])


def _new_officer(actor: Actor, name: str, email: str) -> Officer:
    name, email = clean_name(name), _free_address(email, None)
    return Officer.objects.create(
        council_id=actor.council, name=name, email=email, user=_account(actor, email)
    )


def _put_in_post(actor: Actor, post: str, person: Officer, from_day: date, capacity: Capacity) -> UUID:
    if capacity not in IN_A_POST:
        raise InvalidEdit(f"“{capacity.label}” is said of a body. Choose holder, interim or deputy.")
    held = lock_post(post)
    if held.ends_on and from_day > held.ends_on:
        raise InvalidEdit(f"The council has had no {held.name} since {day_words(held.ends_on)}.")
    terms = list(Holding.objects.select_for_update().filter(post=held))
    if any(
        one.officer_id == person.id and one.capacity == capacity and meets(one, from_day) for one in terms
    ):
        what = "stands in there" if capacity is Capacity.DEPUTY else f"has the post of {held.name}"
        raise InvalidEdit(f"That person {what} already on that day, or will later. End that entry first.")
    if capacity is not Capacity.DEPUTY:
        follow(_tenures(terms), from_day, f"the post of {held.name}")
    return Holding.objects.create(
        council_id=actor.council, post=held, officer=person, capacity=capacity, starts_on=from_day
    ).id


def _tenures(terms: list[Holding]) -> list[Holding]:
    return [one for one in terms if one.capacity != Capacity.DEPUTY]


def _locked(holding: UUID) -> tuple[Holding, list[Holding]]:
    """An entry, and those of the same post that it may not overlap; a deputy's may overlap any."""
    found = Holding.objects.filter(id=holding).first()
    if found is None:
        raise NotFound("There is no such entry in the history of a post.")
    PostRecord.objects.select_for_update().get(id=found.post_id)
    one = Holding.objects.select_related("post").get(id=holding)
    if one.capacity == Capacity.DEPUTY:
        return one, []
    return one, _tenures(list(Holding.objects.filter(post=one.post_id).exclude(id=one.id)))


def _officer(officer: UUID) -> Officer:
    found = Officer.objects.select_for_update().filter(id=officer).first()
    if found is None:
        raise NotFound("There is no such person in this council’s record.")
    return found


def _free_address(email: str, own: UUID | None) -> str:
    """An address as it is kept: in lower case, and of nobody else here."""
    email = email.strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidEdit(f"“{email}” is not an e-mail address, such as name@example.gov.uk.") from error
    others = Officer.objects.filter(email=email)
    if (others.exclude(id=own) if own else others).exists():
        raise InvalidEdit(f"Somebody else has the address {email} already.")
    return email


def _account(actor: Actor, email: str) -> UUID | None:
    """The account with this address, if it is one of this council."""
    if not email:
        return None
    user = User.objects.filter(email=email).first()
    known = user and Membership.objects.filter(user=user, council_id=actor.council).exists()
    return user.id if user and known else None
