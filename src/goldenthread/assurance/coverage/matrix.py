"""Where a plan answers what was asked: themes by reviews, or recommendations by themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.assurance.coverage.certificate import Row, Source
from goldenthread.plan.model import Plan, Theme

STEPS = (1, 3, 6)
"""From how many actions on a cell is darker. The number stands in it, so nothing hangs on the shade."""


@dataclass(frozen=True)
class Cell:
    """How many actions of a theme answer or cite, how many rows of the source, and how many of those are flagged."""

    actions: int = 0
    rows: int = 0
    flagged: int = 0

    @property
    def level(self) -> int:
        """How dark: 0 for none, up to 3."""
        return sum(self.actions >= least for least in STEPS)


@dataclass(frozen=True)
class Matrix:
    """A cell for each theme (down) and column (across)."""

    themes: tuple[Theme, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def theme_matrix(plan: Plan, sources: Sequence[Source]) -> Matrix:
    """Themes by the sources."""
    theme_of = _places(plan)
    columns = [_cells(theme_of, len(plan.themes), source.rows) for source in sources]
    names = tuple(source.name for source in sources)
    return Matrix(plan.themes, names, tuple(zip(*columns, strict=True)) if columns else ())


def row_matrix(plan: Plan, rows: Sequence[Row]) -> tuple[tuple[Row, tuple[Cell, ...]], ...]:
    """Each row by the themes."""
    theme_of = _places(plan)
    return tuple((row, _cells(theme_of, len(plan.themes), (row,))) for row in rows)


def _places(plan: Plan) -> dict[str, int]:
    """In which theme, by its place, each action stands."""
    return {action.key: place for place, theme in enumerate(plan.themes) for action in theme.actions}


def _cells(theme_of: Mapping[str, int], themes: int, rows: Iterable[Row]) -> tuple[Cell, ...]:
    """A cell for each theme."""
    actions: list[set[str]] = [set() for _ in range(themes)]
    counts, flagged = [0] * themes, [0] * themes
    for row in rows:
        here = {theme_of[action.key] for action in row.actions}
        for action in row.actions:
            actions[theme_of[action.key]].add(action.key)
        for place in here:
            counts[place] += 1
            flagged[place] += row.is_flagged
    return tuple(
        Cell(len(of_theme), count, wrong)
        for of_theme, count, wrong in zip(actions, counts, flagged, strict=True)
    )
