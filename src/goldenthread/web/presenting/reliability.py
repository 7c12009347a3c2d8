"""How good forecasts were, in words, figures and a drawing: what was said across, how often it happened up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.forecasting.track_record import LEAST_FORECASTS, Reliability, TrackRecord

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
    width: float = LEFT + SIDE + 16
    height: float = TOP + SIDE + 56
    left: float = LEFT
    top: float = TOP
    right: float = LEFT + SIDE
    bottom: float = TOP + SIDE


def score_rows(record: TrackRecord) -> tuple[ScoreRow, ...]:
    """What the forecasts and the stated dates score at each horizon; too few are said to be too few."""
    return tuple(
        ScoreRow(
            ahead=f"{score.months} month{'' if score.months == 1 else 's'}",
            count=f"{score.forecasts:,} of {score.promises:,} promise{'' if score.promises == 1 else 's'}",
            ours=_figure(score.brier),
            dates=_figure(score.brier_of_dates),
            verdict=_verdict(score.brier, score.brier_of_dates),
        )
        for score in record.scores
    )


def reliability_rows(record: TrackRecord) -> tuple[BinRow, ...]:
    """The reliability table."""
    return tuple(
        BinRow(f"{each.low:.0%} to {each.high:.0%}", each.count, f"{each.said:.0%}", f"{each.happened:.0%}")
        for each in record.reliability
    )


def draw_reliability(bins: Sequence[Reliability]) -> ReliabilityDrawing | None:
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


def _figure(score: float | None) -> str:
    return f"Fewer than {LEAST_FORECASTS}, not shown" if score is None else f"{score:.3f}"


def _verdict(ours: float | None, dates: float | None) -> str:
    if ours is None or dates is None:
        return "Too few to say"
    if abs(ours - dates) < 0.005:
        return "As good as the dates"
    return "Better than the dates" if ours < dates else "Worse than the dates"
