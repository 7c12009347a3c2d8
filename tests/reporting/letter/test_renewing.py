"""A letter brought up to a newer state of the record: what people worded stays."""

from __future__ import annotations

from datetime import date

from goldenthread.reporting.letter import Chapter, Head, Letter, Sentence, SignOff, Support
from goldenthread.reporting.letter.renewing import renewed

SIGNED = SignOff(by="A. Leader", on=date(2022, 11, 1), reason="I was there")


def sentence(number: int, text: str, *rests_on: str, own: bool = False, signed: bool = False) -> Sentence:
    supports = tuple(Support(identifier=each, says=f"What {each} says") for each in rests_on)
    return Sentence(
        number=number, text=text, supports=supports, own=own, signed_off=SIGNED if signed else None
    )


def letter(*achieved: Sentence, until: date = date(2022, 10, 31)) -> Letter:
    chapter = Chapter(heading="Culture", themes=(1,), achieved=achieved)
    return Letter(head=Head(), since=date(2022, 5, 1), until=until, chapters=(chapter,))


BASE = (sentence(1, "A1 is done.", "A1"), sentence(2, "A2 is late.", "A2"), sentence(3, "A3 goes on.", "A3"))


def said(letter: Letter) -> list[tuple[int, str]]:
    return [(each.number, each.text) for each in letter.sentences]


def test_nothing_new_changes_nothing() -> None:
    renewal = renewed(letter(*BASE), letter(*BASE), letter(*BASE))
    assert renewal.is_nothing
    assert renewal.letter == letter(*BASE)


def test_a_drafted_sentence_says_what_is_so_now_under_its_number() -> None:
    now = letter(
        sentence(1, "A2 is done at last.", "A2"), sentence(2, "A1 is done.", "A1"), until=date(2022, 11, 30)
    )
    renewal = renewed(letter(*BASE), letter(*BASE), now)
    assert said(renewal.letter) == [(1, "A1 is done."), (2, "A2 is done at last.")]
    assert [(before.text, after.text) for before, after in renewal.changed] == [
        ("A2 is late.", "A2 is done at last.")
    ]
    assert [each.text for each in renewal.gone] == ["A3 goes on."]
    assert renewal.letter.until == date(2022, 11, 30)


def test_what_a_person_worded_or_signed_off_stays_and_is_shown_beside_what_the_record_says() -> None:
    own = sentence(2, "We are behind with A2, and are sorry for it.", "A2", own=True)
    signed = sentence(3, "A3 goes on.", "A3", signed=True)
    held = letter(BASE[0], own, signed)
    now = letter(BASE[0], sentence(2, "A2 is done.", "A2"), sentence(3, "A3 has stopped.", "A3"))
    renewal = renewed(held, letter(*BASE), now)
    assert list(renewal.letter.sentences) == [BASE[0], own, signed]
    assert [(mine.number, theirs.text) for mine, theirs in renewal.overtaken] == [
        (2, "A2 is done."), (3, "A3 has stopped."),
    ]  # fmt: skip


def test_a_fact_that_no_sentence_of_a_person_has_is_put_in() -> None:
    own = sentence(2, "We are behind with A2.", "A2", own=True)
    now = letter(BASE[0], sentence(2, "A2 and A9 are done.", "A2", "A9"))
    renewal = renewed(letter(BASE[0], own), letter(*BASE), now)
    assert said(renewal.letter) == [(1, "A1 is done."), (2, own.text), (3, "A2 and A9 are done.")]
    assert [each.number for each in renewal.new] == [3]


def test_a_drafted_sentence_that_somebody_took_out_does_not_come_back() -> None:
    now = letter(*BASE, sentence(4, "A4 is done.", "A4"))
    renewal = renewed(letter(BASE[0], BASE[2]), letter(*BASE), now)
    assert said(renewal.letter) == [(1, "A1 is done."), (3, "A3 goes on."), (4, "A4 is done.")]


def test_the_head_and_what_was_left_out_are_the_councils() -> None:
    head = Head(my_ref="LC/1", signatory="A. Leader")
    held = letter(*BASE).model_copy(update={"head": head, "is_draft": False, "attachments": ("A report",)})
    renewal = renewed(held, letter(*BASE), letter(BASE[0]))
    assert (renewal.letter.head, renewal.letter.is_draft) == (head, False)
    assert renewal.letter.attachments == ("A report",)
    now = letter(*BASE).model_copy(update={"attachments": ("A report that was issued since",)})
    untouched = renewed(letter(*BASE), letter(*BASE), now).letter
    assert untouched.attachments == ("A report that was issued since",)


def test_a_chapter_that_is_new_is_put_in_and_one_without_anything_left_goes() -> None:
    other = Chapter(heading="Money", themes=(2,), achieved=(sentence(1, "A8 is done.", "A8"),))
    now = letter().model_copy(update={"chapters": (other,)})
    renewal = renewed(letter(*BASE), letter(*BASE), now)
    assert [chapter.heading for chapter in renewal.letter.chapters] == ["Money"]
    assert said(renewal.letter) == [(4, "A8 is done.")]
