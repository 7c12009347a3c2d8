"""Steps and dependencies carried through: an action is done when it and all its steps are, and not before what it
depends on.

By simulation: each promise is drawn from its own outlook, and what waits is as late as the latest that it waits for.
Promises of one plan go well or badly together, and an action and its steps more so, so each draw is a mix of one factor
that all share, one of the action and one of its own (a nested Gaussian copula). The random numbers are Philox's own
bits, keyed by the plan, the day and the promise: they are the same for ever and on every machine, and one promise more
or less in a plan changes no other's.

Philox: Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
from numpy.random import Philox
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.special import ndtri

from goldenthread.forecasting.outlook import LEVELS, Floats, Outlooks

DRAWS = 10_000
CORRELATION = 0.5
"""How much of the luck of two promises of one plan is taken to be common: the correlation of their probits."""
FAMILY = 0.9
"""The same of an action and its steps.

Both are judgements, not estimates. An action's own date was set by somebody who knew its steps, so its outlook holds
most of what they can add: at 0.5 an action with ten steps would wait for the unluckiest of ten nearly independent ones;
at 1 only a step dated later than its action would add anything. `benchmarks/draws.py` prints what others would give.
"""
SAMPLED = 500
"""Of each promise so many draws are kept, the first ones, for counts of several promises together."""

Small = NDArray[np.float32]
_NORMAL: Small = ndtri((np.arange(65536) + 0.5) / 65536).astype(np.float32)
_ENDS, _CELLS = 4.5, 4096
_PROBITS = ndtri(LEVELS)
_GRID = (np.arange(_CELLS) + 0.5) / _CELLS * 2 * _ENDS - _ENDS


@dataclass(frozen=True)
class Waiting:
    """What a promise most often waits for: the other one's key, and in which share of the draws it decides the day."""

    key: str
    share: float


@dataclass(frozen=True)
class Carried:
    """Outlooks after steps and dependencies. `sample` holds days after the forecast, a row for each promise.

    `cycles` are groups of promises that wait for each other in a ring; what they wait for within it is left out.
    """

    outlooks: Outlooks
    sample: NDArray[np.int16]
    waiting: Mapping[str, Waiting]
    cycles: tuple[tuple[str, ...], ...] = ()


def carry_through(
    keys: Sequence[str],
    outlooks: Outlooks,
    waits_for: Mapping[str, Iterable[str]],
    *,
    seed: str,
    families: Mapping[str, str] | None = None,
    draws: int = DRAWS,
    correlation: float = CORRELATION,
    family: float = FAMILY,
) -> Carried:
    """The outlooks when each promise also waits for others.

    A promise that waits for nothing keeps its own outlook to the digit. What is not among `keys` (because it is
    done, or nothing is forecast of it) is not awaited.

    Args:
        keys: The promises, in the order of the rows of `outlooks`, none of which abstains.
        outlooks: Each promise by itself.
        waits_for: For a key, those that come before it.
        seed: Names the plan and the day. The same seed gives the same numbers.
        families: For a key, the name of the action that it belongs to, where it belongs to one.
        draws: How often the plan is played through.
        correlation: Between the probits of any two promises, from 0 to 1.
        family: The same between those of one family; not less than `correlation`.
    """
    places = {key: place for place, key in enumerate(keys)}
    edges = {
        (places[key], places[other])
        for key, others in waits_for.items()
        for other in others
        if key in places and other in places and key != other
    }
    edges, cycles = _without_rings(len(keys), edges)
    before: dict[int, list[int]] = defaultdict(list)
    for later, earlier in sorted(edges):
        before[later].append(earlier)
    luck = _Luck(seed, families or {}, draws, correlation, max(correlation, family))
    days = outlooks.days.copy()
    sample = np.zeros((len(keys), min(SAMPLED, draws)), dtype=np.int16)
    waiting: dict[str, Waiting] = {}
    drawn: dict[int, Small] = {}
    alone = sorted(set(range(len(keys))) - {place for edge in edges for place in edge})
    for group in (*_groups(len(keys), edges, before), *([place] for place in alone)):
        much = draws if len(group) > 1 else sample.shape[1]
        for place in group:
            played = _played(outlooks.days[place], luck.of(keys[place], much))
            if first := before.get(place):
                played, waited = _after(played, [drawn[other] for other in first])
                days[place] = _quantiles(played)
                if waited:
                    waiting[keys[place]] = Waiting(keys[first[waited[0]]], waited[1])
            drawn[place] = played
            sample[place] = np.minimum(played[: sample.shape[1]], np.iinfo(np.int16).max)
        drawn.clear()
    ring = tuple(tuple(keys[place] for place in each) for each in cycles)
    return Carried(Outlooks(outlooks.on, days), sample, waiting, ring)


