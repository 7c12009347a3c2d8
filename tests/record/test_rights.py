"""Who may do what to which table."""

import psycopg
import pytest
from plugins.database import TestDatabase

from goldenthread.embedded import APP_ROLE, OWNER_ROLE
from goldenthread.record.rights import COUNCIL_OWNED, EXCEPTIONS


def test_every_table_is_under_forced_row_security_or_a_listed_exception(council_db: TestDatabase) -> None:
    with psycopg.connect(council_db.owner) as connection:
        tables = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    assert {name for name, forced in tables if forced} == COUNCIL_OWNED.keys()
    assert {name for name, forced in tables if not forced} == EXCEPTIONS.keys()


def test_the_roles_cannot_get_past_row_security(council_db: TestDatabase) -> None:
    with psycopg.connect(council_db.owner) as connection:
        roles = connection.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = ANY(%s)",
            [[APP_ROLE, OWNER_ROLE]],
        ).fetchall()
    assert roles == [(False,), (False,)]


def test_no_table_can_be_emptied_and_no_history_changed_by_the_application(council_db: TestDatabase) -> None:
    with psycopg.connect(council_db.dsn()) as connection:
        for table in (*COUNCIL_OWNED, *EXCEPTIONS):
            assert _refuses(connection, f'TRUNCATE "{table}" CASCADE'), table
        for table in (
            "item",
            "dated_fact",
            "stored_file",
            "change",
            "revision",
            "plan",
            "question",
            "disposal",
        ):
            assert _refuses(connection, f'DELETE FROM "{table}"'), table
        for table in ("dated_fact", "stored_file", "change", "revision", "disposal"):
            assert _refuses(connection, f'UPDATE "{table}" SET council_id = council_id'), table
        for table in ("change", "revision"):
            assert _refuses(connection, f'INSERT INTO "{table}" (council_id) VALUES (gen_random_uuid())'), (
                table
            )


def test_not_even_the_owner_can_empty_a_table_of_the_record(council_db: TestDatabase) -> None:
    with psycopg.connect(council_db.owner) as connection:
        for table in COUNCIL_OWNED:
            with pytest.raises(psycopg.errors.RestrictViolation), connection.transaction():
                connection.execute(f'TRUNCATE "{table}" CASCADE')


def _refuses(connection: psycopg.Connection, statement: str) -> bool:
    try:
        with connection.transaction():
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False
