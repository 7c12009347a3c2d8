"""Reading change requests: as they stand, as at a day, and as known after a revision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import ConfigDict, JsonValue, TypeAdapter
from pydantic_core import from_json

from goldenthread.plan.applying import effect_of
from goldenthread.plan.changes import Change
from goldenthread.plan.model import Plan
from goldenthread.plan.proposals import PROPOSED, ProposalError, ProposedChange
from goldenthread.plan.values import Value
from goldenthread.record.models.change_control import ChangeRequest, RequestState, Tier
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan

EFFECT = TypeAdapter(tuple[Change, ...])
_KNOWN_THEN = """
SELECT DISTINCT ON (c.row_id) c.row
FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.plan_id = %s AND c.table_name = 'change_request' AND r.number <= %s
ORDER BY c.row_id, c.id DESC
"""


class HeldRequest(Value):
    """One change request as it stood. `proposed_by` is the label that the log gives the proposer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    content: Mapping[str, JsonValue]
    tier: Tier
    reason: str
    proposed_on: date
    proposed_by: str
    state: RequestState
    decided_by: str
    decision_reference: str
    decision_link: str
    decided_on: date | None
    decision_note: str
    applied_revision: int | None

    @cached_property
    def change(self) -> ProposedChange:
        """What was proposed."""
        return PROPOSED.validate_python(self.content["change"])

    @cached_property
    def effect(self) -> tuple[Change, ...]:
        """What it would have altered of the plan as the plan stood when it was proposed."""
        return EFFECT.validate_python(self.content["effect"])

    @property
    def items(self) -> frozenset[str]:
        """The keys of the items that it is about."""
        named = self.content["items"]
        return frozenset(str(key) for key in named) if isinstance(named, list) else frozenset()

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.state is RequestState.PROPOSED

    def as_at(self, day: date | None) -> HeldRequest:
        """The request as it stood at the end of a day: what was decided later was not decided yet."""
        if day is None or self.decided_on is None or self.decided_on <= day:
            return self
        undecided: dict[str, Any] = dict.fromkeys(
            ("decided_by", "decision_reference", "decision_link", "decision_note"), ""
        )
        return self.model_copy(
            update={
                **undecided,
                "state": RequestState.PROPOSED,
                "decided_on": None,
                "applied_revision": None,
            }
        )


def change_requests(
    council: UUID, plan: UUID | str, *, as_at: date | None = None, known_at: int | None = None
) -> tuple[HeldRequest, ...]:
    """The change requests of a plan, newest first, as at the end of a day as far as was known at a revision."""
    with council_scope(council):
        held = find_plan(plan)
        rows = _rows_known_at(held.id, known_at) if known_at else _rows(held.id)
    found = (held_request(row) for row in rows)
    standing = (request.as_at(as_at) for request in found if as_at is None or request.proposed_on <= as_at)
    return tuple(sorted(standing, key=lambda request: -request.number))


def held_request(row: Mapping[str, Any]) -> HeldRequest:
    """A row of the table, or of the log, as a value."""
    return HeldRequest.model_validate(dict(row))


def current_effect(plan: Plan, change: ProposedChange) -> tuple[Change, ...] | None:
    """What the change would alter of this plan; None where the plan allows it no longer."""
    try:
        return effect_of(plan, change)
    except ProposalError:
        return None


def is_same_effect(one: tuple[Change, ...] | None, other: tuple[Change, ...] | None) -> bool:
    """Whether the same fields of the same items go from the same values to the same. Places in lists do not count."""
    return one is not None and other is not None and _told(one) == _told(other)


def _told(effect: tuple[Change, ...]) -> list[tuple[Any, ...]]:
    return [
        (each.kind, each.key, each.field, _unplaced(each.before), _unplaced(each.after)) for each in effect
    ]


def _unplaced(value: JsonValue) -> JsonValue:
    if isinstance(value, dict) and "wording" in value:
        return {name: part for name, part in value.items() if name != "position"}
    return value


def _rows(plan: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in ChangeRequest.objects.filter(plan_id=plan).values()]


def _rows_known_at(plan: UUID, known_at: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_THEN, [plan, known_at])
        return [from_json(row) if isinstance(row, str) else row for (row,) in cursor.fetchall() if row]
