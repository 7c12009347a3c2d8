"""Files that the record knows of; their content is on disk, by its hash."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned


class StoredFile(CouncilOwned):
    """One file as it was given to us. The same content is kept once on disk, whoever uploads it."""

    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    media_type = models.TextField()
    kind = models.CharField(
        max_length=20,
        choices=[(kind, kind) for kind in ("source", "evidence", "return", "report", "template")],
    )

    class Meta:
        db_table = "stored_file"
        constraints = [
            models.UniqueConstraint(fields=["council_id", "sha256", "kind"], name="stored_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
