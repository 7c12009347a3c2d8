"""Roles that can do no more than they should, and databases copied from a template."""

from collections.abc import Iterator

import psycopg
import pytest

from goldenthread.embedded import APP_ROLE, DATABASE, OWNER_ROLE, SUPERUSER, EmbeddedServer, ServerAddress
from goldenthread.embedded.databases import create_database, drop_database, ensure_roles_and_database


@pytest.fixture(scope="module")
def address(server: EmbeddedServer) -> Iterator[ServerAddress]:
    with server.running() as address:
        ensure_roles_and_database(address)
        yield address


def test_roles_have_no_powers(address: ServerAddress) -> None:
    powers = "rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication"
    with psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
        found = connection.execute(
            f"SELECT rolname, rolcanlogin, {powers} FROM pg_roles WHERE rolname ~ '^golden'"
        )
        assert sorted(found) == [(APP_ROLE, True, False), (OWNER_ROLE, True, False)]
        member = connection.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [APP_ROLE, OWNER_ROLE]).fetchone()
        assert member == (False,)


def test_owner_makes_tables_and_the_application_does_not(address: ServerAddress) -> None:
    with psycopg.connect(address.dsn(user=OWNER_ROLE)) as connection:
        connection.execute("CREATE TABLE theirs (id int)")
    with psycopg.connect(address.dsn()) as connection:
        assert connection.info.user == APP_ROLE
        assert connection.info.dbname == DATABASE
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE ours (id int)")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM theirs")


def test_a_second_call_changes_nothing(address: ServerAddress) -> None:
    with psycopg.connect(address.dsn(user=OWNER_ROLE)) as connection:
        connection.execute("CREATE TABLE stays (id int)")
    ensure_roles_and_database(address)
    with psycopg.connect(address.dsn(user=OWNER_ROLE)) as connection:
        assert connection.execute("SELECT to_regclass('stays') IS NOT NULL").fetchone() == (True,)


def test_a_copy_has_the_template_s_tables_and_goes_even_when_in_use(address: ServerAddress) -> None:
    create_database(address, "a template")
    with psycopg.connect(address.dsn("'a template'", OWNER_ROLE)) as connection:
        connection.execute(f"CREATE TABLE readings (value int); GRANT INSERT ON readings TO {APP_ROLE}")
    create_database(address, "a_copy", template="a template")

    with psycopg.connect(address.dsn("a_copy")) as connection:
        connection.execute("INSERT INTO readings VALUES (1)")
        connection.commit()
        drop_database(address, "a_copy")
    drop_database(address, "a template")
    drop_database(address, "a template")  # already gone

    with psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^a.'").fetchall()
    assert left == []


def test_the_address_is_also_a_url(address: ServerAddress) -> None:
    with psycopg.connect(address.url(user=OWNER_ROLE)) as connection:
        assert (connection.info.user, connection.info.dbname) == (OWNER_ROLE, DATABASE)
