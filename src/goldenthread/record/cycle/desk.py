"""What lies before somebody who reports: whose promises, of which day, and what of it is still owed.

It is read by itself and not from the whole plan, because a hundred leads save in the same minute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.record.cycle.calendar import Month, Round, round_of
from goldenthread.record.cycle.owing import ASKED_OF, is_reported, needs_report, reporting_day
from goldenthread.record.cycle.periods import asking_period
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.models.cycle import Challenge, HeldUpdate, ReportingPeriod, Verdict
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.promises import HeldPromise, with_facts
from goldenthread.record.reporters import lead_slug
from goldenthread.record.tree_cache import NOBODY, tree_cached


@dataclass(frozen=True)
class Desk:
    """One reporter's promises in printed order, steps included.

    `as_at` is the day of which what is said now will speak. `questions` were asked back and not answered yet; `waiting`
    counts the voices that wait to be settled. `period` is the one being asked for, None between periods.
    """

    plan: PlanRecord
    as_at: date
    period: ReportingPeriod | None
    round: Round
    promises: tuple[HeldPromise, ...]
    questions: Mapping[UUID, tuple[Challenge, ...]]
    waiting: Mapping[UUID, int]

    def is_asked(self, promise: HeldPromise) -> bool:
        """Whether a report of it is wanted in this round; a step is reported only when it changes."""
        return promise.place.kind in ASKED_OF and needs_report(promise, self.round)

    def is_answered(self, promise: HeldPromise) -> bool:
        """Whether it was reported in this round."""
        return is_reported(promise, self.round)


def desk_of(
    plan: PlanRecord, leads: frozenset[str], *, today: date, period: ReportingPeriod | None = None
) -> Desk:
    """The desk of whoever reports for these leads (slugs) of a plan of the council in scope: six queries.

    Args:
        period: The period of a mailed link; the one for which leads are being asked where none is given.
    """
    settings = settings_of(plan.council_id)
    period = period or asking_period(plan.id, settings, today)
    as_at = reporting_day(period, today) if period else today
    led = tree_cached(plan.council_id, plan.id, as_at=as_at).led_by(leads)
    held = with_facts(plan.id, led, as_at=as_at)
    questions: dict[UUID, list[Challenge]] = defaultdict(list)
    open_ = Challenge.objects.filter(plan=plan, verdict=Verdict.ASKED, answer="", item_id__in=held)
    for asked in open_.order_by("made_on", "id"):
        questions[asked.item_id].append(asked)
    waiting = HeldUpdate.objects.filter(plan=plan, item_id__in=held, settled__isnull=True)
    return Desk(
        plan=plan,
        as_at=as_at,
        period=period,
        round=round_of(Month.of(as_at), settings.frequency, settings.year_starts),
        promises=tuple(held.values()),
        questions={item: tuple(asked) for item, asked in questions.items()},
        waiting=Counter(waiting.values_list("item_id", flat=True)),
    )


def desk_day(plan: PlanRecord, today: date, period: ReportingPeriod | None = None) -> date:
    """The day of which the updates of a desk speak, without reading the desk."""
    period = period or asking_period(plan.id, settings_of(plan.council_id), today)
    return reporting_day(period, today) if period else today


def leads_of(plan: PlanRecord, *, as_at: date) -> Mapping[str, tuple[str, int]]:
    """Every lead of a plan under its slug, with its name and how many promises it leads, steps left out.

    What has no lead is among them as `NOBODY`.
    """
    names: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for place in tree_cached(plan.council_id, plan.id, as_at=as_at).places:
        for lead in (place.leads or (NOBODY,)) if place.kind in ASKED_OF else ():
            names.setdefault(lead_slug(lead), lead)
            counted[lead_slug(lead)] += 1
    return {
        name: (names[name], counted[name]) for name in sorted(names, key=lambda name: names[name].lower())
    }
