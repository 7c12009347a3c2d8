"""What people judge of a promise: the lead in a report, the assurer in an assessment. Each is kept apart.

A judgement is never a status, and no two are ever made into one: `plan/status.py` holds the lifecycle, a council's rule
gives its own rating (`assurance/ratings`), and a forecast is a probability.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from goldenthread.plan.values import Value


class Rating(StrEnum):
    """A colour that a person gives. It always stands beside its word."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Door(StrEnum):
    """By which way a report came in."""

    PAGE = "page"
    EMAIL = "email"
    WORKBOOK = "workbook"


class Report(Value):
    """What was last reported of a promise by those who owe it. The day is the one that the report speaks of.

    `by` is the post that reported, not the person. `rating` is the lead's own. `highlight` is what the lead offers for
    the words of reports. In a report of no change the rating, the reason and the next step are those of the one before.
    """

    as_at: date
    by: str
    door: Door
    rating: Rating | None = None
    why: str = ""
    next_step: str = ""
    highlight: str = ""
    no_change: bool = False


class Assessment(Value):
    """The assurer's own rating of a promise, with the reason for it."""

    on: date
    by: str
    rating: Rating
    reason: str
