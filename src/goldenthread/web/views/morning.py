"""The programme office's morning: what happened since yesterday, what surprises, and what the next meeting will ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.assurance.ratings import promises_in
from goldenthread.forecasting.surprise import Surprise, surprises
from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Plan
from goldenthread.record.comments import waiting_on
from goldenthread.record.cycle.meetings import Ahead, ahead, meetings_of
from goldenthread.record.cycle.morning import (
    Earlier,
    changed_between,
    earlier,
    matter_of,
    missing_on,
    new_findings,
    revision_by,
)
from goldenthread.record.findings import FoundAt, findings_at
from goldenthread.record.permissions import Permission
from goldenthread.web.change_access import requests_of
from goldenthread.web.foreseeing import forecast_of
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.judging import judged
from goldenthread.web.paging import paged
from goldenthread.web.presenting.meeting_matter import (
    done_section,
    due_section,
    late_section,
    moved_section,
    ratings_section,
    requests_section,
)
from goldenthread.web.presenting.morning import (
    FIRST,
    Section,
    asking,
    findings_section,
    happened,
    missing_section,
    surprise_section,
)
from goldenthread.web.stories import recent_stories
from goldenthread.web.viewing import Viewing, index_of, reading_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page

ON_A_PAGE = 50


@dataclass
class Asked:
    """What the address asks for: since the end of which day, for the meeting of which body, one section in full."""

    since: date
    typed: str
    error: str
    body: str
    show: str


@reading_page
def morning(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The whole page, or one of its sections in full."""
    viewing.refuse_without(Permission.RUN_CYCLE)
    asked, listed = _asked(request, viewing), ahead(meetings_of(), viewing.shown_day)
    chosen = next((each for each in listed if asked.body in {"", each.sitting.body}), None)
    if asked.body and chosen is None:
        raise Http404(f"No meeting of {asked.body} is to come")
    groups = viewing.index.keep(
        ("morning", viewing.shown_day, viewing.query, asked.since, chosen),
        lambda: _groups(viewing, asked.since, chosen),
    )
    viewing.under(REPORTING)
    kept = {"since": day_words(asked.since), **({"body": asked.body} if asked.body else {})}
    context = {
        "asked": asked,
        "errors": [{"text": asked.error, "href": "#since"}] if asked.error else [],
        "groups": groups,
        "first": FIRST,
        "more": lambda section: asking(viewing.link("morning"), {**kept, "show": section}),
        "whole": asking(viewing.link("morning"), kept),
        "listed": [
            (each, asking(viewing.link("morning"), {**kept, "body": each.sitting.body})) for each in listed
        ],
        "chosen": chosen,
        "in_full": None,
    }
    if asked.show:
        section = next((each for _, told in groups for each in told if each.id == asked.show), None)
        if section is None:
            raise Http404(f"The morning has no part {asked.show}")
        context["in_full"] = section
        context["shown"] = paged(request, section.rows, ON_A_PAGE)
    return page(request, viewing, "morning", context, status=400 if asked.error else 200)


def _asked(request: HttpRequest, viewing: Viewing) -> Asked:
    typed, error = request.GET.get("since", ""), ""
    since = viewing.shown_day - timedelta(days=1)
    if typed:
        try:
            since = typed_day(typed, "the day")
        except CannotRead as wrong:
            error = str(wrong)
        if since > viewing.shown_day:
            error, since = "The day must not be after today", viewing.shown_day
    return Asked(
        since, typed or day_words(since), error, request.GET.get("body", ""), request.GET.get("show", "")
    )


def _groups(viewing: Viewing, since: date, chosen: Ahead | None) -> list[tuple[str, list[Section]]]:
    """The sections under their headings."""
    groups = [(f"Since the end of {day_words(since)}", _since(viewing, since))]
    if chosen:
        groups.append((_meets(chosen, viewing.shown_day), _meeting(viewing, chosen)))
    missing = missing_on(viewing.terms.plan, viewing.viewer.council_id, viewing.shown_day)
    waiting = waiting_on(viewing.viewer.council_id, viewing.slug, viewing.shown_day)
    lacking = missing_section(missing, len(viewing.plan.questions), waiting, viewing.link)
    return [*groups, ("For the next report", [lacking])]


