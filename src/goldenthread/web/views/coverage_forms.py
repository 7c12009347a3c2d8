"""Forms by which the programme office settles what the certificate of coverage flags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.assurance.coverage import Row, RowKind, Source
from goldenthread.plan.applying import STOPPED
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Found
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.permissions import Permission
from goldenthread.record.services.recommendations import (
    Asked,
    add_recommendations,
    lift_recommendation,
    look_up,
    map_recommendation,
    register_review,
    unmap_recommendation,
)
from goldenthread.web.forms.fields import FROM, REASON, Field, FieldForm, FieldKind
from goldenthread.web.presenting.index import handle, title_words
from goldenthread.web.presenting.recommendations import FOUND, certificate_of, citing_parts
from goldenthread.web.viewing import Crumb, Viewing, writing_page
from goldenthread.web.views.coverage import CERTIFICATE, review_crumb, row_of, source_of
from goldenthread.web.views.short_forms import form_page

CLASSES: dict[str, ReferenceClass | None] = {
    "none": None, "statutory": "statutory", "key": "key", "improvement": "improvement",
}  # fmt: skip
_LINE = re.compile(r"(?P<number>[\w.]*\d[\w.]*)[\s:.)–-]+(?P<text>\S.*)")
_CODE = re.compile(r"\.$")


@writing_page
def add(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Enter what a reviewer asked after the plan was made."""
    viewing.refuse_without(Permission.EDIT)
    known = tuple((one.slug, one.name) for one in certificate_of(viewing).sources if one.review)
    fields = (
        Field("review", "Review in the register", FieldKind.CHOICE, "Leave it out for a new review", False, known),
        Field("name", "Or the name of a new review", hint="As actions will cite it", needed=False),
        Field("title", "Its title", hint="Of a new review", needed=False),
        Field("sent_on", "Sent on", FieldKind.DAY, "They are asked for from this day on, for example 1 December 2022"),
        Field(
            "class", "Class", FieldKind.CHOICE, "Where the review numbers its classes apart",
            choices=tuple((name, name.capitalize()) for name in CLASSES),
        ),
        Field("asked", "Recommendations", FieldKind.LONG, "One to a line: its number, then its words"),
        REASON,
    )  # fmt: skip

    def save(form: FieldForm) -> str | None:
        try:
            asked = asked_in(form["asked"], CLASSES[form["class"]])
        except InvalidEdit as error:
            form.errors["asked"] = str(error)
            return None
        name = dict(known).get(form["review"]) or form["name"]
        add_recommendations(
            actor=viewing.viewer.actor, plan=viewing.slug, review=name, title=form["title"],
            recommendations=asked, sent_on=form.days["sent_on"], on=viewing.today, reason=form["reason"],
        )  # fmt: skip
        return viewing.link("recommendations")

    return form_page(
        request, viewing, "Add recommendations", fields, start={"class": "none"}, save=save, above=(CERTIFICATE,),
        about="Until an action answers them, the certificate says that they are uncovered.",
    )  # fmt: skip


@writing_page
def register(request: HttpRequest, viewing: Viewing, review: str) -> HttpResponse:
    """Enter a review that actions cite and the register lacks."""
    viewing.refuse_without(Permission.EDIT)
    source = source_of(viewing, review)
    if source.is_registered:
        raise Http404(f"{source.name} is in the register")
    fields = (Field("title", "Its title"), Field("published_on", "Published on", FieldKind.DAY), REASON)

    def save(form: FieldForm) -> str:
        register_review(
            actor=viewing.viewer.actor, plan=viewing.slug, review=source.name, title=form["title"],
            published_on=form.days["published_on"], reason=form["reason"], on=viewing.today,
        )  # fmt: skip
        return viewing.link("review", review=source.slug)

    return form_page(
        request, viewing, f"Add {source.name} to the register", fields, save=save,
        above=(CERTIFICATE, review_crumb(source)),
    )  # fmt: skip


@writing_page
def map_row(request: HttpRequest, viewing: Viewing, review: str, row: str) -> HttpResponse:
    """Let an action answer a recommendation."""
    source, found = _changeable(viewing, review, row)
    actions = {
        handle(placed.action): placed.action
        for placed in viewing.index.actions
        if placed.action.status not in STOPPED
        and (request.method == "POST" or placed.action not in found.actions)
    }
    fields = (_which("The action that answers it", list(actions.values())), *_from(found), REASON)

    def save(form: FieldForm) -> str:
        map_recommendation(
            actor=viewing.viewer.actor, plan=viewing.slug, action=_id(actions[form["action"]]), to=_target(found),
            reason=form["reason"], effective_on=form.days.get("from_day", viewing.today),
        )  # fmt: skip
        return _back(viewing, source, found)

    return form_page(
        request, viewing, f"Let an action answer {_named(source, found)}", fields, save=save,
        start={"from_day": day_words(viewing.today)}, above=_above(source, found), about=found.text or "",
    )  # fmt: skip


