"""Forms that adopt templates: an edited definition, checked and compared before it counts, and a letterhead."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.record.errors import InvalidEdit, RecordError
from goldenthread.record.permissions import Permission
from goldenthread.record.report_templates import STANDARD, TemplateKind, Templates, templates_of
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.record.services.report_templates import (
    OfferedLetterhead,
    adopt_definition,
    adopt_letterhead,
    checked_definition,
)
from goldenthread.reporting.composing import compose
from goldenthread.reporting.definitions import Definition, DefinitionError, audiences
from goldenthread.reporting.definitions.comparing import Difference, definition_difference
from goldenthread.web.forms.errors import LONGEST_REASON, Errors
from goldenthread.web.forms.uploads import typed_document
from goldenthread.web.presenting.report_templates import (
    LETTERHEAD_NAMES,
    OUTLINE,
    changed_words,
    preview_rows,
    who_of,
)
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.pages import page
from goldenthread.web.views.report_templates import ABOVE
from goldenthread.web.views.short_forms import seen_in

PASTED = "The text"
"""What messages call a definition that was typed or pasted."""


@dataclass
class DefinitionForm:
    """A definition as it was typed or uploaded, with its reason, and what is wrong."""

    text: str
    reason: str = ""
    file: str = PASTED
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def typed(cls, request: HttpRequest) -> DefinitionForm:
        """The form as it was sent; an uploaded file takes the place of the text."""
        form = cls(request.POST.get("text", ""), request.POST.get("reason", "").replace("\x00", "").strip())
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        if (
            "document" in request.FILES or sent > settings.MAX_UPLOAD_BYTES
        ):  # too large a file is dropped unread
            document = typed_document(request)
            if document.error:
                form.errors["document"] = document.error
                return form
            try:
                form.text, form.file = document.content.decode("utf-8-sig"), document.name
            except UnicodeDecodeError:
                form.errors["document"] = (
                    f"{document.name} is no plain text. Save it as a text file in UTF-8, ending in .toml"
                )
        return form

    def check_reason(self) -> None:
        """Note where the reason is missing or too long."""
        if not self.reason:
            self.errors["reason"] = "Say why, for example which meeting agreed it"
        elif len(self.reason) > LONGEST_REASON:
            self.errors["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer"


@writing_page
def edit(request: HttpRequest, viewing: Viewing, audience: str) -> HttpResponse:
    """Put an edited definition in the place of the one that counts: check it, see what it changes, adopt it."""
    held = _held(viewing)
    if audience not in (*audiences(), *held.own_audiences):
        raise Http404(f"No report is defined for {audience}. Choose one from the list.")
    form = DefinitionForm(held.definition_text(audience))
    return _form_page(request, viewing, held, form, audience)


@writing_page
def new(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Define a report of the council's own for an audience that has none."""
    return _form_page(request, viewing, _held(viewing), DefinitionForm(OUTLINE), None)


def _form_page(
    request: HttpRequest, viewing: Viewing, held: Templates, form: DefinitionForm, audience: str | None
) -> HttpResponse:
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    read = None
    if request.method == "POST":
        form = DefinitionForm.typed(request)
        read = None if form.errors else _checked(viewing, held, form, audience)
        if request.POST.get("step") == "adopt":
            form.check_reason()
            if read and not form.errors and (adopted := _adopted(request, viewing, form)):
                messages.success(request, f"Version {adopted} counts from now on.")
                return redirect(viewing.link("report-template", audience=read.audience))
            held = _held(viewing)  # somebody else's may count by now
    viewing.under(*ABOVE, *_above(held, audience))
    about = read.audience if read else audience
    context = {
        "form": form,
        "errors": form.errors.listed(),
        "audience": audience,
        "who": who_of(held, audience) if audience else "",
        "seen": held.last(TemplateKind.DEFINITION, about) if about else STANDARD,
        **(_preview(held, read) if read else {}),
    }
    return page(request, viewing, "report_template_edit", context, status=400 if form.errors else 200)


