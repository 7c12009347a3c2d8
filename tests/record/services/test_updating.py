"""Taking in updates: what is recorded, what is refused, and what is held because somebody else was quicker."""

from datetime import date
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.status import Status
from goldenthread.plan.updates import EvidenceOffer, TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import (
    BodyMembership,
    BodyRecord,
    Capacity,
    Evidence,
    HeldUpdate,
    Holding,
    Officer,
    PeriodState,
    PostRecord,
    ReportingPeriod,
    Revision,
    Role,
    User,
)
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.periods import close_period, open_period
from goldenthread.record.services.updating import Outcome, submit_updates
from goldenthread.record.snapshot import snapshot

JULY, AUGUST = date(2022, 7, 31), date(2022, 8, 31)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    return officer


def the(actor: Actor, ref: str, cut_off: date | None = None, known_at: int | None = None) -> Action:
    plan: Plan = snapshot(council=actor.council, plan="improvement-plan", cut_off=cut_off, known_at=known_at)
    return next(action for top in plan.actions() for action in top.walk() if action.ref == ref)


def submit(
    actor: Actor,
    ref: str,
    typed: TypedUpdate,
    *,
    on: date = JULY,
    seen: int | None = None,
    door: Door = Door.PAGE,
) -> Outcome:
    item = the(actor, ref).id
    assert item
    outcomes = submit_updates(
        actor=actor,
        plan="improvement-plan",
        updates={item: typed},
        as_at=on,
        seen_revision=head_number(actor.council) if seen is None else seen,
        door=door,
    )
    return outcomes[item]


def waiting(actor: Actor) -> list[HeldUpdate]:
    with council_scope(actor.council):
        return list(HeldUpdate.objects.filter(settled__isnull=True).order_by("by", "door"))


def autumn() -> PlanDate:
    return PlanDate.from_edtf("2022-23", "Autumn 2022")


def lead(actor: Actor, *, post: str, name: str = "A lead", until: date | None = None) -> Actor:
    """Somebody in a post of the council, from the day of the plan on."""
    user = User.objects.create_user(f"{name.replace(' ', '.')}@example.org", name=name)
    with writing(actor, "Somebody was appointed"):
        held = PostRecord.objects.get_or_create(council_id=actor.council, slug=post, defaults={"name": post})[
            0
        ]
        person = Officer.objects.create(council_id=actor.council, name=name, user=user.id)
        Holding.objects.create(
            council_id=actor.council, post=held, officer=person, starts_on=ADOPTED, ends_on=until
        )
    return Actor(council=actor.council, role=Role.LEAD, name=name, user=user.id)


def test_an_update_is_a_dated_fact_known_from_its_revision(officer: Actor) -> None:
    before = head_number(officer.council)
    typed = TypedUpdate(
        status=Status.IN_PROGRESS, forecast=autumn(), rating=Rating.AMBER, why="The consultant left",
        next_step="Recruit",
    )  # fmt: skip
    assert submit(officer, "A1", typed) is Outcome.RECORDED

    now = the(officer, "A1", JULY)
    assert (now.status, now.dates.forecast) == (Status.IN_PROGRESS, autumn())
    assert now.report
    assert (now.report.as_at, now.report.by, now.report.rating) == (JULY, "Programme office", Rating.AMBER)
    assert (now.report.why, now.report.next_step) == ("The consultant left", "Recruit")
    assert now.dates.approved == now.dates.original, "a lead's date is a forecast and moves nothing approved"
    assert the(officer, "A1", date(2022, 7, 30)).report is None
    assert the(officer, "A1", JULY, before).report is None
    assert verify(officer.council).ok


def test_no_change_confirms_what_was_said_before(officer: Actor) -> None:
    submit(officer, "A1", TypedUpdate(rating=Rating.GREEN, why="All well", highlight="Opened early"))
    submit(officer, "A1", TypedUpdate(no_change=True), on=AUGUST)
    report = the(officer, "A1", AUGUST).report
    assert report
    assert (report.as_at, report.no_change, report.rating, report.why) == (
        AUGUST,
        True,
        Rating.GREEN,
        "All well",
    )
    assert report.highlight == "", "a highlight is news once"


