"""How often the intervals of forecast accuracy hold the truth: python benchmarks/forecast_accuracy.py

Councils are simulated whose groups have means of their own (45 days late on average, 25 from group to group) and errors
about them: normal, strongly skewed (exponential) or heavy-tailed (t with 3 degrees). Of each error either all is known,
or it is cut off at random, as for a promise still open, which about two in five are then.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np

from goldenthread.forecasting.pooled_means import Errors, pooled_means

COUNCILS = 80
SIZES = ((2, 6), (2, 30), (5, 8), (9, 10), (20, 40))
Draw = Callable[[np.random.Generator, int], np.ndarray]
KINDS: dict[str, Draw] = {
    "normal": lambda rng, size: rng.normal(0, 40, size),
    "skewed": lambda rng, size: rng.exponential(40, size) - 40,
    "heavy": lambda rng, size: 25 * rng.standard_t(3, size),
}


def main() -> None:
    print("errors  groups  each  open  interval holds  root mean square error  time")
    for name, draw in KINDS.items():
        for groups, size in SIZES:
            for is_open in (False, True):
                holds, error, seconds = _tried(draw, groups, size, is_open)
                row = f"{holds:14.0%}  {error:17.1f} days  {1000 * seconds:5.0f} ms"
                print(f"{name:7} {groups:6}  {size:4}  {'some' if is_open else 'none'}  {row}")


def _tried(draw: Draw, groups: int, size: int, is_open: bool) -> tuple[float, float, float]:
    """The share of intervals that hold the mean, the error of the figures, and the time for one council."""
    rng, holds, errors, spent = np.random.default_rng(5), [], [], 0.0
    for _ in range(COUNCILS):
        means = rng.normal(45, 25, groups)
        found = [_errors(rng, mean + draw(rng, size), is_open) for mean in means]
        everything = Errors(
            *(np.concatenate(part) for part in zip(*((e.days, e.open) for e in found), strict=True))
        )
        if everything.open.all():
            continue
        began = perf_counter()
        _, figures = pooled_means(everything, found)
        spent += perf_counter() - began
        holds += [figure.low <= mean <= figure.high for figure, mean in zip(figures, means, strict=True)]
        errors += [(figure.days - mean) ** 2 for figure, mean in zip(figures, means, strict=True)]
    return float(np.mean(holds)), float(np.sqrt(np.mean(errors))), spent / COUNCILS


def _errors(rng: np.random.Generator, days: np.ndarray, is_open: bool) -> Errors:
    limits = rng.normal(60, 50, len(days)) if is_open else np.full(len(days), np.inf)
    return Errors(np.rint(np.minimum(days, limits)), limits < days)


if __name__ == "__main__":
    main()
