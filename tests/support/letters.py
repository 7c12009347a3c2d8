"""What a letter is drafted from in tests: any plan, with the statuses that a test gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, islice
from typing import TypeVar

from goldenthread.assurance.ratings import USUAL_RULE
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.status import Status
from goldenthread.reporting.matter import Before, Known, Matter

T = TypeVar("T", Action, Milestone)
DONE = (Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED)


def matter_of(plan: Plan, cut_off: date, before: date | None = None, earlier: Plan | None = None) -> Matter:
    """A plan as at a cut-off, compared with how it stood at an earlier one."""
    began = plan.approved_on or before or cut_off
    return Matter(
        plan=plan,
        cut_off=cut_off,
        began_on=began,
        known=Known(42, "5a" * 32, cut_off),
        release="1.2.3",
        rule=USUAL_RULE,
        rule_label="by the usual rule",
        before=Before(before, earlier or plan) if before else None,
    )


def with_statuses(plan: Plan, statuses: Iterator[Status], done_on: Callable[[], date]) -> Plan:
    """The plan with a status for each action and milestone in turn, and a day for those that are done."""

    def dressed(item: T) -> T:
        status = next(statuses)
        actual = PlanDate.on(done_on()) if status in DONE else None
        dates = item.dates.model_copy(update={"actual": actual})
        return item.model_copy(update={"status": status, "dates": dates})

    themes = tuple(
        theme.model_copy(
            update={
                "milestones": tuple(map(dressed, theme.milestones)),
                "actions": tuple(map(dressed, theme.actions)),
            }
        )
        for theme in plan.themes
    )
    engagement = tuple(map(dressed, plan.engagement_milestones))
    return plan.model_copy(update={"themes": themes, "engagement_milestones": engagement})


def in_turn(start: int) -> Iterator[Status]:
    """Every status again and again, beginning with one of them."""
    return islice(cycle(Status), start, None)
