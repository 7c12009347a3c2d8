"""The plan as a file to take away, work on and hand back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.reporting.plan_files import ENDINGS, plan_file
from goldenthread.web.viewing import Viewing, reading_page

_FORMATS = {ending: format_ for format_, ending in ENDINGS.items()}


@reading_page
def export(request: HttpRequest, viewing: Viewing, ending: str) -> HttpResponse:
    """The plan as at the chosen day, in one of the formats that it can be read back from."""
    format_ = _FORMATS.get(ending)
    if format_ is None:
        raise Http404(f"Plans are not written as {ending}")
    name = f"{viewing.slug}-{viewing.shown_day.isoformat()}.{ending}"
    encoding = "; charset=utf-8" if format_.media_type.startswith("text/") else ""
    response = HttpResponse(plan_file(viewing.plan, format_), content_type=f"{format_.media_type}{encoding}")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