def test_what_is_not_said_stays_and_an_empty_text_takes_away(officer: Actor) -> None:
    submit(
        officer,
        "A1",
        TypedUpdate(status=Status.IN_PROGRESS, why="Waiting for legal advice", next_step="Chase"),
    )
    submit(officer, "A1", TypedUpdate(why=""), on=AUGUST)
    now = the(officer, "A1", AUGUST)
    assert now.report
    assert (now.status, now.report.why, now.report.next_step) == (Status.IN_PROGRESS, "", "Chase")


def test_a_forecast_can_be_taken_back(officer: Actor) -> None:
    submit(officer, "A1", TypedUpdate(forecast=autumn()))
    submit(officer, "A1", TypedUpdate(forecast_unknown=True, why="Nobody can tell"), on=AUGUST)
    assert the(officer, "A1", AUGUST).dates.forecast is None
    assert the(officer, "A1", JULY).dates.forecast == autumn()


@pytest.mark.parametrize(
    "status", [Status.VERIFIED, Status.EMBEDDED, Status.DEFERRED, Status.SUPERSEDED, Status.CANCELLED]
)
def test_what_needs_a_checker_or_a_decision_cannot_be_reported(officer: Actor, status: Status) -> None:
    with pytest.raises(InvalidEdit, match="cannot be reported"):
        submit(officer, "A1", TypedUpdate(status=status))


def test_nothing_is_said_to_be_done_on_a_day_that_has_not_come(officer: Actor) -> None:
    typed = TypedUpdate(status=Status.COMPLETE, actual=PlanDate.from_edtf("2022-08-01", "1 August 2022"))
    with pytest.raises(InvalidEdit, match="“1 August 2022” has not come yet"):
        submit(officer, "A1", typed, on=JULY)
    assert the(officer, "A1").dates.actual is None
    assert submit(officer, "A1", typed, on=AUGUST) is Outcome.RECORDED
    this_month = TypedUpdate(actual=PlanDate.from_edtf("2022-07", "July 2022"))
    assert submit(officer, "A2", this_month, on=date(2022, 7, 15)) is Outcome.RECORDED


def test_nothing_is_stored_when_one_of_several_does_not_fit(officer: Actor) -> None:
    first, second = the(officer, "A1").id, the(officer, "A2").id
    assert first
    assert second
    head = head_number(officer.council)
    with pytest.raises(InvalidEdit, match="longer than"):
        submit_updates(
            actor=officer,
            plan="improvement-plan",
            updates={first: TypedUpdate(no_change=True), second: TypedUpdate(why="x" * 2001)},
            as_at=JULY,
            seen_revision=head,
            door=Door.WORKBOOK,
        )
    assert head_number(officer.council) == head
    with pytest.raises(NotFound):
        submit_updates(
            actor=officer,
            plan="improvement-plan",
            updates={UUID(int=1): TypedUpdate(no_change=True)},
            as_at=JULY,
            seen_revision=head,
            door=Door.PAGE,
        )


def test_before_the_plan_or_in_a_closed_period_nothing_is_reported(officer: Actor) -> None:
    with pytest.raises(InvalidEdit, match="took effect on 7 June 2022"):
        submit(officer, "A1", TypedUpdate(no_change=True), on=date(2022, 6, 6))
    with writing(officer, "The month is over"):
        ReportingPeriod.objects.create(
            council_id=officer.council,
            plan_id=snapshot(council=officer.council, plan="improvement-plan").id,
            starts_on=date(2022, 7, 1),
            ends_on=JULY,
            due_on=date(2022, 8, 5),
            state=PeriodState.CLOSED,
        )
    with pytest.raises(InvalidEdit, match="closed"):
        submit(officer, "A1", TypedUpdate(no_change=True))
    assert submit(officer, "A1", TypedUpdate(no_change=True), on=AUGUST) is Outcome.RECORDED


