"""Who holds which post, sits on which body and owns what with whom, as at a day; and whom to ask for a lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar
from uuid import UUID

from goldenthread.record.models.posts import (
    BodyMembership,
    BodyRecord,
    Capacity,
    ChallengeNote,
    Holding,
    Officer,
    Ownership,
    PostKind,
    PostRecord,
)
from goldenthread.record.scope import council_scope

TENURES = frozenset({Capacity.HOLDER, Capacity.INTERIM})
"""In which of the capacities somebody has the post, for good or for the time being."""


class _Dated(Protocol):
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


D = TypeVar("D", bound=_Dated)


def in_force(one: _Dated, day: date) -> bool:
    """Whether something that lasts from one day to another, both included, lasts on a day."""
    return one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)


@dataclass(frozen=True)
class Person:
    """Somebody known to the council. `user` is their account, if they have one; `email` may be empty."""

    id: UUID
    name: str
    email: str
    user: UUID | None


@dataclass(frozen=True)
class Term:
    """Somebody's time in a post; `ends_on` is the last day, None while it lasts."""

    id: UUID
    person: Person
    capacity: Capacity
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Post:
    """A post, with all of its history, earliest first. `above` is the slug of the post above."""

    id: UUID
    slug: str
    name: str
    kind: PostKind
    above: str | None
    other_names: tuple[str, ...]
    ends_on: date | None
    terms: tuple[Term, ...]
    as_at: date

    @property
    def exists(self) -> bool:
        """Whether the council has it on the day."""
        return self.ends_on is None or self.as_at <= self.ends_on

    @property
    def holder(self) -> Term | None:
        """Who has it on the day, for good or for the time being."""
        return next((term for term in self._now if term.capacity in TENURES), None)

    @property
    def deputies(self) -> tuple[Term, ...]:
        """Who stands in for the holder on the day."""
        return tuple(term for term in self._now if term.capacity is Capacity.DEPUTY)

    @property
    def _now(self) -> Iterator[Term]:
        return (term for term in self.terms if in_force(term, self.as_at))


@dataclass(frozen=True)
class Seat:
    """A post's time on a body, or of answering for it. `post` is its slug."""

    id: UUID
    post: str
    capacity: Capacity
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Body:
    """A group that acts together, with all who ever sat on it."""

    id: UUID
    slug: str
    name: str
    cadence: str
    seats: tuple[Seat, ...]
    as_at: date

    @property
    def members(self) -> tuple[Seat, ...]:
        """Who sits on it on the day, the chair first."""
        order = (Capacity.CHAIR, Capacity.MEMBER, Capacity.OBSERVER)
        now = [seat for seat in self.seats if in_force(seat, self.as_at) and seat.capacity in order]
        return tuple(sorted(now, key=lambda seat: order.index(seat.capacity)))

    @property
    def accountable(self) -> Seat | None:
        """The post that answers for it on the day, if it has named one."""
        answering = (seat for seat in self.seats if seat.capacity is Capacity.ACCOUNTABLE)
        return next((seat for seat in answering if in_force(seat, self.as_at)), None)


@dataclass(frozen=True)
class Note:
    """What a peer challenger asked or found on a day."""

    noted_on: date
    by: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell of the ownership matrix for a time: post, portfolio and peer challenger by their slugs, and the notes."""

    id: UUID
    post: str
    portfolio: str
    challenger: str | None
    starts_on: date
    ends_on: date | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class People:
    """All of it as at one day. Posts and bodies are under their slugs; `same` leads from another name to the post."""

    as_at: date
    posts: Mapping[str, Post]
    bodies: Mapping[str, Body]
    persons: tuple[Person, ...]
    all_cells: tuple[Cell, ...]
    same: Mapping[str, str]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The matrix of the day."""
        return tuple(cell for cell in self.all_cells if in_force(cell, self.as_at))

    def of_kind(self, kind: PostKind) -> tuple[Post, ...]:
        """The posts of one kind that the council has on the day."""
        return tuple(post for post in self.posts.values() if post.kind is kind and post.exists)

    def post(self, slug: str) -> Post | None:
        """The post that goes by this name, whichever of its names it is."""
        return self.posts.get(self.same.get(slug, slug))

    def answering(self, lead: str) -> Post | None:
        """The post that answers for a lead: itself, or for a body the one that it has named."""
        body = self.bodies.get(lead)
        if body is None:
            return self.post(lead)
        return self.post(body.accountable.post) if body.accountable else None

    def above(self, post: Post) -> Iterator[Post]:
        """The posts above a post, the nearest first."""
        seen = {post.slug}
        while post.above and post.above not in seen and (found := self.posts.get(post.above)):
            seen.add(found.slug)
            yield found
            post = found


