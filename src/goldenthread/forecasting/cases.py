"""Histories cut into cases: a forecast that could have been made on a day, and what is known of how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.histories import History
from goldenthread.forecasting.outlook import Asked, Floats


@dataclass(frozen=True)
class Cases:
    """Some promises as they stood on some days. Arrays have a number for each of `asked`.

    `days` is from the forecast to the completion where `done`, and else to the last day on which the promise was known
    to be open: it took longer than that (censored).
    """

    asked: tuple[Asked, ...]
    days: Floats
    done: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.asked)

    @property
    def projects(self) -> list[str]:
        """The project of each case."""
        return [each.known.project for each in self.asked]

    @property
    def remaining(self) -> Floats:
        """Days from each forecast to the day last stated; below zero where that has passed."""
        return np.array([(each.stated - each.on).days for each in self.asked], dtype=float)

    @property
    def slips(self) -> Floats:
        """Days from the day last stated to the completion; above zero is late. Means something where `done`."""
        return self.days - self.remaining

    def per_project(self) -> Floats:
        """Weights that give each project the same say, whatever the number of its reports. They sum to 1."""
        _, which, counts = np.unique(self.projects, return_inverse=True, return_counts=True)
        return np.asarray(1 / counts[which] / len(counts), dtype=float)

    def until_stated(self) -> Cases:
        """The same, with an open promise counted as open until the eve of the day that was stated, and not beyond.

        What comes from the stated day on is then learnt from promises that were finished. See docs/forecasting.md,
        "Open items", for why, and for what it costs.
        """
        until = np.minimum(self.days, np.maximum(self.remaining - 1, 0.0))
        return Cases(self.asked, np.where(self.done, self.days, until), self.done)

    def only(self, wanted: NDArray[np.bool_]) -> Cases:
        """Those cases."""
        return Cases(
            tuple(each for each, take in zip(self.asked, wanted, strict=True) if take),
            self.days[wanted],
            self.done[wanted],
        )


def case(history: History, on: date) -> tuple[Asked, float, bool] | None:
    """The forecast of a promise on a day and its outcome; None where nothing was stated yet or it was done by then."""
    known = history.as_known_on(on)
    if known is None or (history.actual is not None and history.actual <= on):
        return None
    until = history.actual or history.open_until or history.stated[-1].on
    return Asked(known, on), max(0.0, float((until - on).days)), history.actual is not None


def cases_of(histories: Iterable[History]) -> Cases:
    """A case for each day on which something was stated of a promise still open."""
    return gathered(
        found
        for found in chain.from_iterable(
            (case(history, stated.on) for stated in history.stated) for history in histories
        )
        if found is not None
    )


def gathered(found: Iterable[tuple[Asked, float, bool]]) -> Cases:
    """Cases from their parts."""
    rows: Sequence[tuple[Asked, float, bool]] = list(found)
    return Cases(
        tuple(row[0] for row in rows),
        np.array([row[1] for row in rows], dtype=float),
        np.array([row[2] for row in rows], dtype=np.bool_),
    )
