"""Lifecycle statuses as words and tags. A tag always carries its words; its colour only repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.plan.status import Status


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a status is called, the style of its tag, and what it means to a reader."""

    text: str
    tag: str
    meaning: str


STATUS_WORDS: dict[Status, StatusWords] = {
    Status.NOT_STARTED: StatusWords("Not started", "govuk-tag--grey", "Work has not begun."),
    Status.IN_PROGRESS: StatusWords("In progress", "govuk-tag--blue", "Work is under way."),
    Status.COMPLETE: StatusWords(
        "Complete – claimed",
        "govuk-tag--teal",
        "The plan or its lead says that it is done. Nobody has checked yet.",
    ),
    Status.VERIFIED: StatusWords(
        "Complete – verified", "govuk-tag--green", "Someone other than the lead has checked the evidence."
    ),
    Status.EMBEDDED: StatusWords(
        "Embedded", "govuk-tag--green", "Evidence from well after completion shows that it has lasted."
    ),
    Status.ONGOING: StatusWords("Ongoing", "govuk-tag--blue", "It has no end date. It needs regular review."),
    Status.DEFERRED: StatusWords("Deferred by decision", "govuk-tag--yellow", "A decision put it off."),
    Status.SUPERSEDED: StatusWords("Superseded", "govuk-tag--grey", "Another promise took its place."),
    Status.CANCELLED: StatusWords("Cancelled", "govuk-tag--grey", "A decision ended it."),
    Status.UNKNOWN: StatusWords(
        "Not known", "govuk-tag--yellow", "The plan does not say. It is counted, not left out."
    ),
}


def status_words(status: Status) -> StatusWords:
    """What a page says for a status."""
    return STATUS_WORDS[status]


def tally(statuses: Iterable[Status]) -> tuple[tuple[StatusWords, int], ...]:
    """How many there are of each status that occurs, in lifecycle order. Nothing is added together."""
    counts = Counter(statuses)
    return tuple((words, counts[status]) for status, words in STATUS_WORDS.items() if counts[status])


def count_words(number: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun: "1 action", "64 actions", "No actions"."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,} {noun}" if number else f"No {noun}"
