"""People and posts in rows: who holds what, what is missing, and the ownership matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.record.cycle.gaps import Gap, GapKind
from goldenthread.record.cycle.people import Body, Cell, Note, People, Post, Seat, Term
from goldenthread.record.models.posts import Capacity, PostKind
from goldenthread.web.presenting.index import PlanIndex

IN_MATRIX = frozenset({GapKind.NO_PORTFOLIO, GapKind.NO_OFFICER, GapKind.NO_CHALLENGER})
CAPACITY_WORDS = {
    Capacity.HOLDER: "Holds the post",
    Capacity.INTERIM: "Holds the post for the time being",
    Capacity.DEPUTY: "Stands in for the holder",
    Capacity.CHAIR: "Chair",
    Capacity.MEMBER: "Member",
    Capacity.OBSERVER: "Observer",
    Capacity.ACCOUNTABLE: "Answers for it",
}


@dataclass(frozen=True)
class GapRow:
    """What is missing, and where: names, each with the route and slug of its page (none for a person)."""

    what: str
    where: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class TermRow:
    """Somebody's time in a post, or a post's on a body, in words. `now` is whether it lasts on the day."""

    id: UUID
    name: str
    slug: str
    capacity: str
    since: str
    until: str
    now: bool


@dataclass(frozen=True)
class PostRow:
    """A post of the list: who holds it since when, who stands in, the post above, and how many actions it leads."""

    name: str
    slug: str
    holder: str
    since: str
    deputies: tuple[str, ...]
    above: str
    actions: int


@dataclass(frozen=True)
class BodyRow:
    """A body of the list: how many sit on it, which post answers for it, and how many actions it leads."""

    name: str
    slug: str
    members: int
    accountable: str
    needs_one: bool
    actions: int


@dataclass(frozen=True)
class MatrixCell:
    """What a post and a portfolio have to do with each other: nothing, or owning together, challenged by a peer."""

    portfolio: str
    cell: Cell | None
    challenger: str


@dataclass(frozen=True)
class MatrixRow:
    """One officer's post with each portfolio in turn; `gap` says in words what is missing."""

    name: str
    slug: str
    cells: tuple[MatrixCell, ...]
    gap: str


@dataclass(frozen=True)
class Portfolio:
    """A column of the matrix: the Cabinet portfolio, who holds it, and in words what is missing."""

    name: str
    slug: str
    holder: str
    gap: str


