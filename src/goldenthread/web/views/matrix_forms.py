"""Forms of the ownership matrix: who owns together, and what a peer challenger asked."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.days import day_words
from goldenthread.record.models.posts import PostKind
from goldenthread.record.permissions import Permission
from goldenthread.record.services import ownership
from goldenthread.web.forms.fields import FROM, REASON, Field, FieldForm, FieldKind
from goldenthread.web.presenting.people import post_choices
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.people import MATRIX, POSTS, people_of
from goldenthread.web.views.short_forms import form_page


@writing_page
def own(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Let an officer's post and a Cabinet portfolio own together, with a peer who challenges."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    people = people_of(viewing)
    fields = (
        Field("post", "Officer’s post", FieldKind.CHOICE, choices=post_choices(people, PostKind.OFFICER)),
        Field(
            "portfolio",
            "Cabinet portfolio",
            FieldKind.CHOICE,
            choices=post_choices(people, PostKind.PORTFOLIO),
        ),
        Field("challenger", "Peer challenger", FieldKind.CHOICE, "", False, post_choices(people)),
        FROM,
        REASON,
    )

    def save(form: FieldForm) -> str:
        ownership.own(
            actor=viewing.viewer.actor, post=form["post"], portfolio=form["portfolio"],
            challenger=form["challenger"] or None, from_day=form.days["from_day"], reason=form["reason"],
        )  # fmt: skip
        return viewing.link("matrix")

    start = {
        "from_day": day_words(viewing.today),
        **{name: request.GET.get(name, "") for name in ("post", "portfolio", "challenger")},
    }
    about = "A pair that is there already, with another challenger, ends the day before."
    return form_page(
        request, viewing, "Own together", fields, start=start, save=save, above=(POSTS, MATRIX), about=about
    )


@writing_page
def challenge(request: HttpRequest, viewing: Viewing, cell: UUID) -> HttpResponse:
    """Note what a peer challenger asked or found."""
    people = people_of(viewing)
    found = next((each for each in people.all_cells if each.id == cell), None)
    if found is None:
        raise Http404(f"There is no cell {cell} in the matrix")
    mine = ownership.challengers_for(viewing.viewer.actor, viewing.today)
    if mine is not None and found.challenger not in mine:
        raise PermissionDenied
    challenger = people.posts[found.challenger].name if found.challenger else ""
    fields = (
        Field("by", "Who challenged", hint="A post, not a person", needed=not challenger),
        Field("noted_on", "On which day", FieldKind.DAY, "For example 30 September 2022"),
        Field("text", "What was asked or found", FieldKind.LONG),
    )

    def save(form: FieldForm) -> str:
        ownership.add_challenge_note(
            actor=viewing.viewer.actor, ownership=cell, noted_on=form.days["noted_on"], text=form["text"],
            by=form["by"] or None,
        )  # fmt: skip
        return viewing.link("matrix")

    title = f"Note a challenge: {people.posts[found.post].name} with {people.posts[found.portfolio].name}"
    start = {"by": challenger, "noted_on": day_words(viewing.today)}
    return form_page(request, viewing, title, fields, start=start, save=save, above=(POSTS, MATRIX))
