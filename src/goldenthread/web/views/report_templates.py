"""Report templates: whose definition and letterhead every report follows, their text and their versions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.documents import DocumentError
from goldenthread.record.permissions import Permission
from goldenthread.record.report_templates import (
    STANDARD,
    AdoptedTemplate,
    TemplateKind,
    Templates,
    template_versions,
    templates_of,
)
from goldenthread.record.services.report_templates import use_again
from goldenthread.reporting.definitions import audiences, definition_text
from goldenthread.reporting.letterheads import letterhead_sample
from goldenthread.reporting.report_files import ReportFormat
from goldenthread.web.forms.fields import REASON, FieldForm
from goldenthread.web.messages import message
from goldenthread.web.paging import paged
from goldenthread.web.presenting.report_templates import (
    LETTERHEAD_NAMES,
    letterhead_rows,
    since,
    template_rows,
    version_words,
    who_of,
    whose,
)
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.reports import REPORTS, file_response
from goldenthread.web.views.short_forms import form_page, seen_in

TEMPLATES: Crumb = ("Report templates", "report-templates", {})
ABOVE = (REPORTING, REPORTS, TEMPLATES)
ON_A_PAGE = 25


@reading_page
def templates(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every audience with whose definition counts, and the letterheads."""
    held = _held(viewing)
    viewing.under(REPORTING, REPORTS)
    context = {"rows": template_rows(held), "letterheads": letterhead_rows(held), "may": _may(viewing)}
    return page(request, viewing, "report_templates", context)


@reading_page
def template(request: HttpRequest, viewing: Viewing, audience: str) -> HttpResponse:
    """One definition: whose it is, its text or that of an older version, and every version that there was."""
    held = _held(viewing)
    versions = _versions(viewing, TemplateKind.DEFINITION, audience)
    if audience not in audiences() and not versions:
        raise Http404(f"No report is defined for {audience}. Choose one from the list.")
    own = held.own(TemplateKind.DEFINITION, audience)
    counts = own.number if own else STANDARD
    shown = _number(request.GET.get("version", ""), counts)
    viewing.under(*ABOVE)
    context = {
        "audience": audience,
        "who": who_of(held, audience),
        "own": own,
        "whose": whose(own),
        "since": since(own),
        "counts": counts,
        "shown": shown,
        "text": _text(versions, audience, shown),
        "is_ours": audience in audiences(),
        "versions": paged(request, versions, ON_A_PAGE),
        "words": version_words,
        "may": _may(viewing),
    }
    return page(request, viewing, "report_template", context)


@reading_page
def template_file(request: HttpRequest, viewing: Viewing, audience: str, number: int) -> HttpResponse:
    """The text of a definition as a file to copy and edit."""
    text = _text(_versions(viewing, TemplateKind.DEFINITION, audience), audience, number)
    if not text:
        raise Http404(f"There is no version {number} of the definition for {audience}")
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    name = f"{audience}.toml" if number == STANDARD else f"{audience}-{number}.toml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@reading_page
def letterhead(request: HttpRequest, viewing: Viewing, kind: str) -> HttpResponse:
    """The file on which Word or OpenDocument reports are written: what it is, a page on it, and its versions."""
    chosen, held = _letterhead_kind(kind), _held(viewing)
    own = held.own(chosen)
    viewing.under(*ABOVE)
    context = {
        "kind": kind,
        "name": LETTERHEAD_NAMES[chosen],
        "own": own,
        "whose": whose(own),
        "since": since(own),
        "counts": own.number if own else STANDARD,
        "versions": paged(request, _versions(viewing, chosen, ""), ON_A_PAGE),
        "words": version_words,
        "may": _may(viewing),
    }
    return page(request, viewing, "report_letterhead", context)


