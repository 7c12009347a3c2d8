"""Days in words, the same whatever the language of the machine."""

from __future__ import annotations

from datetime import date

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2199


def day_words(day: date) -> str:
    """A day as the GOV.UK style guide writes it: "7 June 2022"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def is_near(day: date) -> bool:
    """Whether a plan can speak of the day. What is centuries away is a slip of the keyboard."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
