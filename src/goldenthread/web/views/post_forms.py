"""Forms that change posts and bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.days import day_words
from goldenthread.record.cycle.people import Body, People, Person, Post
from goldenthread.record.models.posts import IN_A_POST, ON_A_BODY, Capacity, PostKind
from goldenthread.record.permissions import Permission
from goldenthread.record.services import appointing, bodies, ownership
from goldenthread.record.services import posts as listing
from goldenthread.web.forms.fields import FROM, NAME, REASON, Field, FieldForm, FieldKind
from goldenthread.web.presenting.people import CAPACITY_WORDS, post_choices
from goldenthread.web.viewing import Crumb, Viewing, writing_page
from goldenthread.web.views.people import MATRIX, POSTS, people_of
from goldenthread.web.views.short_forms import form_page

BODY, ENDS, GOES_ON, MISTAKE = "body", "ends", "goes-on", "mistake"
ENTRIES: dict[str, tuple[str, Callable[..., None], Callable[..., None]]] = {
    "holding": ("holding", appointing.end_holding, appointing.take_back_holding),
    "seat": ("seat", bodies.end_seat, bodies.take_back_seat),
    "cell": ("ownership", ownership.end_ownership, ownership.take_back_ownership),
}
"""What an address calls each sort of entry: its name to the services that end it and take it back."""


@writing_page
def post_new(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Add a post, a portfolio or a body."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    kinds = (*((kind.value, kind.label.capitalize()) for kind in PostKind), (BODY, "Body that acts together"))
    fields = (NAME, Field("kind", "What it is", FieldKind.CHOICE, choices=kinds), REASON)

    def save(form: FieldForm) -> str:
        actor, name = viewing.viewer.actor, form["name"]
        if form["kind"] == BODY:
            short = bodies.add_body(actor=actor, name=name, reason=form["reason"])
            return viewing.link("body", body=short)
        kind = PostKind(form["kind"])
        short = listing.add_post(actor=actor, name=name, kind=kind, reason=form["reason"])
        return viewing.link("post", post=short)

    start = {"kind": PostKind.OFFICER.value, "reason": "The council has it"}
    return form_page(request, viewing, "Add a post or body", fields, start=start, save=save, above=(POSTS,))


@writing_page
def post_change(request: HttpRequest, viewing: Viewing, post: str) -> HttpResponse:
    """Name a post otherwise, add another name, say what stands above it, give it a last day."""
    people, found = _post(viewing, post)
    others = post_choices(people, PostKind.OFFICER, but=found.slug)
    kinds = tuple((kind.value, kind.label.capitalize()) for kind in PostKind)
    fields = (
        NAME,
        Field("kind", "What it is", FieldKind.CHOICE, choices=kinds),
        Field(
            "other_name",
            "Another name for it",
            hint="As a plan calls it. A post of that name becomes this one.",
            needed=False,
        ),
        Field(
            "above", "Post above", FieldKind.CHOICE, "Asked where this post does not answer", False, others
        ),
        Field("ends_on", "Last day of the post", FieldKind.DAY, "Only if the council has it no more", False),
        REASON,
    )
    start = {
        "name": found.name,
        "kind": found.kind.value,
        "above": found.above or "",
        "ends_on": day_words(found.ends_on) if found.ends_on else "",
    }

    def save(form: FieldForm) -> str:
        said: dict[str, Any] = {"actor": viewing.viewer.actor, "post": found.slug, "reason": form["reason"]}
        if form["name"] != found.name:
            listing.rename_post(**said, name=form["name"])
        if form["kind"] != found.kind:
            listing.set_kind(**said, kind=PostKind(form["kind"]))
        if form["other_name"]:
            listing.add_other_name(**said, name=form["other_name"])
        if form["above"] != (found.above or ""):
            listing.set_post_above(**said, above=form["above"] or None)
        if (last := form.days.get("ends_on")) != found.ends_on:
            listing.end_post(**said, last_day=last)
        return viewing.link("post", post=found.slug)

    return form_page(
        request, viewing, f"Change {found.name}", fields, start=start, save=save, above=(POSTS, _crumb(found))
    )


@writing_page
def appoint(request: HttpRequest, viewing: Viewing, post: str) -> HttpResponse:
    """Put somebody in a post from a day on."""
    people, found = _post(viewing, post)
    fields = (
        Field("officer", "Who", FieldKind.CHOICE, "", False, _people_choices(people.persons)),
        Field("name", "Or the name of somebody who is not listed", needed=False),
        Field("email", "Their e-mail address", FieldKind.EMAIL, needed=False),
        _capacity("How they have the post", IN_A_POST),
        FROM,
        REASON,
    )

    def save(form: FieldForm) -> str:
        actor, reason = viewing.viewer.actor, form["reason"]
        capacity, day = Capacity(form["capacity"]), form.days["from_day"]
        if form["officer"]:
            appointing.appoint(
                actor=actor, post=found.slug, officer=UUID(form["officer"]), from_day=day, capacity=capacity,
                reason=reason,
            )  # fmt: skip
        else:
            appointing.add_person(
                actor=actor, name=form["name"], email=form["email"], post=found.slug, from_day=day,
                capacity=capacity, reason=reason,
            )  # fmt: skip
        return viewing.link("post", post=found.slug)

    about = "Whoever has the post until then has it until the day before. Deputies stand beside the holder."
    start = {"capacity": Capacity.HOLDER.value, "from_day": day_words(viewing.today)}
    title = f"Appoint somebody: {found.name}"
    return form_page(
        request, viewing, title, fields, start=start, save=save, above=(POSTS, _crumb(found)), about=about
    )


@writing_page
def seat(request: HttpRequest, viewing: Viewing, body: str) -> HttpResponse:
    """Let a post sit on a body, or answer for it, from a day on."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    people = people_of(viewing)
    found = people.bodies.get(body)
    if found is None:
        raise Http404(f"There is no body {body}")
    fields = (
        Field("post", "Post", FieldKind.CHOICE, choices=post_choices(people)),
        _capacity("What it is to the body", tuple(reversed(ON_A_BODY))),
        FROM,
        REASON,
    )

    def save(form: FieldForm) -> str:
        bodies.seat(
            actor=viewing.viewer.actor, body=found.slug, post=form["post"], from_day=form.days["from_day"],
            capacity=Capacity(form["capacity"]), reason=form["reason"],
        )  # fmt: skip
        return viewing.link("body", body=found.slug)

    needs = found.accountable is None
    start = {
        "capacity": (Capacity.ACCOUNTABLE if needs else Capacity.MEMBER).value,
        "from_day": day_words(viewing.today),
    }
    title = f"Name a post: {found.name}"
    about = "The post that answers for a body is asked for its updates. There is one at a time."
    return form_page(
        request,
        viewing,
        title,
        fields,
        start=start,
        save=save,
        above=(POSTS, _body_crumb(found)),
        about=about,
    )


