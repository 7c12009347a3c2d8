"""Steps and dependencies: small cases whose answers are known, and what must hold for any."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from goldenthread.forecasting.network import DRAWS, carry_through
from goldenthread.forecasting.outlook import LEVELS, Outlooks

ON = date(2022, 6, 7)


def normal(*middles: float, spread: float = 10.0) -> Outlooks:
    """Outlooks that are normal around so many days."""
    return Outlooks((ON,) * len(middles), np.array([m + spread * ndtri(LEVELS) for m in middles]))


def test_what_waits_for_nothing_keeps_its_own_outlook_to_the_digit() -> None:
    given = normal(100, 200)
    carried = carry_through("ab", given, {}, seed="plan")
    assert np.array_equal(carried.outlooks.days, given.days)
    assert carried.waiting == {}


def test_nothing_is_done_before_what_it_waits_for() -> None:
    carried = carry_through("abc", normal(50, 300, 400), {"a": ["b"], "b": ["c"]}, seed="plan")
    a, b, c = carried.outlooks.quantile(0.5)
    assert a == pytest.approx(400, abs=1)
    assert b == pytest.approx(400, abs=1)
    assert c == 400
    assert (carried.sample[0] >= carried.sample[1]).all()
    assert (carried.sample[1] >= carried.sample[2]).all()
    assert carried.waiting["a"].key == "b"
    assert carried.waiting["a"].share == pytest.approx(1.0)


def test_the_later_of_two_independent_ones_is_as_the_formula_says() -> None:
    """P(max ≤ t) = Φ(t)²: the median of the later of two is where Φ is the root of a half."""
    carried = carry_through("ab", normal(100, 100), {"a": ["b"]}, seed="plan", correlation=0.0)
    wanted = 100 + 10 * ndtri(np.sqrt(0.5))
    assert carried.outlooks.quantile(0.5)[0] == pytest.approx(wanted, abs=0.3)
    assert carried.waiting["a"].share == pytest.approx(0.5, abs=0.02)


def test_the_later_of_two_that_share_their_luck_is_as_the_formula_says() -> None:
    """For two standard normals with correlation r, E max = √((1 − r) / π)."""
    for r in (0.3, 0.5, 0.8):
        carried = carry_through("ab", normal(100, 100), {"a": ["b"]}, seed="plan", correlation=r)
        mean = np.trapezoid(carried.outlooks.days[0], LEVELS) / (LEVELS[-1] - LEVELS[0])
        assert mean == pytest.approx(100 + 10 * np.sqrt((1 - r) / np.pi), abs=0.35), r


def test_an_action_and_its_steps_share_more_of_their_luck() -> None:
    families = {"a": "a", "b": "a", "c": "c"}
    carried = carry_through("abc", normal(1000, 1000, 1000, spread=100), {}, seed="plan", families=families)
    together = np.corrcoef(carried.sample)
    assert together[0, 1] == pytest.approx(0.9, abs=0.04)
    assert together[0, 2] == pytest.approx(0.5, abs=0.1)
    steps = carry_through("ab", normal(100, 100), {"a": ["b"]}, seed="plan", families=families)
    mean = np.trapezoid(steps.outlooks.days[0], LEVELS) / (LEVELS[-1] - LEVELS[0])
    assert mean == pytest.approx(100 + 10 * np.sqrt(0.1 / np.pi), abs=0.35)


def test_draws_follow_the_outlook_and_their_stated_correlation() -> None:
    carried = carry_through(
        [str(n) for n in range(200)], normal(*[1000.0] * 200, spread=100), {}, seed="plan"
    )
    assert carried.sample.mean() == pytest.approx(1000, abs=8)
    assert carried.sample.std() == pytest.approx(100, rel=0.1)
    within = np.corrcoef(carried.sample[:50])
    assert within[np.triu_indices(50, 1)].mean() == pytest.approx(0.5, abs=0.06)


def test_the_same_seed_gives_the_same_numbers_and_one_promise_more_changes_no_others() -> None:
    edges = {"a": ["b"]}
    first = carry_through("ab", normal(90, 100), edges, seed="plan")
    again = carry_through("ab", normal(90, 100), edges, seed="plan")
    more = carry_through("xaby", normal(1, 90, 100, 500), {**edges, "y": ["x"]}, seed="plan")
    other = carry_through("ab", normal(90, 100), edges, seed="another plan")
    assert first.outlooks.days.tobytes() == again.outlooks.days.tobytes()
    assert first.sample.tobytes() == again.sample.tobytes()
    assert np.array_equal(first.outlooks.days[0], more.outlooks.days[1])
    assert np.array_equal(first.sample, more.sample[1:3])
    assert not np.array_equal(first.outlooks.days[0], other.outlooks.days[0])


def test_the_numbers_are_these_for_ever() -> None:
    """Written down on the day they were first drawn, so that a library that draws otherwise is noticed."""
    carried = carry_through("ab", normal(100, 100), {"a": ["b"]}, seed="for ever")
    assert carried.sample[:, :6].tolist() == FIRST_DRAWS


FIRST_DRAWS = [[104, 97, 91, 116, 110, 108], [100, 90, 91, 108, 110, 108]]


def test_a_ring_is_named_and_not_walked_for_ever() -> None:
    waits = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["c"], "e": ["e"]}
    carried = carry_through("abcde", normal(10, 20, 300, 40, 50), waits, seed="plan")
    assert [set(ring) for ring in carried.cycles] == [{"a", "b", "c"}]
    assert carried.outlooks.quantile(0.5)[:3] == pytest.approx([10, 20, 300]), (
        "what lies in a ring waits for nothing in it"
    )
    assert carried.outlooks.quantile(0.5)[3] == pytest.approx(300, abs=1), "what waits for it still does"


def test_what_is_not_asked_about_is_not_awaited() -> None:
    given = normal(10)
    assert np.array_equal(
        carry_through("a", given, {"a": ["gone"], "gone": ["a"]}, seed="p").outlooks.days, given.days
    )


def test_quantiles_rise_and_keep_their_probabilities() -> None:
    carried = carry_through("ab", normal(100, 120, spread=30), {"a": ["b"]}, seed="plan", correlation=0.0)
    assert (np.diff(carried.outlooks.days, axis=1) >= 0).all()
    for day in (90, 110, 130, 150):
        wanted = ndtr((day - 100) / 30) * ndtr((day - 120) / 30)
        assert carried.outlooks.chance_by(0, date.fromordinal(ON.toordinal() + day)) == pytest.approx(
            wanted, abs=0.015
        )


def test_a_plan_without_promises_is_no_trouble() -> None:
    nothing = Outlooks((), np.empty((0, len(LEVELS))))
    assert carry_through([], nothing, {}, seed="plan").sample.shape == (0, 500)
    assert DRAWS == 10_000
