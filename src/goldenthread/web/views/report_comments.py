"""What bodies say of issued reports: the list, entering it, answering it, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.days import day_words
from goldenthread.record.comments import Commented, HeldComment, comment_of, comments_of, issued_reports
from goldenthread.record.cycle.meetings import Sitting, meetings_of
from goldenthread.record.permissions import Permission
from goldenthread.record.services.report_comments import answer_comment, record_comment, withdraw_comment
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.paging import paged
from goldenthread.web.presenting.report_comments import comment_rows, report_words, summary
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.people import people_of
from goldenthread.web.views.short_forms import form_page, seen_in

ON_A_PAGE = 50
NEWEST = 12
"""How many issued reports the list offers to comment on."""
COMMENTS: Crumb = ("Comments of bodies", "report-comments", {})
RECOMMENDS = "recommends"
KINDS = (("comment", "A comment"), (RECOMMENDS, "A recommendation to the executive"))


@reading_page
def comments(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every comment on an issued report: those that wait for a response first."""
    council = viewing.viewer.council_id
    held = viewing.index.keep(("comments", viewing.viewer.head), lambda: comments_of(council, viewing.slug))
    rows = comment_rows(held, viewing.shown_day)
    may_enter = viewing.viewer.may(Permission.PREPARE_REPORTS) and not viewing.is_past
    issued = issued_reports(council, viewing.slug) if may_enter else ()
    viewing.under(REPORTING)
    context = {
        "summary": summary(rows),
        "shown": paged(request, rows, ON_A_PAGE),
        "may_enter": may_enter,
        "issued": [(report_words(each), each.number) for each in issued[:NEWEST]],
    }
    return page(request, viewing, "report_comments", context)


@writing_page
def comment_enter(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Enter what a body said of an issued report at one of its meetings."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    report = _issued(viewing, number)
    sittings = _since(report.cut_off, meetings_of(), viewing.today)
    fields = (
        Field("meeting", "Meeting", FieldKind.CHOICE, choices=tuple(sittings)),
        Field("text", "What the body said", FieldKind.LONG, "In its own words, as the minutes have them."),
        Field(
            "kind", "What it is", FieldKind.CHOICE, "A recommendation has to be answered within two months.",
            choices=KINDS,
        ),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        body, _, day = form["meeting"].partition(":")
        record_comment(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            number=number,
            body=body,
            met_on=date.fromisoformat(day),
            text=form["text"],
            is_recommendation=form["kind"] == RECOMMENDS,
            on=viewing.today,
        )
        return viewing.link("report-comments")

    return form_page(
        request,
        viewing,
        "Enter what a body said",
        fields,
        start={"kind": KINDS[0][0]},
        save=save,
        above=(REPORTING, COMMENTS),
        about=f"{report_words(report)}. The next report to Cabinet carries it, with the response.",
        template="report_comment_enter",
        meetings_from=day_words(report.cut_off),
    )


@writing_page
def comment_answer(request: HttpRequest, viewing: Viewing, comment: UUID) -> HttpResponse:
    """Record the response to a comment, or other words in its place."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    held, revision = _found(viewing, comment)
    posts = [post.name for post in people_of(viewing).posts.values()]
    bodies = [body.name for body in people_of(viewing).bodies.values()]
    who = tuple((name, name) for name in dict.fromkeys([*posts, *bodies, *filter(None, [held.responded_by])]))
    fields = (
        Field("response", "Response", FieldKind.LONG, "The next report to Cabinet prints these words."),
        Field("by", "Who responds", FieldKind.CHOICE, "The post or body that answers for it", choices=who),
        Field("on", "On which day", FieldKind.DAY, "For example, 14 November 2022"),
    )
    start = {
        "response": held.response,
        "by": held.responded_by,
        "on": day_words(held.responded_on or viewing.today),
    }

    def save(form: FieldForm) -> str:
        answer_comment(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            comment=comment,
            response=form["response"],
            responded_by=form["by"],
            responded_on=form.days["on"],
            seen=seen_in(request) or 0,
            on=viewing.today,
        )
        return viewing.link("report-comments")

    return form_page(
        request,
        viewing,
        f"Respond to {held.body_name}",
        fields,
        start=start,
        save=save,
        above=(REPORTING, COMMENTS),
        template="report_comment_answer",
        seen=revision,
        row=comment_rows([held], viewing.today)[0],
    )


@writing_page
def comment_withdraw(request: HttpRequest, viewing: Viewing, comment: UUID) -> HttpResponse:
    """Take a comment back, and say why."""
    viewing.refuse_without(Permission.PREPARE_REPORTS)
    held, _ = _found(viewing, comment)

    def save(form: FieldForm) -> str:
        withdraw_comment(
            actor=viewing.viewer.actor, plan=viewing.slug, comment=comment, reason=form["reason"]
        )
        return viewing.link("report-comments")

    return form_page(
        request,
        viewing,
        f"Take back what {held.body_name} said on {day_words(held.met_on)}",
        (REASON,),
        save=save,
        above=(REPORTING, COMMENTS),
        about="It stays in the list with your reason. No report carries it any more.",
    )


def _issued(viewing: Viewing, number: int) -> Commented:
    found = issued_reports(viewing.viewer.council_id, viewing.slug)
    report = next((each for each in found if each.number == number), None)
    if report is None:
        raise Http404(f"No report {number} has been issued, so no body can have commented on it")
    return report


def _found(viewing: Viewing, comment: UUID) -> tuple[HeldComment, int]:
    found = comment_of(viewing.viewer.council_id, viewing.slug, comment)
    if found is None:
        raise Http404(f"There is no comment {comment}")
    return found


def _since(cut_off: date, sittings: Iterable[Sitting], today: date) -> list[tuple[str, str]]:
    """The meetings that were held from a cut-off to today, the latest first, as choices."""
    held = [each for each in sittings if cut_off <= each.held_on <= today and not each.cancelled]
    return [
        (f"{each.body}:{each.held_on.isoformat()}", f"{each.name}, {day_words(each.held_on)}")
        for each in reversed(held)
    ]
