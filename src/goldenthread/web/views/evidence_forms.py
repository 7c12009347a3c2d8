"""Forms about evidence: adding it, saying what else it supports, checking it, taking it back; and verifying."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Action, Milestone
from goldenthread.plan.status import Status
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.permissions import Permission
from goldenthread.record.services.completion import embed_completion, unverify_completion, verify_completion
from goldenthread.record.services.evidence import (
    Offer,
    OfferedFile,
    add_evidence,
    check_evidence,
    support_with,
    withdraw_evidence,
)
from goldenthread.web.evidence_access import evidence_on, supported_items
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.forms.uploads import typed_document
from goldenthread.web.presenting.evidence import found_words
from goldenthread.web.presenting.index import PlacedAction, PlacedMilestone, title_words
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.evidence import EVIDENCE, find_piece
from goldenthread.web.views.short_forms import form_page

_ITEMS = Field(
    "items", "Actions, steps and milestones", hint="Their numbers, for example A12, A12.3, M4", needed=False
)
_LONGEST_LIST = 30
"""Shown of a recommendation or a success statement in a list to choose from, in words."""


@writing_page
def add(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Add a file or a link as evidence for one or more items."""
    viewing.refuse_without(Permission.REPORT_PROGRESS)
    fields = (
        Field("url", "Or the address of a link", hint="For example the published minutes", needed=False),
        Field("title", "Title", hint="Left out: the name of the file or the address", needed=False),
        Field("shows", "What it shows", FieldKind.LONG),
        Field("dated_on", "Date of the evidence", FieldKind.DAY, "The day it is of, not today’s"),
        Field("lapses_on", "Lapses on", FieldKind.DAY, "From that day on it no longer counts", False),
        *_item_fields(viewing),
    )

    def save(form: FieldForm) -> str:
        offer = Offer(
            source=_source(request, form),
            title=form["title"],
            shows=form["shows"],
            dated_on=form.days["dated_on"],
            lapses_on=form.days.get("lapses_on"),
        )
        made = add_evidence(
            actor=viewing.viewer.actor, plan=viewing.slug, items=_items(viewing, form), offer=offer,
            added_on=viewing.today,
        )  # fmt: skip
        return viewing.link("evidence-piece", evidence=made)

    start = {name: request.GET.get(name, "") for name in ("items", "url", "title", "shows")}
    return form_page(
        request, viewing, "Add evidence", fields, start=start, save=save, above=(EVIDENCE,),
        about="A file of up to 10 MB, or a link. Nobody is taken to have checked it until somebody else does.",
        with_file=True,
    )  # fmt: skip


@writing_page
def supports(request: HttpRequest, viewing: Viewing, evidence: UUID) -> HttpResponse:
    """Say what else a piece of evidence supports."""
    viewing.refuse_without(Permission.REPORT_PROGRESS)
    found = find_piece(viewing, evidence)

    def save(form: FieldForm) -> str:
        support_with(
            actor=viewing.viewer.actor, plan=viewing.slug, evidence=evidence,
            items=_items(viewing, form), on=viewing.today,
        )  # fmt: skip
        return viewing.link("evidence-piece", evidence=evidence)

    return form_page(
        request, viewing, f"What else “{found.title}” supports", _item_fields(viewing), save=save,
        above=(EVIDENCE, (found.title, "evidence-piece", {"evidence": evidence})),
    )  # fmt: skip


@writing_page
def withdraw(request: HttpRequest, viewing: Viewing, evidence: UUID) -> HttpResponse:
    """Take a piece of evidence back, with a reason. It stays on the record."""
    if not viewing.viewer.may(Permission.VERIFY):
        viewing.refuse_without(Permission.REPORT_PROGRESS)
    found = find_piece(viewing, evidence)

    def save(form: FieldForm) -> str:
        withdraw_evidence(
            actor=viewing.viewer.actor, evidence=evidence, reason=form["reason"], on=viewing.today
        )
        return viewing.link("evidence-piece", evidence=evidence)

    return form_page(
        request, viewing, f"Take back “{found.title}”", (REASON,), save=save,
        above=(EVIDENCE, (found.title, "evidence-piece", {"evidence": evidence})),
        about="It stays on the record with your reason, and no longer counts.",
    )  # fmt: skip


@writing_page
def check(request: HttpRequest, viewing: Viewing, evidence: UUID, item: UUID) -> HttpResponse:
    """Say whether a piece of evidence is enough for an item."""
    viewing.refuse_without(Permission.VERIFY)
    found, about = find_piece(viewing, evidence), supported_items(viewing).get(item)
    support = found.on(item)
    if support is None or about is None:
        raise Http404("That evidence was not entered for this item")
    fields = (
        Field("sufficient", "Is it enough?", FieldKind.CHOICE, choices=(("yes", "Yes"), ("no", "No"))),
        Field("note", "Note", FieldKind.LONG, "Needed if it is not enough: what is missing", False),
    )

    def save(form: FieldForm) -> str:
        check_evidence(
            actor=viewing.viewer.actor, evidence=evidence, item=item, note=form["note"],
            sufficient=form["sufficient"] == "yes", on=viewing.today,
        )  # fmt: skip
        return viewing.link("evidence-piece", evidence=evidence)

    return form_page(
        request, viewing, f"Check “{found.title}”", fields, save=save,
        above=(EVIDENCE, (found.title, "evidence-piece", {"evidence": evidence})),
        about=f"For {about.words}. It is said to show: “{found.shows}” So far: {found_words(support)}.",
    )  # fmt: skip


