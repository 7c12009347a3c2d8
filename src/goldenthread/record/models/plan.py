"""A plan as rows: the plan, its items, and what the world has done to them."""

from __future__ import annotations

from django.db import models

from goldenthread.plan.flat import ItemKind, Series
from goldenthread.plan.model import PlanKind
from goldenthread.record.models.owned import CouncilOwned

KINDS = [(kind.value, kind.in_words) for kind in ItemKind]
PLAN_KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in PlanKind]
SERIES = [(series.value, series.value) for series in Series]


CORRECTION = "correction"
"""The note of a fact that only puts right how a document was read: nobody decided anything anew."""


class PlanRecord(CouncilOwned):
    """One plan of a council. Its wording is in its root item, which has the same id; what lists show is copied here.

    `effective_on` is the day from which it counts. Whoever changes a plan locks its row first.
    """

    slug = models.SlugField(max_length=80)
    title = models.TextField()
    kind = models.CharField(max_length=30, choices=PLAN_KINDS)
    phase = models.TextField(null=True)
    version = models.TextField(null=True)
    approving_body = models.TextField(null=True)
    approved_on = models.DateField(null=True)
    effective_on = models.DateField()

    class Meta:
        db_table = "plan"
        constraints = [
            models.UniqueConstraint(fields=["council_id", "slug"], name="plan_slug_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Item(CouncilOwned):
    """Anything in a plan that has an identity: one table for all kinds.

    So evidence, updates and links can point at any promise by one foreign key, and a snapshot is the same few queries
    whatever the kinds. `wording` is the item's content apart from what varies in the world. An item is never deleted:
    from `removed_on` it is no longer in the plan.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="items", db_index=False)
    kind = models.CharField(max_length=30, choices=KINDS)
    key = models.TextField()
    ref = models.CharField(max_length=30, null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    position = models.PositiveIntegerField()
    wording = models.JSONField()
    added_on = models.DateField()
    removed_on = models.DateField(null=True)

    class Meta:
        db_table = "item"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"], condition=models.Q(removed_on=None), name="item_key_once"
            ),
            models.UniqueConstraint(fields=["plan", "ref"], name="item_ref_never_reused"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DatedFact(CouncilOwned):
    """What was true of an item from a day on. Rows are only ever added: a correction is a later row for the same day.

    `value` is None from the day on which nothing is known any more. The database adds two columns and fills them (see
    `history/sql/dated_fact.sql`): `entry`, the order of writing, and `changeset`, which leads to the revision.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="facts", db_index=False)
    series = models.CharField(max_length=20, choices=SERIES)
    effective_on = models.DateField()
    value = models.JSONField(null=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        db_table = "dated_fact"

    def __str__(self) -> str:
        return f"{self.series} of {self.item_id} from {self.effective_on}"