def answer_steps(people: People, lead: str) -> tuple[tuple[Person, ...], ...]:
    """Who is to be asked for a lead, in the order of asking: holder, deputies, then those of each post above.

    `lead` is the slug of a post or of a body, for which the post answers that it has named. Steps at which there is
    nobody are left out, nobody stands in two, and somebody without an e-mail address stands in theirs all the same.
    When the last has not answered it is for the programme office.
    """
    first = people.answering(lead)
    if first is None:
        return ()
    steps: list[tuple[Person, ...]] = []
    asked: set[UUID] = set()
    for post in (first, *people.above(first)):
        for terms in ((post.holder,) if post.holder else (), post.deputies):
            step = tuple(term.person for term in terms if term.person.id not in asked)
            asked |= {person.id for person in step}
            steps += [step] if step else []
    return tuple(steps)


def people_at(council: UUID, as_at: date) -> People:
    """The posts, bodies, people and matrix of a council as at a day, in seven queries whatever their number.

    What lasts from one day to another is as at the day. Names, kinds and the post above are as they are now.
    """
    with council_scope(council):
        persons = {
            row.id: Person(row.id, row.name, row.email, row.user)
            for row in Officer.objects.order_by("name", "id")
        }
        rows = {row.id: row for row in PostRecord.objects.order_by("name", "slug")}
        slugs = {row.id: row.slug for row in rows.values()}
        return People(
            as_at=as_at,
            posts=_posts(rows, slugs, persons, as_at),
            bodies=_bodies(slugs, as_at),
            persons=tuple(persons.values()),
            all_cells=_cells(slugs),
            same={row.slug: slugs[row.same_as_id] for row in rows.values() if row.same_as_id},
        )


def _posts(
    rows: Mapping[UUID, PostRecord], slugs: Mapping[UUID, str], persons: Mapping[UUID, Person], as_at: date
) -> dict[str, Post]:
    terms: dict[UUID, list[Term]] = defaultdict(list)
    for held in _that_were(Holding.objects.order_by("starts_on", "id")):
        capacity = Capacity(held.capacity)
        term = Term(held.id, persons[held.officer_id], capacity, held.starts_on, held.ends_on)
        terms[held.post_id].append(term)
    names: dict[UUID, list[str]] = defaultdict(list)
    for row in rows.values():
        if row.same_as_id:
            names[row.same_as_id].append(row.name)
    return {
        row.slug: Post(
            id=row.id,
            slug=row.slug,
            name=row.name,
            kind=PostKind(row.kind),
            above=slugs[row.reports_to_id] if row.reports_to_id else None,
            other_names=tuple(name for name in names[row.id] if name != row.name),
            ends_on=row.ends_on,
            terms=tuple(terms[row.id]),
            as_at=as_at,
        )
        for row in rows.values()
        if not row.same_as_id
    }


def _bodies(slugs: Mapping[UUID, str], as_at: date) -> dict[str, Body]:
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    for held in _that_were(BodyMembership.objects.order_by("starts_on", "id")):
        seat = Seat(held.id, slugs[held.post_id], Capacity(held.capacity), held.starts_on, held.ends_on)
        seats[held.body_id].append(seat)
    return {
        row.slug: Body(row.id, row.slug, row.name, row.cadence, tuple(seats[row.id]), as_at)
        for row in BodyRecord.objects.order_by("name", "slug")
    }


def _cells(slugs: Mapping[UUID, str]) -> tuple[Cell, ...]:
    notes: dict[UUID, list[Note]] = defaultdict(list)
    for note in ChallengeNote.objects.order_by("noted_on", "id"):
        notes[note.ownership_id].append(Note(note.noted_on, note.by, note.text))
    return tuple(
        Cell(
            id=row.id,
            post=slugs[row.post_id],
            portfolio=slugs[row.portfolio_id],
            challenger=slugs[row.challenger_id] if row.challenger_id else None,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            notes=tuple(notes[row.id]),
        )
        for row in _that_were(Ownership.objects.order_by("starts_on", "id"))
    )


def _that_were(rows: Iterable[D]) -> Iterator[D]:
    """Without those that were recorded by mistake, which end before they begin."""
    return (row for row in rows if row.ends_on is None or row.ends_on >= row.starts_on)
