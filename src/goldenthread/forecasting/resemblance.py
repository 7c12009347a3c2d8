"""Which kind of history a promise is most like: a reference class chosen by what is known of it, and not by hand.

A multinomial logistic regression on how often and how regularly it was reported and how long it is. A promise is seldom
wholly of one kind, so a share of the say is always by `lean`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from goldenthread.forecasting.features import Table, log_days
from goldenthread.forecasting.hazard import rounded
from goldenthread.forecasting.outlook import Floats

LEANT = 0.05
"""The share of the say that goes by `lean` alone."""
_RIDGE = 0.01


@dataclass(frozen=True)
class Resemblance:
    """`effects` has a row for each column and a column for each kind; `lean` a share for each kind, which sum to 1."""

    means: Floats
    scales: Floats
    effects: Floats
    lean: Floats

    @classmethod
    def fit(cls, kinds: Sequence[Table], weights: Sequence[Floats], lean: Floats) -> Resemblance:
        """Fitted from promises of each kind; every kind counts the same, whatever its size."""
        x = np.vstack([_columns(known) for known in kinds])
        which = np.repeat(np.arange(len(kinds)), [len(known) for known in kinds])
        weight = np.concatenate([own / own.sum() / len(kinds) for own in weights])
        means, scales = weight @ x, np.sqrt(weight @ (x - weight @ x) ** 2)
        scaled = _scaled(x, means, scales)
        rows, shape = np.arange(len(x)), (scaled.shape[1], len(kinds))

        def loss(flat: Floats) -> tuple[float, Floats]:
            effects = flat.reshape(shape)
            logs = log_softmax(scaled @ effects, axis=1)
            off = np.exp(logs)
            off[rows, which] -= 1
            value = -weight @ logs[rows, which] + _RIDGE * (effects**2).sum() / 2
            return float(value), (scaled.T @ (weight[:, None] * off) + _RIDGE * effects).ravel()

        found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500})
        return cls(means, scales, np.asarray(found.x).reshape(shape), lean)

    def shares(self, known: Table) -> Floats:
        """How much each kind has to say of each promise: promises by kinds, rows sum to 1."""
        alike = softmax(_scaled(_columns(known), self.means, self.scales) @ self.effects, axis=1)
        return np.asarray(LEANT * self.lean + (1 - LEANT) * alike, dtype=float)

    def as_json(self) -> dict[str, Any]:
        """Everything, rounded to six figures."""
        return {name: rounded(getattr(self, name)) for name in ("means", "scales", "effects", "lean")}

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Resemblance:
        """The same from what `as_json` gave."""
        return cls(*(np.array(held[name], dtype=float) for name in ("means", "scales", "effects", "lean")))


def _columns(known: Table) -> Floats:
    single = known["reports"] < 2
    between = np.where(single, 0.0, known["followed"] / np.maximum(known["reports"] - 1, 1))
    return np.column_stack(
        [
            single,
            np.log(known["reports"]),
            log_days(between),
            log_days(known["span"], 30),
            log_days(known["remaining"]),
        ]
    )


def _scaled(x: Floats, means: Floats, scales: Floats) -> Floats:
    scaled = np.clip((x - means) / np.where(scales < 1e-9, 1.0, scales), -4.0, 4.0)
    return np.hstack([np.ones((len(x), 1)), scaled])
