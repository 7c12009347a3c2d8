"""A report that the record holds, as a page and as its files: a draft as it is, an issued one as it was issued."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from goldenthread.documents import DocumentError
from goldenthread.record.comments import comments_of
from goldenthread.record.errors import NotFound
from goldenthread.record.history.selectors import revisions_numbered
from goldenthread.record.issued import (
    HeldReport,
    composed,
    held_matter,
    held_report,
    plan_told,
    report_content,
)
from goldenthread.record.letters import is_letter
from goldenthread.record.permissions import Permission
from goldenthread.record.report_drafts import (
    WritePlace,
    lacking,
    prompts_of,
    recorded_since,
    write_places,
    wrong_with,
)
from goldenthread.record.report_templates import templates_of
from goldenthread.record.reports import CIVIL
from goldenthread.record.services.issuing import stages_open_to
from goldenthread.reporting.composing import Report
from goldenthread.reporting.letter.checking import Claims, claims_by_sentence
from goldenthread.reporting.letter.model import Letter
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.report_files import ReportFormat
from goldenthread.web.messages import message
from goldenthread.web.middleware.caching import KEPT
from goldenthread.web.presenting.held_reports import (
    ONWARD,
    draft_files,
    issued_files,
    may_see,
    may_work_on,
    said_before,
    stage_rows,
    whom_of,
)
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.report_comments import comment_rows
from goldenthread.web.presenting.reports import Audience, audiences_of, body_html
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Viewing, index_of, reading_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.reports import REPORTS, file_response


@dataclass(frozen=True)
class Told:
    """What a held report says: the report, what is wrong with it, and its HTML."""

    report: Report
    wrong: tuple[str, ...]
    body: str


@reading_page
def report_held(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """One report: what it is, what stands in the way of its issue, who cleared it, its files, and what it says."""
    held = held_in_view(viewing, number)
    viewer, now = viewing.viewer, not viewing.is_past
    told, unreadable = _told_or_why(held)
    prepares = now and held.is_draft and viewer.may(Permission.PREPARE_REPORTS)

    known = revisions_numbered([held.known_at])[held.known_at]

    def address(ending: str) -> str:
        return viewing.link("report-held-file", number=number, ending=ending)

    viewing.under(REPORTING, REPORTS)
    context = {
        "held": held,
        "whom": whom_of(held, _audiences(viewing)),
        "known": known,
        "known_on": known.sealed_at.astimezone(CIVIL).date(),
        "told": told,
        "unreadable": unreadable,
        "obstacles": (*told.wrong, *lacking(held)) if told and held.is_draft else (),
        "is_letter": is_letter(held),
        **_open_places(held, told),
        "since": recorded_since(held) if prepares else 0,
        "stages": list(stage_rows(held)) if told else [],
        "earlier": list(said_before(held)) if told and may_work_on(viewer) else [],
        "files": list(issued_files(held, address) if held.is_issued else draft_files(address)),
        "prepares": prepares,
        "clears": stages_open_to(viewer.actor, held, viewing.today) if now and told else (),
        "onward": [each for each in ONWARD if now and each.offered(held, viewer)],
        "comments": comment_rows(comments_of(viewer.council_id, viewing.slug, number), viewing.shown_day),
    }
    return page(request, viewing, "report_held", context)


@reading_page
def report_held_file(request: HttpRequest, viewing: Viewing, number: int, ending: str) -> HttpResponse:
    """A file of a report: an issued one as it was stored, that of a draft made now and marked as one."""
    held = held_in_view(viewing, number)
    if ending not in set(ReportFormat):
        raise Http404(f"Reports are not written as {ending}")
    format_ = ReportFormat(ending)
    start = f"{viewing.slug}-{held.audience}-{held.cut_off.isoformat()}"
    if held.is_issued:
        return _as_issued(request, held, format_, f"{start}-report-{number}.{ending}")
    try:
        told = told_of(held)
        if held.is_draft and (
            differing := [each for each in told.wrong if each.startswith("A figure is not")]
        ):
            return message(request, "No file was written", " ".join(differing), status=409)
        content = report_content(held, told.report, [format_])[format_]
    except DocumentError as error:
        return message(request, "No file was written", str(error), status=503)
    return file_response(content, format_, f"{start}-draft-{number}-version-{held.version}.{ending}")


def _as_issued(request: HttpRequest, held: HeldReport, format_: ReportFormat, name: str) -> HttpResponse:
    """The bytes that were stored at the issue. Their hash is the tag, so a browser that has them has them for ever."""
    kept = next((each for each in held.files if each.format is format_), None)
    if kept is None:
        raise Http404(f"Report {held.number} was not issued as {format_.value}")
    request.page_tag = ""  # type: ignore[attr-defined]  # not that of a page, which any change of the record would alter
    tag = f'"{kept.sha256}"'
    if tag in {part.strip() for part in request.headers.get("If-None-Match", "").split(",")}:
        response: HttpResponse = HttpResponseNotModified()
    else:
        try:
            response = file_response(kept.content(), format_, name)
        except OSError:
            return message(
                request,
                "The file cannot be read",
                f"It was issued with the hash {kept.sha256}, and the copy on this machine is missing or damaged.",
                "Ask whoever runs Golden Thread to restore it from a backup.",
                status=503,
            )
    response["ETag"], response["Cache-Control"] = tag, KEPT
    return response


def held_in_view(viewing: Viewing, number: int) -> HeldReport:
    """The report of this number, for somebody who may see it.

    Raises:
        Http404: there is none.
        PermissionDenied: it is a draft, and the viewer neither prepares nor clears reports.
    """
    try:
        held = held_report(viewing.viewer.council_id, viewing.slug, number)
    except NotFound as error:
        raise Http404(str(error)) from error
    if not may_see(viewing.viewer, held):
        raise PermissionDenied("This report is not issued yet. Ask the programme office.")
    return held


def _open_places(held: HeldReport, told: Told | None) -> dict[str, bool]:
    """Whether places wait for words that are written here, and whether any wait for responses to comments."""
    if told is None or is_letter(held):
        return {"unwritten": False, "unanswered": False}
    prompts = prompts_of(held.definition)
    here = [bool(each.blank) or each.words in prompts for each in told.report.places]
    return {"unwritten": any(here), "unanswered": not all(here)}


def told_of(held: HeldReport) -> Told:
    """What a report says; kept with the state of the plan that it tells, which is sealed. Raises DocumentError."""
    index = index_of(plan_told(held))
    return index.keep(("held", held.number, held.version, held.state), lambda: _tell(index, held))


def places_of(held: HeldReport) -> tuple[WritePlace, ...]:
    """Where people write for a draft, kept in the same way. Raises DocumentError."""
    index = index_of(plan_told(held))
    return index.keep(("places", held.number, held.version), lambda: write_places(held, _matter(index, held)))


def _told_or_why(held: HeldReport) -> tuple[Told | None, str]:
    """What a report says, or why it cannot be shown: another release made it, or the definition does not fit."""
    if held.is_issued and held.release != RELEASE:
        return None, (
            f"It was made by Golden Thread {held.release}, and this is {RELEASE}. The files are as they were issued: "
            "open one of them to read it."
        )
    try:
        return told_of(held), ""
    except DocumentError as error:
        return None, str(error)


def claims_of(held: HeldReport, letter: Letter) -> Claims:
    """What the claim check makes of each sentence of the letter; kept with the state that it tells."""
    plan = plan_told(held)
    return index_of(plan).keep(("claims", held.id, held.version), lambda: claims_by_sentence(letter, plan))


def _matter(index: PlanIndex, held: HeldReport) -> Matter:
    plain = replace(held, letter=None)
    key = ("held-matter", held.definition.covers.months, held.compare_on)
    kept = index.keep(key, lambda: held_matter(plain, RELEASE))
    return replace(kept, letter=held.letter) if held.letter else kept


def _tell(index: PlanIndex, held: HeldReport) -> Told:
    matter = _matter(index, held)
    report = composed(held, RELEASE, matter)
    claims = claims_of(held, held.letter) if held.letter else None
    wrong = wrong_with(held, report, matter, claims) if held.is_draft else ()
    return Told(report, wrong, body_html(report))


def _audiences(viewing: Viewing) -> dict[str, Audience]:
    return audiences_of(viewing.plan, templates_of(viewing.viewer.council_id))