@reading_page
def letterhead_file(
    request: HttpRequest, viewing: Viewing, kind: str, number: int, what: str
) -> HttpResponse:
    """A version of a letterhead as it was given, or a page that is written on it."""
    chosen = _letterhead_kind(kind)
    found = next((each for each in _versions(viewing, chosen, "") if each.number == number), None)
    if found is None or found.is_standard or what not in ("given", "sample"):
        raise Http404(f"There is no version {number} of this letterhead")
    format_, content = ReportFormat(kind), found.content()
    if what == "sample":
        council = viewing.plan.council.name
        try:
            content = letterhead_sample(content, format_, found.file_name, council, viewing.today)
        except DocumentError as error:
            return message(request, "No page could be written", str(error), status=503)
        return file_response(content, format_, f"letterhead-{number}-sample.{kind}")
    return file_response(content, format_, f"letterhead-{number}.{kind}")


@writing_page
def template_again(request: HttpRequest, viewing: Viewing, audience: str, number: int) -> HttpResponse:
    """Adopt an older version of a definition again, or go back to what comes with Golden Thread."""
    return _again(request, viewing, TemplateKind.DEFINITION, audience, number)


@writing_page
def letterhead_again(request: HttpRequest, viewing: Viewing, kind: str, number: int) -> HttpResponse:
    """The same for a letterhead."""
    return _again(request, viewing, _letterhead_kind(kind), "", number)


def _again(
    request: HttpRequest, viewing: Viewing, kind: TemplateKind, audience: str, number: int
) -> HttpResponse:
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    last = _held(viewing).last(kind, audience)
    versions = _versions(viewing, kind, audience)
    if number != STANDARD and all(each.number != number or each.is_standard for each in versions):
        raise Http404(f"There is no version {number} of this template")
    of: Crumb = (audience, "report-template", {"audience": audience})
    if kind is not TemplateKind.DEFINITION:
        of = (f"Letterhead for {LETTERHEAD_NAMES[kind]}", "report-letterhead", {"kind": kind.value})
    _, route, arguments = of

    def save(form: FieldForm) -> str:
        use_again(
            actor=viewing.viewer.actor, kind=kind, audience=audience, number=number, reason=form["reason"],
            seen=last if (seen := seen_in(request)) is None else seen, on=viewing.today,
        )  # fmt: skip
        if number == STANDARD and kind is TemplateKind.DEFINITION and audience not in audiences():
            return viewing.link("report-templates")
        return viewing.link(route, **arguments)

    title, about = _again_words(kind, audience, number)
    return form_page(
        request, viewing, title, (REASON,), save=save, above=(*ABOVE, of), seen=last, about=about
    )  # fmt: skip


def _again_words(kind: TemplateKind, audience: str, number: int) -> tuple[str, str]:
    stays = "Every version stays on the record, and reports that were drafted before keep theirs."
    if number != STANDARD:
        return f"Use version {number} again", f"It becomes the newest version. {stays}"
    if kind is TemplateKind.DEFINITION and audience not in audiences():
        return "Stop this report", f"It is taken out of the list of reports. {stays}"
    return "Go back to what comes with Golden Thread", stays


def _held(viewing: Viewing) -> Templates:
    return templates_of(viewing.viewer.council_id, known_at=viewing.known_at)


def _versions(viewing: Viewing, kind: TemplateKind, audience: str) -> tuple[AdoptedTemplate, ...]:
    """Those that the state of the page knows, the newest first."""
    found = template_versions(viewing.viewer.council_id, kind, audience)
    last = _held(viewing).last(kind, audience) if viewing.known_at is not None else None
    return tuple(each for each in found if last is None or each.number <= last)


def _text(versions: tuple[AdoptedTemplate, ...], audience: str, number: int) -> str:
    """The text of a version; nothing for an audience of the council's own that it went back from."""
    if number == STANDARD:
        return definition_text(audience) if audience in audiences() else ""
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise Http404(f"There is no version {number} of the definition for {audience}")
    return found.text


def _number(typed: str, usual: int) -> int:
    if not typed:
        return usual
    if not typed.isascii() or not typed.isdigit() or len(typed) > 6:
        raise Http404(f"{typed} is not the number of a version")
    return int(typed)


def _letterhead_kind(kind: str) -> TemplateKind:
    if kind not in (each.value for each in LETTERHEAD_NAMES):
        raise Http404(f"Letterheads are docx and odt, not {kind}")
    return TemplateKind(kind)


def _may(viewing: Viewing) -> bool:
    return viewing.viewer.may(Permission.PREPARE_REPORTS) and not viewing.is_past
