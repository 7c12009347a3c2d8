"""A real PostgreSQL for tests: one server, one migrated template, a copy of it for each test.

Where several processes share the tests they share the server and the template too. A test folder that uses Django calls
`set_up_django()` in its conftest.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from goldenthread.embedded import APP_ROLE, OWNER_ROLE, SUPERUSER, EmbeddedServer, ServerAddress
from goldenthread.embedded.databases import create_database, drop_database, ensure_roles_and_database

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
TEMPLATE = "template_migrated"
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")
_numbers = itertools.count(1)
_homes: list[tempfile.TemporaryDirectory[str]] = []


def set_up_django() -> None:
    """Set Django up with the product's own settings, on a data folder that goes when the tests end."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    _homes.append(tempfile.TemporaryDirectory(prefix="golden-thread-tests-"))
    os.environ["GOLDENTHREAD_HOME"] = _homes[-1].name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
    django.setup()


class TestDatabase(NamedTuple):
    """A database of one test's own, as each of the three roles can reach it."""

    __test__ = False
    address: ServerAddress
    name: str

    def dsn(self, user: str = APP_ROLE) -> str:
        """How psycopg connects to it."""
        return self.address.dsn(self.name, user)

    @property
    def superuser(self) -> str:
        """As somebody who can switch triggers off."""
        return self.dsn(SUPERUSER)

    @property
    def owner(self) -> str:
        """As the role that owns the tables."""
        return self.dsn(OWNER_ROLE)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerAddress]:
    """A server for the whole session. The last process to let go of it deletes it."""
    home = _shared_folder(tmp_path_factory) / "server"
    home.mkdir(exist_ok=True)
    server = EmbeddedServer(home, settings=QUICK)
    with server.running() as address:
        with _alone(home) as others:
            ensure_roles_and_database(address)
            others.write_text(f"{_count(others) + 1}")
        yield address
        _close_connections()
    with _alone(home) as others:
        others.write_text(f"{_count(others) - 1}")
        if not _count(others):
            server.destroy()


@pytest.fixture(scope="session")
def template(
    postgres: ServerAddress,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: pytest.FixtureRequest,
) -> str:
    """A database with every migration applied, to copy."""
    from goldenthread.record.database import migrate_if_needed

    folder = _shared_folder(tmp_path_factory)
    with _alone(folder / "server"):
        if not (folder / "migrated").exists():
            create_database(postgres, TEMPLATE)
            with django_db_blocker.unblock():
                connect_django(postgres, TEMPLATE)
                migrate_if_needed()
                _close_connections()
            (folder / "migrated").touch()
    return TEMPLATE


def own_name(name: str) -> str:
    """The name of a database that only this process uses."""
    return f"{name}_{PROCESS}"


def _shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run have in common."""
    base = factory.getbasetemp()
    return base if PROCESS == "alone" else base.parent


@contextmanager
def _alone(home: Path) -> Iterator[Path]:
    """No other process of this test run is in here. Gives the file that counts those that use the server."""
    with (home.parent / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home.parent / "server.users"


def _count(users: Path) -> int:
    return int(users.read_text()) if users.exists() else 0


@pytest.fixture
def council_db(
    postgres: ServerAddress, template: str, tmp_path: Path, django_db_blocker: pytest.FixtureRequest
) -> Iterator[TestDatabase]:
    """An empty migrated database, to which Django is connected; commits are real. Files go below `tmp_path`."""
    from django.test import override_settings

    name = own_name(f"test_{next(_numbers)}")
    create_database(postgres, name, template=template)
    with django_db_blocker.unblock(), override_settings(HOME=tmp_path):
        connect_django(postgres, name)
        yield TestDatabase(postgres, name)
        _close_connections()
    drop_database(postgres, name)


def connect_django(address: ServerAddress, name: str) -> None:
    """Point Django's two connections at this database."""
    from django.db import connections

    from goldenthread.record import snapshot_cache

    _close_connections()
    snapshot_cache._plans.clear()  # copies of one database hold the same council, and part ways at the same revision
    for alias, role in (("default", APP_ROLE), ("owner", OWNER_ROLE)):
        connections[alias].settings_dict.update(
            NAME=name, USER=role, PASSWORD="", HOST=address.host, PORT=str(address.port)
        )


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
