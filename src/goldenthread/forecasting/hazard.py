"""The hazard of being done, along the lateness of a promise against the day last stated.

Time is cut into bins by lateness relative to the length of the promise, one bin being the stated day itself; so one
model holds what comes early, what comes on the day and what comes late, and a promise whose day has passed enters at
its present lateness (left truncation): nothing is expected before tomorrow. A promise still open adds the bins that it
has lived through (right censoring). Within a bin the hazard is constant: a complementary log-log model (Prentice and
Gloeckler 1978, "Regression analysis of grouped survival data"), fitted by penalised likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.columns import Columns, Detail
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.outlook import LEVELS, SHORTEST, Asked, Floats, Outlooks

EARLY = [-2.5, -2, -1.6, -1.3, -1.05, -0.8, -0.6, -0.45, -0.3, -0.2, -0.12, -0.06]
LATE = [0.06, 0.12, 0.2, 0.3, 0.45, 0.6, 0.8, 1.05, 1.3, 1.6, 2, 2.5, 3.2, 4.2, 6, 9, 14, 25, 60]
EDGES: Floats = np.array([*EARLY, 0.0, 0.0, *LATE])
"""Edges of the bins, in lengths of the promise; between the two zeros lies the stated day."""
ON = len(EARLY)
"""The bin of the stated day."""
BINS = len(EDGES) - 1
SHAPES: Floats = np.array(
    [
        np.ones(BINS),
        np.arange(BINS) < ON,
        np.arange(BINS) == ON,
        np.where(np.arange(BINS) > ON, np.log1p(np.maximum(EDGES[:-1], 0.0)), 0.0),
    ],
    dtype=float,
)
"""How a feature may act: on all bins, on the early ones, on the stated day, and more and more on the late ones."""

_OPENS = 0.5  # a promise open at the end of a day can be done from the middle of the night on
_NEWTON_STEPS, _SHORTEST_STEP, _SETTLED = 40, 1e-6, 1e-4


SMOOTH, SHAPED = 20.0, 2.0
"""What a step from bin to bin costs, in cases of information; and how many times dearer an effect on some bins is."""


class LatenessHazard:
    """A fitted model. `level` has a number for each bin, `effects` a row for each column, a column for each shape."""

    version = "lateness hazard 1"

    def __init__(self, columns: Columns, level: Floats, effects: Floats) -> None:
        self.columns, self.level, self.effects = columns, level, effects

    @classmethod
    def fit(
        cls, known: Table, cases: Cases, detail: Detail, *, calendar: bool, weights: Floats
    ) -> LatenessHazard:
        """The likeliest model of these cases under the penalties. `known` is their features; `weights` has mean 1."""
        columns = Columns.of(known, weights, detail, calendar=calendar)
        level, effects = _newton(
            columns.table(known), _Lived.through(_edges(known), cases), weights, detail.ridge
        )
        return cls(columns, level, effects)

    def outlooks_of(self, known: Table) -> Outlooks:
        """The distribution of each promise of a table."""
        edges = _edges(known)
        real = edges[:, 1:] > edges[:, :-1]
        hazard = np.exp(_bounded(self.level + self.columns.table(known) @ self.effects @ SHAPES)) * real
        done = -np.expm1(-np.cumsum(hazard, axis=1))
        share = np.hstack([np.zeros((len(known), 1)), done]) / np.maximum(done[:, -1:], 1e-9)
        rising = share + 1e-12 * np.arange(
            BINS + 1
        )  # so that each level has one place even where nothing is expected
        days = [np.interp(LEVELS, row, edge) for row, edge in zip(rising, edges, strict=True)]
        return Outlooks(known.on, np.maximum(np.array(days).reshape(len(known), len(LEVELS)), SHORTEST))

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        return self.outlooks_of(Table.of(asked))

    def as_json(self) -> dict[str, Any]:
        """Everything that is known, rounded to six figures."""
        return {
            "columns": self.columns.as_json(),
            "level": rounded(self.level),
            "effects": rounded(self.effects),
        }

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> LatenessHazard:
        """The same from what `as_json` gave."""
        return cls(Columns.of_json(held["columns"]), np.array(held["level"]), np.array(held["effects"]))


@dataclass(frozen=True)
class _Lived:
    """For each case and bin: whether it ended there, and the logarithm of the share that it lived through."""

    ended: NDArray[np.bool_]
    at_risk: NDArray[np.bool_]
    log_share: Floats

    @classmethod
    def through(cls, edges: Floats, cases: Cases) -> _Lived:
        low, high, days = edges[:, :-1], edges[:, 1:], cases.days[:, None]
        real = high > low
        ended = real & (days > low) & (days <= high) & cases.done[:, None]
        ended[:, -1] |= cases.done & (cases.days > edges[:, -1])
        share = np.clip((days - low) / np.where(real, high - low, 1.0), 0.0, 1.0)
        share = np.where(ended, 1.0, share)
        at_risk = real & (share > 0)
        return cls(ended, at_risk, np.log(np.where(at_risk, share, 1.0)))


def _newton(x: Floats, lived: _Lived, weights: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Fisher scoring. The information is built from small blocks; cases by bins by columns is never laid out."""
    count, shapes = x.shape[1], len(SHAPES)
    penalty = _penalty(count, ridge)
    weight = weights[:, None] * lived.at_risk

    def log_hazard(told: Floats) -> Floats:
        return _bounded(told[:BINS] + x @ told[BINS:].reshape(shapes, count).T @ SHAPES + lived.log_share)

    def likelihood(told: Floats) -> float:
        hazard = np.exp(log_hazard(told))
        kept = np.where(lived.ended, np.log(np.maximum(-np.expm1(-hazard), 1e-300)), -hazard)
        return float((weight * kept).sum() - told @ penalty @ told / 2)

    told = np.zeros(BINS + count * shapes)
    told[:BINS] = np.log(0.05)
    reached = likelihood(told)
    for _ in range(_NEWTON_STEPS):
        hazard = np.exp(log_hazard(told))
        chance = np.maximum(-np.expm1(-hazard), 1e-300)
        pull = weight * np.where(lived.ended, hazard * (1 - chance) / chance, -hazard)
        known = weight * hazard * hazard * (1 - chance) / chance
        gradient = np.concatenate([pull.sum(axis=0), (SHAPES @ pull.T @ x).ravel()]) - penalty @ told
        step = np.linalg.solve(_information(x, known) + penalty, gradient)
        length = 1.0
        while (better := likelihood(told + length * step)) < reached and length > _SHORTEST_STEP:
            length /= 2
        if better - reached < _SETTLED:
            break
        told, reached = told + length * step, better
    return told[:BINS], told[BINS:].reshape(shapes, count).T


