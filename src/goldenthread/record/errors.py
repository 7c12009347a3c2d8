"""What the record refuses, and why. Every message says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.days import day_words


class RecordError(Exception):
    """The record cannot do what was asked. The message can be shown to the person who asked."""


class NotAllowed(RecordError):
    """The actor's role does not allow this."""


class NotFound(RecordError):
    """There is no such thing in this council's record."""


class NoSuchPlan(NotFound):
    """The council has no such plan, or had none at the revision asked for."""


class NoSuchRevision(NotFound):
    """The council's record has no such revision, or had none by the time asked for."""


class NotYetAdopted(RecordError):
    """The plan was asked for as at a day before it took effect."""

    def __init__(self, effective_on: date, cut_off: date) -> None:
        super().__init__(
            f"The plan took effect on {day_words(effective_on)}, so there is nothing to show as at "
            f"{day_words(cut_off)}. Choose a date from {day_words(effective_on)} on."
        )
        self.effective_on = effective_on


class InvalidEdit(RecordError):
    """A change that does not fit the plan; the message names the field and the value.

    `field` is the parameter of the service that is wrong, where it is one of several: a form says it there.
    """

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class NeedsDecision(InvalidEdit):
    """What was approved is not edited: a change of it is proposed and decided on."""


@dataclass(frozen=True)
class FieldConflict:
    """A field that somebody else changed meanwhile: what it said when the form was opened, says now, and would say."""

    field: str
    seen: JsonValue
    theirs: JsonValue
    ours: JsonValue


class StaleEdit(RecordError):
    """Somebody changed the same fields of the item after the revision that the editor saw. Nothing was stored.

    `theirs` holds both versions of each such field; `revision` is the one to save against after choosing.
    """

    def __init__(self, item: UUID, theirs: tuple[FieldConflict, ...], revision: int) -> None:
        fields = ", ".join(conflict.field for conflict in theirs)
        super().__init__(
            f"Somebody else has changed {fields} since you opened this. Compare the two, then save again."
        )
        self.item = item
        self.theirs = theirs
        self.revision = revision


class Overtaken(RecordError):
    """More was reported of a promise while somebody was settling what had been. Nothing was stored."""


class ProposalOvertaken(RecordError):
    """The plan has moved on under a proposed change since the person looked at it. Nothing was stored."""


class AlreadySettled(RecordError):
    """A proposed change that was decided on or withdrawn before."""


class Unreadable(RecordError):
    """A document that cannot be read as a plan; the message says why."""


class ImportClosed(RecordError):
    """An import that was applied or discarded cannot be worked on."""


class QuestionsOpen(RecordError):
    """An import cannot be applied yet."""


class StaleDraft(RecordError):
    """A draft of a report was changed after the version that somebody saw. Nothing was stored.

    `theirs` holds both texts of each place that was written differently; `version` is the one to save against next,
    with `untouched`, the words as they are now of the places where nothing new was typed: saved as they were seen, they
    would undo what others wrote there.
    """

    def __init__(
        self,
        seen: int,
        version: int,
        theirs: tuple[FieldConflict, ...] = (),
        untouched: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            f"The draft was changed since you opened this page: you saw version {seen}, "
            f"and it is version {version} now. Look at it again first."
        )
        self.version = version
        self.theirs = theirs
        self.untouched = untouched or {}


class NotReady(RecordError):
    """A report that cannot be issued yet; `reasons` are all that stands in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(f"The report cannot be issued yet. {'; '.join(reasons)}.")
        self.reasons = reasons
