"""Where the promises of a plan stand and who leads them, from memory: leads save every second, and trees seldom change.

What is kept is right for the newest revision that was looked at. It is right for a later one too if no item of the plan
and no lead was written since, which the sealed log says.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from uuid import UUID

from django.db import connection

from goldenthread.record.history.selectors import head_number
from goldenthread.record.promises import Place, places_of
from goldenthread.record.reporters import lead_slug

NOBODY = "No lead is named"
"""Under this name stand the promises without a lead, which the programme office reports on."""
_KEPT, _LOOKED_BACK = 64, 500
_TOUCHED = """
SELECT EXISTS (
    SELECT FROM revision r JOIN change c USING (council_id, changeset)
    WHERE r.council_id = current_council() AND r.number > %(seen)s AND r.number <= %(head)s AND c.plan_id = %(plan)s
      AND (c.table_name = 'item' OR c.table_name = 'dated_fact' AND (c.row ->> 'series' = 'leads') IS NOT FALSE)
)
"""


@dataclass(frozen=True)
class Tree:
    """The promises of a plan as at a day, in printed order."""

    places: tuple[Place, ...]

    @cached_property
    def by_lead(self) -> dict[str, tuple[int, ...]]:
        """The positions of each lead's promises, under its slug."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, place in enumerate(self.places):
            for lead in dict.fromkeys(map(lead_slug, place.leads or (NOBODY,))):
                found[lead].append(position)
        return {lead: tuple(positions) for lead, positions in found.items()}

    def led_by(self, leads: frozenset[str]) -> tuple[Place, ...]:
        """The promises of which one of these leads is a lead, in printed order."""
        positions = {position for lead in leads for position in self.by_lead.get(lead, ())}
        return tuple(self.places[position] for position in sorted(positions))


_trees: OrderedDict[tuple[UUID, UUID, date], tuple[int, Tree]] = OrderedDict()
_lock = Lock()


def tree_cached(council: UUID, plan: UUID, *, as_at: date) -> Tree:
    """The tree of a plan of the council in scope as at a day, at most one small query where this process has it.

    Use it outside services: what a service has written is not sealed yet, and must not be kept.
    """
    key, head = (council, plan, as_at), head_number(council)
    with _lock:
        seen, tree = _trees.get(key, (0, None))
    if tree is None or head - seen > _LOOKED_BACK or (head > seen and _touched(plan, seen, head)):
        tree = Tree(places_of(plan, as_at=as_at))
    with _lock:
        _trees[key] = (max(head, seen), tree)
        _trees.move_to_end(key)
        while len(_trees) > _KEPT:
            _trees.popitem(last=False)
    return tree


def _touched(plan: UUID, seen: int, head: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"plan": plan, "seen": seen, "head": head})
        return bool(cursor.fetchone()[0])
