"""A sample for internal audit in rows."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.assurance.sampling import place_of
from goldenthread.plan.model import Action
from goldenthread.record.models.evidence import AuditSample
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.statuses import status_words

COLUMNS = (
    "Order",
    "No.",
    "Action",
    "Theme",
    "Leads",
    "Approved date",
    "Status",
    "Id",
    "SHA-256 of seed and id",
)


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One action that was drawn, as it stood; `hash` gave it its place."""

    order: int
    action: Action
    theme: str
    hash: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the file, under `COLUMNS`."""
        approved = self.action.dates.approved
        return (
            str(self.order),
            self.action.ref or "",
            self.action.title or "",
            self.theme,
            "; ".join(self.action.leads),
            approved.printed if approved else "",
            status_words(self.action.status).text,
            str(self.action.id),
            self.hash,
        )


def drawn_rows(sample: AuditSample, index: PlanIndex) -> tuple[DrawnRow, ...]:
    """What was drawn, in the order of drawing, as the plan was in the state that it was drawn from."""
    placed = {str(each.action.id): each for each in index.actions}
    return tuple(
        DrawnRow(order, placed[item].action, placed[item].theme.name, place_of(sample.seed, item))
        for order, item in enumerate(sample.items, start=1)
        if item in placed
    )
