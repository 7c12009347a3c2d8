"""The drawing of forecast accuracy: in proportion, around the day itself, and never of one group alone."""

from __future__ import annotations

import pytest

from goldenthread.forecasting.pooled_means import Figure
from goldenthread.web.presenting.accuracy_chart import draw_intervals


def test_intervals_and_means_stand_in_proportion_on_one_axis() -> None:
    chart = draw_intervals([("Theme 1", Figure(10, -20, 40)), ("Theme 2", Figure(60, 30, 90))])
    assert chart
    places = {words: at for at, words in chart.marks}
    assert list(places) == ["-20", "0", "20", "40", "60", "80", "100"]
    day = (places["100"] - places["-20"]) / 120
    assert chart.on_the_day == places["0"]
    one, other = chart.bars
    assert (one.left, one.left + one.width) == (places["-20"], pytest.approx(places["40"], abs=0.2))
    assert one.mean == pytest.approx(places["0"] + 10 * day, abs=0.2)
    assert other.mean == places["60"]
    assert other.top > one.top
    assert chart.words == "Theme 1: -20 to 40, mean 10; Theme 2: 30 to 90, mean 60"


def test_the_day_itself_is_always_on_the_axis_and_one_group_is_not_drawn() -> None:
    late = draw_intervals([("Theme 1", Figure(400, 300, 500)), ("Theme 2", Figure(350, 340, 360))])
    assert late
    assert late.marks[0][1] == "0"
    assert draw_intervals([("Theme 1", Figure(400, 300, 500))]) is None
