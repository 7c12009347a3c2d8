"""Who leads what, in rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.plan.keys import slug
from goldenthread.web.presenting.dates import is_past
from goldenthread.web.presenting.index import PlanIndex


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead: how many actions name it, how many of those have passed their date, how many are said to be done."""

    name: str
    slug: str
    collective: bool
    actions: int
    past: int
    done: int


def lead_rows(index: PlanIndex, on: date) -> tuple[LeadRow, ...]:
    """Every lead, those named most first."""
    return tuple(
        LeadRow(
            name=name,
            slug=slug(name),
            collective=name in index.collective,
            actions=len(found),
            past=sum(is_past(p.action.status, p.action.dates, on) for p in found),
            done=sum(p.action.status.is_done for p in found),
        )
        for name, found in index.leads.items()
    )


def lead_named(index: PlanIndex, wanted: str) -> str | None:
    """The lead whose name reads like this in an address."""
    return next((name for name in index.leads if slug(name) == wanted), None)
