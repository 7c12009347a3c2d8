"""Files of reports that readers edited: sending one, what it says otherwise, taking words of it, and the file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from goldenthread.documents import DocumentError
from goldenthread.record.edited_reports import EditedFile, edited, edited_file, edited_files
from goldenthread.record.errors import NotFound, RecordError
from goldenthread.record.issued import HeldReport
from goldenthread.record.permissions import Permission
from goldenthread.record.services.report_edits import keep_edited_report, take_edited_words
from goldenthread.web.forms.errors import Errors
from goldenthread.web.forms.uploads import typed_document
from goldenthread.web.messages import message
from goldenthread.web.paging import paged
from goldenthread.web.presenting.report_edits import ShownEdits, shown_edits
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.held_reports import held_in_view
from goldenthread.web.views.pages import page
from goldenthread.web.views.reports import REPORTS, report_crumb
from goldenthread.web.views.short_forms import seen_in

FILES_ON_A_PAGE, PARTS_ON_A_PAGE = 50, 100
_TAKEN = "The words are in the draft now. Read it once more before it is cleared."


@writing_page
def edits(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """The files of a report that came back, and the form that takes in another."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    held, errors = held_in_view(viewing, number), Errors()
    typed = request.POST.get("editor", "")
    if request.method == "POST":
        sent = typed_document(request)
        if not typed.strip():
            errors["editor"] = "Enter who edited the file"
        if sent.error:
            errors["document"] = sent.error.replace("document", "file")
        if not errors:
            try:
                came = keep_edited_report(
                    actor=viewing.viewer.actor, plan=viewing.slug, number=number, name=sent.name, content=sent.content,
                    edited_by=typed, on=viewing.today, release=RELEASE,
                )  # fmt: skip
            except (RecordError, DocumentError) as error:
                errors["document"] = str(error)
            else:
                return redirect(viewing.link("report-edited", number=number, file=came))
    viewing.under(REPORTING, REPORTS, report_crumb(number))
    context = {
        "held": held,
        "errors": errors,
        "editor": typed,
        "files": paged(request, edited_files(held), FILES_ON_A_PAGE),
        "limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
    }
    return page(request, viewing, "report_edits", context, status=400 if errors else 200)


@writing_page
def edited_report(request: HttpRequest, viewing: Viewing, number: int, file: UUID) -> HttpResponse:
    """What one file says otherwise than the report, and the form that takes words of it into the draft."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    held, error = held_in_view(viewing, number), ""
    came = _file(held, file)
    if request.method == "POST":
        try:
            take_edited_words(
                actor=viewing.viewer.actor, plan=viewing.slug, number=number, file=file, chosen=_chosen(request),
                seen=seen_in(request) or 0, on=viewing.today, release=RELEASE,
            )  # fmt: skip
        except RecordError as refused:
            error, held = str(refused), held_in_view(viewing, number)
        else:
            messages.success(request, _TAKEN)
            return redirect(viewing.link("report-edited", number=number, file=file))
    try:
        shown = _shown(viewing, held, came)
    except (DocumentError, OSError) as unread:
        return message(request, "The file cannot be compared", str(unread), status=409)
    viewing.under(
        REPORTING, REPORTS, report_crumb(number), ("Edits made in Word", "report-edits", {"number": number})
    )
    context = {
        "held": held,
        "file": came,
        "shown": shown,
        "parts": paged(request, shown.parts, PARTS_ON_A_PAGE),
        "error": error,
        "chosen": [str(each) for each in _chosen(request)],
    }
    return page(request, viewing, "report_edited", context, status=400 if error else 200)


@reading_page
def edited_content(request: HttpRequest, viewing: Viewing, number: int, file: UUID) -> HttpResponse:
    """The file as it came, to be kept and not to be opened here."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    came = _file(held_in_view(viewing, number), file)
    try:
        content = came.content()
    except OSError as error:
        raise Http404("The file is not kept on this machine") from error
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=came.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(held: HeldReport, file: UUID) -> EditedFile:
    try:
        return edited_file(held, file)
    except NotFound as error:
        raise Http404(str(error)) from error


def _shown(viewing: Viewing, held: HeldReport, came: EditedFile) -> ShownEdits:
    """A file and the version that it was edited from never change, so what differs is worked out once."""
    found = viewing.index.keep(("edited report", came.id), lambda: edited(held, came, RELEASE))
    return shown_edits(held, found, viewing.index, viewing.link)


def _chosen(request: HttpRequest) -> list[int]:
    typed = request.POST.getlist("take")
    return [int(each) for each in typed if each.isascii() and each.isdigit() and len(each) < 6]
