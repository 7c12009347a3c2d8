"""Scores against what can be worked out by hand or in closed form."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from goldenthread.forecasting.backtest import MODEL, scored
from goldenthread.forecasting.baselines import BASELINES, Duration, MedianSlip, SlipDistribution, kaplan_meier
from goldenthread.forecasting.cases import Cases, cases_of
from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.outlook import LEVELS, Outlooks
from goldenthread.forecasting.scores import brier, crps, inside, position, share_at_or_below

ON = date(2022, 1, 1)


def _point(value: float) -> np.ndarray:
    return np.full((1, len(LEVELS)), value)


@pytest.mark.parametrize(("said", "came"), [(30.0, 50.0), (50.0, 30.0), (40.0, 40.0)])
def test_the_crps_of_a_point_is_its_absolute_error(said: float, came: float) -> None:
    assert crps(_point(said), np.array([came])) == pytest.approx([abs(said - came)])


@pytest.mark.parametrize("came", [-40.0, 70.0, 100.0, 131.0, 400.0])
def test_the_crps_of_a_normal_is_its_closed_form(came: float) -> None:
    """Gneiting and Raftery 2007, equation 21."""
    mean, deviation = 100.0, 25.0
    grid = norm.ppf(LEVELS, mean, deviation)[None]
    z = (came - mean) / deviation
    exact = deviation * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))
    assert crps(grid, np.array([came]))[0] == pytest.approx(exact, abs=0.03)


@pytest.mark.parametrize("came", [-5.0, 0.0, 20.0, 60.0, 75.0])
def test_the_crps_of_a_uniform_is_its_closed_form(came: float) -> None:
    """Over 0 to 60 days; Jordan, Krueger and Lerch 2019, appendix A."""
    grid = (60 * LEVELS)[None]
    u = min(max(came / 60, 0.0), 1.0)
    exact = abs(came - 60 * u) + 60 * (u**2 - u + 1 / 3)
    assert crps(grid, np.array([came]))[0] == pytest.approx(exact, abs=0.1)


@settings(max_examples=25)
@given(
    days=st.lists(st.integers(1, 3000), min_size=len(LEVELS), max_size=len(LEVELS)),
    came=st.integers(1, 3000),
)
def test_the_crps_is_the_integral_that_defines_it(days: list[int], came: int) -> None:
    grid = np.sort(np.array(days, dtype=float))[None] + np.arange(len(LEVELS)) * 1e-6
    times = np.arange(0.0, 3200.0, 0.25) + 0.125
    chance = np.interp(times, grid[0], LEVELS, left=0.0, right=1.0)
    exact = float((((chance - (times >= came)) ** 2) * 0.25).sum())
    assert crps(grid, np.array([float(came)]))[0] == pytest.approx(exact, abs=0.5)


def test_brier_is_the_square_of_the_distance() -> None:
    happened = np.array([True, False, True, False])
    assert brier(np.array([1.0, 0.0, 0.2, 0.3]), happened) == pytest.approx([0.0, 0.0, 0.64, 0.09])


def test_the_interval_reaches_from_its_tenth_to_its_ninetieth_percentile_both_ends_included() -> None:
    grid = np.repeat((100 * LEVELS)[None], 5, axis=0)
    assert inside(grid, np.array([9.0, 10.0, 50.0, 90.0, 91.0])).tolist() == [False, True, True, True, False]


def test_positions_of_a_calibrated_forecast_are_even_also_when_many_are_still_open() -> None:
    draw = np.random.Generator(np.random.Philox(7))
    count = 40_000
    lengths, seen = draw.exponential(100, count), draw.exponential(120, count)
    done, days = lengths <= seen, np.minimum(lengths, seen)
    grid = np.repeat((-100 * np.log1p(-LEVELS))[None], count, axis=0)
    where = position(grid, days)
    for level in (0.1, 0.5, 0.9):
        assert share_at_or_below(level, where, done, np.ones(count)) == pytest.approx(level, abs=0.02)
    assert np.mean(where[done] <= 0.5) > 0.6  # leaving open ones out would have flattered


def test_kaplan_and_meier_by_hand() -> None:
    """Ends at 1, 3 and 4; censored at 2 and 4: at risk 5, 3 and 2."""
    ends, lasted = kaplan_meier(
        np.array([1.0, 2.0, 3.0, 4.0, 4.0]), np.array([True, False, True, True, False])
    )
    assert ends.tolist() == [1.0, 3.0, 4.0]
    assert lasted == pytest.approx([4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3 * 1 / 2])


def _past(*slips: int, length: int = 100) -> Cases:
    return cases_of(
        History(
            f"{number}",
            (Stated(ON, ON + timedelta(days=length)),),
            start=ON,
            actual=ON + timedelta(days=length + slip),
        )
        for number, slip in enumerate(slips)
    )


def _asked_late(days_over: int) -> Cases:
    stated = ON - timedelta(days=days_over)
    return cases_of([History("q", (Stated(ON, stated),), start=ON - timedelta(days=60), open_until=ON)])


def test_baselines_expect_nothing_before_tomorrow_of_what_is_overdue() -> None:
    past = _past(-50, -10, 0, 20, 40, 60, 80, 300)
    for name, baseline in BASELINES.items():
        days = baseline(past).outlooks(_asked_late(30).asked).days
        assert days.min() >= 1.0, name
        assert (np.diff(days[0]) >= 0).all(), name


def test_past_slips_that_are_impossible_by_now_are_put_aside() -> None:
    reference = SlipDistribution(_past(-50, -10, 0, 20, 40, 60, 80, 90, 300))
    days = reference.outlooks(_asked_late(30).asked)
    assert days.quantile(0.5)[0] == pytest.approx(50)  # of 10, 30, 50, 60 and 270
    assert MedianSlip(_past(-10, 5, 40)).outlooks(_past(0).asked).days[0, 0] == 105


def test_duration_is_conditional_on_what_it_has_taken_so_far() -> None:
    durations = Duration(_past(0, 100, 200, 300))  # 100, 200, 300 and 400 days in all
    asked = cases_of([History("q", (Stated(ON, ON),), start=ON - timedelta(days=250), open_until=ON)]).asked
    grid = durations.outlooks(asked).days[0]
    assert set(grid.tolist()) == {50.0, 150.0}
    assert np.interp(0.45, LEVELS, grid) == 50.0
    assert np.interp(0.55, LEVELS, grid) == 150.0


def test_open_forecasts_count_for_brier_once_their_horizon_is_past_and_never_for_crps() -> None:
    stated = (Stated(ON, ON + timedelta(days=50)),)
    cases = cases_of(
        [
            History("done", stated, actual=ON + timedelta(days=20)),
            History("open long", stated, open_until=ON + timedelta(days=100)),
            History("open short", stated, open_until=ON + timedelta(days=10)),
        ]
    )
    half = Outlooks(tuple(each.on for each in cases.asked), np.repeat((200 * LEVELS)[None], 3, axis=0))
    result = scored(cases, {MODEL: half, "due date": half})
    assert (result.forecasts, result.finished) == (3, 1)
    assert result.brier_forecasts == {1: 2, 3: 2, 6: 1}
    chance = 30.4375 / 200
    assert result.of(MODEL).brier[1] == pytest.approx(((1 - chance) ** 2 + chance**2) / 2)
    assert result.skill("due date").value == 0.0
