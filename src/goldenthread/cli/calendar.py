"""`goldenthread calendar`: what is due before each meeting, as lines or as a file for calendar programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.record import chosen_council, open_record
from goldenthread.cli.showing import DAY, civil_today, counted, day_of

if TYPE_CHECKING:
    from goldenthread.reporting.calendar import PreElection


@click.command(short_help="Say what is due before each meeting.")
@click.option(
    "--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write it for calendar programs."
)
@click.option("--as-at", type=DAY, metavar="DATE", help="As somebody sees it on that day (default: today).")
@click.option(
    "--cut-off", type=DAY, metavar="DATE", help="Say which meetings a report of this cut-off misses."
)
@click.option("--notice", type=DAY, metavar="DATE", help="The day of the notice of an election.")
@click.option("--polling", type=DAY, metavar="DATE", help="Polling day of that election.")
@click.option("--no-election", is_flag=True, help="There is no election.")
@click.option("--council", metavar="COUNCIL", help="Whose calendar, where several councils are held.")
def calendar(
    *,
    ics: Path | None,
    as_at: datetime | None,
    cut_off: datetime | None,
    notice: datetime | None,
    polling: datetime | None,
    no_election: bool,
    council: str | None,
) -> None:
    """Say what is due before each meeting that is entered: cut-off, draft, clearance, publication and notices.

    What does not work is said on standard error. docs/calendar.md says how the days are counted.
    """
    elections = _elections(notice, polling, none=no_election)
    on = day_of(as_at) or civil_today()
    with open_record():
        from goldenthread.record.cycle.deadlines import calendar_of
        from goldenthread.record.scope import council_scope

        held = chosen_council(council)
        with council_scope(held.id):
            found = calendar_of(held.id, on=on, elections=elections, cut_off=day_of(cut_off))
        name = held.name
    if ics:
        from goldenthread.reporting.calendar.feed import calendar_feed

        ics.write_bytes(calendar_feed(found, name=f"{name}: reporting calendar"))
        click.echo(f"{ics}: {counted(len(found.days), 'day')}.", err=True)
    else:
        for each in found.days:
            if each.day >= on:
                click.echo(f"{each.day:%Y-%m-%d}\t{each.words}")
    for warning in found.warnings:
        click.echo(warning.text, err=True)


def _elections(
    notice: datetime | None, polling: datetime | None, *, none: bool
) -> tuple[PreElection, ...] | None:
    """The pre-election period that was typed; none at all; or None for the usual ones."""
    from goldenthread.reporting.calendar import PreElection

    if none:
        return ()
    if notice is None and polling is None:
        return None
    if notice is None or polling is None or polling < notice:
        raise click.UsageError("Give --notice and --polling together, the notice first.")
    return (PreElection(notice.date(), polling.date()),)
