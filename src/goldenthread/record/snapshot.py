"""The one read path: a plan as at any date, as known at any revision.

Two clocks. The *cut-off* is a day: what had happened in the world by its end. *Known at* is a sealed revision: what the
record had been told by then. Identity and wording follow the second alone; dated facts follow both: of each series, the
latest that had taken effect by the cut-off, and of those for the same day, the latest that was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from goldenthread.plan.flat import FlatItem, assemble
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Question
from goldenthread.record.errors import NoSuchPlan, NoSuchRevision, NotYetAdopted
from goldenthread.record.history.upcasts import Row, upcast
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.scope import council_scope

_LIVE = """
WITH item_now AS (SELECT id, to_jsonb(item) AS row FROM item WHERE plan_id = %(plan)s),
question_now AS (SELECT to_jsonb(question) AS row FROM question WHERE plan_id = %(plan)s AND state = 'open'),
"""
_PAST = """
WITH written AS (
    SELECT DISTINCT ON (c.row_id) c.row_id AS id, c.table_name, c.row
    FROM change c JOIN revision r USING (council_id, changeset)
    WHERE c.plan_id = %(plan)s AND c.table_name IN ('item', 'question') AND r.number <= %(known_at)s
    ORDER BY c.row_id, r.number DESC, c.position DESC
),
item_now AS (SELECT id, row FROM written WHERE table_name = 'item'),
question_now AS (SELECT row FROM written WHERE table_name = 'question' AND row ->> 'state' = 'open'),
"""
_FACTS = """
latest AS (
    SELECT DISTINCT ON (f.item_id, f.series) f.item_id, f.series, f.value
    FROM dated_fact f LEFT JOIN revision r USING (council_id, changeset)
    WHERE f.plan_id = %(plan)s AND f.effective_on <= %(cut_off)s
      AND (%(known_at)s::bigint IS NULL OR r.number <= %(known_at)s)
    ORDER BY f.item_id, f.series, f.effective_on DESC, r.number DESC NULLS FIRST, f.entry DESC
),
facts AS (
    SELECT item_id, jsonb_object_agg(series, value) FILTER (WHERE value IS NOT NULL) AS facts
    FROM latest GROUP BY item_id
)
SELECT 'item' AS what, i.row, f.facts FROM item_now i LEFT JOIN facts f ON f.item_id = i.id
UNION ALL SELECT 'question', row, NULL FROM question_now
UNION ALL SELECT 'head', to_jsonb(max(number)), NULL FROM revision WHERE council_id = %(council)s
"""
# One statement, so that all of it sees the same commits. Outside a service, whose own rows are not sealed yet, every
# fact has its revision; inside one, unsealed facts are its own and the newest of all.


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
                (_LIVE if known_at is None else _PAST) + _FACTS,
                {
                    "plan": held.id,
                    "council": council,
                    "cut_off": cut_off or date.max,
                    "known_at": known_at,
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
    rows: Iterable[tuple[str, str | None, str | None]], held: PlanRecord, cut_off: date, known_at: int | None
) -> tuple[Plan, int]:
    items: list[tuple[Row, Row]] = []
    questions: list[Row] = []
    head = 0
    for what, row_json, facts_json in rows:
        row, facts = json.loads(row_json or "0"), json.loads(facts_json or "{}")
        if what == "head":
            head = row
        elif what == "question":
            questions.append(upcast("question", row))
        else:
            items.append((upcast("item", row), facts))
    if known_at is not None and known_at > head:
        raise NoSuchRevision(f"There is no revision {known_at} yet: the newest is {head}.")
    present = [(row, facts) for row, facts in items if _is_present(row, cut_off.isoformat())]
    if not present:
        raise NoSuchPlan(f"The plan “{held.slug}” was not in the record at revision {known_at}.")
    questions.sort(key=lambda row: row["position"])
    return assemble(_flat(present), [Question.model_validate(row["body"]) for row in questions]), head


def _is_present(row: Row, cut_off: str) -> bool:
    """Whether the item is part of the plan at the end of that day. Days are compared as ISO 8601 text."""
    return row["added_on"] <= cut_off and not (row["removed_on"] and row["removed_on"] <= cut_off)


def _flat(rows: list[tuple[Row, Row]]) -> list[FlatItem]:
    keys = {row["id"]: row["key"] for row, _ in rows}
    return [
        FlatItem(
            kind=row["kind"],
            key=row["key"],
            id=row["id"],
            ref=row["ref"],
            parent=keys[row["parent_id"]] if row["parent_id"] else None,
            position=row["position"],
            wording=row["wording"],
            facts=facts,
        )
        for row, facts in rows
        if not row["parent_id"] or row["parent_id"] in keys
    ]
