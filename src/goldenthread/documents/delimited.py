"""CSV: any delimiter, any encoding, quoted cells that hold line breaks."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from goldenthread.documents.limits import MOST_CELLS, MOST_ROWS, damaged, too_many
from goldenthread.documents.model import Document, SourceFormat, laid_out, lines_of
from goldenthread.documents.sheets import SheetLayout, SheetRow
from goldenthread.plan.values import Anchor

_DELIMITERS = ",;\t|"
_LOOKED_AT = 50
_LONGEST_CELL = 1_000_000


def read_delimited(text: str, name: str) -> Document:
    """A document from CSV: one table, or several where lines of text stand between them. Rows count from 1.

    Raises:
        DocumentError: when it has too many rows or cells, or a quoted cell that never ends.
    """
    found: list[SheetRow] = []
    cells = 0
    try:
        for row in _rows(text, delimiter_of(text) or likeliest_delimiter(text)):
            found.append(row)
            cells += len(row.cells)
            if len(found) > MOST_ROWS:
                raise too_many(name, "rows", MOST_ROWS, "split it")
            if cells > MOST_CELLS:
                raise too_many(name, "cells", MOST_CELLS, "split it")
    except csv.Error as error:
        raise damaged(name, "CSV file", str(error)) from error
    layout = SheetLayout(Anchor(file=name))
    return laid_out(name, SourceFormat.CSV, list(layout.blocks(found)), lines_of(text))


def delimiter_of(text: str) -> str | None:
    """The delimiter that cuts (nearly) every line into the same number of cells, or None when none does."""
    for delimiter in _DELIMITERS:
        widths = Counter(_widths(text, delimiter))
        if not widths:
            continue
        width, often = widths.most_common(1)[0]
        rows = widths.total()
        if width >= 2 and rows >= (2 if width > 2 else 3) and often >= 0.9 * rows:
            return delimiter
    return None


def likeliest_delimiter(text: str) -> str:
    """The delimiter of a file that calls itself CSV, however ragged its rows are."""
    return max(_DELIMITERS, key=lambda delimiter: _regularity(_widths(text, delimiter, 20 * _LOOKED_AT)))


def _regularity(widths: list[int]) -> int:
    """Higher the more rows have the same number of cells, as commas in sentences do not make them."""
    often = Counter(width for width in widths if width > 1)
    return sum(count * count * min(width, 10) for width, count in often.items())


def _widths(text: str, delimiter: str, most: int = _LOOKED_AT) -> list[int]:
    """How many cells each of the first rows that are not empty has."""
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        return [len(row) for row in islice((row for row in rows if any(row)), most)]
    except csv.Error:
        return []


def _rows(text: str, delimiter: str) -> Iterator[SheetRow]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    for number, cells in enumerate(reader, start=1):
        kept = [cell.rstrip() for cell in cells]
        while kept and not kept[-1]:
            kept.pop()
        yield SheetRow(kept, number, line)
        line = reader.line_num + 1
