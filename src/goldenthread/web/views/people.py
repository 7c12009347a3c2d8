"""Who holds which post, who sits on which body, and the ownership matrix."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.keys import slug
from goldenthread.record.cycle.gaps import gaps
from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.cycle.people import People, people_at
from goldenthread.record.models.posts import PostKind
from goldenthread.record.permissions import Permission
from goldenthread.record.services.ownership import challengers_for
from goldenthread.web.presenting.people import (
    IN_MATRIX,
    body_rows,
    challenges_of,
    gap_rows,
    lead_counts,
    leading_slugs,
    matrix_of,
    post_rows,
    seat_rows,
    term_rows,
)
from goldenthread.web.viewing import Crumb, Viewing, reading_page
from goldenthread.web.views.pages import page

POSTS: Crumb = ("People and posts", "posts", {})
MATRIX: Crumb = ("Ownership matrix", "matrix", {})


def people_of(viewing: Viewing) -> People:
    """The people and posts of the viewer's council as at the day that the page shows."""
    return people_at(viewing.viewer.council_id, viewing.shown_day)


def may_manage(viewing: Viewing) -> bool:
    """Whether to offer forms that change posts: today's, to those who may."""
    return viewing.viewer.may(Permission.MANAGE_POSTS) and not viewing.is_past


@reading_page
def posts(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every post and body with who is in it, and before them what is missing."""
    people = people_of(viewing)
    counts = lead_counts(people, viewing.index)
    context = {
        "gaps": gap_rows(gaps(people, leading_slugs(viewing.index)), people),
        "officers": post_rows(people, PostKind.OFFICER, counts),
        "portfolios": post_rows(people, PostKind.PORTFOLIO, counts),
        "bodies": body_rows(people, counts),
        "can_manage": may_manage(viewing),
    }
    return page(request, viewing, "posts", context)


@reading_page
def post(request: HttpRequest, viewing: Viewing, post: str) -> HttpResponse:
    """One post: who holds it and held it, what it is called, what it owns and challenges."""
    people = people_of(viewing)
    found = people.post(post)
    if found is None:
        raise Http404(f"There is no post {post}")
    viewing.under(POSTS)
    own = tuple(cell for cell in people.cells if found.slug in {cell.post, cell.portfolio, cell.challenger})
    context = {
        "post": found,
        "rows": term_rows(found),
        "above": people.posts.get(found.above) if found.above else None,
        "below": [each for each in people.posts.values() if each.above == found.slug and each.exists],
        "bodies": [
            (body, seat)
            for body in people.bodies.values()
            for seat in (*body.members, *((body.accountable,) if body.accountable else ()))
            if seat.post == found.slug
        ],
        "challenges": challenges_of(people, own),
        "actions": lead_counts(people, viewing.index).get(found.slug, 0),
        "leads": [name for name in viewing.index.leads if people.post(slug(name)) == found],
        "can_manage": may_manage(viewing),
    }
    return page(request, viewing, "post", context)


@reading_page
def body(request: HttpRequest, viewing: Viewing, body: str) -> HttpResponse:
    """One body: which post answers for it, when it meets next, who sits on it and who did."""
    people = people_of(viewing)
    found = people.bodies.get(body)
    if found is None:
        raise Http404(f"There is no body {body}")
    viewing.under(POSTS)
    answering = people.answering(found.slug)
    context = {
        "body": found,
        "answering": answering,
        "rows": seat_rows(people, found),
        "leads": [name for name in viewing.index.leads if slug(name) == found.slug],
        "meetings": [each for each in meetings_of(found.slug) if each.held_on >= viewing.shown_day][:5],
        "may_enter": viewing.viewer.may(Permission.RUN_CYCLE) and not viewing.is_past,
        "can_manage": may_manage(viewing),
    }
    return page(request, viewing, "body", context)


@reading_page
def matrix(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The ownership matrix: officers' posts by Cabinet portfolios, with peer challengers, their notes, and gaps."""
    people = people_of(viewing)
    found = gaps(people, leading_slugs(viewing.index))
    mine = challengers_for(viewing.viewer.actor, viewing.shown_day)
    noting = {cell.id for cell in people.cells if mine is None or cell.challenger in mine}
    viewing.under(POSTS)
    context = {
        "matrix": matrix_of(people, found),
        "gaps": gap_rows(tuple(gap for gap in found if gap.kind in IN_MATRIX), people),
        "challenges": challenges_of(people, people.cells),
        "earlier": challenges_of(
            people, tuple(cell for cell in people.all_cells if cell.ends_on and cell.ends_on < people.as_at)
        ),
        "can_manage": may_manage(viewing),
        "noting": set() if viewing.is_past else noting,
    }
    return page(request, viewing, "matrix", context)
