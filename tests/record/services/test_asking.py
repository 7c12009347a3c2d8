"""Asking, reminding and asking the next in line: who is written to, when it stops, and that nothing is doubled."""

from datetime import date, timedelta

import pytest
from django.core import mail as outbox
from django.test import override_settings
from plugins.database import TestDatabase
from support.cycle import (
    CUT_OFF,
    DUE,
    FINANCE,
    JUNE,
    MONITORING,
    PLAN,
    TEAM,
    answer,
    appoint,
    group,
    mails,
    post,
    programme_officer,
    reporting_council,
    staffed_council,
)

from goldenthread.plan.keys import slug
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.owing import AskingGap, AskingGapKind, Owed, owed
from goldenthread.record.cycle.settings import CycleSettings, Frequency
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import (
    BodyMembership,
    BodyRecord,
    Capacity,
    OutgoingMail,
    PeriodState,
    PostRecord,
    ReportingPeriod,
    UpdateRequest,
)
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.asking import ask_for_updates, chase
from goldenthread.record.services.daily import run_cycle
from goldenthread.record.services.mailing import MailNotSent, send_mail
from goldenthread.record.services.periods import (
    begin_challenge,
    change_cycle_settings,
    close_period,
    open_period,
)

MEMORY = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    return staffed_council()


@pytest.fixture
def period(officer: Actor) -> ReportingPeriod:
    return open_period(actor=officer, plan=PLAN, day=JUNE)


def owing(actor: Actor, period: ReportingPeriod, today: date = CUT_OFF) -> Owed:
    with council_scope(actor.council):
        return owed(period, today)


def keys_owed(found: Owed) -> dict[str, list[str]]:
    return {each.post.slug: [held.place.title for held in each.owed] for each in found.owing}


def written_to(actor: Actor, kind: str) -> list[tuple[str, date]]:
    return [(mail.to.name, mail.due_on) for mail in mails(actor) if mail.key.startswith(kind)]


def after(days: int) -> date:
    return CUT_OFF + timedelta(days=days)


# who owes what


def test_each_post_owes_its_open_promises_and_steps_go_with_their_action(
    officer: Actor, period: ReportingPeriod
) -> None:
    assert keys_owed(owing(officer, period)) == {
        "director-of-finance": ["Close the accounts"],
        "monitoring-officer": ["Review the constitution", "Adopted"],
    }


def test_a_report_of_the_month_answers_and_one_of_another_does_not(
    officer: Actor, period: ReportingPeriod
) -> None:
    answer(officer, "a-1", "m-1", on=date(2022, 6, 20))
    assert keys_owed(owing(officer, period)) == {"director-of-finance": ["Close the accounts"]}
    july = open_period(actor=officer, plan=PLAN, day=date(2022, 7, 1))
    assert "monitoring-officer" in keys_owed(owing(officer, july))


def test_what_is_closed_by_the_report_itself_counts_as_answered(
    officer: Actor, period: ReportingPeriod
) -> None:
    answer(officer, "a-2", typed=TypedUpdate(status=Status.COMPLETE))
    found = owing(officer, period)
    assert not found.owes("director-of-finance")
    assert found.reported == 1


def test_a_quarter_is_answered_by_a_report_of_any_of_its_months(
    officer: Actor, period: ReportingPeriod
) -> None:
    change_cycle_settings(
        actor=officer, settings=CycleSettings(frequency=Frequency.QUARTER), reason="As Cabinet reports"
    )
    september = open_period(actor=officer, plan=PLAN, day=date(2022, 9, 1))
    answer(officer, "a-2", on=date(2022, 6, 30))
    assert owing(officer, september).owes("director-of-finance"), "June is in another quarter"
    answer(officer, "a-2", on=date(2022, 7, 1))
    assert not owing(officer, september).owes("director-of-finance")


def test_gaps_are_named_and_only_a_missing_person_is_passed_over(council_db: TestDatabase) -> None:
    officer = reporting_council()
    post(officer, "Chief Executive")
    post(officer, MONITORING, above="Chief Executive")
    post(officer, FINANCE)
    group(officer, TEAM)
    with writing(officer, "Its name was corrected, and the plan’s was not"):
        PostRecord.objects.filter(slug=slug(FINANCE)).update(slug="section-151-officer")
    period = open_period(actor=officer, plan=PLAN, day=JUNE)

    def gaps() -> set[tuple[AskingGapKind, str, int]]:
        found: tuple[AskingGap, ...] = owing(officer, period).gaps
        return {(gap.kind, gap.lead, len(gap.places)) for gap in found}

    assert gaps() == {
        (AskingGapKind.NO_LEAD, "", 1),
        (AskingGapKind.NO_POST, FINANCE, 1),
        (AskingGapKind.NO_ACCOUNTABLE, TEAM, 1),
        (AskingGapKind.NO_PERSON, MONITORING, 2),
    }
    appoint(officer, "Mo", MONITORING, email=False)
    assert (AskingGapKind.NO_ADDRESS, MONITORING, 2) in gaps()
    with writing(officer, "The group named a post"):
        BodyMembership.objects.create(
            council_id=officer.council,
            body=BodyRecord.objects.get(),
            post=PostRecord.objects.get(slug="chief-executive"),
            capacity=Capacity.ACCOUNTABLE,
            starts_on=CUT_OFF,
        )
    assert keys_owed(owing(officer, period))["chief-executive"] == ["Agree the values"]
    assert not any(kind is AskingGapKind.NO_ACCOUNTABLE for kind, _, _ in gaps())


