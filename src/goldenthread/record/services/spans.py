"""Times that follow one another: a post has one holder at a time, a body one post that answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Protocol

from goldenthread.plan.days import day_words
from goldenthread.record.errors import InvalidEdit

A_DAY = timedelta(days=1)


class Span(Protocol):
    """A row that lasts from one day to another, both included."""

    starts_on: date
    ends_on: date | None

    def save(self, *, update_fields: list[str]) -> Any:
        """Store it."""


def follow(earlier: Iterable[Span], starts_on: date, what: str) -> None:
    """Make room from a day on: whichever of the earlier ones still goes on ends the day before.

    Args:
        what: How the message calls one of them: "the post of Chief Executive".

    Raises:
        InvalidEdit: One of them begins on that day or later, or has a last day of its own after it.
    """
    for one in earlier:
        if was_mistaken(one) or (one.ends_on and one.ends_on < starts_on):
            continue
        if one.starts_on >= starts_on:
            raise InvalidEdit(
                f"Somebody has {what} from {day_words(one.starts_on)}. Choose a later day, or take "
                "that entry back first."
            )
        if one.ends_on:
            raise InvalidEdit(
                f"Somebody has {what} until {day_words(one.ends_on)}. Choose {day_words(one.ends_on + A_DAY)} or "
                "later, or change that last day first."
            )
        one.ends_on = starts_on - A_DAY
        one.save(update_fields=["ends_on"])


def end(one: Span, last_day: date | None, others: Iterable[Span], what: str) -> None:
    """Give a row its last day; None where it goes on.

    Raises:
        InvalidEdit: The day is before the row begins, or the row would reach into one of the others.
    """
    if last_day and last_day < one.starts_on:
        raise InvalidEdit(
            f"It began on {day_words(one.starts_on)}, so it cannot end on {day_words(last_day)}. "
            "Choose that day or later."
        )
    for other in others:
        if was_mistaken(other) or other is one or other.starts_on <= one.starts_on:
            continue
        if last_day is None or last_day >= other.starts_on:
            raise InvalidEdit(
                f"Somebody else has {what} from {day_words(other.starts_on)}. Choose a last day before that."
            )
    one.ends_on = last_day
    one.save(update_fields=["ends_on"])


def take_back(one: Span) -> None:
    """Say that a row was recorded by mistake: it ends before it begins, so it never was. The log keeps it."""
    one.ends_on = one.starts_on - A_DAY
    one.save(update_fields=["ends_on"])


def was_mistaken(one: Span) -> bool:
    """Whether a row was taken back."""
    return one.ends_on is not None and one.ends_on < one.starts_on


def meets(one: Span, starts_on: date) -> bool:
    """Whether a row lasts on or after a day."""
    return not was_mistaken(one) and (one.ends_on is None or one.ends_on >= starts_on)
