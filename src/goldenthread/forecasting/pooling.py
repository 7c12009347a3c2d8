"""From the prior to the council's own history, by partial pooling.

For each past forecast of the council's own promises, remade from what was known then, the outcome has a place in the
forecast's distribution: its cumulative probability u, and its probit z = Φ⁻¹(u). Were the prior right for this council,
z would be standard normal. So z = μ + σε is fitted, where μ is a sum of effects, each normal around nought (of the
plan, the theme, the kind of date, the need for a decision, the lead's rating), and log σ is normal around nought. A
promise that is still open gives what it tells: that its z is beyond a value (censored). Without outcomes μ = 0 and
σ = 1, and the prior comes out unchanged; with many, the council's own behaviour wins. Read again at the levels
Φ(μ + σ Φ⁻¹(p)), the prior's quantiles become the council's.

The effects are the mode of the penalised likelihood (normal random effects with known variance, as in Gelman and Hill,
Data Analysis Using Regression and Multilevel/Hierarchical Models, chapter 12; censoring as in Tobit models). Each
promise has weight one, however often it was forecast, because successive forecasts of one promise share one outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtr, ndtri

from goldenthread.forecasting.outlook import LEVELS, Asked, Floats, Forecaster, Outlooks
from goldenthread.forecasting.promises import Known, Promise

PLAN_SPREAD = 0.5
"""How far plans are taken to lie apart, in probits: the standard deviation of the plan's effect."""
EFFECT_SPREAD = 0.3
"""The same of each other effect. One that is borne out by thirty outcomes keeps about three quarters of itself."""
SCALE_SPREAD = 0.2
"""The standard deviation of log σ."""
ORIGINS_EACH = 4
"""At most so many past forecasts of one promise are remade, evenly over the time in which it was reported on."""
MOST_PROMISES = 500
"""Of more promises than this so many are taken, evenly: more would change nothing that is shown."""
_EDGE = 3.0


class Effect(NamedTuple):
    """Something that promises have in common: "theme" 3, "decision" True."""

    of: str
    value: object

    @property
    def spread(self) -> float:
        return PLAN_SPREAD if self.of == "plan" else EFFECT_SPREAD


PLAN = Effect("plan", None)


def effects_of(known: Known) -> tuple[Effect, ...]:
    """What a promise, as known on a day, has in common with others of its plan; the plan itself first."""
    return (
        PLAN,
        Effect("theme", known.promise.theme),
        Effect("date", known.kind),
        Effect("decision", known.promise.decision),
        Effect("rating", known.rating),
    )


@dataclass(frozen=True, slots=True)
class PastForecast:
    """A forecast that could have been made on a past day, and what came of it as far as is known.

    `days` is how long after it the promise was done or, where `censored`, how long it is known to have stayed open.
    """

    known: Known
    days: int
    censored: bool


@dataclass(frozen=True)
class Pooled:
    """What the council's own history says beside the prior: each effect in probits, later than the prior if positive.

    `outcomes` is how many promises came to an end after they had been forecast, `open` how many others are still open,
    `slips` how many days after the date stated at the first forecast each of those promises was done.
    """

    effects: Mapping[Effect, float] = field(default_factory=dict)
    scale: float = 1.0
    outcomes: int = 0
    open: int = 0
    slips: tuple[int, ...] = ()

    def shift(self, effects: Iterable[Effect]) -> float:
        """How much later than by the prior, in probits, promises with these effects are kept."""
        return sum(self.effects.get(effect, 0.0) for effect in effects)

    def applied(self, prior: Outlooks, shifts: Floats) -> Outlooks:
        """The prior's outlooks with these shifts (one for each row) and the scale: its quantiles at other levels."""
        if not self.effects:
            return prior
        levels = ndtr(shifts[:, None] + self.scale * ndtri(LEVELS)[None, :])
        days = [np.interp(level, LEVELS, row) for level, row in zip(levels, prior.days, strict=True)]
        return Outlooks(prior.on, np.array(days).reshape(prior.days.shape))

    @property
    def median_slip(self) -> int | None:
        """The median of `slips`; None where there is none."""
        return int(np.median(self.slips)) if self.slips else None


def past_forecasts(promises: Iterable[Promise], until: date) -> list[PastForecast]:
    """The forecasts that could have been made before a day, as known on the day of each, with their outcomes by then.

    A forecast could have been made on each day on which a promise was reported on and open; of many, few are taken.
    """
    found: list[PastForecast] = []
    for promise in _evenly([each for each in promises if each.told], MOST_PROMISES):
        if promise.told[0].on == promise.told[-1].on:
            continue  # all was told at once: it was open on no day before its end
        now = promise.known_on(until)
        if now.history is None:
            continue
        end = now.done_on or now.history.stated[-1].on
        days = [each.on for each in now.history.stated if each.on < end]
        for day in _evenly(days, ORIGINS_EACH):
            then = promise.known_on(day)
            if then.silence is None:
                found.append(PastForecast(then, (end - day).days, censored=now.done_on is None))
    return found


