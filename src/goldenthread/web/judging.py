"""What the judgements on a plan's promises are, for pages: the council's rule, verdicts and the history of dates."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from goldenthread.assurance.trend import Trend, trend_of
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Milestone
from goldenthread.record.cycle.challenging import MadeChallenge, challenges_of
from goldenthread.record.date_histories import date_histories
from goldenthread.record.permissions import Permission
from goldenthread.record.services.rating_rules import rating_rule_at
from goldenthread.web.foreseeing import forecast_of
from goldenthread.web.presenting.forecasts import fan_of, forecast_words
from goldenthread.web.presenting.index import handle
from goldenthread.web.presenting.ratings import Judged
from goldenthread.web.presenting.trends import draw_trends
from goldenthread.web.viewing import Viewing


def judged(viewing: Viewing) -> Judged:
    """The plan's promises beside the rule that counts now, as at the day that the page shows."""
    adopted = rating_rule_at(viewing.viewer.council_id, viewing.viewer.head)
    return Judged(viewing.index, adopted, viewing.shown_day)


def item_judging(viewing: Viewing, item: Action | Milestone) -> dict[str, Any]:
    """What the page of one promise shows of its judgements and of how its date has moved. Two queries,
    and one more when the forecast of this state is first asked for."""
    trend = trends(viewing, [item])[0]
    forecast = forecast_of(viewing)
    foreseen = forecast.items.get(item.key)
    return {
        "forecast": forecast,
        "foreseen": forecast_words(foreseen),
        "fan": fan_of(foreseen),
        "challenges": _challenges(viewing, item),
        "may_challenge": viewing.viewer.may(Permission.CHALLENGE) and not viewing.is_past,
        "may_answer": viewing.viewer.may(Permission.REPORT_PROGRESS) and not viewing.is_past,
        "judged_item": item,
        "trend": trend,
        "explain_href": explain_link(
            viewing, item, trend.readings[0].on if trend.readings else viewing.shown_day
        ),
        "trend_drawn": draw_trends([(item.ref or "", trend)], viewing.shown_day),
    }


def explain_link(viewing: Viewing, item: Action | Milestone, since: date) -> str:
    """The page that explains how one promise moved from a day to the day that is shown."""
    asked = urlencode({"item": handle(item), "from": day_words(since), "to": day_words(viewing.shown_day)})
    address = viewing.link("rating-explain")
    return f"{address}{'&' if '?' in address else '?'}{asked}"


def trends(viewing: Viewing, items: list[Action] | list[Milestone] | list[Action | Milestone]) -> list[Trend]:
    """How the dates of these promises have moved, up to the day and as far as was known on this page. One query."""
    ids = [item.id for item in items if item.id]
    held = date_histories(
        council=viewing.viewer.council_id,
        plan=viewing.plan.id,  # type: ignore[arg-type]  # a plan on the record has one
        items=ids,
        cut_off=viewing.shown_day,
        known_at=viewing.known_at,
    )
    return [trend_of(held.get(item.id, ()) if item.id else ()) for item in items]


def _challenges(viewing: Viewing, item: Action | Milestone) -> tuple[MadeChallenge, ...]:
    if item.id is None or viewing.plan.id is None:
        return ()
    made = challenges_of(council=viewing.viewer.council_id, plan=viewing.plan.id, items=[item.id])
    return tuple(
        each
        for each in made.get(item.id, ())
        if (viewing.known_at is None or each.revision <= viewing.known_at)
        and each.made_on <= viewing.shown_day
    )
