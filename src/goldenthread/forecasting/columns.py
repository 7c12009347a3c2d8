"""Features as columns of numbers for a linear model: centred, scaled, bounded, and bent where a line is too stiff.

What centres, scales and bends them is learnt from the cases that a model is fitted from, and kept with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldenthread.forecasting.features import log_days, signed_log, table
from goldenthread.forecasting.outlook import Asked, Floats

SPANS, SEASONS = 24, 6
"""How many knots the length of a promise and the date of the forecast get: their effects may be crooked."""
_APART = 0.02  # knots nearer than this, in logarithms of days or in years, are one
_BOUND = 4.0  # nothing counts as further than four standard deviations from the mean


@dataclass(frozen=True)
class Columns:
    """The columns of a fitted model: of `means` and `scales` a number for each plain column."""

    means: Floats
    scales: Floats
    spans: Floats
    seasons: Floats

    @classmethod
    def of(cls, asked: Sequence[Asked], weights: Floats, *, calendar: bool) -> Columns:
        """The columns that suit these promises. `calendar`: whether the date of the forecast may matter."""
        plain = _plain(asked)
        scales = plain.std(axis=0)
        return cls(
            plain.mean(axis=0),
            np.where(scales < 1e-9, 1.0, scales),
            _knots(_log_span(asked), weights, SPANS),
            _knots(_years(asked), weights, SEASONS) if calendar else np.zeros(0),
        )

    def table(self, asked: Sequence[Asked]) -> Floats:
        """A row for each promise."""
        plain = np.clip((_plain(asked) - self.means) / self.scales, -_BOUND, _BOUND)
        return np.hstack([plain, _tents(_log_span(asked), self.spans), _tents(_years(asked), self.seasons)])

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


def _plain(asked: Sequence[Asked]) -> Floats:
    known = table(asked)
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


def _log_span(asked: Sequence[Asked]) -> Floats:
    return np.log(table(asked)["span"])


def _years(asked: Sequence[Asked]) -> Floats:
    return np.array([each.on.toordinal() / 365.25 for each in asked])


def _knots(values: Floats, weights: Floats, count: int) -> Floats:
    """Knots at even shares of the weight, from the 2nd to the 98th percentile."""
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order])
    places = np.interp(np.linspace(0.02, 0.98, count) * running[-1], running, values[order])
    kept = [float(places[0])]
    for place in places[1:]:
        if place > kept[-1] + _APART:
            kept.append(float(place))
    return np.array(kept)


def _tents(values: Floats, knots: Floats) -> Floats:
    """A column for each knot: 1 at it, 0 at its neighbours, straight between; flat beyond the first and the last."""
    if len(knots) < 3:
        return np.zeros((len(values), 0))
    return np.column_stack([np.interp(values, knots, row) for row in np.eye(len(knots))])
