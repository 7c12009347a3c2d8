"""Forecast accuracy: what dates given for promises have proved to be worth, and what leads say of theirs."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.forecasting.optimism import Accuracy, Grouping
from goldenthread.record.accuracy import (
    HEAD_START,
    LEADS_OF_A_GROUP,
    PlanAccuracy,
    accuracy_notes,
    plan_accuracy,
)
from goldenthread.record.cycle.people import People, people_at
from goldenthread.record.permissions import Permission
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.services.accuracy_notes import write_accuracy_note
from goldenthread.web.forms.fields import Field, FieldForm, FieldKind
from goldenthread.web.paging import paged
from goldenthread.web.presenting.accuracy import (
    decision_rows,
    heading_sentence,
    headings,
    kind_rows,
    lead_rows,
    theme_chart,
    theme_rows,
)
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.short_forms import form_page

ON_A_PAGE = 50
ACCURACY: Crumb = ("Forecast accuracy", "accuracy", {})


@reading_page
def accuracy(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The figures by theme, kind of date and members' decisions; a lead's own first, and all leads' for the office."""
    office = viewing.viewer.may(Permission.RUN_CYCLE)
    found = _accuracy(viewing, viewing.shown_day)
    by_theme = _by(viewing, found, Grouping.THEME)
    tables = [
        ("By theme", "Theme", theme_rows(by_theme, viewing.plan, viewing.link)),
        ("By how the date was put", "The date named", kind_rows(_by(viewing, found, Grouping.KIND))),
        (
            "By who has to decide",
            "What it takes",
            decision_rows(_by(viewing, found, Grouping.DECISION)),
        ),
    ]
    own = _own_leads(viewing)
    notes = accuracy_notes(viewing.shown_day, viewing.known_at) if office or own else {}
    earlier = min(viewing.shown_day, viewing.today - HEAD_START)
    viewing.under(REPORTING)
    context = {
        "sentence": heading_sentence(by_theme.council),
        "headings": headings(),
        "chart": theme_chart(by_theme),
        "tables": [table for table in tables if table[2]],
        "own": [
            (slug, row, slug in _people(viewing).posts and not viewing.is_past)
            for slug in sorted(own & found.by_lead.groups.keys())
            for row in lead_rows(found.by_lead, found.lead_names, notes, [slug])
        ],
        "leads": paged(request, _of_leads(viewing, earlier, notes), ON_A_PAGE) if office else None,
        "earlier": earlier,
        "head_start": HEAD_START.days,
    }
    return page(request, viewing, "accuracy", context)


@writing_page
def accuracy_note(request: HttpRequest, viewing: Viewing, post: str) -> HttpResponse:
    """Say what explains the figures of a post: for whoever reports for it, and nobody else."""
    found = _people(viewing).post(post)
    if found is None:
        raise Http404(f"There is no post {post}")
    if found.slug not in _own_leads(viewing):
        raise PermissionDenied("Only whoever holds the post may write about its figures.")
    held = accuracy_notes(viewing.today).get(found.slug)
    fields = (
        Field("text", "What explains the figures", FieldKind.LONG, "The programme office will see this."),
    )

    def save(form: FieldForm) -> str:
        write_accuracy_note(
            actor=viewing.viewer.actor, post=found.slug, text=form["text"], written_on=viewing.today
        )
        return viewing.link("accuracy")

    return form_page(
        request,
        viewing,
        f"Forecast accuracy: {found.name}",
        fields,
        start={"text": held.text if held else ""},
        save=save,
        above=(REPORTING, ACCURACY),
        about="Your words stand beside the figures for you and the programme office, until you write others.",
    )


def _accuracy(viewing: Viewing, day: date) -> PlanAccuracy:
    """The plan's histories up to a day, kept with the state of the plan that is shown."""
    return viewing.index.keep(
        ("accuracy", day, viewing.known_at),
        lambda: plan_accuracy(
            council=viewing.viewer.council_id,
            plan=viewing.plan,
            people=_people(viewing),
            cut_off=day,
            known_at=viewing.known_at,
        ),
    )


def _people(viewing: Viewing) -> People:
    """Who is who today, whichever day the page shows: it is today's posts that may see and write."""
    return viewing.index.keep(
        ("people", viewing.today), lambda: people_at(viewing.viewer.council_id, viewing.today)
    )


def _by(viewing: Viewing, found: PlanAccuracy, grouping: Grouping) -> Accuracy:
    """The figures of groups. One lead's alone is not among them for the programme office either: leads come first."""
    key = ("accuracy", found.on, viewing.known_at, grouping)
    return viewing.index.keep(key, lambda: found.by(grouping, fewest_leads=LEADS_OF_A_GROUP))


def _own_leads(viewing: Viewing) -> frozenset[str]:
    """The leads for whom the viewer reports today, of whichever role; the programme office reports for none of them."""
    return lead_slugs(viewing.viewer.actor, viewing.today) or frozenset()


def _of_leads(viewing: Viewing, day: date, notes: dict) -> tuple:
    earlier = _accuracy(viewing, day)
    return lead_rows(earlier.by_lead, earlier.lead_names, notes)
