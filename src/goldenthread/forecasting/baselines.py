"""What a forecast has to beat: the rules of thumb that a programme office has without any model.

Each is fitted from past cases and speaks in the same grids of quantiles. None is allowed to expect what is impossible:
a promise open today is done tomorrow at the earliest, for them as for the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.outlook import LEVELS, SHORTEST, Asked, Floats, Outlooks

ENOUGH = 5
"""Past slips that must be left, once those impossible by now are put aside, for the rest to be a distribution."""


class Baseline(Protocol):
    """A rule of thumb, made from past cases: a Forecaster."""

    version: str

    def __init__(self, past: Cases) -> None: ...

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        ...


class DueDate:
    """(i) It will be done by its due date; where that has passed, tomorrow. A point."""

    version = "done by its due date"

    def __init__(self, past: Cases) -> None:
        del past

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The due date of each."""
        return _points(asked, _remaining(asked))


class MedianSlip:
    """(ii) The last stated date plus the median slip of past cases. A point."""

    version = "last date plus median slip"

    def __init__(self, past: Cases) -> None:
        self.slip = float(np.median(past.slips[past.done])) if past.done.any() else 0.0

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The moved date of each."""
        return _points(asked, _remaining(asked) + self.slip)


class SlipDistribution:
    """(iv) The last stated date plus the whole distribution of past slips: the reference class of Flyvbjerg 2006.

    Slips that would have had it done by now are put aside, promise by promise.
    """

    version = "last date plus past slips"

    def __init__(self, past: Cases) -> None:
        self.slips: Floats = np.sort(past.slips[past.done]) if past.done.any() else np.zeros(1)

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        return self.laid(self.slips, asked)

    @staticmethod
    def laid(slips: Floats, asked: Sequence[Asked]) -> Outlooks:
        """These slips, in rising order, laid to the day last stated of each promise.

        The quantiles are those of Hyndman and Fan 1996, type 7, read off for all promises at once.
        """
        remaining = _remaining(asked)[:, None]
        possible_from = np.searchsorted(slips, SHORTEST - remaining)
        first = np.where(len(slips) - possible_from >= ENOUGH, possible_from, 0)
        place = first + (len(slips) - 1 - first) * LEVELS
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, len(slips) - 1)
        low, high = (np.maximum(remaining + slips[at], SHORTEST) for at in (below, above))
        days = low + (high - low) * (place - below)
        return Outlooks(tuple(each.on for each in asked), days.reshape(len(asked), len(LEVELS)))


class Duration:
    """(iii) Kaplan and Meier's curve of how long such projects take from their start, given how long this has taken.

    One duration for each project; an open project is censored, not dropped. Beyond the longest known duration the curve
    is taken to end; a project that has outlived it is expected tomorrow.
    """

    version = "Kaplan-Meier from the start"

    def __init__(self, past: Cases) -> None:
        last = {project: row for row, project in enumerate(past.projects)}
        rows = np.array(sorted(last.values()), dtype=int)
        lengths = _elapsed([past.asked[row] for row in rows]) + past.days[rows]
        self.lengths, self.survival = kaplan_meier(lengths, past.done[rows])

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        rows = [self._quantiles(elapsed) for elapsed in _elapsed(asked)]
        return Outlooks(tuple(each.on for each in asked), np.array(rows).reshape(len(asked), len(LEVELS)))

    def _quantiles(self, elapsed: float) -> Floats:
        later = self.lengths > elapsed
        if not later.any():
            return np.full(len(LEVELS), SHORTEST)
        before = self.survival[~later]
        given = self.survival[later] / (before[-1] if len(before) else 1.0)
        rank = np.searchsorted(1 - given, LEVELS)
        return np.asarray(
            np.maximum(self.lengths[later][np.minimum(rank, len(given) - 1)] - elapsed, SHORTEST)
        )


BASELINES: dict[str, type[Baseline]] = {
    "due date": DueDate,
    "median slip": MedianSlip,
    "Kaplan-Meier": Duration,
    "past slips": SlipDistribution,
}
"""The baselines by the names under which results are printed."""
OF_POINTS_AND_LENGTHS = ("due date", "median slip", "Kaplan-Meier")
"""Baselines (i) to (iii)."""
REFERENCE_CLASS = "past slips"
"""Baseline (iv), the hardest."""


def kaplan_meier(lengths: Floats, done: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The distinct lengths at which something ended, and the share that lasted longer than each."""
    ends, counts = np.unique(lengths[done], return_counts=True)
    at_risk = len(lengths) - np.searchsorted(np.sort(lengths), ends)
    return ends, np.asarray(np.cumprod(1 - counts / np.maximum(at_risk, 1)), dtype=float)


def _points(asked: Sequence[Asked], days: Floats) -> Outlooks:
    grid = np.repeat(np.maximum(days, SHORTEST)[:, None], len(LEVELS), axis=1)
    return Outlooks(tuple(each.on for each in asked), grid)


def _remaining(asked: Sequence[Asked]) -> Floats:
    return np.array([(each.stated - each.on).days for each in asked], dtype=float)


def _elapsed(asked: Sequence[Asked]) -> Floats:
    begun = ((each.known.start or each.known.stated[0].on) for each in asked)
    return np.array(
        [max(0, (each.on - start).days) for each, start in zip(asked, begun, strict=True)], dtype=float
    )
