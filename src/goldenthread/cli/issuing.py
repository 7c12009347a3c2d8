"""`goldenthread issued`: the reports that are held, their files as issued, and whether they can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.failures import CommandFailed
from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import working

if TYPE_CHECKING:
    from goldenthread.record.issued import HeldReport, ListedReport

DIFFERS = 1
"""The exit status where something is not what was issued."""


@click.command(short_help="List issued reports, or take their files.")
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--again", is_flag=True, help="Make it again from the record, and say whether it is the same.")
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Write the file as it was issued; its ending is the format. May be repeated.",
)
@click.pass_context
def issued(
    context: click.Context,
    *,
    number: int | None,
    again: bool,
    slug: str | None,
    council: str | None,
    output: tuple[Path, ...],
) -> None:
    """List the drafts and issued reports of a plan; with NUMBER, take the files of one as they were issued.

    With --again, each file is made again from the record and held against the one that was issued, and so is the plan.
    """
    if number is None and (again or output):
        raise click.UsageError("Say which report: give its NUMBER.")
    with open_record():
        from goldenthread.record.issued import held_report, listed_reports

        whose = chosen_council(council)
        plan = chosen_plan(whose, slug)
        if number is None:
            _list(listed_reports(whose.id, plan))
            return
        held = held_report(whose.id, plan, number)
        if not held.is_issued and (again or output):
            raise CommandFailed(f"Report {number} is not issued, so there is nothing that was issued of it.")
        _write(held, output)
        told = list(_made_again(held)) if again else []
        if not (again or output):
            _list([held])
    for words, _ in told:
        click.echo(words)
    if not all(same for _, same in told):
        context.exit(DIFFERS)


def _list(held: Sequence[ListedReport]) -> None:
    """A line for each: number, audience, cut-off, state, day of issue, hash of the record."""
    if not held:
        click.echo("No report was drafted or issued yet.")
    width = max((len(each.audience) for each in held), default=0)
    for each in held:
        issued_on = each.issued_on.isoformat() if each.issued_on else "-"
        parts = (each.cut_off.isoformat(), f"{each.state.label:9}", f"{issued_on:10}", each.head_hash or "-")
        click.echo(f"{each.number:>4}  {each.audience:{width}}  {'  '.join(parts)}")


def _write(held: HeldReport, output: tuple[Path, ...]) -> None:
    from goldenthread.reporting.report_files import format_of

    kept = {each.format: each for each in held.files}
    for path in output:
        file = kept.get(format_of(path))
        if file is None:
            raise CommandFailed(f"Report {held.number} was not issued as {path.suffix}.")
        try:
            content = file.content()
        except OSError as error:
            raise CommandFailed(
                f"The file with the hash {file.sha256} is missing or damaged. Restore it from a backup."
            ) from error
        path.write_bytes(content)
        click.echo(f"{path}: as issued, SHA-256 {file.sha256}.", err=True)


def _made_again(held: HeldReport) -> Iterator[tuple[str, bool]]:
    """What is the same and what is not, in words: the plan as it was known, then each file."""
    import hashlib

    from goldenthread.plan.canonical import content_hash
    from goldenthread.record.issued import composed, report_content
    from goldenthread.record.snapshot import snapshot
    from goldenthread.web.release import RELEASE

    plan = snapshot(council=held.council, plan=held.plan, cut_off=held.cut_off, known_at=held.known_at)
    yield _compared("plan", held.snapshot_hash, content_hash(plan))
    with working("Making it again"):
        made = report_content(held, composed(held, held.release), [each.format for each in held.files])
    for each in held.files:
        yield _compared(each.format.value, each.sha256, hashlib.sha256(made[each.format]).hexdigest())
    if held.release != RELEASE:
        yield f"It was issued by release {held.release}; this is {RELEASE}, whose files may differ.", True


def _compared(what: str, issued_as: str, now: str) -> tuple[str, bool]:
    if now == issued_as:
        return f"{what}: the same, {now}", True
    return f"{what}: not the same: issued as {issued_as}, now {now}", False
