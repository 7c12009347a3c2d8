"""Reading rows that were written in an older shape. No migration alters the log: past rows are brought up here.

When a migration changes the shape of a table or of its JSON, it adds a function to that table's tuple. Each takes a row
as it was before and gives it as it is after; a row goes through all of them, so each must leave newer rows alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]

UPCASTS: dict[str, tuple[Callable[[Row], Row], ...]] = {}


def upcast(table: str, row: Row) -> Row:
    """The row in today's shape."""
    for step in UPCASTS.get(table, ()):
        row = step(row)
    return row
