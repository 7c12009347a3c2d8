"""The word with which a status cell or an account of progress begins, and what it means.

Only the beginning counts: "Completed. See attached note" is complete, "work in progress is attached" says nothing.
A colour is a rating and never a status, unless the document's own key says what it stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from goldenthread.plan.status import Status
from goldenthread.reading.council_words import AFTER, NOTHING_SAID, NUMBERED, CouncilWords

_PHRASES: tuple[tuple[Status, str], ...] = (
    (Status.UNKNOWN, r"met\s*/\s*not met|not (?:yet )?met|(?:none|nothing) to report|carried (?:forward|over)|c/f"),
    (Status.UNKNOWN, r"not (?:known|applicable|reported|returned)|no (?:return|update|change)|unknown|tbc|n/a"),
    (Status.UNKNOWN, r"not (?:(?:to be )?(?:delivered|completed|done) )?within \d+ months\b[^.;,]{0,40}"),
    (Status.NOT_STARTED, r"not (?:yet )?(?:started|begun|due|commenced)|yet to start"),
    (Status.NOT_STARTED, r"no (?:action|progress)(?: taken)?(?: yet)?"),
    (Status.NOT_STARTED, r"programmed|scheduled|to be started"),
    (Status.DEFERRED, r"(?:action |project )?(?:on hold|paused|suspended|deferred|postponed|parked)"),
    (Status.SUPERSEDED, r"superseded|replaced|merged|subsumed"),
    (Status.CANCELLED, r"cancelled|withdrawn|abandoned|discontinued|no longer (?:required|needed|relevant)"),
    (
        Status.IN_PROGRESS,
        r"(?:part|partially|partly|mostly|largely|nearly|almost) (?:complete|completed|met|done|achieved)",
    ),
    (
        Status.COMPLETE,
        (
            r"(?:now |fully |all |action |project )?(?:complete|completed|done|closed|met|delivered|achieved"
            r"|implemented|discharged|finished|concluded)(?: in full)?"
        ),
    ),
    (
        Status.IN_PROGRESS,
        (
            r"(?:still |now )?(?:ongoing|on-going|in progress|under ?way|in hand|started|commenced|progressing)"
            r"(?:\s*[-–—]\s*(?:on track|delayed|on target|slipp(?:ed|ing)))?"
        ),
    ),
    (Status.IN_PROGRESS, r"(?:on|off) (?:track|target|schedule)(?: for due date)?"),
    (Status.IN_PROGRESS, r"on (?:track|target|schedule) (?:to|for)\b[^.;,]{0,40}\boriginal (?:due |target )?date"),
    (Status.IN_PROGRESS, r"re-?opened|plan in place|initial stages|early stages"),
    (Status.IN_PROGRESS, r"(?:(?:slight|minor|major|serious(?:ly)?|severe|some) )?(?:delay(?:s|ed)?|slippage|slipped)"),
    (Status.IN_PROGRESS, r"behind schedule|overdue|late|at risk|unlikely to be met(?: in full)?|stalled"),
)  # fmt: skip
_OPENINGS = tuple(
    (status, re.compile(rf"^{NUMBERED}(?P<words>{pattern}){AFTER}", re.IGNORECASE))
    for status, pattern in _PHRASES
)
_USUAL = {
    "complete": Status.COMPLETE, "completed": Status.COMPLETE, "not started": Status.NOT_STARTED,
    "in progress": Status.IN_PROGRESS, "ongoing": Status.IN_PROGRESS, "on track": Status.IN_PROGRESS,
    "plan in place": Status.IN_PROGRESS, "delayed": Status.IN_PROGRESS, "carried forward": Status.UNKNOWN,
    "on hold": Status.DEFERRED, "cancelled": Status.CANCELLED,
}  # fmt: skip
_MISPRINT = 88.0
_LONGEST_MISPRINT = 24
_RATINGS = r"(?:red|amber|green|blue|grey|gray|yellow|purple|black|white|orange|brown)"
_RATING = re.compile(
    rf"^(?:(?:dark|light|pale)\s+)?{_RATINGS}(?:\s*/\s*{_RATINGS})?(?:\s+\d{{1,3}})?(?=\s*$|\s*[.,;:(–—/-]|\s+[A-Z])",
    re.IGNORECASE,
)
_RATING_WITHIN = re.compile(rf"(?:^|\s)(?P<rating>{_RATINGS})(?=\s|$|[.,;:–—-])", re.IGNORECASE)
_LETTER = re.compile(r"^[RAGB](?:/[RAGB])?$")


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The status words at the beginning of a text: as printed, what they mean, and of what they are a misprint."""

    printed: str
    status: Status
    misprint_of: str | None = None


def status_words(text: str, said: CouncilWords = NOTHING_SAID) -> StatusWords | None:
    """What a text begins with, if it begins with a status; numbers of a pick list ("3. Ongoing") are left out.

    What the council has said of its words goes before what they mean in general.
    """
    words = text.strip()
    if told := said.status(words):
        return StatusWords(*told)
    return _usual_status(words)


@lru_cache(maxsize=8192)
def _usual_status(words: str) -> StatusWords | None:
    """What status words mean in general. A tracker says the same few in thousands of rows."""
    for status, opening in _OPENINGS:
        if found := opening.match(words):
            return StatusWords(words[: found.end()].strip(), status)
    short = words.rstrip(".").lower()
    if 4 < len(short) <= _LONGEST_MISPRINT:
        near = process.extractOne(short, list(_USUAL), scorer=fuzz.ratio, score_cutoff=_MISPRINT)
        if near:
            return StatusWords(words, _USUAL[near[0]], near[0])
    return None


def is_status(text: str, said: CouncilWords = NOTHING_SAID) -> bool:
    """Whether a text is a status and nothing else."""
    found = status_words(text, said)
    return found is not None and len(found.printed) >= len(text.strip().rstrip(".")) - 1


def rating_words(text: str, *, letters: bool = False) -> str | None:
    """The colour with which a text begins, as printed; in a column of ratings a letter may stand for it."""
    words = text.strip()
    if found := _RATING.match(words):
        return found.group().strip()
    return words if letters and _LETTER.match(words) else None


def split_at_rating(text: str) -> tuple[str, str, str]:
    """A cell that holds a lead, a rating and an account, in that order; without a rating all of it is the account."""
    found = _RATING_WITHIN.search(text)
    if not found:
        return "", "", text
    return (
        text[: found.start()].strip(" ,;:–—-"),
        found["rating"],
        text[found.end() :].lstrip(" ,;:.–—-").rstrip(),
    )
