"""`goldenthread publish`: the public pages of a plan, as a folder that any web server can show."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.failures import CommandFailed
from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, working
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from uuid import UUID

    from goldenthread.reporting.public.edition import Edition


@click.command(short_help="Write the public pages of a plan into a folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option("--as-at", type=DAY, metavar="DATE", help="The plan as it stood at the end of that day.")
@click.option(
    "--since", type=DAY, metavar="DATE", help="Compare with that day, if nothing was published before."
)
@click.option("--hold", multiple=True, metavar="REF", help="Hold this back as well (A12). May be repeated.")
@click.option(
    "--address", default="", metavar="URL", help="Where the pages will be, for the feed and their foot."
)
@click.option(
    "--contact", default="", metavar="WORDS", help="How people reach those who answer for the pages."
)
def publish(
    *,
    folder: Path,
    slug: str | None,
    council: str | None,
    as_at: datetime | None,
    since: datetime | None,
    hold: tuple[str, ...],
    address: str,
    contact: str,
) -> None:
    """Write the public pages of a plan into the folder DIR: HTML without scripts, open data and a feed of changes.

    Without --as-at it writes what an officer decided to publish, or if nobody has, the plan as it stands today. What is
    held back is listed on the terminal and is in none of the files. DIR is replaced as a whole, if it is new, empty or
    was published before.
    """
    from dataclasses import replace

    from goldenthread.record.public import public_report_files
    from goldenthread.reporting.public.folder import NotOurs, refuse_others, write_folder
    from goldenthread.reporting.public.site import site_files

    try:
        refuse_others(folder.absolute())
        with open_record(), working("Reading the record"):
            whose = chosen_council(council)
            found = _edition(whose.id, chosen_plan(whose, slug), as_at, since, hold)
            reports = public_report_files(found.reports)
        ended = f"{address.rstrip('/')}/" if address else ""
        edition = replace(found, address=ended, contact=contact)
        with working("Writing the pages"):
            files = site_files(edition) | reports
            write_folder(folder, files)
    except NotOurs as error:
        raise CommandFailed(str(error)) from error
    pages = sum(path.endswith(".html") for path in files)
    day = day_words(edition.now.day)
    click.echo(f"{folder}: {counted(pages, 'page')}, {edition.now.plan.title}, as at {day}.", err=True)
    for held in edition.now.held:
        click.echo(f"Held back: {held.ref or held.kind.lower()}, because {held.why}.", err=True)


def _edition(
    council: UUID, plan: str, as_at: datetime | None, since: datetime | None, hold: tuple[str, ...]
) -> Edition:
    from goldenthread.record.public import edition_at, last_edition

    if as_at is None and since is None and not hold and (decided := last_edition(council, plan)):
        return decided
    return edition_at(council, plan, day_of(as_at) or civil_today(), hold=hold, since=day_of(since))
