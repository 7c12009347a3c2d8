"""`goldenthread doctor`: whether this machine has what is needed, and what to do where it has not."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from goldenthread.cli.failures import FINDINGS
from goldenthread.cli.showing import working

LEAST_SPACE = 500 * 1024 * 1024
"""Free disk below which a data folder is in trouble, in bytes."""


class Ailment(Exception):
    """What is wrong, and what to do about it."""


@click.command(short_help="Check what this machine needs.")
def doctor() -> int:
    """Check what Golden Thread needs: one line for each, with what to do.

    Nothing is changed, but that the data folder is made. Exit status 1 when something is missing.
    """
    sound = [_examined(name, examine) for name, examine in _ON_THIS_MACHINE.items()]
    named = "DATABASE_URL" in os.environ
    sound.append(_examined("PostgreSQL", lambda: _with_database(lambda: _postgresql(named))))
    if sound[-1]:
        sound.append(_examined("Migrations", lambda: _with_database(_migrations)))
    return 0 if all(sound) else FINDINGS


def _examined(name: str, examine: Callable[[], str]) -> bool:
    """Print the line of one examination, and say whether all is well."""
    try:
        with working(name):
            found = examine()
    except Exception as error:  # whatever it is, it is the answer
        click.echo(f"FAIL  {name}: {' '.join(str(error).split()) or type(error).__name__}")
        return False
    click.echo(f"ok    {name}: {found}")
    return True


def _python() -> str:
    return f"{sys.version.split()[0]}, {sys.executable}"


def _data_folder() -> str:
    folder = _home()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return str(folder)
    except OSError as error:
        said = f"{folder} cannot be written ({error.strerror}). Name another folder in GOLDENTHREAD_HOME."
        raise Ailment(said) from error


def _disk() -> str:
    folder = _home()
    free = shutil.disk_usage(next(part for part in (folder, *folder.parents) if part.exists())).free
    words = f"{free / 2**30:.1f} GB free"
    if free < LEAST_SPACE:
        raise Ailment(f"only {words} for {folder}. Make room, or name another folder in GOLDENTHREAD_HOME.")
    return words


def _pandoc() -> str:
    import pypandoc

    try:
        return f"{pypandoc.get_pandoc_version()}, {pypandoc.get_pandoc_path()}"
    except OSError as error:
        raise Ailment("not found. Install the package pypandoc-binary, or pandoc itself.") from error


def _postgresql(named: bool) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    return f"{version}, {'the one that DATABASE_URL names' if named else 'starts in the data folder'}"


def _migrations() -> str:
    from django.core.management import call_command

    try:
        call_command("migrate", database="owner", check_unapplied=True, verbosity=0)
    except SystemExit:
        return "some are to come; the next command that uses the record applies them"
    return "all applied"


def _with_database(examine: Callable[[], str]) -> str:
    """What an examination finds with the database running, which is not migrated here."""
    import django

    from goldenthread.web.database import provide_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
    server = provide_database()
    try:
        django.setup()
        return examine()
    finally:
        from django.db import connections

        connections.close_all()
        if server:
            server.release()
            del os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]


def _home() -> Path:
    from goldenthread.web.database import home

    return home()


_ON_THIS_MACHINE: dict[str, Callable[[], str]] = {
    "Python": _python,
    "Data folder": _data_folder,
    "Disk": _disk,
    "Pandoc": _pandoc,
}