@writing_page
def unmap_row(request: HttpRequest, viewing: Viewing, review: str, row: str) -> HttpResponse:
    """Say that an action does not answer a recommendation after all."""
    source, found = _changeable(viewing, review, row)
    parts = citing_parts(found) if found.reference else list(found.actions)
    actions = {handle(part): part for part in parts}
    fields = (_which("The action that does not answer it", parts), *_from(found), REASON)

    def save(form: FieldForm) -> str:
        unmap_recommendation(
            actor=viewing.viewer.actor, plan=viewing.slug, action=_id(actions[form["action"]]), to=_target(found),
            reason=form["reason"], effective_on=form.days.get("from_day", viewing.today),
        )  # fmt: skip
        return viewing.link("review", review=source.slug)

    return form_page(
        request, viewing, f"Take an answer to {_named(source, found)} back", fields, save=save,
        start={"from_day": day_words(viewing.today)}, above=_above(source, found),
    )  # fmt: skip


@writing_page
def look_up_row(request: HttpRequest, viewing: Viewing, review: str, row: str) -> HttpResponse:
    """Record what the review itself has under a number, a code or a page."""
    source, found = _changeable(viewing, review, row)
    reference = _reference(found)
    fields = (
        Field("found", "What you found", FieldKind.CHOICE, choices=FOUND),
        Field("text", "What it says", FieldKind.LONG, "In the words of the review", needed=False),
        Field("basis", "Where you looked", hint="For example: page 12 of the report of December 2021"),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        look_up(
            actor=viewing.viewer.actor, plan=viewing.slug, reference=reference, found=Found(form["found"]),
            text=form["text"], basis=form["basis"], on=viewing.today,
        )  # fmt: skip
        return _back(viewing, source, found)

    return form_page(
        request, viewing, f"Look up {_named(source, found)}", fields, save=save, above=_above(source, found),
        start={"text": found.text or ""},
        about="What you record settles whether it exists and what it stands for. Your name and today’s date are kept.",
    )  # fmt: skip


@writing_page
def lift_row(request: HttpRequest, viewing: Viewing, review: str, row: str) -> HttpResponse:
    """Record that a recommendation no longer stands."""
    source, found = _changeable(viewing, review, row)
    reference = _reference(found)
    fields = (
        Field("lifted_on", "Lifted on", FieldKind.DAY),
        Field("source", "By whose word", hint="For example: the auditor’s letter of 3 March 2023"),
    )

    def save(form: FieldForm) -> str:
        lift_recommendation(
            actor=viewing.viewer.actor, plan=viewing.slug, reference=reference, source=form["source"],
            lifted_on=form.days["lifted_on"], on=viewing.today,
        )  # fmt: skip
        return _back(viewing, source, found)

    return form_page(
        request, viewing, f"Record that {_named(source, found)} is lifted", fields, save=save,
        above=_above(source, found),
    )  # fmt: skip


def asked_in(typed: str, class_: ReferenceClass | None) -> list[Asked]:
    """The recommendations that were typed, one to a line: "9 Publish the accounts on time".

    Raises:
        InvalidEdit: a line does not begin with a number.
    """
    found = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise InvalidEdit(f"“{line[:60]}” does not begin with a number and go on with words.")
        number = _CODE.sub("", match["number"])
        found.append(Asked(number=number, text=match["text"], class_=class_))
    return found


def _changeable(viewing: Viewing, review: str, row: str) -> tuple[Source, Row]:
    viewing.refuse_without(Permission.EDIT)
    return row_of(viewing, review, row)


def _from(row: Row) -> tuple[Field, ...]:
    """The day from which it counts. A citation is wording and has none; only a link has one."""
    return () if row.reference else (FROM,)


def _which(label: str, actions: Sequence[Action]) -> Field:
    choices = tuple(
        (handle(one), f"{one.ref + ' ' if one.ref else ''}{title_words(one)}"[:120]) for one in actions
    )
    return Field("action", label, FieldKind.CHOICE, choices=choices)


def _id(action: Action) -> UUID:
    assert action.id, "an action of the record has its id"
    return action.id


def _target(row: Row) -> Reference | UUID:
    if row.reference:
        return row.reference
    if row.item is None or row.item.id is None:
        raise InvalidEdit(f"“{row.name}” stands for several. Enter the recommendations by number first.")
    return row.item.id


def _reference(row: Row) -> Reference:
    """What can be looked up or lifted: an element or exit factor has its words already."""
    if row.reference is None or row.kind in {RowKind.ALL, RowKind.WHOLE}:
        raise Http404(f"{row.name} is no single thing to look up")
    return row.reference


def _named(source: Source, row: Row) -> str:
    return f"{source.name}, {row.name[0].lower()}{row.name[1:]}" if row.reference else f"“{row.name}”"


def _above(source: Source, row: Row) -> tuple[Crumb, ...]:
    own: Crumb = (row.name, "recommendation", {"review": source.slug, "row": row.slug})
    return (CERTIFICATE, review_crumb(source), own)


def _back(viewing: Viewing, source: Source, row: Row) -> str:
    return viewing.link("recommendation", review=source.slug, row=row.slug)
