"""`goldenthread check`: what the rules find in a plan, as a linter would print it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from goldenthread.cli.failures import FINDINGS
from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, place, working

if TYPE_CHECKING:
    from goldenthread.assurance import Finding
    from goldenthread.record.findings import Acceptance, AcceptedOne


@click.command(short_help="Check a plan by the rules.")
@click.argument("what", metavar="FILE|PLAN")
@click.option(
    "--select", multiple=True, metavar="RULE", help="Only these rules: GT301, or GT2 for all that start so."
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--as-at", type=DAY, metavar="DATE", help="The day on which to judge (default: today).")
@click.option("--council", metavar="COUNCIL", help="Whose plan it is, where several councils are held.")
def check(
    what: str, select: tuple[str, ...], format_: str, as_at: datetime | None, council: str | None
) -> int:
    """Check a plan by the rules: a document, or a plan that is held here.

    Exit status 1 when there is an error or a warning; notes do not count, nor does what was accepted. `goldenthread
    explain GT201` and docs/rules.md explain every rule.
    """
    chosen = tuple(name for given in select for name in given.replace(",", " ").split())
    path = Path(what)
    in_a_file = path.exists() or path.suffix or "/" in what
    looked = (
        _in_a_file(what, day_of(as_at), chosen) if in_a_file else _held(what, day_of(as_at), council, chosen)
    )
    (_print_json if format_ == "json" else _print_text)(looked)
    return FINDINGS if any(_severity(finding).fails for finding in looked.open) else 0


class Looked(NamedTuple):
    """What was found in which file or plan on which day. `accepted` are findings with the acceptance of each."""

    file: str
    day: date
    open: tuple[Finding, ...]
    accepted: tuple[AcceptedOne, ...] = ()


def _in_a_file(what: str, as_at: date | None, select: tuple[str, ...]) -> Looked:
    from goldenthread.assurance import check as checked

    day, path = as_at or civil_today(), Path(what)
    with working(f"Reading {path.name}"):
        plan = plan_in(path)
    with working("Checking"):
        return Looked(what, day, checked(plan, as_at=day, select=select))


def _held(name: str, as_at: date | None, council: str | None, select: tuple[str, ...]) -> Looked:
    """What is found in the plan held under this name, with what the record holds beside it."""
    from goldenthread.cli.record import chosen_council, open_record

    day = as_at or civil_today()
    with open_record(), working("Checking"):
        from goldenthread.record.findings import findings_at
        from goldenthread.record.snapshot import snapshot

        whose = chosen_council(council).id
        plan = snapshot(council=whose, plan=name, cut_off=as_at)
        found = findings_at(whose, name, plan, as_at=day, select=select)
    file = plan.anchors[0].file or name if plan.anchors else name
    return Looked(file, day, found.open, found.accepted)


def _severity(finding: Finding) -> Any:
    from goldenthread.assurance import rule_called

    return rule_called(finding.rule).severity


def _print_text(looked: Looked) -> None:
    for finding in looked.open:
        click.echo(f"{_start(finding, looked.file)}: {finding.message}")
    for each in looked.accepted:
        told = each.acceptance
        until = f"accepted until {told.expires_on:%Y-%m-%d}, {told.owner}: {told.reason}"
        click.echo(f"{_start(each.finding, looked.file)}: {each.finding.message} ({until})")
    found = Counter(str(_severity(finding)) for finding in looked.open)
    counts = [counted(found[name], name) for name in ("error", "warning", "note") if found[name]]
    counts += [f"{len(looked.accepted):,} accepted"] if looked.accepted else []
    click.echo(f"{', '.join(counts) or 'Nothing found'}, as at {looked.day:%Y-%m-%d}.", err=True)


def _start(finding: Finding, file: str) -> str:
    return f"{place(finding.anchors, file)}: {finding.rule} {_severity(finding)}"


def _print_json(looked: Looked) -> None:
    content = {
        "file": looked.file,
        "as_at": looked.day.isoformat(),
        "findings": [_row(finding) for finding in looked.open],
        "accepted": [
            {**_row(each.finding), "acceptance": _told(each.acceptance)} for each in looked.accepted
        ],
    }
    click.echo(json.dumps(content, indent=2, ensure_ascii=False))


def _row(finding: Finding) -> dict[str, Any]:
    from goldenthread.assurance import rule_called

    return {
        "rule": finding.rule,
        "title": rule_called(finding.rule).title,
        "severity": str(_severity(finding)),
        "item": finding.item_key,
        "about": finding.about,
        "anchors": [anchor.model_dump(mode="json", exclude_none=True) for anchor in finding.anchors],
        "message": finding.message,
    }


def _told(acceptance: Acceptance) -> dict[str, str]:
    return {
        "reason": acceptance.reason,
        "owner": acceptance.owner,
        "accepted_on": acceptance.accepted_on.isoformat(),
        "expires_on": acceptance.expires_on.isoformat(),
    }
