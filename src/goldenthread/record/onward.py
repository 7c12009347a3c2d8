"""Which promises are to go on in other plans, or do: what was proposed, what was decided, and how each stood then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.plan.destinations import Destination
from goldenthread.plan.model import Plan
from goldenthread.plan.proposals import Transfer
from goldenthread.plan.status import Status
from goldenthread.record.change_requests import HeldRequest
from goldenthread.record.models.change_control import RequestState
from goldenthread.reporting.matter import Passing

_STOOD = """
SELECT DISTINCT ON (f.item_id) f.item_id, f.value::text
FROM dated_fact f
JOIN unnest(%(items)s::uuid[], %(days)s::date[]) AS passed (item_id, day) USING (item_id)
WHERE f.series = 'status' AND f.effective_on <= passed.day AND f.value::text IS DISTINCT FROM '"superseded"'
  AND f.changeset IN (SELECT changeset FROM revision WHERE council_id = current_council() AND number <= %(known_at)s)
ORDER BY f.item_id, f.effective_on DESC, f.entry DESC
"""


def passing_on(plan: Plan, requests: Sequence[HeldRequest], known_at: int) -> Mapping[str, Passing]:
    """The promises that are passed on or wait for the decision, by their keys; of several requests the newest counts.

    Args:
        plan: A snapshot of a plan of the council in scope.
        requests: Its change requests at the same cut-off and revision, newest first.
        known_at: The number of that revision.
    """
    counting = {RequestState.PROPOSED, RequestState.APPROVED}
    newest: dict[str, HeldRequest] = {}
    for each in requests:
        if isinstance(each.change, Transfer) and each.state in counting:
            newest.setdefault(each.change.item, each)
    stood = _stood(plan, {key: each for key, each in newest.items() if each.decided_on}, known_at)
    return {key: _passing(each, stood.get(key, Status.UNKNOWN)) for key, each in newest.items()}


def _passing(request: HeldRequest, stood: Status) -> Passing:
    change = request.change
    assert isinstance(change, Transfer)
    return Passing(
        to=Destination(change.to, change.action or "", change.link or ""),
        reason=request.reason,
        request=request.number,
        stood=stood if request.decided_on else None,
        decided_on=request.decided_on,
        decided_by=request.decided_by,
        reference=request.decision_reference,
    )


def _stood(plan: Plan, decided: Mapping[str, HeldRequest], known_at: int) -> Mapping[str, Status]:
    """The last status of each before the decision that passed it on. One query, or none where nothing was passed on."""
    ids: dict[UUID, str] = {
        item.id: item.key
        for item in (*(part for action in plan.actions() for part in action.walk()), *plan.milestones())
        if item.id and item.key in decided
    }
    if not ids:
        return {}
    days = [decided[key].decided_on for key in ids.values()]
    with connection.cursor() as cursor:
        cursor.execute(_STOOD, {"items": list(ids), "days": days, "known_at": known_at})
        found = cursor.fetchall()
    return {ids[item]: Status(from_json(text)) for item, text in found if text and text != "null"}
