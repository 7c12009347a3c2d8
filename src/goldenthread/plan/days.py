"""Days in words, the same whatever the language of the machine."""

from __future__ import annotations

from datetime import date

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """A day as the GOV.UK style guide writes it: "7 June 2022"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
