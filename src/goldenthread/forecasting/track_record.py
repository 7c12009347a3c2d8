"""How good a plan's own forecasts have been: each remade from what was known then, and set beside what came of it.

Only forecasts of which it is known by now whether the promise was done within the time asked about are scored: it was
done, or was seen open after that time. Beside each stands what "it will be done by the date that was stated" scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.forecasting.outlook import Forecaster
from goldenthread.forecasting.plan_forecast import outlooks_of
from goldenthread.forecasting.promises import Promise, Told, promises_of
from goldenthread.forecasting.scores import HORIZONS, MONTH
from goldenthread.plan.dates import month_end
from goldenthread.plan.model import Plan

LEAST_FORECASTS = 20
"""No score is given for fewer forecasts than this."""
LEAST_IN_A_BIN = 5
"""A bin of the reliability table with fewer forecasts than this is not shown."""
MOST_DAYS = 12
"""Forecasts are remade as at the ends of so many months at most, the latest of them."""
BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast: the chance it gave, what the date then stated would have said (1 or 0), and what happened."""

    promise: str
    on: date
    months: int
    chance: float
    stated: float
    happened: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """Forecasts whose chance lay from `low` to `high`: how many, what they said on average, how often it happened."""

    low: float
    high: float
    count: int
    said: float
    happened: float


@dataclass(frozen=True, slots=True)
class HorizonScore:
    """Brier scores of forecasts so many months ahead (0 is perfect, a coin scores 0.25); None for too few."""

    months: int
    forecasts: int
    promises: int
    brier: float | None
    brier_of_dates: float | None


@dataclass(frozen=True)
class TrackRecord:
    """What came of the forecasts of a plan, as far as is known on a day."""

    days: tuple[date, ...]
    scores: tuple[HorizonScore, ...]
    reliability: tuple[Reliability, ...]


def track_record(
    plan: Plan, told: Mapping[str, tuple[Told, ...]], on: date, prior: Forecaster
) -> TrackRecord:
    """The forecasts of a plan remade as at the ends of past months, each from what was told by then, and scored.

    The plan's wording and its steps are those of the plan that is given; what was told is cut down to each day.
    """
    promises = promises_of(plan, told)
    days = tuple(_month_ends(promises, on))
    scored = [each for day in days for each in _scored(plan, promises, day, on, prior)]
    return TrackRecord(
        days=days,
        scores=tuple(
            _score(months, [each for each in scored if each.months == months]) for months in HORIZONS
        ),
        reliability=tuple(_bins(scored)) if len(scored) >= LEAST_FORECASTS else (),
    )


def _month_ends(promises: Sequence[Promise], on: date) -> Iterator[date]:
    """The ends of the months from the first day on which anything was told to a month ago, the latest ones."""
    told = [each.on for promise in promises for each in promise.told]
    if not told:
        return
    days, day = [], month_end(min(told).year, min(told).month)
    while day + timedelta(days=round(MONTH)) <= on:
        days.append(day)
        following = day + timedelta(days=1)
        day = month_end(following.year, following.month)
    yield from days[-MOST_DAYS:]


def _scored(
    plan: Plan, promises: Sequence[Promise], day: date, on: date, prior: Forecaster
) -> Iterator[Scored]:
    found = outlooks_of(plan, promises, day, prior)
    now = {promise.key: promise.known_on(on) for promise in promises}
    for row, known in enumerate(found.known):
        final = now[known.promise.key]
        seen = final.done_on or final.looked_at or day
        for months in HORIZONS:
            limit = day + timedelta(days=round(months * MONTH))
            if seen <= day or (final.done_on is None and seen < limit):
                continue
            chance = found.carried.outlooks.chance_by(row, limit)
            expected = known.expected
            if chance is not None and expected:
                done = final.done_on is not None and final.done_on <= limit
                yield Scored(known.promise.key, day, months, chance, float(expected.latest <= limit), done)


def _score(months: int, scored: Sequence[Scored]) -> HorizonScore:
    enough = len(scored) >= LEAST_FORECASTS
    return HorizonScore(
        months=months,
        forecasts=len(scored),
        promises=len({each.promise for each in scored}),
        brier=_mean([(each.chance - each.happened) ** 2 for each in scored]) if enough else None,
        brier_of_dates=_mean([(each.stated - each.happened) ** 2 for each in scored]) if enough else None,
    )


def _bins(scored: Sequence[Scored]) -> Iterator[Reliability]:
    for low, high in BINS:
        inside = [each for each in scored if low <= each.chance < high or each.chance == high == 1.0]
        if len(inside) >= LEAST_IN_A_BIN:
            said, happened = (
                _mean([each.chance for each in inside]),
                _mean([each.happened for each in inside]),
            )
            yield Reliability(low, high, len(inside), said, happened)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
