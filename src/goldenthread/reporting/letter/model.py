"""The letter to the Secretary of State, as a value: every sentence with what supports it.

Who drafts it is the record; who words it is the council. A sentence that nothing supports says so until a named person
answers for it, and a milestone that fell due is reported or left out with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from goldenthread.plan.values import Value

PLAN, RECORD = "Plan", "Record"
"""The identifiers of the plan as approved, and of all that the record holds of it at the cut-off."""


class Support(Value):
    """What a sentence rests on: its identifier as printed ("A12", "M4", "Change request 3"), what that says, and the
    item of the plan, where it is one."""

    identifier: str
    says: str
    item: UUID | None = None


class SignOff(Value):
    """That a named person answers for a sentence that the record does not support."""

    by: str
    on: date
    reason: str


class Sentence(Value):
    """A sentence of the letter. `number` stays with it, whatever is moved or added. `own`: a person worded it."""

    number: int
    text: str
    supports: tuple[Support, ...] = ()
    own: bool = False
    signed_off: SignOff | None = None

    @property
    def is_unsupported(self) -> bool:
        """Whether nothing supports it and nobody answers for it.

        A count that the record drafted rests on the record as a whole. Somebody's own words cannot: they could say
        anything, so they need something in particular, or a name.
        """
        whole = (PLAN, RECORD) if self.own else ()
        return self.signed_off is None and all(one.identifier in whole for one in self.supports)


class Chapter(Value):
    """A heading with the themes that it tells: what was achieved since the last letter, its evidence, what is next."""

    heading: str
    themes: tuple[int, ...]
    achieved: tuple[Sentence, ...] = ()
    evidence: tuple[Sentence, ...] = ()
    ahead: tuple[Sentence, ...] = ()

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All its sentences in the order of the letter."""
        yield from self.achieved
        yield from self.evidence
        yield from self.ahead


class LeftOut(Value):
    """That a milestone which fell due in the period is left out of the letter on purpose, and why."""

    item: UUID
    name: str
    reason: str
    by: str
    on: date


class Head(Value):
    """What stands around the text: references, date, marking, whom it addresses, who signs. Empty where not known."""

    my_ref: str = ""
    ask_for: str = ""
    telephone: str = ""
    dated: date | None = None
    marking: str = ""
    addressee: str = "The Secretary of State"
    salutation: str = "Dear Secretary of State,"
    valediction: str = "Yours sincerely,"
    signatory: str = ""
    role: str = "Leader of the Council"
    address: tuple[str, ...] = ()


class Letter(Value):
    """A letter that reports on the days from `since` to `until`. While `is_draft`, every page says so."""

    head: Head
    since: date
    until: date
    is_draft: bool = True
    opening: tuple[Sentence, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    closing: tuple[Sentence, ...] = ()
    attachments: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in the order of the letter."""
        yield from self.opening
        for chapter in self.chapters:
            yield from chapter.sentences
        yield from self.closing
