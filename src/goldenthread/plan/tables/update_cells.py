"""The updates of a promise in one cell, for files that are one table: a line each, every part in quotes.

As at “19 July 2011”: “All departments have published.”; status “Complete”; status printed “Done”; RAG printed “Green”

A closing quote within a part is doubled. What is empty is left out; an update of no known day begins with "Undated".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.plan.model import Update
from goldenthread.plan.status import Status
from goldenthread.plan.tables.cells import CellError, status_cell, status_of
from goldenthread.plan.tables.date_cells import DateCells


def _quoted(name: str) -> str:
    return rf"“(?P<{name}>(?:[^”]|””)*+)”"


_UPDATE = re.compile(
    rf"(?:As at {_quoted('as_at')}|Undated): {_quoted('text')}(?:; status {_quoted('status')})?"
    rf"(?:; status printed {_quoted('status_printed')})?(?:; RAG printed {_quoted('rag_printed')})?(?:\s+|$)"
)


def updates_cell(updates: Iterable[Update], dates: DateCells) -> str:
    """Several updates in a cell, in their order."""
    return "\n".join(_written(update, dates) for update in updates)


def _written(update: Update, dates: DateCells) -> str:
    day = f"As at {_in_quotes(dates.cell(update.as_at))}" if update.as_at else "Undated"
    parts = {
        "status": "" if update.status is Status.UNKNOWN else status_cell(update.status),
        "status printed": update.status_printed,
        "RAG printed": update.rag_printed,
    }
    more = (f"; {name} {_in_quotes(words)}" for name, words in parts.items() if words)
    return f"{day}: {_in_quotes(update.text)}{''.join(more)}"


def updates_of(cell: str, dates: DateCells) -> tuple[Update, ...]:
    """The updates that `updates_cell` wrote, whatever has become of its line breaks.

    Raises:
        CellError: when they are not in that form, or a day or a status in them cannot be read.
    """
    found, place = [], 0
    while place < len(cell):
        match = _UPDATE.match(cell, place)
        if match is None:
            raise CellError(
                f"“{cell[place:]}” is no update: write As at “7 June 2022”: “what was said”; status “Complete”"
            )
        said = {name: words.replace("””", "”") for name, words in match.groupdict("").items()}
        found.append(
            Update(
                as_at=dates.date_of(said["as_at"]),
                text=said["text"],
                status_printed=said["status_printed"] or None,
                status=status_of(said["status"]),
                rag_printed=said["rag_printed"] or None,
            )
        )
        place = match.end()
    return tuple(found)


def _in_quotes(words: str) -> str:
    return f"“{words.replace('”', '””')}”"