@writing_page
def entry(request: HttpRequest, viewing: Viewing, sort: str, entry: UUID) -> HttpResponse:
    """End what was entered of a post, a body or the matrix, let it go on, or take it back."""
    viewing.refuse_without(Permission.MANAGE_POSTS)
    people = people_of(viewing)
    found = _entry(people, sort, entry)
    if found is None:
        raise Http404(f"There is no entry {entry}")
    title, back, starts_on, ends_on = found
    choices = (
        (ENDS, "It has a last day"),
        (GOES_ON, "It goes on"),
        (MISTAKE, "It was entered by mistake and never was so"),
    )
    fields = (
        Field("what", "What is to be recorded", FieldKind.CHOICE, choices=choices),
        Field(
            "last_day", "Last day", FieldKind.DAY, "Only if it has one, for example 30 September 2022", False
        ),
        REASON,
    )
    name, end, take_back = ENTRIES[sort]

    def save(form: FieldForm) -> str | None:
        said: dict[str, Any] = {"actor": viewing.viewer.actor, name: entry, "reason": form["reason"]}
        if form["what"] == MISTAKE:
            take_back(**said)
        elif form["what"] == ENDS and "last_day" not in form.days:
            form.errors["last_day"] = "Enter the last day, such as 30 September 2022"
            return None
        else:
            end(**said, last_day=form.days["last_day"] if form["what"] == ENDS else None)
        return viewing.link(back[1], **back[2])

    start = {"what": ENDS, "last_day": day_words(ends_on) if ends_on else ""}
    about = f"It began on {day_words(starts_on)}."
    return form_page(
        request, viewing, title, fields, start=start, save=save, above=(POSTS, back), about=about
    )


def _post(viewing: Viewing, slug: str) -> tuple[People, Post]:
    viewing.refuse_without(Permission.MANAGE_POSTS)
    people = people_of(viewing)
    found = people.post(slug)
    if found is None:
        raise Http404(f"There is no post {slug}")
    return people, found


def _crumb(post: Post) -> Crumb:
    return post.name, "post", {"post": post.slug}


def _body_crumb(body: Body) -> Crumb:
    return body.name, "body", {"body": body.slug}


def _entry(people: People, sort: str, entry: UUID) -> tuple[str, Crumb, date, date | None] | None:
    """What an entry is called, the page above it, its first day and its last."""
    if sort == "holding":
        for post in people.posts.values():
            for term in post.terms:
                if term.id == entry:
                    return f"{term.person.name}, {post.name}", _crumb(post), term.starts_on, term.ends_on
    if sort == "seat":
        for body in people.bodies.values():
            for one in body.seats:
                if one.id == entry:
                    title = f"{people.posts[one.post].name}, {body.name}"
                    return title, _body_crumb(body), one.starts_on, one.ends_on
    for cell in people.all_cells if sort == "cell" else ():
        if cell.id == entry:
            title = f"{people.posts[cell.post].name} with {people.posts[cell.portfolio].name}"
            return title, MATRIX, cell.starts_on, cell.ends_on
    return None


def _capacity(label: str, among: Iterable[Capacity]) -> Field:
    choices = tuple((each.value, CAPACITY_WORDS[each]) for each in among)
    return Field("capacity", label, FieldKind.CHOICE, choices=choices)


def _people_choices(persons: Iterable[Person]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(each.id), f"{each.name}, {each.email}" if each.email else each.name) for each in persons
    )
