"""The model: lateness hazards in three degrees of detail and the plain distribution of past slips, pooled.

How much each has to say is learnt on projects that it was not fitted from, so that a small history leans on the plain
ones and a large one may go into detail (stacking: Wolpert 1992; by CRPS: the score of a linear pool is a quadratic form
in its weights).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from goldenthread.forecasting.baselines import SlipDistribution
from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.columns import Detail
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.folds import parted
from goldenthread.forecasting.hazard import LatenessHazard, rounded
from goldenthread.forecasting.outlook import LEVELS, Asked, Floats, Outlooks
from goldenthread.forecasting.pool import pooled

MODEL_VERSION = "stacked lateness hazards 1"
DETAILS = (
    Detail("fine", spans=60, apart=0.008, seasons=6, ridge=5),
    Detail("middle", spans=24, apart=0.02, seasons=6, ridge=30),
    Detail("coarse", spans=8, apart=0.3, seasons=3, ridge=300),
)
FARTHEST = 36525.0
"""Days: a stated day more than a century away, such as 31 December 9999, stands for none, and nothing is said of it."""
INNER_FOLDS = 4
ENOUGH_TO_WEIGH = 1500
"""Cases, evenly thinned, on which the weights are learnt: more would not move them."""
TIMES: Floats = np.concatenate([[0.0], np.geomspace(1, 20000, 240)])
"""Days after a forecast at which its distribution is held against the outcome."""
_TOWARDS_EVEN = 0.02  # of the mean score: breaks ties between parts that say the same


class Part(Protocol):
    """What the pool is made of."""

    def outlooks_of(self, known: Table) -> Outlooks:
        """The distribution of each promise of a table."""
        ...


class PastSlips:
    """The reference class as a part of the model: the quantiles of past slips, laid to the day last stated."""

    def __init__(self, slips: Floats) -> None:
        self.slips = slips

    @classmethod
    def of(cls, cases: Cases) -> PastSlips:
        """From cases of days on which something was stated: quiet days would count late promises again and again."""
        return cls(np.quantile(SlipDistribution(cases.only(~cases.quiet)).slips, LEVELS))

    def outlooks_of(self, known: Table) -> Outlooks:
        """The distribution of each promise of a table."""
        return SlipDistribution.laid(self.slips, known.asked)


@dataclass(frozen=True)
class Stack:
    """A fitted model: its hazards, the reference class, and what each has to say (the weights sum to 1)."""

    hazards: tuple[LatenessHazard, ...]
    slips: PastSlips
    weights: Floats
    version: str = MODEL_VERSION

    @classmethod
    def fit(cls, cases: Cases, weights: Floats, *, calendar: bool) -> Stack:
        """Fitted from these cases, of which each counts `weights`."""
        known = Table.of(cases.asked)
        hazards, slips = _parts(known, cases, weights, calendar=calendar)
        return cls(hazards, slips, _say(known, cases, weights, calendar=calendar))

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        return self.outlooks_of(Table.of(asked))

    def outlooks_of(self, known: Table) -> Outlooks:
        """The distribution of each promise of a table."""
        parts: tuple[Part, ...] = (*self.hazards, self.slips)
        say = np.tile(self.weights[self.weights > 0], (len(known), 1))
        made = pooled([part.outlooks_of(known) for part in compress(parts, self.weights > 0)], say)
        placeholder = np.abs(known["remaining"]) > FARTHEST
        return Outlooks(made.on, np.where(placeholder[:, None], np.nan, np.minimum(made.days, 2 * FARTHEST)))

    def as_json(self) -> dict[str, Any]:
        """Everything that is known, rounded to six figures."""
        return {
            "model": self.version,
            "weights": rounded(self.weights),
            "slips": rounded(self.slips.slips),
            "hazards": [hazard.as_json() for hazard in self.hazards],
        }

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Stack:
        """The same from what `as_json` gave."""
        return cls(
            tuple(LatenessHazard.of_json(each) for each in held["hazards"]),
            PastSlips(np.array(held["slips"], dtype=float)),
            np.array(held["weights"], dtype=float),
            held["model"],
        )


def _parts(
    known: Table, cases: Cases, weights: Floats, *, calendar: bool
) -> tuple[tuple[LatenessHazard, ...], PastSlips]:
    fitted = (
        LatenessHazard.fit(known, cases, detail, calendar=calendar, weights=weights) for detail in DETAILS
    )
    return tuple(fitted), PastSlips.of(cases)


def _say(known: Table, cases: Cases, weights: Floats, *, calendar: bool) -> Floats:
    """The weights under which the pool scores best on projects that its parts were not fitted from."""
    taken = np.zeros(len(cases), dtype=np.bool_)
    taken[:: max(1, len(cases) // ENOUGH_TO_WEIGH)] = True
    products = np.zeros((len(DETAILS) + 1, len(DETAILS) + 1))
    widths = np.gradient(TIMES)
    for held_out in parted(cases.projects, INNER_FOLDS, salt="inner"):
        rest, tried = taken & ~held_out, taken & held_out
        if not cases.done[rest].any():
            continue
        hazards, slips = _parts(known.only(rest), cases.only(rest), weights[rest], calendar=calendar)
        asked, days = known.only(tried), cases.days[tried]
        parts: tuple[Part, ...] = (*hazards, slips)
        off = np.array([distances(part.outlooks_of(asked), days, cases.done[tried]) for part in parts])
        fair = weights[tried] / asked.length  # else a few promises of many years would decide alone
        products += np.einsum("ant,bnt,n,t->ab", off, off, fair, widths, optimize=True)
    return _best_weights(products)


def distances(outlooks: Outlooks, days: Floats, done: NDArray[np.bool_]) -> Floats:
    """The distance of each distribution from the step at its outcome, at each of TIMES; to `days` where still open."""
    chance = np.array([np.interp(TIMES, row, LEVELS, left=0.0, right=1.0) for row in outlooks.days])
    passed = days[:, None] <= TIMES
    return np.asarray(np.where(passed & ~done[:, None], 0.0, chance - passed), dtype=float)


def _best_weights(products: Floats) -> Floats:
    """The weights, none below zero and all together 1, for which w'Pw is least; small ones are dropped."""
    count = len(products)
    scaled = products / max(float(np.trace(products)) / count, 1e-12) + _TOWARDS_EVEN * np.eye(count)
    found = minimize(
        lambda say: say @ scaled @ say,
        np.full(count, 1 / count),
        jac=lambda say: 2 * scaled @ say,
        bounds=[(0.0, 1.0)] * count,
        constraints={"type": "eq", "fun": lambda say: say.sum() - 1, "jac": lambda say: np.ones(count)},
        method="SLSQP",
    )
    say = np.where(found.x < 0.02, 0.0, found.x)
    return np.asarray(say / say.sum(), dtype=float)
