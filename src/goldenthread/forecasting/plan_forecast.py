"""The forecast of a plan: of each open promise the chance of being done by its approved date, and by when with which.

The plan's value and what was told of its promises go in, a forecast comes out; nothing else has a say. So a forecast
made as at a past day is the same whenever it is made. It never changes a lead's date: it stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.because import LEAST_DAYS, Reason, about, reasons_for, sentence
from goldenthread.forecasting.network import Carried, carry_through
from goldenthread.forecasting.outlook import LEVELS, Asked, Forecaster, Outlooks
from goldenthread.forecasting.pooling import Pooled, effects_of, pool
from goldenthread.forecasting.promises import Known, Promise, Silence, Told, forecastable, promises_of
from goldenthread.plan.model import LinkKind, Plan

METHOD = "method 1"
"""Of how the prior becomes a plan's forecast: pooling, steps and dependencies. Raised when it gives others."""


_SAID = (0.10, 0.25, 0.50, 0.75, 0.80, 0.90)
TOGETHER = 200
"""So many promises are explained together where one is asked about: a model answers many as fast as a few."""


@dataclass(frozen=True, slots=True)
class ItemForecast:
    """What is forecast of one promise, or why nothing is.

    `due` is the last day of the approved date, if there is one; `chance` the probability (0 to 1) of being done by its
    end, None where there is none or it has passed. Of the days, done by p10 with probability 0.1, and so on.
    """

    known: Known
    silence: Silence | None = None
    due: date | None = None
    chance: float | None = None
    p10: date | None = None
    p25: date | None = None
    p50: date | None = None
    p75: date | None = None
    p80: date | None = None
    p90: date | None = None
    explainer: Explainer | None = field(default=None, compare=False, repr=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What moved it, the largest first."""
        return self.explainer.reasons(self.known.promise.key) if self.explainer else ()

    @property
    def is_past_due(self) -> bool:
        """Whether its approved date has passed, so that it can no longer be done by it."""
        return self.due is not None and self.due < self.known.on

    @property
    def because(self) -> str:
        """Why, in a sentence."""
        return self.silence.in_words if self.silence else sentence(self.reasons)


class Explainer:
    """Works out the reasons of a plan's forecasts when they are asked for, many together: most are never looked at."""

    def __init__(self, prior: Forecaster, found: Foreseen, names: Mapping[str, str]) -> None:
        self.prior, self.found, self.names = prior, found, names
        self.rows = {each.promise.key: row for row, each in enumerate(found.known)}
        self.kept: dict[int, tuple[Reason, ...]] = {}

    def reasons(self, key: str) -> tuple[Reason, ...]:
        """Those of one promise; its neighbours are worked out with it."""
        row = self.rows[key]
        if row not in self.kept:
            self.prepare(range(row, min(row + TOGETHER, len(self.rows))))
        return self.kept[row]

    def prepare(self, rows: Iterable[int]) -> None:
        """Work out those of these rows."""
        missing = [row for row in rows if row not in self.kept]
        if not missing:
            return
        known = [self.found.known[row] for row in missing]
        one, both = (
            Outlooks((each.on[0],) * len(missing), each.days[missing]).quantile(0.5)
            for each in (self.found.alone, self.found.carried.outlooks)
        )
        for row, each, added, reasons in zip(
            missing,
            known,
            np.rint(both - one),
            reasons_for(self.prior, known, self.found.pooled),
            strict=True,
        ):
            waited = _waited(each, int(added), self.found.carried, self.names)
            self.kept[row] = tuple(sorted([*reasons, *waited], key=lambda reason: -abs(reason.days)))


@dataclass(frozen=True)
class PlanForecast:
    """The forecast of a plan as at the end of a day.

    `items` has every promise by its key, in printed order. `pooled` is what the plan's own past added to the prior.
    `rows` are the keys of those of which something is forecast, in the order of the rows of `sample`: days after `on`,
    drawn together.
    """

    on: date
    prior: str
    items: Mapping[str, ItemForecast]
    pooled: Pooled
    rows: tuple[str, ...]
    sample: NDArray[np.int16]
    cycles: tuple[tuple[str, ...], ...] = ()

    @property
    def version(self) -> str:
        """By what it was made: prior with its data, method, and how many outcomes of the plan's own it rests on."""
        return f"{self.prior}; {METHOD}; {self.pooled.outcomes} own outcomes"

    @property
    def forecast(self) -> tuple[ItemForecast, ...]:
        """Those of which something is forecast."""
        return tuple(self.items[key] for key in self.rows)

    def explain(self, keys: Iterable[str]) -> None:
        """Work out together why the forecasts of these promises are what they are: quicker than one by one."""
        items = [self.items[key] for key in keys]
        if explainer := next((item.explainer for item in items if item.explainer), None):
            explainer.prepare(explainer.rows[item.known.promise.key] for item in items if item.explainer)


@dataclass(frozen=True)
class Foreseen:
    """The outlooks of the promises of which something is forecast (`known`, row by row), before and after waiting.

    `silent` is what was known of each of the others.
    """

    known: tuple[Known, ...]
    alone: Outlooks
    carried: Carried
    pooled: Pooled
    silent: Mapping[str, Known]


def forecast_plan(
    plan: Plan, told: Mapping[str, tuple[Told, ...]], on: date, prior: Forecaster
) -> PlanForecast:
    """The forecast of every promise of the plan from what had been told of it (by key) by the end of a day."""
    promises = promises_of(plan, told)
    found = outlooks_of(plan, promises, on, prior)
    explainer = Explainer(prior, found, _names(plan))
    spoken = dict(zip(explainer.rows, _items(found, explainer), strict=True))
    items = {each.key: spoken.get(each.key) or _silent(found.silent[each.key]) for each in promises}
    carried = found.carried
    return PlanForecast(
        on, prior.version, items, found.pooled, tuple(explainer.rows), carried.sample, carried.cycles
    )


def outlooks_of(plan: Plan, promises: Sequence[Promise], on: date, prior: Forecaster) -> Foreseen:
    """The outlooks of a plan's promises as known on a day: the prior, pooled with their own past, carried through."""
    known, silent = forecastable(promises, on)
    outlooks = prior.outlooks([Asked(each.history, on) for each in known if each.history])
    for each, says_nothing in zip(known, outlooks.abstains, strict=True):
        if says_nothing:
            silent[each.promise.key] = each
    said = ~outlooks.abstains
    known = [each for each, is_said in zip(known, said, strict=True) if is_said]
    pooled = pool(prior, promises, on)
    shifts = np.array([pooled.shift(effects_of(each)) for each in known])
    alone = pooled.applied(Outlooks(tuple(on for _ in known), outlooks.days[said]), shifts)
    keys = tuple(each.promise.key for each in known)
    carried = carry_through(
        keys,
        alone,
        waits_for(plan, promises),
        seed=f"{plan.key} {on.isoformat()}",
        families={each.key: each.action for each in promises if each.action},
    )
    return Foreseen(tuple(known), alone, carried, pooled, silent)


def waits_for(plan: Plan, promises: Sequence[Promise]) -> dict[str, set[str]]:
    """Which promises come before each: its steps, and what it is stated to depend on. By keys."""
    before = {promise.key: set(promise.steps) for promise in promises}
    for link in plan.links:
        if link.kind is LinkKind.DEPENDS_ON and link.source in before and link.target in before:
            before[link.source].add(link.target)
    return before


def _items(found: Foreseen, explainer: Explainer) -> Iterator[ItemForecast]:
    """What is forecast of each promise, row by row."""
    outlooks = found.carried.outlooks
    dues = [_due(known) for known in found.known]
    left = np.array([(due - on).days if due else np.nan for due, on in zip(dues, outlooks.on, strict=True)])
    chances = outlooks.chance_within(left)
    ends = np.rint(outlooks.days[:, [int(np.searchsorted(LEVELS, level)) for level in _SAID]]).astype(int)
    for known, due, chance, days in zip(found.known, dues, chances, ends, strict=True):
        p10, p25, p50, p75, p80, p90 = (known.on + timedelta(days=int(each)) for each in days)
        said = float(chance) if due and due >= known.on else None
        yield ItemForecast(known, None, due, said, p10, p25, p50, p75, p80, p90, explainer)


def _due(known: Known) -> date | None:
    return known.approved.latest if known.approved and known.approved.has_last_day else None


def _silent(known: Known) -> ItemForecast:
    return ItemForecast(known, known.silence or Silence.TOO_LITTLE, _due(known))


def _waited(known: Known, days: int, carried: Carried, names: Mapping[str, str]) -> list[Reason]:
    """That a promise waits for others, where that moves its median by so many days."""
    waiting = carried.waiting.get(known.promise.key)
    if waiting is None or days < LEAST_DAYS:
        return []
    what = "its steps" if waiting.key in known.promise.steps else "what it depends on"
    return [
        Reason(f"it waits for {what}, most often for {names[waiting.key]}, which adds {about(days)}", days)
    ]


def _names(plan: Plan) -> dict[str, str]:
    """What a sentence calls each promise: its number, or else its words."""
    actions = (item for action in plan.actions() for item in action.walk())
    titles = {item.key: (item.ref, item.title) for item in actions}
    titles |= {item.key: (item.ref, item.name) for item in plan.milestones()}
    return {key: ref or f"“{title or 'a step without a title'}”" for key, (ref, title) in titles.items()}
