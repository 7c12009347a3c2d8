"""What pages show of change control, read once for each state of a plan and kept with its index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup

from goldenthread.plan.changes import Change
from goldenthread.plan.destinations import Destination
from goldenthread.plan.model import Action, Link, LinkKind, Milestone
from goldenthread.record.change_requests import HeldRequest, change_requests, current_effect, is_same_effect
from goldenthread.record.cycle.settings import CycleSettings, settings_of
from goldenthread.record.history.selectors import names_of
from goldenthread.record.permissions import Permission
from goldenthread.record.rebaselines import Rebaselines, rebaselines
from goldenthread.record.scope import council_scope
from goldenthread.web.presenting.index import handle
from goldenthread.web.presenting.proposals import item_words
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.viewing import Viewing


@dataclass(frozen=True, slots=True)
class OnItem:
    """What change control says of one promise: how often its date moved, what is proposed, what took its place."""

    counts: Rebaselines | None
    open: tuple[HeldRequest, ...]
    decided: tuple[HeldRequest, ...]
    threads: tuple[tuple[str, str, str | None], ...]


def requests_of(viewing: Viewing) -> tuple[HeldRequest, ...]:
    """The plan's change requests, newest first, in the state that is looked at."""
    return viewing.index.keep(
        ("change requests", viewing.as_at, viewing.known_at),
        lambda: change_requests(
            viewing.viewer.council_id, viewing.slug, as_at=viewing.as_at, known_at=viewing.known_at
        ),
    )


def request_numbered(viewing: Viewing, number: int) -> HeldRequest | None:
    """One of them."""
    return next((request for request in requests_of(viewing) if request.number == number), None)


def effect_now(viewing: Viewing, request: HeldRequest) -> tuple[Change, ...] | None:
    """What an open request would change of the plan that is looked at; None where that allows it no longer."""
    found = viewing.index.keep(
        ("effect", request.number, viewing.as_at, viewing.known_at),
        lambda: (current_effect(viewing.plan, request.change),),
    )
    return found[0]


def is_overtaken(viewing: Viewing, request: HeldRequest) -> bool:
    """Whether the plan has moved on since the change was proposed, so that it would alter something else now."""
    return request.is_open and not is_same_effect(request.effect, effect_now(viewing, request))


def proposer(viewing: Viewing, request: HeldRequest) -> str:
    """The name of whoever proposed the change."""
    with council_scope(viewing.viewer.council_id):
        return names_of([request.proposed_by])[request.proposed_by]


def cycle_settings(viewing: Viewing) -> CycleSettings:
    """What the council has settled, bodies that approve among it."""
    with council_scope(viewing.viewer.council_id):
        return settings_of(viewing.viewer.council_id)


def counts_of(viewing: Viewing) -> Mapping[UUID, Rebaselines]:
    """How often each promise was re-baselined, in the state that is looked at."""
    return viewing.index.keep(
        ("re-baselines", viewing.as_at, viewing.known_at),
        lambda: rebaselines(
            viewing.viewer.council_id, viewing.slug, as_at=viewing.as_at, known_at=viewing.known_at
        ),
    )


def rebaselined(item: Action | Milestone, viewing: Viewing | None) -> Markup:
    """What a list says under an approved date: "Re-baselined 2 times", or nothing."""
    found = counts_of(viewing).get(item.id) if viewing and item.id else None
    if not found or not found.moves:
        return Markup("")
    return Markup('<span class="gt-note">{}</span>').format(moves_words(found.moves))


def moves_words(moves: int) -> str:
    """A count of re-baselines in words."""
    return f"Re-baselined {count_words(moves, 'time')}"


def on_item(viewing: Viewing, item: Action | Milestone) -> OnItem:
    """What the page of a promise says about changes to it."""
    about = [request for request in requests_of(viewing) if item.key in request.items]
    threads = (
        _thread(viewing, link, item.key)
        for link in viewing.plan.links
        if item.key in {link.source, link.target}
    )
    return OnItem(
        counts=counts_of(viewing).get(item.id) if item.id else None,
        open=tuple(request for request in about if request.is_open),
        decided=tuple(request for request in about if not request.is_open),
        threads=tuple(thread for thread in threads if thread),
    )


def _thread(viewing: Viewing, link: Link, key: str) -> tuple[str, str, str | None] | None:
    """How a link leads on or back: words, what it leads to, and its address."""
    if link.kind is LinkKind.TRANSFERRED_TO and link.source == key:
        there = Destination.of(link)
        return "Goes on in another plan", str(there), there.address or None
    if link.kind is not LinkKind.SUPERSEDES:
        return None
    words, other = ("Takes the place of", link.target) if link.source == key else ("Goes on in", link.source)
    name, route, called = item_words(viewing.index, other)
    return words, name, viewing.link(route, handle=called) if route else None


def changes_on(viewing: Viewing, item: Action | Milestone) -> dict[str, Any]:
    """What `parts/on_item_changes.html` asks for."""
    may_propose = viewing.viewer.may(Permission.PROPOSE) and not viewing.is_past
    return {"changes": on_item(viewing, item), "may_propose": may_propose, "item_handle": handle(item)}
