"""How long ago a promise was last confirmed, against what the council has agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.plan.judgements import Report
from goldenthread.record.cycle.settings import CycleSettings
from goldenthread.web.presenting.statuses import count_words


class Freshness(StrEnum):
    """How a promise stands against the two intervals, in words."""

    FRESH = "within the target"
    LATE = "later than the target, but within what is acceptable"
    STALE = "longer ago than is acceptable"


@dataclass(frozen=True)
class Staleness:
    """Days since a promise was last confirmed; since the plan took effect where it never was."""

    days: int
    freshness: Freshness
    confirmed: bool
    words: str


def staleness(report: Report | None, effective_on: date, today: date, settings: CycleSettings) -> Staleness:
    """How long ago a promise was last confirmed.

    Args:
        effective_on: The day on which the plan took effect, from which a promise counts that was never confirmed.
    """
    days = max(0, (today - (report.as_at if report else effective_on)).days)
    freshness = freshness_of(days, settings)
    words = _ago(days) if report else _never(days)
    if freshness is Freshness.LATE:
        words += f" – later than the {settings.fresh_days} days agreed"
    elif freshness is Freshness.STALE:
        words += f" – longer than the {settings.stale_days} days that are acceptable"
    return Staleness(days, freshness, report is not None, words)


def staleness_words(report: Report | None, effective_on: date, today: date, settings: CycleSettings) -> str:
    """The same in words alone: "Last confirmed 47 days ago – later than the 35 days agreed"."""
    return staleness(report, effective_on, today, settings).words


def freshness_of(days: int, settings: CycleSettings) -> Freshness:
    """Where so many days stand against the target and the longest acceptable interval."""
    if days <= settings.fresh_days:
        return Freshness.FRESH
    return Freshness.LATE if days <= settings.stale_days else Freshness.STALE


def freshness_counts(found: Iterable[Staleness]) -> tuple[tuple[str, int], ...]:
    """How many stand where; those that were never confirmed are counted apart and dropped from nothing."""
    listed = list(found)
    counts = Counter(each.freshness for each in listed if each.confirmed)
    never = sum(not each.confirmed for each in listed)
    return (
        *((f"Confirmed {freshness}", counts[freshness]) for freshness in Freshness),
        ("Never confirmed", never),
    )


def _ago(days: int) -> str:
    return "Confirmed today" if days == 0 else f"Last confirmed {count_words(days, 'day')} ago"


def _never(days: int) -> str:
    if days == 0:
        return "Not confirmed yet: the plan took effect today"
    return f"Never confirmed in the {count_words(days, 'day')} since the plan took effect"
