"""The one read path: a plan as at any date, as known at any revision.

Two clocks. The *cut-off* is a day: what had happened in the world by its end. *Known at* is a sealed revision: what the
record had been told by then. Identity and wording follow the second alone; dated facts follow both: of each series, the
latest that had taken effect by the cut-off, and of those for the same day, the latest that was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import FlatItem, ItemKind, Series, assemble
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Question
from goldenthread.record.errors import NoSuchPlan, NoSuchRevision, NotYetAdopted
from goldenthread.record.history.upcasts import Row, upcast
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.scope import council_scope

PROMISES = [ItemKind.ACTION, ItemKind.STEP, ItemKind.MILESTONE, ItemKind.ENGAGEMENT_MILESTONE]
"""The kinds of item that dated facts are about."""
_DATES = frozenset({Series.START, Series.ORIGINAL, Series.APPROVED, Series.FORECAST, Series.ACTUAL})
_LIVE = """
SELECT 'item' AS what, NULL::uuid AS item, NULL AS series, to_jsonb(i) AS content
FROM item i WHERE i.plan_id = %(plan)s
UNION ALL
SELECT 'question', NULL, NULL, to_jsonb(q) FROM question q WHERE q.plan_id = %(plan)s
UNION ALL
SELECT 'fact', i.id, s.series, latest.value
FROM item i CROSS JOIN unnest(%(series)s::text[]) AS s (series)
CROSS JOIN LATERAL (
    SELECT f.value FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = i.id AND f.series = s.series AND f.effective_on <= %(cut_off)s
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) latest
WHERE i.plan_id = %(plan)s AND i.kind = ANY (%(promises)s)
UNION ALL SELECT 'head', NULL, NULL, to_jsonb(max(number)) FROM revision WHERE council_id = %(council)s
"""
_PAST = """
WITH sealed AS (SELECT changeset FROM revision WHERE council_id = %(council)s AND number <= %(known_at)s)
(
    SELECT DISTINCT ON (c.table_name, c.row_id)
           c.table_name AS what, NULL::uuid AS item, NULL AS series, c.row AS content
    FROM change c
    WHERE c.plan_id = %(plan)s AND c.table_name IN ('item', 'question')
      AND (c.changeset IN (SELECT changeset FROM sealed)) IS TRUE
    ORDER BY c.table_name, c.row_id, c.id DESC
)
UNION ALL
SELECT 'fact', i.id, s.series, latest.value
FROM item i CROSS JOIN unnest(%(series)s::text[]) AS s (series)
CROSS JOIN LATERAL (
    SELECT f.value FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = i.id AND f.series = s.series AND f.effective_on <= %(cut_off)s
      AND (f.changeset IN (SELECT changeset FROM sealed)) IS TRUE
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) latest
WHERE i.plan_id = %(plan)s AND i.kind = ANY (%(promises)s)
UNION ALL SELECT 'head', NULL, NULL, to_jsonb(max(number)) FROM revision WHERE council_id = %(council)s
"""
# Each is one statement, so that all of it sees the same commits. The latest facts are looked up one by one in their
# index, so years of history cost little. IS TRUE keeps the sealed changesets a hash in which each row is looked up,
# whatever the planner believes about sizes; a join was seen to take a second instead.


def snapshot(
    *, council: UUID, plan: UUID | str, cut_off: date | None = None, known_at: int | None = None
) -> Plan:
    """The plan, by id or slug, as it was at the end of the cut-off day as far as was known at a revision.

    Args:
        council: Whose plan it is.
        plan: Its id or its slug.
        cut_off: None for everything that has taken effect or is entered to take effect.
        known_at: The number of a sealed revision; None for everything that is known now.

    Raises:
        NoSuchPlan: The council has no such plan, or had not at that revision.
        NotYetAdopted: The cut-off is before the day on which the plan took effect.
        NoSuchRevision: The council's record has not come so far.
    """
    return read_plan_at(council, plan, cut_off, known_at)[0]


def read_plan_at(
    council: UUID, plan: UUID | str, cut_off: date | None, known_at: int | None
) -> tuple[Plan, int]:
    """The same, with the number of the newest revision at the moment of reading."""
    with council_scope(council):
        held = find_plan(plan)
        if cut_off and cut_off < held.effective_on:
            raise NotYetAdopted(held.effective_on, cut_off)
        with connection.cursor() as cursor:
            cursor.execute(
                _LIVE if known_at is None else _PAST,
                {
                    "plan": held.id,
                    "council": council,
                    "cut_off": cut_off or date.max,
                    "known_at": known_at,
                    "series": list(Series),
                    "promises": PROMISES,
                },
            )
            return _plan_of(cursor.fetchall(), held, cut_off or date.max, known_at)


def find_plan(plan: UUID | str) -> PlanRecord:
    """The plan with this id or slug of the council in scope.

    Raises:
        NoSuchPlan: There is none.
    """
    named = {"id": plan} if isinstance(plan, UUID) else {"slug": plan}
    found = PlanRecord.objects.filter(**named).first()
    if found is None:
        raise NoSuchPlan(f"This council has no plan “{plan}”.")
    return found


def resolve_known_at(council: UUID, when: datetime) -> int:
    """The number of the last revision sealed at or before a time.

    Raises:
        NoSuchRevision: Nothing had been recorded by then.
    """
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(number) FROM revision WHERE council_id = %s AND sealed_at <= %s", [council, when]
        )
        (number,) = cursor.fetchone()
    if number is None:
        raise NoSuchRevision(f"Nothing had been recorded by {when:%-d %B %Y, %H:%M}. Choose a later time.")
    return int(number)


def _plan_of(
    rows: Iterable[tuple[str, UUID | None, str | None, str | None]],
    held: PlanRecord,
    cut_off: date,
    known_at: int | None,
) -> tuple[Plan, int]:
    items: list[Row] = []
    questions: list[Row] = []
    facts: dict[str, dict[Series, Any]] = defaultdict(dict)
    head = 0
    for what, item, series, text in rows:
        if (
            text is None
        ):  # no revision yet; a fact that is known no longer; a row whose content was disposed of
            continue
        if what == "head":
            head = int(text)
        elif what == "fact" and series:
            facts[str(item)][Series(series)] = _fact(series, text)
        else:
            (items if what == "item" else questions).append(upcast(what, from_json(text)))
    if known_at is not None and known_at > head:
        raise NoSuchRevision(f"There is no revision {known_at} yet: the newest is {head}.")
    present = [row for row in items if _is_present(row, cut_off.isoformat())]
    if not present:
        raise NoSuchPlan(f"The plan “{held.slug}” was not in the record at revision {known_at}.")
    asked = sorted((row for row in questions if row["state"] == "open"), key=lambda row: row["position"])
    return assemble(_flat(present, facts), [Question.model_validate(row["body"]) for row in asked]), head


@lru_cache(maxsize=8192)
def _fact(series: str, text: str) -> Any:
    """A fact's value. The same dates are said of many items and read many times, and checking one takes long."""
    return PlanDate.model_validate_json(text) if series in _DATES else from_json(text)


def _is_present(row: Row, cut_off: str) -> bool:
    """Whether the item is part of the plan at the end of that day. Days are compared as ISO 8601 text."""
    return row["added_on"] <= cut_off and not (row["removed_on"] and row["removed_on"] <= cut_off)


def _flat(rows: list[Row], facts: Mapping[str, Mapping[Series, Any]]) -> list[FlatItem]:
    """The rows as items, unchecked: they were checked when they were written, and `assemble` checks what it builds."""
    keys = {row["id"]: row["key"] for row in rows}
    return [
        FlatItem.model_construct(
            kind=ItemKind(row["kind"]),
            key=row["key"],
            id=UUID(row["id"]),
            ref=row["ref"],
            parent=keys[row["parent_id"]] if row["parent_id"] else None,
            position=row["position"],
            wording=row["wording"],
            facts=facts.get(row["id"], {}),
        )
        for row in rows
        if not row["parent_id"] or row["parent_id"] in keys
    ]
