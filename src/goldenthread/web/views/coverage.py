"""The certificate of coverage: of all reviews, of one, of one recommendation; and the pack for one reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from goldenthread.assurance import rule_called
from goldenthread.assurance.coverage import FLAGS, Row, RowKind, Source, State, row_matrix
from goldenthread.documents.writing import csv_bytes
from goldenthread.record.permissions import Permission
from goldenthread.reporting.coverage_pack import (
    Entry,
    lifted_words,
    pack_sheet,
    reviewer_pack,
    verified_words,
)
from goldenthread.web.finding_access import found_in
from goldenthread.web.paging import paged
from goldenthread.web.presenting.recommendations import (
    FOUND,
    SETTLING,
    action_words,
    cell_words,
    certificate_of,
    flag_words,
    made,
    matrix_of,
    state_tag,
)
from goldenthread.web.viewing import Crumb, Viewing, reading_page
from goldenthread.web.views.pages import page

CERTIFICATE: Crumb = ("Recommendations", "recommendations", {})
ON_A_PAGE, LINES_ON_A_PAGE = 50, 200
ACTIONS_SHOWN = 6
WORDS = {
    "state_tag": state_tag,
    "verified": verified_words,
    "lifted": lifted_words,
    "cell_words": cell_words,
    "action_words": action_words,
    "settling": SETTLING,
    "most": ACTIONS_SHOWN,
}
"""How the templates put things."""


@reading_page
def recommendations(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The whole certificate: a headline, each review, every open flag, where the plan answers, what answers nothing."""
    found = certificate_of(viewing)
    flagged = [
        row for state in FLAGS for source in found.sources for row in source.rows if row.state is state
    ]
    uncited = [placed for placed in viewing.index.actions if not placed.action.references]
    context = {
        **WORDS,
        "found": found,
        "flag_words": flag_words,
        "flagged": paged(request, flagged, ON_A_PAGE),
        "sources": {source.name: source for source in found.sources},
        "matrix": matrix_of(viewing),
        "states": list(State),
        "uncited": uncited[:ON_A_PAGE],
        "uncited_number": len(uncited),
        "may_change": may_change(viewing),
    }
    return page(request, viewing, "recommendations", context)


@reading_page
def review(request: HttpRequest, viewing: Viewing, review: str) -> HttpResponse:
    """One review, or the exit factors: flags first, then the rest, with the actions that cite each."""
    source = source_of(viewing, review)
    viewing.under(CERTIFICATE)
    rows = paged(request, (*source.flagged, *source.sound), ON_A_PAGE)
    context = {
        **WORDS,
        "source": source,
        "only": certificate_of(viewing).only(source),
        "made": made(source),
        "rows": rows,
        "themes": [theme.name for theme in viewing.plan.themes],
        "by_theme": row_matrix(viewing.plan, rows.rows) if len(viewing.plan.themes) > 1 else (),
        "may_change": may_change(viewing),
    }
    return page(request, viewing, "review", context)


@reading_page
def recommendation(request: HttpRequest, viewing: Viewing, review: str, row: str) -> HttpResponse:
    """One recommendation: what was asked, what its state rests on, and every action that cites it."""
    source, found = row_of(viewing, review, row)
    viewing.under(CERTIFICATE, review_crumb(source))
    placed = viewing.index.by_key
    context = {
        **WORDS,
        "source": source,
        "row": found,
        "found_words": dict(FOUND),
        "can_look_up": found.reference is not None and found.kind not in {RowKind.ALL, RowKind.WHOLE},
        "actions": paged(request, [placed[action.key] for action in found.actions], ON_A_PAGE),
        "may_change": may_change(viewing),
    }
    return page(request, viewing, "recommendation", context)


@reading_page
def pack(request: HttpRequest, viewing: Viewing, review: str) -> HttpResponse:
    """What one reviewer is shown: their items alone, to be printed or sent."""
    source = source_of(viewing, review)
    viewing.under(CERTIFICATE, review_crumb(source))
    packed = viewing.index.keep(
        ("reviewer pack", source.slug, viewing.shown_day, viewing.known_at),
        lambda: reviewer_pack(source, found_in(viewing).all),
    )
    lines = [
        (each, entry, place == 0) for each in packed for place, entry in enumerate(each.entries or (None,))
    ]
    context = {
        **WORDS,
        "source": source,
        "only": certificate_of(viewing).only(source),
        "made": made(source),
        "lines": (shown := paged(request, lines, LINES_ON_A_PAGE)),
        "rules": _rules(entry for _, entry, _ in shown.rows if entry),
    }
    return page(request, viewing, "review_pack", context)


@reading_page
def pack_file(request: HttpRequest, viewing: Viewing, review: str) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    source = source_of(viewing, review)
    sheet = pack_sheet((source,), found_in(viewing).all)
    response = HttpResponse(csv_bytes(sheet), content_type="text/csv; charset=utf-8")
    name = f"{viewing.slug}-{source.slug}-{viewing.shown_day.isoformat()}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _rules(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """The rules by which something was found, with what each is about."""
    names = sorted({finding.rule for entry in entries for finding in entry.findings})
    return [(name, rule_called(name).title) for name in names]


def source_of(viewing: Viewing, slug: str) -> Source:
    """The review of this address, or the exit factors.

    Raises:
        Http404: there is none.
    """
    found = certificate_of(viewing).source(slug)
    if found is None:
        raise Http404(f"There is no review {slug}")
    return found


def row_of(viewing: Viewing, review: str, slug: str) -> tuple[Source, Row]:
    """The recommendation of this address, with its review; raises as `source_of` does."""
    source = source_of(viewing, review)
    found = source.row(slug)
    if found is None:
        raise Http404(f"There is no recommendation {slug} of {source.name}")
    return source, found


def review_crumb(source: Source) -> Crumb:
    """The page of a review as a step on the way to another."""
    arguments: dict[str, Any] = {"review": source.slug}
    return (source.name, "review", arguments)


def may_change(viewing: Viewing) -> bool:
    """Whether to offer the forms that settle flags."""
    return viewing.viewer.may(Permission.EDIT) and not viewing.is_past
