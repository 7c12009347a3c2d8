"""Histories cut into cases: a forecast that could have been made on a day, and what is known of how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.histories import History
from goldenthread.forecasting.outlook import Asked, Floats

QUIET = 30
"""From so many days without a word on, a day is a quiet one."""


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

    @property
    def quiet(self) -> NDArray[np.bool_]:
        """Whether nothing was stated on the day of each forecast."""
        return np.array([each.known.stated[-1].on < each.on for each in self.asked], dtype=np.bool_)

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

    def with_quiet_days(self) -> Cases:
        """These and, where nothing was stated for long, cases from the quiet days too: half way to the stated day, on
        the day after it, and half and one and a half lengths of the promise later.

        Whoever asks after such a promise asks on such a day; a model that never saw one would not know what to say.
        """
        until: dict[str, date] = {}
        found: list[tuple[Asked, float, bool]] = []
        for row in sorted(range(len(self)), key=lambda row: self.asked[row].on, reverse=True):
            asked, days = self.asked[row], float(self.days[row])
            project, left = asked.known.project, (asked.stated - asked.on).days
            quiet = min(days, (until[project] - asked.on).days if project in until else days)
            until[project] = asked.on
            length = max(left, 0) + QUIET
            for after in (left // 2, left + 1, left + 1 + length // 2, left + 1 + 3 * length // 2):
                if QUIET <= after < quiet:
                    day = asked.on + timedelta(days=after)
                    known = replace(asked.known, open_until=day)
                    found.append((Asked(known, day), days - after, bool(self.done[row])))
        return gathered([*zip(self.asked, self.days.tolist(), self.done.tolist(), strict=True), *found])

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
