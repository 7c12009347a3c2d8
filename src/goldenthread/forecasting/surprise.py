"""Which updates surprise: what a lead's own rating makes one expect, against the chance that the forecast gives.

A rating is taken at its words, as the five and three point scales of delivery confidence put them (Infrastructure and
Projects Authority, 2021): green is highly likely, amber feasible with doubts, red as good as out of reach. The numbers
for them are ours. A large difference says that one of the two is wrong, and not which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.plan.judgements import Rating

EXPECTED = {Rating.GREEN: 0.9, Rating.AMBER: 0.5, Rating.RED: 0.1}
"""The chance of keeping the approved date that each rating makes one expect."""
LEAST = 0.3
"""Differences smaller than this surprise nobody."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """A promise whose rating and forecast do not go together. `chance` is that of keeping its approved date, 0 to 1."""

    key: str
    rating: Rating
    chance: float

    @property
    def gap(self) -> float:
        """How much more the rating promises than the forecast; negative where the forecast is the brighter one."""
        return EXPECTED[self.rating] - self.chance


def surprises(
    ratings: Mapping[str, Rating], chances: Mapping[str, float | None], *, least: float = LEAST
) -> tuple[Surprise, ...]:
    """The promises (by key) whose rating and chance are furthest apart, the furthest first. None: no chance known."""
    known = ((key, rating, chances.get(key)) for key, rating in ratings.items())
    found = [Surprise(key, rating, chance) for key, rating, chance in known if chance is not None]
    far = [each for each in found if abs(each.gap) >= least]
    return tuple(sorted(far, key=lambda each: (-abs(each.gap), each.key)))
