"""The reporting cycle: periods, who is asked in each, what came back, and what the assurers said of it."""

from __future__ import annotations

from django.db import models

from goldenthread.plan.judgements import Door
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.owned import CouncilOwned
from goldenthread.record.models.plan import Item, PlanRecord
from goldenthread.record.models.posts import Officer, PostRecord

DOORS = [(door.value, door.value) for door in Door]


class CouncilSettings(CouncilOwned):
    """What a council has settled about its cycle: a `CycleSettings` value (`record/cycle/settings.py`) as JSON."""

    body = models.JSONField(default=dict)

    class Meta:
        db_table = "council_settings"
        constraints = [models.UniqueConstraint(fields=["council_id"], name="settings_once")]

    def __str__(self) -> str:
        return f"settings of {self.council_id}"


class PeriodState(models.TextChoices):
    """How far a reporting period has come."""

    OPEN = "open", "open for updates"
    CHALLENGE = "challenge", "being challenged"
    CLOSED = "closed", "closed"


class ReportingPeriod(CouncilOwned):
    """One month of reporting on one plan. `ends_on` is the cut-off, `due_on` the day by which leads are to answer.

    Closing freezes `closed_revision`: the record as known then, as at `ends_on`, is what all reports of the period say.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=PeriodState.choices, default=PeriodState.OPEN)
    closed_revision = models.BigIntegerField(null=True)

    class Meta:
        db_table = "reporting_period"
        constraints = [models.UniqueConstraint(fields=["plan", "starts_on"], name="period_once")]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on} ({self.state})"


class UpdateRequest(CouncilOwned):
    """That a post was asked for its updates in a period. Its id is what a mailed link is good for, and nothing else.

    `expires_on` is the last day of the link; `stopped` says that the link was taken back.
    """

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="requests")
    post = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="requests")
    asked_on = models.DateField()
    expires_on = models.DateField()
    answered_on = models.DateField(null=True)
    stopped = models.BooleanField(default=False)

    class Meta:
        db_table = "update_request"
        constraints = [models.UniqueConstraint(fields=["period", "post"], name="request_once")]

    def __str__(self) -> str:
        return f"{self.post_id} asked on {self.asked_on}"


class OutgoingMail(CouncilOwned):
    """One message that is owed. `key` makes it once; a job sends it, perhaps twice after a crash.

    `body` holds no secret: where it says `{link}`, the signed link of `request` is put in when it is sent. `failure` is
    what the last attempt met; `dropped` is why it is not to be sent any more. `question` is what it puts to a lead.
    """

    key = models.TextField()
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="mail")
    request = models.ForeignKey(UpdateRequest, on_delete=models.PROTECT, null=True, related_name="mail")
    question = models.ForeignKey("Challenge", on_delete=models.PROTECT, null=True, related_name="mail")
    subject = models.TextField()
    body = models.TextField()
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, default="")
    dropped = models.TextField(blank=True, default="")

    class Meta:
        db_table = "outgoing_mail"
        constraints = [models.UniqueConstraint(fields=["council_id", "key"], name="mail_once")]

    def __str__(self) -> str:
        return self.subject


class WorkbookReturn(CouncilOwned):
    """A workbook that came back. The same file for the same plan is one return, however often it is sent."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="returns")
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="returns")
    name = models.TextField()
    seen_revision = models.BigIntegerField()
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "workbook_return"
        constraints = [models.UniqueConstraint(fields=["plan", "file"], name="return_once")]

    def __str__(self) -> str:
        return self.name


class HeldUpdate(CouncilOwned):
    """What somebody reported of an item after somebody else had: kept whole until a person settles it.

    `values` is the `TypedUpdate` as JSON; `settled` says what was decided, None while it waits.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="held_updates")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="held_updates")
    values = models.JSONField()
    door = models.CharField(max_length=20, choices=DOORS)
    by = models.TextField()
    as_at = models.DateField()
    seen_revision = models.BigIntegerField()
    settled = models.JSONField(null=True)

    class Meta:
        db_table = "held_update"
        indexes = [
            models.Index(
                fields=["plan", "item"], condition=models.Q(settled__isnull=True), name="held_update_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.by}"


class Verdict(models.TextChoices):
    """What an assurer made of an update."""

    ACCEPTED = "accepted", "accepted"
    ASKED = "asked", "asked back"
    RATED = "rated", "rated differently"


class Challenge(CouncilOwned):
    """One verdict of the challenge desk on an item's update. A question keeps its answer; rows are never replaced."""

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, null=True, related_name="challenges"
    )
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="challenges")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="challenges")
    made_on = models.DateField()
    by = models.TextField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    text = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_by = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)

    class Meta:
        db_table = "challenge"

    def __str__(self) -> str:
        return f"{self.verdict} on {self.made_on}"
