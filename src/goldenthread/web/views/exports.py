"""The plan as a file to take away, work on and hand back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.documents import SourceFormat
from goldenthread.reporting.plan_files import ENDINGS, plan_file
from goldenthread.web.viewing import Viewing, reading_page

MEDIA_TYPES = {
    SourceFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SourceFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    SourceFormat.CSV: "text/csv; charset=utf-8",
    SourceFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    SourceFormat.ODT: "application/vnd.oasis.opendocument.text",
    SourceFormat.MARKDOWN: "text/markdown; charset=utf-8",
}
_FORMATS = {ending: format_ for format_, ending in ENDINGS.items()}


@reading_page
def export(request: HttpRequest, viewing: Viewing, ending: str) -> HttpResponse:
    """The plan as at the chosen day, in one of the formats that it can be read back from."""
    format_ = _FORMATS.get(ending)
    if format_ is None:
        raise Http404(f"Plans are not written as {ending}")
    name = f"{viewing.slug}-{viewing.shown_day.isoformat()}.{ending}"
    response = HttpResponse(plan_file(viewing.plan, format_), content_type=MEDIA_TYPES[format_])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
