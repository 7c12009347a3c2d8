"""Which sort of promise it is: how vaguely it was dated, and whether keeping it takes a decision of elected members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone


class DateKind(StrEnum):
    """How vaguely a date was promised, from a day to a year."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    PART_YEAR = "part_year"
    YEAR = "year"

    @property
    def in_words(self) -> str:
        """The name that a reader would use: "part of a year"."""
        return {"part_year": "part of a year"}.get(self.value, self.value)


_SEASON = re.compile(r"[0-9]{4}-2[1-4]")
_WEEK, _MONTH, _MOST_OF_A_YEAR = 7, 31, 300


def kind_of_date(date: PlanDate) -> DateKind:
    """What the date names: a week counts as a day, a part of a month as a month, a quarter as part of a year."""
    if _SEASON.fullmatch(date.edtf):
        return DateKind.SEASON
    days = (date.latest - date.earliest).days + 1
    if days <= _WEEK:
        return DateKind.DAY
    if days <= _MONTH:
        return DateKind.MONTH
    return DateKind.PART_YEAR if days < _MOST_OF_A_YEAR else DateKind.YEAR


# "Council" alone is the meeting of all members only where something goes to it or comes from it: "the council" that
# collects a tax or owns houses is the organisation. A Cabinet Member alone decides nothing here.
_ORGANISATION = r"(?! (?:tax|hous|home|own|staff|officer|service|wide))"
_BODY = rf"(?:full council{_ORGANISATION}|cabinet(?! member)|(?<!chief )executive|committee|elected members)"
_MEETING = rf"(?:by|at|to|from|for) (?:the )?(?:council{_ORGANISATION}|{_BODY})"
_ACT = r"(?:approv\w+|adopt\w*|ratif\w+|endors\w+|agree\w*|decid\w+|decisions?(?![- ]mak)|consider\w*|determin\w+)"
_SEND = r"(?:report|take|present|submit|recommend|go|refer)\w*"
_FEW = r"(?:\W+\w+){0,6}?\W+"
_BY_MEMBERS = re.compile(
    rf"\b(?:{_BODY}(?! clerk){_FEW}{_ACT}|{_ACT}{_FEW}(?:{_MEETING}|{_BODY})|{_SEND}{_FEW}to {_BODY}"
    rf"|{_SEND}{_FEW}to (?:the )?council{_ORGANISATION}|council(?: meeting)?(?: to)? {_ACT}"
    r"|members(?: to)? (?:agree|approve|decide|adopt))\b",
    re.IGNORECASE,
)
_TO_BE_APPROVED = re.compile(
    r"\bapproval (?:of|for)\b|\b(?:approved|adopted|ratified)(?=$|[.;,)]| and\b| in\b)|^(?:approve|adopt|ratify)\b",
    re.IGNORECASE,
)
_BY_OFFICERS = re.compile(
    r"\b(?:(?:leadership|management|senior) team|(?:programme|project) board|officers?|directors?)\b",
    re.IGNORECASE,
)


def needs_decision(item: Action | Milestone) -> bool:
    """Whether the words of a promise, its steps or its conditions say that elected members have to decide something.

    That is: a body of members (Council, Cabinet, a committee) that approves, adopts, decides or is reported to; or
    something that is to be approved, adopted or ratified and does not say that officers do it. It is read from the
    words alone: who approves what is for each council's constitution to say, which a plan does not hold.
    """
    return any(_waits(words) for words in _words(item))


@lru_cache(maxsize=8192)  # the same titles are read for every state of a plan
def _waits(words: str) -> bool:
    if _BY_MEMBERS.search(words):
        return True
    return bool(_TO_BE_APPROVED.search(words)) and not _BY_OFFICERS.search(words)


def _words(item: Action | Milestone) -> Iterator[str]:
    promises = item.walk() if isinstance(item, Action) else (item,)
    for promise in promises:
        title = promise.name if isinstance(promise, Milestone) else promise.title
        yield from (words for words in (title, promise.condition) if words)
        dates = promise.dates
        yield from (date.condition for date in (dates.approved, dates.forecast) if date and date.condition)
