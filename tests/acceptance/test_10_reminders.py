"""Updates: reminders stop when answered and go to the post above after some days; every page says how stale it is."""

from __future__ import annotations

from datetime import date, timedelta

from django.core import mail as outbox
from django.test import Client, override_settings
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, DUE, PLAN, answer, mails, staffed_council
from support.web_council import person

from goldenthread.record.actor import Actor
from goldenthread.record.models import Role
from goldenthread.record.services.asking import ask_for_updates, chase
from goldenthread.record.services.mailing import send_mail
from goldenthread.record.services.periods import open_period

SITE = "https://plan.example.org"


def send_waiting(actor: Actor, today: date) -> list[str]:
    """Send what waits, and give to whom it went."""
    outbox.outbox = []
    for mail in mails(actor):
        send_mail(actor=actor, mail=mail.id, today=today, base_url=SITE)
    return sorted(message.to[0] for message in outbox.outbox)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_reminders_stop_when_answered_and_escalate_when_not(council_db: TestDatabase) -> None:
    office = staffed_council()
    period = open_period(actor=office, plan=PLAN, day=CUT_OFF)
    ask_for_updates(actor=office, period=period.id, today=CUT_OFF)
    assert send_waiting(office, CUT_OFF) == ["fay@example.org", "mo@example.org"]

    reminded = CUT_OFF + timedelta(days=3)
    chase(actor=office, period=period.id, today=reminded)
    answer(office, "a-2")  # while the reminder to Fay is waiting to be sent
    assert send_waiting(office, reminded) == ["mo@example.org"], "it is asked again at the moment of sending"

    escalated = DUE + timedelta(days=7)
    chase(actor=office, period=period.id, today=escalated)
    assert send_waiting(office, escalated) == ["chris@example.org", "mo@example.org"], "and the post above"

    answer(office, "a-1", "m-1")
    chase(actor=office, period=period.id, today=escalated + timedelta(days=10))
    assert send_waiting(office, escalated + timedelta(days=10)) == []


def test_staleness_is_shown_wherever_an_action_is(council_db: TestDatabase) -> None:
    office = staffed_council()
    answer(office, "a-1", on=date(2022, 6, 30))
    client = Client()
    client.force_login(person(office.council, Role.MEMBER))
    for page in ("actions/A1/", "themes/1/", "leads/monitoring-officer/"):
        shown = client.get(f"/plans/{PLAN}/{page}?as-at=2022-08-16").content.decode()
        assert "Last confirmed 47 days ago – later than the 35 days agreed" in shown, page
