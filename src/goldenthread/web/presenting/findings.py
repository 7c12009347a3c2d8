"""What the checks found: where each finding belongs, which are asked for, and how they are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.assurance import RULES, Finding, Group, Rule, Severity
from goldenthread.plan.days import day_words
from goldenthread.plan.flat import placed_items
from goldenthread.plan.keys import slug
from goldenthread.record.findings import Acceptance, FoundAt
from goldenthread.web.presenting.index import PlacedAction, PlacedMilestone, PlanIndex, handle, title_words
from goldenthread.web.presenting.sources import place_words
from goldenthread.web.presenting.statuses import count_words

SEVERITY_TAGS = {
    Severity.ERROR: "govuk-tag--red",
    Severity.WARNING: "govuk-tag--yellow",
    Severity.NOTE: "govuk-tag--grey",
}
OPEN_QUESTION = "GT101"
"""Open questions have a place of their own on the pages of promises, and are not told twice there."""
REASON_TO_LOOK = "A finding is a reason to look, not a judgement of anybody’s work."
_THE_PLAN = "The plan as a whole"


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with where it belongs: the promise or other item that it is about, its theme, and who leads it.

    `promise` is the key of the action (for a step, the one above all) or milestone, `name` what the item is called.
    """

    finding: Finding
    acceptance: Acceptance | None
    earlier: Acceptance | None
    name: str
    promise: str | None = None
    theme: int | None = None
    leads: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that found it."""
        return RULES[self.finding.rule]

    @property
    def tag(self) -> str:
        """The style of the tag that names the severity."""
        return SEVERITY_TAGS[self.rule.severity]

    @property
    def place(self) -> str | None:
        """Where it stands in the document, in words."""
        return place_words(self.finding.anchors[0]) if self.finding.anchors else None


@dataclass(frozen=True)
class Asked:
    """Which findings are asked for. What is None is not asked about. `item` is the key of an action or milestone."""

    rule: str | None = None
    group: Group | None = None
    severity: Severity | None = None
    theme: int | None = None
    lead: str | None = None
    item: str | None = None

    def wants(self, each: Located) -> bool:
        """Whether a finding is among them."""
        return (
            self.rule in {None, each.finding.rule}
            and self.group in {None, each.rule.group}
            and self.severity in {None, each.rule.severity}
            and self.theme in {None, each.theme}
            and (self.lead is None or self.lead in map(slug, each.leads))
            and self.item in {None, each.promise, each.finding.item_key}
        )


@dataclass(frozen=True)
class OfRule:
    """A rule with the open findings that it made, and how many were accepted."""

    rule: Rule
    found: tuple[Located, ...]
    accepted: int

    @property
    def tag(self) -> str:
        """The style of the tag that names the severity."""
        return SEVERITY_TAGS[self.rule.severity]


@dataclass(frozen=True)
class OfItem:
    """An item with the open findings that are about it or about what stands below it."""

    name: str
    href: str | None
    found: tuple[Located, ...]


def locate(index: PlanIndex, found: FoundAt) -> tuple[Located, ...]:
    """Every finding with where it belongs, in the order of the document."""
    accepted = {each.finding.identity: each.acceptance for each in found.accepted}
    places = _Places(index)
    return tuple(
        places.located(finding, accepted.get(finding.identity), found.lapsed.get(finding.identity))
        for finding in found.all
    )


class _Places:
    """Where the items of a plan belong, looked up by their keys."""

    def __init__(self, index: PlanIndex) -> None:
        self.index = index
        self.names: dict[str, str] = {}
        self.themes: dict[str, int] = {}
        numbers = {theme.key: theme.number for theme in index.plan.themes}
        for placed in placed_items(index.plan):
            key, above = placed.item.key, placed.parent or ""
            self.names[key] = placed.name
            if number := numbers.get(key) or self.themes.get(above):
                self.themes[key] = number

    def located(self, finding: Finding, acceptance: Acceptance | None, earlier: Acceptance | None) -> Located:
        key = finding.item_key or ""
        placed = self.index.by_key.get(key)
        name, theme = self.names.get(key, _THE_PLAN), self.themes.get(key)
        if isinstance(placed, PlacedAction):
            above = (placed.action, *reversed(placed.parents))
            leads = next((each.leads for each in above if each.leads), ())
            return Located(
                finding, acceptance, earlier, title_words(placed.action), above[-1].key, theme, leads
            )
        if isinstance(placed, PlacedMilestone):
            return Located(finding, acceptance, earlier, name, key, theme, placed.milestone.leads)
        return Located(finding, acceptance, earlier, name, None, theme)


def by_rule(found: Iterable[Located]) -> tuple[OfRule, ...]:
    """The findings under the rules that made them, errors first; rules that found nothing are left out."""
    rows: dict[str, list[Located]] = {}
    accepted: Counter[str] = Counter()
    for each in found:
        rows.setdefault(each.finding.rule, [])
        if each.acceptance:
            accepted[each.finding.rule] += 1
        else:
            rows[each.finding.rule].append(each)
    order = list(Severity)
    ranked = sorted(rows, key=lambda code: (order.index(RULES[code].severity), code))
    return tuple(OfRule(RULES[code], tuple(rows[code]), accepted[code]) for code in ranked)


def by_item(index: PlanIndex, found: Iterable[Located], link: Callable[..., str]) -> tuple[OfItem, ...]:
    """The open findings under the action, milestone or other item that they are about, in the order of the document."""
    rows: dict[str, list[Located]] = {}
    names: dict[str, str] = {}
    for each in found:
        if each.acceptance is None:
            key = each.promise or each.finding.item_key or ""
            rows.setdefault(key, []).append(each)
            placed = index.by_key.get(key)
            names[key] = title_words(placed.action) if isinstance(placed, PlacedAction) else each.name
    return tuple(
        OfItem(names[key], item_address(index, key, link), tuple(listed)) for key, listed in rows.items()
    )


def item_address(index: PlanIndex, key: str | None, link: Callable[..., str]) -> str | None:
    """The page of the item that a finding is about; None where it has none."""
    placed = index.by_key.get(key or "")
    if isinstance(placed, PlacedAction):
        return link("action", handle=handle(placed.action))
    if placed is not None:
        return link("milestone", handle=handle(placed.milestone))
    for review in index.plan.reviews:
        if key in {review.key, *(each.key for each in (*review.recommendations, *review.requirements))}:
            return link("review", review=slug(review.name))
    return None


def earlier_words(each: Located, day: date) -> str:
    """What to say of an acceptance that stands no longer; nothing where there was none."""
    held = each.earlier
    if held is None:
        return ""
    if held.is_withdrawn_on(day):
        return f"Accepted before; taken back on {day_words(held.withdrawn_on or day)}: {held.withdrawn}"
    return f"Accepted before, until {day_words(held.expires_on)}: {held.reason}"


def summary(found: Sequence[Located], of: int) -> str:
    """A sentence that counts what is open and what was accepted, of so many findings in all."""
    open_ = Counter(each.rule.severity for each in found if not each.acceptance)
    accepted = sum(each.acceptance is not None for each in found)
    counted = [count_words(open_[each], each.value) for each in Severity if open_[each]]
    if not counted and not accepted:
        return "None of the findings is of that kind." if of else "The checks found nothing."
    listed = " and ".join(filter(None, [", ".join(counted[:-1]), *counted[-1:]])) or "Nothing is open"
    also = f", and {count_words(accepted, 'finding').lower()} accepted" if accepted else ""
    return f"{listed}{also}. {REASON_TO_LOOK}"
