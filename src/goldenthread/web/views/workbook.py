"""The workbook door: take a workbook away, send it back, and see what became of it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.record.cycle.desk import leads_of
from goldenthread.record.cycle.workbooks import reported_day, update_book
from goldenthread.record.errors import NotAllowed, NotFound, RecordError
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.returns import workbook_return, workbook_returns
from goldenthread.record.services.returns import take_in_workbook
from goldenthread.reporting.update_workbook import WorkbookFormat, update_workbook
from goldenthread.web.forms.errors import Errors
from goldenthread.web.forms.uploads import typed_document
from goldenthread.web.viewing import Standing, stand

_FORMATS = {format_.ending: format_ for format_ in WorkbookFormat}


@require_safe
def download(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A workbook of the viewer's items, or of the lead that is chosen; of everyone's for the programme office."""
    standing, plan = stand(request, slug, Permission.REPORT_PROGRESS)
    format_ = _FORMATS.get(ending)
    if format_ is None:
        raise Http404(f"Workbooks are not written as {ending}")
    leads, name = _whose(request, standing, plan)
    book = update_book(plan, leads, today=standing.today, lead=name)
    lead = f"-{request.GET['lead']}" if name else ""
    response = HttpResponse(update_workbook(book, format_), content_type=format_.media_type)
    filename = f"{plan.slug}-updates{lead}-{book.stamp.as_at.isoformat()}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """Where workbooks are taken away and sent back; sending one shows what became of it."""
    standing, plan = stand(request, slug, Permission.REPORT_PROGRESS)
    errors, actor = Errors(), standing.viewer.actor
    as_at = reported_day(plan, standing.today)
    if request.method == "POST":
        sent = typed_document(request)
        if sent.error:
            errors["document"] = sent.error.replace("document", "workbook")
        else:
            try:
                taken = take_in_workbook(
                    actor=actor, plan=plan.id, name=sent.name, content=sent.content, as_at=as_at
                )
            except RecordError as error:
                errors["document"] = str(error)
            else:
                return redirect("updates-returned", slug=slug, return_id=taken.id)
    leads, name = _whose(request, standing, plan)
    standing.under(("Updates", "updates", {}))
    context = {
        "errors": errors,
        "as_at": as_at,
        "everyone": leads is None,
        "lead_name": name,
        "files": _files(plan.slug, request.GET.get("lead", "") if name else ""),
        "leads": [
            (words, number, _files(plan.slug, lead))
            for lead, (words, number) in (leads_of(plan, as_at=as_at) if leads is None else {}).items()
        ],
        "returns": workbook_returns(actor=actor, plan=plan.id),
        "limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
    }
    return render(request, "pages/workbook.html", context, using="jinja")


@require_safe
def returned(request: HttpRequest, slug: str, return_id: UUID) -> HttpResponse:
    """What became of a workbook that came back, row by row."""
    standing, plan = stand(request, slug, Permission.REPORT_PROGRESS)
    try:
        taken = workbook_return(actor=standing.viewer.actor, plan=plan.id, return_id=return_id)
    except NotFound as error:
        raise Http404(str(error)) from error
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    standing.under(("Updates", "updates", {}), ("By workbook", "updates-workbook-page", {}))
    context = {
        "name": taken.name,
        "result": taken.result,
        "held": [
            (line, standing.link("conflict", handle=line.ref or line.item.hex)) for line in taken.result.held
        ],
        "back": standing.link("updates-workbook-page"),
    }
    return render(request, "pages/workbook_returned.html", context, using="jinja")


def _whose(
    request: HttpRequest, standing: Standing, plan: PlanRecord
) -> tuple[frozenset[str] | None, str | None]:
    """For which leads the workbook is (None: for everyone), and the name of the one that was chosen."""
    allowed = lead_slugs(standing.viewer.actor, max(standing.today, plan.effective_on))
    lead = request.GET.get("lead", "")
    if not lead:
        return allowed, None
    known = leads_of(plan, as_at=reported_day(plan, standing.today))
    if lead not in known:
        raise Http404(f"Nothing in this plan is led by {lead}")
    if allowed is not None and lead not in allowed:
        raise PermissionDenied("That lead is no post of yours. Ask the programme office.")
    return frozenset({lead}), known[lead][0]


def _files(slug: str, lead: str = "") -> list[tuple[str, str]]:
    """The words and addresses of the workbook in each format."""
    chosen = f"?{urlencode({'lead': lead})}" if lead else ""
    words = {"xlsx": "Excel", "ods": "OpenDocument"}
    return [
        (words[ending], f"{reverse('updates-workbook', args=[slug, ending])}{chosen}") for ending in _FORMATS
    ]
