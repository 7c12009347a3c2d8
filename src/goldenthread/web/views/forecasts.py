"""The forecast of a plan: every open promise, the cumulative curve, and how good such forecasts have been."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.forecasting.curve import curve_of
from goldenthread.forecasting.plan_forecast import ItemForecast
from goldenthread.forecasting.promises import PromiseKind
from goldenthread.forecasting.published_scores import published_scores
from goldenthread.forecasting.track_record import LEAST_FORECASTS
from goldenthread.web.foreseeing import forecast_of, track_record_of
from goldenthread.web.paging import paged
from goldenthread.web.presenting.forecasts import ORDERS, curve_rows, draw_curve, forecast_words, listed
from goldenthread.web.presenting.reliability import (
    KIND_WORDS,
    draw_reliability,
    published_rows,
    reliability_rows,
    score_rows,
)
from goldenthread.web.viewing import Viewing, reading_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 50
ENGAGEMENT = "0"
KINDS = {"action": "Actions", "milestone": "Milestones", "step": "Steps"}


@reading_page
def forecast(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every open promise of a kind with its chance, both days and the reason; and the curve of them all."""
    kind, theme, order = _asked(request, viewing)
    found = forecast_of(viewing)
    items = [
        (key, item)
        for key, item in found.items.items()
        if item.known.promise.kind is kind and (theme is None or str(item.known.promise.theme or 0) == theme)
    ]
    forecast_of_each = [pair for pair in items if not pair[1].silence]
    without = [pair for pair in items if pair[1].silence and pair[1].silence.is_abstention]
    shown = paged(request, listed(forecast_of_each, order), ON_A_PAGE)
    found.explain(key for key, _ in shown.rows)
    curve = curve_of(found, [key for key, _ in items])
    context = {
        "forecast": found,
        "shown": shown,
        "rows": [(viewing.index.by_key[key], forecast_words(item), item) for key, item in shown.rows],
        "without": _reasons(without),
        "closed": len(items) - len(forecast_of_each) - len(without),
        "kind": kind.value,
        "kind_words": KINDS[kind.value],
        "theme": theme or "",
        "order": order,
        "kinds": [{"value": value, "text": text} for value, text in KINDS.items()],
        "themes": _themes(viewing),
        "orders": [{"value": value, "text": text} for value, text in ORDERS.items()],
        "sorted_by": {name: _sorted(request, name) for name in ORDERS},
        "curve": curve,
        "drawn": draw_curve(curve, found.on) if curve else None,
        "curve_rows": curve_rows(curve, found.on) if curve else (),
        "rings": [[viewing.index.by_key[key] for key in ring] for ring in found.cycles],
    }
    return page(request, viewing, "forecast", context)


@reading_page
def forecast_scores(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """What the plan's own forecasts said before and what came of it, beside the back-test of the shipped prior."""
    record, published = track_record_of(viewing), published_scores()
    viewing.under(("Forecast", "forecast", {}))
    context = {
        "record": record,
        "forecast": forecast_of(viewing),
        "scores": score_rows(record),
        "bins": reliability_rows(record.reliability),
        "drawn": draw_reliability(record.reliability),
        "least": LEAST_FORECASTS,
        "published": published,
        "kinds": [
            (
                KIND_WORDS.get(kind.kind, kind.kind),
                kind,
                published_rows(kind),
                draw_reliability(kind.reliability),
                reliability_rows(kind.reliability),
            )
            for kind in published.kinds
        ],
    }
    return page(request, viewing, "forecast_scores", context)


def _asked(request: HttpRequest, viewing: Viewing) -> tuple[PromiseKind, str | None, str]:
    """What the address asks for. Raises Http404 for what there is not."""
    kind, theme = request.GET.get("of") or "action", request.GET.get("theme") or None
    order = request.GET.get("order") or "chance"
    themes = {each["value"] for each in _themes(viewing)}
    if kind not in KINDS or order not in ORDERS or (theme and theme not in themes):
        raise Http404("There is no such list of forecasts")
    return PromiseKind(kind), theme, order


def _themes(viewing: Viewing) -> list[dict[str, str]]:
    themes = [{"value": "", "text": "The whole plan"}]
    themes += [
        {"value": str(each.number), "text": f"{each.number}. {each.name}"} for each in viewing.plan.themes
    ]
    if viewing.plan.engagement_milestones:
        themes.append({"value": ENGAGEMENT, "text": "Communication and engagement"})
    return themes


def _sorted(request: HttpRequest, order: str) -> str:
    """The address of the same list in another order, from its first page."""
    kept = {name: value for name, value in request.GET.dict().items() if name not in {"page", "order"}}
    return f"?{urlencode({**kept, 'order': order})}"


def _reasons(without: list[tuple[str, ItemForecast]]) -> list[tuple[str, int]]:
    """Why there is no forecast, with how many it concerns; the commonest first."""
    counted: dict[str, int] = {}
    for _, item in without:
        if item.silence:
            counted[item.silence.in_words] = counted.get(item.silence.in_words, 0) + 1
    return sorted(counted.items(), key=lambda pair: -pair[1])
