"""Reading the reporting periods of a plan, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from goldenthread.record.cycle.calendar import Month, round_of
from goldenthread.record.cycle.settings import CycleSettings
from goldenthread.record.errors import NotFound
from goldenthread.record.models.cycle import PeriodState, ReportingPeriod

_EVENTS = """
SELECT r.number, r.sealed_at, r.actor, r.reason, c.row ->> 'state', (c.row ->> 'closed_revision')::bigint
FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.council_id = current_council() AND c.table_name = 'reporting_period' AND c.row_id = %s
ORDER BY c.id
"""


@dataclass(frozen=True)
class PeriodEvent:
    """That a period was opened, challenged, closed or opened again: in which revision, by whom and why.

    `frozen` is the revision that a closing froze. It stays here when the period is opened again.
    """

    revision: int
    sealed_at: datetime
    actor: str
    reason: str
    state: PeriodState
    frozen: int | None


def periods_of(plan: UUID) -> tuple[ReportingPeriod, ...]:
    """The periods of a plan of the council in scope, the latest first."""
    return tuple(ReportingPeriod.objects.filter(plan_id=plan).order_by("-starts_on"))


def find_period(plan: UUID, month: Month) -> ReportingPeriod:
    """The period of a plan for a month.

    Raises:
        NotFound: It has not been opened.
    """
    found = ReportingPeriod.objects.filter(plan_id=plan, starts_on=month.starts_on).first()
    if found is None:
        raise NotFound(f"Reporting for {month} has not been opened.")
    return found


def asking_period(plan: UUID, settings: CycleSettings, today: date) -> ReportingPeriod | None:
    """The period for which leads are being asked today: the last that has ended and completes a round, until closed."""
    for period in ReportingPeriod.objects.filter(plan_id=plan, ends_on__lte=today).order_by("-starts_on")[:6]:
        month = Month.of(period.starts_on)
        if round_of(month, settings.frequency, settings.year_starts).ends_with(month):
            return None if period.state == PeriodState.CLOSED else period
    return None


def period_events(period: UUID) -> tuple[PeriodEvent, ...]:
    """What became of a period, from the sealed log, the earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [period])
        return tuple(
            PeriodEvent(revision, sealed_at, actor, reason, PeriodState(state), frozen)
            for revision, sealed_at, actor, reason, state, frozen in cursor.fetchall()
        )
