"""Fitting the model from cases: what every fit has in common, be it of the prior or of a file."""

from __future__ import annotations

import numpy as np

from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.outlook import Floats
from goldenthread.forecasting.stacking import Stack

FEWEST = 10
"""Finished projects below which nothing is fitted: with fewer even the median slip is anybody's guess."""

QUIET_SAY = 0.25
"""What a quiet day counts against a day on which something was stated: it is there to be known, not to be learnt by."""


def fit(cases: Cases, *, calendar: bool = True) -> Stack | None:
    """The model of these cases; None where fewer than FEWEST projects of them are finished.

    `calendar`: whether the date of the forecast may matter. It may within one history, whose years are those that are
    forecast; it may not where what is forecast lies years after what was learnt from.
    """
    told = cases.with_quiet_days().until_stated()
    told = told.only(told.days > 0)
    if finished_projects(told) < FEWEST:
        return None
    return Stack.fit(told, weights(told), calendar=calendar)


def finished_projects(cases: Cases) -> int:
    """How many projects of these cases are known to be finished."""
    return len({project for project, done in zip(cases.projects, cases.done, strict=True) if done})


def weights(cases: Cases) -> Floats:
    """A project of n reports counts as the square root of n: more than one report, less than n strangers. Mean 1.

    A quiet day counts QUIET_SAY of a report.
    """
    _, which = np.unique(cases.projects, return_inverse=True)
    counts = np.bincount(which, ~cases.quiet)
    weight = np.maximum(counts[which], 1.0) ** -0.5 * np.where(cases.quiet, QUIET_SAY, 1.0)
    return np.asarray(weight / weight.mean(), dtype=float)
