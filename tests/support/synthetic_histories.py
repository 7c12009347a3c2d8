"""Made-up histories whose law is known, so that a model can be held against it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from goldenthread.forecasting.histories import History, Stated

ON = date(2022, 1, 3)


def promise(name: object, length: float, *, planned: int = 200) -> History:
    """A promise stated once, on the day on which it began, for `planned` days; it took `length` days."""
    return History(
        f"{name}",
        (Stated(ON, ON + timedelta(days=planned)),),
        start=ON,
        first=ON + timedelta(days=planned),
        actual=ON + timedelta(days=max(1, round(length))),
    )


def lengths_by_law(count: int, *, seed: int, planned: int = 200) -> list[float]:
    """How long promises take under the law: planned length times a log-normal number, median 1.2, deviation 0.4."""
    draw = np.random.Generator(np.random.Philox(seed))
    return [float(length) for length in planned * 1.2 * np.exp(0.4 * draw.standard_normal(count))]
