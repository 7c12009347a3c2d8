"""How commands reach the record: the database is started, brought up to date and let go of again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from goldenthread.cli.failures import CommandFailed
from goldenthread.cli.showing import working

if TYPE_CHECKING:
    from goldenthread.record.models import Council


@contextmanager
def open_record() -> Iterator[None]:
    """Django set up on the database of the data folder, migrated. Only here do commands meet Django.

    Raises:
        EmbeddedServerError, django.db.Error: the database cannot be had.
    """
    from goldenthread.web.database import provide_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
    with working("Starting the database"):
        server = provide_database()
    started_by = os.getpid()
    try:
        with _django():
            yield
    finally:
        # A web worker is a fork of this process and shares its hold, so it must not let go for both.
        if server and os.getpid() == started_by:
            server.release()


@contextmanager
def _django() -> Iterator[None]:
    """Django set up, the database migrated, and its connections closed at the end."""
    import django
    from django.db import connections

    django.setup()
    from goldenthread.record.database import migrate_if_needed

    try:
        with working("Bringing the database up to date"):
            migrate_if_needed()
        yield
    finally:
        connections.close_all()


def chosen_council(slug: str | None) -> Council:
    """The council of this slug, or the only one that is held here.

    Raises:
        CommandFailed: there is none, or there are several and none was chosen.
    """
    from goldenthread.record.services.councils import council_register

    held = council_register()
    if not held:
        raise CommandFailed("Nothing is held here yet. Import a plan first: goldenthread import FILE.")
    fitting = [council for council in held if slug in (None, council.slug)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(council.slug for council in held)
    if fitting:
        raise CommandFailed(f"Several councils are held here. Choose one with --council: {names}.")
    raise CommandFailed(f"No council {slug} is held here; there is {names}.")


def chosen_plan(council: Council, slug: str | None) -> str:
    """The slug of the council's plan: the one named, or the only one.

    Raises:
        CommandFailed: there is none, or there are several and none was chosen.
    """
    from goldenthread.record.services.plans import plans

    held = [plan.slug for plan in plans(council.id)]
    if slug or len(held) == 1:
        return slug or held[0]
    if not held:
        raise CommandFailed(f"{council.name} has no plan yet. Import one first: goldenthread import FILE.")
    raise CommandFailed(f"{council.name} has several plans. Choose one with --plan: {', '.join(held)}.")
