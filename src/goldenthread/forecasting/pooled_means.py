"""Means of groups of errors of which some are only known to be at least so large, each drawn towards the common mean.

The model, for error i of group g, of which an open promise shows only that it is at least as large:

    e_gi ~ Normal(mu_g, sigma²)             a censored normal: Tobin, Econometrica 26 (1958) 24-36
    mu_g ~ Normal(m, tau²)                  partial pooling: Efron & Morris, JASA 70 (1975) 311-319

So for errors that are all known, and m, sigma, tau given, the mean of a group of n with the average a is

    E(mu_g) = w·a + (1 - w)·m,   w = tau² / (tau² + sigma²/n):

a small group says little by itself and lies near the council's mean; a large one speaks for itself. m, sigma and tau
are not known either. With only their best values the intervals of few groups are too short (Morris, JASA 78 (1983)
47-55), so all three are summed over on a grid: m evenly, log sigma evenly, tau by a half-normal (Gelman, Bayesian
Analysis 1 (2006) 515-534). No draws are made: the same errors always give the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]
INTERVAL = 0.8
"""The interval holds the mean with this probability: four in five."""
SHORTEST_SPREAD = 7.0
"""In days: sigma is never taken to be less than a week, for dates are seldom meant to the day."""

_MEANS = np.linspace(-4, 4, 401)
_COMMON = np.linspace(-2, 2, 31)
_SPREADS = np.geomspace(0.15, 2.5, 13)
_BETWEEN = np.linspace(0.06, 2.0, 14)
"""The grids of mu_g, m, sigma and tau, in units of the spread of all errors about their mean."""
_BETWEEN_SCALE = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean error in days, later positive, and the ends of its interval."""

    days: int
    low: int
    high: int


@dataclass(frozen=True)
class Errors:
    """Errors in days. Of those that are `open` it is known only that they are at least so large."""

    days: Floats
    open: NDArray[np.bool_]

    @classmethod
    def of(cls, found: Iterable[tuple[int, bool]]) -> Errors:
        """From pairs of days and whether it is open."""
        pairs = list(found)
        return cls(
            np.array([days for days, _ in pairs], dtype=float),
            np.array([open_ for _, open_ in pairs], dtype=bool),
        )


def pooled_means(council: Errors, groups: Sequence[Errors]) -> tuple[Figure, tuple[Figure, ...]]:
    """The mean of all errors by itself, and that of each group drawn towards that of the groups together.

    Raises:
        ValueError: No error of the council's is known exactly, so nothing bounds the mean from above.
    """
    if not (~council.open).any():
        raise ValueError("A mean needs at least one promise that was kept.")
    centre, spread = _fit(council)
    means = centre + spread * _MEANS
    sigmas = np.unique(np.maximum(spread * _SPREADS, SHORTEST_SPREAD))
    alone = _log_likelihood(council, means, sigmas)
    together = _figure(means, np.exp(alone - alone.max()).sum(axis=0))
    if not groups:
        return together, ()
    likelihood = np.stack([_log_likelihood(group, means, sigmas) for group in groups], axis=1)
    return together, tuple(_figure(means, row) for row in _pooled(likelihood, means, centre, spread))


def _fit(errors: Errors) -> tuple[float, float]:
    """Mean and spread of a censored normal by expectation and maximisation (Dempster, Laird & Rubin, JRSS B 39 (1977)).

    It only places the grids, so that it need not be run to its end.
    """
    mean, spread = float(errors.days.mean()), max(float(errors.days.std()), SHORTEST_SPREAD)
    limit = errors.days[errors.open]
    for _ in range(60):
        z = (limit - mean) / spread
        hazard = np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_ndtr(-z))
        filled = errors.days.copy()
        filled[errors.open] = mean + spread * hazard
        left = spread**2 * (1 + z * hazard - hazard**2)
        mean = float(filled.mean())
        variance = (((filled - mean) ** 2).sum() + np.clip(left, 0, None).sum()) / len(filled)
        spread = max(float(np.sqrt(variance)), SHORTEST_SPREAD)
    return mean, spread


def _log_likelihood(errors: Errors, means: Floats, sigmas: Floats) -> Floats:
    """Of each sigma (rows) and mean (columns). Those known exactly count by their number, sum and sum of squares."""
    known = errors.days[~errors.open]
    limits, counts = np.unique(errors.days[errors.open], return_counts=True)
    squares = (known**2).sum() - 2 * means * known.sum() + len(known) * means**2
    sigma = sigmas[:, None]
    told = -0.5 * squares[None, :] / sigma**2 - len(known) * np.log(sigma)
    if len(limits):
        at_least = log_ndtr((means[None, None, :] - limits[None, :, None]) / sigma[:, :, None])
        told = told + np.einsum("sum,u->sm", at_least, counts)
    return np.asarray(told, dtype=np.float64)


def _pooled(likelihood: Floats, means: Floats, centre: float, spread: float) -> Floats:
    """The posterior of each group's mean on the grid: a row for each group.

    `likelihood` is by sigma, group and mean. Each pair of m and tau is a normal over the grid of means.
    """
    between = spread * _BETWEEN
    pairs_m = np.repeat(centre + spread * _COMMON, len(between))
    pairs_tau = np.tile(between, len(_COMMON))
    normal = np.exp(-0.5 * ((means[None, :] - pairs_m[:, None]) / pairs_tau[:, None]) ** 2)
    normal /= normal.sum(axis=1, keepdims=True)
    prior = -0.5 * (pairs_tau / (_BETWEEN_SCALE * spread)) ** 2
    top = likelihood.max(axis=2, keepdims=True)
    scaled = np.exp(likelihood - top)
    evidence = np.maximum(scaled @ normal.T, 1e-300)  # a pair that a group all but rules out
    weight = np.log(evidence).sum(axis=1) + top[:, :, 0].sum(axis=1)[:, None] + prior[None, :]
    weight = np.exp(weight - weight.max())
    mixed = np.einsum("sgm,sgm->gm", scaled, (weight[:, None, :] / evidence) @ normal)
    return np.asarray(mixed, dtype=np.float64)


def _figure(means: Floats, density: Floats) -> Figure:
    share = density / density.sum()
    passed = np.cumsum(share) - share / 2
    low, high = np.interp([(1 - INTERVAL) / 2, (1 + INTERVAL) / 2], passed, means)
    return Figure(round(float(share @ means)), round(float(low)), round(float(high)))
