"""The words of date phrases: how a cell is cut into lexemes, and which runs of them are key words.

Cutting loses nothing: every character that is not white space belongs to exactly one lexeme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Generic, TypeVar

from goldenthread.plan.dates import Season
from goldenthread.plan.days import MONTH_NAMES


class Lexeme(Enum):
    """What a lexeme is made of."""

    NUMERIC = auto()  # 2022-06-07, 07/06/2022, 7.6.22
    SHORT_YEAR = auto()  # '22
    NUMBER = auto()  # 7, 26th, 2022
    WORD = auto()  # May, Est., children's
    JOINT = auto()  # - – — /
    MARK = auto()  # any other character


@dataclass(frozen=True, slots=True)
class Token:
    """A lexeme at its place in the cell. `key` is what key words are compared by: lower case, without full stops."""

    kind: Lexeme
    text: str
    start: int
    end: int
    key: str

    @property
    def number(self) -> int:
        """The value of a NUMBER or SHORT_YEAR."""
        return int(re.sub(r"[^0-9]", "", self.text))

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    def touches(self, before: Token) -> bool:
        """Whether no space was printed between the two."""
        return self.start == before.end


_LEXEMES = re.compile(
    r"""(?P<NUMERIC> (?<![0-9]) (?: [0-9]{4}([/-])[0-9]{1,2}\2[0-9]{1,2}
                                  | [0-9]{1,2}([/.-])[0-9]{1,2}\3(?:[0-9]{4}|[0-9]{2}) ) (?![0-9]) )
      | (?P<SHORT_YEAR> ['’‘] [0-9]{2} (?![0-9]) )
      | (?P<NUMBER> [0-9]+ (?: (?:st|nd|rd|th) \b )? )
      | (?P<WORD> n/a\b | [^\W\d_]+ (?: ['’][^\W\d_]+ )* (?: \. (?![^\W\d_]) )? )
      | (?P<JOINT> [-‐‑–—−/] )
      | (?P<MARK> \S )""",
    re.VERBOSE | re.IGNORECASE,
)


def tokens(text: str) -> list[Token]:
    """Cuts a text into its lexemes."""
    return [
        Token(Lexeme[match.lastgroup or "MARK"], match[0], match.start(), match.end(), _key(match[0]))
        for match in _LEXEMES.finditer(text)
    ]


def _key(text: str) -> str:
    return "-" if text in "-‐‑–—−" else text.lower().rstrip(".").replace("’", "'") or text


class DateWord(StrEnum):
    """What stands in a date column in place of a date."""

    COMPLETE = "complete"
    IN_PLACE = "in place"
    ONGOING = "ongoing"
    TBC = "tbc"
    NOT_APPLICABLE = "not applicable"

    @property
    def is_achieved(self) -> bool:
        return self in {DateWord.COMPLETE, DateWord.IN_PLACE}


class Part(StrEnum):
    """A part of a period, or the week that a day begins or ends."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"
    WEEK_FROM = "week commencing"
    WEEK_TO = "week ending"


class Edge(Enum):
    """On which side of the period that follows the promise lies. BEFORE and AFTER leave the period itself out."""

    BY = auto()
    BEFORE = auto()
    FROM = auto()
    AFTER = auto()


class Approximation(Enum):
    """Est., c., about."""

    ABOUT = auto()


class Little(StrEnum):
    """Small words that only join or lead in."""

    IN = "in"
    THE = "the"
    OF = "of"
    TO = "to"
    AND = "and"
    THEN = "then"
    BETWEEN = "between"
    ONWARDS = "onwards"
    DATE = "date"


class Stretch(Enum):
    """Kinds of span that need a number: Q3, H1."""

    QUARTER = auto()
    HALF = auto()
    TERM = auto()


class YearKind(Enum):
    """Years that do not begin in January, with the month in which they do."""

    FINANCIAL = 4
    MUNICIPAL = 5
    ACADEMIC = 9


@dataclass(frozen=True, slots=True)
class MonthName:
    number: int


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often something comes round, in its usual spelling."""

    words: str


@dataclass(frozen=True, slots=True)
class Participle:
    """Achieved, Completed, Delivered: takes the date that follows it."""


@dataclass(frozen=True, slots=True)
class ConditionHead:
    """Words that open a condition: "linked to", "subject to", "following"."""


Keyword = (
    DateWord | Part | Approximation | Little | Stretch | YearKind | MonthName | Recurrence | Participle
    | ConditionHead | Edge | Season
)  # fmt: skip


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Match(Generic[T_co]):
    """Something read, and the index of the first lexeme after it."""

    value: T_co
    end: int


_VOCABULARY: dict[Keyword, str] = {
    DateWord.COMPLETE: "complete",
    Participle(): "achieved, completed, delivered, finalised, closed",
    DateWord.IN_PLACE: "in place",
    DateWord.ONGOING: "ongoing, on-going, on going, continuous, continuing",
    DateWord.TBC: "tbc, tba, tbd, t.b.c, to be confirmed, to be agreed, to be determined, to be decided, "
    "to be announced",
    DateWord.NOT_APPLICABLE: "n/a, na, not applicable",
    Part.EARLY: "early, beginning of, beginning, start of",
    Part.MID: "mid, middle of",
    Part.LATE: "late",
    Part.END: "end, end of, the end of",
    Part.WEEK_FROM: "week commencing, week beginning, w/c, wc",
    Part.WEEK_TO: "week ending, w/e",
    Edge.BY: "by, no later than, not later than, on or before, due by",
    Edge.BEFORE: "before, prior to",
    Edge.FROM: "from, since, starting, starting from, starting in, commencing, beginning in",
    Edge.AFTER: "after",
    Approximation.ABOUT: "est, estimated, c, ca, circa, approx, approximately, around, about, provisional, "
    "provisionally, ~",
    Little.IN: "in, on, during, for, expected, due",
    Little.THE: "the",
    Little.OF: "of",
    Little.TO: "to, until, till, through to",
    Little.AND: "and, &",
    Little.THEN: "then, thereafter",
    Little.BETWEEN: "between",
    Little.ONWARDS: "onwards, onward",
    Little.DATE: "date, dates, timescale, timescales, timing",
    Stretch.QUARTER: "q, qtr, quarter",
    Stretch.HALF: "h, half",
    Stretch.TERM: "term",
    YearKind.FINANCIAL: "fy, f/y, financial year",
    YearKind.MUNICIPAL: "municipal year",
    YearKind.ACADEMIC: "academic year, school year",
    ConditionHead(): "linked to, based on, subject to, dependent on, dependent upon, depending on, pending, following, "
    "awaiting, once, when, if, in line with, aligned to, aligned with, as part of, conditional on, contingent on, upon",
    Recurrence("weekly"): "weekly, every week, each week",
    Recurrence("fortnightly"): "fortnightly",
    Recurrence("monthly"): "monthly, every month, each month",
    Recurrence("every two months"): "bi-monthly, bimonthly",
    Recurrence("quarterly"): "quarterly, every quarter, each quarter",
    Recurrence("termly"): "termly, every term, each term",
    Recurrence("every six months"): "six-monthly, six monthly, 6-monthly, 6 monthly, half-yearly, bi-annually, "
    "biannually",
    Recurrence("annually"): "annually, annual, yearly, every year, each year",
    Season.SPRING: "spring",
    Season.SUMMER: "summer",
    Season.AUTUMN: "autumn",
    Season.WINTER: "winter",
}  # fmt: skip
_VOCABULARY |= {
    MonthName(number): f"{name}, {name[:3]}" + (", sept" if number == 9 else "")
    for number, name in enumerate(MONTH_NAMES, start=1)
}

_KEYWORDS: dict[tuple[str, ...], Keyword] = {
    tuple(token.key for token in tokens(words.strip())): keyword
    for keyword, spellings in _VOCABULARY.items()
    for words in spellings.split(", ")
}
_LONGEST = {
    first: max(len(key) for key in _KEYWORDS if key[0] == first) for first in {key[0] for key in _KEYWORDS}
}


def keyword_at(found: Sequence[Token], place: int) -> Match[Keyword] | None:
    """The longest key word that begins at this lexeme."""
    longest = _LONGEST.get(found[place].key, 0) if place < len(found) else 0
    for length in range(min(longest, len(found) - place), 0, -1):
        if keyword := _KEYWORDS.get(tuple(token.key for token in found[place : place + length])):
            return Match(keyword, place + length)
    return None
