"""What bodies say of a report: entered once, answered, taken back; carried into the next report to Cabinet, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury
from support.report_rows import hold_report

from goldenthread.record.actor import Actor
from goldenthread.record.comments import HeldComment, comments_of
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_number, last_revision_of_row
from goldenthread.record.models import Role
from goldenthread.record.models.reports import ReportState
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.record.services.report_comments import answer_comment, record_comment, withdraw_comment
from goldenthread.reporting.matter import Comment

JULY, JANUARY, APRIL = date(2022, 7, 31), date(2023, 1, 31), date(2023, 4, 30)
SCRUTINY, AUDIT = date(2022, 9, 22), date(2022, 9, 29)
TODAY = date(2022, 10, 3)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    return RecordedNorthbury().officer


def enter(officer: Actor, number: int, body: str = "scrutiny-committee", **more: object) -> UUID:
    typed = {
        "met_on": SCRUTINY,
        "text": "Ask residents before the depot moves.",
        "is_recommendation": True,
        "on": TODAY,
    }
    return record_comment(actor=officer, plan=PLAN, number=number, body=body, **(typed | more))  # type: ignore[arg-type]


def answer(officer: Actor, comment: UUID, words: str = "They will be asked in May.", **more: object) -> None:
    typed = {
        "responded_by": "Director of Place",
        "responded_on": date(2022, 11, 21),
        "seen": last_revision_of_row(officer.council, comment),
        "on": date(2022, 11, 22),
    }
    answer_comment(actor=officer, plan=PLAN, comment=comment, response=words, **(typed | more))  # type: ignore[arg-type]


def only(officer: Actor) -> HeldComment:
    (one,) = comments_of(officer.council, PLAN)
    return one


def carried(officer: Actor, cut_off: date, known_at: int | None = None) -> tuple[Comment, ...]:
    on = ReportOn(officer.council, PLAN, cut_off, 3, release="1.0", known_at=known_at)
    return report_matter(on).comments


def test_a_recommendation_has_two_months_and_is_late_afterwards(officer: Actor) -> None:
    """Two months beginning with 22 September end on 21 November."""
    number = hold_report(officer, PLAN, JULY)
    comment = enter(officer, number)
    held = only(officer)
    assert (held.id, held.report.number, held.body_name, held.is_open) == (
        comment,
        number,
        "Scrutiny Committee",
        True,
    )
    assert held.due == date(2022, 11, 21)
    assert not held.is_late(date(2022, 11, 21))
    assert held.is_late(date(2022, 11, 22))
    answer(officer, comment)
    assert not only(officer).is_open
    assert not only(officer).is_late(date(2023, 1, 1)), "it was answered on the last day"
    answer(officer, comment, responded_on=date(2022, 11, 22))
    assert only(officer).is_late(date(2023, 1, 1)), "it was answered a day late"


def test_a_plain_comment_has_no_clock(officer: Actor) -> None:
    enter(officer, hold_report(officer, PLAN, JULY), is_recommendation=False)
    assert only(officer).due is None
    assert not only(officer).is_late(date(2030, 1, 1))


def test_the_same_form_sent_twice_is_one_comment(officer: Actor) -> None:
    number = hold_report(officer, PLAN, JULY)
    first = enter(officer, number)
    head = head_number(officer.council)
    assert enter(officer, number, text="  Ask residents before the depot moves. ") == first
    assert head_number(officer.council) == head
    answer(officer, first)
    answer(officer, first, seen=0)
    assert only(officer).response == "They will be asked in May."


def test_whoever_answers_after_somebody_else_sees_what_they_wrote(officer: Actor) -> None:
    comment = enter(officer, hold_report(officer, PLAN, JULY))
    seen = last_revision_of_row(officer.council, comment)
    answer(officer, comment, "They will be asked in May.")
    with pytest.raises(InvalidEdit, match=r"“They will be asked in May\.”"):
        answer(officer, comment, "We shall not ask them.", seen=seen)
    assert only(officer).response == "They will be asked in May."
    answer(officer, comment, "We shall not ask them.")
    assert only(officer).response == "We shall not ask them."


def test_what_is_refused(officer: Actor) -> None:
    number = hold_report(officer, PLAN, JULY)
    draft = hold_report(officer, PLAN, CUT_OFF, state=ReportState.DRAFT)
    for wrong, words in (
        ({"text": "  "}, "what the body said"),
        ({"met_on": date(2022, 7, 30)}, "before the cut-off"),
        ({"met_on": date(2022, 10, 4)}, "still to come"),
    ):
        with pytest.raises(InvalidEdit, match=words):
            enter(officer, number, **wrong)
    with pytest.raises(InvalidEdit, match="not issued"):
        enter(officer, draft)
    with pytest.raises(NotFound, match="no report 9"):
        enter(officer, 9)
    with pytest.raises(NotFound, match="no body"):
        enter(officer, number, body="parish-council")
    for role in (Role.LEAD, Role.ASSURER, Role.MEMBER):
        with pytest.raises(NotAllowed):
            enter(replace(officer, role=role), number)
    comment = enter(officer, number)
    for wrong, words in (
        ({"words": " "}, "Enter the response"),
        ({"responded_by": ""}, "who responds"),
        ({"responded_on": date(2022, 9, 21)}, "before the meeting"),
        ({"responded_on": date(2022, 11, 23)}, "still to come"),
    ):
        with pytest.raises(InvalidEdit, match=words):
            answer(officer, comment, **wrong)
    with pytest.raises(NotAllowed):
        answer(replace(officer, role=Role.LEAD), comment)


def test_a_comment_is_taken_back_with_a_reason_and_never_deleted(officer: Actor) -> None:
    number = hold_report(officer, PLAN, JULY)
    comment = enter(officer, number)
    withdraw_comment(actor=officer, plan=PLAN, comment=comment, reason="It was said of another report")
    withdraw_comment(actor=officer, plan=PLAN, comment=comment, reason="It was said of another report")
    held = only(officer)
    assert held.withdrawn == "It was said of another report"
    assert not held.is_open
    assert not held.is_late(date(2030, 1, 1))
    assert carried(officer, CUT_OFF) == ()
    with pytest.raises(InvalidEdit, match="taken back"):
        answer(officer, comment)
    with pytest.raises(InvalidEdit, match="already"):
        withdraw_comment(actor=officer, plan=PLAN, comment=comment, reason="Another reason")
    assert enter(officer, number) != comment, "it can be entered again"


def test_scrutiny_before_and_audit_after_cabinet_are_told_at_the_next_cabinet_and_not_again(
    officer: Actor,
) -> None:
    """The shape of September 2022: scrutiny on the 22nd, then Cabinet, then audit on the 29th."""
    first = hold_report(officer, PLAN, JULY, on=date(2022, 9, 14))
    scrutiny = enter(officer, first)
    audit = enter(
        officer,
        first,
        "audit-committee",
        met_on=AUDIT,
        text="The accounts are late.",
        is_recommendation=False,
    )
    answer(officer, scrutiny)
    assert [(each.body, each.met_on, each.response) for each in carried(officer, CUT_OFF)] == [
        ("Scrutiny Committee", SCRUTINY, "They will be asked in May."),
        ("Audit Committee", AUDIT, ""),
    ]
    answer(officer, audit, "A second accountant has started.")
    both = carried(officer, CUT_OFF)
    assert both == (
        Comment("Scrutiny Committee", SCRUTINY, "Ask residents before the depot moves.",
                "They will be asked in May.", date(2022, 11, 21)),
        Comment("Audit Committee", AUDIT, "The accounts are late.", "A second accountant has started."),
    )  # fmt: skip
    known = head_number(officer.council)
    hold_report(officer, PLAN, CUT_OFF, on=date(2022, 12, 1))
    assert carried(officer, JANUARY) == (), "they were told; nobody tells them twice"
    assert carried(officer, CUT_OFF, known) == both, "the report that told them is made again as it was"


def test_what_was_said_or_answered_between_draft_and_issue_is_carried_by_the_one_after(
    officer: Actor,
) -> None:
    """A report knows the record up to its draft. What comes in until it is issued is in the next."""
    first = hold_report(officer, PLAN, JULY)
    drafted = head_number(officer.council)
    late = enter(officer, first)
    answer(officer, late)
    hold_report(officer, PLAN, CUT_OFF, known_at=drafted)
    assert [each.text for each in carried(officer, JANUARY)] == ["Ask residents before the depot moves."]


def test_what_has_no_response_stays_until_it_has_one_and_is_told_with_it(officer: Actor) -> None:
    first = hold_report(officer, PLAN, JULY)
    comment = enter(officer, first)
    hold_report(officer, PLAN, CUT_OFF)
    assert [each.response for each in carried(officer, JANUARY)] == [""]
    answer(officer, comment)
    assert [each.response for each in carried(officer, JANUARY)] == ["They will be asked in May."]
    hold_report(officer, PLAN, JANUARY)
    assert carried(officer, APRIL) == ()


def test_only_issued_reports_to_the_same_audience_end_the_carrying(officer: Actor) -> None:
    first = hold_report(officer, PLAN, JULY)
    answer(officer, enter(officer, first))
    hold_report(officer, PLAN, CUT_OFF, audience="audit")
    hold_report(officer, PLAN, CUT_OFF, state=ReportState.DRAFT)
    hold_report(officer, PLAN, CUT_OFF, state=ReportState.ABANDONED)
    assert len(carried(officer, CUT_OFF)) == 1


def test_nothing_is_carried_before_it_was_known(officer: Actor) -> None:
    first = hold_report(officer, PLAN, JULY)
    head = head_number(officer.council)
    comment = enter(officer, first)
    entered = head_number(officer.council)
    answer(officer, comment)
    assert carried(officer, CUT_OFF, head) == ()
    assert [each.response for each in carried(officer, CUT_OFF, entered)] == [""]
