"""The ownership matrix: which officer's post and which Cabinet portfolio own something together, and who challenges."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.models.posts import ChallengeNote, Ownership, PostKind
from goldenthread.record.permissions import Permission, may, require
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.scope import writing
from goldenthread.record.services.posts import find_post, lock_post
from goldenthread.record.services.spans import end, follow, take_back, was_mistaken

LONGEST_NOTE = 4000
"""In characters."""


def own(
    *,
    actor: Actor,
    post: str,
    portfolio: str,
    from_day: date,
    reason: str,
    challenger: str | None = None,
) -> UUID:
    """Let an officer's post and a Cabinet portfolio own together from a day on, with the post that challenges them.

    The same pair with another challenger ends the day before.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such post.
        InvalidEdit: The post is no officer's or the portfolio is none; somebody would challenge themselves; or the pair
            owns together from that day or later already.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        officer, councillor = lock_post(post), find_post(portfolio)
        peer = find_post(challenger) if challenger else None
        if officer.kind != PostKind.OFFICER:
            raise InvalidEdit(f"{officer.name} is a Cabinet portfolio. Choose an officer’s post.")
        if councillor.kind != PostKind.PORTFOLIO:
            raise InvalidEdit(f"{councillor.name} is an officer’s post. Choose a Cabinet portfolio.")
        if peer and peer.id in {officer.id, councillor.id}:
            raise InvalidEdit(f"{peer.name} cannot challenge itself. Choose another post as the challenger.")
        pair = list(Ownership.objects.filter(post=officer, portfolio=councillor))
        follow(pair, from_day, f"{officer.name} with {councillor.name}")
        return Ownership.objects.create(
            council_id=actor.council,
            post=officer,
            portfolio=councillor,
            challenger=peer,
            starts_on=from_day,
        ).id


def end_ownership(*, actor: Actor, ownership: UUID, last_day: date | None, reason: str) -> None:
    """Give a cell of the matrix its last day; None where it goes on.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such cell.
        InvalidEdit: The day is before it began, or after its successor began.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        one = _locked(ownership)
        pair = Ownership.objects.filter(post=one.post_id, portfolio=one.portfolio_id).exclude(id=one.id)
        end(one, last_day, pair, "that cell")


def take_back_ownership(*, actor: Actor, ownership: UUID, reason: str) -> None:
    """Say that a cell was entered by mistake. The history keeps it.

    Raises:
        NotAllowed: The actor may not manage posts.
        NotFound: There is no such cell.
        InvalidEdit: There are challenge notes on it, which would go with it.
    """
    require(actor, Permission.MANAGE_POSTS)
    with writing(actor, reason):
        one = _locked(ownership)
        if one.notes.exists():
            raise InvalidEdit("There are challenge notes on this. Give it a last day instead.")
        take_back(one)


def add_challenge_note(
    *, actor: Actor, ownership: UUID, noted_on: date, text: str, by: str | None = None
) -> UUID:
    """Keep what a peer challenger asked or found, and give the note's id. Notes are never changed.

    Args:
        by: For whom it is noted, such as the challenger's post; None for the challenger of the cell.

    Raises:
        NotAllowed: The actor neither challenges updates, nor manages posts, nor holds the challenger's post that day.
        NotFound: There is no such cell.
        InvalidEdit: It has no challenger and `by` names none; the day is not within the cell's time; the text is blank
            or too long.
    """
    with writing(actor, "A peer challenge was noted"):
        one = _locked(ownership)
        _refuse_noting(actor, one, noted_on)
        author = " ".join((by or (one.challenger.name if one.challenger else "")).split())
        if not author:
            raise InvalidEdit("No peer challenger is named yet. Name one, or say who challenged.")
        if not text.strip() or len(text) > LONGEST_NOTE:
            raise InvalidEdit(f"Enter what was asked or found, in 1 to {LONGEST_NOTE:,} characters.")
        if noted_on < one.starts_on or (one.ends_on and noted_on > one.ends_on):
            until = f" to {day_words(one.ends_on)}" if one.ends_on else " on"
            raise InvalidEdit(
                f"They own this together from {day_words(one.starts_on)}{until}. Choose a day within that."
            )
        return ChallengeNote.objects.create(
            council_id=actor.council, ownership=one, noted_on=noted_on, by=author, text=text.strip()
        ).id


def challengers_for(actor: Actor, on: date) -> frozenset[str] | None:
    """The slugs of the posts whose peer challenges this actor may note on a day. None: of any."""
    if may(actor, Permission.MANAGE_POSTS) or may(actor, Permission.CHALLENGE):
        return None
    return lead_slugs(actor, on) if may(actor, Permission.REPORT_PROGRESS) else frozenset()


def _refuse_noting(actor: Actor, one: Ownership, noted_on: date) -> None:
    own_posts = challengers_for(actor, noted_on)
    if own_posts is not None and (one.challenger is None or one.challenger.slug not in own_posts):
        raise NotAllowed("Only the peer challenger, an assurer or the programme office may note a challenge.")


def _locked(ownership: UUID) -> Ownership:
    found = Ownership.objects.select_related("challenger").filter(id=ownership).first()
    if found is None or was_mistaken(found):
        raise NotFound("There is no such cell in the ownership matrix.")
    lock_post(found.post.slug)
    return Ownership.objects.select_related("challenger", "post", "portfolio").get(id=ownership)
