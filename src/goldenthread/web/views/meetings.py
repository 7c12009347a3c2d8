"""The meetings of bodies: the list, entering many days at once, cancelling one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.days import day_words
from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.permissions import Permission
from goldenthread.record.services.meetings import cancel_meeting, enter_meetings
from goldenthread.web.forms.dates import CannotRead, typed_days
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.paging import paged
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.people import people_of
from goldenthread.web.views.short_forms import form_page

ON_A_PAGE = 50
MEETINGS: Crumb = ("Meetings", "meetings", {})


@reading_page
def meetings(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every meeting that is entered: those to come first, the soonest at the top, then those that were, the latest
    first.
    """
    held = meetings_of()
    to_come = [each for each in held if each.held_on >= viewing.shown_day]
    past = [each for each in reversed(held) if each.held_on < viewing.shown_day]
    viewing.under(REPORTING)
    context = {
        "shown": paged(request, [*to_come, *past], ON_A_PAGE),
        "to_come": sum(not each.cancelled for each in to_come),
        "may_enter": viewing.viewer.may(Permission.RUN_CYCLE) and not viewing.is_past,
    }
    return page(request, viewing, "meetings", context)


@writing_page
def meetings_enter(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Enter the days on which a body meets, as many as are known."""
    viewing.refuse_without(Permission.RUN_CYCLE)
    bodies = tuple((body.slug, body.name) for body in people_of(viewing).bodies.values())
    fields = (
        Field("body", "Body", FieldKind.CHOICE, choices=bodies),
        Field(
            "days",
            "Days on which it meets",
            FieldKind.LONG,
            "One on each line, such as 12 July 2023. A whole year’s list can be pasted, and pasted again.",
        ),
        Field(
            "title",
            "Name of the meetings, if they have one",
            hint="For example, Annual Council",
            needed=False,
        ),
    )

    def save(form: FieldForm) -> str | None:
        try:
            days = typed_days(form["days"])
        except CannotRead as error:
            form.errors["days"] = str(error)
            return None
        enter_meetings(actor=viewing.viewer.actor, body=form["body"], days=days, title=form["title"])
        return viewing.link("meetings")

    start = {"body": request.GET.get("body", "")}
    about = "" if bodies else "No body is entered yet. Add it first, under People and posts."
    return form_page(
        request,
        viewing,
        "Enter meeting days",
        fields,
        start=start,
        save=save,
        above=(REPORTING, MEETINGS),
        about=about,
    )


@writing_page
def meeting_cancel(request: HttpRequest, viewing: Viewing, meeting: UUID) -> HttpResponse:
    """Say that a meeting is not held, and why."""
    viewing.refuse_without(Permission.RUN_CYCLE)
    found = next((each for each in meetings_of() if each.id == meeting), None)
    if found is None:
        raise Http404(f"There is no meeting {meeting}")

    def save(form: FieldForm) -> str:
        cancel_meeting(actor=viewing.viewer.actor, meeting=meeting, reason=form["reason"])
        return viewing.link("meetings")

    title = f"Cancel {found.name} on {day_words(found.held_on)}"
    return form_page(request, viewing, title, (REASON,), save=save, above=(REPORTING, MEETINGS))
