"""What reviewers ask later, which action answers it, and what somebody found who looked: on the record."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.records import ADOPTED, new_council, promised

from goldenthread.assurance.coverage import Certificate, Row, State, certificate
from goldenthread.documents import SourceFormat
from goldenthread.plan import model
from goldenthread.plan.keys import slug as slug_of
from goldenthread.plan.model import Found
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_number, revisions
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role
from goldenthread.record.services.imports import apply_import, start_import
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.recommendations import (
    Asked,
    add_recommendations,
    lift_recommendation,
    look_up,
    map_recommendation,
    register_review,
    unmap_recommendation,
)
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.plan_files import plan_file

PLAN, WHY = "plan", "The auditor's letter"
SENT, MAPPED = date(2022, 12, 1), date(2022, 12, 20)
AUDITOR = "Northbury Auditors"
LATER = (
    Asked(number="3", text="Publish the accounts on time"),
    Asked(number="4", text="Answer complaints within twenty days"),
)


def cite(number: str | None = None, page: str | None = None, review: str = AUDITOR) -> Reference:
    return Reference(review=review, number=number, page=page)


def northbury() -> model.Plan:
    """An invented plan of three actions that answer two recommendations, a page, and a number nobody knows."""
    references = [(cite("1"), cite(page="9")), (cite("2"), cite("7")), ()]
    titles = ["Review the constitution", "Train members", "Close the accounts"]
    actions = tuple(
        model.Action(
            key=f"a{n}",
            title=title,
            leads=("Director of Finance",),
            references=cited,
            dates=promised("2023-06"),
            steps=(model.Action(key=f"a{n}-1", title=f"Draft {n}"),) if n == 0 else (),
        )
        for n, (title, cited) in enumerate(zip(titles, references, strict=True))
    )
    listed = tuple(
        model.Recommendation(key=f"r{n}", reference=one)
        for n, cited in enumerate(references)
        for one in cited[:1]
    )
    review = model.Review(
        key="review/auditors",
        name=AUDITOR,
        title="Review of governance",
        totals=(model.StatedTotal(class_=None, count=2),),
        recommendations=listed,
        requirements=(model.Requirement(key="e1", text="Improve the culture"),),
    )
    return model.Plan(
        key="plan",
        council=model.Council(name="Borough of Northbury"),
        title="Improvement plan",
        approved_on=ADOPTED,
        themes=(model.Theme(key="t1", number=1, name="Governance", actions=actions),),
        reviews=(review,),
    )


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    actor = new_council("Borough of Northbury")
    load_plan(actor=actor, plan=northbury(), effective_on=ADOPTED, reason="Approved", slug=PLAN)
    return actor


def held(actor: Actor, on: date | None = None, known_at: int | None = None) -> model.Plan:
    return snapshot(council=actor.council, plan=PLAN, cut_off=on, known_at=known_at)


def certified(actor: Actor, on: date = MAPPED) -> Certificate:
    return certificate(held(actor, on), on)


def row(actor: Actor, name: str, on: date = MAPPED) -> Row:
    return next(row for row in certified(actor, on).rows if row.name == name)


def the(actor: Actor, title: str) -> UUID:
    found = next(p.id for a in held(actor).actions() for p in a.walk() if p.title == title)
    assert found
    return found


def add(actor: Actor, asked: tuple[Asked, ...] = LATER, review: str = AUDITOR, title: str = "") -> int:
    return add_recommendations(
        actor=actor,
        plan=PLAN,
        review=review,
        title=title,
        recommendations=asked,
        sent_on=SENT,
        on=SENT,
        reason=WHY,
    )


def answer(actor: Actor, to: Reference | UUID, by: str = "Close the accounts", on: date = MAPPED) -> int:
    return map_recommendation(
        actor=actor, plan=PLAN, action=the(actor, by), to=to, reason="It does that", effective_on=on
    )


def test_new_recommendations_are_uncovered_from_their_day_until_each_is_mapped(office: Actor) -> None:
    before = certified(office, date(2022, 11, 30))
    flags = certified(office).flags
    add(office)
    assert certified(office, date(2022, 11, 30)) == before, "the past is as it was"
    assert certified(office).flags == flags + 2
    assert "1 December 2022" in row(office, "Recommendation 3").because
    answer(office, cite("3"))
    assert row(office, "Recommendation 3").state is State.SINGLE
    assert certified(office).flags == flags + 1
    answer(office, cite("4"), "Draft 0")
    assert certified(office).flags == flags
    assert [one.title for one in row(office, "Recommendation 4").actions] == ["Review the constitution"]
    assert verify(office.council).ok


def test_a_mapping_is_a_revision_with_its_reason(office: Actor) -> None:
    add(office)
    known = head_number(office.council)
    number = answer(office, cite("3"))
    assert number == known + 1
    assert next(iter(revisions(office.council))).reason == "It does that"
    assert not any(cite("3") in a.references for a in held(office, known_at=known).actions())
    unmap_recommendation(
        actor=office, plan=PLAN, action=the(office, "Close the accounts"), to=cite("3"),
        reason="Mapped by mistake", effective_on=MAPPED,
    )  # fmt: skip
    assert row(office, "Recommendation 3").state is State.UNCOVERED


def test_a_follow_up_review_comes_with_its_recommendations(office: Actor) -> None:
    with pytest.raises(InvalidEdit, match="Give its title"):
        add(office, review="Follow-up")
    add(office, review="Follow-up", title="Follow-up of December 2022")
    source = certified(office).source("follow-up")
    assert source
    assert [one.name for one in source.rows] == ["Recommendation 3", "Recommendation 4"]
    assert source.is_registered
    assert source.title == "Follow-up of December 2022"
    assert certified(office, date(2022, 11, 30)).source("follow-up") is None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((), "at least one"),
        ((Asked(number=" ", text="A"),), "needs its number"),
        ((Asked(number="5", text=" "),), "needs its words"),
        ((Asked(number="5", text="A"), Asked(number="5 ", text="B")), "entered twice"),
    ],
)
def test_what_cannot_be_added(office: Actor, asked: tuple[Asked, ...], message: str) -> None:
    head = head_number(office.council)
    with pytest.raises(InvalidEdit, match=message):
        add(office, asked)
    assert head_number(office.council) == head


def test_the_same_number_is_not_sent_twice(office: Actor) -> None:
    add(office)
    with pytest.raises(InvalidEdit, match="in the register already"):
        add(office, LATER[:1])


def test_only_the_programme_office_may(office: Actor) -> None:
    for role in set(Role) - {Role.PMO}:
        other = Actor(council=office.council, role=role, name="somebody")
        with pytest.raises(NotAllowed):
            add(other)
        with pytest.raises(NotAllowed):
            answer(other, cite("1"))
        with pytest.raises(NotAllowed):
            look_up(
                actor=other, plan=PLAN, reference=cite("7"), found=Found.POINT, basis="p", text="t", on=SENT
            )


def test_what_cannot_be_mapped(office: Actor) -> None:
    with pytest.raises(NotFound, match="recommendation 40"):
        answer(office, cite("40"))
    with pytest.raises(InvalidEdit, match="answers Recommendation 1 already"):
        answer(office, cite("1"), "Review the constitution")
    with pytest.raises(InvalidEdit, match="nothing to take back"):
        unmap_recommendation(
            actor=office, plan=PLAN, action=the(office, "Close the accounts"), to=cite("1"), reason=WHY,
            effective_on=MAPPED,
        )  # fmt: skip


def test_a_cancelled_action_cannot_be_mapped(council_db: TestDatabase) -> None:
    plan = northbury()
    theme = plan.themes[0]
    stopped = theme.actions[2].model_copy(update={"status": Status.CANCELLED})
    theme = theme.model_copy(update={"actions": (*theme.actions[:2], stopped)})
    actor = new_council()
    load_plan(
        actor=actor,
        plan=plan.model_copy(update={"themes": (theme,)}),
        effective_on=ADOPTED,
        reason="A",
        slug=PLAN,
    )
    with pytest.raises(InvalidEdit, match="cancelled"):
        answer(actor, cite("1"))


def test_an_element_of_a_direction_is_linked_from_the_day(office: Actor) -> None:
    element = held(office).reviews[0].requirements[0].id
    assert element
    answer(office, element)
    assert row(office, "Improve the culture").state is State.SINGLE
    assert row(office, "Improve the culture", SENT).state is State.UNCOVERED
    unmap_recommendation(
        actor=office, plan=PLAN, action=the(office, "Close the accounts"), to=element, reason=WHY,
        effective_on=date(2023, 1, 1),
    )  # fmt: skip
    assert row(office, "Improve the culture").state is State.SINGLE
    assert row(office, "Improve the culture", date(2023, 1, 1)).state is State.UNCOVERED


def test_a_link_that_is_taken_back_and_made_again_leaves_its_gap(office: Actor) -> None:
    element = held(office).reviews[0].requirements[0].id
    assert element
    days = [date(2022, 12, day) for day in (1, 10, 20)]
    answer(office, element, on=days[0])
    unmap_recommendation(
        actor=office, plan=PLAN, action=the(office, "Close the accounts"), to=element, reason=WHY,
        effective_on=days[1],
    )  # fmt: skip
    answer(office, element, on=days[2])
    states = [row(office, "Improve the culture", day).state for day in days]
    assert states == [State.SINGLE, State.UNCOVERED, State.SINGLE]


def test_a_number_that_is_in_the_register_from_a_later_day_on_is_not_sent_earlier(office: Actor) -> None:
    add(office)
    with pytest.raises(InvalidEdit, match="in the register already"):
        add_recommendations(
            actor=office,
            plan=PLAN,
            review=AUDITOR,
            recommendations=LATER[:1],
            sent_on=date(2022, 11, 1),
            on=SENT,
            reason=WHY,
        )


def test_what_a_page_and_a_number_stand_for(office: Actor) -> None:
    assert (row(office, "Page 9").state, row(office, "Recommendation 7").state) == (
        State.UNRESOLVED,
        State.DANGLING,
    )
    said = "Page 9 of the report, read by the Monitoring Officer"
    look_up(
        actor=office,
        plan=PLAN,
        reference=cite(page="9"),
        found=Found.POINT,
        text="Casework",
        basis=said,
        on=SENT,
    )
    look_up(
        actor=office,
        plan=PLAN,
        reference=cite("7"),
        found=Found.POINT,
        text="Longer term",
        basis=said,
        on=SENT,
    )
    page, seven = row(office, "Page 9"), row(office, "Recommendation 7")
    assert (page.state, page.text, seven.state) == (State.SINGLE, "Casework", State.SINGLE)
    assert isinstance(page.item, model.Recommendation)
    assert page.item.looked_up == model.LookedUp(found=Found.POINT, basis=said, by="test", on=SENT)
    assert row(office, "Page 9", date(2022, 11, 30)).state is State.UNRESOLVED, (
        "as at the day before, it was open"
    )


def test_that_the_review_has_no_such_number(council_db: TestDatabase) -> None:
    plan = northbury()
    theme = plan.themes[0]
    only = theme.actions[0].model_copy(update={"references": (cite("1.1"), cite("1.3"))})
    theme = theme.model_copy(update={"actions": (only,)})
    review = plan.reviews[0].model_copy(update={"recommendations": ()})
    actor = new_council()
    sectioned = plan.model_copy(update={"themes": (theme,), "reviews": (review,)})
    load_plan(actor=actor, plan=sectioned, effective_on=ADOPTED, reason="A", slug=PLAN)
    assert row(actor, "Recommendation 1.2").state is State.NOT_REFERENCED
    with pytest.raises(InvalidEdit, match="where you looked"):
        look_up(actor=actor, plan=PLAN, reference=cite("1.2"), found=Found.ABSENT, basis=" ", on=SENT)
    with pytest.raises(InvalidEdit, match="what it stands for"):
        look_up(actor=actor, plan=PLAN, reference=cite("1.2"), found=Found.POINT, basis="p", on=SENT)
    look_up(actor=actor, plan=PLAN, reference=cite("1.2"), found=Found.ABSENT, basis="1.1, then 1.3", on=SENT)
    settled = row(actor, "Recommendation 1.2")
    assert (settled.state, settled.is_flagged, settled.because) == (State.ABSENT, False, "1.1, then 1.3")
    assert row(actor, "Recommendation 1.2", date(2022, 11, 30)).state is State.NOT_REFERENCED


def test_lifting(office: Actor) -> None:
    lift_recommendation(
        actor=office,
        plan=PLAN,
        reference=cite("1"),
        lifted_on=SENT,
        source="Letter of the auditor",
        on=MAPPED,
    )
    assert row(office, "Recommendation 1").lifted_on == SENT
    assert not row(office, "Recommendation 1", date(2022, 11, 30)).is_lifted


def test_a_review_that_was_only_cited_is_registered(council_db: TestDatabase) -> None:
    actor = new_council()
    load_plan(
        actor=actor,
        plan=northbury().model_copy(update={"reviews": ()}),
        effective_on=ADOPTED,
        reason="A",
        slug=PLAN,
    )
    assert row(actor, "Recommendation 1").state is State.UNRESOLVED
    register_review(
        actor=actor, plan=PLAN, review=AUDITOR, title="Governance", published_on=ADOPTED, reason=WHY, on=SENT
    )
    assert row(actor, "Recommendation 1").state is State.SINGLE


def test_a_new_edition_of_the_document_takes_none_of_it_away(office: Actor) -> None:
    add(office)
    answer(office, cite("3"))
    look_up(
        actor=office,
        plan=PLAN,
        reference=cite(page="9"),
        found=Found.POINT,
        text="Casework",
        basis="p 9",
        on=SENT,
    )
    before = {one.name: (one.state, one.text) for one in certified(office).rows}
    edition = (
        plan_file(northbury(), SourceFormat.MARKDOWN).decode().replace("Train members", "Train all members")
    )
    started = start_import(actor=office, name="v2.md", content=edition.encode(), plan=PLAN)
    apply_import(actor=office, import_id=started.id, reason="Second edition", effective_on=MAPPED)
    assert "Train all members" in {a.title for a in held(office, MAPPED).actions()}
    assert {one.name: (one.state, one.text) for one in certified(office).rows} == before


def test_nothing_is_sent_published_or_lifted_after_today(office: Actor) -> None:
    with pytest.raises(InvalidEdit, match="cannot have been sent later than today"):
        add_recommendations(
            actor=office,
            plan=PLAN,
            review=AUDITOR,
            recommendations=LATER,
            sent_on=MAPPED,
            on=SENT,
            reason=WHY,
        )
    assert SENT < MAPPED


def test_what_was_sent_later_is_in_no_certificate_before_its_day(office: Actor) -> None:
    before = certified(office, date(2022, 11, 30))
    add(office)
    latest = certificate(snapshot(council=office.council, plan=PLAN), date(2022, 11, 30))
    assert (latest.flags, latest.made, latest.answered) == (before.flags, before.made, before.answered)


def test_a_review_is_not_entered_twice_under_nearly_its_name(office: Actor) -> None:
    with pytest.raises(InvalidEdit, match="The register has"):
        add(office, review=f"{AUDITOR.upper()}!", title="The same")
    with pytest.raises(InvalidEdit, match="80 characters or fewer"):
        add(office, review="n" * 300, title="Long")


def test_nothing_is_lifted_in_days_to_come(office: Actor) -> None:
    with pytest.raises(InvalidEdit, match="cannot have been lifted later than today"):
        lift_recommendation(
            actor=office, plan=PLAN, reference=cite("1"), lifted_on=MAPPED, source="A letter", on=SENT
        )


def test_a_later_number_says_nothing_of_how_the_first_report_was_numbered(council_db: TestDatabase) -> None:
    cited = [Reference(review=AUDITOR, number=number) for number in ("1.1", "1.2", "2.1")]
    actions = tuple(
        model.Action(key=f"a{n}", title=f"Action {n}", references=(one,), dates=promised("2023-06"))
        for n, one in enumerate(cited)
    )
    review = model.Review(
        key="r", name=AUDITOR, title="Review", totals=(model.StatedTotal(class_=None, count=3),)
    )
    plan = model.Plan(
        key="plan", council=model.Council(name="Northbury"), title="Plan", reviews=(review,),
        themes=(model.Theme(key="t", number=1, name="Leading", actions=actions),),
    )  # fmt: skip
    actor = new_council("Northbury")
    load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Approved", slug=PLAN)
    add(actor, (Asked(number="7", text="Publish"), Asked(number="3.4", text="Listen")))
    source = certified(actor, SENT).source(slug_of(AUDITOR))
    assert source
    assert {row.reference.number for row in source.rows if row.reference and row.is_flagged} == {"7", "3.4"}
    assert certified(actor, SENT).flags == 2
