"""Features as columns of numbers for a linear model: centred, scaled, bounded, and bent where a line is too stiff.

What centres, scales and bends them is learnt from the cases that a model is fitted from, and kept with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldenthread.forecasting.features import Table, log_days, signed_log
from goldenthread.forecasting.outlook import Floats

_BOUND = 4.0  # nothing counts as further than four standard deviations from the mean


@dataclass(frozen=True, slots=True)
class Detail:
    """How far a model may go into detail: the more it may, the more data it needs.

    `spans` and `seasons` are how many knots the length of a promise and the date of the forecast get, since their
    effects may be crooked; knots nearer than `apart` (in logarithms of days, or in years) are one. `ridge` is what an
    effect costs, in cases of information.
    """

    name: str
    spans: int
    apart: float
    seasons: int
    ridge: float


@dataclass(frozen=True)
class Columns:
    """The columns of a fitted model: of `means` and `scales` a number for each plain column."""

    means: Floats
    scales: Floats
    spans: Floats
    seasons: Floats

    @classmethod
    def of(cls, known: Table, weights: Floats, detail: Detail, *, calendar: bool) -> Columns:
        """The columns that suit these promises. `calendar`: whether the date of the forecast may matter."""
        plain = _plain(known)
        scales = plain.std(axis=0)
        return cls(
            plain.mean(axis=0),
            np.where(scales < 1e-9, 1.0, scales),
            _knots(np.log(known["span"]), weights, detail.spans, detail.apart),
            _knots(known.years, weights, detail.seasons, detail.apart) if calendar else np.zeros(0),
        )

    def table(self, known: Table) -> Floats:
        """A row for each promise."""
        plain = np.clip((_plain(known) - self.means) / self.scales, -_BOUND, _BOUND)
        return np.hstack(
            [plain, _tents(np.log(known["span"]), self.spans), _tents(known.years, self.seasons)]
        )

    def as_json(self) -> dict[str, Any]:
        """Everything as lists."""
        return {
            name: [float(f"{number:.8g}") for number in getattr(self, name)]
            for name in ("means", "scales", "spans", "seasons")
        }

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Columns:
        """The same from what `as_json` gave."""
        return cls(*(np.array(held[name], dtype=float) for name in ("means", "scales", "spans", "seasons")))


def _plain(known: Table) -> Floats:
    remaining = known["remaining"]
    return np.column_stack(
        [
            log_days(remaining),
            log_days(known["span"], 30),
            log_days(known["elapsed"], 30),
            remaining < 1,
            log_days(-remaining, 14),
            signed_log(known["slipped"]),
            signed_log(known["recent"]),
        ]
    )


def _knots(values: Floats, weights: Floats, count: int, apart: float) -> Floats:
    """Knots at even shares of the weight, from the 2nd to the 98th percentile."""
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order])
    places = np.interp(np.linspace(0.02, 0.98, count) * running[-1], running, values[order])
    kept = [float(places[0])]
    for place in places[1:]:
        if place > kept[-1] + apart:
            kept.append(float(place))
    return np.array(kept)


def _tents(values: Floats, knots: Floats) -> Floats:
    """A column for each knot: 1 at it, 0 at its neighbours, straight between; flat beyond the first and the last."""
    if len(knots) < 3:
        return np.zeros((len(values), 0))
    return np.column_stack([np.interp(values, knots, row) for row in np.eye(len(knots))])
