"""Reports as they are drafted, cleared and issued, what bodies said of them, and the council's own templates.

Rows are never deleted. What was issued is frozen: its plan, cut-off, revision, hashes and files.
"""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.posts import BodyRecord


class ReportState(models.TextChoices):
    """How far a report has come. Whether a draft is cleared follows from its clearances."""

    DRAFT = "draft", "draft"
    ISSUED = "issued", "issued"
    ABANDONED = "abandoned", "abandoned"


class ReportRecord(CouncilOwned):
    """One report to one audience, from its draft to its issue.

    `audience` is its name in addresses ("cabinet", "reviewer-cipfa"), `reviewer` the review that a pack is about.
    `definition` is the text by which it is composed and `known_at` the change up to which it knows the record; neither
    moves but by hand. `fill` has words for blanks and `written` words for places that people write, by their prompts.
    `letter` is a Letter value as JSON, for letters alone. `version` counts the changes of what it says: a clearance
    counts for the version that it was given to. At issue, `head_hash` is the chain's hash at `known_at`,
    `snapshot_hash` that of the plan, `templates` the hashes of the council's own reference documents by their ending.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    audience = models.CharField(max_length=80)
    reviewer = models.TextField(blank=True, default="")
    title = models.TextField(blank=True, default="")
    cut_off = models.DateField()
    known_at = models.PositiveBigIntegerField()
    compare_on = models.DateField(null=True)
    meeting_on = models.DateField(null=True)
    definition = models.TextField()
    fill = models.JSONField(default=dict)
    written = models.JSONField(default=dict)
    letter = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    drafted_on = models.DateField()
    drafted_by = models.TextField()
    issued_on = models.DateField(null=True)
    issued_by = models.TextField(blank=True, default="")
    head_hash = models.CharField(max_length=64, blank=True, default="")
    snapshot_hash = models.CharField(max_length=64, blank=True, default="")
    templates = models.JSONField(default=dict)
    release = models.TextField(blank=True, default="")
    abandoned = models.TextField(blank=True, default="")
    published_on = models.DateField(null=True)
    published_by = models.TextField(blank=True, default="")

    class Meta:
        db_table = "report"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="report_number")]

    def __str__(self) -> str:
        return f"report {self.number} for {self.audience} as at {self.cut_off}"


class ClearanceOutcome(models.TextChoices):
    """What somebody said of a draft at a stage."""

    CLEARED = "cleared", "cleared"
    SENT_BACK = "sent-back", "sent back"


class ReportClearance(CouncilOwned):
    """That somebody cleared a version of a draft at a stage, or sent it back. The last row of a stage counts.

    `cleared_by` is who did, `recorded_by` who entered it: the programme office may record what it was told.
    """

    report = models.ForeignKey(ReportRecord, on_delete=models.PROTECT, related_name="clearances")
    version = models.PositiveIntegerField()
    stage = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=ClearanceOutcome.choices)
    words = models.TextField(blank=True, default="")
    cleared_by = models.TextField()
    cleared_on = models.DateField()
    recorded_by = models.TextField()

    class Meta:
        db_table = "report_clearance"

    def __str__(self) -> str:
        return f"{self.stage}: {self.outcome} on {self.cleared_on}"


class ReportFileRole(models.TextChoices):
    """What a file is to a report."""

    ISSUED = "issued", "as issued"
    EDITED = "edited", "as edited by a reader"


class ReportFile(CouncilOwned):
    """A file of a report: one that was issued, or one that a reader edited and sent back (`note` says what it is)."""

    report = models.ForeignKey(ReportRecord, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=ReportFileRole.choices)
    ending = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    added_on = models.DateField()
    added_by = models.TextField()
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "report_file"

    def __str__(self) -> str:
        return f"{self.role}: {self.ending}"


class ReportComment(CouncilOwned):
    """What a body said of an issued report at a meeting, and what was answered (empty: nothing yet).

    It is carried into the next report to Cabinet. `withdrawn` is the reason for which it was taken back.
    """

    report = models.ForeignKey(ReportRecord, on_delete=models.PROTECT, related_name="comments")
    body = models.ForeignKey(BodyRecord, on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField()
    text = models.TextField()
    is_recommendation = models.BooleanField(default=False)
    entered_on = models.DateField()
    entered_by = models.TextField()
    response = models.TextField(blank=True, default="")
    responded_on = models.DateField(null=True)
    responded_by = models.TextField(blank=True, default="")
    withdrawn = models.TextField(blank=True, default="")

    class Meta:
        db_table = "report_comment"

    def __str__(self) -> str:
        return f"{self.body_id} on {self.met_on}"


class ReportTemplate(CouncilOwned):
    """A council's own definition of an audience's report, or its own reference document (`kind` is its ending).

    The newest row of a kind and audience counts; one without text and file goes back to what comes with Golden Thread.
    """

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ("definition", "docx", "odt")])
    audience = models.CharField(max_length=80, blank=True, default="")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    adopted_on = models.DateField()
    adopted_by = models.TextField()

    class Meta:
        db_table = "report_template"
        constraints = [
            models.UniqueConstraint(
                fields=["council_id", "kind", "audience", "number"], name="report_template_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.audience} {self.number}"
