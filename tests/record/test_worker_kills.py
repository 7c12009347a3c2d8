"""Three workers, one killed again and again: every month opens and closes once, every mail is on the record once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from plugins.database import TestDatabase
from procrastinate.contrib.django import app
from support.cycle import PLAN, mails, staffed_council
from support.smtp import MailSink, mail_sink

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.periods import period_events, periods_of
from goldenthread.record.cycle.settings import CycleSettings
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Change, Officer, PeriodState, PlanRecord, UpdateRequest
from goldenthread.record.scope import council_scope
from goldenthread.record.services.daily import run_cycle
from goldenthread.record.services.periods import change_cycle_settings, open_period

KILLS = int(os.environ.get("GOLDENTHREAD_WORKER_KILLS", "2"))
"""How often a worker is killed. Fifty is a good number when there are some minutes to spare."""
COUNCILS = max(1, KILLS // 2)
DAYS = [
    date(2022, month, day) for month, day in ((6, 29), (6, 30), (7, 3), (7, 14), (7, 21), (7, 31), (8, 1))
]
SETTINGS = CycleSettings(close_after_days=14)


def test_three_workers_one_killed_again_and_again(council_db: TestDatabase, tmp_path: Path) -> None:
    undisturbed = _begun("Undisturbed")
    for day in DAYS:
        run_cycle(actor=undisturbed, today=day)
    expected = _effects(undisturbed)
    # Two posts, asked in June and July; reminded on 3, 14 and 21 July, after which June closes; with them the Chief
    # Executive on the 14th, one step up, and the programme office on the 21st.
    assert Counter(key.split(":")[0] for key in expected["mails"]) == {"ask": 4, "reminder": 6 + 2 + 2}
    assert expected["closed"] == {date(2022, 6, 1): 1}

    disturbed = [_begun(f"Disturbed {number}") for number in range(COUNCILS)]
    for day in DAYS:
        for actor in disturbed:
            later = app.configure_task("goldenthread.run_day", lock=f"cycle of {actor.council}")
            later.defer(council=str(actor.council), today=day.isoformat())
    with mail_sink() as sink:
        _work_and_kill(council_db, tmp_path, sink)
        received = Counter(message["Message-ID"] for message in sink.messages)

    for actor in disturbed:
        assert _effects(actor) == expected
        assert verify(actor.council).ok
        for mail in mails(actor):
            assert bool(mail.sent_at) != bool(mail.dropped), mail.key
            if mail.sent_at:
                assert received[f"<{mail.id}@goldenthread>"] >= 1
                assert _times_marked_sent(actor, mail.id) == 1


def _begun(name: str) -> Actor:
    actor = staffed_council(name, office=name.replace(" ", ""))
    change_cycle_settings(actor=actor, settings=SETTINGS, reason="As Cabinet decided")
    open_period(actor=actor, plan=PLAN, day=DAYS[0])
    return actor


def _effects(actor: Actor) -> dict[str, object]:
    """All that the cycle did for a council, without its own ids: mails by key, closings and months."""
    with council_scope(actor.council):
        names = {str(row.id): "the office" if row.user else row.name for row in Officer.objects.all()}
        requests = UpdateRequest.objects.select_related("post", "period")
        names |= {str(row.id): f"{row.post.slug} {row.period.starts_on}" for row in requests}
        held = periods_of(PlanRecord.objects.get(slug=PLAN).id)
        events = {period.starts_on: period_events(period.id) for period in held}
    keys = sorted(":".join(names.get(part, part) for part in mail.key.split(":")) for mail in mails(actor))
    return {
        "mails": keys,
        "opened": sorted(events),
        "closed": {
            day: closings
            for day, happened in events.items()
            if (closings := sum(event.state == PeriodState.CLOSED for event in happened))
        },
    }


def _times_marked_sent(actor: Actor, mail: object) -> int:
    with council_scope(actor.council):
        written = Change.objects.filter(table_name="outgoing_mail", row_id=mail)
        return sum(bool(change.row["sent_at"]) for change in written)


def _work_and_kill(held: TestDatabase, home: Path, sink: MailSink) -> None:
    """Have all jobs done by three workers that are killed so many times."""
    environment = {
        **os.environ,
        "DATABASE_URL": held.address.url(held.name),
        "GOLDENTHREAD_HOME": str(home),
        "GOLDENTHREAD_SMTP_URL": sink.url,
        "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings",
    }
    command = [sys.executable, str(Path(__file__).with_name("killed_workers.py")), str(KILLS)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr
    killed, left = map(int, run.stdout.split())
    assert left == 0, "jobs that failed or were never done"
    assert killed == KILLS
