"""Jobs beside the pages: they are done, mail goes to the server that is named, and all stops when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta

import psycopg
import pytest
from django.db import close_old_connections
from django.test import override_settings
from plugins.database import TestDatabase
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.periodic import PeriodicDeferrer
from support.cycle import CUT_OFF, PLAN, mails, staffed_council
from support.smtp import mail_sink

from goldenthread.embedded import OWNER_ROLE
from goldenthread.record.models import Council, ReportingPeriod
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.asking import ask_for_updates, chase
from goldenthread.record.services.periods import open_period
from goldenthread.web.clock import civil_today
from goldenthread.web.jobs import may_send, run_cycles
from goldenthread.web.mail import MailServer, mail_server
from goldenthread.web.workers import IN_PROCESS, JobThread, wants_job_thread

WORKER = """
from procrastinate.periodic import PeriodicDeferrer
async def nothing(_): pass
PeriodicDeferrer.worker = nothing
from goldenthread.cli.main import main
main(["worker"])
"""
"""`goldenthread worker`, but for what the clock would have it do."""


@pytest.fixture(autouse=True)
def nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within ten minutes of its time the hourly run would be made up for, and add jobs of its own."""

    async def nothing(_: PeriodicDeferrer) -> None: ...

    monkeypatch.setattr(PeriodicDeferrer, "worker", nothing)


def wait_for_jobs(seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
        assert time.monotonic() < deadline, list(ProcrastinateJob.objects.values())
        time.sleep(0.1)


def test_a_thread_beside_the_pages_sends_what_was_written(council_db: TestDatabase) -> None:
    office = staffed_council()
    held = open_period(actor=office, plan=PLAN, day=CUT_OFF)
    with mail_sink() as sink:
        server = mail_server({"GOLDENTHREAD_SMTP_URL": sink.url})
        assert server
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(
            EMAIL_BACKEND=smtp, EMAIL_HOST=server.host, EMAIL_PORT=server.port, SENDS_MAIL=True
        ):
            thread = JobThread()
            thread.start()
            ask_for_updates(actor=office, period=held.id, today=CUT_OFF)
            wait_for_jobs()
            thread.stop()
        assert not thread.is_alive()
        assert {message["To"] for message in sink.messages} == {"mo@example.org", "fay@example.org"}
        assert all("http://localhost:8000/answer/" in message.get_content() for message in sink.messages)  # type: ignore[attr-defined]
    assert all(mail.sent_at for mail in mails(office))


def test_a_worker_goes_on_after_the_database_was_away_and_stops_when_told(council_db: TestDatabase) -> None:
    office = staffed_council()
    held = open_period(actor=office, plan=PLAN, day=CUT_OFF)
    environment = {**os.environ, "DATABASE_URL": council_db.address.url(council_db.name)}
    environment["DATABASE_OWNER_URL"] = council_db.address.url(council_db.name, OWNER_ROLE)
    command = [sys.executable, "-c", WORKER]
    with mail_sink() as sink:
        environment["GOLDENTHREAD_SMTP_URL"] = sink.url
        worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            ask_for_updates(actor=office, period=held.id, today=CUT_OFF)
            wait_for_jobs()
            with psycopg.connect(council_db.superuser, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            close_old_connections()
            chase(actor=office, period=held.id, today=CUT_OFF + timedelta(days=3))
            wait_for_jobs()
        finally:
            worker.send_signal(signal.SIGINT)
        assert worker.wait(20) == 0
        assert len(sink.messages) == 4
    assert not ProcrastinateWorker.objects.exists()


def test_a_mail_that_nobody_committed_to_is_not_sent(council_db: TestDatabase) -> None:
    """The job is added in the transaction that writes the mail, so it goes with it."""
    office = staffed_council()
    held = open_period(actor=office, plan=PLAN, day=CUT_OFF)

    def ask_and_break_off() -> None:
        with writing(office, "It breaks off"):
            ask_for_updates(actor=office, period=held.id, today=CUT_OFF)
            assert ProcrastinateJob.objects.count() == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_break_off()
    assert not mails(office)
    assert not ProcrastinateJob.objects.exists()


def test_the_hourly_run_gives_each_council_a_job_of_its_own(council_db: TestDatabase) -> None:
    first, second = staffed_council("First", office="Ann"), staffed_council("Second", office="Ben")
    for office in (first, second):
        open_period(actor=office, plan=PLAN, day=date(2022, 6, 8))
    run_cycles(0)
    run_cycles(0)
    jobs = ProcrastinateJob.objects.filter(task_name="goldenthread.run_day")
    assert {job.args["council"] for job in jobs} == {str(first.council), str(second.council)}
    assert jobs.count() == 2, "one that waits is not added again"
    thread = JobThread()
    thread.start()
    wait_for_jobs()
    thread.stop()
    for office in (first, second):
        with council_scope(office.council):
            assert ReportingPeriod.objects.order_by("starts_on").last().starts_on == civil_today().replace(
                day=1
            )


def test_the_example_and_an_installation_without_a_server_send_nothing(council_db: TestDatabase) -> None:
    office = staffed_council()
    assert not may_send(office.council), "no server is named"
    with override_settings(SENDS_MAIL=True):
        assert may_send(office.council)
        with writing(office, "It is an example"):
            Council.objects.update(demo=True)
        assert not may_send(office.council)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.internal", MailServer("mail.internal", 25, "", "", starttls=False, tls=False)),
        (
            "smtp+starttls://office:p%40ss@mail.example.org:2525",
            MailServer("mail.example.org", 2525, "office", "p@ss", starttls=True, tls=False),
        ),
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, "", "", starttls=False, tls=True)),
    ],
)
def test_the_mail_server_is_named_in_one_address(url: str, server: MailServer) -> None:
    assert mail_server({"GOLDENTHREAD_SMTP_URL": url}) == server


def test_an_address_that_is_none_is_refused() -> None:
    assert mail_server({}) is None
    with pytest.raises(ValueError, match="has to look like"):
        mail_server({"GOLDENTHREAD_SMTP_URL": "mail.example.org"})


def test_the_thread_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(IN_PROCESS, raising=False)
    assert wants_job_thread()
    monkeypatch.setenv(IN_PROCESS, "0")
    assert not wants_job_thread()
