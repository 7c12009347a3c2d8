"""What the cycle does by itself each day: open the month, ask when it has ended, remind until it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.calendar import Month, months_between
from goldenthread.record.cycle.periods import asking_period
from goldenthread.record.cycle.settings import CycleSettings, settings_of
from goldenthread.record.models.cycle import PeriodState, ReportingPeriod
from goldenthread.record.scope import council_scope
from goldenthread.record.services.asking import ask_for_updates, chase
from goldenthread.record.services.periods import close_period, open_period


@dataclass
class DayDone:
    """How much one day's run of the cycle did for a council."""

    opened: int = 0
    asked: int = 0
    reminders: int = 0
    closed: int = 0


def run_cycle(*, actor: Actor, today: date) -> DayDone:
    """Do what is due for every plan whose cycle the programme office has begun, by opening its first month.

    Months that were missed, because the computer was off, are opened; leads are asked only for the last that has ended,
    and only where it completes a round; months close only where the council has said when. Each step is a transaction
    of its own: stopped anywhere and run again, or run twice at once, it comes to the same.

    Raises:
        NotAllowed: The actor may not run the cycle.
    """
    done = DayDone()
    with council_scope(actor.council):
        settings = settings_of(actor.council)
        latest = dict(ReportingPeriod.objects.order_by("starts_on").values_list("plan_id", "starts_on"))
    if not settings.automatic:
        return done
    for plan, starts_on in latest.items():
        for month in months_between(Month.of(starts_on).later(1), Month.of(today)):
            open_period(actor=actor, plan=plan, day=month.starts_on)
            done.opened += 1
        _ask(actor, plan, settings, today, done)
        _close(actor, plan, settings, today, done)
    return done


def _ask(actor: Actor, plan: UUID, settings: CycleSettings, today: date, done: DayDone) -> None:
    with council_scope(actor.council):
        period = asking_period(plan, settings, today)
    if period:
        done.asked += ask_for_updates(actor=actor, period=period.id, today=today)
        done.reminders += chase(actor=actor, period=period.id, today=today)


def _close(actor: Actor, plan: UUID, settings: CycleSettings, today: date, done: DayDone) -> None:
    if settings.close_after_days is None:
        return
    with council_scope(actor.council):
        long_due = ReportingPeriod.objects.filter(
            plan_id=plan, due_on__lte=today - timedelta(days=settings.close_after_days)
        )
        waiting = [period.id for period in long_due.exclude(state=PeriodState.CLOSED).order_by("starts_on")]
    for period in waiting:
        close_period(actor=actor, period=period, today=today)
        done.closed += 1
