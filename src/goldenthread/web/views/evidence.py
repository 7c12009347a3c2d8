"""The evidence register, one piece of evidence, and its file."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.record.evidence import Piece
from goldenthread.record.permissions import Permission
from goldenthread.web.evidence_access import register_of, supported_items
from goldenthread.web.paging import paged
from goldenthread.web.presenting.evidence import FILTERS, piece_row, tallies, unproved
from goldenthread.web.record_access import kept_content
from goldenthread.web.viewing import Crumb, Viewing, reading_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 50
EVIDENCE: Crumb = ("Evidence", "evidence", {})


@reading_page
def evidence(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """What is claimed, verified and embedded, and the evidence for it in lists."""
    register, items = register_of(viewing), supported_items(viewing)
    asked = request.GET.get("show", "all")
    if asked not in FILTERS:
        raise Http404(f"The register has no list {asked}")
    shown = paged(request, [piece for piece in register.pieces if FILTERS[asked][1](piece)], ON_A_PAGE)
    context = {
        "tallies": tallies(viewing.index),
        "unproved": unproved(viewing.index, register.proving),
        "lists": [
            (name, words, sum(map(belongs, register.pieces))) for name, (words, belongs) in FILTERS.items()
        ],
        "shown": asked,
        "rows": [piece_row(piece, items) for piece in shown.rows],
        "paged": shown,
        "may_add": viewing.viewer.may(Permission.REPORT_PROGRESS) and not viewing.is_past,
    }
    return page(request, viewing, "evidence", context)


@reading_page
def piece(request: HttpRequest, viewing: Viewing, evidence: UUID) -> HttpResponse:
    """One piece of evidence: what it shows, what it supports, its hash, and every check of it."""
    found = find_piece(viewing, evidence)
    viewing.under(EVIDENCE)
    viewer = viewing.viewer
    context = {
        "row": piece_row(found, supported_items(viewing)),
        "may_add": viewer.may(Permission.REPORT_PROGRESS) and not viewing.is_past,
        "may_check": viewer.may(Permission.VERIFY) and not viewing.is_past,
    }
    return page(request, viewing, "evidence_piece", context)


@reading_page
def content(request: HttpRequest, viewing: Viewing, evidence: UUID) -> HttpResponse:
    """The file, to be kept and not to be opened here: browsers are told neither to show nor to guess at it."""
    file = find_piece(viewing, evidence).file
    stored = kept_content(file.sha256) if file else None
    if file is None or stored is None:
        raise Http404("The file is not kept on this machine")
    response = HttpResponse(stored, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def find_piece(viewing: Viewing, evidence: UUID) -> Piece:
    """The piece of evidence with this id, in the state that is looked at. Raises Http404."""
    found = register_of(viewing).piece(evidence)
    if found is None:
        raise Http404(f"There is no evidence {evidence} for this plan at this date")
    return found
