"""The register of contradictions of a held plan: what is found, how each was settled, and what is found no more.

Nothing disappears: what was settled stays, and what stood in the plan before a document was read again stays listed
with what it said, also when one of its places has left the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import ConfigDict
from pydantic_core import from_json

from goldenthread.assurance.contradictions import Contradiction
from goldenthread.assurance.contradictions.register import register
from goldenthread.plan.model import Plan
from goldenthread.plan.values import Value
from goldenthread.record.errors import NotYetAdopted
from goldenthread.record.models.posts import PostRecord
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached

READINGS_LOOKED_AT = 5
"""How many of the latest times that a document was read again are looked at for what was found before it."""
_KNOWN = """(%(known_at)s::bigint IS NULL OR c.changeset IN (
      SELECT changeset FROM revision WHERE council_id = %(council)s AND number <= %(known_at)s)) IS TRUE"""
_SETTLED = f"""
SELECT c.row FROM change c
WHERE c.plan_id = %(plan)s AND c.table_name = 'settled_contradiction' AND {_KNOWN}
ORDER BY c.id
"""
_READ_AGAIN = f"""
SELECT DISTINCT r.number FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.plan_id = %(plan)s AND c.table_name = 'import' AND c.row ->> 'state' = 'applied' AND {_KNOWN}
ORDER BY r.number
"""


class Outcome(StrEnum):
    """What was decided of a contradiction."""

    FIRST = "first_right"
    SECOND = "second_right"
    BOTH = "both_right"
    SAME = "same_thing"
    CHANGE = "to_be_changed"
    REOPENED = "reopened"

    @property
    def in_words(self) -> str:
        """As a page says it."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.FIRST: "The first place is right",
    Outcome.SECOND: "The second place is right",
    Outcome.BOTH: "Both are right",
    Outcome.SAME: "They are the same thing and will be one",
    Outcome.CHANGE: "To be changed by a change request",
    Outcome.REOPENED: "Opened again",
}


class Standing(StrEnum):
    """How a contradiction stands."""

    OPEN = "open"
    CHANGED = "changed"
    SETTLED = "settled"
    GONE = "gone"

    @property
    def in_words(self) -> str:
        """As a page says it."""
        return {"open": "Open", "changed": "Changed since it was settled", "settled": "Settled"}.get(
            self.value, "No longer found"
        )


class Settlement(Value):
    """How a contradiction was settled, or that it was opened again. `said` is what both places said on that day."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    kind: str
    said: dict[str, Any]
    outcome: Outcome
    resolution: str
    basis: str
    decided_by: str
    decided_on: date
    owner_id: UUID | None
    owner: str = ""
    recorded_by: str
    recorded_on: date

    @property
    def pair(self) -> Contradiction:
        """The contradiction as it was on the day."""
        return Contradiction.model_validate(self.said)


@dataclass(frozen=True)
class Entry:
    """One contradiction of the register, with everything that was ever decided of it (oldest first)."""

    pair: Contradiction
    standing: Standing
    history: tuple[Settlement, ...] = ()

    @property
    def settlement(self) -> Settlement | None:
        """What was decided last, unless it was opened again."""
        last = self.history[-1] if self.history else None
        return last if last and last.outcome is not Outcome.REOPENED else None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it."""
        return self.standing in {Standing.OPEN, Standing.CHANGED}


def contradictions_at(
    council: UUID, slug: UUID | str, plan: Plan, *, as_at: date, known_at: int | None = None
) -> tuple[Entry, ...]:
    """The register of one state of a plan that is held: what is found in it, the surest first, then what is gone.

    Args:
        slug: The plan's slug or id.
        plan: The plan in that state, as `snapshot` gives it.
        as_at: The day on which to judge; what was settled later does not count.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    told = [each for each in settlements(council, slug, known_at=known_at) if each.recorded_on <= as_at]
    before = _found_before(council, slug, as_at, known_at)
    return joined(register(plan, as_at=as_at), told, before)


def joined(
    found: Iterable[Contradiction], settled: Iterable[Settlement], before: Iterable[Contradiction] = ()
) -> tuple[Entry, ...]:
    """What is found with what was decided of it; then what was settled or found before and is found no longer."""
    history: dict[tuple[str, str, str], list[Settlement]] = {}
    for each in settled:
        history.setdefault(each.pair.identity, []).append(each)
    entries = {pair.identity: _entry(pair, history.get(pair.identity, [])) for pair in found}
    for pair in (*(told[-1].pair for told in history.values()), *before):
        if pair.identity not in entries:
            entries[pair.identity] = Entry(pair, Standing.GONE, tuple(history.get(pair.identity, ())))
    return tuple(entries.values())


def _entry(pair: Contradiction, history: list[Settlement]) -> Entry:
    entry = Entry(pair, Standing.OPEN, tuple(history))
    if entry.settlement is None:
        return entry
    same = entry.settlement.pair.said == pair.said
    return Entry(pair, Standing.SETTLED if same else Standing.CHANGED, entry.history)


def settlements(council: UUID, plan: UUID | str, *, known_at: int | None = None) -> tuple[Settlement, ...]:
    """Everything that was decided of the contradictions of a plan, in the order of entry, as known at a revision.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    with council_scope(council):
        rows = _rows(_SETTLED, council, plan, known_at)
        if not rows:
            return ()
        posts = dict(PostRecord.objects.values_list("id", "name"))
    told = [Settlement.model_validate(_json(row)) for (row,) in rows if row is not None]  # None: disposed of
    return tuple(each.model_copy(update={"owner": _name(posts, each.owner_id)}) for each in told)


def _name(posts: Mapping[UUID, str], owner: UUID | None) -> str:
    return posts.get(owner, "a post that is held no longer") if owner else ""


def _found_before(
    council: UUID, plan: UUID | str, as_at: date, known_at: int | None
) -> tuple[Contradiction, ...]:
    """What stood in the plan each time before a document was read again."""
    with council_scope(council):
        numbers = [number for (number,) in _rows(_READ_AGAIN, council, plan, known_at)]
    found: list[Contradiction] = []
    for number in numbers[1:][-READINGS_LOOKED_AT:]:
        try:
            earlier = snapshot_cached(council=council, plan=plan, cut_off=as_at, known_at=number - 1)
        except NotYetAdopted:
            continue
        found += register(earlier, as_at=as_at)
    return tuple(found)


def _rows(query: str, council: UUID, plan: UUID | str, known_at: int | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"council": council, "plan": find_plan(plan).id, "known_at": known_at})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _json(row: Any) -> Any:
    return from_json(row) if isinstance(row, str) else row
