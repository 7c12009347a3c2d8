"""What the forecasts score on three public histories, what else was tried scores, and how long they take.

Usage: python benchmarks/forecasting.py FOLDER, of which FOLDER holds the sets as published (see tools/histories.py).
Every project is forecast by models that were fitted without its fold, of goldenthread.forecasting.folds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from candidates import AcceleratedLife, Analogues, QuantileLines
from timing import machine, measure

from goldenthread.forecasting.backtest import MODEL, Result, scored
from goldenthread.forecasting.baselines import (
    BASELINES,
    ENOUGH,
    OF_POINTS_AND_LENGTHS,
    REFERENCE_CLASS,
    SlipDistribution,
)
from goldenthread.forecasting.cases import Cases, cases_of
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.files import Row, as_histories, rows_of
from goldenthread.forecasting.fitting import fit, weights
from goldenthread.forecasting.folds import FOLDS, fold_of, parted
from goldenthread.forecasting.hazard import LatenessHazard
from goldenthread.forecasting.outlook import LEVELS, Forecaster, Outlooks
from goldenthread.forecasting.prior import Prior, load
from goldenthread.forecasting.replay import forecasts_of, rolling
from goldenthread.forecasting.resemblance import Resemblance
from goldenthread.forecasting.stacking import DETAILS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from histories import CONVERTERS, as_csv, ratings_of_major_projects

Fit = Callable[[Cases], Forecaster]


def _shipped(calendar: bool) -> Fit:
    def fitted(cases: Cases) -> Forecaster:
        model = fit(cases, calendar=calendar)
        assert model is not None
        return model

    return fitted


def _hazard(place: int) -> Fit:
    def fitted(cases: Cases) -> Forecaster:
        told = cases.with_quiet_days().until_stated()
        told = told.only(told.days > 0)
        known = Table.of(told.asked)
        return LatenessHazard.fit(known, told, DETAILS[place], calendar=True, weights=weights(told))

    return fitted


def _every_open_day(cases: Cases) -> Forecaster:
    """The middle hazard with open promises counted for as long as they were seen open: see "Open items"."""
    told = cases.only(cases.days > 0)
    return LatenessHazard.fit(Table.of(told.asked), told, DETAILS[1], calendar=True, weights=weights(told))


WAYS: dict[str, Fit] = {
    "quantile regression": QuantileLines,
    "accelerated failure time": AcceleratedLife,
    "analogues": Analogues,
    **{f"hazard, {detail.name}": _hazard(place) for place, detail in enumerate(DETAILS)},
    "hazard, middle, all open days": _every_open_day,
    "the model, no calendar (as in the prior)": _shipped(calendar=False),
    "the model": _shipped(calendar=True),
}


def out_of_sample(cases: Cases, ways: dict[str, Fit]) -> dict[str, Outlooks]:
    """Every way's forecasts, each from the other folds."""
    grids = {name: np.full((len(cases), len(LEVELS)), np.nan) for name in ways}
    for inside in parted(cases.projects):
        rest, tried = cases.only(~inside), cases.only(inside)
        for name, way in ways.items():
            grids[name][inside] = way(rest).outlooks(tried.asked).days
    on = tuple(each.on for each in cases.asked)
    return {name: Outlooks(on, grid) for name, grid in grids.items()}


def _line(name: str, result: Result) -> str:
    own = result.of(MODEL)
    briers = " ".join(f"{own.brier[months]:.4f} ({own.brier_by_project[months]:.4f})" for months in (1, 3, 6))
    shares = f"{own.covered:6.1%} ({own.covered_by_project:6.1%}) {own.covered_with_open:6.1%}"
    return f"{name:42}{own.crps:8.1f} ({own.crps_by_project:7.1f})  {shares}  {briers}"


def _table(kind: str, cases: Cases) -> None:
    print(
        f"\n{kind}: {len(cases)} forecasts of {len(set(cases.projects))} projects, finished {int(cases.done.sum())}"
    )
    print(
        f"{'':42}CRPS, days (by project)  80 % interval (by project), with open  Brier 1, 3, 6 months (by project)"
    )
    baselines = out_of_sample(cases, dict(BASELINES))
    tried = out_of_sample(cases, WAYS)
    for name, outlooks in {**baselines, **tried}.items():
        result = scored(cases, {**baselines, MODEL: outlooks})
        print(_line(name, result), flush=True)
    simple = result.best_simple
    for name in (simple, REFERENCE_CLASS):
        skill = result.skill(name)
        what = f"the model against {name}{' (the best of three)' if name in OF_POINTS_AND_LENGTHS else ''}"
        interval = f"(95 % interval {skill.low:+.1%} to {skill.high:+.1%})"
        print(f"{what:60} CRPS {skill.value:+.1%} {interval}, by project {skill.by_project:+.1%}")
    kept = np.array([fold_of(project) == 0 for project in cases.projects])
    on = tuple(each.on for each in cases.only(kept).asked)
    held = {
        name: Outlooks(on, each.days[kept]) for name, each in {**baselines, MODEL: tried["the model"]}.items()
    }
    alone = scored(cases.only(kept), held)
    print(
        _line("the model, fold 0 alone", alone),
        f" against {REFERENCE_CLASS} {alone.skill(REFERENCE_CLASS).value:+.1%}",
    )


