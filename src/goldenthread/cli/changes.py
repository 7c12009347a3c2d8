"""`goldenthread changes`: what changed in a plan between two days, and what stands behind each change."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.failures import CommandFailed
from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, console, counted, day_of
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from goldenthread.record.change_table import ChangeRow


@click.command(short_help="What changed in a plan between two days.")
@click.option("--from", "first", type=DAY, required=True, metavar="DATE", help="From the end of this day.")
@click.option("--to", "second", type=DAY, required=True, metavar="DATE", help="To the end of this day.")
@click.option("--as-known-now", is_flag=True, help="Both days as known now, not each as known at its end.")
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option("--json", "as_json", is_flag=True, help="Every change with both values, for machines.")
def changes(
    *,
    first: datetime,
    second: datetime,
    as_known_now: bool,
    slug: str | None,
    council: str | None,
    as_json: bool,
) -> None:
    """Show everything by which the plan at the end of one day differs from the plan at the end of another."""
    with open_record():
        from goldenthread.record.change_table import changes_between, states_between
        from goldenthread.record.errors import RecordError

        whose = chosen_council(council)
        which = chosen_plan(whose, slug)
        days = (day_of(first) or first.date(), day_of(second) or second.date())
        try:
            states = states_between(whose.id, which, *days, known_then=not as_known_now)
            rows = changes_between(whose.id, which, *states)
        except (ValueError, RecordError) as error:
            raise CommandFailed(str(error)) from error
    if as_json:
        click.echo(json.dumps([_for_machines(row) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        console().print(_line(row), markup=False)
    click.echo(f"{counted(len(rows), 'change')} from {day_words(days[0])} to {day_words(days[1])}.")


def _for_machines(row: ChangeRow) -> dict[str, Any]:
    request, revision = row.request, row.revision
    return {
        **row.change.model_dump(mode="json"),
        "original": row.original.model_dump(mode="json") if row.original else None,
        "rebaselines": row.moves,
        "reason": row.reason,
        "decided_by": row.decided_by,
        "change_request": request.number if request else None,
        "decision_reference": request.decision_reference if request else None,
        "decision_link": request.decision_link if request else None,
        "revision": revision.number if revision else None,
    }


def _line(row: ChangeRow) -> str:
    change = row.change
    named = f"{change.ref} {change.name}" if change.ref else f"{change.item_kind.in_words} {change.name}"
    what = (
        f"{change.field}: {_short(change.before)} → {_short(change.after)}"
        if change.field
        else change.kind.value
    )
    by = f", {row.decided_by}" if row.decided_by else ""
    reference = f", {row.request.decision_reference}" if row.request else ""
    return f"{named}: {what} ({row.reason}{by}{reference})"


def _short(value: object) -> str:
    """A value as a line shows it: a date by its printed words, anything large cut short."""
    if isinstance(value, dict) and "printed" in value:
        return str(value["printed"])
    words = "not set" if value in (None, [], "") else value if isinstance(value, str) else json.dumps(value)
    return str(words) if len(str(words)) <= 80 else f"{str(words)[:77]}…"
