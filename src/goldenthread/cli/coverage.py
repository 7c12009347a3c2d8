"""`goldenthread coverage`: which actions answer what reviewers asked for."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from goldenthread.cli.failures import FINDINGS, CommandFailed
from goldenthread.cli.plan_files import plan_called
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, place, working

if TYPE_CHECKING:
    from goldenthread.assurance.coverage import Certificate, Row, Source


@click.command(short_help="Certify which actions answer what reviewers asked for.")
@click.argument("what", metavar="FILE|PLAN")
@click.option("--review", metavar="NAME", help="Only this review: its pack.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="As CSV, a line for each action under each recommendation."
)
@click.option("--as-at", type=DAY, metavar="DATE", help="The day on which to judge (default: today).")
@click.option("--council", metavar="COUNCIL", help="Whose plan it is, where several councils are held.")
def coverage(
    *, what: str, review: str | None, as_json: bool, as_csv: bool, as_at: datetime | None, council: str | None
) -> int:
    """Certify which actions answer what reviewers asked for, in a document or in a plan that is held here.

    Exit status 1 while a flag is open. docs/coverage.md says what each state means.
    """
    from goldenthread.assurance.coverage import certificate

    if as_json and as_csv:
        raise click.UsageError("Choose one of --json and --csv.")
    day = day_of(as_at) or civil_today()
    plan, file = plan_called(what, day_of(as_at), council)
    with working("Certifying"):
        found = _only(certificate(plan, day), review)
    if as_json:
        from goldenthread.reporting.coverage_pack import certificate_json

        click.echo(json.dumps(certificate_json(found), indent=2, ensure_ascii=False))
    elif as_csv:
        from goldenthread.assurance import check
        from goldenthread.documents.writing import csv_bytes
        from goldenthread.reporting.coverage_pack import pack_sheet

        sys.stdout.buffer.write(csv_bytes(pack_sheet(found.sources, check(plan, as_at=day))))
    else:
        _print_text(found, file)
    return FINDINGS if found.flags else 0


def _only(found: Certificate, review: str | None) -> Certificate:
    """The certificate of one review alone, or the whole."""
    if review is None:
        return found
    wanted = (one for one in found.sources if review.casefold() in {one.name.casefold(), one.slug})
    if source := next(wanted, None):
        return found.only(source)
    known = ", ".join(source.name for source in found.sources) or "none"
    raise CommandFailed(f"The plan has no review “{review}”. It has: {known}.")


def _print_text(found: Certificate, file: str) -> None:
    click.echo(found.headline)
    for line in found.detail:
        click.echo(line)
    for source in found.sources:
        click.echo(f"\n{source.name}: {_total(source)}")
        for row in (*source.flagged, *source.sound):
            click.echo(f"  {row.name}: {_state(row)}")
            for action in row.actions:
                title = action.title or "an action without a title"
                click.echo(
                    f"    {place(action.anchors, file)}: {title} ({action.status.value.replace('_', ' ')})"
                )
    click.echo(f"{counted(found.flags, 'flag')} open, as at {found.as_at:%Y-%m-%d}.", err=True)


def _total(source: Source) -> str:
    if source.stated is None:
        return counted(len(source.rows), "entry", "entries")
    return f"{source.found} found of {counted(source.stated, 'recommendation')} stated"


def _state(row: Row) -> str:
    from goldenthread.reporting.coverage_pack import lifted_words, verified_words

    because = f" ({row.because})" if row.because else ""
    return f"{row.state.in_words}{because}; {verified_words(row)}; {lifted_words(row).lower()}"
