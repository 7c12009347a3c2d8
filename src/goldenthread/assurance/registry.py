"""All rules, and checking a plan by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType, ModuleType

from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Finding
from goldenthread.assurance.plan_at import PlanAt
from goldenthread.assurance.rule import Rule
from goldenthread.assurance.rules import (
    dates,
    evidence,
    leads,
    movements,
    outcomes,
    places,
    progress,
    reading,
    recommendations,
    reports,
    risks,
)
from goldenthread.plan.model import Plan


class UnknownRule(LookupError):
    """No rule has this name, or a name that starts so."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No rule is called {name}, or starts so: the names run from {min(RULES)} to {max(RULES)}."
        )


def _rules_of(modules: Iterable[ModuleType]) -> Mapping[str, Rule]:
    """The rules of these modules by their names, in order. Raises ValueError when two have the same name."""
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    by_name = {rule.id: rule for rule in sorted(found, key=lambda rule: rule.id)}
    if len(by_name) != len(found):
        raise ValueError("Two rules have the same name.")
    return MappingProxyType(by_name)


RULES = _rules_of(
    [reading, recommendations, dates, leads, outcomes, places, progress, evidence, movements, risks, reports]
)
"""Every rule by its name, in the order of the names."""


def rule_called(name: str) -> Rule:
    """The rule of this name. Raises UnknownRule."""
    try:
        return RULES[name]
    except KeyError:
        raise UnknownRule(name) from None


def rules_selected(select: Sequence[str]) -> tuple[Rule, ...]:
    """The rules whose names start with one of these ("GT2", "gt301"); all, if none is given. Raises UnknownRule."""
    wanted = tuple(name.strip().upper() for name in select)
    for name in wanted:
        if not any(rule.startswith(name) for rule in RULES):
            raise UnknownRule(name)
    return tuple(rule for rule in RULES.values() if not wanted or rule.id.startswith(wanted))


def check(
    plan: Plan, *, as_at: date, beside: Beside | None = None, select: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """What the rules find in a plan on a day, in the order of the document.

    Args:
        beside: What the record holds beside the plan; None for a plan from a file, where some rules look at nothing.
        select: Names of rules, whole ("GT301") or how their names start ("GT2"); none for all.

    Raises:
        UnknownRule: when `select` names a rule that there is not.
    """
    return tuple(
        sorted(
            _findings(PlanAt(plan, as_at, beside), rules_selected(select)), key=lambda finding: finding.place
        )
    )


def _findings(subject: PlanAt, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.findings(subject)
