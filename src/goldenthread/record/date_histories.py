"""Every date that was ever expected of some promises, for milestone trends: one query, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.assurance.trend import DatedFact
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status
from goldenthread.record.scope import council_scope

_SERIES = [Series.ORIGINAL, Series.APPROVED, Series.FORECAST, Series.ACTUAL, Series.STATUS, Series.REPORT]
_FACTS = """
SELECT f.item_id, f.series, f.effective_on, CASE WHEN f.series <> 'report' THEN f.value::text END
FROM dated_fact f
WHERE f.plan_id = %(plan)s AND f.item_id = ANY (%(items)s) AND f.series = ANY (%(series)s)
  AND f.effective_on <= %(cut_off)s
  AND (%(known_at)s::bigint IS NULL OR f.changeset IN (
      SELECT changeset FROM revision WHERE council_id = current_council() AND number <= %(known_at)s))
ORDER BY f.item_id, f.effective_on, f.entry
"""


def date_histories(
    *, council: UUID, plan: UUID, items: Collection[UUID], cut_off: date, known_at: int | None = None
) -> Mapping[UUID, tuple[DatedFact, ...]]:
    """The facts about the dates of these items up to the end of a day, as far as was known at a revision.

    They come in the order of the days from which they hold; of those for the same day, the last that was written last.
    """
    found: dict[UUID, list[DatedFact]] = defaultdict(list)
    asked: dict[str, Any] = {"plan": plan, "items": list(items), "series": _SERIES}
    asked |= {"cut_off": cut_off, "known_at": known_at}
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_FACTS, asked)
        for item, series, effective_on, text in cursor.fetchall():
            found[item].append(DatedFact(Series(series), effective_on, _value(series, text)))
    return {item: tuple(found[item]) for item in items}


@lru_cache(maxsize=4096)
def _value(series: str, text: str | None) -> PlanDate | Status | None:
    content = from_json(text) if text is not None else None
    if content is None:
        return None
    return Status(content) if series == Series.STATUS else PlanDate.model_validate(content)
