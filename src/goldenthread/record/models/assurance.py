"""What people say about what the checks, the comparison of places and the forecasts found. Rows are never deleted."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import Item, PlanRecord
from goldenthread.record.models.posts import BodyRecord, PostRecord


class AcceptedFinding(CouncilOwned):
    """That a finding may stand, for a reason, until a day. It is shown with it, and never hides it.

    A finding is known by its rule, the item it is about (None: the plan) and `about`, which tells apart several that
    one rule makes of one item. The same finding can be accepted again later: the last row counts. `owner` is the post
    that answers for it. `withdrawn` is the reason for which somebody took the acceptance back.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=10)
    about = models.TextField(blank=True, default="")
    message = models.TextField()
    reason = models.TextField()
    owner = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField()
    accepted_by = models.TextField()
    expires_on = models.DateField()
    withdrawn = models.TextField(blank=True, default="")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        db_table = "accepted_finding"

    def __str__(self) -> str:
        return f"{self.rule} accepted on {self.accepted_on}"


class SettledContradiction(CouncilOwned):
    """How a contradiction between two places of a plan was settled, by whom and on what basis.

    `kind` is what differs; `first` and `second` are the two items (None: a place that is no item, told by its key).
    `said` is what both places said on the day, so that it shows if either is changed later. The last row counts.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    first = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    first_key = models.TextField()
    second_key = models.TextField()
    said = models.JSONField()
    outcome = models.CharField(max_length=20)
    resolution = models.TextField()
    basis = models.TextField()
    decided_by = models.TextField()
    decided_on = models.DateField()
    owner = models.ForeignKey(PostRecord, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.TextField()
    recorded_on = models.DateField()

    class Meta:
        db_table = "settled_contradiction"

    def __str__(self) -> str:
        return f"{self.kind}: {self.outcome} on {self.decided_on}"


class AccuracyNote(CouncilOwned):
    """What the lead of a post says about its forecast accuracy. The last row counts."""

    post = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_on = models.DateField()
    written_by = models.TextField()

    class Meta:
        db_table = "accuracy_note"

    def __str__(self) -> str:
        return f"{self.post_id} on {self.written_on}"


class Meeting(CouncilOwned):
    """A meeting of a body on a day. `cancelled` is the reason for which it is not held."""

    body = models.ForeignKey(BodyRecord, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    title = models.TextField(blank=True, default="")
    cancelled = models.TextField(blank=True, default="")

    class Meta:
        db_table = "meeting"
        constraints = [models.UniqueConstraint(fields=["body", "held_on"], name="meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body_id} on {self.held_on}"
