"""Working on a letter: wording its sentences, saying what each rests on, answering for those that nothing supports.

Every change raises the version of the report, so that what was cleared before has to be cleared again. Sentences that
people took out stay in the log, with whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, RecordError
from goldenthread.record.issued import HeldReport, held_from, plan_told
from goldenthread.record.letter_grounds import Grounds, letter_grounds
from goldenthread.record.letters import (
    highest_number,
    is_letter,
    letter_of,
)
from goldenthread.record.permissions import Permission, may, require
from goldenthread.record.scope import writing
from goldenthread.record.services.report_drafts import locked_draft
from goldenthread.reporting.letter import Head, LeftOut, Letter, Sentence, SignOff
from goldenthread.reporting.letter.due import MilestoneDue, milestones_due
from goldenthread.reporting.letter.editing import (
    Place,
    added,
    left_out,
    moved,
    no_longer_left_out,
    places_in,
    removed,
    signed_off,
    with_attachments,
    with_head,
    worded,
)

LONGEST_SENTENCE, LONGEST_REASON, LONGEST_NAME = 2000, 2000, 200
"""In characters."""


class StaleSentence(RecordError):
    """Somebody changed the same sentence, or took it out (None), after the page was opened. Nothing was stored."""

    def __init__(self, sentence: Sentence | None) -> None:
        what = "changed this sentence" if sentence else "taken this sentence out"
        super().__init__(
            f"Somebody else has {what} since you opened this page. Compare the two, then save again."
        )
        self.sentence = sentence


class StaleHead(RecordError):
    """Somebody changed the head of the letter after the form was opened. Nothing was stored."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed the head since you opened this form. Compare the two, then save again."
        )


def mark_of(value: Sentence | Head) -> str:
    """What a form sends back, so that it is known which state of a sentence or a head was on the page."""
    return sha256(value.model_dump_json().encode()).hexdigest()[:16]


@dataclass
class _Edit:
    """A letter in hand, its report held until the transaction ends."""

    report: HeldReport
    letter: Letter

    def sentence(self, number: int, seen: str | None = None) -> Sentence:
        """A sentence, as it was seen.

        Raises:
            StaleSentence: It is another than was seen, or is gone.
            NotFound: There is none of that number.
        """
        found = next((each for each in self.letter.sentences if each.number == number), None)
        if seen is not None and (found is None or mark_of(found) != seen):
            raise StaleSentence(found)
        if found is None:
            raise NotFound(f"The letter has no sentence {number}.")
        return found

    def grounds(self, on: date) -> Grounds:
        """What its sentences can rest on: the plan as at the cut-off, as known now."""
        return letter_grounds(self.report, on)


@contextmanager
def _editing(actor: Actor, plan: UUID | str, number: int, reason: str, release: str) -> Iterator[_Edit]:
    """A letter to change. What came of it is kept, and the report's version raised if it says anything else."""
    with writing(actor, reason):
        row = locked_draft(plan, number)
        report = held_from(row)
        if not is_letter(report):
            raise NotFound(f"Report {number} is no letter.")
        edit = _Edit(report, letter_of(report, release))
        before = edit.letter
        yield edit
        if edit.letter != before:
            row.letter, row.version = edit.letter.model_dump(mode="json"), row.version + 1
            row.save(update_fields=["letter", "version"])


def word_sentence(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    sentence: int,
    text: str,
    rests_on: str,
    seen: str,
    on: date,
    release: str,
) -> None:
    """Give a sentence of a letter other words, or say what else it rests on. Whoever answered for it does no longer.

    Args:
        number: The report's.
        sentence: The sentence's.
        rests_on: Identifiers as people type them ("A12, M4"); empty: nothing supports it.
        seen: The mark (`mark_of`) of the sentence that was on the page.
        on: Today.
        release: By what a letter is drafted that nobody has worked on yet.

    Raises:
        NotAllowed: The actor may not prepare reports.
        NotFound: There is no such letter or sentence.
        InvalidEdit: No words, an identifier that the record does not have, or a letter that no longer changes.
        StaleSentence: Somebody else changed the sentence meanwhile.
    """
    require(actor, Permission.PREPARE_REPORTS)
    words = _words(text)
    with _editing(actor, plan, number, f"Worded sentence {sentence} of letter {number}", release) as edit:
        before = edit.sentence(sentence, seen)
        supports = edit.grounds(on).named(rests_on, before.supports)
        edit.letter = worded(edit.letter, sentence, words, supports)


def add_sentence(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    place: Place,
    text: str,
    rests_on: str,
    on: date,
    release: str,
) -> int:
    """Add a sentence at the end of a part of a letter, and give its number. Arguments and errors as `word_sentence`."""
    require(actor, Permission.PREPARE_REPORTS)
    words = _words(text)
    with _editing(actor, plan, number, f"Added a sentence to letter {number}", release) as edit:
        supports = edit.grounds(on).named(rests_on)
        fresh = highest_number(actor.council, edit.report.id, edit.letter) + 1
        _refuse_place(edit.letter, place)
        edit.letter = added(edit.letter, place, words, supports, number=fresh)
    return fresh


