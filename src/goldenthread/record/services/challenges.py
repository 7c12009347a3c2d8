"""The challenge desk: accepting an update, asking back, rating it differently. Never by whoever reported it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Assessment, Rating
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.challenging import challenges_of, period_on_desk
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.models.council import Role
from goldenthread.record.models.cycle import Challenge, PeriodState, ReportingPeriod, Verdict
from goldenthread.record.models.log import Revision
from goldenthread.record.models.plan import DatedFact, PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.promises import HeldPromise, promises
from goldenthread.record.reporters import lead_slugs, leads_among, require_lead
from goldenthread.record.scope import writing
from goldenthread.record.services.asking_back import mail_question
from goldenthread.record.services.updating import LONGEST, PROGRAMME_OFFICE, lock_items
from goldenthread.record.snapshot import find_plan


@dataclass(frozen=True)
class _Desk:
    """Some promises on the desk of one assurer, held until the transaction ends."""

    actor: Actor
    plan: PlanRecord
    on: date
    held: Mapping[UUID, HeldPromise]

    def period(self, item: UUID) -> ReportingPeriod | None:
        """The period that the item's report belongs to; where none was made, the one that is open."""
        report = self.held[item].report
        periods = ReportingPeriod.objects.filter(plan=self.plan)
        if report:
            return periods.filter(starts_on__lte=report.as_at, ends_on__gte=report.as_at).first()
        return period_on_desk(self.plan.id, settings_of(self.actor.council), self.on)

    def enter(self, item: UUID, verdict: Verdict, text: str = "") -> Challenge:
        """Add the row of a verdict. Raises InvalidEdit if the period is closed."""
        period = self.period(item)
        if period and period.state == PeriodState.CLOSED:
            raise InvalidEdit(
                f"The reporting period to {day_words(period.ends_on)} is closed. Ask the programme office to open it "
                "again, or wait for the next update."
            )
        return Challenge.objects.create(
            council_id=self.actor.council,
            plan=self.plan,
            period=period,
            item_id=item,
            made_on=self.on,
            by=self.actor.capacity,
            verdict=verdict,
            text=text,
        )


def accept_update(*, actor: Actor, plan: UUID | str, item: UUID, seen_revision: int, on: date) -> None:
    """Accept what was last reported of an item. `seen_revision` is the revision that holds the report that was seen.

    Raises:
        NotAllowed: The actor may not challenge, or reported or leads it.
        NotFound: The plan has no such item on that day.
        InvalidEdit: Nothing was reported, or it was reported on again meanwhile; or its period is closed.
    """
    if not accept_updates(actor=actor, plan=plan, seen={item: seen_revision}, on=on):
        raise InvalidEdit(
            "It was reported on again since you opened this page. Look at the new update first."
        )


def accept_updates(*, actor: Actor, plan: UUID | str, seen: Mapping[UUID, int], on: date) -> frozenset[UUID]:
    """Accept what was reported of several items, and say of which: those that were reported on meanwhile are left.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `accept_update`; then none is accepted.
    """
    with _desk(actor, plan, seen, on, f"Accepted {len(seen)} update{'' if len(seen) == 1 else 's'}") as desk:
        for held in desk.held.values():
            if held.report is None:
                raise InvalidEdit(f"“{held.place.name}”: Nothing was reported that could be accepted.")
        current = frozenset(
            item for item, held in desk.held.items() if held.written[Series.REPORT] == seen[item]
        )
        new = current - _accepted(desk, current)
        for item in desk.held:
            if item in new:
                desk.enter(item, Verdict.ACCEPTED)
    return current


def _accepted(desk: _Desk, items: Collection[UUID]) -> frozenset[UUID]:
    """Those of these items whose last report has been accepted already, as when a button is pressed twice."""
    made = challenges_of(council=desk.actor.council, plan=desk.plan.id, items=items)
    last = {item: told[-1] for item, told in made.items()}
    return frozenset(
        item
        for item, verdict in last.items()
        if verdict.verdict is Verdict.ACCEPTED and verdict.revision > desk.held[item].written[Series.REPORT]
    )


