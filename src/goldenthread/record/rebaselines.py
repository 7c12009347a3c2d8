"""How often the approved date of each promise was changed since it was first approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from goldenthread.record.models.plan import CORRECTION
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan

_APPROVED = """
SELECT item_id, count(*) FILTER (WHERE note <> %(correction)s), count(*) FILTER (WHERE note = %(correction)s)
FROM (
    SELECT f.item_id, f.note, row_number() OVER (PARTITION BY f.item_id ORDER BY f.entry) AS nth
    FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.series = 'approved' AND f.effective_on <= %(as_at)s
      AND (%(known_at)s::bigint IS NULL OR (f.changeset IN (
          SELECT changeset FROM revision WHERE council_id = %(council)s AND number <= %(known_at)s)) IS TRUE)
) AS said
WHERE nth > 1
GROUP BY item_id
"""


@dataclass(frozen=True)
class Rebaselines:
    """How often an approved date was changed; `corrections` of how a document was read are counted apart."""

    moves: int
    corrections: int


def rebaselines(
    council: UUID, plan: UUID | str, *, as_at: date | None = None, known_at: int | None = None
) -> Mapping[UUID, Rebaselines]:
    """The counts of every item of the plan whose approved date was said more than once, by one query.

    Args:
        as_at: Changes from a later day on do not count; None counts all.
        known_at: What was written after this revision does not count; None counts all.
    """
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(
            _APPROVED,
            {
                "plan": find_plan(plan).id,
                "council": council,
                "as_at": as_at or date.max,
                "known_at": known_at,
                "correction": CORRECTION,
            },
        )
        return {item: Rebaselines(moves, corrections) for item, moves, corrections in cursor.fetchall()}
