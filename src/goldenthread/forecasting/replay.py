"""Making past forecasts again, each from nothing but what could be known: what a back-test scores.

Rolling: the history itself, as known on the day of each forecast, on top of the prior. Fitted: another history as a
whole. Either way nobody's outcome helps to forecast that same outcome: parts of the prior that were fitted from a
project are left out of its forecasts, and where the two histories share projects the model is fitted without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.backtest import MODEL, Result, scored
from goldenthread.forecasting.baselines import BASELINES
from goldenthread.forecasting.cases import Cases, case, cases_of, gathered
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.files import Row
from goldenthread.forecasting.fitting import FEWEST, finished_projects, fit
from goldenthread.forecasting.folds import FOLDS, fold_of
from goldenthread.forecasting.histories import History
from goldenthread.forecasting.outlook import LEVELS, Asked, Floats, Outlooks
from goldenthread.forecasting.pool import pooled
from goldenthread.forecasting.prior import Prior, digest
from goldenthread.forecasting.proven import kinds_proven

Histories = Mapping[str, History]
PRIOR_WORTH = 100
"""The prior has the say of so many finished projects of the history itself: of fewer, the more of it is left out."""
GROWTH = 1.5
"""A rolling model is fitted anew when the number of finished projects has grown by this factor."""
FEW_SHARED = 0.2
"""Up to this share of shared projects they are simply left out of what is fitted; beyond, it is fitted in folds."""
_MASKED = NDArray[np.bool_]


@dataclass(frozen=True)
class Replay:
    """Forecasts made again. `scored` says which come from days on which baselines, too, had something to go on."""

    cases: Cases
    made: dict[str, Outlooks]
    scored: _MASKED
    how: tuple[str, ...]
    """Sentences that say what was fitted from what."""

    def result(self) -> Result:
        """The scores."""
        on = tuple(each.on for each, take in zip(self.cases.asked, self.scored, strict=True) if take)
        made = {name: Outlooks(on, outlooks.days[self.scored]) for name, outlooks in self.made.items()}
        return scored(self.cases.only(self.scored), made)


def forecasts_of(rows: Sequence[Row], histories: Histories) -> Cases:
    """A forecast for each project and day of a report on which it was open and a date had been stated."""
    asked_for = dict.fromkeys((row.project, row.on) for row in rows if row.project in histories)
    found = (case(histories[project], on) for project, on in asked_for)
    return gathered(each for each in found if each is not None)


def rolling(cases: Cases, histories: Histories, prior: Prior) -> Replay:
    """Each forecast from the history as known on its day, on top of the prior."""
    own_part = prior.fitted_from([histories[project] for project in cases.projects])
    filled = _Filled(cases)
    counted = np.zeros(len(cases), dtype=np.bool_)
    fits = 0
    for day, chosen in _spells(cases, histories):
        asked = _asked(cases, chosen)
        past = cases_of(known for each in histories.values() if (known := each.as_known_on(day)) is not None)
        learnt = prior.fitted_from([histories[project] for project in past.projects])
        proven = kinds_proven(prior, past, learnt)
        filled.put(chosen, {MODEL: _on_prior(past, asked, prior, own_part[chosen], proven)})
        if finished_projects(past) >= FEWEST:
            filled.put(chosen, _baselines(past, asked))
            counted |= chosen
            fits += 1
    shared = len({project for project, own in zip(cases.projects, own_part, strict=True) if own.any()})
    how = [f"Rolling: {fits} fits from this file as known then, on top of {prior.version}."]
    if shared:
        how.append(
            f"The prior was fitted from {shared} of these projects: the part that was is left out of their forecasts."
        )
    how.append(
        f"Scored from the day on which {FEWEST} projects were finished; baselines have nothing to go on before."
    )
    return Replay(cases, filled.made, counted, tuple(how))


def fitted(cases: Cases, histories: Histories, other: Histories, prior: Prior) -> Replay:
    """Each forecast from another history as a whole, whatever came when: that history is not this one."""
    filled = _Filled(cases)
    own_part = prior.fitted_from([histories[project] for project in cases.projects])
    parts, how = _apart(cases, histories, other)
    for chosen, rest in parts:
        asked, past = _asked(cases, chosen), cases_of(rest)
        model = fit(past)
        if model is None:
            filled.put(chosen, {MODEL: _on_prior(past, asked, prior, own_part[chosen])})
            how = f"{how} It has fewer than {FEWEST} finished projects, so {prior.version} speaks."
        else:
            filled.put(chosen, {MODEL: model.outlooks(asked)})
        filled.put(chosen, _baselines(past, asked))
    return Replay(cases, filled.made, np.ones(len(cases), dtype=np.bool_), (how,))


def _apart(
    cases: Cases, histories: Histories, other: Histories
) -> tuple[list[tuple[_MASKED, list[History]]], str]:
    """Which forecasts are made from which histories of the other file, and how to say so.

    What is open in the other file gives no outcome away, and open projects that began alike are told apart by nothing.
    """
    everything = np.ones(len(cases), dtype=np.bool_)
    own = {digest(history) for history in histories.values() if history.actual is not None}
    shared = {project for project, history in other.items() if digest(history) in own}
    kept = [history for project, history in other.items() if project not in shared]
    if not shared:
        return [(everything, kept)], f"Fitted on all {len(kept)} projects of the other file."
    if len(shared) <= FEW_SHARED * len(other):
        return [(everything, kept)], (
            f"Fitted on {len(kept)} projects of the other file; {len(shared)} that are in both were left out."
        )
    folds = np.array([fold_of(project) for project in cases.projects])
    parts = []
    for fold in sorted(set(folds.tolist())):
        inside = {digest(histories[project]) for project in histories if fold_of(project) == fold}
        rest = [
            each for each in other.values() if fold_of(each.project) != fold and digest(each) not in inside
        ]
        parts.append((np.asarray(folds == fold, dtype=np.bool_), rest))
    return parts, (
        f"{len(shared)} projects are in both files: fitted in {FOLDS} folds by project, each forecast without its fold."
    )


def _spells(cases: Cases, histories: Histories) -> Iterator[tuple[date, _MASKED]]:
    """Days on which to fit anew, each with the forecasts made from it until the next."""
    made_on = np.array([each.on.toordinal() for each in cases.asked])
    ends = sorted(history.actual.toordinal() for history in histories.values() if history.actual is not None)
    starts, next_count = [int(made_on.min())], float(FEWEST)
    for count, end in enumerate(ends, 1):
        if count >= next_count:
            starts.append(end)
            next_count = max(count + 1, count * GROWTH)
    for start, stop in zip(starts, [*starts[1:], int(made_on.max()) + 1], strict=True):
        chosen = np.asarray((made_on >= start) & (made_on < stop), dtype=np.bool_)
        if chosen.any():
            yield date.fromordinal(start), chosen


def _on_prior(
    past: Cases, asked: Sequence[Asked], prior: Prior, own_part: _MASKED, proven: Floats | None = None
) -> Outlooks:
    """The model of some past cases pooled with the prior, by how many projects it rests on."""
    known = Table.of(asked)
    before = prior.outlooks_of(known, own_part, proven)
    model = fit(past, calendar=False)  # the days to forecast lie beyond those that it learns from
    if model is None:
        return before
    left = prior.shares(known, own_part, proven).sum(axis=1)
    finished = finished_projects(past)
    say = finished / (finished + PRIOR_WORTH * left)
    return pooled([model.outlooks_of(known), before], np.column_stack([say, 1 - say]))


def _baselines(past: Cases, asked: Sequence[Asked]) -> dict[str, Outlooks]:
    return {name: baseline(past).outlooks(asked) for name, baseline in BASELINES.items()}


def _asked(cases: Cases, chosen: _MASKED) -> list[Asked]:
    return [each for each, take in zip(cases.asked, chosen, strict=True) if take]


class _Filled:
    """Grids of every way of forecasting, filled in spell by spell; NaN where nothing was said yet."""

    def __init__(self, cases: Cases) -> None:
        on = tuple(each.on for each in cases.asked)
        self.made = {
            name: Outlooks(on, np.full((len(cases), len(LEVELS)), np.nan)) for name in (MODEL, *BASELINES)
        }

    def put(self, chosen: _MASKED, outlooks: Mapping[str, Outlooks]) -> None:
        """Fill in these rows."""
        for name, each in outlooks.items():
            grid: Floats = self.made[name].days
            grid[chosen] = each.days
