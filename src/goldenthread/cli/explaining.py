"""`goldenthread explain-ratings`: why the share of green is not what it was."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, counted, working
from goldenthread.plan.days import day_words

if TYPE_CHECKING:
    from goldenthread.assurance.ratings import Explanation, Movement, RatingClass
    from goldenthread.record.services.rating_rules import AdoptedRule


@click.command("explain-ratings", short_help="Explain what moved between two dates.")
@click.option("--from", "from_", type=DAY, required=True, metavar="DATE", help="From the end of that day,")
@click.option("--to", type=DAY, required=True, metavar="DATE", help="to the end of that day.")
@click.option(
    "--of",
    type=click.Choice(["action", "milestone", "step"]),
    default="action",
    show_default=True,
    help="Which promises to count.",
)
@click.option("--theme", type=int, metavar="NUMBER", help="Only those of this theme.")
@click.option("--plan", "slug", metavar="PLAN", help="Which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose, where several councils are held.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def explain_ratings(
    *,
    from_: datetime,
    to: datetime,
    of: str,
    theme: int | None,
    slug: str | None,
    council: str | None,
    as_json: bool,
) -> None:
    """Explain why the shares of the council's ratings changed, by the exact promises that moved, and why each did."""
    then, now = from_.date(), to.date()
    if then > now:
        raise click.UsageError(f"--from {then} is after --to {now}. Give the earlier day first.")
    with open_record(), working("Explaining"):
        whose = chosen_council(council)
        adopted, told = _explained(whose.id, chosen_plan(whose, slug), (then, now), of, theme)
    (_print_json if as_json else _print_text)(adopted, told)


def _explained(
    council: UUID, plan: str, days: tuple[date, date], of: str, theme: int | None
) -> tuple[AdoptedRule, Explanation]:
    from goldenthread.assurance.ratings import Kind, explain_movement
    from goldenthread.record.services.rating_rules import rating_rule
    from goldenthread.record.snapshot import snapshot

    adopted = rating_rule(council)
    then, now = (snapshot(council=council, plan=plan, cut_off=day) for day in days)
    told = explain_movement(
        then,
        now,
        adopted.rule,
        *days,
        kind=Kind(of),
        counts=lambda promise: theme is None or promise.theme == theme,
    )
    return adopted, told


def _classes(told: Explanation) -> list[RatingClass]:
    from goldenthread.assurance.ratings import RatingClass

    return [class_ for class_ in RatingClass if told.before.counts[class_] or told.after.counts[class_]]


def _print_text(adopted: AdoptedRule, told: Explanation) -> None:
    click.echo(told.sentence())
    click.echo(f"Rated {adopted.label}. {adopted.rule.text}")
    click.echo()
    for class_ in _classes(told):
        was, is_ = told.before.share(class_), told.after.share(class_)
        click.echo(f"{class_.in_words}: {was} on {day_words(told.then)}, {is_} on {day_words(told.now)}")
    click.echo()
    for movement in told.moved:
        click.echo(
            f"{_named(movement)}: {_class(movement.before)} → {_class(movement.after)}. {movement.sentence}"
        )
    click.echo(f"{counted(len(told.moved), 'promise')} moved.", err=True)


def _named(movement: Movement) -> str:
    return f"{movement.ref} {movement.name}" if movement.ref else movement.name


def _class(class_: RatingClass | None) -> str:
    return class_.in_words if class_ else "Not in the plan"


def _print_json(adopted: AdoptedRule, told: Explanation) -> None:
    counts = {
        class_.value: {"from": told.before.counts[class_], "to": told.after.counts[class_]}
        for class_ in _classes(told)
    }
    moved = [
        {
            "key": each.key,
            "ref": each.ref,
            "name": each.name,
            "from": each.before,
            "to": each.after,
            "causes": list(each.causes),
            "why": each.why,
        }
        for each in told.moved
    ]
    content = {
        "from": told.then.isoformat(),
        "to": told.now.isoformat(),
        "rule": {"version": adopted.number, "text": adopted.rule.text},
        "totals": {"from": told.before.total, "to": told.after.total},
        "counts": counts,
        "moved": moved,
    }
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))
