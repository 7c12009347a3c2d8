"""What the checks found, under the rules that found it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goldenthread.assurance import RULES, Rule, Severity
from goldenthread.web.presenting.index import PlacedAction, PlanIndex, handle, title_words
from goldenthread.web.presenting.sources import place_words
from goldenthread.web.presenting.statuses import count_words

SEVERITY_TAGS = {
    Severity.ERROR: "govuk-tag--red",
    Severity.WARNING: "govuk-tag--yellow",
    Severity.NOTE: "govuk-tag--grey",
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: what is the matter, the item with its page, and the place in the document."""

    message: str
    item: str | None
    href: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """A rule and what it found."""

    rule: Rule
    findings: tuple[FindingRow, ...]

    @property
    def tag(self) -> str:
        """The style of the tag that names the severity."""
        return SEVERITY_TAGS[self.rule.severity]


def group_findings(
    index: PlanIndex, on: date, link: Callable[..., str]
) -> tuple[tuple[FindingGroup, ...], str]:
    """Every finding under its rule, errors first, and a sentence that counts them."""
    rows: dict[str, list[FindingRow]] = {}
    for finding in index.findings(on):
        item, href = _item(index, finding.item_key, link)
        place = place_words(finding.anchors[0]) if finding.anchors else None
        rows.setdefault(finding.rule, []).append(FindingRow(finding.message, item, href, place))
    order = list(Severity)
    ranked = sorted(rows, key=lambda code: (order.index(RULES[code].severity), code))
    groups = tuple(FindingGroup(RULES[code], tuple(rows[code])) for code in ranked)
    return groups, _summary(groups)


def _item(index: PlanIndex, key: str | None, link: Callable[..., str]) -> tuple[str | None, str | None]:
    placed = index.by_key.get(key or "")
    if placed is None:
        return None, None
    if isinstance(placed, PlacedAction):
        return title_words(placed.action), link("action", handle=handle(placed.action))
    return placed.milestone.name, link("milestone", handle=handle(placed.milestone))


def _summary(groups: tuple[FindingGroup, ...]) -> str:
    if not groups:
        return "The checks found nothing."
    found = {s: sum(len(g.findings) for g in groups if g.rule.severity is s) for s in Severity}
    counted = [count_words(number, severity.value) for severity, number in found.items() if number]
    listed = counted[0] if len(counted) == 1 else f"{', '.join(counted[:-1])} and {counted[-1]}"
    return f"{listed}. A finding is a reason to look, not a judgement of anybody’s work."
