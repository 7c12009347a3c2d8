"""Roles and databases on an embedded server, made by its superuser."""

from __future__ import annotations

import psycopg
from psycopg import sql

from goldenthread.embedded.shared import APP_ROLE, DATABASE, OWNER_ROLE, SUPERUSER, ServerAddress


def ensure_roles_and_database(address: ServerAddress, database: str = DATABASE) -> None:
    """Make the two roles and the database where they are not there; a second call changes nothing.

    `goldenthread_owner` owns the database and migrates it. `goldenthread_app` runs the application. Neither is a
    superuser, makes databases or roles, or gets past row level security.
    """
    with _superuser(address) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('goldenthread set-up'))")
        for role in (OWNER_ROLE, APP_ROLE):
            if not _exists(connection, "pg_roles", "rolname", role):
                connection.execute(
                    sql.SQL(
                        "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"
                    ).format(sql.Identifier(role))
                )
        if not _exists(connection, "pg_database", "datname", database):
            _create(connection, database, None)


def create_database(address: ServerAddress, name: str, template: str | None = None) -> None:
    """Make a database of `goldenthread_owner`, as a copy of `template` if one is named (nobody may be connected to it).

    Raises:
        psycopg.errors.DuplicateDatabase: There is one of that name.
        psycopg.errors.ObjectInUse: Somebody is connected to the template.
    """
    with _superuser(address) as connection:
        _create(connection, name, template)


def drop_database(address: ServerAddress, name: str) -> None:
    """Delete a database if it is there; whoever is connected to it is thrown out."""
    with _superuser(address) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _superuser(address: ServerAddress) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(address.dsn(SUPERUSER, SUPERUSER), autocommit=True)


def _exists(connection: psycopg.Connection[tuple[object, ...]], table: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None


def _create(connection: psycopg.Connection[tuple[object, ...]], name: str, template: str | None) -> None:
    """CREATE DATABASE; a database's own permissions are not copied from a template, so they are given each time."""
    database = sql.Identifier(name)
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY {}").format(
            database,
            sql.Identifier(OWNER_ROLE),
            sql.Identifier(template or "template0"),
            sql.SQL("FILE_COPY" if template else "WAL_LOG"),
        )
    )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APP_ROLE))
    )
