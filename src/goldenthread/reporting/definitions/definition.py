"""A report definition, checked: who it is for, what it covers, and its sections in order with their wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.documents import DocumentError
from goldenthread.reporting.definitions.blanks import FIXED_BLANKS
from goldenthread.reporting.letter.model import Head
from goldenthread.reporting.sections import Options, Section


class DefinitionError(DocumentError):
    """A definition that cannot be used: the message says where and what to do."""


class Orientation(StrEnum):
    """Which way round its pages lie."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Period(StrEnum):
    """How far back the report looks, and so with which cut-off it compares."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it is long."""
        return {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[self.value]


@dataclass(frozen=True)
class Asked:
    """A section that a definition asks for. A `title` of None: it continues the one before."""

    kind: Section
    title: str | None
    level: int
    mandatory: bool
    options: Options


@dataclass(frozen=True)
class Definition:
    """A definition, checked. `bodies` are the council's names of the bodies that wording speaks of, by blank;
    `blanks` its own further blanks, each with what fills it (empty: somebody has to); `clearance` the stages that
    have to clear a draft before it is issued, in order; `based_on` the definition whose mandatory sections it keeps;
    `head` what a letter has around its text until somebody says otherwise."""

    audience: str
    title: str
    for_: str
    covers: Period
    orientation: Orientation
    bodies: Mapping[str, str]
    blanks: Mapping[str, str]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    sections: tuple[Asked, ...]
    clearance: tuple[str, ...] = ()
    based_on: str | None = None
    head: Head | None = None

    @property
    def is_letter(self) -> bool:
        """Whether it is of a letter: it has the parts of one."""
        return any(asked.kind.name.startswith("letter-") for asked in self.sections)

    @property
    def own_blanks(self) -> frozenset[str]:
        """The names of the blanks that it has itself, and so those that words may be given for."""
        return self.may_be_filled - FIXED_BLANKS.keys()

    @property
    def may_be_filled(self) -> frozenset[str]:
        """The names of all its blanks."""
        dates = {f"{body}_date" for body in self.bodies}
        return frozenset({*FIXED_BLANKS, *self.bodies, *dates, *self.blanks})