# asking


def test_each_post_is_asked_once_with_a_mail_to_its_holder(officer: Actor, period: ReportingPeriod) -> None:
    assert ask_for_updates(actor=officer, period=period.id, today=CUT_OFF) == 2
    head = head_number(officer.council)
    assert ask_for_updates(actor=officer, period=period.id, today=after(1)) == 0
    assert head_number(officer.council) == head
    assert sorted(written_to(officer, "ask:")) == [("Fay", CUT_OFF), ("Mo", CUT_OFF)]
    body = next(mail.body for mail in mails(officer) if mail.to.name == "Mo")
    assert "{link}" in body
    assert "2 items" in body
    assert "7 July 2022" in body
    with council_scope(officer.council):
        assert {request.expires_on for request in UpdateRequest.objects.all()} == {DUE + timedelta(days=28)}


def test_who_is_missing_is_passed_over_and_the_mail_says_so(council_db: TestDatabase) -> None:
    officer = reporting_council()
    post(officer, MONITORING)
    post(officer, FINANCE)
    appoint(officer, "Mo", MONITORING, email=False)
    appoint(officer, "Dee", MONITORING, Capacity.DEPUTY)
    programme_officer(officer)
    period = open_period(actor=officer, plan=PLAN, day=JUNE)
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    assert {mail.to.name: mail.body.split("\n\n")[2] for mail in mails(officer)} == {
        "Dee": "You are asked because Mo, who holds the post Monitoring Officer, has no e-mail address here.",
        "Pat": "You are asked because nobody holds the post Director of Finance at present.",
    }


# reminding


def test_reminders_come_every_few_days_until_answered(officer: Actor, period: ReportingPeriod) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    for day in range(1, 7):
        chase(actor=officer, period=period.id, today=after(day))
        chase(actor=officer, period=period.id, today=after(day))
    assert sorted(written_to(officer, "reminder:")) == [
        ("Fay", after(3)),
        ("Fay", after(6)),
        ("Mo", after(3)),
        ("Mo", after(6)),
    ]
    answer(officer, "a-1", "m-1")
    chase(actor=officer, period=period.id, today=after(9))
    assert written_to(officer, "reminder:")[-1] == ("Fay", after(9))
    assert ("Mo", after(9)) not in written_to(officer, "reminder:")
    with council_scope(officer.council):
        answered = dict(UpdateRequest.objects.values_list("post__slug", "answered_on"))
    assert answered == {"monitoring-officer": after(9), "director-of-finance": None}


def test_part_of_an_answer_does_not_stop_reminders(officer: Actor, period: ReportingPeriod) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    answer(officer, "a-1")
    chase(actor=officer, period=period.id, today=after(3))
    reminder = next(
        mail for mail in mails(officer) if mail.key.startswith("reminder:") and mail.to.name == "Mo"
    )
    assert "one item" in reminder.body


def test_the_next_in_line_is_asked_some_days_after_the_due_day(
    officer: Actor, period: ReportingPeriod
) -> None:
    appoint(officer, "Dee", MONITORING, Capacity.DEPUTY)
    answer(officer, "a-2")
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    for day in range(1, 40):
        chase(actor=officer, period=period.id, today=after(day))
    first = {}
    for name, day in written_to(officer, "reminder:"):
        first.setdefault(name, day)
    assert first == {
        "Mo": after(3),
        "Dee": DUE + timedelta(days=7),
        "Chris": DUE + timedelta(days=14),
        "Pat": DUE + timedelta(days=21),
    }
    escalated = next(mail.body for mail in mails(officer) if mail.to.name == "Chris")
    assert "Monitoring Officer was to answer by 7 July 2022 and has not" in escalated


def test_a_reminder_at_once_is_one_a_day(officer: Actor, period: ReportingPeriod) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    assert chase(actor=officer, period=period.id, today=CUT_OFF, at_once=True) == 0, "they were asked today"
    assert chase(actor=officer, period=period.id, today=after(1), at_once=True) == 2
    assert chase(actor=officer, period=period.id, today=after(1), at_once=True) == 0


