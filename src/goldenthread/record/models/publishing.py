"""The decision to publish a plan. Rows are never deleted."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import PlanRecord


class Publication(CouncilOwned):
    """That an officer decided to show the public a plan as it stood on a day, as known at a revision.

    `hold` are the refs that the officer holds back, `release` those whose words only look like a marking. Those of the
    newest row count for all. The newest row is what the public sees; if it was `withdrawn`, for that reason, nothing
    is.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    cut_off = models.DateField()
    known_at = models.PositiveBigIntegerField()
    hold = models.JSONField(default=list)
    release = models.JSONField(default=list)
    reason = models.TextField()
    decided_on = models.DateField()
    decided_by = models.TextField()
    withdrawn = models.TextField(blank=True, default="")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        db_table = "publication"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="publication_number")]

    def __str__(self) -> str:
        return f"publication {self.number} as at {self.cut_off}"
