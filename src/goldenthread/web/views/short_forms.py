"""What the short forms about people and posts have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.record.cycle.people import People
from goldenthread.record.errors import RecordError
from goldenthread.record.models.posts import PostKind
from goldenthread.record.permissions import Permission
from goldenthread.web.forms.fields import Field, FieldForm, FieldKind
from goldenthread.web.viewing import Viewing
from goldenthread.web.views.pages import page
from goldenthread.web.views.people import POSTS

Crumb = tuple[str, str, dict[str, Any]]
"""A page above: its words, route and arguments."""
FROM = Field("from_day", "From", FieldKind.DAY, "The first day, for example 1 October 2022")
MATRIX: Crumb = ("Ownership matrix", "matrix", {})


def form_page(
    request: HttpRequest,
    viewing: Viewing,
    title: str,
    *,
    fields: Iterable[Field],
    start: dict[str, str],
    save: Callable[[FieldForm], str | None],
    back: Crumb,
    about: str = "",
) -> HttpResponse:
    """Show the form; on sending it save it and go on to the page that `save` gives, or say what is wrong."""
    form = FieldForm(tuple(fields), start)
    if request.method == "POST":
        form = FieldForm.typed(form.fields, request.POST)
        if form.check():
            try:
                with transaction.atomic():  # all of a form or none of it
                    onward = save(form)
            except RecordError as error:
                form.errors[form.fields[0].name] = str(error)
            else:
                if onward:
                    messages.success(request, "It is recorded.")
                    return redirect(onward)
    viewing.under(*((POSTS, back) if back[1] != POSTS[1] else (POSTS,)))
    context = {
        "title": title,
        "form": form,
        "about": about,
        "errors": form.errors.listed(),
        "back": viewing.link(back[1], **back[2]),
    }
    return page(request, viewing, "people_form", context)


def refuse_others(viewing: Viewing) -> None:
    """Go on only for those who manage posts.

    Raises:
        PermissionDenied: The viewer does not.
    """
    if not viewing.viewer.may(Permission.MANAGE_POSTS):
        raise PermissionDenied


def post_choices(people: People, kind: PostKind | None = None, but: str = "") -> tuple[tuple[str, str], ...]:
    """The posts of the day as choices, officers' posts first, one left out."""
    found = (post for each in PostKind if kind in {None, each} for post in people.of_kind(each))
    return tuple((post.slug, post.name) for post in found if post.slug != but)