def _above(held: Templates, audience: str | None) -> list[tuple[str, str, dict[str, str]]]:
    return [(who_of(held, audience), "report-template", {"audience": audience})] if audience else []


def _checked(
    viewing: Viewing, held: Templates, form: DefinitionForm, audience: str | None
) -> Definition | None:
    """The definition, if it can be read, is for this audience and fits the plan; else what is wrong is noted."""
    try:
        read = checked_definition(form.text.replace("\r\n", "\n"), form.file)
        if audience and read.audience != audience:
            raise InvalidEdit(
                f'{form.file} is for “{read.audience}”. Here it must say audience = "{audience}"; for another '
                "audience go to “Add a report of your own”."
            )
        if not audience and read.audience in (*audiences(), *held.own_audiences):
            raise InvalidEdit(
                f"There is a report for “{read.audience}” already. Edit its definition, or give yours another name."
            )
        _refuse_unfitting(viewing, read)
    except (InvalidEdit, DefinitionError) as error:
        form.errors["document" if form.file != PASTED else "text"] = str(error)
        return None
    return read


def _refuse_unfitting(viewing: Viewing, read: Definition) -> None:
    """Write the report once as things stand: groups of themes that the plan has not are found here."""
    on = ReportOn(
        council=viewing.viewer.council_id,
        plan=viewing.slug,
        cut_off=max(viewing.today, viewing.terms.effective_on),
        months=read.covers.months,
        release=RELEASE,
    )
    compose(report_matter(on), read)


def _adopted(request: HttpRequest, viewing: Viewing, form: DefinitionForm) -> int | None:
    seen = seen_in(request)
    try:
        return adopt_definition(
            actor=viewing.viewer.actor, text=form.text, reason=form.reason,
            seen=STANDARD if seen is None else seen, on=viewing.today, file=form.file,
        )  # fmt: skip
    except RecordError as error:
        form.errors["text"] = str(error)
        return None


def _preview(held: Templates, read: Definition) -> dict[str, object]:
    try:
        before = held.definition(read.audience)
    except DefinitionError:  # there is none yet, or the one that counts cannot be read any more
        before = None
    difference: Difference = definition_difference(before, read)
    return {
        "read": read,
        "compared": before is not None,
        "difference": difference,
        "rows": tuple(preview_rows(difference)),
        "settings": [changed_words(each) for each in difference.settings],
    }


@writing_page
def replace_letterhead(request: HttpRequest, viewing: Viewing, kind: str) -> HttpResponse:
    """Upload the file on which the council's Word or OpenDocument reports are written."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    if kind not in (each.value for each in LETTERHEAD_NAMES):
        raise Http404(f"Letterheads are docx and odt, not {kind}")
    chosen, form = TemplateKind(kind), DefinitionForm("")
    if request.method == "POST":
        form.reason = request.POST.get("reason", "").replace("\x00", "").strip()
        document = typed_document(request)
        if document.error:
            form.errors["document"] = document.error
        form.check_reason()
        if not form.errors:
            seen = seen_in(request)
            try:
                adopted = adopt_letterhead(
                    actor=viewing.viewer.actor, kind=chosen,
                    offered=OfferedLetterhead(document.name, document.content), reason=form.reason,
                    seen=STANDARD if seen is None else seen, on=viewing.today,
                )  # fmt: skip
            except RecordError as error:
                form.errors["document"] = str(error)
            else:
                messages.success(
                    request, f"Version {adopted} counts from now on. Look at a page written on it."
                )
                return redirect(viewing.link("report-letterhead", kind=kind))
    name = LETTERHEAD_NAMES[chosen]
    viewing.under(*ABOVE, (f"Letterhead for {name}", "report-letterhead", {"kind": kind}))
    context = {
        "form": form,
        "errors": form.errors.listed(),
        "kind": kind,
        "name": name,
        "seen": _held(viewing).last(chosen),
    }
    return page(request, viewing, "report_letterhead_replace", context, status=400 if form.errors else 200)


def _held(viewing: Viewing) -> Templates:
    return templates_of(viewing.viewer.council_id)