def _since(viewing: Viewing, since: date) -> list[Section]:
    council, link = viewing.viewer.council_id, viewing.link
    after = revision_by(council, since)
    until = viewing.known_at if viewing.known_at is not None else viewing.viewer.head
    if viewing.as_at is not None:
        until = min(until, revision_by(council, viewing.as_at))
    changed = changed_between(council, viewing.terms.plan, after, until)
    stories = [story for story in recent_stories(viewing, FIRST, until + 1) if story.number > after]
    return [
        *happened(changed, stories, max(0, until - after), since=since, until=viewing.shown_day, link=link),
        _new_findings(viewing, _then(viewing, since), f"since the end of {day_words(since)}", "findings"),
        surprise_section(_surprising(viewing), viewing.index, viewing.terms.settings.fresh_days, link),
    ]


def _meeting(viewing: Viewing, chosen: Ahead) -> list[Section]:
    """What this meeting will ask, compared with the plan at the end of the last; with its beginning, where none was."""
    began, today, link = viewing.terms.effective_on, viewing.shown_day, viewing.link
    since = max(chosen.last or began, began)
    words = (
        f"since the meeting of {day_words(since)}"
        if chosen.last and chosen.last >= began
        else "since the plan began"
    )
    then = _then(viewing, since)
    before: Plan = then.plan if then else viewing.plan
    rule = judged(viewing).adopted.rule
    found = matter_of(before, viewing.plan, rule, since=since, today=today, meets_on=chosen.sitting.held_on)
    approver = viewing.terms.settings.approver
    waiting = [
        each
        for each in requests_of(viewing)
        if each.is_open and slug(approver(each.tier)) == chosen.sitting.body
    ]
    return [
        requests_section(waiting, chosen.sitting.name, viewing.index, link),
        late_section(found.late, today, link),
        due_section(found.due, chosen.sitting.held_on, link),
        moved_section(found.slipped, words, link),
        done_section(found.done, words, link),
        ratings_section(found.ratings, viewing.index, link),
        _new_findings(viewing, then, words, "meeting-findings"),
    ]


def _meets(chosen: Ahead, today: date) -> str:
    days = (chosen.sitting.held_on - today).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days:,} days"
    title = f" ({chosen.sitting.title})" if chosen.sitting.title else ""
    return f"What {chosen.sitting.name}{title} will ask on {day_words(chosen.sitting.held_on)}, {when}"


def _then(viewing: Viewing, day: date) -> Earlier | None:
    return earlier(viewing.viewer.council_id, viewing.slug, day, viewing.shown_day, viewing.known_at)


def _new_findings(viewing: Viewing, then: Earlier | None, words: str, id_: str) -> Section:
    now = _found(viewing, viewing.plan, viewing.shown_day, viewing.known_at)
    before = _found(viewing, then.plan, then.state.cut_off, then.state.known_at) if then else None
    new = new_findings(now.open, before.all if before else ())
    gone = new_findings(before.all, now.all) if before else ()
    return findings_section(new, len(gone), viewing.index, words=words, link=viewing.link, id_=id_)


def _found(viewing: Viewing, plan: Plan, day: date, known_at: int | None) -> FoundAt:
    """What the checks find in one state, kept with that state."""
    council, name = viewing.viewer.council_id, viewing.slug
    return index_of(plan).keep(
        ("found", day, known_at), lambda: findings_at(council, name, plan, as_at=day, known_at=known_at)
    )


def _surprising(viewing: Viewing) -> tuple[Surprise, ...]:
    """Ratings that leads gave lately and that do not go with the forecast. What is overdue has no chance left."""
    day, forecast = viewing.shown_day, forecast_of(viewing)
    lately = day - timedelta(days=viewing.terms.settings.fresh_days)
    said = ((promise.item.key, promise.item.report) for promise in promises_in(viewing.plan))
    ratings = {
        key: report.rating for key, report in said if report and report.rating and report.as_at >= lately
    }
    open_ = {key: each for key in ratings if (each := forecast.items.get(key)) and each.silence is None}
    return surprises(ratings, {key: 0.0 if each.is_past_due else each.chance for key, each in open_.items()})
