"""The shipped prior: what is expected of a promise before a council has any history of its own.

`prior.json` was fitted by tools/fit-prior from three public sets of dated forecasts; docs/forecasting.md says which,
how, and how much each has to say. It holds coefficients and digests, and no row of the data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenthread.forecasting.features import Table
from goldenthread.forecasting.histories import History
from goldenthread.forecasting.outlook import Asked, Floats, Outlooks
from goldenthread.forecasting.pool import pooled
from goldenthread.forecasting.resemblance import Resemblance
from goldenthread.forecasting.stacking import Stack

FILE = "prior.json"
_DIGITS = 10


@dataclass(frozen=True)
class Part:
    """What was learnt from one kind of history. `digests` tell which histories these were."""

    kind: str
    model: Stack
    digests: frozenset[str]
    forecasts: int
    projects: int
    finished: int
    sources: dict[str, str]
    """The SHA-256 of each file that it was fitted from, by name."""


@dataclass(frozen=True)
class Prior:
    """A forecaster that pools its parts, each by how much a promise is like its kind."""

    version: str
    parts: tuple[Part, ...]
    resemblance: Resemblance

    def outlooks(self, asked: Sequence[Asked]) -> Outlooks:
        """The distribution of each."""
        return self.outlooks_of(Table.of(asked), np.zeros((len(asked), len(self.parts)), dtype=np.bool_))

    def outlooks_of(
        self, known: Table, left_out: NDArray[np.bool_], proven: Floats | None = None
    ) -> Outlooks:
        """The same of a table, with some parts left out of some promises (promises by parts).

        It abstains where none is left. `proven` is what resemblance and then each part has to say (they sum to 1).
        """
        shares = self.shares(known, left_out, proven)
        return pooled([part.model.outlooks_of(known) for part in self.parts], shares)

    def shares(self, known: Table, left_out: NDArray[np.bool_], proven: Floats | None = None) -> Floats:
        """How much each part has to say of each promise: promises by parts, 0 where it is left out."""
        alike = self.resemblance.shares(known)
        say = alike if proven is None else proven[0] * alike + proven[1:]
        return np.asarray(np.where(left_out, 0.0, say), dtype=float)

    def fitted_from(self, histories: Sequence[History]) -> NDArray[np.bool_]:
        """Which parts were fitted from which of these histories: histories by parts."""
        found = [[digest(each) in part.digests for part in self.parts] for each in histories]
        return np.array(found, dtype=np.bool_).reshape(len(histories), len(self.parts))

    def as_json(self) -> dict[str, Any]:
        """What `prior.json` holds."""
        return {
            "version": self.version,
            "resemblance": self.resemblance.as_json(),
            "parts": [
                {
                    "kind": part.kind,
                    "sources": part.sources,
                    "forecasts": part.forecasts,
                    "projects": part.projects,
                    "finished": part.finished,
                    "model": part.model.as_json(),
                    "digests": "".join(sorted(part.digests)),
                }
                for part in self.parts
            ],
        }

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Prior:
        """The same from what `as_json` gave."""
        parts = tuple(
            Part(
                kind=each["kind"],
                model=Stack.of_json(each["model"]),
                digests=frozenset(
                    each["digests"][at : at + _DIGITS] for at in range(0, len(each["digests"]), _DIGITS)
                ),
                forecasts=each["forecasts"],
                projects=each["projects"],
                finished=each["finished"],
                sources=each["sources"],
            )
            for each in held["parts"]
        )
        return cls(held["version"], parts, Resemblance.of_json(held["resemblance"]))


def digest(history: History) -> str:
    """What tells a history again, however it is named and however often it was reported: its first and last facts."""
    first = history.first or history.stated[0].expected
    last = history.actual or history.stated[-1].expected
    facts = f"{history.start}|{first}|{last}|{history.actual is not None}"
    return hashlib.sha256(facts.encode()).hexdigest()[:_DIGITS]


@cache
def load() -> Prior:
    """The prior that is shipped with this release."""
    return Prior.of_json(json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8")))
