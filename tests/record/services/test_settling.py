"""Settling what several people reported of one promise."""

from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.records import in_post, load_small_plan, new_council

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.status import Status
from goldenthread.plan.updates import EvidenceOffer, TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, Overtaken
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Evidence, HeldUpdate, PeriodState, ReportingPeriod, Role
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.settling import Conflict, settle_held_update, waiting_conflicts
from goldenthread.record.services.updating import Outcome, submit_updates
from goldenthread.record.snapshot import snapshot

PLAN, JULY, AUGUST = "improvement-plan", date(2022, 7, 31), date(2022, 8, 31)
AUTUMN = PlanDate.from_edtf("2022-23", "Autumn 2022")


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    return officer


def the(actor: Actor, ref: str, cut_off: date = AUGUST):  # type: ignore[no-untyped-def]
    plan = snapshot(council=actor.council, plan=PLAN, cut_off=cut_off)
    return next(action for action in plan.actions() if action.ref == ref)


def three_voices(officer: Actor, ref: str = "A1") -> UUID:
    """A page, a workbook and a mailed link speak of the same action, each having seen the same revision."""
    item, seen = the(officer, ref).id, head_number(officer.council)
    said = (
        (Door.PAGE, TypedUpdate(status=Status.IN_PROGRESS, why="By page", highlight="We began")),
        (Door.WORKBOOK, TypedUpdate(forecast=AUTUMN, why="By book")),
        (Door.EMAIL, TypedUpdate(rating=Rating.RED, evidence=EvidenceOffer(url="https://example.org/m"))),
    )
    outcomes = [
        submit_updates(
            actor=officer, plan=PLAN, updates={item: typed}, as_at=JULY, seen_revision=seen, door=door
        )[item]
        for door, typed in said
    ]  # fmt: skip
    assert outcomes == [Outcome.RECORDED, Outcome.HELD, Outcome.HELD]
    return item


def waiting(actor: Actor, leads: frozenset[str] | None = None) -> tuple[Conflict, ...]:
    plan = snapshot(council=actor.council, plan=PLAN).id
    assert plan
    return waiting_conflicts(actor.council, plan, leads, as_at=AUGUST)


def settle(actor: Actor, item: UUID, chosen: TypedUpdate, **other: object) -> int:
    given = {"reason": "Agreed by telephone", "as_at": AUGUST, "seen_revision": head_number(actor.council)}
    return settle_held_update(actor=actor, plan=PLAN, item=item, chosen=chosen, **{**given, **other})  # type: ignore[arg-type]


def test_every_voice_is_shown_beside_what_stands(officer: Actor) -> None:
    three_voices(officer)
    (conflict,) = waiting(officer)
    assert conflict.promise.report
    assert (conflict.promise.report.why, conflict.promise.report.door) == ("By page", Door.PAGE)
    assert conflict.stands_since
    assert [(voice.door, voice.typed.why, voice.by) for voice in conflict.voices] == [
        (Door.WORKBOOK, "By book", "Programme office"),
        (Door.EMAIL, None, "Programme office"),
    ]
    assert conflict.stands_since < conflict.voices[0].sealed_at < conflict.voices[1].sealed_at
    assert waiting(officer, frozenset({"monitoring-officer"})) == (conflict,)
    assert waiting(officer, frozenset({"chief-executive"})) == ()


