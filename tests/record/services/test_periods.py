"""The reporting period: every step has effect once, closing freezes what is reported, opening again needs a reason."""

from datetime import date

import pytest
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, DUE, JUNE, PLAN, answer, item, reporting_council
from support.records import new_council

from goldenthread.plan.canonical import canonical_json
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.periods import period_events, periods_of
from goldenthread.record.cycle.settings import CycleSettings, Frequency, settings_of
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import PeriodState, PlanRecord, ReportingPeriod, Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.periods import (
    begin_challenge,
    change_cycle_settings,
    close_period,
    open_period,
    reopen_period,
)
from goldenthread.record.snapshot import snapshot

JULY = date(2022, 7, 8)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    return reporting_council()


@pytest.fixture
def period(officer: Actor) -> ReportingPeriod:
    return open_period(actor=officer, plan=PLAN, day=JUNE)


def test_a_month_is_opened_once_with_its_cut_off_and_due_day(officer: Actor, period: ReportingPeriod) -> None:
    head = head_number(officer.council)
    again = open_period(actor=officer, plan=PLAN, day=date(2022, 6, 1))
    assert again.id == period.id
    assert head_number(officer.council) == head, "a second opening is no change"
    assert (period.starts_on, period.ends_on, period.due_on) == (date(2022, 6, 1), CUT_OFF, DUE)
    assert period.state == PeriodState.OPEN


def test_there_is_nothing_to_report_before_the_plan_took_effect(officer: Actor) -> None:
    with pytest.raises(InvalidEdit, match="took effect on 7 June 2022"):
        open_period(actor=officer, plan=PLAN, day=date(2022, 5, 31))


def test_closing_freezes_what_is_reported(officer: Actor, period: ReportingPeriod) -> None:
    answer(officer, "a-1", typed=TypedUpdate(status=Status.IN_PROGRESS))
    before = head_number(officer.council)
    closed = close_period(actor=officer, period=period.id, today=JULY)
    assert (closed.state, closed.closed_revision) == (PeriodState.CLOSED, before)

    def reported() -> str:
        known = closed.closed_revision
        return canonical_json(snapshot(council=officer.council, plan=PLAN, cut_off=CUT_OFF, known_at=known))

    then = reported()
    with pytest.raises(InvalidEdit, match="is closed"):
        answer(officer, "a-1")
    reopen_period(actor=officer, period=period.id, reason="Finance sent its figures late")
    answer(officer, "a-2", typed=TypedUpdate(status=Status.IN_PROGRESS))
    assert reported() == then, "what was reported stays as it was"


def test_closing_twice_is_closing_once(officer: Actor, period: ReportingPeriod) -> None:
    first = close_period(actor=officer, period=period.id, today=JULY)
    answer(officer, "a-1", on=JULY)
    head = head_number(officer.council)
    second = close_period(actor=officer, period=period.id, today=date(2022, 7, 20))
    assert (second.id, second.state, second.closed_revision) == (first.id, first.state, first.closed_revision)
    assert head_number(officer.council) == head


def test_a_month_is_not_closed_before_its_cut_off(officer: Actor, period: ReportingPeriod) -> None:
    with pytest.raises(InvalidEdit, match="The cut-off is 30 June 2022"):
        close_period(actor=officer, period=period.id, today=date(2022, 6, 29))


def test_opening_again_needs_a_reason_and_keeps_what_was_frozen(
    officer: Actor, period: ReportingPeriod
) -> None:
    frozen = close_period(actor=officer, period=period.id, today=JULY).closed_revision
    with pytest.raises(InvalidEdit, match="Say why"):
        reopen_period(actor=officer, period=period.id, reason=" ")
    opened = reopen_period(actor=officer, period=period.id, reason="Finance sent its figures late")
    assert (opened.state, opened.closed_revision) == (PeriodState.OPEN, None)
    answer(officer, "a-2")
    again = close_period(actor=officer, period=period.id, today=JULY)
    assert again.closed_revision > frozen
    with council_scope(officer.council):
        events = period_events(period.id)
    assert [(event.state, event.frozen) for event in events] == [
        (PeriodState.OPEN, None),
        (PeriodState.CLOSED, frozen),
        (PeriodState.OPEN, None),
        (PeriodState.CLOSED, again.closed_revision),
    ]
    assert events[2].reason == "Finance sent its figures late"
    assert events[2].actor == officer.label
    assert verify(officer.council).ok


def test_challenge_comes_between_and_a_closed_month_is_not_challenged(
    officer: Actor, period: ReportingPeriod
) -> None:
    assert begin_challenge(actor=officer, period=period.id).state == PeriodState.CHALLENGE
    head = head_number(officer.council)
    begin_challenge(actor=officer, period=period.id)
    assert head_number(officer.council) == head
    answer(officer, "a-1")
    close_period(actor=officer, period=period.id, today=JULY)
    with pytest.raises(InvalidEdit, match="Open it again first"):
        begin_challenge(actor=officer, period=period.id)


def test_only_the_programme_office_runs_the_cycle(officer: Actor, period: ReportingPeriod) -> None:
    for role in (Role.LEAD, Role.ASSURER, Role.LEADERSHIP, Role.MEMBER):
        other = Actor(council=officer.council, role=role, name="Somebody")
        with pytest.raises(NotAllowed):
            open_period(actor=other, plan=PLAN, day=JUNE)
        with pytest.raises(NotAllowed):
            close_period(actor=other, period=period.id, today=JULY)
        with pytest.raises(NotAllowed):
            reopen_period(actor=other, period=period.id, reason="Why not")


def test_another_council_has_no_such_month(officer: Actor, period: ReportingPeriod) -> None:
    with pytest.raises(NotFound):
        close_period(actor=new_council("Elsewhere"), period=period.id, today=JULY)


def test_settings_are_changed_with_a_reason_and_must_make_sense(officer: Actor) -> None:
    wanted = CycleSettings(frequency=Frequency.QUARTER, remind_every_days=5)
    change_cycle_settings(actor=officer, settings=wanted, reason="Cabinet reports are quarterly")
    with council_scope(officer.council):
        assert settings_of(officer.council) == wanted
    with pytest.raises(InvalidEdit, match="shorter than the target"):
        change_cycle_settings(
            actor=officer, settings=CycleSettings(fresh_days=70, stale_days=62), reason="A slip"
        )


def test_periods_are_listed_latest_first(officer: Actor, period: ReportingPeriod) -> None:
    later = open_period(actor=officer, plan=PLAN, day=date(2022, 7, 1))
    with council_scope(officer.council):
        plan = PlanRecord.objects.get(slug=PLAN)
        assert [held.id for held in periods_of(plan.id)] == [later.id, period.id]
    assert item(officer, "a-1")
