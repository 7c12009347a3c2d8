"""`goldenthread export`: a plan as JSON, or everything that is held for a council."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, counted, day_of, working


@click.command(short_help="Write out a plan, or everything.")
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option("--as-at", type=DAY, metavar="DATE", help="The plan as it stood at the end of that day.")
@click.option("--archive", is_flag=True, help="Everything: history, plans and source files, in one ZIP file.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file (default: standard output; for an archive, COUNCIL-REVISION.zip).",
)
def export(
    *, slug: str | None, council: str | None, as_at: datetime | None, archive: bool, output: Path | None
) -> None:
    """Write out a plan as canonical JSON, or with --archive all that is held for the council."""
    if archive and (as_at or slug):
        raise click.UsageError("An archive holds every plan in every state: leave --as-at and --plan out.")
    with open_record():
        whose = chosen_council(council)
        if archive:
            from goldenthread.cli.archive import write_archive

            with working("Writing the archive"):
                path, revision = write_archive(whose, output)
            click.echo(f"{path}: {counted(revision, 'revision')} of {whose.name}.", err=True)
            return
        from goldenthread.plan.canonical import canonical_json
        from goldenthread.record.snapshot import snapshot

        text = canonical_json(
            snapshot(council=whose.id, plan=chosen_plan(whose, slug), cut_off=day_of(as_at))
        )
    if output:
        output.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)