def test_three_voices_on_one_item_and_none_is_lost(officer: Actor) -> None:
    seen = head_number(officer.council)
    assert submit(officer, "A1", TypedUpdate(why="By page"), seen=seen) is Outcome.RECORDED
    assert submit(officer, "A1", TypedUpdate(why="By book"), seen=seen, door=Door.WORKBOOK) is Outcome.HELD
    assert submit(officer, "A1", TypedUpdate(why="By mail"), seen=seen, door=Door.EMAIL) is Outcome.HELD
    stands = the(officer, "A1").report
    assert stands
    assert stands.why == "By page"
    assert [held.values for held in waiting(officer)] == [{"why": "By mail"}, {"why": "By book"}]


def test_saying_the_same_twice_is_said_once(officer: Actor) -> None:
    seen = head_number(officer.council)
    for typed in (TypedUpdate(status=Status.IN_PROGRESS, why="Begun"), TypedUpdate(no_change=True)):
        seen = head_number(officer.council)
        assert submit(officer, "A1", typed, seen=seen) is Outcome.RECORDED
        head = head_number(officer.council)
        assert submit(officer, "A1", typed, seen=seen) is Outcome.UNCHANGED
        assert head_number(officer.council) == head
    other = TypedUpdate(why="Something else")
    assert submit(officer, "A1", other, seen=0) is Outcome.HELD
    assert submit(officer, "A1", other, seen=0) is Outcome.HELD
    assert len(waiting(officer)) == 1


def test_no_change_of_what_has_changed_meanwhile_is_held(officer: Actor) -> None:
    seen = head_number(officer.council)
    submit(officer, "A1", TypedUpdate(status=Status.COMPLETE))
    assert submit(officer, "A1", TypedUpdate(no_change=True), seen=seen) is Outcome.HELD


def test_a_change_of_wording_or_lead_is_no_reason_to_hold(officer: Actor) -> None:
    seen = head_number(officer.council)
    edit_item(
        actor=officer,
        plan="improvement-plan",
        item=the(officer, "A1").id,  # type: ignore[arg-type]
        changes={"title": "Review the constitution in full"},
        reason="Clearer",
        effective_on=JULY,
        seen_revision=seen,
    )
    assert submit(officer, "A1", TypedUpdate(why="Still going"), seen=seen) is Outcome.RECORDED


def test_a_lead_reports_for_the_posts_held_and_for_their_steps(officer: Actor) -> None:
    monitoring = lead(officer, post="monitoring-officer")
    assert submit(monitoring, "A1", TypedUpdate(no_change=True)) is Outcome.RECORDED
    report = the(officer, "A1").report
    assert report
    assert report.by == "Monitoring Officer"
    step = the(officer, "A1").steps[0].ref
    assert step
    assert submit(monitoring, step, TypedUpdate(status=Status.COMPLETE)) is Outcome.RECORDED, (
        "steps go with their action"
    )
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        submit(monitoring, "A2", TypedUpdate(no_change=True))


def test_who_has_left_a_post_no_longer_reports_for_it(officer: Actor) -> None:
    former = lead(officer, post="monitoring-officer", until=date(2022, 7, 15))
    with pytest.raises(NotAllowed):
        submit(former, "A1", TypedUpdate(no_change=True))