def sign_off_sentence(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    sentence: int,
    reason: str,
    seen: str,
    on: date,
    release: str,
    told_by: str = "",
) -> None:
    """Answer by name for a sentence that the record does not support, or denies.

    Args:
        reason: What the person knows that the record does not.
        seen: The mark of the sentence that was on the page: nobody answers for words that they have not seen.
        told_by: Who answers for it, where the programme office enters what it was told; else it is the actor.

    Raises:
        NotAllowed: The actor may neither prepare nor clear reports, or enters it for somebody else and may only clear.
        NotFound, InvalidEdit, StaleSentence: as `word_sentence`.
    """
    by = _answers(actor, told_by)
    why = _given(reason, "why you answer for it", LONGEST_REASON)
    with _editing(actor, plan, number, f"Signed off sentence {sentence} of letter {number}", release) as edit:
        edit.sentence(sentence, seen)
        edit.letter = signed_off(edit.letter, sentence, SignOff(by=by, on=on, reason=why))


def _answers(actor: Actor, told_by: str) -> str:
    """Who answers: the name, and as what; whoever enters it for somebody else is named too."""
    if not may(actor, Permission.PREPARE_REPORTS):
        require(actor, Permission.CLEAR_REPORTS)
    own = f"{actor.name}, {actor.capacity}"
    if not told_by.strip():
        return own
    if not may(actor, Permission.PREPARE_REPORTS):
        raise NotAllowed(
            "You can only sign off in your own name. Ask the programme office to enter it for others."
        )
    return f"{_given(told_by, 'who answers for it', LONGEST_NAME)} (entered by {own})"


def move_sentence(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    sentence: int,
    release: str,
    by: int = 0,
    to: Place | None = None,
) -> None:
    """Move a sentence of a letter so many places down in its part (up, where negative), or to the end of another part.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `word_sentence`.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with _editing(actor, plan, number, f"Moved sentence {sentence} of letter {number}", release) as edit:
        edit.sentence(sentence)
        if to is not None:
            _refuse_place(edit.letter, to)
        edit.letter = moved(edit.letter, sentence, by=by, to=to)


def remove_sentence(
    *, actor: Actor, plan: UUID | str, number: int, sentence: int, seen: str, release: str
) -> None:
    """Take a sentence out of a letter. Its words stay in the log. What it alone told is then open again.

    Raises:
        NotAllowed, NotFound, InvalidEdit, StaleSentence: as `word_sentence`.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with _editing(actor, plan, number, f"Took sentence {sentence} out of letter {number}", release) as edit:
        edit.sentence(sentence, seen)
        edit.letter = removed(edit.letter, sentence)


def leave_out_milestone(
    *, actor: Actor, plan: UUID | str, number: int, item: UUID, reason: str, on: date, release: str
) -> None:
    """Leave a milestone that fell due out of a letter on purpose, with the reason, which is printed in its annex.

    Raises:
        NotAllowed: as `word_sentence`.
        NotFound: There is no such letter, or no such milestone fell due in its period.
        InvalidEdit: No reason, or a sentence tells it already.
    """
    require(actor, Permission.PREPARE_REPORTS)
    why = _given(reason, "why the letter leaves it out", LONGEST_REASON)
    with _editing(actor, plan, number, f"Left a milestone out of letter {number}", release) as edit:
        due = _due(edit, item)
        if due.told_in:
            raise InvalidEdit(f"Sentence {due.told_in[0]} tells it already. Take it out there first.")
        by = f"{actor.name}, {actor.capacity}"
        left = LeftOut(item=item, name=due.promise.name, reason=why, by=by, on=on)
        edit.letter = left_out(edit.letter, left)


def take_in_milestone(*, actor: Actor, plan: UUID | str, number: int, item: UUID, release: str) -> None:
    """No longer leave a milestone out: it is open again until a sentence tells it.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `leave_out_milestone`.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with _editing(actor, plan, number, f"A milestone is open again in letter {number}", release) as edit:
        if any(one.item == item for one in edit.letter.left_out):
            edit.letter = no_longer_left_out(edit.letter, item)


def set_letter_head(
    *,
    actor: Actor,
    plan: UUID | str,
    number: int,
    head: Head,
    attachments: tuple[str, ...],
    is_draft: bool,
    seen: str,
    release: str,
) -> None:
    """Fill in what stands around the text: references, date, marking, addressee, signatory, and whether it is a draft.

    Args:
        seen: The mark of the head that was on the page.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `word_sentence`.
        StaleHead: Somebody else changed the head meanwhile.
    """
    require(actor, Permission.PREPARE_REPORTS)
    with _editing(actor, plan, number, f"Filled in the head of letter {number}", release) as edit:
        if mark_of(edit.letter.head) != seen and edit.letter.head != head:
            raise StaleHead
        edit.letter = with_attachments(with_head(edit.letter, head, is_draft=is_draft), attachments)


def _due(edit: _Edit, item: UUID) -> MilestoneDue:
    letter = edit.letter
    due = milestones_due(plan_told(edit.report), letter.since, letter.until, letter)
    found = next((each for each in due if each.item == item), None)
    if found is None:
        raise NotFound("No such milestone fell due in the period of this letter.")
    return found


def _refuse_place(letter: Letter, place: Place) -> None:
    """Raise NotFound where the letter has no such part."""
    if place not in {there for there, _ in places_in(letter)}:
        raise NotFound("The letter has no such part. Choose one of those listed.")


def _words(text: str) -> str:
    """The words of a sentence on one line."""
    return _given(" ".join(text.split()), "the words of the sentence", LONGEST_SENTENCE)


def _given(text: str, what: str, longest: int) -> str:
    if not text.strip():
        raise InvalidEdit(f"Enter {what}.")
    if len(text) > longest:
        raise InvalidEdit(f"This is longer than {longest:,} characters. Shorten it.")
    return text.strip()
