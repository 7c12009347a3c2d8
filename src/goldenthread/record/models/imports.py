"""Documents on their way into a plan."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import PlanRecord


class ImportState(models.TextChoices):
    """How far a document has come."""

    OPEN = "open"
    APPLIED = "applied"
    DISCARDED = "discarded"


class Import(CouncilOwned):
    """One document that was read, and its questions while they are being answered.

    `reading` is the plan as the document gives it (canonical JSON), matched to the plan held if there is one, with
    the answers given so far already in it; `answers` says which those are. `plan` is the plan to amend, or None where
    applying makes a new one, which it then names.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="imports")
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, null=True, related_name="imports")
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.OPEN)
    reading = models.JSONField()
    answers = models.JSONField(default=list)

    class Meta:
        db_table = "import"

    def __str__(self) -> str:
        return f"{self.file_id} ({self.state})"
