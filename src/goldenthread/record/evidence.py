"""Reading evidence: what supports a promise, who checked it, and whether it still counts, as at a day.

Both clocks hold here too: what was entered, checked or taken back after the day does not count yet, and what the record
was told after a revision is not known yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import ConfigDict
from pydantic_core import from_json

from goldenthread.plan.values import Value
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan

_OF_THE_PLAN = """
WITH supporting AS (
    SELECT * FROM evidence_support
    WHERE plan_id = %(plan)s AND (%(items)s::uuid[] IS NULL OR item_id = ANY (%(items)s))
), pieces AS (
    SELECT e.* FROM evidence e WHERE e.id IN (SELECT evidence_id FROM supporting)
)
SELECT 'evidence', to_jsonb(e) FROM pieces e
UNION ALL SELECT 'evidence_support', to_jsonb(s) FROM supporting s
UNION ALL SELECT 'evidence_check', to_jsonb(c) FROM evidence_check c
    WHERE c.support_id IN (SELECT id FROM supporting)
UNION ALL SELECT 'link_visit', to_jsonb(v) FROM link_visit v WHERE v.evidence_id IN (SELECT id FROM pieces)
UNION ALL SELECT 'stored_file', to_jsonb(f) FROM stored_file f WHERE f.id IN (SELECT file_id FROM pieces)
"""
_KNOWN_THEN = """
SELECT DISTINCT ON (c.table_name, c.row_id) c.table_name, c.row
FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.table_name IN ('evidence', 'evidence_support', 'evidence_check', 'link_visit', 'stored_file')
  AND r.number <= %(known_at)s
ORDER BY c.table_name, c.row_id, c.id DESC
"""


class _Row(Value):
    """A row of the table, or of the log, which may be of an earlier shape."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID


class KeptFile(_Row):
    """A file that was given as evidence. `size` is in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


class Check(_Row):
    """What somebody found who looked at the evidence."""

    support_id: UUID
    number: int = 1
    checked_on: date
    by: str
    sufficient: bool
    note: str = ""


class Visit(_Row):
    """Whether a link could be reached on a day; None: nobody can tell."""

    evidence_id: UUID
    visited_on: date
    reached: bool | None
    said: str


class _SupportRow(_Row):
    evidence_id: UUID
    plan_id: UUID
    item_id: UUID
    added_on: date | None = None


class _EvidenceRow(_Row):
    title: str
    shows: str
    file_id: UUID | None
    url: str
    dated_on: date
    lapses_on: date | None
    added_on: date
    added_by: str
    withdrawn: str
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Support:
    """That a piece of evidence supports an item, with the checks of it, the last one last."""

    id: UUID
    item: UUID
    checks: tuple[Check, ...]

    @property
    def last(self) -> Check | None:
        """The check that counts."""
        return self.checks[-1] if self.checks else None

    @property
    def is_sufficient(self) -> bool:
        """Whether whoever looked last found it enough."""
        return bool(self.checks) and self.checks[-1].sufficient


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as it stood on a day, with what it supports of one plan."""

    id: UUID
    title: str
    shows: str
    url: str
    file: KeptFile | None
    dated_on: date
    lapses_on: date | None
    added_on: date
    added_by: str
    withdrawn: str
    withdrawn_on: date | None
    supports: tuple[Support, ...]
    visit: Visit | None
    as_at: date

    @property
    def is_withdrawn(self) -> bool:
        """Whether somebody took it back."""
        return bool(self.withdrawn)

    @property
    def is_lapsed(self) -> bool:
        """Whether the day has come from which it no longer counts."""
        return self.lapses_on is not None and self.lapses_on <= self.as_at

    @property
    def is_unreachable(self) -> bool:
        """Whether the last visit found that its link leads nowhere."""
        return self.visit is not None and self.visit.reached is False

    @property
    def counts(self) -> bool:
        """Whether it still counts: neither taken back nor lapsed."""
        return not self.is_withdrawn and not self.is_lapsed

    @property
    def is_unchecked(self) -> bool:
        """Whether it counts and nobody has looked at it for one of the items that it supports."""
        return self.counts and any(not support.checks for support in self.supports)

    def on(self, item: UUID) -> Support | None:
        """How it supports an item."""
        return next((support for support in self.supports if support.item == item), None)


