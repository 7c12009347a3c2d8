"""What pages show of evidence, read once for each state of a plan and kept with its index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from goldenthread.plan.flat import ItemKind, Placed, placed_items
from goldenthread.plan.model import Action, Milestone
from goldenthread.plan.status import CHECKED, Status
from goldenthread.record.evidence import EvidenceRegister, Piece, evidence_of
from goldenthread.record.permissions import Permission
from goldenthread.record.services.evidence import SUPPORTED
from goldenthread.web.change_access import requests_of
from goldenthread.web.presenting.evidence import Supported, piece_row
from goldenthread.web.presenting.index import handle
from goldenthread.web.viewing import Viewing

_PROMISES = frozenset({ItemKind.ACTION, ItemKind.STEP, ItemKind.MILESTONE, ItemKind.ENGAGEMENT_MILESTONE})


def register_of(viewing: Viewing) -> EvidenceRegister:
    """All evidence for the plan, in the state that is looked at."""
    return viewing.index.keep(
        ("evidence", viewing.shown_day, viewing.known_at),
        lambda: evidence_of(
            viewing.viewer.council_id, viewing.slug, as_at=viewing.shown_day, known_at=viewing.known_at
        ),
    )


def supported_items(viewing: Viewing) -> Mapping[UUID, Supported]:
    """Everything of the plan that evidence can be about, in printed order, by its id."""
    return viewing.index.keep(("evidence can support",), lambda: dict(_supported(viewing)))


def _supported(viewing: Viewing) -> Iterator[tuple[UUID, Supported]]:
    for placed in placed_items(viewing.plan):
        id_, kind = placed.item.id, placed.kind
        if id_ and kind in SUPPORTED and not getattr(placed.item, "heading", False):
            address = handle(placed.item) if kind in _PROMISES else None
            yield id_, Supported(id_, kind, _words(placed), address, placed.ref or "")


def _words(placed: Placed) -> str:
    kind = placed.kind.in_words
    if placed.kind in _PROMISES:
        return f"{placed.ref} {placed.name}" if placed.ref else placed.name
    return f"{kind[0].upper()}{kind[1:]}: {placed.name}"


def is_unproved(viewing: Viewing, item: Action | Milestone) -> bool:
    """Whether something is verified or embedded, and the evidence for that no longer counts or is not enough."""
    return item.status in CHECKED and (item.id is None or not register_of(viewing).proving(item.id))


def evidence_on(viewing: Viewing, item: Action | Milestone) -> dict[str, Any]:
    """What the page of a promise says of its evidence, and of the decisions whose minutes can be read."""
    pieces: tuple[Piece, ...] = register_of(viewing).by_item.get(item.id, ()) if item.id else ()
    items, viewer = supported_items(viewing), viewing.viewer
    minutes = [
        request for request in requests_of(viewing) if request.decision_link and item.key in request.items
    ]
    return {
        "evidence": {
            "rows": [piece_row(piece, items) for piece in pieces],
            "item": item.id,
            "minutes": minutes,
            "unproved": is_unproved(viewing, item),
            "handle": handle(item),
            "may_add": viewer.may(Permission.REPORT_PROGRESS) and not viewing.is_past,
            "may_check": viewer.may(Permission.VERIFY) and not viewing.is_past,
            "next": _next_step(item.status),
        }
    }


def _next_step(status: Status) -> str:
    """What somebody who checks evidence can do with a promise."""
    return {
        Status.COMPLETE: "Verify that it is complete",
        Status.VERIFIED: "Say that it is embedded, or take the verification back",
        Status.EMBEDDED: "Take back that it is embedded",
    }.get(status, "")
