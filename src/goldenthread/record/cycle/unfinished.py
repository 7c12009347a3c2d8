"""What is not finished about a reporting period, to be known before it is closed."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.record.cycle.calendar import Month, round_of
from goldenthread.record.cycle.challenging import challenge_desk
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.models.cycle import HeldUpdate, ReportingPeriod


@dataclass(frozen=True)
class Unfinished:
    """How many promises have several voices to settle, how many questions no answer, how many updates no verdict."""

    conflicts: int
    questions: int
    unseen: int


def unfinished(period: ReportingPeriod) -> Unfinished:
    """What is not finished as at the cut-off of a period of the council in scope, whatever the size of the plan.

    An update counts as unseen while it waits on the challenge desk, if it speaks of a day of the period's round.
    """
    desk = challenge_desk(council=period.council_id, plan=period.plan_id, as_at=period.ends_on)
    settings = settings_of(period.council_id)
    round_ = round_of(Month.of(period.starts_on), settings.frequency, settings.year_starts)
    waiting = HeldUpdate.objects.filter(plan=period.plan_id, settled__isnull=True, as_at__lte=period.ends_on)
    return Unfinished(
        conflicts=waiting.values("item").distinct().count(),
        questions=sum(made.waits for told in desk.challenges.values() for made in told),
        unseen=sum(
            day >= round_.starts_on and desk.state(item, reported_in_period=True).waits
            for item, day in desk.reported_on.items()
        ),
    )
