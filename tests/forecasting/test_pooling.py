"""Partial pooling: without outcomes the prior, with many the council's own behaviour, in between something between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from support.stand_in_prior import StandIn

from goldenthread.forecasting.outlook import LEVELS, Asked
from goldenthread.forecasting.pooling import (
    EFFECT_SPREAD,
    ORIGINS_EACH,
    PLAN,
    PLAN_SPREAD,
    Effect,
    Pooled,
    effects_of,
    fit_effects,
    past_forecasts,
    pool,
)
from goldenthread.forecasting.promises import Promise, PromiseKind, Told
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status

START, UNTIL = date(2022, 1, 1), date(2023, 6, 30)


def promised(key: str, *, late: int | None, theme: int = 1, reports: int = 1) -> Promise:
    """A promise for 1 July 2022, reported on monthly, and done so many days late (None: still open at the end)."""
    due = PlanDate.on(date(2022, 7, 1))
    told = [Told(Series.ORIGINAL, START, due), Told(Series.APPROVED, START, due)]
    told += [Told(Series.REPORT, START + timedelta(days=30 * n)) for n in range(1, reports)]
    if late is None:
        told.append(Told(Series.REPORT, UNTIL))
    else:
        told.append(Told(Series.STATUS, due.latest + timedelta(days=late), Status.COMPLETE))
    return Promise(key, PromiseKind.ACTION, theme=theme, told=tuple(told))


def drawn(count: int, shift: float, theme: int = 1, name: str = "p") -> list[Promise]:
    """Promises whose outcomes lie evenly in the prior's own distribution, shifted by so many probits."""
    levels = np.clip((np.arange(count) + 0.5) / count, 0.01, 0.99)
    prior = StandIn().outlooks([asked()]).days[0]
    days = np.interp(ndtr(ndtri(levels) + shift), LEVELS, prior)
    return [
        promised(f"{name}{n}", late=round(float(day)) - (date(2022, 7, 1) - START).days, theme=theme)
        for n, day in enumerate(days)
    ]


def asked() -> Asked:
    known = promised("x", late=0).known_on(START)
    assert known.history
    return Asked(known.history, START)


def test_without_any_past_the_prior_comes_out_unchanged() -> None:
    prior = StandIn().outlooks([asked()])
    for pooled in (pool(StandIn(), [], UNTIL), pool(StandIn(), [promised("a", late=3)], START)):
        assert pooled.outcomes == 0
        assert pooled.applied(prior, np.array([pooled.shift([PLAN])])).days is prior.days


def test_a_council_that_keeps_to_the_prior_leaves_it_almost_as_it_is() -> None:
    pooled = pool(StandIn(), drawn(60, 0.0), UNTIL)
    assert pooled.outcomes == 60
    assert pooled.effects[PLAN] == pytest.approx(0.0, abs=0.05)
    assert pooled.scale == pytest.approx(1.0, abs=0.08)


def test_the_more_the_council_has_done_the_more_it_counts() -> None:
    shifts = [pool(StandIn(), drawn(count, 1.0), UNTIL).shift([PLAN]) for count in (1, 5, 20, 200)]
    assert shifts == sorted(shifts)
    assert 0 < shifts[0] < 0.5
    whole = pool(StandIn(), drawn(200, 1.0), UNTIL)
    known = promised("new", late=0).known_on(START)
    assert whole.shift(effects_of(known)) == pytest.approx(1.0, abs=0.1), "its own behaviour wins"


def test_a_theme_that_runs_late_is_told_from_one_that_does_not() -> None:
    pooled = pool(StandIn(), [*drawn(40, 1.0, 1, "late"), *drawn(40, -0.2, 2, "good")], UNTIL)
    assert pooled.effects[Effect("theme", 1)] > 0.2
    assert pooled.effects[Effect("theme", 2)] < -0.2


def test_what_all_have_in_common_is_the_plans_own() -> None:
    alone = pool(StandIn(), drawn(40, 1.0), UNTIL)
    assert alone.effects.keys() == {PLAN}
    assert {
        effect.of for effect in pool(StandIn(), [*drawn(9, 1.0), *drawn(9, 1.0, 2, "q")], UNTIL).effects
    } == {
        "plan",
        "theme",
    }


def test_what_is_still_open_counts_and_is_not_dropped() -> None:
    done = drawn(20, 0.0)
    open_ = [promised(f"open{n}", late=None) for n in range(20)]
    alone, together = pool(StandIn(), done, UNTIL), pool(StandIn(), [*done, *open_], UNTIL)
    assert together.outcomes == 20
    assert together.open == 20
    assert together.effects[PLAN] > alone.effects[PLAN] + 0.2


def test_nothing_that_came_after_the_day_has_a_say() -> None:
    day = date(2022, 7, 20)
    found = drawn(40, 1.0)
    cut = [replace(each, told=tuple(told for told in each.told if told.on <= day)) for each in found]
    assert pool(StandIn(), found, day) == pool(StandIn(), cut, day)
    cases = past_forecasts(found, day)
    assert all(case.days > 0 for case in cases)
    assert all(
        told.on <= case.known.on for case in cases if case.known.history for told in case.known.history.stated
    )


def test_one_promise_forecast_often_weighs_as_one() -> None:
    once = pool(StandIn(), [promised("a", late=120)], UNTIL)
    often = pool(StandIn(), [promised("a", late=120, reports=6)], UNTIL)
    assert len(past_forecasts([promised("a", late=120, reports=12)], UNTIL)) == ORIGINS_EACH
    assert often.effects[PLAN] == pytest.approx(once.effects[PLAN], rel=0.5)
    assert often.outcomes == once.outcomes == 1
    assert once.slips == (120,)


def test_one_outcome_moves_the_plan_as_the_normal_formula_says() -> None:
    """One outcome z under a normal effect of variance τ² and unit noise: the mode is z τ² / (τ² + 1)."""
    effects, _ = fit_effects(
        np.ones((1, 1)), np.array([1.0]), np.array([False]), np.ones(1), np.array([PLAN_SPREAD])
    )
    assert effects[0] == pytest.approx(PLAN_SPREAD**2 / (PLAN_SPREAD**2 + 1), rel=0.03), (
        "the scale moves a little too"
    )


def test_thirty_outcomes_keep_three_quarters_of_an_effect() -> None:
    noise = ndtri((np.arange(30) + 0.5) / 30)
    effects, _ = fit_effects(
        np.ones((30, 1)), 0.5 + noise, np.zeros(30, dtype=bool), np.ones(30), np.array([EFFECT_SPREAD])
    )
    assert effects[0] / 0.5 == pytest.approx(30 * EFFECT_SPREAD**2 / (30 * EFFECT_SPREAD**2 + 1), abs=0.02)


def test_outlooks_that_were_pooled_still_rise_and_shift_the_right_way() -> None:
    prior = StandIn().outlooks([asked()] * 2)
    shifted = Pooled({PLAN: 0.7}, 0.9).applied(prior, np.array([0.7, -0.7]))
    assert (np.diff(shifted.days, axis=1) >= 0).all()
    later, sooner = shifted.quantile(0.5)
    assert sooner < prior.quantile(0.5)[0] < later