@writing_page
def completion(request: HttpRequest, viewing: Viewing, handle: str) -> HttpResponse:
    """Verify what is claimed, say that it is embedded, or take either back."""
    viewing.refuse_without(Permission.VERIFY)
    item = _promise(viewing, handle)
    if item.id is None:
        raise Http404(f"{handle} is not on the record")
    known = item.id
    months = settings_of(viewing.viewer.council_id).embedded_after_months
    fields = (
        Field("status", "What you found", FieldKind.CHOICE, choices=_findings(item.status, months)),
        REASON,
    )

    def save(form: FieldForm) -> str:
        decisions: dict[str, Callable[..., int]] = {
            Status.VERIFIED.value: verify_completion,
            Status.EMBEDDED.value: embed_completion,
            Status.COMPLETE.value: unverify_completion,
        }
        decisions[form["status"]](
            actor=viewing.viewer.actor, plan=viewing.slug, item=known, on=viewing.today, reason=form["reason"]
        )
        return viewing.link(_route(item), handle=handle)

    return form_page(
        request, viewing, f"Verify: {title_words(item)}", fields if len(fields[0].choices) else (), save=save,
        above=((title_words(item), _route(item), {"handle": handle}),),
        template="verify_form", item=item, **evidence_on(viewing, item),
    )  # fmt: skip


def _findings(status: Status, months: int) -> tuple[tuple[str, str], ...]:
    back = (Status.COMPLETE.value, "The evidence is not enough: it is claimed, no more")
    lasted = f"It has lasted: sufficient evidence is dated {months} months or more after completion"
    return {
        Status.COMPLETE: ((Status.VERIFIED.value, "It is complete: the evidence is sufficient"),),
        Status.VERIFIED: ((Status.EMBEDDED.value, lasted), back),
        Status.EMBEDDED: (back,),
    }.get(status, ())


def _promise(viewing: Viewing, handle: str) -> Action | Milestone:
    placed = viewing.index.by_handle.get(handle)
    if isinstance(placed, PlacedAction):
        return placed.action
    if isinstance(placed, PlacedMilestone):
        return placed.milestone
    raise Http404(f"There is no promise {handle}")


def _route(item: Action | Milestone) -> str:
    return "action" if isinstance(item, Action) else "milestone"


def _item_fields(viewing: Viewing) -> tuple[Field, ...]:
    return (
        _ITEMS,
        Field(
            "recommendation", "Recommendation", FieldKind.CHOICE, needed=False,
            choices=_choices(viewing, ItemKind.RECOMMENDATION, ItemKind.REQUIREMENT, ItemKind.EXIT_FACTOR),
        ),
        Field(
            "statement", "Success statement", FieldKind.CHOICE, needed=False,
            choices=_choices(viewing, ItemKind.SUCCESS_STATEMENT),
        ),
    )  # fmt: skip


def _choices(viewing: Viewing, *kinds: ItemKind) -> tuple[tuple[str, str], ...]:
    found = (each for each in supported_items(viewing).values() if each.kind in kinds)
    return tuple((str(each.id), _shortened(each.words)) for each in found)


def _shortened(words: str) -> str:
    listed = words.split()
    return words if len(listed) <= _LONGEST_LIST else f"{' '.join(listed[:_LONGEST_LIST])} …"


def _items(viewing: Viewing, form: FieldForm) -> list[UUID]:
    """The ids of what was typed and chosen. Raises InvalidEdit for a number that the plan has not."""
    by_ref = {each.ref.upper(): each.id for each in supported_items(viewing).values() if each.ref}
    typed = [word for word in re.split(r"[,;\s]+", form["items"].upper()) if word]
    for word in typed:
        if word not in by_ref:
            raise InvalidEdit(f"The plan has no item with the number {word}.")
    chosen = [UUID(form[name]) for name in ("recommendation", "statement") if form[name]]
    return [*(by_ref[word] for word in typed), *chosen]


def _source(request: HttpRequest, form: FieldForm) -> OfferedFile | str:
    document = typed_document(request)
    if document.content and form["url"]:
        raise InvalidEdit("Add a file or a link, not both: two pieces of evidence are checked apart.")
    if document.content:
        return OfferedFile(document.name, document.content)
    if form["url"]:
        return form["url"]
    chosen = document.error and document.error != "Choose a document"
    raise InvalidEdit(f"{document.error}." if chosen else "Choose a file, or enter the address of a link.")
