"""What every council-owned table has in common."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class CouncilOwned(models.Model):
    """A row that belongs to one council. Row level security hides it from every other; see `history/sql/govern.sql`.

    `council_id` is a plain column to Python and a foreign key to the database: nobody walks from a row to its
    council, since only the council in scope can be seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    council_id = models.UUIDField(db_index=False, editable=False)

    class Meta:
        abstract = True
