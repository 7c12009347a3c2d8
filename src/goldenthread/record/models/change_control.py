"""Change control: what somebody proposes to change of an approved plan, and who decided."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import PlanRecord


class Tier(models.IntegerChoices):
    """How much a change touches what was approved, and so who may approve it."""

    OPERATIONAL = 1, "operational"
    DATE_OR_MEASURE = 2, "an end date or a measure of success is affected"
    SCOPE = 3, "scope, a new action or a closure"


class RequestState(models.TextChoices):
    """Where a change request stands."""

    PROPOSED = "proposed", "proposed"
    APPROVED = "approved", "approved"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "withdrawn"


class ChangeRequest(CouncilOwned):
    """One proposed change. `kind` and `content` say what (a `ProposedChange`, `plan/proposals.py`).

    `reason` is the proposer's and is never overwritten. A decision names the body, its reference ("minute 42/23") and
    where the minute can be read; until it is recorded nothing of the plan has changed. `applied_revision` holds it.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="change_requests")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    content = models.JSONField()
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    reason = models.TextField()
    proposed_on = models.DateField()
    proposed_by = models.TextField()
    state = models.CharField(max_length=20, choices=RequestState.choices, default=RequestState.PROPOSED)
    decided_by = models.TextField(blank=True, default="")
    decision_reference = models.TextField(blank=True, default="")
    decision_link = models.URLField(max_length=2000, blank=True, default="")
    decided_on = models.DateField(null=True)
    decision_note = models.TextField(blank=True, default="")
    applied_revision = models.BigIntegerField(null=True)

    class Meta:
        db_table = "change_request"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="change_request_number")]

    def __str__(self) -> str:
        return f"change request {self.number}"
