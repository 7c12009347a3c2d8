"""What could be told of a promise on the day of a forecast: from `Asked` alone, which knows nothing of later.

Lengths of time go in as logarithms, so that a week more matters to a month as a quarter does to a year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import compress, pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.outlook import Asked, Floats

RECENT = timedelta(days=90)
"""How far back a movement is still recent."""


@dataclass(frozen=True, slots=True)
class Features:
    """The numbers that a model may use. Days unless said otherwise."""

    remaining: float
    """To the day last stated; below zero where that has passed."""
    elapsed: float
    """Since the start, or since the first report where no start is known."""
    planned: float
    """From the start to the day first promised."""
    span: float
    """From the start to the day last stated."""
    slipped: float
    """From the day first promised to the day last stated; above zero is later."""
    moves: float
    """How often the stated day changed."""
    later: float
    """How often it changed to a later day."""
    held: float
    """Since it last changed, or since it was first stated."""
    last_move: float
    """The last change; 0 if there was none."""
    recent: float
    """The change over the last 90 days."""
    quiet: float
    """Since anything was last stated."""
    reports: float
    """How often anything was stated."""
    followed: float
    """Since anything was first stated."""


def features(asked: Asked) -> Features:
    """The numbers of one promise as it was known on the day of the forecast."""
    known, on = asked.known, asked.on
    stated = known.stated
    begun = min(known.start or stated[0].on, on)
    first = known.first or stated[0].expected
    expected = stated[-1].expected
    changes = [
        (after.on, (after.expected - before.expected).days)
        for before, after in pairwise(stated)
        if after.expected != before.expected
    ]
    held_since = changes[-1][0] if changes else stated[0].on
    return Features(
        remaining=(expected - on).days,
        elapsed=(on - begun).days,
        planned=max(1, (first - begun).days),
        span=max(1, (expected - begun).days),
        slipped=(expected - first).days,
        moves=len(changes),
        later=sum(days > 0 for _, days in changes),
        held=(on - held_since).days,
        last_move=changes[-1][1] if changes else 0,
        recent=sum(days for day, days in changes if day > on - RECENT),
        quiet=(on - stated[-1].on).days,
        reports=len(stated),
        followed=(on - stated[0].on).days,
    )


NAMES = tuple(field.name for field in fields(Features))
_VALUES = attrgetter(*NAMES)


@dataclass(frozen=True)
class Table:
    """The features of many promises, worked out once: an array for each name, and the days of the forecasts."""

    asked: tuple[Asked, ...]
    columns: dict[str, Floats]

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> Table:
        """The features of these promises."""
        rows = np.array([_VALUES(features(each)) for each in asked], dtype=float).reshape(
            len(asked), len(NAMES)
        )
        return cls(tuple(asked), {name: rows[:, place] for place, name in enumerate(NAMES)})

    def __getitem__(self, name: str) -> Floats:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.asked)

    @property
    def on(self) -> tuple[date, ...]:
        """The days of the forecasts."""
        return tuple(each.on for each in self.asked)

    @property
    def years(self) -> Floats:
        """The same in years."""
        return np.array([each.on.toordinal() / 365.25 for each in self.asked])

    @property
    def length(self) -> Floats:
        """The days by which the lateness of each promise is measured: a week is much to a month, little to a year."""
        return np.asarray(0.5 * np.maximum(self["remaining"], 0.0) + 0.25 * self["span"] + 15, dtype=float)

    def only(self, wanted: NDArray[np.bool_]) -> Table:
        """Those promises."""
        return Table(
            tuple(compress(self.asked, wanted)),
            {name: values[wanted] for name, values in self.columns.items()},
        )


def log_days(days: Floats, softness: float = 7.0) -> Floats:
    """The logarithm of a length of time, softened so that a day more or less near zero is nothing."""
    return np.log(np.maximum(days, 0.0) + softness) - math.log(softness)


def signed_log(days: Floats, softness: float = 30.0) -> Floats:
    """The same for a movement, which may be to either side."""
    return np.asarray(np.sign(days) * np.log1p(np.abs(days) / softness), dtype=float)
