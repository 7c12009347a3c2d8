"""The rule by which a council rates its promises, in versions."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned


class RatingRuleRecord(CouncilOwned):
    """One version of the council's rating rule (a `RatingRule`, `assurance/ratings`). The highest number counts.

    Versions are only added. A rule has no day from which it counts: changing it recomputes the past, which says so.
    """

    number = models.PositiveIntegerField()
    body = models.JSONField()
    adopted_on = models.DateField()
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "rating_rule"
        constraints = [models.UniqueConstraint(fields=["council_id", "number"], name="rating_rule_version")]

    def __str__(self) -> str:
        return f"rating rule, version {self.number}"
