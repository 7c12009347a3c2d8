"""The cumulative curve: counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from support.stand_in_prior import StandIn

from goldenthread.forecasting.curve import curve_of
from goldenthread.forecasting.plan_forecast import PlanForecast, forecast_plan
from goldenthread.forecasting.promises import Told
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status

START, NOW = date(2022, 6, 7), date(2022, 9, 10)


def on(edtf: str) -> PlanDate:
    return PlanDate.from_edtf(edtf, edtf)


@pytest.fixture(scope="module")
def forecast() -> PlanForecast:
    """Five actions: done in July, moved from August to October, due in October, without a date, ongoing."""
    actions = tuple(model.Action(key=key, title=key.upper()) for key in "abcde")
    theme = model.Theme(key="t", number=1, name="T", actions=actions)
    plan = model.Plan(key="p", council=model.Council(name="Northbury"), title="P", themes=(theme,))

    def promised(original: str, approved: str) -> tuple[Told, ...]:
        return Told(Series.ORIGINAL, START, on(original)), Told(Series.APPROVED, START, on(approved))

    told = {
        "a": (*promised("2022-07", "2022-07"), Told(Series.STATUS, date(2022, 7, 20), Status.COMPLETE)),
        "b": promised("2022-08", "2022-10"),
        "c": promised("2022-10", "2022-10"),
        "e": (*promised("2022-10", "2022-10"), Told(Series.STATUS, START, Status.ONGOING)),
    }
    return forecast_plan(plan, told, NOW, StandIn())


def test_counts_by_the_end_of_each_month(forecast: PlanForecast) -> None:
    curve = curve_of(forecast, "abcde")
    assert curve
    assert (curve.total, curve.undated, curve.unforecast) == (5, 1, 2)
    points = {point.on: point for point in curve.points}
    assert [point.on for point in curve.points] == sorted(points)
    july, now, october = points[date(2022, 7, 31)], points[NOW], points[date(2022, 10, 31)]
    assert (july.planned, july.approved, july.done, july.middle) == (1, 1, 1, None)
    assert (now.planned, now.approved, now.done) == (2, 1, 1)
    assert (october.planned, october.approved, october.done) == (4, 4, None)


def test_the_forecast_goes_on_from_what_is_done_and_its_band_rises(forecast: PlanForecast) -> None:
    curve = curve_of(forecast, "abcde")
    assert curve
    ahead = [point for point in curve.points if point.on > NOW]
    for point in ahead:
        assert point.low is not None
        assert point.middle is not None
        assert point.high is not None
        assert 1 <= point.low <= point.middle <= point.high <= 3, "one is done, two are forecast"
    middles = [point.middle for point in ahead]
    assert middles == sorted(middles)  # type: ignore[type-var]
    place = {key: row for row, key in enumerate(forecast.rows)}
    rows = forecast.sample[[place["b"], place["c"]]]
    wanted = np.median((rows <= (ahead[0].on - NOW).days).sum(axis=0))
    assert ahead[0].middle == 1 + round(float(wanted))


def test_nothing_dated_is_nothing_to_draw(forecast: PlanForecast) -> None:
    assert curve_of(forecast, "d") is None
