"""A forecaster with plain numbers, for tests of what is made of any forecaster.

No promise is kept before six tenths of the time that was stated have gone; then, with a constant chance each day, at a
mean of 30 days, 20 more for each earlier move and half a day for each day that its date has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from goldenthread.forecasting.outlook import LEVELS, SHORTEST, Asked, Outlooks


class StandIn:
    """Knows nothing but the dates that were stated. Says nothing of a kind called "unknown"."""

    version = "stand-in"

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        rows = [self._row(each) for each in asked]
        return Outlooks(tuple(each.on for each in asked), np.array(rows).reshape(len(rows), len(LEVELS)))

    @staticmethod
    def _row(each: Asked) -> np.ndarray:
        if each.known.kind == "unknown":
            return np.full(len(LEVELS), np.nan)
        dates = [said.expected for said in each.known.stated]
        moves = sum(before != after for before, after in pairwise(dates))
        left = (each.stated - each.on).days
        mean = 30 + 20 * moves + 0.5 * max(0, -left)
        return max(SHORTEST, 0.6 * left) - mean * np.log1p(-LEVELS)
