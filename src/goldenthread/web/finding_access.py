"""What pages show of the checks: worked out once for each state of a plan, and kept with its index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from goldenthread.assurance import Finding, Group, Severity, rule_called
from goldenthread.plan.model import Action, Milestone, Theme
from goldenthread.record.findings import FoundAt, findings_at
from goldenthread.record.permissions import Permission
from goldenthread.web.presenting.findings import (
    OPEN_QUESTION,
    REASON_TO_LOOK,
    Located,
    earlier_words,
    item_address,
    locate,
)
from goldenthread.web.presenting.index import handle, title_words
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.viewing import Standing, Viewing

ON_A_PROMISE = 10
"""How many findings the page of a promise lists; the rest are on the page of findings."""


def found_in(viewing: Viewing) -> FoundAt:
    """What the checks find in the state that is looked at, accepted findings apart."""
    day, known = viewing.shown_day, viewing.known_at
    return viewing.index.keep(
        ("found", day, known),
        lambda: findings_at(viewing.viewer.council_id, viewing.slug, viewing.plan, as_at=day, known_at=known),
    )


def located_in(viewing: Viewing) -> tuple[Located, ...]:
    """The same findings, open and accepted, each with the item, theme and leads that it belongs to."""
    return viewing.index.keep(
        ("located", viewing.shown_day, viewing.known_at),
        lambda: locate(viewing.index, found_in(viewing)),
    )


def address_of(viewing: Viewing) -> Callable[[Located], str | None]:
    """How the page of what a finding is about is found."""
    return lambda each: item_address(viewing.index, each.finding.item_key, viewing.link)


def listing(viewing: Viewing) -> dict[str, Any]:
    """What the listing of findings needs on any page (`parts/findings.html`)."""
    return {
        "may_accept": viewing.viewer.may(Permission.ACCEPT_FINDINGS) and not viewing.is_past,
        "address_of": address_of(viewing),
        "standing": lambda each: earlier_words(each, viewing.shown_day),
    }


def findings_on(viewing: Viewing, item: Action | Milestone) -> dict[str, Any]:
    """What the page of a promise shows of the checks: findings about it and its steps, accepted ones last.

    Open questions and contradictions have sections of their own there and are not told twice.
    """
    below = {part.key for part in item.walk()} if isinstance(item, Action) else {item.key}
    found = [
        each
        for each in located_in(viewing)
        if each.finding.item_key in below and not _is_told_beside(each.finding)
    ]
    open_ = [each for each in found if not each.acceptance]
    accepted = [each for each in found if each.acceptance]
    shown = {
        "key": item.key,
        "words": severity_words(each.finding for each in open_) or "Nothing is open",
        "said": REASON_TO_LOOK,
        "open": open_[:ON_A_PROMISE],
        "accepted": accepted[:ON_A_PROMISE],
        "more": max(len(open_), len(accepted)) > ON_A_PROMISE,
        "href": findings_link(viewing, by="item", item=handle(item)),
    }
    return {"findings": shown, **listing(viewing)}


def noticed(item: Action | Milestone, viewing: Viewing | Standing | None) -> Markup:
    """How many findings are open on a promise and its steps, in words with a link to them; nothing for none.

    Open questions are not among them: whoever calls this shows them beside it.
    """
    if not isinstance(viewing, Viewing):
        return Markup("")
    by_item = found_in(viewing).by_item
    parts: Iterable[Action | Milestone] = item.walk() if isinstance(item, Action) else (item,)
    on_parts = (finding for part in parts for finding in by_item.get(part.key, ()))
    words = severity_words(finding for finding in on_parts if not _is_question(finding))
    if not words:
        return Markup("")
    about = f'<span class="govuk-visually-hidden"> of the checks about {escape(title_words(item))}</span>'
    address = findings_link(viewing, by="item", item=handle(item))
    return Markup(f'<a class="govuk-link gt-asked" href="{escape(address)}">{escape(words)}{about}</a>')


def noticed_in(theme: Theme, viewing: Viewing) -> Markup:
    """The same for a theme, with all that stands in it."""
    words = _by_theme(viewing).get(theme.number)
    if not words:
        return Markup("The checks notice nothing here.")
    about = f'<span class="govuk-visually-hidden"> in {escape(theme.name)}</span>'
    address = findings_link(viewing, theme=str(theme.number))
    return Markup(
        f'The checks notice <a class="govuk-link" href="{escape(address)}">{escape(words)}{about}</a>.'
    )


def _by_theme(viewing: Viewing) -> Mapping[int | None, str]:
    """How many findings of each severity are open in each theme, in words."""

    def made() -> Mapping[int | None, str]:
        found: defaultdict[int | None, list[Finding]] = defaultdict(list)
        for each in located_in(viewing):
            if not each.acceptance:
                found[each.theme].append(each.finding)
        return {theme: severity_words(findings) for theme, findings in found.items()}

    return viewing.index.keep(("findings by theme", viewing.shown_day, viewing.known_at), made)


def findings_link(viewing: Viewing, **asked: str) -> str:
    """The address of the findings, narrowed to what is asked for, in the state that is looked at."""
    address = viewing.link("findings")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}" if asked else address


def _is_question(finding: Finding) -> bool:
    return finding.rule == OPEN_QUESTION


def _is_told_beside(finding: Finding) -> bool:
    return _is_question(finding) or rule_called(finding.rule).group is Group.PLACES


def severity_words(findings: Iterable[Finding]) -> str:
    """How many of each severity: "1 error, 2 warnings"; empty for none."""
    found = Counter(rule_called(finding.rule).severity for finding in findings)
    return ", ".join(count_words(found[each], each.value) for each in Severity if found[each])
