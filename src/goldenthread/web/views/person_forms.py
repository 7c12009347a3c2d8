"""Everybody known to the council: who they are, what they may do here, which posts they hold."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.record.models.council import Role
from goldenthread.record.models.posts import Capacity
from goldenthread.record.permissions import Permission
from goldenthread.record.services import appointing
from goldenthread.web.forms.fields import EMAIL, NAME, REASON, Field, FieldForm, FieldKind
from goldenthread.web.presenting.people import post_choices
from goldenthread.web.viewing import Crumb, Viewing, writing_page
from goldenthread.web.views.pages import page
from goldenthread.web.views.people import POSTS, people_of
from goldenthread.web.views.short_forms import form_page

PEOPLE: Crumb = ("People", "persons", {})


@writing_page
def persons(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Everybody known to the council, with address and account, for those who manage people."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    people = people_of(viewing)
    held: dict[UUID, list[str]] = {person.id: [] for person in people.persons}
    for post in people.posts.values():
        for term in (*((post.holder,) if post.holder else ()), *post.deputies):
            deputy = " (stands in)" if term.capacity is Capacity.DEPUTY else ""
            held[term.person.id].append(f"{post.name}{deputy}")
    viewing.under(POSTS)
    return page(request, viewing, "persons", {"persons": people.persons, "held": held})


@writing_page
def person_new(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Add somebody, with a role that lets them sign in and a post that they hold, as far as they have them."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    people = people_of(viewing)
    makes_administrators = viewing.viewer.may(Permission.ADMINISTER)
    given = [role for role in Role if role != Role.PUBLIC]
    given = [role for role in given if makes_administrators or role != Role.ADMINISTRATOR]
    roles = tuple((role.value, role.label[0].upper() + role.label[1:]) for role in given)
    fields = (
        NAME,
        EMAIL,
        Field("role", "What they may do here", FieldKind.CHOICE, "Empty: they do not sign in", False, roles),
        Field("post", "Post that they hold", FieldKind.CHOICE, "", False, post_choices(people)),
        Field("from_day", "In the post from", FieldKind.DAY, "For example 1 October 2022", False),
        REASON,
    )

    def save(form: FieldForm) -> str:
        appointing.add_person(
            actor=viewing.viewer.actor, name=form["name"], email=form["email"],
            role=Role(form["role"]) if form["role"] else None, post=form["post"] or None,
            from_day=form.days.get("from_day"), reason=form["reason"],
        )  # fmt: skip
        return viewing.link("persons")

    return form_page(request, viewing, "Add a person", fields, save=save, above=(POSTS, PEOPLE))


@writing_page
def person(request: HttpRequest, viewing: Viewing, person: UUID) -> HttpResponse:
    """Correct somebody's name or address."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    found = next((each for each in people_of(viewing).persons if each.id == person), None)
    if found is None:
        raise Http404(f"There is no person {person}")

    def save(form: FieldForm) -> str:
        appointing.change_officer(
            actor=viewing.viewer.actor, officer=person, name=form["name"], email=form["email"],
            reason=form["reason"],
        )  # fmt: skip
        return viewing.link("persons")

    start = {"name": found.name, "email": found.email}
    fields = (NAME, EMAIL, REASON)
    return form_page(
        request, viewing, "Change a person", fields, start=start, save=save, above=(POSTS, PEOPLE)
    )
