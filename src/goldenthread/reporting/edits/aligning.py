"""Which paragraph or row of a file is which of the report: the most that are the same, then the likest of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from goldenthread.reporting.edits.passages import Row, Unit, key_of

ALIKE = 55.0
"""From how many of 100 on a paragraph is a changed one and not another (`rapidfuzz.fuzz.ratio`)."""


SAME_NAME = 100.0
"""What the same first cell counts for beside that: a row about the same is the same row, whatever else it says."""


class Pair(NamedTuple):
    """The places of a unit in the report and in the file; None where it is in one of them alone."""

    ours: int | None
    theirs: int | None
    same: bool = False


def aligned(ours: Sequence[Unit], theirs: Sequence[Unit]) -> tuple[Pair, ...]:
    """Every unit of both, in the order of the text: what is the same, what was changed, what is in one alone.

    What is the same is a longest common subsequence. Between two such stretches the likest units are paired in order,
    a row with a row and a paragraph with a paragraph.
    """
    pairs: list[Pair] = []
    steps = Indel.opcodes([key_of(unit) for unit in ours], [key_of(unit) for unit in theirs])
    gap: list[tuple[range, range]] = []

    def close() -> None:
        if gap:
            from_ours = range(gap[0][0].start, gap[-1][0].stop)
            from_theirs = range(gap[0][1].start, gap[-1][1].stop)
            pairs.extend(_paired(ours, theirs, from_ours, from_theirs))
            gap.clear()

    for step in steps:
        of_ours, of_theirs = range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
        if step.tag == "equal":
            close()
            pairs.extend(Pair(one, other, same=True) for one, other in zip(of_ours, of_theirs, strict=True))
        else:
            gap.append((of_ours, of_theirs))
    close()
    return tuple(pairs)


def _paired(ours: Sequence[Unit], theirs: Sequence[Unit], left: range, right: range) -> Iterator[Pair]:
    if not left or not right:
        yield from (Pair(one, None) for one in left)
        yield from (Pair(None, other) for other in right)
        return
    scores = cdist(
        [ours[one].words for one in left], [theirs[other].words for other in right],
        scorer=fuzz.ratio, score_cutoff=ALIKE,
    )  # fmt: skip
    names = np.array([_name(ours[one]) for one in left])[:, None]
    others = np.array([_name(theirs[other]) for other in right])[None, :]
    scores[(names == others) & (names != "")] += SAME_NAME
    scores[(names == "") != (others == "")] = 0
    at_left = at_right = 0
    for one, other in sorted(_best(scores)):
        yield from (Pair(left[number], None) for number in range(at_left, one))
        yield from (Pair(None, right[number]) for number in range(at_right, other))
        yield Pair(left[one], right[other])
        at_left, at_right = one + 1, other + 1
    yield from (Pair(number, None) for number in left[at_left:])
    yield from (Pair(None, number) for number in right[at_right:])


def _name(unit: Unit) -> str:
    """By what a row is known: its first cell. (Rows have a sign before it, and paragraphs no name.)"""
    return f"|{key_of(unit)[1]}" if isinstance(unit, Row) and unit.cells else ""


def _best(scores: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs in order: the likest of all first, then the likest before it and behind it."""
    waiting = [(0, scores.shape[0], 0, scores.shape[1])]
    while waiting:
        top, bottom, first, last = waiting.pop()
        part = scores[top:bottom, first:last]
        if not part.size or not part.max():
            continue
        row, column = np.unravel_index(int(part.argmax()), part.shape)
        one, other = top + int(row), first + int(column)
        yield one, other
        waiting += [(top, one, first, other), (one + 1, bottom, other + 1, last)]
