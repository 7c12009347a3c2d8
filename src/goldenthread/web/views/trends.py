"""Milestone trends: how the dates of a theme's milestones, or of its actions, have moved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.plan.model import Action, Milestone
from goldenthread.web.judging import explain_link
from goldenthread.web.judging import trends as trends_of
from goldenthread.web.paging import paged
from goldenthread.web.presenting.trends import draw_trends
from goldenthread.web.viewing import Viewing, reading_page
from goldenthread.web.views.pages import page

ON_A_CHART = 15
"""More lines than fifteen cannot be told apart on one chart."""
ENGAGEMENT = 0


@reading_page
def trends(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """One theme's milestones or actions on one chart, fifteen at a time, with the table beside it."""
    themes = {theme.number: theme.name for theme in viewing.plan.themes}
    if viewing.plan.engagement_milestones:
        themes[ENGAGEMENT] = "Communication and engagement"
    number, kind = _asked(request, themes), request.GET.get("of", "milestones")
    if kind not in {"milestones", "actions"}:
        raise Http404(f"There is no chart of {kind}")
    shown = paged(request, _items(viewing, number, kind), ON_A_CHART)
    found = trends_of(viewing, list(shown.rows))
    rows = list(zip(shown.rows, found, strict=True))
    context = {
        "number": number,
        "theme_name": themes.get(number, ""),
        "kind": kind,
        "themes": [
            {"value": str(each), "text": f"{each}. {name}" if each else name} for each, name in themes.items()
        ],
        "rows": rows,
        "explain_hrefs": [
            explain_link(viewing, item, trend.readings[0].on if trend.readings else viewing.shown_day)
            for item, trend in rows
        ],
        "shown": shown,
        "chart": draw_trends([(item.ref or "?", trend) for item, trend in rows], viewing.shown_day),
        "sliding": [(item, trend.slide) for item, trend in rows if trend.slide],
    }
    viewing.under(("Milestones", "milestones", {}))
    return page(request, viewing, "trends", context)


def _asked(request: HttpRequest, themes: dict[int, str]) -> int:
    typed = request.GET.get("theme")
    if typed is None:
        return next(iter(themes), ENGAGEMENT)
    numbers = {str(number): number for number in themes}
    if typed not in numbers:
        raise Http404(f"There is no theme {typed}")
    return numbers[typed]


def _items(viewing: Viewing, number: int, kind: str) -> list[Action | Milestone]:
    if kind == "actions":
        return [placed.action for placed in viewing.index.actions if placed.theme.number == number]
    return [
        placed.milestone
        for placed in viewing.index.milestones
        if (placed.theme.number if placed.theme else ENGAGEMENT) == number
    ]
