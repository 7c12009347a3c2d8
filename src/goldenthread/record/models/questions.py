"""Doubts about a plan, and how they were settled."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import PlanRecord


class QuestionState(models.TextChoices):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class QuestionRecord(CouncilOwned):
    """One question about a plan. `body` is the `Question` value; an answer is remembered when the plan is read again.

    `answer` holds the chosen candidate's position and label or the other words given, the edits that they meant,
    and who answered when. `effective_on` is the day from which the answer counts.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="questions", db_index=False)
    key = models.TextField()
    position = models.PositiveIntegerField()
    body = models.JSONField()
    effective_on = models.DateField()
    state = models.CharField(max_length=20, choices=QuestionState.choices, default=QuestionState.OPEN)
    answer = models.JSONField(null=True)

    class Meta:
        db_table = "question"
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="question_once")]

    def __str__(self) -> str:
        return self.key
