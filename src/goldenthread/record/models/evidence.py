"""Evidence: what shows that a promise was kept, who checked it, and whether it can still be seen."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import Item, PlanRecord


class Evidence(CouncilOwned):
    """A file or a link, with what it shows. `dated_on` is the day of the evidence, not of its entry.

    Exactly one of `file` and `url` is given. `sha256` is the hash of the file, or of what the link held when it was
    added, where that could be read. From `lapses_on` it no longer counts. `withdrawn` is the reason for which somebody
    took it back on the day `withdrawn_on`; it stays on the record.
    """

    title = models.TextField()
    shows = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="evidence")
    url = models.URLField(max_length=2000, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    dated_on = models.DateField()
    lapses_on = models.DateField(null=True)
    added_on = models.DateField()
    added_by = models.TextField()
    withdrawn = models.TextField(blank=True, default="")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        db_table = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file=None) ^ models.Q(url=""), name="evidence_is_file_or_link"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceSupport(CouncilOwned):
    """What a piece of evidence supports: an action, a step, a milestone, a recommendation or a success statement.

    `added_on` is None where the evidence was entered for it from the beginning.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="supports")
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="evidence")
    added_on = models.DateField(null=True)

    class Meta:
        db_table = "evidence_support"
        constraints = [models.UniqueConstraint(fields=["evidence", "item"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.evidence_id} for {self.item_id}"


class EvidenceCheck(CouncilOwned):
    """That somebody looked at the evidence for an item and what they found. Rows are only added, and the last counts.

    `number` counts the checks of one support from 1.
    """

    support = models.ForeignKey(EvidenceSupport, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveIntegerField(default=1)
    checked_on = models.DateField()
    by = models.TextField()
    sufficient = models.BooleanField()
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "evidence_check"
        constraints = [models.UniqueConstraint(fields=["support", "number"], name="check_number")]

    def __str__(self) -> str:
        return f"{self.support_id} on {self.checked_on}"


class LinkVisit(CouncilOwned):
    """Whether a link could be reached on a day. Rows are only added, one a day for each piece of evidence.

    `reached` is None where nobody can tell: the page asks for a sign-in, or its address is not visited. `said` says so.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    reached = models.BooleanField(null=True)
    said = models.TextField(blank=True, default="")

    class Meta:
        db_table = "link_visit"
        constraints = [models.UniqueConstraint(fields=["evidence", "visited_on"], name="visit_once_a_day")]

    def __str__(self) -> str:
        return f"{self.evidence_id} on {self.visited_on}: {self.said}"


class SampleOf(models.TextChoices):
    """From what a sample is drawn."""

    DONE = "done", "actions that are said to be complete, verified or embedded"
    ALL = "all", "all actions"


class AuditSample(CouncilOwned):
    """A random sample for internal audit that anybody can draw again: the seed, the state drawn from, and what came.

    The state is the plan as at the day `as_at`, as known at `revision`. `items` are ids in the order of drawing. Rows
    are only added, so that it shows if somebody drew until the sample suited.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="samples")
    drawn_on = models.DateField()
    by = models.TextField()
    seed = models.TextField()
    as_at = models.DateField()
    revision = models.BigIntegerField()
    among = models.CharField(max_length=20, choices=SampleOf.choices, default=SampleOf.DONE)
    by_theme = models.BooleanField(default=False)
    asked = models.PositiveIntegerField()
    items = models.JSONField()

    class Meta:
        db_table = "audit_sample"

    def __str__(self) -> str:
        return f"sample of {self.asked} drawn on {self.drawn_on}"
