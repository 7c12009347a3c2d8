"""Forecasts of a plan on the record, as at any day and as known at any revision: one query, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.forecasting.evening import shipped
from goldenthread.forecasting.plan_forecast import PlanForecast, forecast_plan
from goldenthread.forecasting.promises import Told
from goldenthread.forecasting.track_record import TrackRecord, track_record
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Rating
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.status import Status
from goldenthread.record.scope import council_scope

_SERIES = [
    Series.STATUS, Series.START, Series.ORIGINAL, Series.APPROVED, Series.FORECAST, Series.ACTUAL, Series.REPORT,
]  # fmt: skip
_TOLD = """
SELECT f.item_id, f.series, f.effective_on,
       CASE WHEN f.series = 'report' THEN f.value->'rating' ELSE f.value END::text
FROM dated_fact f
WHERE f.plan_id = %(plan)s AND f.series = ANY (%(series)s) AND f.effective_on <= %(cut_off)s
  AND (%(known_at)s::bigint IS NULL OR f.changeset IN (
      SELECT changeset FROM revision WHERE council_id = current_council() AND number <= %(known_at)s))
ORDER BY f.item_id, f.effective_on, f.entry
"""


def forecasts(*, council: UUID, plan: Plan, cut_off: date, known_at: int | None = None) -> PlanForecast:
    """The forecast of a plan as at the end of a day, from what was known at a revision.

    Args:
        council: Whose plan it is.
        plan: Its snapshot at the same cut-off and revision.
        cut_off: The day of the forecast.
        known_at: The number of a sealed revision; None for everything that is known now.
    """
    told = told_of(council=council, plan=plan, cut_off=cut_off, known_at=known_at)
    return forecast_plan(plan, told, cut_off, shipped())


def track_record_at(*, council: UUID, plan: Plan, cut_off: date, known_at: int | None = None) -> TrackRecord:
    """What came of the forecasts of a plan, remade from what was known then. Arguments as for `forecasts`."""
    told = told_of(council=council, plan=plan, cut_off=cut_off, known_at=known_at)
    return track_record(plan, told, cut_off, shipped())


def told_of(
    *, council: UUID, plan: Plan, cut_off: date, known_at: int | None = None
) -> dict[str, tuple[Told, ...]]:
    """What was told of each promise of a plan up to the end of a day, as known at a revision, by key. One query."""
    keys = {item.id: item.key for item in _promises(plan)}
    found: dict[str, list[Told]] = defaultdict(list)
    asked = {"plan": plan.id, "series": _SERIES, "cut_off": cut_off, "known_at": known_at}
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_TOLD, asked)
        for item, series, effective_on, text in cursor.fetchall():
            if key := keys.get(item):
                found[key].append(Told(Series(series), effective_on, _value(series, text)))
    return {key: tuple(told) for key, told in found.items()}


def _promises(plan: Plan) -> Iterator[Action | Milestone]:
    for action in plan.actions():
        yield from action.walk()
    yield from plan.milestones()


@lru_cache(maxsize=4096)
def _value(series: str, text: str | None) -> PlanDate | Status | Rating | None:
    """A fact's value; the same dates are told of many promises, and checking one takes long."""
    content = from_json(text) if text is not None else None
    if content is None:
        return None
    if series == Series.REPORT:
        return Rating(content)
    return Status(content) if series == Series.STATUS else PlanDate.model_validate(content)
