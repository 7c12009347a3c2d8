"""Milestone trend charts: where the lines run, in units of the drawing, and the tables that say the same in words.

Both axes have one scale, so that a date which slides day for day rises at 45 degrees, and the diagonal is where the
date expected is the day of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from goldenthread.assurance.trend import Reading, Trend
from goldenthread.plan.days import day_words
from goldenthread.web.presenting.dates import short_day

SIDE = 360.0
"""The length of each axis."""
LEFT, TOP, LABELS = 100.0, 12.0, 58.0
_APART = 17.0
_STYLES = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on an axis: its place and its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One promise in the drawing. `label` stands at the height `label_y`, so that no two cover each other."""

    label: str
    style: int
    points: tuple[tuple[float, float], ...]
    original: float | None
    actual: tuple[float, float] | None
    label_y: float

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y in self.points)

    @property
    def end(self) -> tuple[float, float]:
        """Where the line ends."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A drawing of one or more trends from the first day told of to the last day expected."""

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    today: float
    words: str
    left: float = LEFT
    top: float = TOP
    side: float = SIDE

    @property
    def width(self) -> float:
        """The whole width, with the words at both sides."""
        return LEFT + SIDE + LABELS

    @property
    def height(self) -> float:
        """The whole height, with the words below."""
        return TOP + SIDE + 62

    @property
    def bottom(self) -> float:
        """Where the lower axis lies."""
        return TOP + SIDE

    @property
    def right(self) -> float:
        """Where the lower axis ends."""
        return LEFT + SIDE


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading in words, with how far the date had moved since the reading before."""

    day: str
    expected: str
    by: str
    moved: str


def draw_trends(trends: Sequence[tuple[str, Trend]], until: date) -> TrendChart | None:
    """The drawing of these trends, each under its label, up to a day; None where nothing is dated."""
    drawn = [(label, trend) for label, trend in trends if trend.readings]
    if not drawn:
        return None
    days = [day for _, trend in drawn for day in _days(trend)]
    scale = _Scale(min(days), max(*days, until))
    lines = [_line(label, trend, place, scale) for place, (label, trend) in enumerate(drawn)]
    return TrendChart(
        lines=_with_labels_apart(lines),
        marks=tuple(scale.marks()),
        today=scale.across(until),
        words=f"Across, the days of reports; up, the dates then expected: from {day_words(scale.first)} "
        f"to {day_words(scale.last)}.",
    )


def reading_rows(trend: Trend) -> tuple[ReadingRow, ...]:
    """The readings as a table has them, the latest last."""
    earlier: Iterable[Reading | None] = (None, *trend.readings)
    return tuple(
        ReadingRow(
            day_words(reading.on),
            reading.expected.printed,
            "The lead" if reading.by_lead else "As approved",
            moved_words((reading.expected.latest - before.expected.latest).days) if before else "First date",
        )
        for before, reading in zip(earlier, trend.readings, strict=False)
    )


def moved_words(days: int) -> str:
    """How far a date moved: "31 days later", "Held"."""
    if not days:
        return "Held"
    count = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    return f"{count} {'later' if days > 0 else 'earlier'}"


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    @property
    def span(self) -> int:
        return max((self.last - self.first).days, 28)

    def across(self, day: date) -> float:
        return round(LEFT + SIDE * (day - self.first).days / self.span, 1)

    def up(self, day: date) -> float:
        return round(TOP + SIDE * (1 - (day - self.first).days / self.span), 1)

    def marks(self) -> Iterable[Mark]:
        """Three days, evenly apart, as distances along either axis."""
        for part in range(3):
            day = self.first + timedelta(days=round(self.span * part / 2))
            yield Mark(round(SIDE * (day - self.first).days / self.span, 1), short_day(day))


def _days(trend: Trend) -> Iterable[date]:
    for reading in trend.readings:
        yield reading.on
        yield reading.expected.latest
    for value in (trend.original, trend.actual):
        if value:
            yield value.latest


def _line(label: str, trend: Trend, place: int, scale: _Scale) -> Line:
    points = tuple(
        (scale.across(reading.on), scale.up(reading.expected.latest)) for reading in trend.readings
    )
    done = trend.actual.latest if trend.actual else None
    return Line(
        label=label,
        style=place % _STYLES,
        points=points,
        original=scale.up(trend.original.latest) if trend.original else None,
        actual=(scale.across(done), scale.up(done)) if done else None,
        label_y=points[-1][1],
    )


def _with_labels_apart(lines: list[Line]) -> tuple[Line, ...]:
    """The same lines with their labels moved so far that each can be read; downwards first, then back up."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].label_y)
    heights = {place: lines[place].label_y for place in order}
    for upper, lower in pairwise(order):
        heights[lower] = max(heights[lower], heights[upper] + _APART)
    floor = TOP + SIDE
    for place in reversed(order):
        heights[place] = min(heights[place], floor)
        floor = heights[place] - _APART
    return tuple(
        Line(line.label, line.style, line.points, line.original, line.actual, round(heights[place], 1))
        for place, line in enumerate(lines)
    )
