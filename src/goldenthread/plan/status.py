"""The life of a promise, from not started to embedded."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The lifecycle status of an action, a step or a milestone. It is one of five judgements, and never a rating.

    `COMPLETE` is what a lead or a document claims; only evidence checked by somebody else makes it `VERIFIED`,
    and only evidence dated well after completion makes it `EMBEDDED`. What nobody has said is `UNKNOWN`,
    which is counted and never dropped.
    """

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    VERIFIED = "verified"
    EMBEDDED = "embedded"
    ONGOING = "ongoing"
    DEFERRED = "deferred"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def is_done(self) -> bool:
        """Whether the work is said to be finished, whoever says so."""
        return self in _DONE

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected: done, or stopped by a decision."""
        return self in _DONE or self in {Status.SUPERSEDED, Status.CANCELLED}


CHECKED = frozenset({Status.VERIFIED, Status.EMBEDDED})
"""What no lead and no document can say: it rests on evidence that somebody else has checked."""
_DONE = frozenset({Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED})
