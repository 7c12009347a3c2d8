"""What lies on the challenge desk: which revision holds each report, what was made of it, and the evidence for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection

from goldenthread.record.cycle.calendar import Month, round_of
from goldenthread.record.cycle.periods import asking_period
from goldenthread.record.cycle.settings import CycleSettings, settings_of
from goldenthread.record.models.cycle import PeriodState, ReportingPeriod, Verdict
from goldenthread.record.scope import council_scope

_REPORTED = """
SELECT i.id, r.number, r.actor, latest.effective_on
FROM item i
CROSS JOIN LATERAL (
    SELECT f.changeset, f.effective_on FROM dated_fact f
    WHERE f.plan_id = %(plan)s AND f.item_id = i.id AND f.series = 'report' AND f.effective_on <= %(as_at)s
    ORDER BY f.effective_on DESC, f.entry DESC LIMIT 1
) latest
JOIN revision r ON r.changeset = latest.changeset AND r.council_id = current_council()
WHERE i.plan_id = %(plan)s
"""
_CHALLENGES = """
SELECT c.item_id, c.id, c.made_on, c.by, c.verdict, c.text, c.answer, c.answered_by, c.answered_on, r.number
FROM challenge c
JOIN change w ON w.row_id = c.id AND w.table_name = 'challenge' AND w.op = 'INSERT'
JOIN revision r ON r.changeset = w.changeset AND r.council_id = w.council_id
WHERE c.plan_id = %(plan)s AND (%(items)s::uuid[] IS NULL OR c.item_id = ANY (%(items)s))
ORDER BY w.id
"""
_EVIDENCE = """
SELECT s.item_id, count(*)
FROM evidence_support s JOIN evidence e ON e.id = s.evidence_id
WHERE s.plan_id = %(plan)s AND e.withdrawn = '' AND e.added_on <= %(as_at)s
  AND (e.lapses_on IS NULL OR e.lapses_on > %(as_at)s)
GROUP BY s.item_id
"""


@dataclass(frozen=True, slots=True)
class MadeChallenge:
    """One verdict on an update, with the revision that it was made in; a question has its answer with it."""

    id: UUID
    made_on: date
    by: str
    verdict: Verdict
    text: str
    answer: str
    answered_by: str
    answered_on: date | None
    revision: int

    @property
    def waits(self) -> bool:
        """Whether it is a question that nobody has answered."""
        return self.verdict is Verdict.ASKED and self.answered_on is None


class DeskState(StrEnum):
    """Where an update stands with the assurers."""

    SILENT = "silent"
    NEW = "new"
    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    RATED = "rated"

    @property
    def waits(self) -> bool:
        """Whether an assurer has still to look at it."""
        return self in {DeskState.NEW, DeskState.ANSWERED}


@dataclass(frozen=True)
class ChallengeDesk:
    """Everything on the desk of one plan on a day.

    `period` is the one that is answered or challenged, and `starts_on` the first day of its round; where none is open,
    that of the round of the month before. `reported` is the revision that holds each item's last report, `entered_by`
    who entered it, as the log names them, and `reported_on` the day of which it speaks.
    """

    period: ReportingPeriod | None
    starts_on: date
    reported: Mapping[UUID, int]
    entered_by: Mapping[UUID, str]
    reported_on: Mapping[UUID, date]
    challenges: Mapping[UUID, tuple[MadeChallenge, ...]]
    evidence: Mapping[UUID, int]

    def state(self, item: UUID, *, reported_in_period: bool) -> DeskState:
        """Where an item's update stands. What was said of an earlier report does not count for a later one."""
        told = self.challenges.get(item, ())
        if any(each.waits for each in told):
            return DeskState.ASKED
        last = told[-1] if told and told[-1].revision > self.reported.get(item, 0) else None
        if last and last.verdict is Verdict.ASKED:
            return DeskState.ANSWERED
        if not reported_in_period:
            return DeskState.SILENT
        if last is None:
            return DeskState.NEW
        return DeskState.ACCEPTED if last.verdict is Verdict.ACCEPTED else DeskState.RATED


def challenge_desk(*, council: UUID, plan: UUID, as_at: date) -> ChallengeDesk:
    """What lies on the desk of a plan at the end of a day: a few queries, whatever the number of items."""
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_REPORTED, {"plan": plan, "as_at": as_at})
        reported = cursor.fetchall()
        cursor.execute(_EVIDENCE, {"plan": plan, "as_at": as_at})
        evidence = dict(cursor.fetchall())
        settings = settings_of(council)
        period = period_on_desk(plan, settings, as_at)
        month = Month.of(period.starts_on) if period else Month.of(as_at).later(-1)
        return ChallengeDesk(
            period=period,
            starts_on=round_of(month, settings.frequency, settings.year_starts).starts_on,
            reported={item: number for item, number, _, _ in reported},
            entered_by={item: actor for item, _, actor, _ in reported},
            reported_on={item: day for item, _, _, day in reported},
            challenges=challenges_of(council=council, plan=plan),
            evidence=evidence,
        )


def challenges_of(
    *, council: UUID, plan: UUID, items: Collection[UUID] | None = None
) -> Mapping[UUID, tuple[MadeChallenge, ...]]:
    """What was made of the updates of these items (None: of all of the plan), the first first."""
    found: dict[UUID, list[MadeChallenge]] = defaultdict(list)
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_CHALLENGES, {"plan": plan, "items": None if items is None else list(items)})
        for item, made, made_on, by, verdict, *rest in cursor.fetchall():
            found[item].append(MadeChallenge(made, made_on, by, Verdict(verdict), *rest))
    return {item: tuple(told) for item, told in found.items()}


def period_on_desk(plan: UUID, settings: CycleSettings, on: date) -> ReportingPeriod | None:
    """The period of a plan of the council in scope that is being answered or challenged; else the last that is open."""
    if asked := asking_period(plan, settings, on):
        return asked
    periods = ReportingPeriod.objects.filter(plan_id=plan, starts_on__lte=on)
    return periods.exclude(state=PeriodState.CLOSED).order_by("-starts_on").first()
