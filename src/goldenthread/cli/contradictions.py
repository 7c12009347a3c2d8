"""`goldenthread contradictions`: where a plan says the same thing differently in two places."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from goldenthread.cli.failures import FINDINGS
from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, place, working

if TYPE_CHECKING:
    from goldenthread.assurance.contradictions import Contradiction
    from goldenthread.record.contradictions import Settlement


@click.command(short_help="List where a plan contradicts itself.")
@click.argument("what", metavar="FILE|PLAN")
@click.option(
    "--kind", metavar="KIND", help="Only those that differ in this: date, owner, scope, state, order ..."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--as-at", type=DAY, metavar="DATE", help="The day on which to judge (default: today).")
@click.option("--council", metavar="COUNCIL", help="Whose plan it is, where several councils are held.")
def contradictions(
    *, what: str, kind: str | None, as_json: bool, as_at: datetime | None, council: str | None
) -> int:
    """List where a document, or a plan that is held here, says the same thing differently in two places.

    Exit status 1 while one is open. docs/contradictions.md says what each kind means.
    """
    from goldenthread.assurance.contradictions import Kind

    if kind and kind not in set(Kind):
        raise click.UsageError(f"There is no kind {kind}. The kinds are: {', '.join(Kind)}.")
    shown, file = _listed(what, day_of(as_at), council)
    wanted = [each for each in shown if not kind or each.pair.kind == kind]
    if as_json:
        click.echo(json.dumps([_row(each) for each in wanted], indent=2, ensure_ascii=False))
    else:
        _print_text(wanted, file)
    return FINDINGS if any(each.is_open for each in wanted) else 0


class Shown(NamedTuple):
    """A contradiction, how it stands where it is held ("Settled"), and what was decided of it."""

    pair: Contradiction
    standing: str = "Open"
    is_open: bool = True
    settled: dict[str, Any] | None = None


def _listed(what: str, as_at: date | None, council: str | None) -> tuple[list[Shown], str]:
    """The register of the plan in a file of this name, or else of the one held under it; and how its file is called."""
    path = Path(what)
    if path.exists() or path.suffix or "/" in what:
        from goldenthread.assurance.contradictions.register import register

        with working(f"Reading {path.name}"):
            plan = plan_in(path)
        with working("Comparing"):
            return [Shown(pair) for pair in register(plan, as_at=as_at or civil_today())], what
    from goldenthread.cli.record import chosen_council, open_record

    with open_record(), working("Comparing"):
        from goldenthread.record.contradictions import contradictions_at
        from goldenthread.record.snapshot import snapshot

        whose = chosen_council(council).id
        plan = snapshot(council=whose, plan=what, cut_off=as_at)
        file = plan.anchors[0].file or what if plan.anchors else what
        entries = contradictions_at(whose, what, plan, as_at=as_at or civil_today())
    told = [
        Shown(each.pair, each.standing.in_words, each.is_open, _settled(each.settlement)) for each in entries
    ]
    return told, file


def _settled(told: Settlement | None) -> dict[str, Any] | None:
    return told.model_dump(mode="json", exclude={"said", "owner_id", "id", "kind"}) if told else None


def _print_text(shown: list[Shown], file: str) -> None:
    for each in shown:
        pair = each.pair
        other = f" [{place(pair.second.anchors, file)}]" if pair.second.key != pair.first.key else ""
        standing = "" if each.standing == "Open" else f" ({each.standing.lower()})"
        start = f"{place(pair.first.anchors, file)}: {pair.rule} {pair.kind.in_words.lower()}{standing}"
        click.echo(f"{start}: {pair.sentence}{other}")
    open_ = sum(each.is_open for each in shown)
    click.echo(f"{counted(len(shown), 'contradiction')}, {open_:,} open.", err=True)


def _row(each: Shown) -> dict[str, Any]:
    pair = each.pair.model_dump(mode="json")
    return {"standing": each.standing, "handle": each.pair.handle, **pair, "settled": each.settled}
