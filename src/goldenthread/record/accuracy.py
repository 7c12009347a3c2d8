"""How accurate the dates that were stated for a plan's promises have proved: from the history of every promise.

One query for the facts, whatever the size of the plan. What is measured, and how, is in `forecasting/optimism.py`;
[forecast-accuracy.md](../../../docs/forecast-accuracy.md) says who sees which of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db import connection

from goldenthread.assurance.trend import DatedFact
from goldenthread.forecasting.kinds import kind_of_date, needs_decision
from goldenthread.forecasting.optimism import (
    HORIZONS,
    Accuracy,
    Grouping,
    Measured,
    Promised,
    Said,
    accuracy_of,
    measured,
)
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.status import Status
from goldenthread.record.cycle.people import People
from goldenthread.record.date_histories import date_histories
from goldenthread.record.reporters import lead_slug

HEAD_START = timedelta(days=14)
"""The programme office sees the figures of leads as they were so long ago, so that each lead has seen and could explain
them first."""
LEADS_OF_A_GROUP = 2
"""A group's figure is shown only if at least so many leads share its promises: else it would be one lead's own."""
_NOTES = """
SELECT DISTINCT ON (n.post_id) p.slug, n.text, n.written_on
FROM accuracy_note n JOIN post p ON p.id = n.post_id
JOIN change w ON w.row_id = n.id AND w.table_name = 'accuracy_note' AND w.op = 'INSERT'
JOIN revision r ON r.changeset = w.changeset AND r.council_id = w.council_id
WHERE n.written_on <= %(as_at)s AND (%(known_at)s::bigint IS NULL OR r.number <= %(known_at)s)
ORDER BY n.post_id, n.written_on DESC, w.id DESC
"""
WAITS, WAITS_NOT = "members", "officers"
"""The groups by whether elected members have to decide something."""


@dataclass(frozen=True)
class PlanAccuracy:
    """The promises of a plan as they were known on a day, and what their dates have proved to be worth."""

    promised: tuple[Promised, ...]
    on: date
    lead_names: Mapping[str, str]

    @cached_property
    def errors(self) -> Mapping[int, tuple[Measured, ...]]:
        """What was measured at each horizon."""
        return {months: measured(self.promised, months=months, today=self.on) for months in HORIZONS}

    def by(self, grouping: Grouping, *, fewest_leads: int = 1) -> Accuracy:
        """The figures by theme number, kind of date, whether members decide, or slug of the lead."""
        return accuracy_of(self.errors, grouping, fewest_leads=fewest_leads)

    @cached_property
    def by_lead(self) -> Accuracy:
        """The figures by lead, which are for that lead and the programme office alone."""
        return self.by(Grouping.LEAD)


def plan_accuracy(
    *, council: UUID, plan: Plan, people: People, cut_off: date, known_at: int | None = None
) -> PlanAccuracy:
    """The promises of a plan with their histories up to the end of a day, as far as was known at a revision.

    Several names of one post are one lead. `people` says which, and may be as at any day.
    """
    led = tuple(_led(plan))
    histories = date_histories(
        council=council,
        plan=plan.id,  # type: ignore[arg-type]  # a plan on the record has one
        items=[one.item.id for one in led if one.item.id],
        cut_off=cut_off,
        known_at=known_at,
    )
    names: dict[str, str] = {}
    found = []
    for one in led:
        facts = histories.get(one.item.id, ()) if one.item.id else ()
        leads = {_post_of(lead, people): lead for lead in one.leads}
        for slug, lead in leads.items():
            names.setdefault(slug, _name_of(slug, lead, people))
        groups = {
            Grouping.THEME: (one.theme,),
            Grouping.LEAD: tuple(leads),
            Grouping.DECISION: (WAITS if needs_decision(one.item) else WAITS_NOT,),
        }
        if promised := promised_by(facts, groups):
            found.append(promised)
    return PlanAccuracy(tuple(found), cut_off, names)


def promised_by(
    facts: Iterable[DatedFact], groups: Mapping[Grouping, tuple[str, ...]] | None = None
) -> Promised | None:
    """What the facts about one promise tell of its dates; None where it never had one by which it was to be done.

    It was done on the last day of its actual date, but no later than the day on which the record first held it done; on
    that day where no actual date was given. What is ongoing has no end to be measured.
    """
    latest: dict[Series, PlanDate | Status | None] = {}
    said: list[Said] = []
    done: date | None = None
    stopped: date | None = None
    told = tuple(facts)
    for place, fact in enumerate(told):
        latest[fact.series] = fact.value
        status, actual = latest.get(Series.STATUS), latest.get(Series.ACTUAL)
        is_done = (isinstance(status, Status) and status.is_done) or isinstance(actual, PlanDate)
        done = (done or fact.effective_on) if is_done else None
        closed = isinstance(status, Status) and status.is_closed and not is_done
        stopped = (stopped or fact.effective_on) if closed else None
        if done or (place + 1 < len(told) and told[place + 1].effective_on == fact.effective_on):
            continue
        if expected := _expected(latest):
            said.append(Said(fact.effective_on, expected.latest, kind_of_date(expected)))
    if not said or latest.get(Series.STATUS) is Status.ONGOING:
        return None
    actual = latest.get(Series.ACTUAL)
    done_on = min(actual.latest, done) if done and isinstance(actual, PlanDate) else done
    return Promised(tuple(said), done_on, groups or {}, stopped)


def _expected(latest: Mapping[Series, PlanDate | Status | None]) -> PlanDate | None:
    """The lead's date or else the approved one, if it says by when."""
    for series in (Series.FORECAST, Series.APPROVED):
        if isinstance(found := latest.get(series), PlanDate):
            return found if found.has_last_day else None
    return None


@dataclass(frozen=True, slots=True)
class LeadNote:
    """What a lead says about the figures of a post, and when it was written."""

    text: str
    written_on: date


def accuracy_notes(as_at: date, known_at: int | None = None) -> dict[str, LeadNote]:
    """What was last written about each post's figures, under its slug, in the council in scope."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTES, {"as_at": as_at, "known_at": known_at})
        return {slug: LeadNote(text, written_on) for slug, text, written_on in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class _Led:
    item: Action | Milestone
    theme: str
    leads: tuple[str, ...]


def _led(plan: Plan) -> Iterator[_Led]:
    """Every promise with its theme and who leads it: itself says so, or else the nearest promise above."""
    for theme in plan.themes:
        name = str(theme.number)
        for action in theme.actions:
            yield from _led_below(action, name, ())
        yield from (_Led(milestone, name, milestone.leads) for milestone in theme.milestones)
    yield from (_Led(milestone, "0", milestone.leads) for milestone in plan.engagement_milestones)


def _led_below(action: Action, theme: str, above: tuple[str, ...]) -> Iterator[_Led]:
    leads = action.leads or above
    if not action.heading:
        yield _Led(action, theme, leads)
    for step in action.steps:
        yield from _led_below(step, theme, leads)


def _post_of(lead: str, people: People) -> str:
    slug = lead_slug(lead)
    return people.same.get(slug, slug)


def _name_of(slug: str, lead: str, people: People) -> str:
    found = people.posts.get(slug) or people.bodies.get(slug)
    return found.name if found else lead
