"""A question of the challenge desk reaches those who lead the promise, once, and is not sent when it was answered."""

from datetime import date

import pytest
from django.core import mail
from django.test import override_settings
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, DUE, JUNE, PLAN, answer, item, mails, staffed_council

from goldenthread.record.actor import Actor
from goldenthread.record.models import Challenge, OutgoingMail, Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.asking import ask_for_updates
from goldenthread.record.services.challenges import answer_challenge, ask_back
from goldenthread.record.services.mailing import send_mail
from goldenthread.record.services.periods import begin_challenge, open_period

MEMORY = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
JULY = date(2022, 7, 8)
SITE = "https://plans.example.gov.uk"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    return staffed_council()


@pytest.fixture
def assurer(officer: Actor) -> Actor:
    return Actor(council=officer.council, role=Role.ASSURER, name="An assurer")


def asked(
    officer: Actor, assurer: Actor, key: str, question: str = "Who writes the draft?"
) -> list[OutgoingMail]:
    """The mails that a question about this item makes."""
    before = {mail.id for mail in mails(officer)}
    ask_back(actor=assurer, plan=PLAN, item=item(officer, key), question=question, on=JULY)
    return [mail for mail in mails(officer) if mail.id not in before]


def in_challenge(officer: Actor) -> None:
    period = open_period(actor=officer, plan=PLAN, day=JUNE)
    ask_for_updates(actor=officer, period=period.id, today=CUT_OFF)
    answer(officer, "a-1", "a-2", "m-1")
    begin_challenge(actor=officer, period=period.id)


def test_the_holder_is_asked_with_the_link_of_the_month_though_the_update_was_given(
    officer: Actor, assurer: Actor
) -> None:
    in_challenge(officer)
    (made,) = asked(officer, assurer, "a-1")
    assert (made.to.name, made.due_on) == ("Mo", JULY)
    assert "Review the constitution" in made.subject
    with MEMORY:
        assert send_mail(actor=officer, mail=made.id, today=JULY, base_url=SITE)
    body = str(mail.outbox[-1].body)
    assert "Who writes the draft?" in body
    assert f"{SITE}/answer/" in body


def test_without_a_month_of_reporting_the_question_is_answered_after_signing_in(
    officer: Actor, assurer: Actor
) -> None:
    answer(officer, "a-2", on=DUE)
    (made,) = asked(officer, assurer, "a-2")
    assert made.to.name == "Fay"
    assert made.request is None
    assert "sign in" in made.body
    assert "{link}" not in made.body


def test_a_question_that_was_answered_is_not_sent(officer: Actor, assurer: Actor) -> None:
    in_challenge(officer)
    (made,) = asked(officer, assurer, "a-1")
    with council_scope(officer.council):
        challenge = Challenge.objects.get(verdict="asked")
    answer_challenge(actor=officer, challenge=challenge.id, answer="Mo does", on=JULY)
    with MEMORY:
        before = len(mail.outbox)
        assert not send_mail(actor=officer, mail=made.id, today=JULY, base_url=SITE)
        assert len(mail.outbox) == before
    assert [one.dropped for one in mails(officer) if one.id == made.id] == [
        "The question was answered first."
    ]


def test_where_nobody_leads_the_programme_office_is_told(officer: Actor, assurer: Actor) -> None:
    in_challenge(officer)
    assert [made.to.name for made in asked(officer, assurer, "a-4")] == ["Pat"]
