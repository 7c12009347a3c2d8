"""How good forecasts were, by proper scores: none can be bettered by saying anything but what one believes.

CRPS: Matheson and Winkler 1976; Gneiting and Raftery 2007, "Strictly proper scoring rules, prediction, and estimation".
Brier 1950. Days are days after the forecast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.outlook import LEVELS, Floats

MONTH = 365.25 / 12
"""Days of a month: 30.4375. Horizons of 1, 3 and 6 months end within the 30th, 91st and 182nd day."""
HORIZONS = (1, 3, 6)
"""Months ahead at which the chance of being done is scored."""
BAND = (0.1, 0.9)
"""The 80 % interval."""


def crps(days: Floats, outcome: Floats) -> Floats:
    """The continuous ranked probability score of each row of quantile grids, in days; smaller is better.

    The integral over t of (F(t) - [outcome <= t])^2, exactly, for the F that is linear between the quantiles at LEVELS,
    and that jumps at the first and the last. For a point forecast it is the absolute error.
    """
    low, high = days[:, :-1], days[:, 1:]
    p, q = LEVELS[:-1], LEVELS[1:]
    at = np.clip(outcome[:, None], low, high)
    width = high - low
    share = np.divide(at - low, width, out=np.zeros_like(width), where=width > 0)
    middle = p + share * (q - p)
    below = (at - low) * (p * p + p * middle + middle * middle) / 3
    rest_p, rest_q = 1 - middle, 1 - q
    above = (high - at) * (rest_p * rest_p + rest_p * rest_q + rest_q * rest_q) / 3
    outside = np.maximum(days[:, 0] - outcome, 0) + np.maximum(outcome - days[:, -1], 0)
    return np.asarray((below + above).sum(axis=1) + outside, dtype=float)


def inside(days: Floats, outcome: Floats) -> NDArray[np.bool_]:
    """Whether each outcome lies in its 80 % interval, whose ends are whole days, as they are printed."""
    low, high = (np.round([np.interp(level, LEVELS, row) for row in days]) for level in BAND)
    return np.asarray((low <= outcome) & (outcome <= high), dtype=np.bool_)


def brier(chance: Floats, happened: NDArray[np.bool_]) -> Floats:
    """The squared distance of each probability from what happened (1 or 0); smaller is better."""
    return np.asarray((chance - happened) ** 2, dtype=float)


def position(days: Floats, outcome: Floats) -> Floats:
    """The probability that each forecast gave to being done by the outcome (PIT): even over 0 to 1 if calibrated."""
    return np.array(
        [np.interp(value, row, LEVELS, left=0.0, right=1.0) for value, row in zip(outcome, days, strict=True)]
    )


def share_at_or_below(level: float, positions: Floats, done: NDArray[np.bool_], weights: Floats) -> float:
    """How often the outcome fell at or below this level of its forecast, with open items counted.

    An item still open is known only to lie above its position: the estimate of Kaplan and Meier 1958, weighted.
    """
    order = np.lexsort((~done, positions))
    where, finished, weight = positions[order], done[order], weights[order]
    at_risk = np.cumsum(weight[::-1])[::-1]
    kept = np.where(finished & (where <= level), 1 - weight / at_risk, 1.0)
    return float(1 - np.prod(np.clip(kept, 0.0, 1.0)))
