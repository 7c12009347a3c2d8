"""Killed at any moment, the record is as it was before or as it was to be, and the chain verifies."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import OperationalError, close_old_connections, connections
from plugins.database import TestDatabase, connect_django
from support.processes import postmaster_of
from support.records import ADOPTED, load_small_plan, new_council, small_plan

from goldenthread.embedded import SUPERUSER, EmbeddedServer
from goldenthread.embedded.databases import ensure_roles_and_database
from goldenthread.plan.flat import flatten
from goldenthread.record.actor import Actor
from goldenthread.record.database import migrate_if_needed
from goldenthread.record.history.selectors import head_number, revisions
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Item
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import council_register
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.plans import plans
from goldenthread.record.snapshot import snapshot

KILLS = int(os.environ.get("GOLDENTHREAD_KILLS", "5"))
"""How often the database is killed. Fifty is a good number when there is a minute to spare."""


def test_an_import_killed_after_any_statement_is_done_wholly_or_not_at_all(
    council_db: TestDatabase, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": council_db.address.url(council_db.name),
        "GOLDENTHREAD_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings",
    }
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_imports.py")],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    rounds = [json.loads(line) for line in run.stdout.splitlines()]
    whole = rounds[-1]
    assert not whole["killed"]
    assert whole["status"] == 0
    assert whole["states"] == ["applied"]
    assert len(rounds) > 30
    for each in rounds[:-1]:
        assert os.WTERMSIG(each["status"]) == signal.SIGKILL
        assert each["verified"], each
        done = {**whole, **{name: each[name] for name in ("statements", "killed", "status")}}
        assert each == done or (
            each["rows"] == 0 and each["items"] == [] and each["states"] in ([], ["open"])
        ), each


@pytest.fixture
def lasting(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest
) -> Iterator[EmbeddedServer]:
    """A server of this test's own, that keeps its promises about the disk as a council's does."""
    server = EmbeddedServer(tmp_path_factory.mktemp("lasting"))
    with django_db_blocker.unblock():
        with server.running() as address:
            ensure_roles_and_database(address)
            connect_django(address, "goldenthread")
            migrate_if_needed()
            yield server
            connections.close_all()
        server.destroy()


class Officer(threading.Thread):
    """Loads a plan for a new council and edits it, again and again, whatever happens to the database."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        self.promised: dict[str, Actor] = {}

    def run(self) -> None:
        number = 0
        while not self.stopping.is_set():
            number += 1
            with suppress(OperationalError):
                self._work(number)
            close_old_connections()
        connections.close_all()

    def _work(self, number: int) -> None:
        actor = new_council(f"Council {number}")
        loaded = load_small_plan(actor)
        action = next(iter(snapshot(council=actor.council, plan=loaded.slug).actions()))
        for change in range(3):
            reason = f"Change {number}.{change}"
            edit_item(
                actor=actor, plan=loaded.slug, item=action.id, changes={"title": reason}, reason=reason,
                effective_on=ADOPTED, seen_revision=head_number(actor.council),
            )  # fmt: skip
            self.promised[reason] = actor


def test_a_database_killed_at_any_moment_comes_back_with_all_that_it_promised(
    lasting: EmbeddedServer,
) -> None:
    chance = random.Random(1938)
    officer = Officer()
    officer.start()
    for kill in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.6))
        _kill(lasting, whole=kill % 2 == 0)
        _wait_until_back(lasting)
    officer.stopping.set()
    officer.join(timeout=60)
    assert not officer.is_alive()

    assert officer.promised, "nothing was written between the kills"
    _once_back(lambda: _find_everything(officer.promised))


def _find_everything(promised: dict[str, Actor]) -> None:
    for reason, actor in promised.items():
        assert reason in {row.reason for row in revisions(actor.council)}
    for council in council_register():
        assert verify(council.id).ok
        with council_scope(council.id):
            rows = Item.objects.count()
        assert rows in ({len(flatten(small_plan()))} if plans(council.id) else {0})


def _kill(server: EmbeddedServer, *, whole: bool) -> None:
    """Kill the postmaster, or one of the processes that serve a connection."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        postmaster = postmaster_of(server)
        backends = [p for p in postmaster.children() if "goldenthread_app" in " ".join(p.cmdline())]
        (postmaster if whole or not backends else backends[0]).kill()


def _wait_until_back(server: EmbeddedServer) -> None:
    with server.running() as address:
        _once_back(lambda: psycopg.connect(address.dsn("goldenthread", SUPERUSER), connect_timeout=1).close())


def _once_back(work: Callable[[], None]) -> None:
    """Do this as soon as the database lets us: it may still be noticing that it was killed, or recovering."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return work()
        except (OperationalError, psycopg.OperationalError):
            assert time.monotonic() < deadline, "the database did not come back"
            close_old_connections()
            time.sleep(0.05)
