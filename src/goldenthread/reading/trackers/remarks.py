"""Short lines around a table that say something of all its rows, and are the name of no group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.documents.blocks import Block, Heading, ListItem, Paragraph
from goldenthread.plan.dates import PlanDate, SeasonRules
from goldenthread.plan.values import Anchor
from goldenthread.reading.trackers.deadlines import dates_in

_LONGEST = 250
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_FOR_ALL = re.compile(
    r"(?=.*\b(?:all|every|each)\b.{0,40}\b(?:actions?|recommendations?|items?|milestones?|tasks?|deadlines?)\b)"
    r"(?=.*\bunless\b.{0,20}\b(?:stated|shown|specified|indicated|noted|agreed)\b)",
    re.IGNORECASE,
)
_CHANGES_IN_COLOUR = re.compile(
    r"\b(?:chang|amend|updat|new\b|addition|delet|revis)\w*.*\b(?:in|by|with)\s+"
    r"(?:red|blue|green|bold|italics?|colou?r(?:ed)?|highlight\w*|strike\w*|struck|track\w*)\b",
    re.IGNORECASE,
)
_OVERALL = re.compile(
    r"^(?:[\w&’']+\s+){0,4}b?ragb?(?: (?:rating|status))?\s*[:–-]\s*(?:red|amber|green|blue)\W*$"
    r"|^overall\b.{0,40}[:–-]\s*(?:red|amber|green|blue)\W*$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\b(?:red|amber|green|blue|gr[ea]y)\s*[=:–-]\s*\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CommonDeadline:
    """A deadline that is stated once for every row without one: its words, its date, its place."""

    printed: str
    date: PlanDate
    anchor: Anchor


def common_deadlines(found: Iterable[Block], seasons: SeasonRules) -> list[CommonDeadline]:
    """Every deadline that is stated for all rows ("All actions by March 2025 unless stated")."""
    return [
        CommonDeadline(sentence.rstrip(". "), days[0], block.anchor)
        for block in _lines(found)
        for sentence in _SENTENCE.split(block.text)
        if _FOR_ALL.match(sentence) and len(days := dates_in(sentence, seasons)) == 1
    ]


def changes_in_colour(found: Iterable[Block]) -> list[Heading | Paragraph | ListItem]:
    """The lines that say that changes are told by colour or type alone."""
    return [block for block in _lines(found) if _CHANGES_IN_COLOUR.search(block.text)]


def overall_ratings(found: Iterable[Block]) -> list[Heading | Paragraph | ListItem]:
    """The lines that rate a group as a whole ("Overall RAG: Amber")."""
    return [block for block in _lines(found) if _OVERALL.match(block.text.strip())]


def is_remark(words: str) -> bool:
    """Whether a line speaks of the rows, and does not name them."""
    return bool(
        _FOR_ALL.search(words)
        or _CHANGES_IN_COLOUR.search(words)
        or _OVERALL.match(words)
        or len(_ENTRY.findall(words)) > 1
    )


def _lines(found: Iterable[Block]) -> list[Heading | Paragraph | ListItem]:
    return [
        block
        for block in found
        if isinstance(block, Heading | Paragraph | ListItem) and len(block.text) <= _LONGEST
    ]
