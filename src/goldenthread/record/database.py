"""Bringing the database up to date: migrations by the owner's role, rights for the application's."""

from __future__ import annotations

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from goldenthread.record.rights import give_rights, lacks_rights

OWNER = "owner"
"""The name of the owner's connection in Django's DATABASES."""

_ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtext('goldenthread migrations'))"
_DONE = "SELECT pg_advisory_unlock(hashtext('goldenthread migrations'))"


def migrate_if_needed() -> bool:
    """Apply the migrations that the database lacks and give the application its rights. Returns whether any were.

    Two processes that start together migrate once. A database that is up to date costs a few queries.
    """
    if not _lacking():
        return False
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    try:
        lacking = _lacking()
        if lacking:
            call_command("migrate", database=OWNER, verbosity=0, interactive=False)
            give_rights(connections[OWNER], _app_role())
    finally:
        with connections[OWNER].cursor() as cursor:
            cursor.execute(_DONE)
        connections[OWNER].close()
    return lacking


def _lacking() -> bool:
    """Whether there is a migration on disk that the database has not had, or a right that the application lacks."""
    on_disk = set(MigrationLoader(None).disk_migrations or ())
    applied = set(MigrationRecorder(connections[OWNER]).applied_migrations())
    return not on_disk <= applied or lacks_rights(connections[OWNER], _app_role())


def _app_role() -> str:
    return connections[DEFAULT_DB_ALIAS].settings_dict["USER"]
