"""Councils, and what a person may do in one."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from goldenthread.record.models.people import User


class Council(models.Model):
    """Whose plans these are. Each council has a revision chain of its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.TextField()
    ons_code = models.CharField(max_length=9, null=True)
    demo = models.BooleanField(default=False)

    class Meta:
        db_table = "council"

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody is to a council. `record/permissions.py` says what each may do."""

    PMO = "pmo", "programme office"
    LEAD = "lead", "lead officer"
    ASSURER = "assurer", "assurer"
    LEADERSHIP = "leadership", "Leadership Team"
    MEMBER = "member", "member"
    REVIEWER = "reviewer", "reviewer"
    ADMINISTRATOR = "administrator", "administrator"
    PUBLIC = "public", "public"


class Membership(models.Model):
    """One person's role in one council.

    It is read before a council is chosen, so it is outside row level security (see `record/rights.py`);
    `council_id` is a plain column for the same reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    council_id = models.UUIDField(db_index=True)
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(fields=["user", "council_id", "role"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} of {self.council_id}"