@dataclass(frozen=True)
class Matrix:
    """The ownership matrix of a day."""

    portfolios: tuple[Portfolio, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Challenge:
    """One pair that owns together, with its challenger and the notes of the challenge, newest first."""

    id: UUID
    post: str
    post_slug: str
    portfolio: str
    challenger: str
    challenger_slug: str
    since: str
    until: str
    notes: tuple[Note, ...]


def leading_slugs(index: PlanIndex) -> frozenset[str]:
    """The slugs of those that the plan's actions name as leads."""
    return index.keep("lead slugs", lambda: frozenset(slug(name) for name in index.leads))


def lead_counts(people: People, index: PlanIndex) -> Mapping[str, int]:
    """How many actions each post or body leads, under whichever of its names, by its slug."""
    counts: defaultdict[str, int] = defaultdict(int)
    for name, actions in index.leads.items():
        counts[people.same.get(slug(name), slug(name))] += len(actions)
    return counts


def gap_rows(found: tuple[Gap, ...], people: People) -> tuple[GapRow, ...]:
    """The gaps, those of one kind in a row."""
    kinds: defaultdict[GapKind, list[tuple[str, str, str]]] = defaultdict(list)
    for gap in found:
        route = "" if not gap.slug else "body" if gap.slug in people.bodies else "post"
        kinds[gap.kind].append((gap.name, route, gap.slug))
    return tuple(GapRow(kind.value, tuple(where)) for kind, where in kinds.items())


def post_rows(people: People, kind: PostKind, counts: Mapping[str, int]) -> tuple[PostRow, ...]:
    """The posts of one kind by name."""
    return tuple(
        PostRow(
            name=post.name,
            slug=post.slug,
            holder=holder_words(post),
            since=day_words(post.holder.starts_on) if post.holder else "",
            deputies=tuple(term.person.name for term in post.deputies),
            above=people.posts[post.above].name if post.above else "",
            actions=counts.get(post.slug, 0),
        )
        for post in people.of_kind(kind)
    )


def body_rows(people: People, counts: Mapping[str, int]) -> tuple[BodyRow, ...]:
    """The bodies by name."""
    return tuple(
        BodyRow(
            name=body.name,
            slug=body.slug,
            members=len(body.members),
            accountable=people.posts[body.accountable.post].name if body.accountable else "",
            needs_one=body.accountable is None and counts.get(body.slug, 0) > 0,
            actions=counts.get(body.slug, 0),
        )
        for body in people.bodies.values()
    )


def holder_words(post: Post) -> str:
    """Who holds a post, or nothing."""
    if post.holder is None:
        return ""
    interim = " (for the time being)" if post.holder.capacity is Capacity.INTERIM else ""
    return f"{post.holder.person.name}{interim}"


def term_rows(post: Post) -> tuple[TermRow, ...]:
    """The history of a post, newest first."""
    now = {term.id for term in (*((post.holder,) if post.holder else ()), *post.deputies)}
    return tuple(_term(term, term.person.name, "", now) for term in reversed(post.terms))


def seat_rows(people: People, body: Body) -> tuple[TermRow, ...]:
    """The history of a body, newest first."""
    now = {seat.id for seat in (*body.members, *((body.accountable,) if body.accountable else ()))}
    return tuple(_term(seat, people.posts[seat.post].name, seat.post, now) for seat in reversed(body.seats))


def _term(one: Term | Seat, name: str, slug: str, now: set[UUID]) -> TermRow:
    until = day_words(one.ends_on) if one.ends_on else ""
    return TermRow(
        one.id, name, slug, CAPACITY_WORDS[one.capacity], day_words(one.starts_on), until, one.id in now
    )


def matrix_of(people: People, found: tuple[Gap, ...]) -> Matrix:
    """The matrix: officers' posts by Cabinet portfolios, with what is missing said in words."""
    portfolios = people.of_kind(PostKind.PORTFOLIO)
    cells = {(cell.post, cell.portfolio): cell for cell in people.cells}
    missing = {(gap.kind, gap.slug) for gap in found}
    return Matrix(
        portfolios=tuple(
            Portfolio(
                post.name,
                post.slug,
                holder_words(post),
                "No officer’s post" if (GapKind.NO_OFFICER, post.slug) in missing else "",
            )
            for post in portfolios
        ),
        rows=tuple(
            MatrixRow(
                post.name,
                post.slug,
                tuple(_cell(people, cells.get((post.slug, each.slug)), each) for each in portfolios),
                "Owns nothing with a portfolio" if (GapKind.NO_PORTFOLIO, post.slug) in missing else "",
            )
            for post in people.of_kind(PostKind.OFFICER)
        ),
    )


def challenges_of(people: People, cells: tuple[Cell, ...]) -> tuple[Challenge, ...]:
    """Pairs that own together, by post and portfolio."""
    rows = [
        Challenge(
            id=cell.id,
            post=people.posts[cell.post].name,
            post_slug=cell.post,
            portfolio=people.posts[cell.portfolio].name,
            challenger=people.posts[cell.challenger].name if cell.challenger else "",
            challenger_slug=cell.challenger or "",
            since=day_words(cell.starts_on),
            until=day_words(cell.ends_on) if cell.ends_on else "",
            notes=tuple(note for note in reversed(cell.notes) if note.noted_on <= people.as_at),
        )
        for cell in cells
    ]
    return tuple(sorted(rows, key=lambda row: (row.post, row.portfolio, row.since)))


def _cell(people: People, cell: Cell | None, portfolio: Post) -> MatrixCell:
    challenger = people.posts[cell.challenger].name if cell and cell.challenger else ""
    return MatrixCell(portfolio.name, cell, challenger)


def post_choices(people: People, kind: PostKind | None = None, but: str = "") -> tuple[tuple[str, str], ...]:
    """The posts of the day as choices, officers' posts first, one left out."""
    found = (post for each in PostKind if kind in {None, each} for post in people.of_kind(each))
    return tuple((post.slug, post.name) for post in found if post.slug != but)
