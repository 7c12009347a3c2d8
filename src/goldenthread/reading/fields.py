"""What a column can hold: the words in which headings are understood, and in which a council may correct them."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a column of a tracker or of a delivery plan holds."""

    NUMBER = "number"
    RAISED = "raised"
    GROUP = "group"
    ACTION = "action"
    LEAD = "lead"
    START = "start"
    DUE = "due"
    REVISED = "revised due date"
    FORECAST = "forecast or requested date"
    DONE = "completed on"
    STATUS = "status"
    RAG = "rating"
    PROGRESS = "progress"
    AUDIT = "what was found when it was checked"
    MILESTONE = "next milestone"
    MILESTONE_DATE = "date of the next milestone"
    COMBINED = "lead, rating and progress together"
    REFERENCE = "reference"
    RISK = "risk"
    OTHER = "other"


OF_A_TRACKER = (
    Field.ACTION, Field.LEAD, Field.DUE, Field.REVISED, Field.STATUS, Field.RAG, Field.PROGRESS, Field.GROUP,
    Field.NUMBER, Field.RAISED, Field.START, Field.FORECAST, Field.DONE, Field.AUDIT, Field.MILESTONE,
    Field.MILESTONE_DATE, Field.COMBINED, Field.OTHER,
)  # fmt: skip
"""What may be said of a column of a tracker; risks have a reader of their own."""

OF_A_DELIVERY_PLAN = (
    Field.ACTION, Field.LEAD, Field.DUE, Field.START, Field.GROUP, Field.REFERENCE, Field.OTHER,
)  # fmt: skip
"""What may be said of a column of a delivery plan."""

MAY_REPEAT = frozenset({Field.RAG, Field.PROGRESS, Field.OTHER})
"""What several columns of one table may hold."""
