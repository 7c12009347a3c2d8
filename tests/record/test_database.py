"""Bringing the database up to date, once."""

from threading import Thread

import psycopg
from django.core.management import call_command
from django.db import connections
from plugins.database import TestDatabase, connect_django

from goldenthread.embedded import OWNER_ROLE, ServerAddress
from goldenthread.embedded.databases import create_database
from goldenthread.record.database import migrate_if_needed


def test_a_second_start_has_nothing_to_do(council_db: TestDatabase) -> None:
    assert migrate_if_needed() is False


def test_the_migrations_make_the_models(council_db: TestDatabase) -> None:
    call_command("makemigrations", "record", check=True, dry_run=True, verbosity=0)


def test_two_processes_that_start_together_migrate_once(
    council_db: TestDatabase, postgres: ServerAddress
) -> None:
    create_database(postgres, "test_together")
    connect_django(postgres, "test_together")
    did: list[bool] = []

    def start() -> None:
        try:
            did.append(migrate_if_needed())
        finally:
            connections.close_all()

    processes = [Thread(target=start) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(did) == [False, True]


def test_a_start_that_was_stopped_before_giving_rights_is_made_good(council_db: TestDatabase) -> None:
    with psycopg.connect(council_db.dsn(OWNER_ROLE)) as connection:
        connection.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM goldenthread_app")
    assert migrate_if_needed() is True
    with psycopg.connect(council_db.dsn()) as connection:
        assert connection.execute("SELECT count(*) FROM item").fetchone() == (0,)
