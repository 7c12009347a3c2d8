"""What a file proves about its kind: the part of the prior that would have forecast its past well gains say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import numpy as np
import pytest

from goldenthread.forecasting.cases import Cases, cases_of
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.outlook import LEVELS, Outlooks
from goldenthread.forecasting.prior import Prior, load
from goldenthread.forecasting.proven import BEFORE, kinds_proven
from goldenthread.forecasting.stacking import Stack

ON = date(2020, 1, 1)


class _OnItsDay:
    """A part that expects every promise so many days after the day stated, for sure."""

    def __init__(self, late: float) -> None:
        self.late = late

    def outlooks_of(self, known: Table) -> Outlooks:
        days = np.maximum(known["remaining"] + self.late, 1.0)
        return Outlooks(known.on, np.repeat(days[:, None], len(LEVELS), axis=1))


def _prior(*late: float) -> Prior:
    shipped = load()
    parts = (
        replace(part, model=cast(Stack, _OnItsDay(days)))
        for part, days in zip(shipped.parts, late, strict=True)
    )
    return replace(shipped, parts=tuple(parts))


def _past(count: int, late: int) -> Cases:
    stated = (Stated(ON, ON + timedelta(days=100)),)
    ended = ON + timedelta(days=100 + late)
    return cases_of(History(str(number), stated, start=ON, actual=ended) for number in range(count))


def _nothing_seen(past: Cases) -> np.ndarray:
    return np.zeros((len(past), 3), dtype=np.bool_)


@pytest.mark.parametrize("right", [0, 1, 2])
def test_the_part_that_was_right_gains_and_those_that_were_wrong_lose(right: int) -> None:
    late = [200.0, 200.0, 200.0]
    late[right] = 30.0
    past = _past(20, 30)
    say = kinds_proven(_prior(*late), past, _nothing_seen(past))
    assert say is not None
    assert say.sum() == pytest.approx(1)
    assert say[1 + right] > 0.9
    assert max(np.delete(say[1:], right)) < 0.01


def test_more_outcomes_prove_more() -> None:
    few, many = _past(10, 30), _past(40, 30)
    prior = _prior(60, 30, 60)
    less, more = (kinds_proven(prior, past, _nothing_seen(past)) for past in (few, many))
    assert less is not None
    assert more is not None
    assert 0.1 < less[2] < more[2]


def test_parts_that_say_the_same_keep_the_say_that_they_had() -> None:
    past = _past(20, 30)
    say = kinds_proven(_prior(50, 50, 50), past, _nothing_seen(past))
    assert say == pytest.approx([BEFORE, *[(1 - BEFORE) / 3] * 3], rel=1e-3)


def test_nothing_is_proved_by_few_by_open_or_by_what_a_part_was_fitted_from() -> None:
    prior, past = _prior(0, 30, 60), _past(20, 30)
    assert kinds_proven(prior, _past(9, 30), _nothing_seen(_past(9, 30))) is None
    still_open = Cases(past.asked, past.days, np.zeros(len(past), dtype=np.bool_))
    assert kinds_proven(prior, still_open, _nothing_seen(past)) is None
    seen = _nothing_seen(past)
    seen[:11, 1] = True
    assert kinds_proven(prior, past, seen) is None


def test_what_is_proved_shifts_the_shares_and_a_part_left_out_stays_out() -> None:
    prior, known = load(), Table.of(_past(2, 0).asked)
    out = np.array([[False, False, False], [True, False, False]])
    alike, proven = prior.resemblance.shares(known), np.array([0.5, 0.1, 0.3, 0.1])
    shares = prior.shares(known, out, proven)
    assert shares[0] == pytest.approx(0.5 * alike[0] + [0.1, 0.3, 0.1])
    assert shares[1, 0] == 0
    assert shares[1, 1:] == pytest.approx(shares[0, 1:])
