"""The page of the documentation that lists the rules: `python -m goldenthread.assurance.catalogue > docs/rules.md`."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance.registry import RULES
from goldenthread.assurance.rule import NOT_IN_A_FILE, Group, Rule

_HEAD = """\
# Rules

`goldenthread check` looks at a plan with these rules. Each has a name, so that a finding can be talked about, looked
up and chosen (`--select GT2` is every rule whose name starts so). This page is written from the rules themselves.

An **error** cannot be right, or stops the promise being tracked. A **warning** is very likely a fault, or a promise
that nobody could be held to. A **note** is worth knowing and may be quite in order. A plan passes when it has neither
errors nor warnings.

| Rule | Severity | What it finds |
|---|---|---|
"""


def catalogue() -> str:
    """The whole page, in Markdown."""
    rows = "".join(
        f"| [{rule.id}](#{rule.id.lower()}) | {rule.severity} | {rule.title} |\n" for rule in RULES.values()
    )
    return _HEAD + rows + "".join(_groups())


def _groups() -> Iterator[str]:
    for group in Group:
        if rules := [rule for rule in RULES.values() if rule.group is group]:
            yield f"\n## {group.title}\n"
            yield from map(_section, rules)


def _section(rule: Rule) -> str:
    authority = f"- **Authority:** {rule.authority}\n" if rule.authority else ""
    file = f"- **In a file:** {NOT_IN_A_FILE}\n" if rule.needs_record else ""
    return (
        f'\n### <a id="{rule.id.lower()}"></a>{rule.id} {rule.title}\n\n{rule.why}\n\n- **Severity:** {rule.severity}\n'
        f"- **Looks at:** {rule.looks_at}\n{file}- **To settle it:** {rule.settle}\n{authority}"
    )


if __name__ == "__main__":
    print(catalogue(), end="")