def _information(x: Floats, known: Floats) -> Floats:
    shapes, count = len(SHAPES), x.shape[1]
    whole = np.zeros((BINS + shapes * count, BINS + shapes * count))
    whole[:BINS, :BINS] = np.diag(known.sum(axis=0))
    crossed = known.T @ x
    for one in range(shapes):
        rows = slice(BINS + one * count, BINS + (one + 1) * count)
        whole[:BINS, rows] = SHAPES[one][:, None] * crossed
        whole[rows, :BINS] = whole[:BINS, rows].T
        for other in range(one, shapes):
            columns = slice(BINS + other * count, BINS + (other + 1) * count)
            block = x.T @ ((known @ (SHAPES[one] * SHAPES[other]))[:, None] * x)
            whole[rows, columns], whole[columns, rows] = block, block.T
    return whole


def _penalty(count: int, ridge: float) -> Floats:
    steps = np.diff(np.eye(BINS), axis=0)
    steps[ON - 1 : ON + 1] = 0  # the stated day stands apart; what lies before and after it is tied across it
    across = np.zeros((1, BINS))
    across[0, [ON - 1, ON + 1]] = 1, -1
    whole = np.diag(np.repeat([ridge, *[ridge * SHAPED] * (len(SHAPES) - 1)], count))
    levels = SMOOTH * (steps.T @ steps + 0.2 * across.T @ across) + 1e-3 * np.eye(BINS)
    return np.block([[levels, np.zeros((BINS, len(whole)))], [np.zeros((len(whole), BINS)), whole]])


def _edges(known: Table) -> Floats:
    """The edges of the bins of each promise, in days after the forecast; bins before tomorrow have no width."""
    remaining = known["remaining"][:, None]
    edges = remaining + known.length[:, None] * EDGES
    edges[:, ON], edges[:, ON + 1] = (
        remaining[:, 0] - 0.5,
        remaining[:, 0],
    )  # a quantile in it rounds to the day
    edges[:, ON - 1] = np.minimum(edges[:, ON - 1], edges[:, ON])
    return np.asarray(np.maximum(np.maximum.accumulate(edges, axis=1), _OPENS), dtype=float)


def _bounded(log_hazard: Floats) -> Floats:
    return np.clip(log_hazard, -30.0, 4.0)


def rounded(numbers: Floats) -> Any:
    """Numbers to six figures, as nested lists."""
    flat = [float(f"{number:.6g}") for number in numbers.ravel()]
    return np.array(flat).reshape(numbers.shape).tolist()
