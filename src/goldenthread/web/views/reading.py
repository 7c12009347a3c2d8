"""The plan from top to bottom: first page, themes, workstreams, actions, milestones."""

from __future__ import annotations

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.plan.model import Action
from goldenthread.record.permissions import Permission
from goldenthread.web import record_access
from goldenthread.web.change_access import changes_on
from goldenthread.web.contradiction_access import contradictions_on
from goldenthread.web.evidence_access import evidence_on
from goldenthread.web.finding_access import findings_on
from goldenthread.web.judging import item_judging
from goldenthread.web.messages import message
from goldenthread.web.paging import paged
from goldenthread.web.presenting.index import PlacedAction, PlacedMilestone, handle, title_words
from goldenthread.web.presenting.summary import milestones_sentence, summarise
from goldenthread.web.sources import source_of
from goldenthread.web.stories import item_story, recent_stories
from goldenthread.web.viewing import Crumb, Viewing, reading_page, viewer_for
from goldenthread.web.views.pages import page

RECENT = 5
MILESTONES_ON_A_PAGE = 250
"""More than the plan of one council has: only a plan for many places has several pages."""


def start(request: HttpRequest) -> HttpResponse:
    """The way in: the council's plan, if it has one and no more."""
    viewer = viewer_for(request)
    if viewer is None:
        said = "No council has added you yet. Ask your programme office to."
        return message(request, "You cannot see a plan yet", said, status=403)
    if not viewer.may(Permission.READ):
        raise PermissionDenied
    plans = record_access.plans_of(viewer)
    if len(plans) != 1:
        return render(request, "pages/start.html", {"plans": plans}, using="jinja")
    return redirect("home", slug=plans[0].slug)


@reading_page
def home(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """What the plan is, where it stands, what changed, what is open."""
    summary = summarise(viewing.index, viewing.shown_day)
    recent = recent_stories(viewing, RECENT)
    runs = viewing.viewer.may(Permission.RUN_CYCLE)
    return page(request, viewing, "home", {"summary": summary, "recent": recent, "runs": runs})


@reading_page
def plan(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The whole plan: themes with their workstreams, narrative, risks."""
    return page(request, viewing, "plan", {})


@reading_page
def theme(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """One theme, with its actions by workstream."""
    found = viewing.index.theme(number)
    if found is None:
        raise Http404(f"There is no theme {number}")
    streams = [(stream, viewing.index.in_workstream(found, stream.key)) for stream in found.workstreams]
    if loose := viewing.index.in_workstream(found, None):
        streams.append((None, loose))  # type: ignore[arg-type]
    milestones = [placed for placed in viewing.index.milestones if placed.theme is found]
    viewing.under(("The plan", "plan", {}))
    return page(request, viewing, "theme", {"theme": found, "streams": streams, "milestones": milestones})


@reading_page
def workstream(request: HttpRequest, viewing: Viewing, number: int, key: str) -> HttpResponse:
    """One workstream with its actions."""
    found = viewing.index.theme(number)
    stream = found.workstream(key) if found else None
    if found is None or stream is None:
        raise Http404(f"There is no workstream {key} in theme {number}")
    viewing.under(("The plan", "plan", {}), (found.name, "theme", {"number": number}))
    actions = viewing.index.in_workstream(found, key)
    return page(request, viewing, "workstream", {"theme": found, "stream": stream, "actions": actions})


@reading_page
def action(request: HttpRequest, viewing: Viewing, handle: str) -> HttpResponse:
    """One action or step: its thread, dates, steps, history and source."""
    placed = viewing.index.by_handle.get(handle)
    if not isinstance(placed, PlacedAction):
        raise Http404(f"There is no action {handle}")
    found = placed.action
    cited = found.references or next((p.references for p in reversed(placed.parents) if p.references), ())
    viewing.under(*_above(placed))
    return page(
        request,
        viewing,
        "action",
        {
            "placed": placed,
            "action": found,
            "cited": cited,
            "steps": list(_flattened(found)),
            "collective": [lead for lead in found.leads if lead in viewing.index.collective],
            **changes_on(viewing, found),
            "questions": viewing.index.questions_on.get(found.key, ()),
            "history": item_story(viewing, found),
            "source": source_of(viewing, found.anchors),
            **item_judging(viewing, found),
            **evidence_on(viewing, found),
            **findings_on(viewing, found),
            **contradictions_on(viewing, found),
        },
    )


@reading_page
def milestones(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The milestones under their themes, with all four dates; a page of them at a time, where a plan has very many."""
    shown = paged(request, viewing.index.milestones, MILESTONES_ON_A_PAGE)
    groups = [(name, list(found)) for name, found in groupby(shown.rows, _group)]
    asked = sum(p.milestone.key in viewing.index.questions_on for p in viewing.index.milestones)
    asked_summary = (
        f"{asked} of them {'has' if asked == 1 else 'have'} an open question, marked below."
        if asked
        else None
    )
    context = {
        "groups": groups,
        "shown": shown,
        "summary": milestones_sentence(viewing.index, viewing.shown_day),
        "asked_summary": asked_summary,
    }
    return page(request, viewing, "milestones", context)


def _group(placed: PlacedMilestone) -> str:
    return f"{placed.theme.number}. {placed.theme.name}" if placed.theme else "Communication and engagement"


@reading_page
def milestone(request: HttpRequest, viewing: Viewing, handle: str) -> HttpResponse:
    """One milestone: its dates, history and source."""
    placed = viewing.index.by_handle.get(handle)
    if not isinstance(placed, PlacedMilestone):
        raise Http404(f"There is no milestone {handle}")
    found = placed.milestone
    viewing.under(("Milestones", "milestones", {}))
    context = {
        "placed": placed,
        "milestone": found,
        **changes_on(viewing, found),
        "questions": viewing.index.questions_on.get(found.key, ()),
        "history": item_story(viewing, found),
        "source": source_of(viewing, found.anchors),
        **item_judging(viewing, found),
        **evidence_on(viewing, found),
        **findings_on(viewing, found),
        **contradictions_on(viewing, found),
    }
    return page(request, viewing, "milestone", context)


def _above(placed: PlacedAction) -> list[Crumb]:
    theme, stream = placed.theme, placed.workstream
    steps: list[Crumb] = [(theme.name, "theme", {"number": theme.number})]
    if stream:
        steps.append((stream.name, "workstream", {"number": theme.number, "key": stream.key}))
    parents = (parent for parent in placed.parents if not parent.heading)
    return [*steps, *((title_words(parent), "action", {"handle": handle(parent)}) for parent in parents)]


def _flattened(action: Action, depth: int = 0) -> list[tuple[int, Action]]:
    return [pair for step in action.steps for pair in ((depth, step), *_flattened(step, depth + 1))]
