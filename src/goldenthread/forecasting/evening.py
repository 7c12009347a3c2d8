"""A model with the peculiarities of single lengths evened out, so that a later date is not expected to be met sooner.

What a model learned from phases of building schools holds their habits: a phase planned for four months mostly takes
four months, one planned for nine takes twelve. Council promises have no such phases, and nobody could explain why what
is due in September should come before what is due in August. So a model is asked not for the stated day alone, but for
days around it too, as far off as they are ahead; each answer is put back by as much, and the quantiles are averaged
(Vincent 1912; Ratcliff 1979, "Group reaction time distributions"). The published scores are those of the evened model.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from threading import Lock

import numpy as np

from goldenthread.forecasting import prior
from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.outlook import LEVELS, SHORTEST, Asked, Floats, Forecaster, Outlooks

AROUND = ((0.75, 1), (0.87, 2), (1.0, 3), (1.15, 2), (1.33, 1))
"""The time left until the stated day is multiplied by each of these, and the answers are weighted so."""
KEPT = 20_000
"""So many answers are kept: past forecasts are asked for again with every change of a plan."""


@cache
def shipped() -> Evened:
    """The shipped prior, evened: what every forecast of a plan begins with."""
    return Evened(prior.load())


class Evened:
    """A forecaster that evens another's answers. It keeps what it was asked, since a plan asks the same many times."""

    def __init__(self, model: Forecaster) -> None:
        self.model, self.version = model, f"{model.version}, evened"
        self._kept: OrderedDict[bytes, Floats] = OrderedDict()
        self._lock = Lock()

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each. The name of a promise has no say in it."""
        keys = [_key(each) for each in asked]
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        missing = {key: each for key, each in zip(keys, asked, strict=True) if key not in found}
        made = dict(zip(missing, self._evened(list(missing.values())), strict=True))
        with self._lock:
            self._kept.update(made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        found |= made
        rows = [found[key] for key in keys]
        return Outlooks(tuple(each.on for each in asked), np.array(rows).reshape(len(rows), len(LEVELS)))

    def _evened(self, asked: Sequence[Asked]) -> Floats:
        if not asked:
            return np.empty((0, len(LEVELS)))
        left = np.array([max(0, (each.stated - each.on).days) for each in asked])
        evened, whole = np.zeros((len(asked), len(LEVELS))), sum(weight for _, weight in AROUND)
        for factor, weight in AROUND:
            moved = np.rint(left * (factor - 1)).astype(int)
            shifted = [_shifted(each, int(days)) for each, days in zip(asked, moved, strict=True)]
            back = self.model.outlooks(shifted).days - moved[:, None]
            evened += weight / whole * np.maximum(back, SHORTEST)
        return evened


def _key(asked: Asked) -> bytes:
    """Everything of it but its name, as bytes: they are hashed once."""
    known = asked.known
    days = [asked.on, known.start, known.first, known.actual, known.open_until]
    days += [day for each in known.stated for day in (each.on, each.expected)]
    numbers = np.array([day.toordinal() if day else 0 for day in days], dtype=np.int32)
    return numbers.tobytes() + (known.kind or "").encode()


def _shifted(asked: Asked, days: int) -> Asked:
    """The same promise with every date that was stated so many days later."""
    return Asked(shifted(asked.known, days), asked.on) if days else asked


def shifted(history: History, days: int) -> History:
    """The same history with every date that was stated so many days later."""
    later = timedelta(days=days)
    return replace(
        history,
        stated=tuple(Stated(each.on, each.expected + later) for each in history.stated),
        first=history.first + later if history.first else None,
    )