def pool(prior: Forecaster, promises: Sequence[Promise], until: date) -> Pooled:
    """What the council's own promises say by the end of a day, beside the prior."""
    cases = past_forecasts(promises, until)
    if not cases:
        return Pooled()
    asked = [Asked(case.known.history, case.known.on) for case in cases if case.known.history]
    outlooks = prior.outlooks(asked)
    said = ~outlooks.abstains
    cases = [case for case, is_said in zip(cases, said, strict=True) if is_said]
    if not cases:
        return Pooled()
    chance = Outlooks(tuple(case.known.on for case in cases), outlooks.days[said]).chance_within(
        np.array([case.days for case in cases], dtype=float)
    )
    probits = np.clip(ndtri(chance), -_EDGE, _EDGE)
    return _fitted(cases, probits)


def _fitted(cases: Sequence[PastForecast], probits: Floats) -> Pooled:
    names = _told_apart(cases)
    places = {effect: place for place, effect in enumerate(names)}
    design = np.zeros((len(cases), len(names)))
    for row, case in enumerate(cases):
        design[row, [places[effect] for effect in effects_of(case.known) if effect in places]] = 1.0
    counts: dict[str, int] = {}
    for case in cases:
        counts[case.known.promise.key] = counts.get(case.known.promise.key, 0) + 1
    weights = np.array([1.0 / counts[case.known.promise.key] for case in cases])
    censored = np.array([case.censored for case in cases])
    spreads = np.array([effect.spread for effect in names])
    effects, scale = fit_effects(design, probits, censored, weights, spreads)
    ended = {case.known.promise.key: case for case in reversed(cases) if not case.censored}
    return Pooled(
        effects=dict(zip(names, map(float, effects), strict=True)),
        scale=scale,
        outcomes=len(ended),
        open=len(counts) - len(ended),
        slips=tuple(_slip(case) for case in ended.values()),
    )


def _told_apart(cases: Sequence[PastForecast]) -> list[Effect]:
    """The plan's effect and those of whatever differs between the cases: what all have in common is the plan's."""
    found = list(dict.fromkeys(effect for case in cases for effect in effects_of(case.known)))
    kinds = [effect.of for effect in found]
    return [effect for effect in found if effect == PLAN or kinds.count(effect.of) > 1]


def fit_effects(
    design: Floats, probits: Floats, censored: NDArray[np.bool_], weights: Floats, spreads: Floats
) -> tuple[Floats, float]:
    """The effects and the scale at the mode of the penalised likelihood.

    Args:
        design: A row for each case, a column for each effect.
        probits: Of each case, Φ⁻¹ of the prior's cumulative probability at the outcome.
        censored: Of which cases it is known only that the probit is larger.
        weights: Of each case, its weight in the likelihood.
        spreads: The standard deviation of each effect around nought.
    """
    ended = ~censored

    def loss(at: Floats) -> tuple[float, Floats]:
        effects, log_scale = at[:-1], at[-1]
        scale = np.exp(log_scale)
        residual = (probits - design @ effects) / scale
        tail = log_ndtr(-residual)
        hazard = np.exp(-0.5 * residual**2 - 0.5 * np.log(2 * np.pi) - tail)
        told = np.where(ended, 0.5 * residual**2 + log_scale, -tail)
        slope = weights * np.where(ended, residual, hazard)
        penalty = 0.5 * np.sum((effects / spreads) ** 2) + 0.5 * (log_scale / SCALE_SPREAD) ** 2
        by_effects = -(design.T @ slope) / scale + effects / spreads**2
        by_scale = float(np.sum(weights * ended) - slope @ residual + log_scale / SCALE_SPREAD**2)
        return float(weights @ told + penalty), np.append(by_effects, by_scale)

    start = np.zeros(design.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "gtol": 1e-7})
    return found.x[:-1], float(np.exp(found.x[-1]))


def _slip(case: PastForecast) -> int:
    """How many days after the date then stated it was done."""
    expected = case.known.expected
    return case.days - (expected.latest - case.known.on).days if expected else 0


def _evenly(rows: list, most: int) -> list:  # type: ignore[type-arg]
    """At most so many of them, evenly from the first to the last."""
    if len(rows) <= most:
        return rows
    return [rows[round(place * (len(rows) - 1) / (most - 1))] for place in range(most)]
