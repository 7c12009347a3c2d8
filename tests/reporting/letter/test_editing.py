"""What people do to a letter: words, order, answering for a sentence, leaving a milestone out."""

from __future__ import annotations

from datetime import date

import pytest
from support.northbury import northbury, northbury_matter

from goldenthread.reporting.letter import LeftOut, Letter, SignOff, Support
from goldenthread.reporting.letter.checking import letter_problems
from goldenthread.reporting.letter.drafting import draft_letter
from goldenthread.reporting.letter.due import milestones_due
from goldenthread.reporting.letter.editing import (
    Part,
    Place,
    added,
    left_out,
    moved,
    no_longer_left_out,
    place_of,
    removed,
    sentence_of,
    signed_off,
    with_attachments,
    with_head,
    worded,
)

DAY = date(2022, 11, 10)
A3 = Support(identifier="A3", says="Train members")
OFF = SignOff(by="Jo Smith", on=DAY, reason="She was there")


@pytest.fixture
def letter() -> Letter:
    return draft_letter(northbury_matter())


def of(letter: Letter, words: str) -> int:
    (found,) = [each.number for each in letter.sentences if words in each.text]
    return found


def open_in(letter: Letter) -> list[str]:
    due = milestones_due(northbury(), letter.since, letter.until, letter)
    return [each.promise.name for each in due if each.is_open]


def test_other_words_are_somebodys_own_and_nobody_has_signed_them_off(letter: Letter) -> None:
    number = of(letter, "Train members” has been")
    signed = signed_off(letter, number, OFF)
    new = sentence_of(worded(signed, number, "  All members   were trained. ", ()), number)
    assert (new.text, new.own, new.supports, new.signed_off) == ("All members were trained.", True, (), None)
    assert new.is_unsupported


def test_ones_own_words_do_not_rest_on_the_record_as_a_whole(letter: Letter) -> None:
    place = place_of(letter, of(letter, "Train members” has been"))
    whole = Support(identifier="Record", says="All that the record holds")
    assert not any(each.is_unsupported for each in letter.sentences), "what is drafted may rest on the whole"
    bold = "We have one of the highest figures in the country."
    said = added(letter, place, bold, (whole,))
    number = of(said, "highest figures")
    assert sentence_of(said, number).is_unsupported
    assert any("highest figures" in each for each in letter_problems(said, northbury()))
    assert not sentence_of(worded(said, number, bold, (whole, A3)), number).is_unsupported
    assert not sentence_of(signed_off(said, number, OFF), number).is_unsupported


def test_the_same_words_on_other_grounds_stay_the_records_words(letter: Letter) -> None:
    number = of(letter, "Train members” has been")
    again = worded(letter, number, sentence_of(letter, number).text, (A3,))
    assert sentence_of(again, number).supports == (A3,)
    assert not sentence_of(again, number).own
    held = sentence_of(again, number)
    assert worded(again, number, held.text, held.supports) == again


def test_a_sentence_of_ones_own_gets_a_number_that_no_other_has(letter: Letter) -> None:
    longer = added(letter, Place(Part.AHEAD, 1), "We shall hold a staff day.")
    (new,) = set(longer.sentences) - set(letter.sentences)
    assert new.number == max(each.number for each in letter.sentences) + 1
    assert longer.chapters[1].ahead[-1] == new
    assert (new.own, new.is_unsupported) == (True, True)
    assert place_of(longer, new.number) == Place(Part.AHEAD, 1)


def test_taking_out_the_one_sentence_that_told_a_milestone_brings_it_back(letter: Letter) -> None:
    assert open_in(letter) == []
    shorter = removed(letter, of(letter, "We missed the milestone"))
    assert open_in(shorter) == ["Accounts drafted"]
    assert any(
        "M3 “Accounts drafted”, due Sep 2022, is neither" in each
        for each in letter_problems(shorter, northbury())
    )
    (due,) = milestones_due(northbury(), letter.since, letter.until, shorter)
    left = LeftOut(
        item=due.item, name="Accounts drafted", reason="Told in the accounts letter", by="Jo", on=DAY
    )
    out = left_out(shorter, left)
    assert open_in(out) == []
    assert open_in(no_longer_left_out(out, due.item)) == ["Accounts drafted"]
    again = left_out(out, left.model_copy(update={"reason": "Told elsewhere"}))
    assert [each.reason for each in again.left_out] == ["Told elsewhere"]


def test_sentences_move_up_and_down_and_stop_at_the_ends(letter: Letter) -> None:
    numbers = [each.number for each in letter.opening]
    first, second, *rest = numbers
    assert [each.number for each in moved(letter, first, by=1).opening] == [second, first, *rest]
    assert moved(letter, first, by=-1) == letter
    assert [each.number for each in moved(letter, first, by=99).opening] == [second, *rest, first]
    elsewhere = moved(letter, first, to=Place(Part.CLOSING))
    assert elsewhere.closing[-1].number == first
    assert sentence_of(elsewhere, first) == sentence_of(letter, first)


def test_a_head_and_attachments_are_put_in_place(letter: Letter) -> None:
    head = letter.head.model_copy(update={"my_ref": "JS/1"})
    assert with_head(letter, head).head.my_ref == "JS/1"
    assert with_head(letter, head).is_draft
    assert not with_head(letter, head, is_draft=False).is_draft
    assert with_attachments(letter, [" One  paper ", ""]).attachments == ("One paper",)


def test_what_cannot_be_done_is_refused(letter: Letter) -> None:
    for change in (
        lambda: worded(letter, 999, "x", ()),
        lambda: removed(letter, 999),
        lambda: moved(letter, 999, by=1),
        lambda: signed_off(letter, 999, OFF),
        lambda: added(letter, Place(Part.AHEAD, 17), "x"),
        lambda: added(letter, Place(Part.AHEAD), "x"),
    ):
        with pytest.raises(LookupError):
            change()
    for change in (
        lambda: worded(letter, 1, "  ", ()),
        lambda: signed_off(letter, 1, OFF.model_copy(update={"reason": " "})),
        lambda: signed_off(letter, 1, OFF.model_copy(update={"by": ""})),
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            change()
