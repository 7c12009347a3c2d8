"""What keeps a letter from being final, and what makes it so."""

from __future__ import annotations

from datetime import date

import pytest
from support.northbury import northbury, northbury_matter

from goldenthread.reporting.letter import Head, Letter, SignOff
from goldenthread.reporting.letter.checking import letter_problems
from goldenthread.reporting.letter.drafting import draft_letter
from goldenthread.reporting.letter.editing import Part, Place, added, signed_off, with_head

FULL = Head(
    my_ref="JS/1",
    ask_for="Jo Smith",
    telephone="01234 567890",
    dated=date(2022, 11, 20),
    signatory="Cllr Jo Smith",
)
OFF = SignOff(by="Jo Smith", on=date(2022, 11, 10), reason="She was there")


@pytest.fixture
def final() -> Letter:
    return with_head(draft_letter(northbury_matter()), FULL, is_draft=False)


def problems(letter: Letter) -> tuple[str, ...]:
    return letter_problems(letter, northbury())


def test_a_full_head_and_no_mark_of_a_draft_make_it_final(final: Letter) -> None:
    assert problems(final) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dated": None}, "The date of the letter is open"),
        ({"my_ref": ""}, "“My Ref” is empty"),
        ({"ask_for": " "}, "“Please ask for” is empty"),
        ({"telephone": ""}, "“Telephone” is empty"),
        ({"signatory": ""}, "Nobody signs the letter yet"),
        ({"salutation": ""}, "“the salutation” is empty"),
    ],
)
def test_each_open_place_of_the_head_is_one_reason(
    final: Letter, change: dict[str, object], words: str
) -> None:
    (only,) = problems(with_head(final, FULL.model_copy(update=change)))
    assert only.startswith(words)


def test_the_mark_of_a_draft_is_a_reason(final: Letter) -> None:
    (only,) = problems(with_head(final, FULL, is_draft=True))
    assert only.startswith("The letter is marked as a draft")


def test_a_sentence_that_rests_on_nothing_needs_somebody_who_answers_for_it(final: Letter) -> None:
    told = added(final, Place(Part.OPENING), "Our staff awards filled the whole of the town hall in May.")
    number = told.opening[-1].number
    (only,) = problems(told)
    assert only.startswith(
        f"Sentence {number}, “Our staff awards filled the whole of the …”, rests on nothing in particular."
    )
    assert problems(signed_off(told, number, OFF)) == ()


def test_a_sentence_that_the_plan_denies_needs_somebody_who_answers_for_it(final: Letter) -> None:
    grounds = final.chapters[1].ahead[0].supports
    told = added(final, Place(Part.ACHIEVED, 2), "We have closed the accounts.", grounds)
    number = told.chapters[2].achieved[-1].number
    (only,) = problems(told)
    assert f"Sentence {number}, “We have closed the accounts.”, is contradicted by the plan" in only
    assert problems(signed_off(told, number, OFF)) == ()


def test_the_same_denied_sentence_twice_is_found_twice(final: Letter) -> None:
    grounds = final.chapters[1].ahead[0].supports
    told = added(final, Place(Part.ACHIEVED, 2), "We have closed the accounts.", grounds)
    assert len(problems(added(told, Place(Part.CLOSING), "We have closed the accounts.", grounds))) == 2