def _rated(cases: Cases, ratings: dict[tuple[str, date], str]) -> None:
    """Baseline (v): the last date plus the past slips of forecasts that their owners rated alike."""
    own = np.array([ratings[each.known.project, each.on] for each in cases.asked])
    grid = np.full((len(cases), len(LEVELS)), np.nan)
    for inside in parted(cases.projects):
        for rating in set(own[inside].tolist()):
            alike = cases.only(~inside & (own == rating) & cases.done)
            rows = inside & (own == rating)
            past = alike if len(alike) >= ENOUGH else cases.only(~inside)
            grid[rows] = SlipDistribution(past).outlooks(cases.only(rows).asked).days
    rated = Outlooks(tuple(each.on for each in cases.asked), grid)
    result = scored(cases, {**out_of_sample(cases, dict(BASELINES)), MODEL: rated})
    print(_line("past slips by the owner's rating", result))


def _without(fold: int, rows: dict[str, list[Row]]) -> Prior:
    shipped = load()
    parts, cases = [], []
    for part in shipped.parts:
        kept = [each for each in as_histories(rows[part.kind]).values() if fold_of(each.project) != fold]
        cases.append(cases_of(kept))
        model = fit(cases[-1], calendar=False)
        assert model is not None
        parts.append(replace(part, model=model, digests=frozenset()))
    tables, lean = [Table.of(each.asked) for each in cases], shipped.resemblance.lean
    return Prior(
        shipped.version, tuple(parts), Resemblance.fit(tables, [weights(each) for each in cases], lean)
    )


def _unseen(rows: dict[str, list[Row]]) -> None:
    """As somebody else's file of one of the kinds would fare: rolling, on a prior that has not seen its projects."""
    print(
        "\nRolling on a fifth of the projects at a time, on a prior fitted without them (five files of each kind)"
    )
    priors = [_without(fold, rows) for fold in range(FOLDS)]
    for kind, own in rows.items():
        asked, days, done, made = [], [], [], {name: [] for name in (MODEL, *BASELINES)}
        for fold, prior in enumerate(priors):
            part = [row for row in own if fold_of(row.project) == fold]
            histories = as_histories(part)
            replay = rolling(forecasts_of(part, histories), histories, prior)
            few = replay.cases.only(replay.scored)
            asked += few.asked
            days.append(few.days)
            done.append(few.done)
            for name, outlooks in replay.made.items():
                made[name].append(outlooks.days[replay.scored])
        cases = Cases(tuple(asked), np.concatenate(days), np.concatenate(done))
        on = tuple(each.on for each in asked)
        result = scored(cases, {name: Outlooks(on, np.vstack(grids)) for name, grids in made.items()})
        against = "  ".join(
            f"{name} {result.skill(name).value:+.1%}" for name in (result.best_simple, REFERENCE_CLASS)
        )
        print(_line(f"{kind} ({result.forecasts})", result), " against", against, flush=True)


def _times(rows: dict[str, list[Row]]) -> None:
    print(f"\nTimes, on {machine()}")
    weekly = as_histories(rows["weekly-forecasts"])
    cases = cases_of(weekly.values())
    asked = cases.asked[::7][:500]
    for timing in (
        measure("outlooks of 500 promises by the prior", lambda: load().outlooks(asked), count=10),
        measure("fit of 81 projects, 3,890 forecasts", lambda: fit(cases), count=3, warm_up=1),
        measure(
            "back-test of 4,399 lines, rolling", lambda: rolling(cases, weekly, load()), count=3, warm_up=0
        ),
    ):
        print(timing, flush=True)


def main(folder: Path) -> None:
    """Print everything."""
    rows = {kind: rows_of(as_csv(convert(folder)), kind) for kind, convert in CONVERTERS.items()}
    print(f"{load().version}; {FOLDS} folds by project")
    for kind, own in rows.items():
        cases = cases_of(as_histories(own).values())
        _table(kind, cases)
        if kind == "major-projects":
            _rated(cases, ratings_of_major_projects(folder))
    _unseen(rows)
    _times(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
