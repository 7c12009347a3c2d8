"""`goldenthread check-letter`: what a plan makes of a letter, sentence by sentence."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.showing import DAY, counted, working
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from goldenthread.reporting.claims import ClaimCheck


@click.command("check-letter", short_help="Hold a letter or narrative against a plan.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--against",
    "plan_file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PLANFILE",
    help="The plan: a document, or a plan's JSON.",
)
@click.option("--from", "since", type=DAY, required=True, metavar="DATE", help="The first day reported on.")
@click.option("--to", "until", type=DAY, required=True, metavar="DATE", help="The last day reported on.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--actions", is_flag=True, help="List the actions and steps that are not mentioned, too.")
def check_letter(
    *, file: Path, plan_file: Path, since: datetime, until: datetime, as_json: bool, actions: bool
) -> None:
    """Say of every sentence whether the plan supports or contradicts it, and list what fell due and is not mentioned.

    Places: L12 is line 12 of the letter, P506 line 506 of the plan. docs/claim-check.md says what the verdicts mean.
    What it says is for a person to read and to judge: the exit status is 0 whatever is found.
    """
    if until < since:
        raise click.UsageError(f"The period ends ({until:%Y-%m-%d}) before it begins ({since:%Y-%m-%d}).")
    check = _checked(file, plan_file, since.date(), until.date())
    if as_json:
        click.echo(json.dumps(check.as_json(with_actions=actions), indent=2, ensure_ascii=False))
    else:
        _print(check, file.name, with_actions=actions)


def _checked(file: Path, plan_file: Path, since: date, until: date) -> ClaimCheck:
    from goldenthread.documents import read_document
    from goldenthread.reporting.claims import check_claims

    with working(f"Reading {file.name} and {plan_file.name}"):
        return check_claims(read_document(file), plan_in(plan_file), since=since, until=until)


def _print(check: ClaimCheck, name: str, *, with_actions: bool) -> None:
    from goldenthread.reporting.claims import Verdict

    for note in check.notes:
        click.echo(f"{name}: {note}")
    for claim in check.claims:
        if claim.verdict is Verdict.NO_CLAIM:
            continue
        click.echo(f"{name}:{claim.line}: {claim.verdict}: {claim.text}")
        for because in claim.because:
            click.echo(f"    {because.anchor}: {because.text}")
    missing = (*check.unmentioned, *(check.unmentioned_actions if with_actions else ()))
    for one in missing:
        click.echo(f"{one.anchor}: not mentioned: {one.name}, due {one.due}")
    said = ", ".join(f"{check.count(verdict)} {verdict}" for verdict in Verdict)
    click.echo(
        f"{counted(len(check.claims), 'sentence')}: {said}. {counted(len(missing), 'promise')} not mentioned of those "
        f"that fell due from {day_words(check.since)} to {day_words(check.until)}.",
        err=True,
    )
