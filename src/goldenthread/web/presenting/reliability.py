"""How good forecasts were, in words, figures and a drawing: what was said across, how often it happened up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.forecasting.published_scores import KindScores, ScoredBin
from goldenthread.forecasting.scores import HORIZONS
from goldenthread.forecasting.track_record import LEAST_FORECASTS, Reliability, TrackRecord

Bin = Reliability | ScoredBin

SIDE, LEFT, TOP = 260.0, 56.0, 14.0


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A line of the table of scores."""

    ahead: str
    count: str
    ours: str
    dates: str
    verdict: str


@dataclass(frozen=True, slots=True)
class BinRow:
    """A line of the reliability table."""

    said: str
    count: int
    mean: str
    happened: str


@dataclass(frozen=True)
class ReliabilityDrawing:
    """The points of a reliability chart, each with the size of its bin, and the diagonal of perfect forecasts."""

    points: tuple[tuple[float, float, float], ...]
    marks: tuple[tuple[float, float, str], ...]
    width: float = LEFT + SIDE + 28
    height: float = TOP + SIDE + 56
    left: float = LEFT
    top: float = TOP
    right: float = LEFT + SIDE
    bottom: float = TOP + SIDE


def score_rows(record: TrackRecord) -> tuple[ScoreRow, ...]:
    """What the forecasts and the stated dates score at each horizon; too few are said to be too few."""
    return tuple(
        ScoreRow(
            ahead=_months(score.months),
            count=f"{score.forecasts:,} of {score.promises:,} promise{'' if score.promises == 1 else 's'}",
            ours=_figure(score.brier),
            dates=_figure(score.brier_of_dates),
            verdict=_verdict(score.brier, score.brier_of_dates),
        )
        for score in record.scores
    )


def published_rows(kind: KindScores) -> tuple[ScoreRow, ...]:
    """The same of one kind of history that the prior was learned from."""
    return tuple(
        ScoreRow(
            ahead=_months(months),
            count=f"{kind.brier_forecasts[months]:,}",
            ours=_figure(kind.brier[months]),
            dates=_figure(kind.brier_of_dates[months]),
            verdict=_verdict(kind.brier[months], kind.brier_of_dates[months]),
        )
        for months in HORIZONS
    )


def reliability_rows(bins: Sequence[Bin]) -> tuple[BinRow, ...]:
    """The reliability table."""
    return tuple(
        BinRow(f"{each.low:.0%} to {each.high:.0%}", each.count, f"{each.said:.0%}", f"{each.happened:.0%}")
        for each in bins
    )


def draw_reliability(bins: Sequence[Bin]) -> ReliabilityDrawing | None:
    """The reliability chart; None where there is nothing to show."""
    if not bins:
        return None
    most = max(each.count for each in bins)
    return ReliabilityDrawing(
        points=tuple(
            (
                round(LEFT + SIDE * each.said, 1),
                round(TOP + SIDE * (1 - each.happened), 1),
                round(4 + 8 * (each.count / most) ** 0.5, 1),
            )
            for each in bins
        ),
        marks=tuple(
            (round(LEFT + SIDE * part / 4, 1), round(TOP + SIDE * (1 - part / 4), 1), f"{part * 25}%")
            for part in range(5)
        ),
    )


KIND_WORDS = {
    "weekly-forecasts": "Release dates of software projects, forecast week by week",
    "school-construction": "Building and repairing schools in New York, phase by phase",
    "major-projects": "Major projects of the UK government, year by year",
}
"""What the kinds of history are, for a reader."""


def _months(months: int) -> str:
    return f"{months} month{'' if months == 1 else 's'}"


def _figure(score: float | None) -> str:
    return f"Fewer than {LEAST_FORECASTS}, not shown" if score is None else f"{score:.3f}"


def _verdict(ours: float | None, dates: float | None) -> str:
    if ours is None or dates is None:
        return "Too few to say"
    if abs(ours - dates) < 0.005:
        return "As good as the dates"
    return "Better than the dates" if ours < dates else "Worse than the dates"
