"""Working on a letter: who may, what counts as supported, what is kept, and what two people do at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from plugins.database import TestDatabase
from support.held_letters import DraftedLetter
from support.held_reports import RELEASE
from support.recorded_northbury import PLAN

from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.letter_grounds import UnknownGround, identifiers
from goldenthread.record.letters import held_letter, removed_sentences, sentence_history
from goldenthread.record.models import Role
from goldenthread.record.models.reports import ReportRecord, ReportState
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.letters import (
    StaleHead,
    StaleSentence,
    add_sentence,
    leave_out_milestone,
    mark_of,
    move_sentence,
    remove_sentence,
    set_letter_head,
    sign_off_sentence,
    take_in_milestone,
    word_sentence,
)
from goldenthread.reporting.letter import Head, Sentence
from goldenthread.reporting.letter.checking import letter_problems
from goldenthread.reporting.letter.due import MilestoneDue, milestones_due
from goldenthread.reporting.letter.editing import Part, Place

ON = date(2022, 11, 7)
NEWS = "Voters showed a photograph at the polls for the first time."


@pytest.fixture
def drafted(council_db: TestDatabase) -> DraftedLetter:
    return DraftedLetter()


def sentence(drafted: DraftedLetter, number: int) -> Sentence:
    return next(each for each in drafted.held.letter.sentences if each.number == number)


def first(drafted: DraftedLetter) -> Sentence:
    return drafted.held.letter.chapters[0].achieved[0]


def due(drafted: DraftedLetter) -> tuple[MilestoneDue, ...]:
    held = drafted.held
    return milestones_due(held.plan, held.letter.since, held.letter.until, held.letter)


def news(drafted: DraftedLetter) -> int:
    """A sentence about what is not in the plan."""
    place = Place(Part.ACHIEVED, 0)
    return add_sentence(**drafted.about, place=place, text=NEWS, rests_on="", on=ON)  # type: ignore[arg-type]


def test_a_letter_is_drafted_from_the_record_until_somebody_works_on_it(drafted: DraftedLetter) -> None:
    held = drafted.held
    assert (held.report.version, held.report.letter) == (1, None)
    assert (held.letter.since, held.letter.until) == (date(2022, 5, 1), date(2022, 10, 31))
    assert all(each.supports for each in held.letter.sentences)
    with pytest.raises(NotFound, match="no report 2"):
        held_letter(drafted.officer.council, PLAN, 2, RELEASE)


def test_words_and_what_they_rest_on_are_changed_and_counted_as_a_version(drafted: DraftedLetter) -> None:
    one = first(drafted)
    about = {**drafted.about, "sentence": one.number, "on": ON}
    word_sentence(**about, text=one.text, rests_on=identifiers(one.supports), seen=mark_of(one))
    assert drafted.held.report.version == 1, "nothing was changed"
    word_sentence(**about, text=" We have moved\non. ", rests_on="A1, minute 31/22", seen=mark_of(one))
    now = sentence(drafted, one.number)
    assert (now.text, identifiers(now.supports), now.own) == ("We have moved on.", "A1, minute 31/22", True)
    assert drafted.held.report.version == 2
    for wrong, said in (({"rests_on": "A99"}, "no “A99”"), ({"text": "  "}, "Enter the words")):
        typed = {"text": "We go on.", "rests_on": "A1", **wrong}
        with pytest.raises(InvalidEdit, match=said):
            word_sentence(**about, **typed, seen=mark_of(now))
    with pytest.raises(UnknownGround):
        word_sentence(**about, text="We go on.", rests_on="A99", seen=mark_of(now))
    assert drafted.held.report.version == 2


def test_two_at_one_sentence_lose_nothing_and_two_at_two_sentences_both_count(drafted: DraftedLetter) -> None:
    one, other = first(drafted), drafted.held.letter.opening[0]
    about = {**drafted.about, "on": ON}
    word_sentence(**about, sentence=one.number, text="Theirs.", rests_on="A1", seen=mark_of(one))
    word_sentence(**about, sentence=other.number, text="Another.", rests_on="A1", seen=mark_of(other))
    with pytest.raises(StaleSentence) as stale:
        word_sentence(**about, sentence=one.number, text="Mine.", rests_on="A1", seen=mark_of(one))
    assert stale.value.sentence
    assert stale.value.sentence.text == "Theirs."
    word_sentence(
        **about, sentence=one.number, text="Mine.", rests_on="A1", seen=mark_of(stale.value.sentence)
    )
    assert [sentence(drafted, each.number).text for each in (one, other)] == ["Mine.", "Another."]


def test_an_unsupported_sentence_keeps_its_mark_until_a_named_person_answers_for_it(
    drafted: DraftedLetter,
) -> None:
    number = news(drafted)
    one = sentence(drafted, number)
    assert one.is_unsupported
    assert any(NEWS[:20] in each for each in letter_problems(drafted.held.letter, drafted.held.plan))
    leader = replace(drafted.officer, role=Role.LEADERSHIP, name="Cllr Ann Leader")
    about = {**drafted.about, "sentence": number, "on": ON, "seen": mark_of(one)}
    for role in (Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR, Role.PUBLIC):
        with pytest.raises(NotAllowed):
            sign_off_sentence(**{**about, "actor": replace(leader, role=role)}, reason="I was there")
    with pytest.raises(InvalidEdit, match="why you answer for it"):
        sign_off_sentence(**{**about, "actor": leader}, reason=" ")
    with pytest.raises(StaleSentence):
        sign_off_sentence(**{**about, "actor": leader, "seen": "another"}, reason="I was there")
    with pytest.raises(NotAllowed, match="in your own name"):
        sign_off_sentence(**{**about, "actor": leader}, reason="He was there", told_by="Somebody else")
    assert sentence(drafted, number).is_unsupported
    sign_off_sentence(**{**about, "actor": leader}, reason="I was there")
    signed = sentence(drafted, number)
    assert signed.signed_off
    assert (signed.signed_off.by, signed.signed_off.on) == ("Cllr Ann Leader, Leadership Team", ON)
    assert not any(NEWS[:20] in each for each in letter_problems(drafted.held.letter, drafted.held.plan))
    word_sentence(**{**about, "seen": mark_of(signed)}, text="Every voter showed a photograph.", rests_on="")
    assert sentence(drafted, number).is_unsupported, "who signed other words has not signed these"


def test_the_programme_office_may_enter_for_whom_it_was_told(drafted: DraftedLetter) -> None:
    number = news(drafted)
    sign_off_sentence(
        **drafted.about, sentence=number, on=ON, seen=mark_of(sentence(drafted, number)),
        reason="She was there", told_by="Cllr Ann Leader, Leader of the Council",
    )  # type: ignore[arg-type] # fmt: skip
    signed = sentence(drafted, number).signed_off
    assert signed
    assert signed.by == "Cllr Ann Leader, Leader of the Council (entered by test, Programme office)"


def test_what_alone_told_a_milestone_makes_it_open_again_when_it_is_taken_out(drafted: DraftedLetter) -> None:
    assert due(drafted)
    assert not any(each.is_open for each in due(drafted)), "a drafted letter tells everything that fell due"
    one = due(drafted)[0]
    with pytest.raises(InvalidEdit, match="tells it already"):
        leave_out_milestone(**drafted.about, item=one.item, reason="No reason", on=ON)  # type: ignore[arg-type]
    for number in one.told_in:
        seen = mark_of(sentence(drafted, number))
        remove_sentence(**drafted.about, sentence=number, seen=seen)  # type: ignore[arg-type]
    [still] = [each for each in due(drafted) if each.item == one.item]
    assert still.is_open
    about = {**drafted.about, "item": one.item}
    with pytest.raises(InvalidEdit, match="why the letter leaves it out"):
        leave_out_milestone(**about, reason="", on=ON)
    with pytest.raises(NotFound):
        leave_out_milestone(**{**about, "item": uuid4()}, reason="No reason", on=ON)
    leave_out_milestone(**about, reason="It is told in the annual report", on=ON)
    [left] = drafted.held.letter.left_out
    assert (left.reason, left.by) == ("It is told in the annual report", "test, Programme office")
    take_in_milestone(**about)
    assert drafted.held.letter.left_out == ()


def test_sentences_are_moved_and_taken_out_and_their_words_are_kept(drafted: DraftedLetter) -> None:
    number = news(drafted)
    achieved = [each.number for each in drafted.held.letter.chapters[0].achieved]
    assert achieved[-1] == number
    move_sentence(**drafted.about, sentence=number, by=-1)  # type: ignore[arg-type]
    assert [each.number for each in drafted.held.letter.chapters[0].achieved][-2] == number
    move_sentence(**drafted.about, sentence=number, to=Place(Part.CLOSING))  # type: ignore[arg-type]
    assert drafted.held.letter.closing[-1].number == number
    with pytest.raises(NotFound, match="no such part"):
        move_sentence(**drafted.about, sentence=number, to=Place(Part.AHEAD, 99))  # type: ignore[arg-type]
    seen = mark_of(sentence(drafted, number))
    remove_sentence(**drafted.about, sentence=number, seen=seen)  # type: ignore[arg-type]
    report = drafted.held.report
    [gone] = removed_sentences(report.council, report.id)
    assert gone.sentence
    assert (gone.sentence.text, gone.by) == (NEWS, "test")
    assert news(drafted) == number + 1, "a number is not given twice"
    history = sentence_history(report.council, report.id, number)
    assert [then.sentence and then.sentence.text for then in history] == [NEWS, None]
    with pytest.raises(StaleSentence) as stale:
        remove_sentence(**drafted.about, sentence=number, seen=seen)  # type: ignore[arg-type]
    assert stale.value.sentence is None


def test_the_head_is_filled_by_one_at_a_time_and_the_draft_mark_is_lifted(drafted: DraftedLetter) -> None:
    seen = mark_of(drafted.held.letter.head)
    head = Head(signatory="Cllr Ann Leader", dated=date(2022, 11, 18), my_ref="LC/1")
    about = {**drafted.about, "attachments": ("Annual report", " "), "is_draft": False}
    set_letter_head(**about, head=head, seen=seen)
    held = drafted.held.letter
    assert (held.head, held.is_draft, held.attachments) == (head, False, ("Annual report",))
    assert drafted.held.report.version == 2
    with pytest.raises(StaleHead):
        set_letter_head(**about, head=Head(signatory="Cllr Bob Deputy"), seen=seen)
    set_letter_head(**about, head=head, seen=seen)
    assert drafted.held.report.version == 2, "the same words sent twice change nothing"


def test_only_the_programme_office_changes_a_letter_and_nobody_one_that_was_issued(
    drafted: DraftedLetter,
) -> None:
    one = first(drafted)
    leader = replace(drafted.officer, role=Role.LEADERSHIP)
    about = {**drafted.about, "actor": leader, "sentence": one.number}
    with pytest.raises(NotAllowed):
        word_sentence(**about, text="Mine.", rests_on="", seen=mark_of(one), on=ON)
    with pytest.raises(NotAllowed):
        remove_sentence(**about, seen=mark_of(one))
    with pytest.raises(NotAllowed):
        move_sentence(**about, by=1)
    with writing(drafted.officer, "It was issued"), council_scope(drafted.officer.council):
        ReportRecord.objects.update(state=ReportState.ISSUED, issued_on=ON)
    with pytest.raises(InvalidEdit, match="issued on 7 November 2022"):
        word_sentence(
            **drafted.about, sentence=one.number, text="Mine.", rests_on="", seen=mark_of(one), on=ON
        )  # type: ignore[arg-type]
