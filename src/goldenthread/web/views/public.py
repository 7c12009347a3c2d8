"""The public pages, live for anybody, and the page on which an officer decides that they are to be seen."""

from __future__ import annotations

import hashlib
import re
from mimetypes import guess_type

from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.plan.days import day_words
from goldenthread.record.errors import NotFound, NotYetAdopted
from goldenthread.record.permissions import Permission
from goldenthread.record.public import (
    edition_at,
    public_files,
    public_report_file,
    public_reports,
    publications,
)
from goldenthread.record.services.publishing import publish_plan, withdraw_publication
from goldenthread.reporting.public.picking import Held
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.presenting.publishing import publishing_context
from goldenthread.web.viewing import Crumb, Viewing, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.short_forms import form_page

PUBLISHING: Crumb = ("Publishing", "publishing", {})
FEW_MINUTES = 300
_AS_ISSUED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""A report as it was issued brings its style with it. It has no script, and none would run."""
_TYPES = {".xml": "application/atom+xml", ".json": "application/json", ".csv": "text/csv"}


@login_not_required
@require_safe
def public(request: HttpRequest, council: str, slug: str, page: str = "") -> HttpResponse:
    """A file of the public pages, exactly as `goldenthread publish` writes it."""
    try:
        files = public_files(council, slug)
    except NotFound as error:
        raise Http404(str(error)) from error
    path = f"{page}index.html" if not page or page.endswith("/") else page
    content, type_ = files.get(path), _type_of(path)
    issued = public_report_file(council, slug, path) if content is None else None
    if issued:
        content, type_ = issued[1], issued[0].media_type
    if content is None:
        if f"{path}/index.html" in files:
            return HttpResponsePermanentRedirect(f"{request.path}/")
        raise Http404("There is no such public page.")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    held = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponseNotModified() if tag in held else HttpResponse(content, content_type=type_)
    response["ETag"], response["Cache-Control"] = tag, f"public, max-age={FEW_MINUTES}"
    if issued:
        response["Content-Security-Policy"] = _AS_ISSUED
    return response


def _type_of(path: str) -> str:
    ending = path[path.rfind(".") :]
    return f"{_TYPES.get(ending) or guess_type(path)[0] or 'application/octet-stream'}; charset=utf-8"


@writing_page
def publishing(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """What the public sees of the plan, what would be held back today, and the decision to publish."""
    viewing.refuse_without(Permission.PUBLISH)
    decided = publications(viewing.viewer.council_id, viewing.slug)
    held = _held_today(viewing)
    last = decided[-1] if decided else None
    fields = (
        Field(
            "cut_off",
            "Publish the plan as it stood at the end of",
            FieldKind.DAY,
            "For example, 30 June 2023",
        ),
        Field(
            "hold",
            "Hold these back",
            FieldKind.LONG,
            "Numbers such as A12, with spaces or commas between them. The public sees that something is held back.",
            needed=False,
        ),
        Field(
            "release",
            "Let these go",
            FieldKind.LONG,
            "Numbers of items whose words only look like a marking, such as “confidential reporting line”.",
            needed=False,
        ),
        REASON,
    )

    def save(form: FieldForm) -> str:
        publish_plan(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            cut_off=form.days["cut_off"],
            on=viewing.today,
            reason=form["reason"],
            hold=_refs(form["hold"]),
            release=_refs(form["release"]),
        )
        return viewing.link("publishing")

    start = {
        "cut_off": day_words(viewing.today),
        "hold": ", ".join(last.hold) if last else "",
        "release": ", ".join(last.release) if last else "",
    }
    council = viewing.viewer.council
    address = reverse("public", args=[council.slug, viewing.slug]) if council else ""
    return form_page(
        request,
        viewing,
        "Publishing",
        fields,
        start=start,
        save=save,
        above=(REPORTING,),
        template="publishing",
        **publishing_context(request, decided, held, address),
        reports=public_reports(viewing.viewer.council_id, viewing.slug),
    )


@writing_page
def publishing_withdraw(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Take the plan away from the public, and say why."""
    viewing.refuse_without(Permission.PUBLISH)

    def save(form: FieldForm) -> str:
        withdraw_publication(
            actor=viewing.viewer.actor, plan=viewing.slug, on=viewing.today, reason=form["reason"]
        )
        return viewing.link("publishing")

    return form_page(
        request,
        viewing,
        "Take the plan away from the public",
        (REASON,),
        save=save,
        above=(REPORTING, PUBLISHING),
        about="Its public pages will say that there is nothing at their addresses, until the plan is published again.",
    )


def _held_today(viewing: Viewing) -> tuple[Held, ...]:
    """What would stay back today; nothing of a plan that has not begun."""
    try:
        return edition_at(viewing.viewer.council_id, viewing.slug, viewing.today).now.held
    except NotYetAdopted:
        return ()


def _refs(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", typed) if part))
