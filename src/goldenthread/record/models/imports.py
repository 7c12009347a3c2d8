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
    """One document that was read. `reading` is the plan as the document gives it (canonical JSON), before any answer;
    the JSON null while nothing in it is understood, because a person has yet to say what its columns hold.

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


class RuleKind(models.TextChoices):
    """Of what a council has said something."""

    COLUMN = "column"
    VALUE = "value"


class ReadingRule(CouncilOwned):
    """What a council has said of a heading or of a status word, for this document and for those to come.

    `words` are as they are compared (`reading.council_words.normal`), `printed` as they stood in the document.
    `meaning` is the field that the column holds or the status that the words mean; None once it was forgotten.
    """

    kind = models.CharField(max_length=20, choices=RuleKind.choices)
    words = models.TextField()
    printed = models.TextField()
    meaning = models.TextField(null=True)

    class Meta:
        db_table = "reading_rule"
        constraints = [
            models.UniqueConstraint(fields=["council_id", "kind", "words"], name="reading_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.printed}: {self.meaning}"
