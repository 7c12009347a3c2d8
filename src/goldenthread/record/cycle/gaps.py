"""What is missing from the list of people and posts: each gap is a question that somebody has to settle."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.record.cycle.people import People, Post, answer_steps
from goldenthread.record.models.posts import PostKind


class GapKind(StrEnum):
    """What is missing; the value says it in words, of a post, body, person or cell."""

    NOBODY_TO_ASK = (
        "Leads something, and there is nobody to ask: no holder, no deputy, nobody in a post above"
    )
    NOBODY_HOLDS = "Leads something, and nobody holds the post; somebody else can be asked"
    NO_ACCOUNTABLE_POST = "Leads together, and has not named a post that answers for it"
    NO_ADDRESS = "Holds a post or stands in, and has no e-mail address"
    NO_PORTFOLIO = "Leads something, and owns nothing with a Cabinet portfolio"
    NO_OFFICER = "Cabinet portfolio that owns nothing with an officer’s post"
    NO_CHALLENGER = "Own together without a peer challenger"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, of whom or what, and its slug (empty for a person)."""

    kind: GapKind
    name: str
    slug: str = ""


def gaps(people: People, leads: Collection[str]) -> tuple[Gap, ...]:
    """Every gap on the day, where `leads` are the slugs of those that lead something then, kind by kind."""
    found = [*_of_leads(people, leads), *_of_persons(people, leads), *_of_matrix(people, leads)]
    order = list(GapKind)
    return tuple(sorted(found, key=lambda gap: (order.index(gap.kind), gap.name)))


def _of_leads(people: People, leads: Collection[str]) -> Iterator[Gap]:
    for post in _leading(people, leads):
        if post.holder is None:
            anybody = answer_steps(people, post.slug)
            kind = GapKind.NOBODY_HOLDS if anybody else GapKind.NOBODY_TO_ASK
            yield Gap(kind, post.name, post.slug)
    for slug in sorted(leads):
        body = people.bodies.get(slug)
        if body and body.accountable is None:
            yield Gap(GapKind.NO_ACCOUNTABLE_POST, body.name, slug)
        elif body and not answer_steps(people, slug):
            yield Gap(GapKind.NOBODY_TO_ASK, body.name, slug)


def _of_persons(people: People, leads: Collection[str]) -> Iterator[Gap]:
    """Of those who may be asked for an update: in an officer's post, or a portfolio that leads something."""
    holding = {
        term.person
        for post in {*people.of_kind(PostKind.OFFICER), *_leading(people, leads)}
        for term in ((post.holder,) if post.holder else ()) + post.deputies
    }
    return (Gap(GapKind.NO_ADDRESS, person.name) for person in holding if not person.email)


def _of_matrix(people: People, leads: Collection[str]) -> Iterator[Gap]:
    owning, owned = {cell.post for cell in people.cells}, {cell.portfolio for cell in people.cells}
    for post in _leading(people, leads):
        if post.kind is PostKind.OFFICER and post.slug not in owning:
            yield Gap(GapKind.NO_PORTFOLIO, post.name, post.slug)
    for portfolio in people.of_kind(PostKind.PORTFOLIO):
        if portfolio.slug not in owned:
            yield Gap(GapKind.NO_OFFICER, portfolio.name, portfolio.slug)
    for cell in people.cells:
        if cell.challenger is None:
            name = f"{people.posts[cell.post].name} with {people.posts[cell.portfolio].name}"
            yield Gap(GapKind.NO_CHALLENGER, name, cell.post)


def _leading(people: People, leads: Collection[str]) -> tuple[Post, ...]:
    """The posts that lead something under any of their names, each once."""
    found = {post.slug: post for lead in sorted(leads) if (post := people.post(lead))}
    return tuple(found.values())
