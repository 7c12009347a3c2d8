"""What reports are made of: which revision, which earlier cut-off, and how many queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, PLAN, answer, staffed_council
from support.records import ADOPTED
from support.web_council import council_with

from goldenthread.assurance.ratings import ByDate, RatingRule
from goldenthread.record.actor import Actor
from goldenthread.record.errors import NotYetAdopted
from goldenthread.record.history.selectors import head_number
from goldenthread.record.reports import ReportOn, months_before, report_matter
from goldenthread.record.services.bodies import add_body
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.periods import close_period, open_period, reopen_period
from goldenthread.record.services.rating_rules import adopt_rating_rule
from goldenthread.reporting.composing import standard_reports
from goldenthread.reporting.matter import Matter


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    return staffed_council()


def matter(officer: Actor, day: date, **more: object) -> Matter:
    on = ReportOn(officer.council, PLAN, day, 1, release="1.0", **more)  # type: ignore[arg-type]
    return report_matter(on)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2022, 9, 30), 3, date(2022, 6, 30)),
        (date(2022, 8, 4), 3, date(2022, 5, 4)),
        (date(2023, 2, 28), 1, date(2023, 1, 31)),
        (date(2022, 5, 30), 3, date(2022, 2, 28)),
        (date(2023, 1, 31), 6, date(2022, 7, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_the_earlier_cut_off_keeps_to_the_ends_of_months(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_the_first_report_compares_with_the_plan_as_adopted(officer: Actor) -> None:
    told = matter(officer, date(2022, 6, 30))
    assert told.before
    assert told.before.cut_off == ADOPTED
    assert matter(officer, ADOPTED).before is None
    with pytest.raises(NotYetAdopted):
        matter(officer, date(2022, 6, 6))


def test_another_day_may_be_compared_with(officer: Actor) -> None:
    told = matter(officer, date(2022, 9, 30), since=date(2022, 6, 15))
    assert told.before
    assert told.before.cut_off == date(2022, 6, 15)


def test_a_closed_month_is_told_as_it_was_known_when_it_was_closed(officer: Actor) -> None:
    period = open_period(actor=officer, plan=PLAN, day=CUT_OFF)
    closed = close_period(actor=officer, period=period.id, today=date(2022, 7, 8)).closed_revision
    answer(officer, "a-1", on=date(2022, 7, 5))
    assert head_number(officer.council) > (closed or 0)
    assert matter(officer, CUT_OFF).known.revision == closed
    assert matter(officer, date(2022, 7, 1)).known.revision == head_number(officer.council)
    reopen_period(actor=officer, period=period.id, reason="A lead had not been heard")
    assert matter(officer, CUT_OFF).known.revision == head_number(officer.council)


def test_what_was_known_later_is_not_told(officer: Actor) -> None:
    head = head_number(officer.council)
    answer(officer, "a-1", on=CUT_OFF)
    then, now = (matter(officer, CUT_OFF, known_at=known) for known in (head, None))
    assert then.known.revision == head
    assert [each.item.report is None for each in (then.actions[0], now.actions[0])] == [True, False]
    assert len(then.known.hash) == 64


def test_a_rule_adopted_and_a_meeting_entered_later_do_not_change_what_was_known(officer: Actor) -> None:
    cabinet = add_body(actor=officer, name="Cabinet", reason="It is part of the council")
    enter_meetings(actor=officer, body=cabinet, days=[date(2022, 7, 20)])
    head = head_number(officer.council)
    before = matter(officer, CUT_OFF, known_at=head)
    enter_meetings(actor=officer, body=cabinet, days=[date(2022, 7, 13)])
    strict = RatingRule(name="Strict", test=ByDate(amber_days=0))
    adopt_rating_rule(actor=officer, rule=strict, adopted_on=CUT_OFF, note="", reason="Cabinet asked for it")
    again = matter(officer, CUT_OFF, known_at=head)
    assert standard_reports(again) == standard_reports(before)
    now = matter(officer, CUT_OFF)
    assert now.rule == strict
    assert [each.held_on.day for each in now.meetings] == [13, 20]
    assert [each.held_on.day for each in before.meetings] == [20]


def test_it_takes_as_many_queries_for_many_actions_as_for_few(council_db: TestDatabase) -> None:
    counts = []
    for actions in (10, 100):
        council, slug = council_with(actions)
        on = ReportOn(council, slug, date(2022, 9, 30), 1, release="1.0")
        with CaptureQueriesContext(connection) as queries:
            report_matter(on)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 60
