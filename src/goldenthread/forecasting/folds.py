"""Which projects are kept apart when a forecast is tried on projects that it was not fitted from.

Fixed by the project's name alone, before any model was tried: nothing about outcomes goes in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
STROKE = " / "


def group(project: str) -> str:
    """The part of a name up to its last " / ": phases of one project are never parted."""
    return project.rpartition(STROKE)[0] or project


def fold_of(project: str, folds: int = FOLDS, *, salt: str = "outer") -> int:
    """The fold of a project, 0 to folds - 1, by the SHA-256 of its group. Inner folds take another salt."""
    digest = hashlib.sha256(f"{salt}:{group(project)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % folds


def parted(
    projects: Sequence[str], folds: int = FOLDS, *, salt: str = "outer"
) -> Iterator[NDArray[np.bool_]]:
    """For each fold, which of these rows are in it. Folds without a row are left out."""
    numbers = np.array([fold_of(project, folds, salt=salt) for project in projects])
    for number in range(folds):
        chosen = np.asarray(numbers == number, dtype=np.bool_)
        if chosen.any():
            yield chosen
