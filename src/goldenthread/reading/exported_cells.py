"""The cells of a file that was exported here: each read as what its column holds, or asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Dates, Update
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.plan.tables import cells
from goldenthread.plan.tables.date_cells import DateCells
from goldenthread.plan.tables.layout import UPDATES_IN_CELL
from goldenthread.plan.tables.update_cells import updates_of
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.exported_rows import ExportedRow

_T = TypeVar("_T")
_KINDS = {
    "status": QuestionKind.STATUS,
    "references": QuestionKind.UNREAD_REFERENCE,
    "totals": QuestionKind.OTHER,
    "updates": QuestionKind.OTHER,
}


class CellReader:
    """Reads cells as this council writes them. A word that its column cannot have leaves its field open: it is asked.

    In what follows `key` is the item that a row is about, and `field` its field that a column holds.
    """

    def __init__(self, context: Context) -> None:
        self._doubts = context.doubts
        self._dates = DateCells(context.rules.seasons)

    def dates(self, row: ExportedRow, heading: str, key: str) -> tuple[str | None, Dates]:
        """The four dates of a promise, and what the column of the date that stands now printed."""
        printed, approved = self.printed_date(row, heading, key, "dates.approved")
        return printed, Dates(
            approved=approved,
            original=self.date(row, "Original", key, "dates.original"),
            forecast=self.date(row, "Forecast", key, "dates.forecast"),
            actual=self.date(row, "Actual", key, "dates.actual"),
        )

    def printed_date(
        self, row: ExportedRow, heading: str, key: str, field: str
    ) -> tuple[str | None, PlanDate | None]:
        """Printed words and their date; words that say neither a date nor why there is none are asked about."""
        cell = row[heading]
        found = self.read(row, heading, self._dates.printed_date_of, key, field)
        printed, value = found or (cell or None, None)
        if found and printed and value is None and not self._dates.understands(cell):
            self._unread(row, heading, key, field, f"“{cell}” is not a date that can be read")
        return printed, value

    def date(self, row: ExportedRow, heading: str, key: str, field: str) -> PlanDate | None:
        """The date that a cell says."""
        return self.read(row, heading, self._dates.date_of, key, field)

    def status(self, row: ExportedRow, key: str, field: str = "status") -> Status:
        """The status that a row gives."""
        return self.read(row, "Status", cells.status_of, key, field) or Status.UNKNOWN

    def update(self, row: ExportedRow, key: str) -> Update:
        """The update in a row of the table of updates."""
        return Update(
            as_at=self.date(row, "As at", key, "updates"),
            text=row["Update"],
            status_printed=row["Status printed"] or None,
            status=self.status(row, key, "updates"),
            rag_printed=row["RAG printed"] or None,
        )

    def updates(self, row: ExportedRow, key: str) -> tuple[Update, ...]:
        """The updates in a cell of an action's own row."""
        return (
            self.read(row, UPDATES_IN_CELL, lambda cell: updates_of(cell, self._dates), key, "updates") or ()
        )

    def read(
        self, row: ExportedRow, heading: str, read: Callable[[str], _T], key: str, field: str
    ) -> _T | None:
        """What a cell says; None and a question when the words are none that its column can have."""
        try:
            return read(row[heading])
        except ValueError as error:
            message = (
                str(error) if isinstance(error, cells.CellError) else f"“{row[heading]}” is not understood"
            )
            self._unread(row, heading, key, field, message)
            return None

    def ask(
        self, kind: QuestionKind, text: str, anchor: Anchor, key: str | None = None, field: str | None = None
    ) -> None:
        """Put a question about a place in the file."""
        self._doubts.ask(kind, text, anchors=(anchor,), item=key, field=field)

    def _unread(self, row: ExportedRow, heading: str, key: str, field: str, message: str) -> None:
        kind = _KINDS.get(field, QuestionKind.UNREAD_DATE)
        self.ask(kind, f"{heading}: {message}. What is it?", row.anchor, key, field)
