"""What is not finished about a reporting period, to be known before it is closed."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.record.cycle.challenging import challenge_desk
from goldenthread.record.models.cycle import HeldUpdate, ReportingPeriod


@dataclass(frozen=True)
class Unfinished:
    """How many promises have several voices to settle, how many questions no answer, how many updates no verdict."""

    conflicts: int
    questions: int
    unseen: int


def unfinished(period: ReportingPeriod) -> Unfinished:
    """What is not finished as at the cut-off of a period of the council in scope, whatever the size of the plan."""
    desk = challenge_desk(council=period.council_id, plan=period.plan_id, as_at=period.ends_on)
    waiting = HeldUpdate.objects.filter(plan=period.plan_id, settled__isnull=True, as_at__lte=period.ends_on)
    return Unfinished(
        conflicts=waiting.values("item").distinct().count(),
        questions=sum(made.waits for told in desk.challenges.values() for made in told),
        unseen=sum(
            all(made.revision < reported for made in desk.challenges.get(item, ()))
            for item, reported in desk.reported.items()
        ),
    )
