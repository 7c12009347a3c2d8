"""Samples for internal audit: those that were drawn, drawing one, and one of them as a page and as a file."""

from __future__ import annotations

from secrets import token_hex
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.documents.writing import Sheet, csv_bytes
from goldenthread.plan.days import day_words
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.evidence import AuditSample, SampleOf
from goldenthread.record.permissions import Permission
from goldenthread.record.services.samples import (
    LARGEST,
    draw_audit_sample,
    drawn_again,
    find_sample,
    samples_of,
)
from goldenthread.web.forms.fields import Field, FieldForm, FieldKind
from goldenthread.web.presenting.samples import COLUMNS, drawn_rows
from goldenthread.web.record_access import plan_state
from goldenthread.web.viewing import Crumb, Viewing, index_of, reading_page, writing_page
from goldenthread.web.views.evidence import EVIDENCE
from goldenthread.web.views.pages import page
from goldenthread.web.views.short_forms import form_page

SAMPLES: Crumb = ("Samples for internal audit", "samples", {})


@reading_page
def samples(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every sample that was drawn from the plan, whichever was used."""
    viewing.under(EVIDENCE)
    found = [
        sample
        for sample in samples_of(viewing.viewer.council_id, viewing.slug)
        if sample.drawn_on <= viewing.shown_day
        and (viewing.known_at is None or sample.revision < viewing.known_at)
    ]
    may_draw = viewing.viewer.may(Permission.VERIFY) and not viewing.is_past
    return page(request, viewing, "samples", {"samples": found, "may_draw": may_draw})


@writing_page
def draw(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Draw a sample and keep it."""
    viewing.refuse_without(Permission.VERIFY)
    fields = (
        Field("size", "How many actions", FieldKind.NUMBER, hint=f"1 to {LARGEST}"),
        Field("among", "Drawn from", FieldKind.CHOICE, choices=tuple(SampleOf.choices)),
        Field(
            "by_theme", "Themes", FieldKind.CHOICE,
            choices=(("no", "Draw from all themes together"), ("yes", "Give each theme its share")),
        ),
        Field("as_at", "The plan as at", FieldKind.DAY, "For example 30 September 2022"),
        Field("seed", "Seed", hint="Any words. The same seed draws the same from the same plan"),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        if not form["size"].isascii() or not form["size"].isdigit() or len(form["size"]) > 6:
            raise InvalidEdit("Enter how many actions to draw as a whole number, such as 10.")
        made = draw_audit_sample(
            actor=viewing.viewer.actor, plan=viewing.slug, size=int(form["size"]), seed=form["seed"],
            as_at=form.days["as_at"], on=viewing.today, among=form["among"], by_theme=form["by_theme"] == "yes",
        )  # fmt: skip
        return viewing.link("sample", sample=made.id)

    start = {
        "size": "10",
        "among": SampleOf.DONE.value,
        "by_theme": "no",
        "as_at": day_words(viewing.today),
        "seed": token_hex(4),
    }
    return form_page(
        request, viewing, "Draw a sample", fields, start=start, save=save, above=(EVIDENCE, SAMPLES),
        about="Every sample that is drawn stays in the list, so that nobody can draw until one suits.",
    )  # fmt: skip


@reading_page
def sample(request: HttpRequest, viewing: Viewing, sample: UUID) -> HttpResponse:
    """One sample: what was drawn, from which state, and that drawing again gives the same."""
    found = _sample_of(viewing, sample)
    viewing.under(EVIDENCE, SAMPLES)
    state = plan_state(viewing.viewer, viewing.slug, cut_off=found.as_at, known_at=found.revision)
    context = {
        "sample": found,
        "rows": drawn_rows(found, index_of(state)),
        "is_same": drawn_again(found, state) == tuple(found.items),
    }
    return page(request, viewing, "sample", context)


@reading_page
def sample_file(request: HttpRequest, viewing: Viewing, sample: UUID) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    found = _sample_of(viewing, sample)
    state = plan_state(viewing.viewer, viewing.slug, cut_off=found.as_at, known_at=found.revision)
    rows = tuple(row.cells for row in drawn_rows(found, index_of(state)))
    response = HttpResponse(csv_bytes(Sheet("Sample", COLUMNS, rows)), content_type="text/csv; charset=utf-8")
    name = f"{viewing.slug}-sample-{found.as_at.isoformat()}-{found.revision}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _sample_of(viewing: Viewing, sample: UUID) -> AuditSample:
    try:
        found = find_sample(sample)
    except NotFound as error:
        raise Http404(str(error)) from error
    if found.plan.slug != viewing.slug:
        raise Http404(f"There is no sample {sample} of this plan")
    return found
