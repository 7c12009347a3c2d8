"""`goldenthread backtest`: how good the forecasts would have been on a history of forecasts and outcomes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.failures import CommandFailed
from goldenthread.cli.showing import console, counted

if TYPE_CHECKING:
    from goldenthread.forecasting.backtest import Result, Score
    from goldenthread.forecasting.replay import Replay

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="Score the forecasts on a history of your own.")
@click.argument("file", type=FILE)
@click.option(
    "--fit", "other", type=FILE, metavar="OTHER.csv", help="Fit on this history, not on FILE as it goes."
)
@click.option(
    "--predictions",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.csv",
    help="Write out every forecast.",
)
@click.option("--json", "as_json", is_flag=True, help="Every score, for machines.")
def backtest(*, file: Path, other: Path | None, out: Path | None, as_json: bool) -> None:
    """Make every forecast of FILE again, from what was known then, and score it against simple rules.

    FILE has the columns project,report_date,start,first_forecast,forecast,actual: a line for each report.
    A blank actual is a project still open.
    """
    from goldenthread.forecasting.files import as_histories, read_rows
    from goldenthread.forecasting.predictions import predictions
    from goldenthread.forecasting.prior import load
    from goldenthread.forecasting.replay import fitted, forecasts_of, rolling

    rows = read_rows(file)
    histories = as_histories(rows)
    cases = forecasts_of(rows, histories)
    if not len(cases):
        raise CommandFailed(
            f"{file}: no line has a forecast of a project that was still open, so there is nothing to try."
        )
    if other is None:
        replay = rolling(cases, histories, load())
    else:
        replay = fitted(cases, histories, as_histories(read_rows(other)), load())
    if out is not None:
        out.write_text(predictions(rows, replay), encoding="utf-8")
    result = replay.result()
    if as_json:
        click.echo(json.dumps({"how": replay.how, **asdict(result)}, indent=2))
    else:
        _print(replay, result)


def _print(replay: Replay, result: Result) -> None:
    for sentence in replay.how:
        click.echo(sentence)
    click.echo(
        f"{counted(result.forecasts, 'forecast')} of {counted(result.projects, 'project')} scored; "
        f"the outcome is known of {result.finished} of {result.finished_projects}. "
        f"Without a forecast: {result.abstained}."
    )
    if not result.finished:
        click.echo("Too few were finished to score anything: a forecast counts from when ten others were.")
        return
    click.echo()
    click.echo(
        f"{'':16}{'CRPS, days':>22}{'80 % interval':>22}{'with open':>11}{'Brier 1 month':>15}{'3':>9}{'6':>9}"
    )
    click.echo(f"{'':16}{'forecast':>11}{'project':>11}{'forecast':>11}{'project':>11}")
    for score in result.scores:
        console().print(_line(score), markup=False, highlight=False, soft_wrap=True)
    click.echo()
    for skill in result.skills:
        click.echo(
            f"CRPS against {skill.against}: {skill.value:+.1%} (95 % interval {skill.low:+.1%} to {skill.high:+.1%}), "
            f"by project {skill.by_project:+.1%}"
        )


def _line(score: Score) -> str:
    days = f"{score.name:16}{score.crps:11.1f}{score.crps_by_project:11.1f}"
    shares = f"{score.covered:11.1%}{score.covered_by_project:11.1%}{score.covered_with_open:11.1%}"
    one, three, six = score.brier.values()
    return f"{days}{shares}{one:15.4f}{three:9.4f}{six:9.4f}"
