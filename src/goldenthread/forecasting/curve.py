"""How many promises of a plan are done by the end of each month: as planned, as approved now, in fact, as forecast.

A cumulative curve of planned against actual is the schedule measure of a programme without budgets; the forecast goes
on from the actual. Its band comes from draws of all promises together, since they go well or badly together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from goldenthread.forecasting.plan_forecast import ItemForecast, PlanForecast
from goldenthread.forecasting.promises import Silence
from goldenthread.plan.dates import PlanDate, month_end

MOST_MONTHS = 60
"""The curve ends after so many months, whatever is promised for later."""


@dataclass(frozen=True, slots=True)
class Point:
    """Counts by the end of a day. `done` is None for days that have not come; the forecast is None for days that have.

    Of the forecast, `low` and `high` hold the number that is done with probability 0.8, `middle` its median.
    """

    on: date
    planned: int
    approved: int
    done: int | None = None
    low: int | None = None
    middle: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Curve:
    """The points, month by month, with the day of the forecast among them.

    `total` is how many promises are counted; `undated` of them were never promised for a date, and of `unforecast` that
    are open nothing is forecast: they are in the total and in no line.
    """

    points: tuple[Point, ...]
    total: int
    undated: int
    unforecast: int


def curve_of(forecast: PlanForecast, keys: Collection[str]) -> Curve | None:
    """The curve of these promises of a plan; None where none of them has a date."""
    items = [forecast.items[key] for key in keys]
    planned = _last_days(item.known.original for item in items)
    approved = _last_days(item.known.approved for item in items)
    done = [item.known.done_on or forecast.on for item in items if item.silence is Silence.DONE]
    place = {key: row for row, key in enumerate(forecast.rows)}
    drawn = forecast.sample[[place[key] for key in keys if key in place]]
    if not (planned or approved or done):
        return None
    last = max([forecast.on, *planned, *approved, *_ends(items)])
    points = []
    for day in _days(min([forecast.on, *planned, *approved, *done]), forecast.on, last):
        point = Point(day, _by(planned, day), _by(approved, day))
        if day <= forecast.on:
            points.append(Point(day, point.planned, point.approved, done=_by(done, day)))
        else:
            more = (drawn <= (day - forecast.on).days).sum(axis=0) if len(drawn) else np.zeros(1)
            low, middle, high = (len(done) + round(float(q)) for q in np.quantile(more, [0.1, 0.5, 0.9]))
            points.append(Point(day, point.planned, point.approved, None, low, middle, high))
    return Curve(
        points=tuple(points),
        total=len(items),
        undated=sum(item.known.original is None for item in items),
        unforecast=sum(item.silence is not None and item.silence.is_abstention for item in items),
    )


def _last_days(dates: Iterable[PlanDate | None]) -> list[date]:
    return sorted(each.latest for each in dates if each and each.has_last_day)


def _ends(items: Iterable[ItemForecast]) -> Iterator[date]:
    return (item.p80 for item in items if item.p80)


def _by(days: Iterable[date], day: date) -> int:
    return sum(each <= day for each in days)


def _days(first: date, on: date, last: date) -> Iterator[date]:
    """The last day of each month from the first to the last, and the day of the forecast."""
    month, days = month_end(first.year, first.month), {on}
    while month <= last + timedelta(days=31) and len(days) <= MOST_MONTHS:
        days.add(month)
        following = month + timedelta(days=1)
        month = month_end(following.year, following.month)
    yield from sorted(days)
