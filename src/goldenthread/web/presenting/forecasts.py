"""Forecasts as pages have them: in words, in tables and in drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.forecasting.curve import Curve, Point
from goldenthread.forecasting.plan_forecast import ItemForecast
from goldenthread.forecasting.promises import Silence
from goldenthread.forecasting.saying import by_words, chance_of, chance_words
from goldenthread.plan.days import day_words
from goldenthread.web.presenting.dates import short_day


@dataclass(frozen=True, slots=True)
class ForecastWords:
    """A forecast in words: the chance, both days, and why; or in `none` why there is no forecast."""

    chance: str
    likely: str
    safe: str
    because: str
    none: str | None = None

    @property
    def days(self) -> str:
        """Both days in a sentence."""
        return f"As likely as not done by {self.likely}; an 80% chance by {self.safe}."


_NO_PROMISE = ForecastWords("–", "–", "–", "", "Nothing to forecast. It groups the steps below it.")


def forecast_words(item: ItemForecast | None) -> ForecastWords:
    """What a page says of the forecast of one promise; None is what only groups others."""
    if item is None:
        return _NO_PROMISE
    on = item.known.on
    if item.silence or not (item.p50 and item.p80):
        silence = item.silence or Silence.TOO_LITTLE
        lead = "No forecast." if silence.is_abstention else "Nothing to forecast."
        return ForecastWords("–", "–", "–", "", f"{lead} {silence.in_words}")
    return ForecastWords(f"{chance_of(item)}.", by_words(item.p50, on), by_words(item.p80, on), item.because)


def chance_cell(item: ItemForecast) -> str:
    """The chance by its approved date, for a cell of a table."""
    if item.chance is not None:
        return chance_words(item.chance)
    return "Date has passed" if item.is_past_due else "No approved date"


@dataclass(frozen=True, slots=True)
class FanRow:
    """A line of the table beside the fan: with which chance it is done by when."""

    chance: str
    by: str


@dataclass(frozen=True)
class Fan:
    """The spread of a forecast along a line of days; all places in percent of its width."""

    wide: tuple[float, float]
    inner: tuple[float, float]
    middle: float
    due: float | None
    lead: float | None
    marks: tuple[tuple[float, str], ...]
    rows: tuple[FanRow, ...]
    words: str


def fan_of(item: ItemForecast | None) -> Fan | None:
    """The drawing and the table of one forecast; None where there is none."""
    if (
        item is None
        or item.silence
        or not (item.p10 and item.p25 and item.p50 and item.p75 and item.p80 and item.p90)
    ):
        return None
    on, expected = item.known.on, item.known.expected
    lead = expected.latest if expected and expected != item.known.approved else None
    days = [day for day in (on, item.p90, item.due, lead) if day]
    first, last = min(days), max(*days, on + timedelta(days=28))
    span = (last - first).days

    def across(day: date) -> float:
        return round(3 + 94 * (day - first).days / span, 2)

    marks = [first + timedelta(days=round(span * part / 2)) for part in range(3)]
    said = ((0.1, item.p10), (0.5, item.p50), (0.8, item.p80), (0.9, item.p90))
    return Fan(
        wide=(across(item.p10), across(item.p90)),
        inner=(across(item.p25), across(item.p75)),
        middle=across(item.p50),
        due=across(item.due) if item.due else None,
        lead=across(lead) if lead else None,
        marks=tuple((across(day), short_day(day)) for day in marks),
        rows=tuple(FanRow(f"{chance:.0%}", _capital(by_words(day, on))) for chance, day in said),
        words=f"Nine chances in ten that it is done by {by_words(item.p90, on)}, one in ten by "
        f"{by_words(item.p10, on)}.",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


ORDERS = {
    "chance": "Least likely first",
    "date": "By approved date",
    "slip": "Furthest past their date first",
    "plan": "As in the plan",
}
"""In which order the list can be had."""
_FAR = date.max


def listed(items: Sequence[tuple[str, ItemForecast]], order: str) -> list[tuple[str, ItemForecast]]:
    """The forecasts, by key, in one of `ORDERS`; what has passed its date cannot be kept and counts as least likely."""
    if order == "chance":
        return sorted(items, key=lambda pair: _likelihood(pair[1]))
    if order == "date":
        return sorted(items, key=lambda pair: pair[1].due or _FAR)
    if order == "slip":
        return sorted(items, key=lambda pair: -_slip(pair[1]))
    return list(items)


def _likelihood(item: ItemForecast) -> tuple[float, int]:
    if item.chance is not None:
        return item.chance, -_slip(item)
    return (0.0 if item.is_past_due else 2.0), -_slip(item)


def _slip(item: ItemForecast) -> int:
    return (item.p50 - item.due).days if item.p50 and item.due else -100_000


@dataclass(frozen=True)
class CurveDrawing:
    """The cumulative curve in units of its drawing."""

    planned: str
    approved: str
    done: str
    middle: str
    band: str
    today: float
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    width: float = 640
    height: float = 320
    left: float = 44
    right: float = 628
    top: float = 12
    bottom: float = 276


def draw_curve(curve: Curve, on: date) -> CurveDrawing:
    """Where the lines run. The forecast begins where the actual ends."""
    first, last = curve.points[0].on, curve.points[-1].on
    span = max(1, (last - first).days)
    most = max(1, *(max(point.planned, point.approved, point.high or 0) for point in curve.points))
    form = CurveDrawing("", "", "", "", "", 0.0, (), ())

    def x(day: date) -> float:
        return round(form.left + (form.right - form.left) * (day - first).days / span, 1)

    def y(count: float) -> float:
        return round(form.bottom - (form.bottom - form.top) * count / most, 1)

    def path(pairs: list[tuple[date, int | None]]) -> str:
        return " ".join(f"{x(day)},{y(count)}" for day, count in pairs if count is not None)

    points = curve.points
    today = [(point.on, point.done) for point in points if point.done is not None][-1:]
    ahead = [point for point in points if point.middle is not None]
    high = [*today, *((point.on, point.high) for point in ahead)]
    low = [*today, *((point.on, point.low) for point in ahead)]
    marks = [first + timedelta(days=round(span * part / 4)) for part in range(5)]
    steps = sorted({round(most * part / 4) for part in range(5)})
    return CurveDrawing(
        planned=path([(point.on, point.planned) for point in points]),
        approved=path([(point.on, point.approved) for point in points]),
        done=path([(point.on, point.done) for point in points]),
        middle=path([*today, *((point.on, point.middle) for point in ahead)]) if ahead else "",
        band=path([*high, *reversed(low)]) if ahead else "",
        today=x(on),
        across=tuple((x(day), f"{day:%b} {day.year}") for day in marks),
        up=tuple((y(count), str(count)) for count in steps),
    )


@dataclass(frozen=True, slots=True)
class PointRow:
    """A line of the curve's table."""

    day: str
    planned: int
    approved: int
    done: str
    forecast: str


def curve_rows(curve: Curve, on: date) -> tuple[PointRow, ...]:
    """The same as the drawing, in figures."""
    return tuple(_point_row(point, on) for point in curve.points)


def _point_row(point: Point, on: date) -> PointRow:
    ahead = point.middle is not None
    return PointRow(
        day=f"{day_words(point.on)}{' (the day of the forecast)' if point.on == on else ''}",
        planned=point.planned,
        approved=point.approved,
        done="Not yet" if point.done is None else str(point.done),
        forecast=f"{point.middle} (80% chance of {point.low} to {point.high})" if ahead else "Has come",
    )
