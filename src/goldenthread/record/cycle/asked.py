"""Who was asked in a reporting period, and what was mailed about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Max

from goldenthread.record.models.cycle import OutgoingMail, ReportingPeriod, UpdateRequest


def requests_of(period: ReportingPeriod) -> tuple[UpdateRequest, ...]:
    """The requests of a period of the council in scope, each with its post."""
    return tuple(UpdateRequest.objects.filter(period=period).select_related("post"))


def mailed_for(period: ReportingPeriod) -> Mapping[UUID, tuple[int, date]]:
    """For each of its requests how many mails were written, and the day of the last; those without any are left out."""
    mails = OutgoingMail.objects.filter(request__period=period).values_list("request")
    return {row[0]: (row[1], row[2]) for row in mails.annotate(Count("id"), Max("due_on"))}


def latest_mails(most: int) -> tuple[OutgoingMail, ...]:
    """The mails of the council in scope, the latest first and so many at most, each with its reader and its request."""
    rows = OutgoingMail.objects.select_related("to", "request").order_by("-due_on", "subject", "key")
    return tuple(rows[:most])
