"""What the shipped prior's kind of model scored on the histories that it was learned from, out of sample by project.

`prior/scores.json` was written by tools/score-prior; the page "How good the forecasts are" shows it as it stands.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

FILE = "scores.json"


class _Held(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScoredBin(_Held):
    """Forecasts whose chance lay from `low` to `high`: how many, what they said on average, how often it happened."""

    low: float
    high: float
    count: int
    said: float
    happened: float


class KindScores(_Held):
    """The scores on one kind of history: CRPS in days, shares of 1, Brier scores by months ahead.

    `best` names the rule of thumb with the smallest CRPS. The rule of dates says of everything that it is done by the
    date stated.
    """

    kind: str
    forecasts: int
    projects: int
    finished: int
    crps: float
    best: str
    crps_of_best: float
    covered: float
    brier: dict[int, float]
    brier_of_dates: dict[int, float]
    brier_forecasts: dict[int, int]
    reliability: tuple[ScoredBin, ...]


class PublishedScores(_Held):
    """The scores of a prior, by its version, kind by kind."""

    prior: str
    kinds: tuple[KindScores, ...]


@cache
def published_scores() -> PublishedScores:
    """The scores that are shipped with this release."""
    held: Any = json.loads(files("goldenthread.forecasting.prior").joinpath(FILE).read_text(encoding="utf-8"))
    return PublishedScores.model_validate(held)