def test_a_body_is_reported_for_by_the_post_that_it_named(officer: Actor) -> None:
    item = the(officer, "A2").id
    edit_item(
        actor=officer,
        plan="improvement-plan",
        item=item,  # type: ignore[arg-type]
        changes={"leads": ["Leadership Team"]},
        reason="Agreed",
        effective_on=ADOPTED,
        seen_revision=head_number(officer.council),
    )
    chief = lead(officer, post="chief-executive")
    with pytest.raises(NotAllowed):
        submit(chief, "A2", TypedUpdate(no_change=True))
    with writing(officer, "The Leadership Team named a post"):
        body, _ = BodyRecord.objects.get_or_create(
            council_id=officer.council, slug="leadership-team", defaults={"name": "Leadership Team"}
        )
        BodyMembership.objects.create(
            council_id=officer.council,
            body=body,
            post=PostRecord.objects.get(slug="chief-executive"),
            capacity=Capacity.ACCOUNTABLE,
            starts_on=ADOPTED,
        )
    assert submit(chief, "A2", TypedUpdate(no_change=True)) is Outcome.RECORDED
    report = the(officer, "A2").report
    assert report
    assert report.by == "Leadership Team"


def test_a_link_that_comes_with_an_update_is_evidence_nobody_has_checked(officer: Actor) -> None:
    offer = EvidenceOffer(url="https://example.org/minutes", shows="The minutes of 12 July")
    submit(officer, "A1", TypedUpdate(status=Status.COMPLETE, evidence=offer))
    with council_scope(officer.council):
        evidence = Evidence.objects.get()
        support = evidence.supports.get()
        assert (evidence.url, evidence.dated_on) == ("https://example.org/minutes", JULY)
        assert support.item_id == the(officer, "A1").id
        assert not support.checks.exists()
    assert the(officer, "A1").status is Status.COMPLETE


def test_ten_people_at_once_lose_nothing(officer: Actor) -> None:
    """All saw the same revision: one is recorded, and nine are held."""
    seen, item = head_number(officer.council), the(officer, "A1").id
    assert item
    ready, outcomes = Barrier(10), []

    def report(number: int) -> None:
        try:
            ready.wait()
            found = submit_updates(
                actor=officer,
                plan="improvement-plan",
                updates={item: TypedUpdate(why=f"Voice {number}")},
                as_at=JULY,
                seen_revision=seen,
                door=Door.PAGE,
            )
            outcomes.extend(found.values())
        finally:
            connections.close_all()

    people = [Thread(target=report, args=(number,)) for number in range(10)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(outcomes) == [Outcome.HELD] * 9 + [Outcome.RECORDED]
    stands = the(officer, "A1").report
    assert stands
    said = {held.values["why"] for held in waiting(officer)} | {stands.why}
    assert said == {f"Voice {number}" for number in range(10)}


def test_an_update_and_the_closing_of_its_month_come_one_after_the_other(officer: Actor) -> None:
    """Whatever is recorded as at a closed month was sealed before it closed, and so is in what its reports say."""
    item = the(officer, "A1").id
    assert item
    for month in range(7, 13):
        last = date(2022, month, 28)
        period = open_period(actor=officer, plan="improvement-plan", day=last)
        ready, refused = Barrier(4), []

        def report(
            number: int, ready: Barrier = ready, last: date = last, refused: list[int] = refused
        ) -> None:
            try:
                ready.wait()
                submit_updates(
                    actor=officer,
                    plan="improvement-plan",
                    updates={item: TypedUpdate(why=f"Voice {number}")},
                    as_at=last,
                    seen_revision=0,
                    door=Door.PAGE,
                )
            except InvalidEdit:
                refused.append(number)
            finally:
                connections.close_all()

        people = [Thread(target=report, args=(number,)) for number in range(3)]
        for one in people:
            one.start()
        ready.wait()
        closed = close_period(actor=officer, period=period.id, today=date(2023, 1, 31))
        for one in people:
            one.join()
        assert closed.closed_revision
        frozen = the(officer, "A1", last, closed.closed_revision)
        assert frozen.report == the(officer, "A1", last).report
        with council_scope(officer.council):
            late = Revision.objects.filter(number__gt=closed.closed_revision, reason="Reported progress")
            assert not late.filter(number__lte=head_number(officer.council)).exists()