def test_nobody_is_chased_for_a_closed_month(officer: Actor, period: ReportingPeriod) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    close_period(actor=officer, period=period.id, today=CUT_OFF)
    with pytest.raises(InvalidEdit):
        chase(actor=officer, period=period.id, today=after(3))


# sending


@MEMORY
def test_a_mail_is_sent_once_with_a_link_that_is_not_stored(officer: Actor, period: ReportingPeriod) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    row = mails(officer)[0]
    outbox.outbox = []

    def send() -> bool:
        return send_mail(actor=officer, mail=row.id, today=CUT_OFF, base_url="https://plan.example.org")

    assert (send(), send()) == (True, False)
    [message] = outbox.outbox
    assert message.to == [row.to.email]
    assert "https://plan.example.org/answer/" in message.body
    assert "{link}" not in message.body
    assert message.extra_headers["Message-ID"] == f"<{row.id}@goldenthread>"
    [stored] = [mail for mail in mails(officer) if mail.id == row.id]
    assert "{link}" in stored.body
    assert stored.sent_at


@MEMORY
def test_a_reminder_that_was_answered_first_is_not_sent(officer: Actor, period: ReportingPeriod) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    chase(actor=officer, period=period.id, today=after(3))
    answer(officer, "a-2")
    outbox.outbox = []
    for mail in mails(officer):
        send_mail(actor=officer, mail=mail.id, today=after(3), base_url="https://plan.example.org")
    assert {message.to[0] for message in outbox.outbox} == {"mo@example.org"}
    assert {mail.dropped for mail in mails(officer) if mail.to.name == "Fay"} == {"It was answered first."}


@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
)
def test_a_mail_server_that_is_away_is_noted_and_the_mail_stays_owed(
    officer: Actor, period: ReportingPeriod
) -> None:
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    row = mails(officer)[0]
    for _ in range(2):
        with pytest.raises(MailNotSent):
            send_mail(actor=officer, mail=row.id, today=CUT_OFF, base_url="https://plan.example.org")
    [stored] = [mail for mail in mails(officer) if mail.id == row.id]
    assert stored.sent_at is None
    assert stored.failure.startswith("ConnectionRefusedError")


# by itself


def test_the_daily_run_begins_when_the_programme_office_has(officer: Actor) -> None:
    run_cycle(actor=officer, today=CUT_OFF)
    with council_scope(officer.council):
        assert not ReportingPeriod.objects.exists()


def test_the_daily_run_opens_asks_and_reminds(officer: Actor, period: ReportingPeriod) -> None:
    day = JUNE
    while day <= date(2022, 8, 31):
        run_cycle(actor=officer, today=day)
        run_cycle(actor=officer, today=day)
        day += timedelta(days=1)
    with council_scope(officer.council):
        months = [held.starts_on.month for held in ReportingPeriod.objects.order_by("starts_on")]
        asked = set(UpdateRequest.objects.values_list("asked_on", "post__slug"))
        states = set(ReportingPeriod.objects.values_list("state", flat=True))
    assert months == [6, 7, 8]
    assert {day for day, _ in asked} == {CUT_OFF, date(2022, 7, 31), date(2022, 8, 31)}
    assert len(asked) == 6
    assert states == {PeriodState.OPEN}, "closing is for a person to decide"
    assert len({mail.key for mail in mails(officer)}) == len(mails(officer))
    assert verify(officer.council).ok


def test_a_run_that_comes_late_asks_only_for_the_last_month(officer: Actor, period: ReportingPeriod) -> None:
    done = run_cycle(actor=officer, today=date(2022, 9, 5))
    assert (done.opened, done.asked) == (3, 2)
    with council_scope(officer.council):
        assert set(UpdateRequest.objects.values_list("period__starts_on", flat=True)) == {date(2022, 8, 1)}


def test_a_council_that_reports_by_quarters_asks_when_one_ends(
    officer: Actor, period: ReportingPeriod
) -> None:
    change_cycle_settings(
        actor=officer, settings=CycleSettings(frequency=Frequency.QUARTER), reason="As Cabinet reports"
    )
    assert run_cycle(actor=officer, today=date(2022, 7, 31)).asked == 2, "June ends a quarter"
    assert run_cycle(actor=officer, today=date(2022, 8, 31)).asked == 0
    assert run_cycle(actor=officer, today=date(2022, 9, 30)).asked == 2


def test_a_council_may_run_its_cycle_by_hand(officer: Actor, period: ReportingPeriod) -> None:
    change_cycle_settings(actor=officer, settings=CycleSettings(automatic=False), reason="We are new to it")
    assert run_cycle(actor=officer, today=date(2022, 8, 31)).opened == 0
    assert not mails(officer)
    begin_challenge(actor=officer, period=period.id)
    with council_scope(officer.council):
        assert OutgoingMail.objects.count() == 0
