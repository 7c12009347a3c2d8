"""The bodies that take the report, known by their names, and their meetings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """What a body does with the report. Their order here is the one in which they should see it."""

    SCRUTINY = "scrutiny"
    AUDIT = "audit"
    CABINET = "cabinet"
    COUNCIL = "council"
    OTHER = "other"

    @property
    def comments(self) -> bool:
        """Whether its comments are reported to Cabinet."""
        return self in {Part.SCRUTINY, Part.AUDIT}

    @property
    def is_formal(self) -> bool:
        """Whether the law says how long before its meetings agenda and reports are published."""
        return self is not Part.OTHER


_NAMES = (
    (Part.SCRUTINY, re.compile(r"\bscrutiny\b", re.IGNORECASE)),
    (Part.AUDIT, re.compile(r"\baudit\b.*\b(committee|board|panel)\b|^audit$", re.IGNORECASE)),
    (Part.CABINET, re.compile(r"^(the )?(cabinet|executive)( committee| meeting)?$", re.IGNORECASE)),
    (Part.COUNCIL, re.compile(r"^(the )?((full|annual) )?council$", re.IGNORECASE)),
)
"""The usual names. A body of another name, such as Leadership Team, takes reports without notice to the public."""


def part_of(name: str) -> Part:
    """What the body of this name does with the report."""
    return next((part for part, pattern in _NAMES if pattern.search(name.strip())), Part.OTHER)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body. `key` stays the same for good; `cancelled` is the reason for which it is not held."""

    key: str
    body: str
    held_on: date
    title: str = ""
    cancelled: str = ""

    @property
    def part(self) -> Part:
        """What its body does with the report."""
        return part_of(self.body)
