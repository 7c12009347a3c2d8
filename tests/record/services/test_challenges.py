"""The challenge desk: accepted, asked back, answered, rated differently; never by whoever reported or leads."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council

from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.model import Action
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.challenging import ChallengeDesk, DeskState, challenge_desk
from goldenthread.record.errors import InvalidEdit, NotAllowed
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import (
    Challenge,
    DatedFact,
    Holding,
    Officer,
    PeriodState,
    PlanRecord,
    PostRecord,
    ReportingPeriod,
    Role,
    User,
)
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.challenges import (
    accept_update,
    accept_updates,
    answer_challenge,
    ask_back,
    rate_differently,
)
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

JULY, AUGUST = date(2022, 7, 31), date(2022, 8, 5)
PLAN = "improvement-plan"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    with writing(officer, "July is asked about"):
        ReportingPeriod.objects.create(
            council_id=officer.council,
            plan=PlanRecord.objects.get(),
            starts_on=date(2022, 7, 1),
            ends_on=JULY,
            due_on=AUGUST,
            state=PeriodState.CHALLENGE,
        )
    return officer


def somebody(officer: Actor, role: Role, post: str | None = None) -> Actor:
    user = User.objects.create_user(f"{role.value}@example.org", name=f"A {role.label}")
    if post:
        with writing(officer, "Somebody was appointed"):
            held, _ = PostRecord.objects.get_or_create(
                council_id=officer.council, slug=post, defaults={"name": post}
            )
            person = Officer.objects.create(council_id=officer.council, name=user.name, user=user.id)
            Holding.objects.create(council_id=officer.council, post=held, officer=person, starts_on=ADOPTED)
    return Actor(council=officer.council, role=role, name=user.name, user=user.id)


def the(officer: Actor, ref: str) -> Action:
    plan = snapshot(council=officer.council, plan=PLAN)
    return next(action for action in plan.actions() if action.ref == ref)


def item_of(officer: Actor, ref: str) -> UUID:
    found = the(officer, ref).id
    assert found
    return found


def report(actor: Actor, item: UUID, **said: object) -> int:
    typed = TypedUpdate(**said) if said else TypedUpdate(why="On its way")
    submit_updates(
        actor=actor,
        plan=PLAN,
        updates={item: typed},
        as_at=JULY,
        seen_revision=head_number(actor.council),
        door=Door.PAGE,
    )
    return head_number(actor.council)


def desk(officer: Actor) -> ChallengeDesk:
    with council_scope(officer.council):
        plan = PlanRecord.objects.get().id
    return challenge_desk(council=officer.council, plan=plan, as_at=AUGUST)


def test_accepting_is_of_the_report_that_was_seen_and_lapses_with_a_later_one(officer: Actor) -> None:
    assurer, item = somebody(officer, Role.ASSURER), item_of(officer, "A1")
    seen = report(officer, item)
    assert desk(officer).reported[item] == seen
    assert desk(officer).state(item, reported_in_period=True) is DeskState.NEW
    accept_update(actor=assurer, plan=PLAN, item=item, seen_revision=seen, on=AUGUST)
    accept_update(actor=assurer, plan=PLAN, item=item, seen_revision=seen, on=AUGUST)
    assert desk(officer).state(item, reported_in_period=True) is DeskState.ACCEPTED
    with council_scope(officer.council):
        made = Challenge.objects.get()
        assert made.period
        assert (made.verdict, made.by, made.made_on, made.period.ends_on) == (
            "accepted",
            "Assurer",
            AUGUST,
            JULY,
        )

    later = report(officer, item, why="It slipped after all")
    assert desk(officer).state(item, reported_in_period=True) is DeskState.NEW
    with pytest.raises(InvalidEdit, match="reported on again"):
        accept_update(actor=assurer, plan=PLAN, item=item, seen_revision=seen, on=AUGUST)
    other = item_of(officer, "A3")
    seen_other = report(officer, other)
    accepted = accept_updates(actor=assurer, plan=PLAN, seen={item: seen, other: seen_other}, on=AUGUST)
    assert accepted == {other}, "what was reported on meanwhile is left for another look"
    assert later > seen
    assert verify(officer.council).ok


def test_nobody_challenges_what_they_reported_or_lead(officer: Actor) -> None:
    item = item_of(officer, "A1")
    own = report(officer, item)
    for challenge in (
        lambda who: accept_update(actor=who, plan=PLAN, item=item, seen_revision=own, on=AUGUST),
        lambda who: ask_back(actor=who, plan=PLAN, item=item, question="Why?", on=AUGUST),
        lambda who: rate_differently(
            actor=who, plan=PLAN, item=item, rating=Rating.RED, reason="No draft", on=AUGUST
        ),
    ):
        with pytest.raises(NotAllowed, match="entered this update yourself"):
            challenge(officer)
    colleague = somebody(officer, Role.PMO)
    accept_update(actor=colleague, plan=PLAN, item=item, seen_revision=own, on=AUGUST)
    leads_it = somebody(officer, Role.ASSURER, post="monitoring-officer")
    with pytest.raises(NotAllowed, match="post of yours leads it"):
        ask_back(actor=leads_it, plan=PLAN, item=item, question="Why?", on=AUGUST)
    with pytest.raises(NotAllowed, match="may not challenge updates"):
        ask_back(actor=somebody(officer, Role.LEAD), plan=PLAN, item=item, question="Why?", on=AUGUST)


def test_a_question_goes_to_the_lead_and_its_answer_is_kept(officer: Actor) -> None:
    assurer, item = somebody(officer, Role.ASSURER), item_of(officer, "A1")
    report(officer, item)
    with pytest.raises(InvalidEdit, match="what you want to know"):
        ask_back(actor=assurer, plan=PLAN, item=item, question="  ", on=AUGUST)
    ask_back(actor=assurer, plan=PLAN, item=item, question="Who writes the draft?", on=AUGUST)
    assert desk(officer).state(item, reported_in_period=True) is DeskState.ASKED
    (asked,) = desk(officer).challenges[item]

    stranger = somebody(officer, Role.LEAD, post="director-of-finance")
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        answer_challenge(actor=stranger, challenge=asked.id, answer="Me", on=AUGUST)
    by_mail = Actor(
        council=officer.council,
        role=Role.LEAD,
        name="link",
        request=UUID(int=1),
        posts=frozenset({"monitoring-officer"}),
    )
    answer_challenge(actor=by_mail, challenge=asked.id, answer="Our solicitor", on=AUGUST)
    (kept,) = desk(officer).challenges[item]
    assert (kept.text, kept.answer, kept.answered_by) == (
        "Who writes the draft?",
        "Our solicitor",
        "Monitoring Officer",
    )
    assert desk(officer).state(item, reported_in_period=True) is DeskState.ANSWERED
    with pytest.raises(InvalidEdit, match="answered on 5 August 2022"):
        answer_challenge(actor=officer, challenge=asked.id, answer="Somebody else", on=AUGUST)


def test_rating_differently_stands_beside_the_leads_rating_from_the_cut_off(officer: Actor) -> None:
    assurer, item = somebody(officer, Role.ASSURER), item_of(officer, "A1")
    report(officer, item, rating=Rating.GREEN)
    with pytest.raises(InvalidEdit, match="why you rate it so"):
        rate_differently(actor=assurer, plan=PLAN, item=item, rating=Rating.RED, reason="", on=AUGUST)
    rate_differently(
        actor=assurer, plan=PLAN, item=item, rating=Rating.RED, reason="No draft seen", on=AUGUST
    )
    as_at_july = snapshot(council=officer.council, plan=PLAN, cut_off=JULY)
    found = next(action for action in as_at_july.actions() if action.ref == "A1")
    assert found.report
    assert found.assessment
    assert (found.report.rating, found.assessment.rating) == (Rating.GREEN, Rating.RED)
    assert (found.assessment.reason, found.assessment.by) == ("No draft seen", "Assurer")
    assert desk(officer).state(item, reported_in_period=True) is DeskState.RATED
    with council_scope(officer.council):
        assert DatedFact.objects.filter(series=Series.ASSESSMENT).count() == 1


def test_a_closed_period_is_not_challenged(officer: Actor) -> None:
    assurer, item = somebody(officer, Role.ASSURER), item_of(officer, "A1")
    seen = report(officer, item)
    with writing(officer, "July is closed"):
        ReportingPeriod.objects.update(state=PeriodState.CLOSED, closed_revision=seen)
    with pytest.raises(InvalidEdit, match="31 July 2022 is closed"):
        accept_update(actor=assurer, plan=PLAN, item=item, seen_revision=seen, on=AUGUST)


def test_what_nobody_reported_on_cannot_be_accepted_but_asked_about(officer: Actor) -> None:
    assurer, item = somebody(officer, Role.ASSURER), item_of(officer, "A2")
    assert desk(officer).state(item, reported_in_period=False) is DeskState.SILENT
    with pytest.raises(InvalidEdit, match="Nothing was reported"):
        accept_update(actor=assurer, plan=PLAN, item=item, seen_revision=1, on=AUGUST)
    ask_back(actor=assurer, plan=PLAN, item=item, question="Has it begun?", on=AUGUST)
    assert desk(officer).state(item, reported_in_period=False) is DeskState.ASKED
