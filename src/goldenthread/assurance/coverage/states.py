"""What a certificate says of one recommendation, in one word; the gravest that applies."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Gravest first. `is_flag`: as long as one row is in such a state, coverage is not proved.

    Resting on one action is no flag: one may be enough, and only a person can tell. It is counted all the same.
    """

    UNRESOLVED = (
        "Unresolved",
        "unresolved",
        True,
        "Actions cite a page, a code or a review, and the plan does not say what it stands for.",
    )
    DANGLING = (
        "Dangling",
        "dangling",
        True,
        "Actions cite a number beyond those that the review is said to have.",
    )
    UNCOVERED = ("Uncovered", "uncovered", True, "No action cites it, or only actions that were ended do.")
    NOT_REFERENCED = (
        "Not referenced, existence unknown",
        "not referenced, existence unknown",
        True,
        "No action cites it. Its neighbours are cited, but whether the review has it, the plan does not say.",
    )
    CIRCULAR = (
        "Circular",
        "circular",
        True,
        "Only the action that writes or approves this very plan cites it.",
    )
    SINGLE = (
        "Single-threaded",
        "single-threaded",
        False,
        "One action answers it. If that slips, nothing does.",
    )
    COVERED = ("Covered", "covered", False, "Two or more actions answer it.")
    ABSENT = (
        "Not in the review",
        "not in the review",
        False,
        "Somebody looked: the review has no such number.",
    )

    def __init__(self, title: str, in_words: str, is_flag: bool, meaning: str) -> None:
        self.title = title
        self.in_words = in_words
        self.is_flag = is_flag
        self.meaning = meaning

    @property
    def key(self) -> str:
        """For data and addresses: "not_referenced"."""
        return self.name.lower()


FLAGS = tuple(state for state in State if state.is_flag)
"""The states that forbid to say that all is covered, gravest first."""
