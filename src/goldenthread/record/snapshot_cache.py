"""Snapshots that were read before. A sealed state never changes, so what is kept is right for ever."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock
from uuid import UUID

from goldenthread.plan.model import Plan
from goldenthread.record.history.selectors import head_number
from goldenthread.record.snapshot import read_plan_at

_KEPT = 64
_Key = tuple[UUID, UUID | str, date | None, int, bool]
_plans: OrderedDict[_Key, Plan] = OrderedDict()
_lock = Lock()


def snapshot_cached(
    *, council: UUID, plan: UUID | str, cut_off: date | None = None, known_at: int | None = None
) -> Plan:
    """What `snapshot` gives, from memory if this process has read it before. One query when it has.

    Use it outside services: inside one, what it has written is not sealed yet and must not be kept.

    Raises:
        NoSuchPlan, NotYetAdopted, NoSuchRevision: as `snapshot`.
    """
    at = head_number(council) if known_at is None else known_at
    key = (council, plan, cut_off, at, known_at is None)
    with _lock:
        if key in _plans:
            _plans.move_to_end(key)
            return _plans[key]
    value, head = read_plan_at(council, plan, cut_off, known_at)
    with _lock:
        _plans[(council, plan, cut_off, head if known_at is None else known_at, known_at is None)] = value
        while len(_plans) > _KEPT:
            _plans.popitem(last=False)
    return value
