"""`goldenthread report`: the report of an audience, as a file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from goldenthread.cli.failures import CommandFailed
from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, day_of, working
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from goldenthread.record.report_templates import Templates
    from goldenthread.reporting.composing import Report
    from goldenthread.reporting.definitions import Definition
    from goldenthread.reporting.matter import Matter
    from goldenthread.reporting.report_files import ReportFormat


@click.command(short_help="Write the report of an audience.")
@click.argument("audience")
@click.option(
    "--as-at", type=DAY, metavar="DATE", help="The cut-off: how things stood at the end of that day."
)
@click.option(
    "--known-at", type=click.IntRange(1), metavar="REV", help="As known at this change, not the newest."
)
@click.option("--since", type=DAY, metavar="DATE", help="Compare with the end of this day.")
@click.option("--meeting", type=DAY, metavar="DATE", help="The day of the meeting that it goes to.")
@click.option(
    "--fill", multiple=True, metavar="NAME=WORDS", help="Words for a blank of its wording. May be repeated."
)
@click.option(
    "--definition",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A definition to use in place of the one that counts.",
)
@click.option(
    "--reference",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A Word or OpenDocument file to write on, for its styles, header and footer.",
)
@click.option(
    "--standard", is_flag=True, help="Our definition and letterhead, whatever the council has adopted."
)
@click.option(
    "--show-definition", is_flag=True, help="Print the definition, to be copied and edited, and stop."
)
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Write to this file; its ending is the format. May be repeated.",
)
def report(
    *,
    audience: str,
    as_at: datetime | None,
    known_at: int | None,
    since: datetime | None,
    meeting: datetime | None,
    fill: tuple[str, ...],
    definition: Path | None,
    reference: Path | None,
    standard: bool,
    show_definition: bool,
    slug: str | None,
    council: str | None,
    output: tuple[Path, ...],
) -> None:
    """Write the report of an audience, as Word, OpenDocument, PDF, a web page, a workbook or CSV.

    AUDIENCE is one of those that have a definition, or reviewer:NAME for the pack of one reviewer. Definitions and
    letterheads are those that the council adopted; where it adopted none, ours.
    """
    name, _, reviewer = audience.partition(":")
    if show_definition and standard:
        from goldenthread.reporting.definitions import definition_text

        click.echo(definition_text(name), nl=False)
        return
    if not show_definition and (as_at is None or not output):
        raise click.UsageError("Give the cut-off with --as-at DATE and the file with -o FILE.")
    with open_record(), working("Reading the record"):
        whose = chosen_council(council)
        templates = _templates(whose.id, known_at, standard=standard)
        if show_definition or as_at is None:
            click.echo(templates.definition_text(name), nl=False)
            return
        asked = _definition(name, definition, templates)
        which = (whose.id, chosen_plan(whose, slug))
        matter = _matter(which, asked, as_at.date(), day_of(since), known_at)
        references = _references(reference, templates)
    composed = _composed(matter, asked, reviewer, day_of(meeting), _filled(fill))
    _write(composed, output, references)
    for each in composed.unfinished:
        click.echo(f"Still to be written: {each}", err=True)


def _templates(council: UUID, known_at: int | None, *, standard: bool) -> Templates:
    from goldenthread.record.report_templates import Templates, templates_of

    return Templates({}) if standard else templates_of(council, known_at=known_at)


def _references(given: Path | None, templates: Templates) -> dict[ReportFormat, bytes]:
    """The files to write on: that of the council for each format, and the one that was named before it."""
    from goldenthread.reporting.report_files import ReportFormat, format_of

    own = {ReportFormat(kind): held.content() for kind, held in templates.letterheads.items()}
    return own | ({format_of(given): given.read_bytes()} if given else {})


def _definition(audience: str, own: Path | None, templates: Templates) -> Definition:
    from goldenthread.reporting.definitions import read_definition

    if own is None:
        return templates.definition(audience)
    read = read_definition(own.read_text(encoding="utf-8"), str(own))
    if read.audience != audience:
        raise CommandFailed(f"{own} defines the report for {read.audience}, not for {audience}.")
    return read


def _matter(
    which: tuple[UUID, str], asked: Definition, cut_off: date, since: date | None, known_at: int | None
) -> Matter:
    from goldenthread.record.reports import ReportOn, report_matter
    from goldenthread.web.release import RELEASE

    council, plan = which
    months = asked.covers.months
    on = ReportOn(
        council=council,
        plan=plan,
        cut_off=cut_off,
        months=months,
        release=RELEASE,
        known_at=known_at,
        since=since,
    )
    return report_matter(on)


def _composed(
    matter: Matter, asked: Definition, reviewer: str, meeting: date | None, fill: dict[str, str]
) -> Report:
    """The report, unless a figure of it is another in any other report of the same day."""
    from goldenthread.reporting.composing import compose, disagreements

    if asked.audience == "reviewer" and not reviewer:
        raise click.UsageError("Say whose pack it is: reviewer:NAME.")
    try:
        told = matter.for_reviewer(reviewer) if reviewer else matter
    except LookupError as error:
        raise CommandFailed(str(error.args[0])) from error
    composed = compose(told, asked, meeting=meeting, fill=fill)
    if differing := disagreements(composed, matter):
        raise CommandFailed(
            "Nothing was written, because a figure is not the same everywhere. "
            + " ".join(f"{each}." for each in differing)
        )
    return composed


def _filled(given: tuple[str, ...]) -> dict[str, str]:
    if odd := next((each for each in given if "=" not in each), None):
        raise click.UsageError(f"--fill {odd} names no blank: write --fill NAME=WORDS.")
    return {name.strip(): words.strip() for name, _, words in (each.partition("=") for each in given)}


def _write(composed: Report, output: tuple[Path, ...], references: dict[ReportFormat, bytes]) -> None:
    from goldenthread.reporting.report_files import format_of, report_files

    formats = {path: format_of(path) for path in output}
    with working("Writing the report"):
        made = report_files(composed, set(formats.values()), references)
    for path, format_ in formats.items():
        path.write_bytes(made[format_])
        click.echo(f"{path}: {composed.title}, as at {day_words(composed.stamp.as_at)}.", err=True)
