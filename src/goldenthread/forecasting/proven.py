"""Which kind of history a file has proved to be: the prior's parts, each by how it would have forecast what is over.

Resemblance tells the kinds apart before anything is finished. Then outcomes do: a part whose forecasts of the file's
own past were further off than the prior's as a whole loses its say, and one that was nearer gains it. That is Bayes'
rule with a score in place of the likelihood (Bissiri, Holmes and Walker 2016, "A general framework for updating belief
distributions"): say ~ before x exp(-finished x (score / score of the prior - 1)).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.cases import Cases
from goldenthread.forecasting.features import Table
from goldenthread.forecasting.fitting import FEWEST, finished_projects, weights
from goldenthread.forecasting.outlook import Floats
from goldenthread.forecasting.pool import pooled
from goldenthread.forecasting.prior import Prior
from goldenthread.forecasting.stacking import TIMES, distances

BEFORE = 0.7
"""The say of the prior as it stands, before anything is finished; its parts share the rest evenly."""
ENOUGH_TO_TELL = 500
"""Past cases, evenly thinned, that are forecast again: more would tell nothing more."""


def kinds_proven(prior: Prior, past: Cases, fitted_from: NDArray[np.bool_]) -> Floats | None:
    """What resemblance, and then each part by itself, has to say of this file's promises; the numbers sum to 1.

    `past` is what was known on the day. A case that a part was fitted from (`fitted_from`, cases by parts) proves
    nothing; None where fewer than FEWEST finished projects are left to prove anything.
    """
    told = past.until_stated()
    told = told.only((told.days > 0) & ~fitted_from.any(axis=1))
    finished = finished_projects(told)
    if finished < FEWEST:
        return None
    thinned = np.zeros(len(told), dtype=np.bool_)
    thinned[:: max(1, len(told) // ENOUGH_TO_TELL)] = True
    scores = _scores(prior, told.only(thinned))
    before = np.array([BEFORE, *[(1 - BEFORE) / len(prior.parts)] * len(prior.parts)])
    logs = np.log(before) - finished * (scores / scores[0] - 1)
    say = np.exp(logs - logs.max())
    return np.asarray(say / say.sum(), dtype=float)


def _scores(prior: Prior, told: Cases) -> Floats:
    """The CRPS, relative to length, of the prior and of each of its parts; of what is open, up to where it was seen."""
    known = Table.of(told.asked)
    parts = [part.model.outlooks_of(known) for part in prior.parts]
    fair = weights(told) / known.length * np.gradient(TIMES)[:, None]
    ways = [pooled(parts, prior.resemblance.shares(known)), *parts]
    spoken = ~ways[0].abstains
    squares = [(distances(way, told.days, told.done) ** 2).T for way in ways]
    sums = [float((fair * each)[:, spoken].sum()) for each in squares]
    return np.asarray(np.maximum(sums, 1e-9), dtype=float)
