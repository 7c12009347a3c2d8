"""The plan as bars on a line of months. All places are percentages of the width, so that any width will do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone, Plan, Theme
from goldenthread.web.presenting.dates import date_words
from goldenthread.web.presenting.index import handle, title_words
from goldenthread.web.presenting.statuses import status_words


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the line: where it begins and how wide it is, both in percent."""

    x: float
    width: float

    @property
    def end(self) -> float:
        """Where it ends, in percent."""
        return round(self.x + self.width, 3)


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a quarter on the line."""

    x: float
    label: str
    year: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One promise on the line. `firm` runs to the first day it could be due, `vague` on to the last."""

    handle: str
    title: str
    is_milestone: bool
    done: bool
    words: str
    firm: Span | None = None
    vague: Span | None = None
    original: float | None = None
    forecast: float | None = None
    actual: float | None = None

    @property
    def drawn(self) -> bool:
        """Whether it has any date to draw."""
        return any(
            part is not None for part in (self.firm, self.vague, self.original, self.forecast, self.actual)
        )


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line: its first and last day, its quarters, today's place if it falls within, and rows by theme."""

    start: date
    end: date
    ticks: tuple[Tick, ...]
    today: float | None
    groups: tuple[tuple[Theme, tuple[Row, ...]], ...]

    @property
    def labels(self) -> tuple[Tick, ...]:
        """The ticks that are named: each January, far enough from the end for its words to fit."""
        return tuple(tick for tick in self.ticks if tick.year and tick.x < 80)


def timeline(plan: Plan, today: date) -> Timeline | None:
    """The plan's actions and milestones on one line; None if it holds no date at all."""
    dated = [value for theme in plan.themes for item in _promises(theme) for value in _all_dates(item)]
    days = [day for value in dated for day in (value.earliest, value.latest) if day]
    if not days:
        return None
    start, end = _quarter(min(days)), _quarter(max(days) + timedelta(days=100)) - timedelta(days=1)
    scale = _Scale(start, (end - start).days)
    groups = tuple((theme, tuple(_row(item, scale) for item in _promises(theme))) for theme in plan.themes)
    return Timeline(start, end, scale.ticks(end), scale.at(today) if start <= today <= end else None, groups)


@dataclass(frozen=True, slots=True)
class _Scale:
    start: date
    days: int

    def at(self, day: date) -> float:
        return round(100 * min(max((day - self.start).days / self.days, 0), 1), 3)

    def span(self, first: date, last: date) -> Span:
        x = self.at(first)
        return Span(x, round(max(self.at(last) - x, 0.4), 3))

    def ticks(self, end: date) -> tuple[Tick, ...]:
        day, found = self.start, []
        while day < end:
            found.append(Tick(self.at(day), str(day.year), day.month == 1))
            day = _quarter(day + timedelta(days=100))
        return tuple(found)


def _row(item: Action | Milestone, scale: _Scale) -> Row:
    start, dates = getattr(item, "start", None), item.dates
    due = dates.approved or dates.original
    begins = start.earliest if start else None
    first, last = (due.earliest, due.latest) if due else (None, None)
    first = first or last
    is_milestone = isinstance(item, Milestone)
    return Row(
        handle=handle(item),
        title=title_words(item),
        is_milestone=is_milestone,
        done=item.status.is_done,
        words=_words(item),
        firm=scale.span(begins, first) if begins and first and begins < first and not is_milestone else None,
        vague=scale.span(first, last) if first and last else None,
        original=_place(dates.original, scale),
        forecast=_place(dates.forecast, scale),
        actual=_place(dates.actual, scale),
    )


def _words(item: Action | Milestone) -> str:
    start, dates = getattr(item, "start", None), item.dates
    parts = [f"start {date_words(start).text}"] if start else []
    parts += [f"approved date {date_words(dates.approved).text}"]
    if dates.original and dates.original != dates.approved:
        parts.append(f"original date {date_words(dates.original).text}")
    if dates.forecast:
        parts.append(f"forecast date {date_words(dates.forecast).text}")
    if dates.actual:
        parts.append(f"actual date {date_words(dates.actual).text}")
    return f"{'; '.join(parts)}. {status_words(item.status).text}."


def _place(value: PlanDate | None, scale: _Scale) -> float | None:
    return scale.at(value.latest) if value and value.latest else None


def _promises(theme: Theme) -> list[Action | Milestone]:
    found: list[Action | Milestone] = list(theme.actions)
    found.extend(theme.milestones)
    return found


def _all_dates(item: Action | Milestone) -> list[PlanDate]:
    dates = item.dates
    found = [getattr(item, "start", None), dates.original, dates.approved, dates.forecast, dates.actual]
    return [value for value in found if value]


def _quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
