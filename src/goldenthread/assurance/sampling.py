"""Drawing a sample that nobody can steer and anybody can draw again.

Each candidate gets the SHA-256 of the seed followed by its id, and those with the smallest hashes are drawn. No random
numbers of a program or a release are involved, so it can be repeated by hand, for ever:

    printf '%s%s' "$SEED" "$ID" | sha256sum
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be drawn: its id, and the stratum in which it stands (a theme, say)."""

    id: str
    stratum: str = ""


def place_of(seed: str, id_: str) -> str:
    """The hash by which candidates are put in order: of the seed and the id as UTF-8, in hexadecimal."""
    return sha256(f"{seed}{id_}".encode()).hexdigest()


def draw_sample(
    candidates: Iterable[Candidate], size: int, seed: str, *, stratified: bool = False
) -> tuple[Candidate, ...]:
    """So many of the candidates, in the order of drawing; all of them where there are fewer.

    Args:
        stratified: Draw from each stratum in proportion to how many stand in it. Each gets the whole part of its share;
            what is left goes to the largest remainders, among equals in the order of the hashes of their names.

    Raises:
        ValueError: The size is less than one.
    """
    if size < 1:
        raise ValueError(f"A sample needs a size of at least one, not {size}.")
    ordered = sorted(set(candidates), key=lambda candidate: place_of(seed, candidate.id))
    if not stratified or size >= len(ordered):
        return tuple(ordered[:size])
    left = dict(_shares(ordered, size, seed))
    drawn = []
    for candidate in ordered:
        if left[candidate.stratum]:
            left[candidate.stratum] -= 1
            drawn.append(candidate)
    return tuple(drawn)


def _shares(candidates: Sequence[Candidate], size: int, seed: str) -> Mapping[str, int]:
    """How many to draw from each stratum: the largest-remainder method, in whole numbers."""
    counts: defaultdict[str, int] = defaultdict(int)
    for candidate in candidates:
        counts[candidate.stratum] += 1
    shares = {stratum: size * count // len(candidates) for stratum, count in counts.items()}
    by_remainder = sorted(
        counts,
        key=lambda stratum: (-(size * counts[stratum] % len(candidates)), place_of(seed, stratum)),
    )
    for stratum in by_remainder[: size - sum(shares.values())]:
        shares[stratum] += 1
    return shares
