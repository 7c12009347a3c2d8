"""`goldenthread export`: a plan as JSON or as a file to work on, or everything that is held for a council."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, counted, day_of, working

if TYPE_CHECKING:
    from goldenthread.plan.model import Plan

FORMATS = ("json", "archive", "xlsx", "ods", "csv", "docx", "odt", "md")
_BINARY = frozenset({"xlsx", "ods", "docx", "odt"})


@click.command(short_help="Write out a plan, or everything.")
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option("--as-at", type=DAY, metavar="DATE", help="The plan as it stood at the end of that day.")
@click.option("--archive", is_flag=True, help="Everything: history, plans and source files, in one ZIP file.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="json (default), a file to work on and import again, or archive. The ending of FILE says it too.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file (default: standard output; for an archive COUNCIL-REVISION.zip, for a file PLAN.FORMAT).",
)
def export(
    *,
    slug: str | None,
    council: str | None,
    as_at: datetime | None,
    archive: bool,
    format_: str | None,
    output: Path | None,
) -> None:
    """Write out a plan, as canonical JSON or as a file to work on; or with --archive all that is held."""
    chosen = _format(format_, output, archive=archive)
    if chosen == "archive" and (as_at or slug):
        raise click.UsageError("An archive holds every plan in every state: leave --as-at and --plan out.")
    with open_record():
        whose = chosen_council(council)
        if chosen == "archive":
            from goldenthread.cli.archive import write_archive

            with working("Writing the archive"):
                path, revision = write_archive(whose, output)
            click.echo(f"{path}: {counted(revision, 'revision')} of {whose.name}.", err=True)
            return
        from goldenthread.record.snapshot import snapshot

        which = chosen_plan(whose, slug)
        plan = snapshot(council=whose.id, plan=which, cut_off=day_of(as_at))
    _write(plan, chosen, output)


def _format(named: str | None, output: Path | None, *, archive: bool) -> str:
    """The format asked for: by name, else by the ending of the file, else JSON."""
    if archive and named not in (None, "archive"):
        raise click.UsageError("Choose one: --archive, or --format for a plan.")
    ending = output.suffix.lower().removeprefix(".") if output else ""
    if archive or named:
        return named or "archive"
    return ending if ending in FORMATS else "json"


def _write(plan: Plan, format_: str, output: Path | None) -> None:
    if format_ == "json":
        from goldenthread.plan.canonical import canonical_json

        content = (canonical_json(plan) + "\n").encode()
    else:
        from goldenthread.reporting.plan_files import ENDINGS, plan_file

        kinds = {ending: kind for kind, ending in ENDINGS.items()}
        with working("Writing the plan"):
            content = plan_file(plan, kinds[format_])
    if output is None and format_ in _BINARY:
        from goldenthread.plan.keys import slug

        output = Path(f"{slug(plan.title)}.{format_}")
        click.echo(f"{output}: {plan.title}.", err=True)
    if output:
        output.write_bytes(content)
    else:
        click.echo(content.decode(), nl=False)
