"""The sealed log, to read. The database alone writes it: see `history/sql/log.sql`."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from goldenthread.record.models.owned import CouncilOwned


class Revision(models.Model):
    """One committed change of a council's record, numbered without gaps and chained by hash to the one before."""

    pk = models.CompositePrimaryKey("council_id", "number")
    council_id = models.UUIDField()
    number = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()
    changeset = models.UUIDField()
    changes = models.IntegerField()
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "revision"
        managed = False

    def __str__(self) -> str:
        return f"revision {self.number}"


class Change(models.Model):
    """One row as it was written, in the shape that its table then had."""

    id = models.BigIntegerField(primary_key=True)
    council_id = models.UUIDField()
    changeset = models.UUIDField()
    position = models.IntegerField()
    table_name = models.TextField()
    row_id = models.UUIDField()
    plan_id = models.UUIDField(null=True)
    op = models.TextField()
    row = models.JSONField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()

    class Meta:
        db_table = "change"
        managed = False

    def __str__(self) -> str:
        return f"{self.op} {self.table_name} {self.row_id}"


class Disposal(CouncilOwned):
    """The entry that a logged row's content was disposed of, and why. Adding it erases the content and its salt.

    The digest stays, so the chain still verifies.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    change = models.BigIntegerField()
    reason = models.TextField()

    class Meta:
        db_table = "disposal"

    def __str__(self) -> str:
        return f"change {self.change}: {self.reason}"
