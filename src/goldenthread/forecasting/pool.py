"""Several forecasts of the same promises made one: probabilities are averaged (a linear opinion pool, Stone 1961)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldenthread.forecasting.outlook import LEVELS, Floats, Outlooks

_MASS: Floats = np.diff(np.concatenate([[0.0], (LEVELS[1:] + LEVELS[:-1]) / 2, [1.0]]))


def pooled(parts: Sequence[Outlooks], weights: Floats) -> Outlooks:
    """The pool of `parts`, of which each row gives `weights` (promises by parts) their say.

    A part that abstains on a promise has none there; where nobody has any, the pool abstains.
    """
    if len(parts) == 1:
        silent = parts[0].abstains | (weights[:, 0] <= 0)
        return Outlooks(parts[0].on, np.where(silent[:, None], np.nan, parts[0].days))
    say = np.where(np.column_stack([part.abstains for part in parts]), 0.0, weights)
    total = say.sum(axis=1, keepdims=True)
    share = np.divide(say, total, out=np.zeros_like(say), where=total > 0)
    days = np.hstack([np.where(part.abstains[:, None], 1.0, part.days) for part in parts])
    mass = np.hstack([share[:, [column]] * _MASS for column in range(len(parts))])
    order = np.argsort(days, axis=1, kind="stable")
    days, mass = np.take_along_axis(days, order, axis=1), np.take_along_axis(mass, order, axis=1)
    middle = np.cumsum(mass, axis=1) - mass / 2
    rows = [
        np.interp(LEVELS, own[had > 0], day[had > 0]) if had.any() else np.full(len(LEVELS), np.nan)
        for own, day, had in zip(middle, days, mass, strict=True)
    ]
    return Outlooks(parts[0].on, np.array(rows).reshape(len(parts[0].on), len(LEVELS)))
