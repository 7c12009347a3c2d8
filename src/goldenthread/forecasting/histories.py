"""Dated forecasts of promises and what came of them: what forecasting learns from, and is scored against.

Days are civil days. A history holds what was said of one promise, report by report; `as_known_on` cuts it down to what
could be known on a day, which is all that a forecast made on that day may use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Stated:
    """The day by which a promise was then expected to be kept, as reported on a day."""

    on: date
    expected: date


@dataclass(frozen=True, slots=True)
class History:
    """What was said of one promise. `stated` is in the order of the reports, at most one for a day.

    `start` is when work began or was to begin, `first` the day first promised; None where unknown. `actual` is the day
    on which it was kept; None while it is open, and then it is known only that it was open on `open_until`, the last
    day on which it was looked at (censored, and never left out). `kind` is the reference class that the source gives
    it ("construction", "month"), if any.
    """

    project: str
    stated: tuple[Stated, ...]
    start: date | None = None
    first: date | None = None
    actual: date | None = None
    open_until: date | None = None
    kind: str | None = None

    def as_known_on(self, day: date) -> History | None:
        """The same as it was known at the end of a day; None if nothing had been stated by then."""
        stated = tuple(each for each in self.stated if each.on <= day)
        if not stated:
            return None
        if self.actual is not None and self.actual <= day:
            return replace(self, stated=stated)
        known_open = day if self.open_until is None or self.actual is not None else min(day, self.open_until)
        return replace(self, stated=stated, actual=None, open_until=max(known_open, stated[-1].on))
