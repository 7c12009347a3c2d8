"""What people do to a letter, as functions from one letter to the next. Nothing here knows who may do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from goldenthread.reporting.letter.model import Chapter, Head, LeftOut, Letter, Sentence, SignOff, Support

_Sentences = tuple[Sentence, ...]


class Part(StrEnum):
    """The parts of a letter that hold sentences; the value is the name of the field."""

    OPENING = "opening"
    ACHIEVED = "achieved"
    EVIDENCE = "evidence"
    AHEAD = "ahead"
    CLOSING = "closing"

    @property
    def is_of_chapter(self) -> bool:
        """Whether every chapter has one."""
        return self in (Part.ACHIEVED, Part.EVIDENCE, Part.AHEAD)


class Place(NamedTuple):
    """A part of the letter; for those that every chapter has, which chapter, counted from 0."""

    part: Part
    chapter: int | None = None


def places_in(letter: Letter) -> Iterator[tuple[Place, tuple[Sentence, ...]]]:
    """Every part with its sentences, in the order of the letter."""
    yield Place(Part.OPENING), letter.opening
    for number, chapter in enumerate(letter.chapters):
        for part in (Part.ACHIEVED, Part.EVIDENCE, Part.AHEAD):
            yield Place(part, number), getattr(chapter, part)
    yield Place(Part.CLOSING), letter.closing


def place_of(letter: Letter, number: int) -> Place:
    """Where a sentence stands. Raises LookupError where the letter has no such sentence."""
    for place, sentences in places_in(letter):
        if any(each.number == number for each in sentences):
            return place
    raise LookupError(f"The letter has no sentence {number}.")


def sentence_of(letter: Letter, number: int) -> Sentence:
    """The sentence of a number. Raises LookupError where the letter has none."""
    found = next((each for each in letter.sentences if each.number == number), None)
    if found is None:
        raise LookupError(f"The letter has no sentence {number}.")
    return found


def worded(letter: Letter, number: int, text: str, supports: Sequence[Support]) -> Letter:
    """The letter with a sentence in other words, resting on what is given and nothing else.

    Other words are somebody's own, and whoever signed off the old ones has not signed off these.

    Raises:
        LookupError: the letter has no such sentence.
        ValueError: there are no words.
    """
    held, said = sentence_of(letter, number), _plain(text)
    if said == held.text and tuple(supports) == held.supports:
        return letter
    new = Sentence(number=number, text=said, supports=tuple(supports), own=held.own or said != held.text)
    return _changed(letter, number, lambda _: new)


def added(
    letter: Letter, place: Place, text: str, supports: Sequence[Support] = (), *, number: int | None = None
) -> Letter:
    """The letter with a sentence of somebody's own at the end of a part, under a number that no other has.

    `number` is given where a sentence that was taken out had the next one: numbers are not given twice.

    Raises:
        LookupError: the letter has no such part.
        ValueError: there are no words.
    """
    fresh = max(number or 0, next_number(letter))
    new = Sentence(number=fresh, text=_plain(text), supports=tuple(supports), own=True)
    return _at(letter, place, lambda sentences: (*sentences, new))


def removed(letter: Letter, number: int) -> Letter:
    """The letter without a sentence. Raises LookupError where the letter has none of the number."""
    place = place_of(letter, number)
    return _at(letter, place, lambda sentences: tuple(each for each in sentences if each.number != number))


def moved(letter: Letter, number: int, *, by: int = 0, to: Place | None = None) -> Letter:
    """The letter with a sentence so many places further down in its part (up, if negative), or at the end of another.

    Raises:
        LookupError: the letter has no such sentence, or no such part.
    """
    held, place = sentence_of(letter, number), place_of(letter, number)
    if to is not None and to != place:
        return _at(removed(letter, number), to, lambda sentences: (*sentences, held))

    def shifted(sentences: _Sentences) -> _Sentences:
        others = [each for each in sentences if each.number != number]
        now = next(at for at, each in enumerate(sentences) if each.number == number)
        at = max(0, min(now + by, len(others)))
        return (*others[:at], held, *others[at:])

    return _at(letter, place, shifted)


def signed_off(letter: Letter, number: int, sign_off: SignOff) -> Letter:
    """The letter with a sentence for which a named person answers.

    Raises:
        LookupError: the letter has no such sentence.
        ValueError: nobody is named, or no reason is given.
    """
    if not sign_off.by.strip():
        raise ValueError("Say who answers for the sentence.")
    if not sign_off.reason.strip():
        raise ValueError("Say why the sentence may stand.")
    return _changed(letter, number, lambda each: each.model_copy(update={"signed_off": sign_off}))


def left_out(letter: Letter, left: LeftOut) -> Letter:
    """The letter with a milestone left out on purpose; another reason for the same takes the place of the first.

    Raises:
        ValueError: no reason is given.
    """
    if not left.reason.strip():
        raise ValueError(f"Say why the letter leaves out “{left.name}”.")
    others = tuple(each for each in letter.left_out if each.item != left.item)
    return letter.model_copy(update={"left_out": (*others, left)})


def no_longer_left_out(letter: Letter, item: UUID) -> Letter:
    """The letter that has to report a milestone again. Raises LookupError where it was not left out."""
    others = tuple(each for each in letter.left_out if each.item != item)
    if len(others) == len(letter.left_out):
        raise LookupError("The letter does not leave it out.")
    return letter.model_copy(update={"left_out": others})


def with_head(letter: Letter, head: Head, *, is_draft: bool | None = None) -> Letter:
    """The letter with another head; `is_draft` says whether it is marked as a draft, None leaves that as it is."""
    marked = letter.is_draft if is_draft is None else is_draft
    return letter.model_copy(update={"head": head, "is_draft": marked})


def with_attachments(letter: Letter, attachments: Sequence[str]) -> Letter:
    """The letter with other attachments; empty lines are none."""
    kept = tuple(" ".join(each.split()) for each in attachments if each.strip())
    return letter.model_copy(update={"attachments": kept})


def next_number(letter: Letter) -> int:
    """A number that no sentence of the letter has."""
    return 1 + max((each.number for each in letter.sentences), default=0)


def _plain(text: str) -> str:
    if not (plain := " ".join(text.split())):
        raise ValueError("The sentence has no words. Type some, or take the sentence out.")
    return plain


def _changed(letter: Letter, number: int, change: Callable[[Sentence], Sentence]) -> Letter:
    place = place_of(letter, number)
    return _at(
        letter, place, lambda all_: tuple(change(each) if each.number == number else each for each in all_)
    )


def _at(letter: Letter, place: Place, change: Callable[[_Sentences], _Sentences]) -> Letter:
    """The letter with one part changed. Raises LookupError where it has no such part."""
    part = place.part
    if not part.is_of_chapter:
        return letter.model_copy(update={part.value: change(getattr(letter, part))})
    if place.chapter is None or not 0 <= place.chapter < len(letter.chapters):
        raise LookupError(f"The letter has no chapter {place.chapter}.")
    old = letter.chapters[place.chapter]
    new: Chapter = old.model_copy(update={part.value: change(getattr(old, part))})
    chapters = (*letter.chapters[: place.chapter], new, *letter.chapters[place.chapter + 1 :])
    return letter.model_copy(update={"chapters": chapters})
