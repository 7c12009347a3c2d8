"""`goldenthread explain`: what a rule looks for, why, and what to do about what it finds."""

from __future__ import annotations

import json
from textwrap import fill
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from goldenthread.assurance import Rule

WIDTH = 100
"""In characters."""


@click.command(short_help="Explain a rule.")
@click.argument("rules", metavar="[RULE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def explain(rules: tuple[str, ...], as_json: bool) -> None:
    """Explain rules by their names: GT201, or GT2 for all whose names start so. Without a name, list all."""
    from goldenthread.assurance.registry import rules_selected

    chosen = rules_selected(rules)
    if as_json:
        click.echo(json.dumps([_row(rule) for rule in chosen], indent=2, ensure_ascii=False))
        return
    if not rules:
        for rule in chosen:
            click.echo(f"{rule.id}  {rule.severity:<7}  {rule.title}")
        return
    click.echo("\n\n".join(_page(rule) for rule in chosen))


def _page(rule: Rule) -> str:
    from goldenthread.assurance.rule import NOT_IN_A_FILE

    parts = [
        f"{rule.id} {rule.title} ({rule.severity})",
        _wrapped(rule.why),
        _wrapped(rule.looks_at, "Looks at"),
        _wrapped(NOT_IN_A_FILE, "In a file") if rule.needs_record else "",
        _wrapped(rule.settle, "What to do"),
        _wrapped(rule.authority, "Authority") if rule.authority else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _wrapped(text: str, words: str = "") -> str:
    return fill(f"{words}: {text}" if words else text, WIDTH)


def _row(rule: Rule) -> dict[str, str | bool | None]:
    return {
        "rule": rule.id,
        "group": rule.group.title,
        "severity": rule.severity.value,
        "title": rule.title,
        "why": rule.why,
        "looks_at": rule.looks_at,
        "needs_record": rule.needs_record,
        "settle": rule.settle,
        "authority": rule.authority,
    }
