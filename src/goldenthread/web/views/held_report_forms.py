"""What people do with a draft: start it, write for it, bring it up to date, clear it, issue it, give it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.documents import DocumentError
from goldenthread.plan.days import day_words
from goldenthread.record.errors import FieldConflict, NotReady, RecordError, StaleDraft
from goldenthread.record.issued import HeldReport, said_last
from goldenthread.record.models.reports import ClearanceOutcome
from goldenthread.record.permissions import Permission
from goldenthread.record.report_drafts import WritePlace, lacking
from goldenthread.record.report_templates import templates_of
from goldenthread.record.services.issuing import clear_stage, issue_report, stages_open_to
from goldenthread.record.services.report_drafts import (
    DraftAsked,
    abandon_draft,
    draft_report,
    renew_draft,
    write_draft,
)
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.presenting.reports import audiences_of
from goldenthread.web.release import RELEASE
from goldenthread.web.report_access import COMPARE, MEETING
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.held_reports import held_in_view, places_of, told_of
from goldenthread.web.views.pages import page
from goldenthread.web.views.reports import REPORTS, report_crumb
from goldenthread.web.views.short_forms import form_page, seen_in

CUT_OFF = "cut-off"
OUTCOMES = tuple((outcome.value, outcome.label.capitalize()) for outcome in ClearanceOutcome)


@writing_page
def report_draft(request: HttpRequest, viewing: Viewing, audience: str) -> HttpResponse:
    """Start a draft of a report: from then on the record holds it, with the words that people write for it."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    chosen = audiences_of(viewing.plan, templates_of(viewing.viewer.council_id)).get(audience)
    if chosen is None:
        raise Http404(f"There is no report for {audience}. Choose one from the list of reports.")
    fields = (
        Field(CUT_OFF, "Cut-off", FieldKind.DAY, "The report says how things stood at the end of this day."),
        Field(
            MEETING, "Day of the meeting that it goes to", FieldKind.DAY,
            "Leave it empty to take the next meeting on the record.", needed=False,
        ),
        Field(
            COMPARE, "Compare with the end of", FieldKind.DAY,
            "Leave it empty to look back as far as this report usually does.", needed=False,
        ),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        asked = DraftAsked(
            audience, form.days[CUT_OFF], form.days.get(MEETING), form.days.get(COMPARE), RELEASE
        )
        number = draft_report(actor=viewing.viewer.actor, plan=viewing.slug, asked=asked, on=viewing.today)
        return viewing.link("report-held", number=number)

    start = {name: request.GET.get(name, "") for name in (CUT_OFF, MEETING, COMPARE)}
    return form_page(
        request,
        viewing,
        f"Start a draft: {chosen.who}",
        fields,
        start={**start, CUT_OFF: start[CUT_OFF] or day_words(viewing.today)},
        save=save,
        above=(REPORTING, REPORTS),
        button="Start the draft",
        about="A draft keeps to the record as it is known now until somebody brings it up to date. If one is open for "
        "the same audience, cut-off and meeting, you come to that one.",
    )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A place on the form: what its field is called, what is typed, and what the last issued report said there."""

    place: WritePlace
    name: str
    typed: str
    last: str = ""


@writing_page
def report_write(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Write words for the places of a draft. If somebody else wrote for the same ones, both versions are shown."""
    held = _drafted(viewing, number)
    if _is_past(request, held):
        return redirect(viewing.link("report-held", number=number))
    try:
        places = places_of(held)
    except DocumentError as error:
        raise Http404(str(error)) from error
    from_last, last = said_last(held) or (0, {})
    shown = [_shown(request, each, last) for each in places]
    conflicts: tuple[FieldConflict, ...] = ()
    seen, said, status = held.version, "", 200
    if request.method == "POST":
        typed = [(each.place, each.typed) for each in shown]
        try:
            write_draft(
                actor=viewing.viewer.actor,
                plan=viewing.slug,
                number=number,
                fill={place.key: words for place, words in typed if place.is_blank},
                written={place.key: words for place, words in typed if not place.is_blank},
                seen=seen_in(request) or 0,
                on=viewing.today,
            )
        except StaleDraft as stale:
            conflicts, seen, status = stale.theirs, stale.version, 409
            shown = [replace(each, typed=stale.untouched.get(each.place.key, each.typed)) for each in shown]
        except RecordError as error:
            said, status = str(error), 400
        else:
            messages.success(request, "It is recorded.")
            return redirect(viewing.link("report-held", number=number))
    viewing.under(REPORTING, REPORTS, report_crumb(held.number))
    context = {
        "held": held,
        "shown": shown,
        "conflicts": conflicts,
        "headings": {place.key: place.heading for place in places if not place.is_blank},
        "from_last": from_last,
        "seen": seen,
        "errors": [{"text": said}] if said else [],
        "back": viewing.link("report-held", number=number),
    }
    return page(request, viewing, "report_write", context, status=status)


@writing_page
def report_clear(request: HttpRequest, viewing: Viewing, number: int, stage: str) -> HttpResponse:
    """Clear a draft at a stage, or send it back with words."""
    viewing.refuse_without(Permission.CLEAR_REPORTS)
    held = held_in_view(viewing, number)
    found = next((each for each in held.stages if each.handle == stage), None)
    if found is None:
        raise Http404(f"Report {number} has no stage {stage} of clearance")
    if _is_past(request, held):
        return redirect(viewing.link("report-held", number=number))
    prepares = viewing.viewer.may(Permission.PREPARE_REPORTS)
    if request.method != "POST" and stage not in stages_open_to(viewing.viewer.actor, held, viewing.today):
        raise PermissionDenied(
            f"{found.name} clears this stage. Ask whoever that is, or the programme office."
        )
    who = Field(
        "cleared_by", "Who said so", FieldKind.TEXT,
        "The name and the post. For its own stage the programme office may leave it empty.",
        needed=False,
    )  # fmt: skip
    asked = "What was said" if prepares else "Your answer"
    fields = (
        Field("outcome", asked, FieldKind.CHOICE, choices=OUTCOMES),
        Field("words", "In words", FieldKind.LONG, "Needed when it is sent back: what has to change.", needed=False),
        *((who,) if prepares else ()),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        clear_stage(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            number=number,
            stage=found.name,
            outcome=ClearanceOutcome(form["outcome"]),
            words=form["words"],
            cleared_by=form["cleared_by"],
            seen=seen_in(request) or 0,
            on=viewing.today,
        )
        return viewing.link("report-held", number=number)

    return form_page(
        request,
        viewing,
        f"{found.name}: clear report {number}",
        fields,
        save=save,
        above=(REPORTING, REPORTS, report_crumb(held.number)),
        about=f"“{held.title}”, version {held.version}. It counts for this version only: if what the report says "
        "changes, it has to be cleared again.",
        seen=held.version,
    )  # fmt: skip


@writing_page
def report_renew(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Bring a draft up to the newest state of the record."""
    held = _drafted(viewing, number)
    if _is_past(request, held):
        return redirect(viewing.link("report-held", number=number))

    def renew(seen: int) -> None:
        renew_draft(
            actor=viewing.viewer.actor, plan=viewing.slug, number=number, seen=seen, on=viewing.today, release=RELEASE
        )  # fmt: skip

    ask = Ask(
        "Bring the draft up to date",
        f"The draft knows the record as it was at change {held.known_at}. Brought up to date, it says what has been "
        "recorded since, by the definition that counts now. Words that people wrote stay. It becomes a new version, "
        "which has to be cleared again.",
        "Bring it up to date",
        "The draft is up to date with the record.",
    )  # fmt: skip
    return _confirm(request, viewing, held, ask, renew)


@writing_page
def report_issue(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Issue a report, or say all that stands in the way."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    held = held_in_view(viewing, number)
    if held.is_issued:
        return redirect(viewing.link("report-held", number=number))
    try:
        reasons = (*told_of(held).wrong, *lacking(held))
    except DocumentError as error:
        reasons = (str(error),)

    def issue(seen: int) -> None:
        issue_report(
            actor=viewing.viewer.actor, plan=viewing.slug, number=number, seen=seen, on=viewing.today, release=RELEASE
        )  # fmt: skip

    ask = Ask(
        "Issue the report",
        f"“{held.title}”, version {held.version}, as at {day_words(held.cut_off)}. Once it is issued, nothing of it "
        "changes any more: its files are kept as they are made now, with the hash of the record.",
        "Issue it",
        "The report is issued. Nothing of it changes any more.",
        reasons if held.is_draft else (f"The draft was given up: {held.abandoned}",),
    )
    return _confirm(request, viewing, held, ask, issue)


@writing_page
def report_abandon(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Give a draft up, with the reason."""
    held = _drafted(viewing, number)
    if _is_past(request, held):
        return redirect(viewing.link("report-held", number=number))

    def save(form: FieldForm) -> str:
        abandon_draft(
            actor=viewing.viewer.actor, plan=viewing.slug, number=number, reason=form["reason"], on=viewing.today
        )  # fmt: skip
        return viewing.link("reports")

    above = (REPORTING, REPORTS, report_crumb(held.number))
    about = "The draft stays on the record with the reason, and can no longer be changed or issued."
    title = f"Give up draft {number}"
    return form_page(
        request, viewing, title, (REASON,), save=save, above=above, about=about, button="Give it up"
    )


@dataclass(frozen=True)
class Ask:
    """A question to be answered by one button; `reasons` are why there is none."""

    title: str
    about: str
    button: str
    done: str
    reasons: tuple[str, ...] = ()


def _confirm(
    request: HttpRequest, viewing: Viewing, held: HeldReport, ask: Ask, act: Callable[[int], None]
) -> HttpResponse:
    """Show the question; when the button is pressed act on the version that was seen, or say why not."""
    reasons, said, status = ask.reasons, "", 200
    if request.method == "POST":
        try:
            act(seen_in(request) or 0)
        except NotReady as error:
            reasons, status = error.reasons, 409
        except RecordError as error:
            said, status = str(error), 409
        else:
            messages.success(request, ask.done)
            return redirect(viewing.link("report-held", number=held.number))
    viewing.under(REPORTING, REPORTS, report_crumb(held.number))
    context = {
        "held": held,
        "ask": ask,
        "reasons": reasons,
        "errors": [{"text": said}] if said else [],
        "back": viewing.link("report-held", number=held.number),
    }
    return page(request, viewing, "report_confirm", context, status=status)


def _drafted(viewing: Viewing, number: int) -> HeldReport:
    """The report, for somebody who prepares reports."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    return held_in_view(viewing, number)


def _is_past(request: HttpRequest, held: HeldReport) -> bool:
    """Whether a form of a draft is opened that is none any more. A form that is sent is refused by its service, so that
    what was typed is shown again."""
    return request.method != "POST" and not held.is_draft


def _shown(request: HttpRequest, place: WritePlace, last: Mapping[str, str]) -> Shown:
    """A place with what is typed there; with the words of the last report, where somebody ticked that they hold."""
    name = f"p-{sha256(place.key.encode()).hexdigest()[:12]}"
    typed = request.POST.get(name, "") if request.method == "POST" else place.words
    said = "" if place.is_blank or place.words else last.get(place.key, "")
    if said and not typed.strip() and request.POST.get(f"use-{name}"):
        typed = said
    return Shown(place, name, typed, said)
