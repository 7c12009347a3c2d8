"""How long it takes to carry steps and dependencies through, and to forecast a plan from what was told of it.

    python benchmarks/draws.py

Prints p50, p95 and n in milliseconds, for 500 actions that all wait for others, 10,000 draws each; then what other
correlations than the one in use would say of the example plan.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np
from scipy.special import ndtri
from timing import machine, measure

from goldenthread.documents import read_document
from goldenthread.examples import example_plan_path
from goldenthread.forecasting import network, plan_forecast
from goldenthread.forecasting.evening import shipped
from goldenthread.forecasting.network import carry_through
from goldenthread.forecasting.outlook import LEVELS, Asked, Outlooks
from goldenthread.forecasting.plan_forecast import forecast_plan, waits_for
from goldenthread.forecasting.promises import forecastable, promises_of, told_by_document
from goldenthread.reading import read_plan

ON = date(2022, 6, 7)
ACTIONS, RUNS = 500, 5


def main() -> None:
    """Measure and print."""
    print(machine())
    chance = np.random.default_rng(2022)
    middles, spreads = chance.uniform(30, 600, ACTIONS), chance.uniform(5, 120, ACTIONS)
    outlooks = Outlooks((ON,) * ACTIONS, np.maximum(1, middles[:, None] + spreads[:, None] * ndtri(LEVELS)))
    keys = [f"a{n}" for n in range(ACTIONS)]
    waits = {f"a{n}": [f"a{m}" for m in chance.integers(0, n, 3)] for n in range(1, ACTIONS)}
    for run in range(1, RUNS + 1):
        name = f"{ACTIONS} actions × {network.DRAWS:,} draws, run {run}"
        print(measure(name, lambda: carry_through(keys, outlooks, waits, seed="measured"), count=10))
    plan = read_plan(read_document(example_plan_path()))
    told, model = told_by_document(plan, ON), shipped()
    print(measure("forecast of the example plan", lambda: forecast_plan(plan, told, ON, model), count=10))
    print()
    print("Actions of the example plan that wait for steps: the median day on which the middle one is done")
    promises = promises_of(plan, told)
    known, _ = forecastable(promises, ON)
    given = model.outlooks([Asked(each.history, ON) for each in known if each.history])
    known = [each for each, silent in zip(known, given.abstains, strict=True) if not silent]
    alone = Outlooks((ON,) * len(known), given.days[~given.abstains])
    names = [each.promise.key for each in known]
    before = waits_for(plan, promises)
    waiting = [row for row, name in enumerate(names) if before[name] & set(names)]
    middle = np.median(alone.quantile(0.5)[waiting])
    print(f"  by themselves                                        {middle:5.0f} days after approval")
    families = {each.key: each.action for each in promises if each.action}
    both = (network.CORRELATION, network.FAMILY)
    for correlation, family in ((0.0, 0.0), (0.5, 0.5), (0.5, 0.75), both, (0.5, 0.99)):
        carried = carry_through(
            names, alone, before, seed=plan.key, families=families, correlation=correlation, family=family
        )
        middle = np.median(carried.outlooks.quantile(0.5)[waiting])
        print(
            f"  correlation {correlation:4.2f}, of an action and its steps {family:4.2f}   {middle:5.0f} days"
        )
    print(f"  ({len(waiting)} actions, {plan_forecast.METHOD}, {model.version})")


if __name__ == "__main__":
    main()
