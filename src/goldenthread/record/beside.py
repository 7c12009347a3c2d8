"""What the record holds beside a plan, for the checks: in a number of queries that does not grow with the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.assurance.beside import ApprovedMove, Beside, Gone, Proof
from goldenthread.assurance.trend import DatedFact
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import ItemKind, Series
from goldenthread.plan.status import Status
from goldenthread.record.change_requests import change_requests
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.date_histories import date_histories
from goldenthread.record.evidence import EvidenceRegister, Piece, evidence_of
from goldenthread.record.history.upcasts import upcast
from goldenthread.record.models.plan import CORRECTION
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan

_SEALED = """(%(known_at)s::bigint IS NULL OR ({changeset} IN (
    SELECT changeset FROM revision WHERE council_id = %(council)s AND number <= %(known_at)s)) IS TRUE)"""
_VARIED = f"""
SELECT DISTINCT item_id FROM (
    SELECT f.item_id FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.series = ANY (%(series)s) AND f.effective_on <= %(as_at)s
      AND {_SEALED.format(changeset="f.changeset")}
    GROUP BY f.item_id, f.series HAVING count(*) > 1
) AS varied
"""
_APPROVED = f"""
SELECT f.item_id, f.effective_on, f.value::text, f.note, EXISTS (
    SELECT FROM change c
    WHERE c.council_id = %(council)s AND c.changeset = f.changeset AND c.table_name = 'change_request')
FROM dated_fact f
WHERE f.plan_id = %(plan)s AND f.series = 'approved' AND f.effective_on <= %(as_at)s
  AND f.item_id = ANY (%(items)s) AND {_SEALED.format(changeset="f.changeset")}
ORDER BY f.item_id, f.entry
"""
_LEFT_NOW = (
    "SELECT id FROM item WHERE plan_id = %(plan)s AND removed_on IS NOT NULL AND kind = ANY (%(kinds)s)"
)
_LEFT_THEN = """
SELECT DISTINCT c.row_id AS id FROM change c
WHERE c.plan_id = %(plan)s AND c.table_name = 'item' AND c.row ->> 'removed_on' IS NOT NULL
  AND c.row ->> 'kind' = ANY (%(kinds)s)
"""
_GONE = f"""
WITH candidate AS ({{left}})
SELECT last.row, status.value::text
FROM candidate
CROSS JOIN LATERAL (
    SELECT c.row, c.changeset FROM change c
    WHERE c.row_id = candidate.id AND c.table_name = 'item' AND {_SEALED.format(changeset="c.changeset")}
    ORDER BY c.id DESC LIMIT 1
) last
LEFT JOIN LATERAL (
    SELECT f.value FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = candidate.id AND f.series = 'status' AND f.effective_on <= %(as_at)s
      AND {_SEALED.format(changeset="f.changeset")}
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) status ON true
WHERE EXISTS (
    SELECT FROM change c
    WHERE c.council_id = %(council)s AND c.changeset = last.changeset AND c.table_name = 'import')
"""
_PROMISED = [ItemKind.ACTION, ItemKind.MILESTONE, ItemKind.ENGAGEMENT_MILESTONE]
_VARYING = [Series.APPROVED, Series.FORECAST, Series.STATUS]


def beside_plan(council: UUID, plan: UUID | str, *, as_at: date, known_at: int | None = None) -> Beside:
    """What stood beside a plan at the end of a day, as far as was known at a revision.

    The interval for confirmations is the one agreed now: settings have no history of their own.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    with council_scope(council):
        held = find_plan(plan)
        asked = {"council": council, "plan": held.id, "as_at": as_at, "known_at": known_at}
        varied = [item for (item,) in _rows(_VARIED, asked | {"series": _VARYING})]
        return Beside(
            in_force_since=held.effective_on,
            confirm_within=settings_of(council).stale_days,
            evidence=_proofs(evidence_of(council, held.id, as_at=as_at, known_at=known_at)),
            histories=_histories(council, held.id, varied, as_at, known_at),
            moves=_moves(_rows(_APPROVED, asked | {"items": varied})),
            requested=_requested(council, held.id, as_at, known_at),
            gone=_gone(asked),
        )


def _proofs(register: EvidenceRegister) -> Mapping[UUID, tuple[Proof, ...]]:
    return {item: tuple(_proof(piece, item) for piece in pieces) for item, pieces in register.by_item.items()}


def _proof(piece: Piece, item: UUID) -> Proof:
    support = piece.on(item)
    return Proof(
        title=piece.title,
        dated_on=piece.dated_on,
        sufficient=support.last.sufficient if support and support.last else None,
        withdrawn=piece.is_withdrawn,
        lapsed=piece.is_lapsed,
        unreachable=piece.is_unreachable,
    )


def _histories(
    council: UUID, plan: UUID, items: list[UUID], as_at: date, known_at: int | None
) -> Mapping[UUID, tuple[DatedFact, ...]]:
    return date_histories(council=council, plan=plan, items=items, cut_off=as_at, known_at=known_at)


def _moves(rows: list[tuple[Any, ...]]) -> Mapping[UUID, tuple[ApprovedMove, ...]]:
    """In the order of entry, as re-baselines are counted: the first value is what was approved first."""
    found: defaultdict[UUID, list[ApprovedMove]] = defaultdict(list)
    before: dict[UUID, PlanDate | None] = {}
    for item, on, text, note, decided in rows:
        value = _date(text)
        if item in before and note != CORRECTION:
            found[item].append(ApprovedMove(on, before[item], value, decided))
        before[item] = value
    return {item: tuple(moves) for item, moves in found.items()}


def _requested(council: UUID, plan: UUID, as_at: date, known_at: int | None) -> Mapping[str, int]:
    requests = change_requests(council, plan, as_at=as_at, known_at=known_at)
    return {key: request.number for request in requests if request.is_open for key in request.items}


def _gone(asked: Mapping[str, Any]) -> tuple[Gone, ...]:
    """What an import took out of the plan although it was neither done nor stopped."""
    left = _LEFT_NOW if asked["known_at"] is None else _LEFT_THEN
    found = []
    for content, status in _rows(_GONE.format(left=left), {**asked, "kinds": _PROMISED}):
        if content is None:  # disposed of
            continue
        row = upcast("item", from_json(content) if isinstance(content, str) else content)
        stood = Status(from_json(status) or Status.UNKNOWN) if status else Status.UNKNOWN
        left_on = date.fromisoformat(row["removed_on"]) if row["removed_on"] else date.max
        if left_on <= asked["as_at"] and not stood.is_closed and stood is not Status.DEFERRED:
            name = row["wording"].get("title") or row["wording"].get("name") or row["key"]
            found.append(Gone(id=UUID(row["id"]), ref=row["ref"], name=name, on=left_on))
    return tuple(sorted(found, key=lambda each: (each.on, each.name, each.id)))


def _rows(query: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, dict(asked))
        return cursor.fetchall()


@lru_cache(maxsize=4096)
def _date(text: str | None) -> PlanDate | None:
    content = from_json(text) if text is not None else None
    return PlanDate.model_validate(content) if content else None
