"""Trying forecasts on the past: the scores of a model and of every rule of thumb on the same forecasts.

What is scored was laid down before any model was tried:

- a forecast is made on each day on which something was reported of a project still open, and knows what was known then;
- CRPS and the share inside the 80 % interval are over forecasts whose outcome is known; that share is also given with
  open items counted (Kaplan-Meier over the positions of outcomes in their forecasts);
- the Brier score at 1, 3 and 6 months is over forecasts of which it is known whether they were done by then: finished,
  or seen open at the horizon or later;
- every figure is given twice, once with each forecast and once with each project having the same say;
- skill is 1 - CRPS / CRPS of a baseline; its 95 % interval is by bootstrap over projects (groups), 1,000 draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.baselines import OF_POINTS_AND_LENGTHS
from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.folds import group
from goldenthread.forecasting.outlook import LEVELS, Floats, Outlooks
from goldenthread.forecasting.scores import (
    BAND,
    HORIZONS,
    MONTH,
    brier,
    crps,
    inside,
    position,
    share_at_or_below,
)

DRAWS = 1000
SEED = 2022


@dataclass(frozen=True)
class Score:
    """How good one way of forecasting was. CRPS in days; Brier by months ahead; shares of 1."""

    name: str
    crps: float
    crps_by_project: float
    covered: float
    covered_by_project: float
    covered_with_open: float
    brier: dict[int, float]
    brier_by_project: dict[int, float]


@dataclass(frozen=True)
class Skill:
    """How much smaller the model's CRPS was than a baseline's, as a share of it, with its 95 % interval."""

    against: str
    value: float
    low: float
    high: float
    by_project: float


@dataclass(frozen=True)
class Result:
    """The scores of a model and its baselines on the same forecasts."""

    forecasts: int
    projects: int
    finished: int
    finished_projects: int
    brier_forecasts: dict[int, int]
    abstained: int
    scores: tuple[Score, ...]
    skills: tuple[Skill, ...]

    def of(self, name: str) -> Score:
        """The score of one way of forecasting."""
        return next(score for score in self.scores if score.name == name)

    @property
    def best_simple(self) -> str:
        """The best by CRPS of baselines (i) to (iii)."""
        return min(OF_POINTS_AND_LENGTHS, key=lambda name: self.of(name).crps)

    def skill(self, against: str) -> Skill:
        """The skill of the model against one baseline."""
        return next(skill for skill in self.skills if skill.against == against)


MODEL = "model"


def scored(cases: Cases, made: Mapping[str, Outlooks]) -> Result:
    """The scores of forecasts by name, of which MODEL is one. Where the model abstains, nobody is scored."""
    spoken = ~made[MODEL].abstains
    kept = cases.only(spoken)
    grids = {name: outlooks.days[spoken] for name, outlooks in made.items()}
    finished = kept.only(kept.done)
    errors = {name: crps(days[kept.done], finished.days) for name, days in grids.items()}
    return Result(
        forecasts=len(kept),
        projects=len(set(kept.projects)),
        finished=len(finished),
        finished_projects=len(set(finished.projects)),
        brier_forecasts={months: int(_decided(kept, months).sum()) for months in HORIZONS},
        abstained=len(cases) - len(kept),
        scores=tuple(_score(name, kept, days, errors[name]) for name, days in grids.items()),
        skills=tuple(
            _skill(name, finished, errors[MODEL], errors[name])
            for name in made
            if name != MODEL and len(finished)
        ),
    )


def chances(days: Floats, months: int) -> Floats:
    """The chance of being done within so many months, for each row of quantile grids."""
    return np.array([np.interp(months * MONTH, row, LEVELS, left=0.0, right=1.0) for row in days])


def _decided(cases: Cases, months: int) -> NDArray[np.bool_]:
    return np.asarray(cases.done | (cases.days >= months * MONTH), dtype=np.bool_)


def _score(name: str, cases: Cases, days: Floats, errors: Floats) -> Score:
    finished = cases.only(cases.done)
    hit = inside(days[cases.done], finished.days) if len(finished) else np.zeros(0)
    return Score(
        name,
        crps=_mean(errors),
        crps_by_project=_mean(errors, finished.per_project()),
        covered=_mean(hit),
        covered_by_project=_mean(hit, finished.per_project()),
        covered_with_open=_covered_with_open(cases, days),
        brier={months: _brier(cases, days, months, by_project=False) for months in HORIZONS},
        brier_by_project={months: _brier(cases, days, months, by_project=True) for months in HORIZONS},
    )


def _brier(cases: Cases, days: Floats, months: int, *, by_project: bool) -> float:
    decided = _decided(cases, months)
    told = cases.only(decided)
    happened = told.done & (told.days <= months * MONTH)
    squares = brier(chances(days[decided], months), happened)
    return _mean(squares, told.per_project() if by_project else None)


def _covered_with_open(cases: Cases, days: Floats) -> float:
    if not len(cases):
        return float("nan")
    where, weights = position(days, cases.days), np.ones(len(cases))
    low, high = (share_at_or_below(level, where, cases.done, weights) for level in BAND)
    return high - low


def _skill(name: str, finished: Cases, errors: Floats, others: Floats) -> Skill:
    names, which = np.unique([group(project) for project in finished.projects], return_inverse=True)
    own = np.bincount(which, errors, len(names))
    theirs = np.bincount(which, others, len(names))
    drawn = np.random.Generator(np.random.Philox(SEED)).integers(len(names), size=(DRAWS, len(names)))
    ratios: Floats = own[drawn].sum(axis=1) / np.maximum(theirs[drawn].sum(axis=1), 1e-9)
    low, high = np.quantile(1 - ratios, [0.025, 0.975])
    weights = finished.per_project()
    return Skill(
        name,
        value=1 - float(errors.sum() / max(others.sum(), 1e-9)),
        low=float(low),
        high=float(high),
        by_project=1 - float(errors @ weights) / max(float(others @ weights), 1e-9),
    )


def _mean(values: Floats | NDArray[np.bool_], weights: Floats | None = None) -> float:
    if not len(values):
        return float("nan")
    return float(np.mean(values)) if weights is None else float(values @ weights)
