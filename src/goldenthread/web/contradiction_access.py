"""What pages show of the contradictions: worked out once for each state of a plan, and kept with its index."""

from __future__ import annotations

from typing import Any

from goldenthread.plan.model import Action, Milestone
from goldenthread.record.contradictions import Entry, contradictions_at
from goldenthread.record.permissions import Permission
from goldenthread.web.presenting.contradictions import Listed, listed
from goldenthread.web.viewing import Viewing

ON_A_PROMISE = 5
"""How many the page of a promise lists; the rest are on the page of contradictions."""


def entries_in(viewing: Viewing) -> tuple[Entry, ...]:
    """The register in the state that is looked at."""
    day, known = viewing.shown_day, viewing.known_at
    return viewing.index.keep(
        ("contradictions", day, known),
        lambda: contradictions_at(
            viewing.viewer.council_id, viewing.slug, viewing.plan, as_at=day, known_at=known
        ),
    )


def listed_in(viewing: Viewing) -> tuple[Listed, ...]:
    """The same, each with the pages of its two places."""
    return viewing.index.keep(
        ("contradictions listed", viewing.shown_day, viewing.known_at),
        lambda: tuple(listed(entry, viewing.index) for entry in entries_in(viewing)),
    )


def may_settle(viewing: Viewing) -> bool:
    """Whether the viewer may settle contradictions of the plan as it stands."""
    return viewing.viewer.may(Permission.SETTLE) and not viewing.is_past


def contradictions_on(viewing: Viewing, item: Action | Milestone) -> dict[str, Any]:
    """What the page of a promise shows: the open contradictions of two places of which it, or a step of it, is one."""
    below = {part.key for part in item.walk()} if isinstance(item, Action) else {item.key}
    found = [
        (each, each.first if each.second.key in below else each.second)
        for each in listed_in(viewing)
        if each.entry.is_open and each.of_two_places and each.keys & below
    ]
    return {
        "contradicts": found[:ON_A_PROMISE],
        "contradicts_more": len(found) > ON_A_PROMISE,
        "contradiction_address": lambda side: side.address(viewing.index, viewing.link),
    }