class _Luck:
    """The probits of promises in each draw, made of the factor of the plan, of the action and of their own."""

    def __init__(
        self, seed: str, families: Mapping[str, str], draws: int, correlation: float, family: float
    ) -> None:
        self.seed, self.families, self.draws, self.kept = seed, families, draws, ("", np.zeros(0, np.float32))
        self.shared = np.float32(np.sqrt(correlation)) * _normals(seed, "plan", draws)
        self.of_family, self.of_own = (
            np.float32(np.sqrt(family - correlation)),
            np.float32(np.sqrt(1 - family)),
        )
        self.of_single = np.float32(np.sqrt(1 - correlation))

    def of(self, key: str, draws: int) -> Small:
        """The probits of one promise in the first so many draws."""
        own = _normals(self.seed, f"own {key}", draws)
        name = self.families.get(key)
        if name is None:
            return self.shared[:draws] + self.of_single * own
        if self.kept[0] != name:  # promises of an action come one after the other
            self.kept = (name, self.of_family * _normals(self.seed, f"action {name}", self.draws))
        return self.shared[:draws] + self.kept[1][:draws] + self.of_own * own


def _normals(seed: str, name: str, draws: int) -> Small:
    """Standard normal numbers that belong to a name, to a 65,536th in probability."""
    digest = hashlib.sha256(f"{seed}\0{name}".encode()).digest()
    raw = Philox(key=int.from_bytes(digest[:16], "little")).random_raw(-(-draws // 4))
    normals: Small = _NORMAL[raw.astype("<u8").view("<u2")[:draws]]
    return normals


def _played(row: Floats, probits: Small) -> Small:
    """The days that the quantiles of one promise give at these probits, looked up in a fine table."""
    table = np.interp(_GRID, _PROBITS, row).astype(np.float32)
    cells = ((probits + np.float32(_ENDS)) * np.float32(_CELLS / (2 * _ENDS))).astype(np.int16)
    return table.take(cells, mode="clip")


def _quantiles(played: Small) -> Floats:
    """The quantiles of the draws at LEVELS, to half a day: counting is seven times as fast as sorting."""
    counts = np.bincount((played * 2).astype(np.int32))
    halves = np.searchsorted(np.cumsum(counts), np.rint(LEVELS * (len(played) - 1)), side="right")
    return np.asarray(halves / 2, dtype=np.float64)


def _after(own: Small, others: Sequence[Small]) -> tuple[Small, tuple[int, float] | None]:
    """The later of its own days and of those it waits for; with the other that most often decides, and how often."""
    latest = own
    for other in others:
        latest = np.maximum(latest, other)
    decides = [int(np.count_nonzero((other == latest) & (other > own))) for other in others]
    most = max(range(len(others)), key=decides.__getitem__)
    return latest, (most, decides[most] / len(own)) if decides[most] else None


def _groups(
    size: int, edges: Iterable[tuple[int, int]], before: Mapping[int, list[int]]
) -> Iterable[list[int]]:
    """Promises that hang together, each group in an order in which nothing comes before what it waits for."""
    together: dict[int, list[int]] = defaultdict(list)
    _, labels = connected_components(_matrix(size, edges), directed=True, connection="weak")
    for place in sorted({place for edge in edges for place in edge}):
        together[int(labels[place])].append(place)
    for group in together.values():
        yield list(TopologicalSorter({place: before.get(place, ()) for place in group}).static_order())


def _without_rings(
    size: int, edges: set[tuple[int, int]]
) -> tuple[set[tuple[int, int]], list[tuple[int, ...]]]:
    """The edges that lie in no ring, and the rings."""
    if not edges:
        return edges, []
    _, labels = connected_components(_matrix(size, edges), directed=True, connection="strong")
    rings: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        rings[int(label)].append(place)
    kept = {(later, earlier) for later, earlier in edges if labels[later] != labels[earlier]}
    return kept, [tuple(ring) for ring in rings.values() if len(ring) > 1]


def _matrix(size: int, edges: Iterable[tuple[int, int]]) -> coo_array:
    pairs = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    return coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
