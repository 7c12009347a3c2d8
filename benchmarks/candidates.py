"""Models that were tried for the forecasts and are not shipped, kept so that their scores can be worked out again.

Each is fitted from cases and speaks in the grids of goldenthread.forecasting.outlook. Open promises are counted until
the eve of the stated day, as by the shipped model, except by quantile regression, which cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_ndtr, ndtri

from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.columns import Columns, Detail
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.fitting import weights
from goldenthread.forecasting.outlook import LEVELS, SHORTEST, Asked, Floats, Outlooks

PLAIN = Detail("plain", spans=8, apart=0.3, seasons=3, ridge=5)


class QuantileLines:
    """Linear quantile regression (Koenker and Bassett 1978) of lateness in lengths of a promise, on finished cases."""

    version = "quantile regression"
    levels = np.array([0.02, 0.05, 0.1, 0.175, 0.25, 0.375, 0.5, 0.625, 0.75, 0.825, 0.9, 0.95, 0.98])

    def __init__(self, cases: Cases) -> None:
        past = cases.only(cases.done)
        known, weight = Table.of(past.asked), weights(past)
        self.columns = Columns.of(known, weight, PLAIN, calendar=True)
        x, y = _with_one(self.columns.table(known)), past.slips / known.length
        self.lines = np.array([_pinball_line(x, y, weight, level) for level in self.levels])

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        known = Table.of(asked)
        late = np.sort(_with_one(self.columns.table(known)) @ self.lines.T, axis=1)
        days = known["remaining"][:, None] + known.length[:, None] * late
        grid = np.array([np.interp(LEVELS, self.levels, row) for row in days])
        return Outlooks(known.on, np.maximum(grid, SHORTEST))


class AcceleratedLife:
    """An accelerated failure time model: log-normal, its location and log-scale linear in the columns, censored."""

    version = "accelerated failure time"

    def __init__(self, cases: Cases) -> None:
        told = cases.until_stated()
        told = told.only(told.days > 0)
        known, weight = Table.of(told.asked), weights(told)
        self.columns = Columns.of(known, weight, PLAIN, calendar=True)
        x, y, done = _with_one(self.columns.table(known)), np.log(told.days), told.done
        count = x.shape[1]
        ridge = np.concatenate(
            [[0], np.full(count - 1, PLAIN.ridge), [0], np.full(count - 1, 4 * PLAIN.ridge)]
        )

        def loss(flat: Floats) -> tuple[float, Floats]:
            log_scale = x @ flat[count:]
            z = (y - x @ flat[:count]) * np.exp(-log_scale)
            survived = log_ndtr(-z)
            kept = np.where(done, -log_scale - z * z / 2, survived)
            slope = np.where(done, -z, -np.exp(-z * z / 2 - 0.5 * np.log(2 * np.pi) - survived))
            location = (weight * slope * np.exp(-log_scale)) @ x
            scale = (weight * (slope * z + done)) @ x
            return float(-(weight @ kept) + ridge @ flat**2 / 2), np.concatenate(
                [location, scale]
            ) + ridge * flat

        start = np.zeros(2 * count)
        start[0] = np.average(y, weights=weight)
        self.flat = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        known = Table.of(asked)
        x = _with_one(self.columns.table(known))
        count = x.shape[1]
        log_days = (x @ self.flat[:count])[:, None] + np.exp(x @ self.flat[count:])[:, None] * ndtri(LEVELS)
        return Outlooks(known.on, np.clip(np.exp(np.minimum(log_days, 11)), SHORTEST, None))


class Analogues:
    """The lateness of past promises like it: Kaplan and Meier's estimate weighted by a kernel over the columns."""

    version = "analogues"

    def __init__(self, cases: Cases) -> None:
        told = cases.until_stated()
        told = told.only(told.days > 0)
        order = np.lexsort((~told.done, told.slips / Table.of(told.asked).length))
        told = Cases(tuple(told.asked[row] for row in order), told.days[order], told.done[order])
        known = Table.of(told.asked)
        self.weight, self.done = weights(told), told.done
        self.late = told.slips / known.length
        self.columns = Columns.of(
            known, self.weight, Detail("none", spans=1, apart=1, seasons=1, ridge=0), calendar=False
        )
        self.place = _place(self.columns, known)

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        known = Table.of(asked)
        place = _place(self.columns, known)
        least = (0.5 - known["remaining"]) / known.length
        rows = [self._quantiles(place[row], least[row]) for row in range(len(known))]
        days = known["remaining"][:, None] + known.length[:, None] * np.array(rows)
        return Outlooks(known.on, np.maximum(np.maximum.accumulate(days, axis=1), SHORTEST))

    def _quantiles(self, place: Floats, least: float) -> Floats:
        far = ((self.place - place) ** 2).sum(axis=1) / 2
        near = self.weight * (np.exp(far.min() - far) + 0.02 * np.exp(far.min() - far).mean())
        near = near * (self.late > least)
        at_risk = np.cumsum(near[::-1])[::-1]
        ended = np.where(self.done & (at_risk > 0), near / np.maximum(at_risk, 1e-300), 0.0)
        chance = 1 - np.cumprod(1 - np.minimum(ended, 1))
        if chance[-1] <= 0:
            return least + LEVELS
        return self.late[np.minimum(np.searchsorted(chance / chance[-1], LEVELS), len(self.late) - 1)]


def _place(columns: Columns, known: Table) -> Floats:
    """Where a promise stands: bandwidths of 0.8 deviations, a tenth of its length, and two years."""
    return np.column_stack([columns.table(known) / 0.8, np.log(known["span"]) / 0.1, known.years / 2])


def _pinball_line(x: Floats, y: Floats, weight: Floats, level: float, soft: float = 0.02) -> Floats:
    ridge = np.concatenate([[0.0], np.full(x.shape[1] - 1, 1.0)])

    def loss(line: Floats) -> tuple[float, Floats]:
        off = y - x @ line
        value = weight @ (level * off + soft * np.logaddexp(0, -off / soft)) + ridge @ line**2 / 2
        return float(value), -(weight * (level - expit(-off / soft))) @ x + ridge * line

    start = np.zeros(x.shape[1])
    start[0] = np.quantile(y, level)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)


def _with_one(x: Floats) -> Floats:
    return np.hstack([np.ones((len(x), 1)), x])
