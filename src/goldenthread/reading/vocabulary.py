"""The words by which plans in general name their parts. Nothing here belongs to one council.

A council that uses other words gives its own `Vocabulary`; the reader itself knows no heading by heart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from goldenthread.reading.council_words import CouncilWords
from goldenthread.reading.fields import Field


class PartKind(StrEnum):
    """What a part of a theme's chapter holds."""

    INTRODUCTION = "introduction"
    OBJECTIVES = "objectives"
    WORKSTREAMS = "workstreams"
    MILESTONES = "milestones"
    DELIVERABLES = "deliverables"
    SUCCESS = "success statements"
    DELIVERY_PLAN = "delivery plan"
    RISKS = "risks"
    OTHER = "other"


class Column(StrEnum):
    """What a column of a delivery plan holds."""

    WORKSTREAM = "workstream"
    REFERENCE = "reference"
    LEAD = "lead"
    ACTION = "action"
    START = "start"
    DUE = "due"
    OTHER = "other"


_PART_WORDS: Mapping[PartKind, str] = MappingProxyType(
    {
        PartKind.DELIVERY_PLAN: r"(delivery|action|implementation|work) plan|^(our )?actions$|^what we will do$",
        PartKind.MILESTONES: r"\bmilestones?\b|^key dates$",
        PartKind.DELIVERABLES: r"\bdeliverables?\b|^(key )?outputs$|^(key )?products$",
        PartKind.SUCCESS: (
            r"(evidence|measures?|indicators?) of success|success (criteria|measures?|statements?)"
            r"|success (will )?looks? like|how (we|you) will know"
        ),
        PartKind.WORKSTREAMS: r"\bwork ?streams?\b|^strands( of work)?$|^areas of work$",
        PartKind.OBJECTIVES: r"\bobjectives?\b|^(our )?(aims|goals)$|what we want to achieve",
        PartKind.RISKS: r"^(key|main|principal|initial) risks$|^risks?( register)?$",
        PartKind.INTRODUCTION: r"^(introduction|background|context|overview)$",
    }
)

_COLUMN_WORDS: Mapping[Column, str] = MappingProxyType(
    {
        Column.DUE: (
            r"^((target|planned|expected) )?(due|end|target|completion|finish)( date)?$"
            r"|^deadline$|by when|^date due$|^timescales?$"
        ),
        Column.START: r"^(start|commencement|begin)( date)?$|^from$|^date started$|^from when$",
        Column.LEAD: r"^(lead|owner|by whom|who)$|\blead (officer|director)|responsible|accountable|action owner",
        Column.REFERENCE: r"^ref(erence)?s?$|recommendations?|^source( of recommendation)?$|^review reference",
        Column.WORKSTREAM: r"^work ?stream$|^strand$|^area of work$|^project$|^area$",
        Column.ACTION: r"^(key |planned |our )?(actions?|activit(y|ies)|tasks?)$|^what (we will do|will be done)$",
    }
)

_COLUMNS_BY_FIELD: Mapping[Field, Column] = MappingProxyType(
    {
        Field.ACTION: Column.ACTION,
        Field.LEAD: Column.LEAD,
        Field.DUE: Column.DUE,
        Field.START: Column.START,
        Field.GROUP: Column.WORKSTREAM,
        Field.REFERENCE: Column.REFERENCE,
        Field.OTHER: Column.OTHER,
    }
)
FIELDS_BY_COLUMN: Mapping[Column, Field] = MappingProxyType(
    {column: field for field, column in _COLUMNS_BY_FIELD.items()}
)

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()


@dataclass(frozen=True)
class Vocabulary:
    """The patterns (regular expressions, matched without regard to case) of parts, columns and theme headings.

    `said` is what a council has said of its own columns, which goes before the patterns.
    """

    parts: Mapping[PartKind, str] = field(default_factory=lambda: _PART_WORDS)
    columns: Mapping[Column, str] = field(default_factory=lambda: _COLUMN_WORDS)
    said: CouncilWords = field(default_factory=CouncilWords)
    chapter: str = r"^(theme|priority|pillar|programme)\s+(?P<number>\d+|[a-z]+)\s*[-–—:.]?\s+(?P<name>\S.*)$"

    def part(self, heading: str) -> PartKind:
        """What a part under this heading holds."""
        words = heading.strip().rstrip(":").strip()
        found = (kind for kind, pattern in self.parts.items() if re.search(pattern, words, re.IGNORECASE))
        return next(found, PartKind.OTHER)

    def column(self, heading: str) -> Column:
        """What a column under this heading holds; words in brackets do not count."""
        if told := self.said_column(heading):
            return told
        words = re.sub(r"\(.*?\)", "", heading).strip().rstrip(":").strip()
        found = (kind for kind, pattern in self.columns.items() if re.search(pattern, words, re.IGNORECASE))
        return next(found, Column.OTHER)

    def said_column(self, heading: str) -> Column | None:
        """What the council has said that a column under this heading holds, if anything."""
        told = self.said.of_delivery_plan(heading)
        return _COLUMNS_BY_FIELD[told] if told else None

    def theme(self, heading: str) -> tuple[int, str] | None:
        """The number and name of the theme that this heading opens, or None when it opens none."""
        match = re.match(self.chapter, heading.strip(), re.IGNORECASE)
        number = number_in_words(match["number"]) if match else None
        return (number, match["name"].strip()) if match and number else None


def number_in_words(text: str) -> int | None:
    """The number that digits or an English word from one to twenty stand for, or None."""
    if text.isdigit():
        return int(text)
    lower = text.lower()
    return _NUMBER_WORDS.index(lower) + 1 if lower in _NUMBER_WORDS else None
