"""Ruled tables: where lines cross, a table has cells; where a line is missing between two cells, they are merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from goldenthread.documents.pdf.page import Ruling

NEAR = 3.0
"""Lines closer than this, in points, are one."""
_OVERHANG = 8.0
_SHORTEST = 5.0
_MOST = 1_500
_MOST_CELLS = 40_000


@dataclass(frozen=True)
class Segment:
    """A ruled line: `at` is its distance from the left or the top, `start` and `end` run along it."""

    at: float
    start: float
    end: float


@dataclass
class Grid:
    """A ruled table: the places of its lines, and for each square the square in which its cell begins."""

    xs: list[float]
    ys: list[float]
    first: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.ys) - 1

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.xs) - 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1


def grids(rulings: Iterable[Ruling]) -> list[Grid]:
    """The ruled tables of a page from top to bottom. Filled areas count only where nothing is drawn."""
    rulings = list(rulings)
    drawn = _grids([ruling for ruling in rulings if ruling.drawn])
    if drawn or all(ruling.drawn for ruling in rulings):
        return drawn
    return _grids(rulings)


def _grids(rulings: list[Ruling]) -> list[Grid]:
    across = _merged(Segment(r.top, r.left, r.right) for r in rulings if r.way == "h")
    down = _merged(Segment(r.left, r.top, r.bottom) for r in rulings if r.way == "v")
    if not across or not down or len(across) > _MOST or len(down) > _MOST:
        return []
    found = (_grid(rows, columns) for rows, columns in _connected(across, down))
    return sorted((grid for grid in found if grid), key=lambda grid: grid.ys[0])


def _merged(segments: Iterable[Segment]) -> list[Segment]:
    """Lines that lie on one another or carry each other on, made one."""
    merged: list[Segment] = []
    for level in _clusters(segments):
        at = sum(segment.at for segment in level) / len(level)
        start, end = None, 0.0
        for segment in sorted(level, key=lambda segment: segment.start):
            if start is None:
                start, end = segment.start, segment.end
            elif segment.start <= end + NEAR:
                end = max(end, segment.end)
            else:
                merged.append(Segment(at, start, end))
                start, end = segment.start, segment.end
        assert start is not None
        merged.append(Segment(at, start, end))
    return [segment for segment in merged if segment.end - segment.start >= _SHORTEST]


def _clusters(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    cluster: list[Segment] = []
    for segment in sorted(segments, key=lambda segment: segment.at):
        if cluster and segment.at - cluster[0].at > NEAR:
            yield cluster
            cluster = []
        cluster.append(segment)
    if cluster:
        yield cluster


def _connected(across: list[Segment], down: list[Segment]) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """The lines that cross, directly or through others."""
    crossing: dict[int, list[int]] = defaultdict(list)
    for n, row in enumerate(across):
        for m, column in enumerate(down):
            if (
                row.start - NEAR <= column.at <= row.end + NEAR
                and column.start - NEAR <= row.at <= column.end + NEAR
            ):
                crossing[n].append(len(across) + m)
                crossing[len(across) + m].append(n)
    seen: set[int] = set()
    for start in list(crossing):
        if start in seen:
            continue
        component, waiting = [], [start]
        seen.add(start)
        while waiting:
            component.append(here := waiting.pop())
            fresh = [there for there in crossing[here] if there not in seen]
            seen.update(fresh)
            waiting += fresh
        yield (
            [across[n] for n in sorted(component) if n < len(across)],
            [down[n - len(across)] for n in sorted(component) if n >= len(across)],
        )


def _grid(across: list[Segment], down: list[Segment]) -> Grid | None:
    xs = _levels([segment.at for segment in down], across)
    ys = _levels([segment.at for segment in across], down)
    if len(xs) < 2 or len(ys) < 2 or not 1 < (len(xs) - 1) * (len(ys) - 1) <= _MOST_CELLS:
        return None
    return _without_unused(_joined(xs, ys, across, down))


def _levels(ats: list[float], others: Sequence[Segment]) -> list[float]:
    """The places of the lines of one way. Where those of the other way reach beyond, the table has an open side."""
    levels: list[float] = []
    for at in sorted(ats):
        if not levels or at - levels[-1] > NEAR:
            levels.append(at)
    start, end = min(other.start for other in others), max(other.end for other in others)
    before = [start] if levels[0] - start > _OVERHANG else []
    after = [end] if end - levels[-1] > _OVERHANG else []
    return [*before, *levels, *after]


def _joined(xs: list[float], ys: list[float], across: list[Segment], down: list[Segment]) -> Grid:
    """Squares that no line parts belong to one cell, which begins at the topmost and leftmost of them."""
    height, width = len(ys) - 1, len(xs) - 1
    parent = {(row, column): (row, column) for row in range(height) for column in range(width)}

    def root(square: tuple[int, int]) -> tuple[int, int]:
        while parent[square] != square:
            parent[square] = parent[parent[square]]
            square = parent[square]
        return square

    columns = [[s for s in down if abs(s.at - x) <= NEAR] for x in xs]
    rows = [[s for s in across if abs(s.at - y) <= NEAR] for y in ys]
    for row in range(height):
        for column in range(width):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            right, below = (row, column + 1), (row + 1, column)
            if right in parent and not any(s.start <= y <= s.end for s in columns[column + 1]):
                one, other = sorted((root((row, column)), root(right)))
                parent[other] = one
            if below in parent and not any(s.start <= x <= s.end for s in rows[row + 1]):
                one, other = sorted((root((row, column)), root(below)))
                parent[other] = one
    return Grid(xs, ys, {square: root(square) for square in parent})


def _without_unused(grid: Grid) -> Grid | None:
    """The grid without the rows and columns in which no cell begins (a line that stands inside one cell)."""
    begins = set(grid.first.values())
    rows = sorted({row for row, _ in begins})
    columns = sorted({column for _, column in begins})
    if len(rows) * len(columns) < 2:
        return None
    row_at = {row: place for place, row in enumerate(rows)}
    column_at = {column: place for place, column in enumerate(columns)}
    first = {
        (row_at[row], column_at[column]): (row_at[start[0]], column_at[start[1]])
        for (row, column), start in grid.first.items()
        if row in row_at and column in column_at
    }
    xs = [grid.xs[column] for column in columns] + [grid.xs[-1]]
    ys = [grid.ys[row] for row in rows] + [grid.ys[-1]]
    return Grid(xs, ys, first)
