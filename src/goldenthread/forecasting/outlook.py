"""What a forecast says: for each of many promises, the whole distribution of the day on which it will be kept.

A distribution is held as its quantiles at fixed levels, in days after the day of the forecast. So every model speaks
one language, whatever it is inside; drawing from it is looking up; and a thousand promises are one array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.histories import History

Floats = NDArray[np.float64]
LEVELS: Floats = np.concatenate([[0.001, 0.0025, 0.005], np.arange(1, 100) / 100, [0.995, 0.9975, 0.999]])
"""The levels of every grid of quantiles. Beyond the first and the last the distribution is taken to end."""
SHORTEST = 1.0
"""A promise that is open on the day of the forecast is kept on the next day at the earliest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A promise to forecast: what was known of it on a day (`History.as_known_on`), and that day. It is open on it."""

    known: History
    on: date

    @property
    def stated(self) -> date:
        """The day by which it was last expected."""
        return self.known.stated[-1].expected


@dataclass(frozen=True)
class Outlooks:
    """The distributions of some promises. `days` has a row for each promise and a column for each of LEVELS.

    A row of NaN is an abstention: too little is known to say anything. Rows rise from left to right.
    """

    on: tuple[date, ...]
    days: Floats

    @property
    def abstains(self) -> NDArray[np.bool_]:
        """Which promises nothing is said of."""
        return np.asarray(np.isnan(self.days).any(axis=1), dtype=np.bool_)

    def quantile(self, level: float) -> Floats:
        """The days after the forecast by which each promise is kept with this probability (0 to 1)."""
        return np.array([np.interp(level, LEVELS, row) for row in self.days])

    def day(self, row: int, level: float) -> date | None:
        """The civil day by which one promise is kept with this probability; None where nothing is said of it."""
        value = float(np.interp(level, LEVELS, self.days[row]))
        return None if np.isnan(value) else self.on[row] + timedelta(days=round(value))

    def chance_within(self, days: Floats) -> Floats:
        """The probability that each promise is kept within so many days of its forecast, one number for each row."""
        inside = [
            np.interp(limit, row, LEVELS, left=0.0, right=1.0)
            for limit, row in zip(days, self.days, strict=True)
        ]
        return np.where(self.abstains, np.nan, np.array(inside, dtype=float))

    def chance_by(self, row: int, day: date) -> float | None:
        """The probability that one promise is kept by the end of a day; None where nothing is said of it."""
        if self.abstains[row]:
            return None
        limit = float((day - self.on[row]).days)
        return float(np.interp(limit, self.days[row], LEVELS, left=0.0, right=1.0))


class Forecaster(Protocol):
    """A fitted model. It knows nothing but what `asked` holds and what it was fitted from."""

    @property
    def version(self) -> str:
        """What it is and what it was fitted from, for people to read."""
        ...

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each, in the same order."""
        ...
