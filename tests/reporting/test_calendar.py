"""Back-planning from meetings, against days counted by hand on a calendar of England."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.reporting.calendar import (
    Meeting,
    Part,
    PreElection,
    Step,
    Terms,
    back_plan,
    earliest_meeting,
    part_of,
    reporting_calendar,
    usual_election,
)

CABINET = Meeting("c", "Cabinet", date(2022, 9, 28))
NEXT_CABINET = Meeting("d", "Cabinet", date(2022, 12, 7))

TRUTH = [
    # 19 September 2022 was a bank holiday: clear days 21, 22, 23, 26, 27; clearance 12, 13, 14, 15, 16
    (date(2022, 9, 28), "2022-07-31 2022-08-05 2022-09-09 2022-09-16 2022-09-20 2022-08-30"),
    (date(2022, 12, 7), "2022-10-31 2022-11-07 2022-11-21 2022-11-28 2022-11-29 2022-11-08"),
    # Good Friday was 7 and Easter Monday 10 April 2023: clear days 12, 13, 14, 17, 18; clearance 31 March, 3 to 6 April
    (date(2023, 4, 19), "2023-02-28 2023-03-07 2023-03-30 2023-04-06 2023-04-11 2023-03-21"),
]


@pytest.mark.parametrize(("meeting", "days"), TRUTH)
def test_the_days_before_a_meeting_of_cabinet(meeting: date, days: str) -> None:
    plan = back_plan(Meeting("c", "Cabinet", meeting))
    steps = (Step.CUT_OFF, Step.ANSWERS, Step.DRAFT, Step.CLEARED, Step.PUBLISHED, Step.NOTICE)
    assert [plan.day(step) for step in steps] == [date.fromisoformat(day) for day in days.split()]
    assert plan.short_by == 0


def test_notice_of_a_key_decision_is_for_bodies_that_decide_for_the_executive() -> None:
    assert back_plan(Meeting("a", "Audit Committee", date(2022, 9, 29))).day(Step.NOTICE) is None


def test_notice_that_would_fall_on_a_closed_day_is_given_before() -> None:
    plan = back_plan(
        Meeting("c", "Cabinet", date(2022, 9, 27))
    )  # 29 August 2022 was a bank holiday, after a weekend
    assert plan.day(Step.NOTICE) == date(2022, 8, 26)


def test_a_cut_off_that_comes_too_late_says_by_how_many_working_days_and_which_meeting_it_can_go_to() -> None:
    plan = back_plan(CABINET, cut_off=date(2022, 8, 31))  # draft by 14 September, needed on the 9th
    assert plan.short_by == 3
    assert earliest_meeting(date(2022, 8, 31)) == date(2022, 10, 3)
    assert back_plan(Meeting("c", "Cabinet", date(2022, 10, 3)), cut_off=date(2022, 8, 31)).short_by == 0
    assert back_plan(Meeting("c", "Cabinet", date(2022, 9, 30)), cut_off=date(2022, 8, 31)).short_by > 0


def test_where_leads_are_asked_every_quarter_the_cut_off_is_the_end_of_one() -> None:
    plan = back_plan(CABINET, Terms(months=3, year_starts=4))
    assert plan.day(Step.CUT_OFF) == date(2022, 6, 30)


@pytest.mark.parametrize(
    ("year", "notice", "polling"),
    [
        (2022, date(2022, 3, 28), date(2022, 5, 5)),
        (2023, date(2023, 3, 27), date(2023, 5, 4)),
        (2026, date(2026, 3, 30), date(2026, 5, 7)),
    ],
)
def test_the_usual_election_runs_from_the_last_day_for_its_notice_to_the_first_thursday_in_may(
    year: int, notice: date, polling: date
) -> None:
    assert usual_election(year) == PreElection(notice, polling)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Cabinet", Part.CABINET),
        ("The Executive", Part.CABINET),
        ("Audit and Risk Assurance Committee", Part.AUDIT),
        ("Budget and Corporate Scrutiny Management Board", Part.SCRUTINY),
        ("Overview and Scrutiny", Part.SCRUTINY),
        ("Full Council", Part.COUNCIL),
        ("Leadership Team", Part.OTHER),
        ("Cabinet Office liaison", Part.OTHER),
    ],
)
def test_the_part_of_a_body_is_known_by_its_name(name: str, part: Part) -> None:
    assert part_of(name) is part


def words(*meetings: Meeting, on: date, elections: tuple[PreElection, ...] = ()) -> list[str]:
    return [warning.text for warning in reporting_calendar(meetings, on=on, elections=elections).warnings]


def test_a_day_that_has_passed_is_said_with_how_long_ago_and_what_it_means() -> None:
    said = words(CABINET, on=date(2022, 9, 15))
    assert any("9 September 2022" in text and "4 working days ago" in text for text in said), said
    assert any("30 August 2022" in text and "key decision" in text for text in said), said
    assert not any("agenda had to be published" in text for text in said), said


def test_a_committee_that_meets_too_soon_after_the_cut_off_does_not_take_that_report() -> None:
    early = Meeting("a", "Audit Committee", date(2022, 8, 25))  # the report could be published on 22 August
    said = words(early, CABINET, NEXT_CABINET, on=date(2022, 8, 1))
    assert any("Audit Committee has no meeting" in text and "28 September 2022" in text for text in said), (
        said
    )


def test_in_the_pre_election_period_publicity_is_restrained_and_meetings_are_not_forbidden() -> None:
    april = Meeting("c", "Cabinet", date(2023, 4, 19))
    said = words(april, on=date(2023, 1, 4), elections=(usual_election(2023),))
    (found,) = (text for text in said if "pre-election period" in text)
    assert "27 March 2023 to 4 May 2023" in found
    assert "does not forbid" in found
    assert not any("pre-election" in text for text in words(april, on=date(2023, 1, 4)))


def test_every_june_and_december_a_letter_is_owed_and_the_cabinet_before_it_is_named() -> None:
    found = reporting_calendar((CABINET, NEXT_CABINET), on=date(2022, 9, 1))
    letters = [day for day in found.days if day.step is Step.LETTER]
    assert letters[0].day == date(2022, 12, 30)  # 31 December 2022 was a Saturday
    assert "7 December 2022" in letters[0].words
    none = words(CABINET, on=date(2022, 10, 1))
    assert any("letter" in text and "December 2022" in text for text in none), none


def test_a_body_with_no_meeting_to_come_is_named() -> None:
    said = words(CABINET, Meeting("a", "Audit Committee", date(2022, 6, 1)), on=date(2022, 9, 1))
    assert any(text.startswith("No meeting of Audit Committee to come") for text in said), said


def test_a_cancelled_meeting_has_no_deadlines() -> None:
    off = Meeting("c", "Cabinet", date(2022, 9, 28), cancelled="No business")
    found = reporting_calendar((off,), on=date(2022, 9, 1))
    assert found.plans == ()
    assert any(text.startswith("No meeting of Cabinet to come") for text in (w.text for w in found.warnings))


def test_two_meetings_that_would_take_the_same_cut_off_are_told_apart() -> None:
    again = Meeting("e", "Cabinet", date(2022, 9, 7))
    said = words(again, CABINET, on=date(2022, 8, 1))
    assert any("same cut-off" in text and "31 July 2022" in text for text in said), said