@dataclass(frozen=True)
class EvidenceRegister:
    """The evidence for a plan, or for some items of it, newest first."""

    pieces: tuple[Piece, ...]

    @cached_property
    def by_item(self) -> Mapping[UUID, tuple[Piece, ...]]:
        """The evidence for each item that has any."""
        found: defaultdict[UUID, list[Piece]] = defaultdict(list)
        for piece in self.pieces:
            for support in piece.supports:
                found[support.item].append(piece)
        return {item: tuple(pieces) for item, pieces in found.items()}

    def proving(self, item: UUID) -> tuple[Piece, ...]:
        """The evidence on which a verification of the item can rest: it counts, and was found sufficient for it."""
        return tuple(
            piece
            for piece in self.by_item.get(item, ())
            if piece.counts and (support := piece.on(item)) and support.is_sufficient
        )

    def piece(self, id_: UUID) -> Piece | None:
        """One piece."""
        return next((piece for piece in self.pieces if piece.id == id_), None)


def evidence_of(
    council: UUID,
    plan: UUID | str,
    *,
    as_at: date,
    known_at: int | None = None,
    items: Collection[UUID] | None = None,
) -> EvidenceRegister:
    """The evidence for a plan, or for these items of it, as at the end of a day as far as was known at a revision.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    with council_scope(council):
        held = plan if isinstance(plan, UUID) else find_plan(plan).id
        wanted = None if items is None else list(items)
        with connection.cursor() as cursor:
            cursor.execute(
                _OF_THE_PLAN if known_at is None else _KNOWN_THEN,
                {"plan": held, "items": wanted, "known_at": known_at},
            )
            rows: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
            for table, row in cursor.fetchall():
                if row is not None:  # None: disposed of
                    rows[table].append(from_json(row) if isinstance(row, str) else row)
    return EvidenceRegister(tuple(_pieces(rows, held, wanted, as_at)))


def _pieces(
    rows: Mapping[str, list[Mapping[str, Any]]], plan: UUID, items: list[UUID] | None, as_at: date
) -> Iterable[Piece]:
    held = sorted(map(_EvidenceRow.model_validate, rows["evidence"]), key=lambda row: row.id)
    files = {file.id: file for file in map(KeptFile.model_validate, rows["stored_file"])}
    supports = _supports(rows, plan, items, as_at)
    visits = _last_visits(rows["link_visit"], as_at)
    for row in sorted(held, key=lambda row: (row.added_on, row.dated_on), reverse=True):
        if row.added_on > as_at or row.id not in supports:
            continue
        taken_back = row.withdrawn_on is None or row.withdrawn_on <= as_at
        yield Piece(
            id=row.id,
            title=row.title,
            shows=row.shows,
            url=row.url,
            file=files.get(row.file_id) if row.file_id else None,
            dated_on=row.dated_on,
            lapses_on=row.lapses_on,
            added_on=row.added_on,
            added_by=row.added_by,
            withdrawn=row.withdrawn if taken_back else "",
            withdrawn_on=row.withdrawn_on if taken_back else None,
            supports=supports[row.id],
            visit=visits.get(row.id),
            as_at=as_at,
        )


def _supports(
    rows: Mapping[str, list[Mapping[str, Any]]], plan: UUID, items: list[UUID] | None, as_at: date
) -> dict[UUID, tuple[Support, ...]]:
    """What each piece supports of the plan, by the id of the piece."""
    checks: defaultdict[UUID, list[Check]] = defaultdict(list)
    for check in sorted(map(Check.model_validate, rows["evidence_check"]), key=lambda check: check.number):
        if check.checked_on <= as_at:
            checks[check.support_id].append(check)
    found: defaultdict[UUID, list[Support]] = defaultdict(list)
    for row in sorted(map(_SupportRow.model_validate, rows["evidence_support"]), key=lambda row: row.id):
        wanted = row.plan_id == plan and (items is None or row.item_id in items)
        if wanted and (row.added_on is None or row.added_on <= as_at):
            found[row.evidence_id].append(Support(row.id, row.item_id, tuple(checks[row.id])))
    return {piece: tuple(supporting) for piece, supporting in found.items()}


def _last_visits(rows: Iterable[Mapping[str, Any]], as_at: date) -> dict[UUID, Visit]:
    visits = sorted(map(Visit.model_validate, rows), key=lambda visit: visit.visited_on)
    return {visit.evidence_id: visit for visit in visits if visit.visited_on <= as_at}
