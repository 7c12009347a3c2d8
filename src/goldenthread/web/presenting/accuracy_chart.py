"""Forecast accuracy as a drawing: each group's mean as a mark on its interval, beside the line of “on the day”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.forecasting.pooled_means import Figure

LEFT, WIDE, RIGHT, ROW, TOP = 90.0, 420.0, 50.0, 34.0, 12.0
_STEPS = (5, 10, 20, 30, 60, 90, 180, 360, 720, 1440, 2880)
_MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: where its interval lies and its mean stands."""

    label: str
    top: float
    left: float
    width: float
    mean: float


@dataclass(frozen=True)
class IntervalChart:
    """The drawing, in its own units. `marks` are places on the axis with their words; `on_the_day` is where 0 lies."""

    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]
    on_the_day: float
    words: str

    @property
    def width(self) -> float:
        """The whole width."""
        return LEFT + WIDE + RIGHT

    @property
    def bottom(self) -> float:
        """Where the axis lies."""
        return TOP + ROW * len(self.bars)

    @property
    def height(self) -> float:
        """The whole height, with the words below."""
        return self.bottom + 48


def draw_intervals(figures: Sequence[tuple[str, Figure]]) -> IntervalChart | None:
    """The figures, each under its label, on one axis of days; None where there is nothing to compare."""
    if len(figures) < 2:
        return None
    low = min(0, *(figure.low for _, figure in figures))
    high = max(0, *(figure.high for _, figure in figures))
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_MARKS), _STEPS[-1])
    first, last = low // step * step, -(-high // step) * step

    def at(days: int) -> float:
        return round(LEFT + WIDE * (days - first) / max(last - first, 1), 1)

    return IntervalChart(
        bars=tuple(
            Bar(label, TOP + ROW * place + 8, at(one.low), max(2.0, at(one.high) - at(one.low)), at(one.days))
            for place, (label, one) in enumerate(figures)
        ),
        marks=tuple((at(days), f"{days:,}") for days in range(first, last + 1, step)),
        on_the_day=at(0),
        words="; ".join(f"{label}: {one.low:,} to {one.high:,}, mean {one.days:,}" for label, one in figures),
    )
