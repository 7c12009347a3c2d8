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
    """One document that was read. `reading` is the plan as the document gives it (canonical JSON), before any answer.

    `plan` is the plan to amend, or None where applying makes a new one, which it then names. What is to be stored is
    worked out afresh from the reading, the answers and the plan held: see `services/imports.py`.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="imports")
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, null=True, related_name="imports")
    name = models.TextField()
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.OPEN)
    reading = models.JSONField()

    class Meta:
        db_table = "import"

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class ImportAnswer(CouncilOwned):
    """One answer to a question that an import asks. Rows are only added; the last one for a question counts.

    `answer` is an `Answer` (`services/answers.py`), or None where the question is open again.
    """

    of = models.ForeignKey(
        Import, on_delete=models.PROTECT, related_name="answers", db_column="import_id", db_index=False
    )
    position = models.PositiveIntegerField()
    question_key = models.TextField()
    answer = models.JSONField(null=True)

    class Meta:
        db_table = "import_answer"
        constraints = [
            models.UniqueConstraint(fields=["of", "position"], name="import_answer_in_turn"),
        ]

    def __str__(self) -> str:
        return self.question_key