def test_what_is_chosen_is_one_report_and_each_voice_is_kept_as_settled(officer: Actor) -> None:
    item = three_voices(officer)
    before = the(officer, "A1").report
    settle(officer, item, TypedUpdate(forecast=AUTUMN, rating=Rating.AMBER, why="By both"))

    now = the(officer, "A1")
    assert (now.status, now.dates.forecast) == (Status.IN_PROGRESS, AUTUMN)
    assert now.report
    assert (now.report.why, now.report.rating, now.report.as_at) == ("By both", Rating.AMBER, AUGUST)
    assert now.report.highlight == "We began", "what nobody took away stays"
    assert the(officer, "A1", JULY).report == before
    with council_scope(officer.council):
        kept = list(HeldUpdate.objects.all())
        assert {row.values.get("why") for row in kept} == {"By book", None}
        assert all(row.settled["chosen"]["why"] == "By both" for row in kept)
        assert all(row.settled["reason"] == "Agreed by telephone" for row in kept)
        assert Evidence.objects.get().url == "https://example.org/m"
    assert waiting(officer) == ()
    assert verify(officer.council).ok
    with pytest.raises(NotFound, match="settled it already"):
        settle(officer, item, TypedUpdate(why="Again"))


def test_what_stands_may_be_what_is_chosen(officer: Actor) -> None:
    item = three_voices(officer)
    settle(officer, item, TypedUpdate())
    report = the(officer, "A1").report
    assert report
    assert (report.why, report.highlight) == ("By page", "We began")
    assert waiting(officer) == ()


def test_what_came_while_somebody_chose_is_not_settled_unseen(officer: Actor) -> None:
    item = three_voices(officer)
    seen = head_number(officer.council)
    later = {"actor": officer, "plan": PLAN, "as_at": JULY, "door": Door.WORKBOOK}
    submit_updates(updates={item: TypedUpdate(why="A fourth")}, seen_revision=1, **later)
    with pytest.raises(Overtaken):
        settle(officer, item, TypedUpdate(why="Chosen"), seen_revision=seen)
    seen = head_number(officer.council)
    submit_updates(updates={item: TypedUpdate(why="A fifth")}, seen_revision=seen, **later)
    with pytest.raises(Overtaken):
        settle(officer, item, TypedUpdate(why="Chosen"), seen_revision=seen)
    assert len(waiting(officer)[0].voices) == 3
    settle(officer, item, TypedUpdate(why="Chosen"))
    assert waiting(officer) == ()


def test_the_lead_settles_and_nobody_else_but_the_programme_office(officer: Actor) -> None:
    item = three_voices(officer)
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        settle(in_post(officer, "Chief Executive"), item, TypedUpdate(why="Mine"))
    for role in set(Role) - {Role.PMO, Role.LEAD}:
        with pytest.raises(NotAllowed, match="may not report progress"):
            settle(Actor(council=officer.council, role=role, name="x"), item, TypedUpdate(why="Mine"))
    settle(in_post(officer, "Monitoring Officer"), item, TypedUpdate(why="Mine"))
    report = the(officer, "A1").report
    assert report
    assert (report.by, report.why) == ("Monitoring Officer", "Mine")


def test_what_does_not_fit_settles_nothing(officer: Actor) -> None:
    item = three_voices(officer)
    for unfit in (
        TypedUpdate(no_change=True),
        TypedUpdate(why="x" * 2001),
        TypedUpdate(status=Status.VERIFIED),
    ):
        with pytest.raises(InvalidEdit):
            settle(officer, item, unfit)
    with pytest.raises(InvalidEdit, match="reason"):
        settle(officer, item, TypedUpdate(why="x"), reason=" ")
    assert len(waiting(officer)) == 1


def test_what_waits_of_a_closed_period_is_settled_as_at_a_later_day(officer: Actor) -> None:
    item = three_voices(officer)
    with writing(officer, "The month is over"):
        ReportingPeriod.objects.create(
            council_id=officer.council, plan_id=snapshot(council=officer.council, plan=PLAN).id,
            starts_on=date(2022, 7, 1), ends_on=JULY, due_on=date(2022, 8, 5), state=PeriodState.CLOSED,
        )  # fmt: skip
    with pytest.raises(InvalidEdit, match="closed"):
        settle(officer, item, TypedUpdate(why="By both"), as_at=JULY)
    settle(officer, item, TypedUpdate(why="By both"))
    assert the(officer, "A1", JULY).report.why == "By page"
    assert the(officer, "A1").report.why == "By both"
