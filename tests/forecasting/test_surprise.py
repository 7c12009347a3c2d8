"""Ratings against chances: the furthest apart first, and nothing where there is no chance or no surprise."""

from __future__ import annotations

from goldenthread.forecasting.surprise import surprises
from goldenthread.plan.judgements import Rating

GREEN, AMBER, RED = Rating.GREEN, Rating.AMBER, Rating.RED


def test_the_furthest_apart_come_first_and_what_goes_together_is_left_out() -> None:
    ratings = {"a": GREEN, "b": GREEN, "c": RED, "d": AMBER, "e": AMBER, "f": RED, "g": GREEN}
    chances = {"a": 0.4, "b": 0.05, "c": 0.7, "d": 0.5, "e": 0.1, "f": 0.2, "g": None}
    found = surprises(ratings, chances)
    assert [each.key for each in found] == ["b", "c", "a", "e"]
    assert [round(each.gap, 2) for each in found] == [0.85, -0.6, 0.5, 0.4]


def test_what_no_forecast_was_made_of_surprises_nobody() -> None:
    assert surprises({"a": GREEN}, {}) == ()
    assert surprises({}, {"a": 0.1}) == ()
