"""`goldenthread verify`: whether the history is as it was sealed."""

from __future__ import annotations

import click

from goldenthread.cli.failures import FINDINGS
from goldenthread.cli.record import chosen_council, open_record
from goldenthread.cli.showing import counted, working


@click.command(short_help="Prove the history.")
@click.option("--council", metavar="COUNCIL", help="Only this council (default: every council held here).")
def verify(council: str | None) -> int:
    """Recompute every link of each council's chain of revisions.

    Prints the newest revision and its hash, which stands for all before it: compare it with a printed report.
    Exit status 1 when a link is broken, naming the first.
    """
    broken = 0
    with open_record():
        from goldenthread.record.history.verify import verify as verified
        from goldenthread.record.services.councils import council_register

        councils = [chosen_council(council)] if council else council_register()
        for held in councils:
            with working(f"Verifying {held.name}"):
                report = verified(held.id)
            if report.ok:
                newest = f" The newest is {report.head.hash}." if report.head else ""
                number = report.head.number if report.head else 0
                click.echo(f"{held.name}: {counted(number, 'revision')}, every link sound.{newest}")
                continue
            broken += 1
            first = report.broken[0]
            click.echo(f"{held.name}: revision {first.revision} is broken ({first.kind}): {first.detail}")
        if not councils:
            click.echo("Nothing is held here yet, so there is nothing to verify.")
    return FINDINGS if broken else 0
