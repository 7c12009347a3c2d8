"""The day it is for the council. Times are stored in UTC; days are those of Europe/London."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from goldenthread.plan.days import day_words


def civil(moment: datetime) -> datetime:
    """A moment on the clock that people look at."""
    return moment.astimezone(ZoneInfo(settings.CIVIL_TIME_ZONE))


def civil_today() -> date:
    """Today; in the demonstration, the day that its plan was approved."""
    return settings.DEMO_TODAY or civil(timezone.now()).date()


def moment_words(moment: datetime) -> str:
    """A moment in words: "7 June 2022 at 2:05pm"."""
    local = civil(moment)
    hour = local.hour % 12 or 12
    return f"{day_words(local.date())} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
