"""`goldenthread check`: what the rules find in a plan, as a linter would print it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.failures import FINDINGS
from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.showing import DAY, civil_today, counted, day_of, place, working

if TYPE_CHECKING:
    from goldenthread.assurance import Finding
    from goldenthread.plan.model import Plan


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

    Exit status 1 when there is an error or a warning; notes do not count. docs/rules.md explains every rule.
    """
    from goldenthread.assurance import check as checked

    chosen = tuple(name for given in select for name in given.replace(",", " ").split())
    day = day_of(as_at) or civil_today()
    plan, file = _plan_called(what, day_of(as_at), council)
    with working("Checking"):
        findings = checked(plan, as_at=day, select=chosen)
    (_print_json if format_ == "json" else _print_text)(findings, file, day)
    return FINDINGS if any(_severity(finding).fails for finding in findings) else 0


def _plan_called(what: str, as_at: date | None, council: str | None) -> tuple[Plan, str]:
    """The plan in a file of this name, or else the one held under it; with what to print before line numbers."""
    path = Path(what)
    if path.exists() or path.suffix or "/" in what:
        with working(f"Reading {path.name}"):
            return plan_in(path), what
    from goldenthread.cli.record import chosen_council, open_record

    with open_record():
        from goldenthread.record.snapshot import snapshot

        plan = snapshot(council=chosen_council(council).id, plan=what, cut_off=as_at)
    return plan, plan.anchors[0].file or what if plan.anchors else what


def _severity(finding: Finding) -> Any:
    from goldenthread.assurance import rule_called

    return rule_called(finding.rule).severity


def _print_text(findings: tuple[Finding, ...], file: str, day: date) -> None:
    for finding in findings:
        click.echo(f"{place(finding.anchors, file)}: {finding.rule} {_severity(finding)}: {finding.message}")
    found = Counter(str(_severity(finding)) for finding in findings)
    words = ", ".join(counted(found[name], name) for name in ("error", "warning", "note") if found[name])
    click.echo(f"{words or 'Nothing found'}, as at {day:%Y-%m-%d}.", err=True)


def _print_json(findings: tuple[Finding, ...], file: str, day: date) -> None:
    from goldenthread.assurance import rule_called

    rows = [
        {
            "rule": finding.rule,
            "title": rule_called(finding.rule).title,
            "severity": str(_severity(finding)),
            "item": finding.item_key,
            "anchors": [anchor.model_dump(mode="json", exclude_none=True) for anchor in finding.anchors],
            "message": finding.message,
        }
        for finding in findings
    ]
    click.echo(
        json.dumps({"file": file, "as_at": day.isoformat(), "findings": rows}, indent=2, ensure_ascii=False)
    )
