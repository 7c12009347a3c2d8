"""`goldenthread read`: what a document says, without keeping anything of it."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.showing import console, counted, place, working
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from goldenthread.plan.model import Plan, Theme
    from goldenthread.plan.questions import Question


@click.command(short_help="Say what is in a document; keep nothing.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON, for other programs.")
@click.option(
    "--questions", is_flag=True, help="Print what only a person can answer, with the possible readings."
)
def read(file: Path, as_json: bool, questions: bool) -> None:
    """Read the plan in FILE and say what is in it.

    Nothing is kept, and no database is needed.
    """
    if as_json and questions:
        raise click.UsageError("Choose --json or --questions: the JSON holds the questions too.")
    with working(f"Reading {file.name}"):
        plan = plan_in(file)
    if as_json:
        from goldenthread.reading import reading_json

        click.echo(json.dumps(reading_json(plan), indent=2, ensure_ascii=False))
    elif questions:
        for question in plan.questions:
            _show_question(question, str(file))
        click.echo(f"{counted(len(plan.questions), 'question')}.")
    else:
        _show_plan(plan, file)


def _show_plan(plan: Plan, file: Path) -> None:
    from rich.table import Table

    out = console()
    out.print(plan.title, style="bold")
    if plan.approved_on:
        out.print(f"Approved by {plan.approving_body or 'the council'} on {day_words(plan.approved_on)}")
    for theme in plan.themes:
        out.print(f"  {theme.number}  {theme.name}")
    table = Table("Theme", *(str(theme.number) for theme in plan.themes), "All", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, count in _COUNTED.items():
        numbers = [count(theme) for theme in plan.themes]
        table.add_row(name, *map(str, numbers), str(sum(numbers)))
    out.print(table)
    leads = {lead for action in plan.actions() for lead in action.leads}
    cited = {
        reference for action in plan.actions() for part in action.walk() for reference in part.references
    }
    parts = ((leads, "lead"), (plan.reviews, "review"), (cited, "different reference"), (plan.risks, "risk"))
    out.print(", ".join(counted(len(part), name) for part, name in parts))
    _show_what_is_asked(plan, file)


def _show_what_is_asked(plan: Plan, file: Path) -> None:
    if plan.questions:
        kinds = Counter(question.kind.value.replace("_", " ") for question in plan.questions)
        listed = ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
        click.echo(f"{counted(len(plan.questions), 'question')} for a person: {listed}")
        click.echo(f"See them with: goldenthread read --questions {shlex.quote(str(file))}")


_COUNTED: dict[str, Callable[[Theme], int]] = {
    "Objectives": lambda theme: len(theme.objectives),
    "Workstreams": lambda theme: len(theme.workstreams),
    "Actions": lambda theme: len(theme.actions),
    "Steps": lambda theme: sum(1 for action in theme.actions for _ in action.all_steps()),
    "Milestones": lambda theme: len(theme.milestones),
    "Deliverables": lambda theme: len(theme.deliverables),
    "Success statements": lambda theme: len(theme.success_statements),
}


def _show_question(question: Question, file: str) -> None:
    click.echo(f"{place(question.anchors, file)}: {question.kind.value}: {question.text}")
    for number, candidate in enumerate(question.candidates):
        mark = "*" if number == question.default else " "
        click.echo(f"  {mark} {candidate.label}" + (f" ({candidate.reason})" if candidate.reason else ""))
