"""Some promises of a plan by themselves, without the whole plan: what a lead's own pages and every report need.

A snapshot reads everything and checks all of it, which is right for a page about the plan and too much for one saved
line. This reads the same facts by the same rule (`snapshot.py`) for the items that are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import ItemKind, Series
from goldenthread.plan.judgements import Assessment, Report
from goldenthread.plan.model import Dates
from goldenthread.plan.status import Status
from goldenthread.record.snapshot import PROMISES

_TREE = """
SELECT i.id, i.kind, i.ref, i.parent_id, i.position, coalesce(i.wording ->> 'title', i.wording ->> 'name', ''),
       coalesce((i.wording ->> 'heading')::boolean, false),
       leads.value
FROM item i
LEFT JOIN LATERAL (
    SELECT f.value FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = i.id AND f.series = 'leads' AND f.effective_on <= %(as_at)s
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) leads ON i.kind = ANY (%(promises)s)
WHERE i.plan_id = %(plan)s AND (i.kind = ANY (%(promises)s) OR i.kind = 'theme')
  AND (%(among)s::uuid[] IS NULL OR i.id = ANY (%(among)s))
  AND i.added_on <= %(as_at)s AND (i.removed_on IS NULL OR i.removed_on > %(as_at)s)
ORDER BY i.kind LIKE '%%milestone', i.position
"""
_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM item WHERE plan_id = %(plan)s AND id = ANY (%(items)s)
    UNION
    SELECT i.id, i.parent_id FROM item i JOIN above ON i.id = above.parent_id
)
SELECT id FROM above
"""
_FACTS = """
SELECT i.id, s.series, latest.value, coalesce(r.number, 0)
FROM unnest(%(items)s::uuid[]) AS i (id) CROSS JOIN unnest(%(series)s::text[]) AS s (series)
CROSS JOIN LATERAL (
    SELECT f.value, f.changeset FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = i.id AND f.series = s.series AND f.effective_on <= %(as_at)s
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) latest
LEFT JOIN revision r ON r.changeset = latest.changeset AND r.council_id = current_council()
"""
_DATES = {Series.ORIGINAL, Series.APPROVED, Series.FORECAST, Series.ACTUAL}


@dataclass(frozen=True)
class Place:
    """Where a promise stands in the plan, and who leads it: itself says so, or else the nearest promise above."""

    id: UUID
    kind: ItemKind
    ref: str | None
    title: str
    heading: bool
    above: tuple[str, ...]
    leads: tuple[str, ...]

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.title or self.ref or "An item without a title"


@dataclass(frozen=True)
class HeldPromise:
    """One action, step or milestone as at a day. `written` is the revision that each series was last written in."""

    place: Place
    facts: Mapping[Series, Any]
    written: Mapping[Series, int]

    @property
    def id(self) -> UUID:
        """The permanent id."""
        return self.place.id

    @cached_property
    def status(self) -> Status:
        """The lifecycle status."""
        return Status(self.facts.get(Series.STATUS) or Status.UNKNOWN)

    @cached_property
    def dates(self) -> Dates:
        """The four dates."""
        return Dates.model_validate(
            {series.value: value for series, value in self.facts.items() if series in _DATES}
        )

    @cached_property
    def start(self) -> PlanDate | None:
        """When it begins."""
        found = self.facts.get(Series.START)
        return PlanDate.model_validate(found) if found else None

    @cached_property
    def report(self) -> Report | None:
        """What its lead last reported."""
        found = self.facts.get(Series.REPORT)
        return Report.model_validate(found) if found else None

    @cached_property
    def assessment(self) -> Assessment | None:
        """What the assurer last made of it."""
        found = self.facts.get(Series.ASSESSMENT)
        return Assessment.model_validate(found) if found else None


def places_of(plan: UUID, *, as_at: date) -> tuple[Place, ...]:
    """Every promise of a plan of the council in scope, in printed order, without what varies but its leads."""
    return _places(plan, as_at, None)


def _places(plan: UUID, as_at: date, among: list[UUID] | None) -> tuple[Place, ...]:
    """The promises of a plan; where some are given, only these, of which each has all that is above it."""
    with connection.cursor() as cursor:
        cursor.execute(_TREE, {"plan": plan, "as_at": as_at, "promises": PROMISES, "among": among})
        rows = cursor.fetchall()
    children: dict[UUID | None, list[Sequence[Any]]] = defaultdict(list)
    present = {row[0] for row in rows}
    for row in rows:
        children[row[3] if row[3] in present else None].append(row)
    return tuple(_placed(children, None, (), ()))


def promises(plan: UUID, items: Collection[UUID], *, as_at: date) -> dict[UUID, HeldPromise]:
    """These promises as they were at the end of a day. Those that the plan has not on that day are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"plan": plan, "items": list(items)})
        among = [item for (item,) in cursor.fetchall()]
    places = {place.id: place for place in _places(plan, as_at, among)}
    return with_facts(plan, [places[item] for item in items if item in places], as_at=as_at)


def with_facts(
    plan: UUID, places: Iterable[Place], *, as_at: date, series: Collection[Series] = tuple(Series)
) -> dict[UUID, HeldPromise]:
    """What was true of the promises at these places at the end of a day, in the order given; all of it, or of these
    series alone.
    """
    wanted = {place.id: place for place in places}
    facts: dict[UUID, dict[Series, Any]] = defaultdict(dict)
    written: dict[UUID, dict[Series, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"plan": plan, "as_at": as_at, "items": list(wanted), "series": list(series)})
        for item, name, text, revision in cursor.fetchall():
            written[item][Series(name)] = revision
            if text is not None:
                facts[item][Series(name)] = from_json(text) if isinstance(text, str) else text
    return {item: HeldPromise(place, facts[item], written[item]) for item, place in wanted.items()}


def _placed(
    children: Mapping[UUID | None, list[Sequence[Any]]],
    parent: UUID | None,
    above: tuple[str, ...],
    leads: tuple[str, ...],
) -> Iterable[Place]:
    for item, kind, ref, _, _, title, heading, own in children.get(parent, ()):
        found = tuple(from_json(own) if isinstance(own, str) else own or ()) or leads
        if kind != ItemKind.THEME and not heading:
            yield Place(item, ItemKind(kind), ref, title, heading, above, found)
        yield from _placed(children, item, (*above, title), found)
