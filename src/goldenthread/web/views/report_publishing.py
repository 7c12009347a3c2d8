"""The pages on which an officer makes an issued report public, and takes it back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.record.comments import issued_reports
from goldenthread.record.permissions import Permission
from goldenthread.record.public import objections_to, public_reports
from goldenthread.record.services.report_publishing import publish_report, withdraw_report
from goldenthread.reporting.public.reports import PublicReport
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.paging import paged
from goldenthread.web.presenting.report_comments import report_words
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.public import PUBLISHING
from goldenthread.web.views.short_forms import form_page

ON_A_PAGE = 50


@writing_page
def report_publish(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Whether the public sees an issued report, what stands in the way, and the decision."""
    viewing.refuse_without(Permission.PUBLISH)
    words = _words(viewing, number)
    told = _told(viewing, number)
    is_public = bool(told and told.is_public)
    found = () if is_public else objections_to(viewing.viewer.council_id, viewing.slug, number)
    stopped = any(each.certain and not each.person for each in found)
    persons = tuple(dict.fromkeys(each.person for each in found if each.person))

    def save(form: FieldForm) -> str:
        publish_report(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            number=number,
            on=viewing.today,
            reason=form["reason"],
            named=persons,  # the form was not sent unless each of them is meant to be named
        )
        return viewing.link("report-publish", number=number)

    council = viewing.viewer.council
    address = reverse("public", args=[council.slug, viewing.slug]) if council else ""
    return form_page(
        request,
        viewing,
        "Make a report public",
        () if is_public or stopped else (*map(_meant, enumerate(persons)), REASON),
        save=save,
        above=(REPORTING, PUBLISHING),
        template="report_publish",
        report=words,
        number=number,
        told=told,
        stopped=stopped,
        objections=paged(request, found, ON_A_PAGE),
        address=f"{address}reports/{number}/",
    )


@writing_page
def report_unpublish(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Take a report away from the public, and say why."""
    viewing.refuse_without(Permission.PUBLISH)
    words = _words(viewing, number)

    def save(form: FieldForm) -> str:
        withdraw_report(actor=viewing.viewer.actor, plan=viewing.slug, number=number, reason=form["reason"])
        return viewing.link("report-publish", number=number)

    return form_page(
        request,
        viewing,
        "Take a report away from the public",
        (REASON,),
        save=save,
        above=(REPORTING, PUBLISHING),
        about=f"{words}. Its public address will say that it was taken back. The council keeps the report as issued.",
    )


def _meant(numbered: tuple[int, str]) -> Field:
    """That a person whom the report names is meant to be named: the report is published only if all of them are."""
    number, person = numbered
    return Field(
        f"named-{number}", f"{person} is named in this report", FieldKind.CHOICE,
        "If they ought not to be, issue another report without the name.",
        choices=(("meant", f"{person} is meant to be named"),),
    )  # fmt: skip


def _words(viewing: Viewing, number: int) -> str:
    issued = issued_reports(viewing.viewer.council_id, viewing.slug)
    found = next((each for each in issued if each.number == number), None)
    if found is None:
        raise Http404(f"No report {number} has been issued, so it cannot be public")
    return report_words(found)


def _told(viewing: Viewing, number: int) -> PublicReport | None:
    reports = public_reports(viewing.viewer.council_id, viewing.slug)
    return next((each for each in reports if each.number == number), None)
