"""Tables without lines: columns show by words that begin at the same place, line after line, with room before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.documents.pdf.page import Line, Page, Word, line_of
from goldenthread.documents.pdf.tables import PrintedCell, PrintedRow, PrintedTable

_ROOM = 1.4
"""The room between columns, in letter sizes."""
_SAME_START = 6.0
_FEWEST_ROWS = 3
_LEADERS = re.compile(r"\.{5,}|(?:\. ){5,}|…{2,}")


@dataclass
class _Spread:
    """A line cut where there is room for a column to end."""

    line: Line
    pieces: list[list[Word]]

    @property
    def starts(self) -> list[float]:
        return [piece[0].left for piece in self.pieces]


def find_columns(lines: Sequence[Line], page: Page) -> list[Line | PrintedTable]:
    """The lines of a page with those that make a table gathered into it."""
    spreads = [_Spread(line, _pieces(line)) for line in lines]
    found: list[Line | PrintedTable] = []
    place = 0
    while place < len(spreads):
        end = _region(spreads, place)
        table = _table(spreads[place:end], page) if end else None
        if table is None or end is None:
            found.append(spreads[place].line)
            place += 1
        else:
            found.append(table)
            place = end
    return found


def _pieces(line: Line) -> list[list[Word]]:
    pieces = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.left - before.right > _ROOM * word.size:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _region(spreads: Sequence[_Spread], start: int) -> int | None:
    """The end of the lines that share columns with the line at `start`, or None when it begins no table."""
    first = spreads[start]
    if len(first.pieces) < 2 or first.line.bullet or _LEADERS.search(first.line.text):
        return None
    starts = list(first.starts)
    end = start + 1
    while end < len(spreads):
        spread, before = spreads[end], spreads[end - 1]
        if spread.line.top - before.line.bottom > 2.5 * spread.line.size or spread.line.bullet:
            break
        fitting = [any(abs(at - known) <= _SAME_START for known in starts) for at in spread.starts]
        if _LEADERS.search(spread.line.text) or not fitting[0] or sum(fitting) * 2 <= len(fitting):
            break
        starts += [at for at, fits in zip(spread.starts, fitting, strict=True) if not fits]
        end += 1
    while end > start + 1 and _stands_apart(spreads[end - 2], spreads[end - 1]):
        end -= 1
    several = sum(len(spread.pieces) > 1 for spread in spreads[start:end])
    return end if several >= _FEWEST_ROWS else None


def _stands_apart(before: _Spread, last: _Spread) -> bool:
    """Whether the last line is one of text below the table: in one piece, with some room above it."""
    return len(last.pieces) == 1 and last.line.top - before.line.bottom > 0.4 * last.line.size


def _table(spreads: Sequence[_Spread], page: Page) -> PrintedTable | None:
    starts = sorted(at for spread in spreads for at in spread.starts)
    clusters: list[list[float]] = []
    for at in starts:
        if clusters and at - clusters[-1][0] <= _SAME_START:
            clusters[-1].append(at)
        else:
            clusters.append([at])
    edges = [min(cluster) for cluster in clusters if len(cluster) >= 2]
    if len(edges) < 2:
        return None
    right = max(spread.line.right for spread in spreads)
    table = PrintedTable([*edges, right + 4], spreads[0].line.top, spreads[-1].line.bottom)
    for group in _rows(spreads, edges[0]):
        cells = []
        for column, left in enumerate(edges):
            limit = edges[column + 1] if column + 1 < len(edges) else float("inf")
            lines = [
                line_of(words)
                for spread in group
                if (words := [word for piece in spread.pieces if _in(piece, left, limit) for word in piece])
            ]
            cells.append(PrintedCell(lines, left, min(limit, right + 4), group[-1].line.bottom))
        table.rows.append(PrintedRow(page.number, cells))
    return table


def _in(piece: Sequence[Word], left: float, limit: float) -> bool:
    """Whether a piece of a line stands in a column: it begins there, give or take a little."""
    return left - _SAME_START / 2 <= piece[0].left < limit - _SAME_START / 2


def _rows(spreads: Sequence[_Spread], first_column: float) -> list[list[_Spread]]:
    """The lines of each row: by the room between rows where there is some, else a row begins in the first column."""
    gaps = [below.line.top - above.line.bottom for above, below in pairwise(spreads)]
    leading = min(gaps, default=0.0)
    apart = [gap > leading + 0.35 * spread.line.size for gap, spread in zip(gaps, spreads, strict=False)]
    by_room = any(apart) and not all(apart)
    rows: list[list[_Spread]] = [[spreads[0]]]
    for place, spread in enumerate(spreads[1:]):
        begins = abs(spread.starts[0] - first_column) <= _SAME_START
        if apart[place] if by_room else begins:
            rows.append([])
        rows[-1].append(spread)
    return rows
