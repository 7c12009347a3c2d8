"""`goldenthread forecast`: when the promises of a plan are likely to be kept, and why."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, working

if TYPE_CHECKING:
    from goldenthread.forecasting.plan_forecast import ItemForecast, PlanForecast
    from goldenthread.plan.model import Plan


@click.command(short_help="Forecast when promises are kept.")
@click.argument("what", metavar="FILE|PLAN")
@click.option("--as-at", type=DAY, metavar="DATE", help="As known at the end of this day (default: today).")
@click.option("--known-at", type=int, metavar="NUMBER", help="As the record was after this change.")
@click.option("--council", metavar="COUNCIL", help="Whose plan it is, where several councils are held.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def forecast(
    what: str, as_at: datetime | None, known_at: int | None, council: str | None, as_json: bool
) -> None:
    """Forecast when each open promise is kept: in a document, or in a plan that is held here with its history.

    A document has no history, so all that it says counts as told on the day of its approval. Chances are to the nearest
    5%. A forecast changes no date.
    """
    day = day_of(as_at) or civil_today()
    plan, found = _forecast_called(what, day, known_at, council)
    (_print_json if as_json else _print_text)(plan, found)


def _forecast_called(
    what: str, day: date, known_at: int | None, council: str | None
) -> tuple[Plan, PlanForecast]:
    """The plan in a file of this name, or else the one held under it, with its forecast."""
    path = Path(what)
    if path.exists() or path.suffix or "/" in what:
        if known_at is not None:
            raise click.UsageError("--known-at is for plans that are held here; a file has no history.")
        return _forecast_of_file(path, day)
    from goldenthread.cli.record import chosen_council, open_record

    with open_record(), working("Forecasting"):
        from goldenthread.record.forecasts import forecasts
        from goldenthread.record.snapshot import snapshot

        held = chosen_council(council).id
        plan = snapshot(council=held, plan=what, cut_off=day, known_at=known_at)
        return plan, forecasts(council=held, plan=plan, cut_off=day, known_at=known_at)


def _forecast_of_file(path: Path, day: date) -> tuple[Plan, PlanForecast]:
    from goldenthread.forecasting.evening import shipped
    from goldenthread.forecasting.plan_forecast import forecast_plan
    from goldenthread.forecasting.promises import told_by_document

    with working(f"Reading {path.name}"):
        plan = plan_in(path)
        told = told_by_document(plan, min(plan.approved_on or day, day))
        return plan, forecast_plan(plan, told, day, shipped())


def _print_text(plan: Plan, found: PlanForecast) -> None:
    from goldenthread.forecasting.saying import by_words, chance_of, named

    names = named(plan)
    found.explain(found.rows)
    for key, item in found.items.items():
        if item.silence or not (item.p50 and item.p80):
            continue
        days = f"50% by {by_words(item.p50, found.on)}, 80% by {by_words(item.p80, found.on)}"
        click.echo(f"{names[key]}: {chance_of(item)}; {days}. {item.because}")
    without = [item for item in found.items.values() if item.silence and item.silence.is_abstention]
    click.echo(
        f"{counted(len(found.rows), 'promise')} with a forecast, {len(without)} open without one, as at "
        f"{found.on:%Y-%m-%d}, by {found.version}.",
        err=True,
    )


def _print_json(plan: Plan, found: PlanForecast) -> None:
    from goldenthread.forecasting.saying import named

    names = named(plan)
    found.explain(found.rows)
    content = {
        "plan": plan.key,
        "as_at": found.on.isoformat(),
        "version": found.version,
        "own_outcomes": found.pooled.outcomes,
        "rings": [list(ring) for ring in found.cycles],
        "promises": [_row(key, names[key], item) for key, item in found.items.items()],
    }
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _row(key: str, name: str, item: ItemForecast) -> dict[str, Any]:
    from goldenthread.forecasting.saying import chance_percent

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    row = {"key": key, "name": name, "kind": item.known.promise.kind.value, "due": iso(item.due)}
    if item.silence:
        return {**row, "none": item.silence.value, "because": item.because}
    return {
        **row,
        "chance_by_due": None if item.chance is None else chance_percent(item.chance) / 100,
        **{name: iso(getattr(item, name)) for name in ("p10", "p50", "p80", "p90")},
        "because": item.because,
    }
