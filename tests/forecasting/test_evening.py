"""Evening a model out: peculiarities of one length go, everything else stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from support.stand_in_prior import StandIn

from goldenthread.forecasting.evening import Evened, shifted, shipped
from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.outlook import LEVELS, Asked, Outlooks

ON = date(2022, 6, 7)


def due(days: int, project: str = "p") -> Asked:
    day = ON + timedelta(days=days)
    return Asked(History(project, (Stated(ON, day),), first=day, open_until=ON), ON)


class Late:
    """Everything takes a tenth longer than stated, but what is due in 120 to 130 days comes 60 days early."""

    version = "late"

    def __init__(self) -> None:
        self.asked = 0

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        self.asked += len(asked)
        left = [(each.stated - each.on).days for each in asked]
        middle = [days - 60 if 120 <= days <= 130 else 1.1 * days for days in left]
        rows = np.maximum(1.0, np.array(middle)[:, None] + np.linspace(-10, 10, len(LEVELS)))
        return Outlooks(tuple(each.on for each in asked), rows.reshape(len(asked), len(LEVELS)))


def test_what_is_the_same_at_every_length_stays_as_it_was() -> None:
    model = StandIn()
    asked = [due(-40), due(-1), due(0)]
    assert Evened(model).outlooks(asked).days == pytest.approx(model.outlooks(asked).days)
    even = Evened(Late()).outlooks([due(300)]).quantile(0.5)
    assert even[0] == pytest.approx(330, abs=3)


def test_a_later_date_is_not_met_sooner_for_the_habits_of_one_length() -> None:
    asked = [due(days) for days in range(60, 220, 10)]
    plain, even = Late().outlooks(asked).quantile(0.5), Evened(Late()).outlooks(asked).quantile(0.5)
    assert (np.diff(plain) < 0).any()
    assert np.diff(even).min() > np.diff(plain).min() / 3
    rows = Evened(Late()).outlooks(asked).days
    assert (np.diff(rows, axis=1) >= 0).all()
    assert rows.min() >= 1


def test_of_the_shipped_prior_a_date_a_month_later_is_not_met_sooner() -> None:
    medians = shipped().outlooks([due(days) for days in range(10, 500, 30)]).quantile(0.5)
    assert (np.diff(medians) > 0).all(), medians.round()


def test_the_same_is_asked_once_and_its_name_has_no_say() -> None:
    model = Late()
    evened = Evened(model)
    first = evened.outlooks([due(100, "a"), due(100, "b")])
    asked = model.asked
    again = evened.outlooks([due(100, "c")])
    assert model.asked == asked
    assert np.array_equal(first.days[0], first.days[1])
    assert np.array_equal(first.days[0], again.days[0])
    assert evened.outlooks([]).days.shape == (0, len(LEVELS))


def test_what_nothing_is_said_of_stays_unsaid() -> None:
    unknown = replace(due(100).known, kind="unknown")
    assert Evened(StandIn()).outlooks([Asked(unknown, ON), due(100)]).abstains.tolist() == [True, False]


def test_shifting_a_history_moves_what_was_stated_and_nothing_else() -> None:
    history = replace(due(100).known, start=date(2022, 1, 1))
    moved = shifted(history, 10)
    assert moved.stated == (Stated(ON, ON + timedelta(days=110)),)
    assert moved.first == ON + timedelta(days=110)
    assert (moved.start, moved.open_until) == (history.start, history.open_until)
