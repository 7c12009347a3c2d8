"""`goldenthread import`: a document becomes a plan, or changes the plan that is held."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.record import open_record
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, working
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from goldenthread.plan.changes import Change
    from goldenthread.plan.model import Plan
    from goldenthread.record.actor import Actor
    from goldenthread.record.models import Import

NAME = "goldenthread import"


@click.command("import", short_help="Make a document a plan, or amend one.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and keep nothing.")
@click.option(
    "--effective",
    type=DAY,
    metavar="DATE",
    help="From which day it counts (default: for a new plan the day on which it was approved, else today).",
)
@click.option(
    "--plan", "slug", metavar="PLAN", help="The plan that it amends, where the council has several."
)
@click.option("--council", metavar="COUNCIL", help="Whose plan it is, where several councils are held.")
@click.option("--reason", help="Why, for the history (default: that the file was imported).")
def import_(
    *,
    file: Path,
    dry_run: bool,
    effective: datetime | None,
    slug: str | None,
    council: str | None,
    reason: str | None,
) -> None:
    """Import the plan in FILE, or the changes it makes to the plan that is held.

    Importing the same file again changes nothing. Questions that it raises are answered in the browser.
    """
    from goldenthread.documents import read_document

    read_document(file)  # so that a wrong name costs no database
    with open_record():
        if not dry_run:
            _import(file, day_of(effective), slug, council, reason)
            return
        from django.db import transaction

        with transaction.atomic():
            _rehearse(file, slug, council)
            transaction.set_rollback(True)


def _import(
    file: Path, effective: date | None, slug: str | None, council: str | None, reason: str | None
) -> None:
    actor, started = _start(file, slug, council)
    if started is None:
        return
    from goldenthread.record.services.imports import apply_import, import_reading

    reading = import_reading(actor.council, started.id)
    from_day = effective or (reading.approved_on if started.plan_id is None else None) or civil_today()
    with working("Storing"):
        loaded = apply_import(
            actor=actor, import_id=started.id, reason=reason or f"Imported {file.name}", effective_on=from_day
        )
    where = f"plan {loaded.slug}, revision {loaded.revision}, from {day_words(from_day)}"
    click.echo(f"“{reading.title}” is {where}.")
    click.echo(_questions(reading))


def _rehearse(file: Path, slug: str | None, council: str | None) -> None:
    actor, started = _start(file, slug, council)
    if started is None:
        return
    from goldenthread.record.services.imports import import_changes, import_reading

    with working("Comparing"):
        _show_changes(import_changes(actor.council, started.id), new=started.plan_id is None)
    open_questions = _questions(import_reading(actor.council, started.id))
    click.echo(f"{open_questions} Nothing was kept: this was a dry run.")


def _start(file: Path, slug: str | None, council: str | None) -> tuple[Actor, Import | None]:
    """The document read and kept; None where the very same one was applied already and nothing has replaced it."""
    from goldenthread.record.models.imports import ImportState
    from goldenthread.record.services.imports import start_import

    actor = _actor(file, council)
    with working(f"Reading {file.name}"):
        started = start_import(actor=actor, name=file.name, content=file.read_bytes(), plan=slug)
    if started.state == ImportState.APPLIED:
        click.echo(f"{file.name} was imported already, and nothing has replaced it since: nothing to do.")
        return actor, None
    return actor, started


def _actor(file: Path, council: str | None) -> Actor:
    """The command as an actor for the council held here, which is added where there is none."""
    from goldenthread.cli.plan_files import plan_in
    from goldenthread.cli.record import chosen_council
    from goldenthread.record.services.councils import command_actor, council_register, create_council

    if council_register():
        return command_actor(chosen_council(council).id, NAME)
    with working(f"Reading {file.name}"):
        name = plan_in(file).council.name
    return command_actor(create_council(command=NAME, name=name, slug=council).id, NAME)


def _questions(reading: Plan) -> str:
    number = len(reading.questions)
    return f"{counted(number, 'question')} {'is' if number == 1 else 'are'} open."


def _show_changes(changes: tuple[Change, ...], new: bool) -> None:
    from goldenthread.web.presenting.changes import group_changes

    groups = [group for group in group_changes(changes) if not (new and group.fields)]
    if not groups:
        click.echo("It says what the plan says already.")
    elif new:
        click.echo("A plan that is not held here yet.")
    for group in groups:
        click.echo(f"{group.title}: {group.total}")
        for row in group.rows:
            click.echo(f"  {row.item}: {row.what}: {row.before} → {row.after}")
        for kind, names in group.kinds:
            click.echo(f"  {kind}: {len(names)}" if new else "\n".join(f"  {kind}: {name}" for name in names))
