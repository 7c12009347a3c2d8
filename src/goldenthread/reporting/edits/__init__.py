"""A report that a reader edited in Word, held against what was generated: words, figures, comments, places filled."""

from goldenthread.reporting.edits.comparing import compare
from goldenthread.reporting.edits.model import (
    Comparison,
    Difference,
    FigureChange,
    Kind,
    Offer,
    Piece,
    Unchanged,
)
from goldenthread.reporting.edits.notes import Notes, Remark, SentStamp, Tracked, notes_in
from goldenthread.reporting.edits.passages import Passage, Row, Unit, office_format, passages
from goldenthread.reporting.edits.printed import Printed, Slot, SlotKind, Where, printed_units

__all__ = [
    "Comparison",
    "Difference",
    "FigureChange",
    "Kind",
    "Notes",
    "Offer",
    "Passage",
    "Piece",
    "Printed",
    "Remark",
    "Row",
    "SentStamp",
    "Slot",
    "SlotKind",
    "Tracked",
    "Unchanged",
    "Unit",
    "Where",
    "compare",
    "notes_in",
    "office_format",
    "passages",
    "printed_units",
]