def ask_back(*, actor: Actor, plan: UUID | str, item: UUID, question: str, on: date) -> None:
    """Put a question to those who lead an item, and owe them a mail about it. It waits until one of them answers.

    Raises:
        NotAllowed, NotFound: as `accept_update`.
        InvalidEdit: There is no question, or the period is closed.
    """
    asked = _words(question, "what you want to know")
    with _desk(actor, plan, [item], on, "Asked about an update") as desk:
        mail_question(desk.enter(item, Verdict.ASKED, asked), desk.held[item], on)


def rate_differently(
    *, actor: Actor, plan: UUID | str, item: UUID, rating: Rating, reason: str, on: date
) -> None:
    """Give the assurer's own rating of an item, beside the lead's and the rule's, with the reason for it.

    It counts from the last day of the period that it judges, where that has passed.

    Raises:
        NotAllowed, NotFound: as `accept_update`.
        InvalidEdit: No reason is given, or the period is closed.
    """
    why = _words(reason, "why you rate it so")
    with _desk(actor, plan, [item], on, "Rated an update differently") as desk:
        period = desk.enter(item, Verdict.RATED, why).period
        day = min(on, period.ends_on) if period else on
        assessment = Assessment(on=day, by=actor.capacity, rating=rating, reason=why)
        DatedFact.objects.create(
            council_id=actor.council,
            plan=desk.plan,
            item_id=item,
            series=Series.ASSESSMENT.value,
            effective_on=day,
            value=assessment.model_dump(mode="json"),
        )


def answer_challenge(*, actor: Actor, challenge: UUID, answer: str, on: date) -> None:
    """Answer a question that was asked back. The answer is kept with the question and is not replaced.

    Raises:
        NotAllowed: The actor may not report of the item.
        NotFound: There is no such question.
        InvalidEdit: There is no answer, or the question was answered already.
    """
    require(actor, Permission.REPORT_PROGRESS)
    said = _words(answer, "an answer")
    with writing(actor, "Answered a question about an update"):
        asked = Challenge.objects.select_for_update().filter(pk=challenge, verdict=Verdict.ASKED).first()
        if asked is None:
            raise NotFound("There is no such question.")
        require_lead(actor, asked.plan_id, asked.item_id, on)
        if asked.answered_on:
            raise InvalidEdit(
                f"This was answered on {day_words(asked.answered_on)}. Report progress instead, or wait to be asked."
            )
        asked.answer, asked.answered_on, asked.answered_by = said, on, _speaks_for(actor, asked, on)
        asked.save(update_fields=["answer", "answered_on", "answered_by"])


@contextmanager
def _desk(actor: Actor, plan: UUID | str, items: Collection[UUID], on: date, reason: str) -> Iterator[_Desk]:
    require(actor, Permission.CHALLENGE)
    with writing(actor, reason):
        found = find_plan(plan)
        lock_items(found, items)
        held = promises(found.id, items, as_at=on)
        if len(held) != len(items):
            raise NotFound(
                "The plan has no such item on that day. It may have been added later, or taken out."
            )
        _refuse_own(actor, held, on)
        yield _Desk(actor, found, on, held)


def _refuse_own(actor: Actor, held: Mapping[UUID, HeldPromise], on: date) -> None:
    """Raise NotAllowed if the actor reported one of these, or is among those who lead it."""
    posts = lead_slugs(replace(actor, role=Role.LEAD), on) or frozenset()
    reports = {promise.written[Series.REPORT] for promise in held.values() if promise.report}
    revisions = Revision.objects.filter(council_id=actor.council, number__in=reports, actor=actor.label)
    own = set(revisions.values_list("number", flat=True))
    for promise in held.values():
        if promise.report and promise.written[Series.REPORT] in own:
            raise NotAllowed(
                f"“{promise.place.name}”: You entered this update yourself. Somebody else has to challenge it."
            )
        if leads_among(promise.place.leads, posts):
            raise NotAllowed(
                f"“{promise.place.name}”: A post of yours leads it. Somebody else has to challenge it."
            )


def _speaks_for(actor: Actor, asked: Challenge, on: date) -> str:
    leads = promises(asked.plan_id, [asked.item_id], as_at=on)[asked.item_id].place.leads
    allowed = lead_slugs(actor, on)
    return PROGRAMME_OFFICE if allowed is None else next(iter(leads_among(leads, allowed)), PROGRAMME_OFFICE)


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise InvalidEdit(f"Enter {what}.")
    if len(text) > LONGEST:
        raise InvalidEdit(f"The text is longer than {LONGEST:,} characters. Shorten it.")
    return text.strip()
