"""Posts, people, bodies and the matrix: what is recorded, what is refused, and by whom."""

from datetime import date
from uuid import UUID

import pytest
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.gaps import GapKind, gaps
from goldenthread.record.cycle.people import People, answer_steps, people_at
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Capacity, Membership, PostKind, Role, User
from goldenthread.record.services.appointing import (
    add_officer,
    add_person,
    appoint,
    change_officer,
    end_holding,
    take_back_holding,
)
from goldenthread.record.services.bodies import add_body, end_seat, seat
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.ownership import add_challenge_note, end_ownership, own
from goldenthread.record.services.posts import (
    add_other_name,
    add_post,
    end_post,
    part_name,
    register_leads,
    rename_post,
    set_kind,
    set_post_above,
)
from goldenthread.record.snapshot import snapshot

JULY, AUGUST = date(2022, 7, 1), date(2022, 8, 1)
WHY = "Council decided"
MONITORING = "monitoring-officer"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    actor = new_council()
    load_small_plan(actor)
    return actor


def on(actor: Actor, day: date) -> People:
    return people_at(actor.council, day)


def holder(actor: Actor, day: date, post: str = MONITORING) -> str | None:
    found = on(actor, day).posts[post].holder
    return found.person.name if found else None


def appointed(actor: Actor, name: str, day: date, capacity: Capacity = Capacity.HOLDER) -> UUID:
    person = add_officer(actor=actor, name=name)
    return appoint(actor=actor, post=MONITORING, officer=person, from_day=day, capacity=capacity, reason=WHY)


def test_a_plan_puts_its_leads_on_the_list_once(officer: Actor) -> None:
    people = on(officer, JULY)
    assert {post.name for post in people.posts.values()} == {"Monitoring Officer"}
    head = head_number(officer.council)
    assert register_leads(actor=officer, plan="improvement-plan") == 0
    assert head_number(officer.council) == head
    plan = snapshot(council=officer.council, plan="improvement-plan")
    edit_item(
        actor=officer,
        plan="improvement-plan",
        item=next(iter(plan.actions())).id,  # type: ignore[arg-type]
        changes={"leads": ["Monitoring Officer", "Leadership Team"]},
        reason="Agreed",
        effective_on=JULY,
        seen_revision=head,
    )
    assert [body.name for body in on(officer, JULY).bodies.values()] == ["Leadership Team"]


def test_a_successor_ends_the_holder_before_the_day_before(officer: Actor) -> None:
    appointed(officer, "A. First", ADOPTED)
    appointed(officer, "B. Second", AUGUST, Capacity.INTERIM)
    assert holder(officer, date(2022, 6, 6)) is None
    assert holder(officer, date(2022, 7, 31)) == "A. First"
    assert holder(officer, AUGUST) == "B. Second"
    ended = on(officer, AUGUST).posts[MONITORING].terms[0]
    assert ended.ends_on == date(2022, 7, 31)
    assert verify(officer.council).ok


def test_overlaps_are_refused_and_the_message_says_what_to_do(officer: Actor) -> None:
    first = appointed(officer, "A. First", JULY)
    with pytest.raises(InvalidEdit, match=r"from 1 July 2022\. Choose a later day"):
        appointed(officer, "B. Second", ADOPTED)
    with pytest.raises(InvalidEdit, match="from 1 July 2022"):
        appointed(officer, "C. Third", JULY)
    with pytest.raises(InvalidEdit, match="cannot end on 30 June 2022"):
        end_holding(actor=officer, holding=first, last_day=date(2022, 6, 30), reason=WHY)
    end_holding(actor=officer, holding=first, last_day=date(2022, 8, 31), reason=WHY)
    with pytest.raises(InvalidEdit, match=r"until 31 August 2022\. Choose 1 September 2022 or later"):
        appointed(officer, "D. Fourth", AUGUST)
    appointed(officer, "E. Fifth", date(2022, 9, 15))
    assert holder(officer, date(2022, 9, 1)) is None
    with pytest.raises(InvalidEdit, match="from 15 September 2022"):
        end_holding(actor=officer, holding=first, last_day=None, reason=WHY)


def test_an_entry_made_by_mistake_is_taken_back_and_stays_in_the_log(officer: Actor) -> None:
    first = appointed(officer, "A. First", ADOPTED)
    wrong = appointed(officer, "B. Wrong", JULY)
    take_back_holding(actor=officer, holding=wrong, reason="Entered for the wrong post")
    end_holding(actor=officer, holding=first, last_day=None, reason="Entered for the wrong post")
    assert [term.person.name for term in on(officer, AUGUST).posts[MONITORING].terms] == ["A. First"]
    assert holder(officer, AUGUST) == "A. First"
    appointed(officer, "C. Right", JULY)
    assert holder(officer, AUGUST) == "C. Right"
    assert verify(officer.council).ok


def test_questions_go_to_the_holder_then_a_deputy_then_the_post_above(officer: Actor) -> None:
    assert answer_steps(on(officer, JULY), MONITORING) == ()
    add_post(actor=officer, name="Chief Executive", reason=WHY)
    set_post_above(actor=officer, post=MONITORING, above="chief-executive", reason=WHY)
    appointed(officer, "A. Holder", ADOPTED)
    appointed(officer, "B. Deputy", ADOPTED, Capacity.DEPUTY)
    add_person(actor=officer, name="C. Chief", post="chief-executive", from_day=ADOPTED)
    people = on(officer, JULY)
    assert [[one.name for one in step] for step in answer_steps(people, MONITORING)] == [
        ["A. Holder"],
        ["B. Deputy"],
        ["C. Chief"],
    ]
    assert [[one.name for one in step] for step in answer_steps(people, "chief-executive")] == [["C. Chief"]]
    assert answer_steps(people, "nobody") == ()
    with pytest.raises(InvalidEdit, match="cannot stand above itself"):
        set_post_above(actor=officer, post="chief-executive", above=MONITORING, reason=WHY)


def test_a_body_names_the_post_that_answers_for_it_from_a_day(officer: Actor) -> None:
    body = add_body(actor=officer, name="Leadership Team", reason=WHY, cadence="Weekly")
    add_post(actor=officer, name="Chief Executive", reason=WHY)
    add_person(actor=officer, name="C. Chief", post="chief-executive", from_day=ADOPTED)
    kinds = {gap.kind for gap in gaps(on(officer, ADOPTED), {body})}
    assert GapKind.NO_ACCOUNTABLE_POST in kinds
    seat(
        actor=officer, body=body, post=MONITORING, from_day=ADOPTED, reason=WHY, capacity=Capacity.ACCOUNTABLE
    )
    seat(
        actor=officer,
        body=body,
        post="chief-executive",
        from_day=AUGUST,
        reason=WHY,
        capacity=Capacity.ACCOUNTABLE,
    )
    chair = seat(
        actor=officer, body=body, post="chief-executive", from_day=JULY, capacity=Capacity.CHAIR, reason=WHY
    )
    before, after = on(officer, JULY), on(officer, AUGUST)
    assert before.answering(body) == before.posts[MONITORING]
    assert [[one.name for one in step] for step in answer_steps(after, body)] == [["C. Chief"]]
    assert [held.capacity for held in after.bodies[body].members] == [Capacity.CHAIR]
    assert GapKind.NO_ACCOUNTABLE_POST not in {gap.kind for gap in gaps(after, {body})}
    end_seat(actor=officer, seat=chair, last_day=JULY, reason=WHY)
    assert on(officer, AUGUST).bodies[body].members == ()
    with pytest.raises(InvalidEdit, match="said of a post"):
        seat(actor=officer, body=body, post=MONITORING, from_day=JULY, capacity=Capacity.DEPUTY, reason=WHY)


def test_a_post_goes_by_several_names_and_is_one(officer: Actor) -> None:
    rename_post(actor=officer, post=MONITORING, name="Director of Law and Monitoring", reason=WHY)
    add_other_name(actor=officer, post=MONITORING, name="Borough Solicitor", reason=WHY)
    people = on(officer, JULY)
    assert len(people.posts) == 1
    found = people.post("borough-solicitor")
    assert found
    assert (found.slug, found.name) == (MONITORING, "Director of Law and Monitoring")
    assert people.post("director-of-law-and-monitoring") == found
    with pytest.raises(InvalidEdit, match="on the list already"):
        add_post(actor=officer, name="Borough Solicitor", reason=WHY)
    assert part_name(actor=officer, name="Borough Solicitor", reason=WHY) == "borough-solicitor"
    add_person(actor=officer, name="A. Solicitor", post="borough-solicitor", from_day=JULY)
    with pytest.raises(InvalidEdit, match="history of its own"):
        add_other_name(actor=officer, post=MONITORING, name="Borough Solicitor", reason=WHY)


def test_a_post_ends_once_nobody_is_in_it(officer: Actor) -> None:
    first = appointed(officer, "A. First", ADOPTED)
    with pytest.raises(InvalidEdit, match="is held by somebody after 31 July 2022"):
        end_post(actor=officer, post=MONITORING, last_day=date(2022, 7, 31), reason=WHY)
    end_holding(actor=officer, holding=first, last_day=date(2022, 7, 31), reason=WHY)
    end_post(actor=officer, post=MONITORING, last_day=date(2022, 7, 31), reason=WHY)
    assert on(officer, JULY).of_kind(PostKind.OFFICER)
    assert not on(officer, AUGUST).of_kind(PostKind.OFFICER)
    with pytest.raises(InvalidEdit, match="since 31 July 2022"):
        appointed(officer, "B. Second", AUGUST)


def test_an_account_of_the_council_with_the_same_address_is_theirs(officer: Actor) -> None:
    stranger = User.objects.create_user("pat@example.org", name="Pat")
    person = add_officer(actor=officer, name="Pat", email="Pat@example.org")
    assert on(officer, JULY).persons[0].user is None, "the account is of another council"
    assert (
        add_person(
            actor=officer, name="Pat", email="pat@example.org", role=Role.LEAD, post=MONITORING, from_day=JULY
        )
        == person
    )
    assert on(officer, JULY).persons[0].user == stranger.id
    assert Membership.objects.get(user=stranger).role == Role.LEAD
    with pytest.raises(InvalidEdit, match="Somebody else has the address"):
        add_officer(actor=officer, name="Sam", email="pat@example.org")
    with pytest.raises(InvalidEdit, match="not an e-mail address"):
        change_officer(actor=officer, officer=person, name="Pat", email="pat at example", reason=WHY)
    with pytest.raises(NotAllowed, match="manage administrators"):
        add_person(actor=officer, name="Kim", email="kim@example.org", role=Role.ADMINISTRATOR)
    assert len(on(officer, JULY).persons) == 1, "nothing is stored when a part of it is refused"


def test_only_those_who_manage_people_may(officer: Actor) -> None:
    people = (Role.PMO, Role.ADMINISTRATOR)
    for role in set(Role) - set(people):
        other = Actor(council=officer.council, role=role, name="somebody")
        with pytest.raises(NotAllowed):
            add_officer(actor=other, name="A. Name")
        with pytest.raises(NotAllowed):
            add_post(actor=other, name="A post", reason=WHY)
        with pytest.raises(NotAllowed):
            add_body(actor=other, name="A body", reason=WHY)
        with pytest.raises(NotAllowed):
            own(actor=other, post=MONITORING, portfolio="x", from_day=JULY, reason=WHY)
    for role in people:
        add_officer(actor=Actor(council=officer.council, role=role, name="somebody"), name="A. Name")


def test_the_matrix_refuses_what_is_no_pair_and_follows_on(officer: Actor) -> None:
    portfolio = add_post(
        actor=officer, name="Cabinet Member for Finance", kind=PostKind.PORTFOLIO, reason=WHY
    )
    peer = add_post(actor=officer, name="Director of Housing", reason=WHY)
    with pytest.raises(InvalidEdit, match="Choose a Cabinet portfolio"):
        own(actor=officer, post=MONITORING, portfolio=peer, from_day=JULY, reason=WHY)
    with pytest.raises(InvalidEdit, match="cannot challenge itself"):
        own(
            actor=officer,
            post=MONITORING,
            portfolio=portfolio,
            challenger=MONITORING,
            from_day=JULY,
            reason=WHY,
        )
    with pytest.raises(NotFound):
        own(actor=officer, post="no-such-post", portfolio=portfolio, from_day=JULY, reason=WHY)
    first = own(actor=officer, post=MONITORING, portfolio=portfolio, from_day=JULY, reason=WHY)
    with pytest.raises(InvalidEdit, match="No peer challenger is named"):
        add_challenge_note(actor=officer, ownership=first, noted_on=JULY, text="Why so late?")
    second = own(
        actor=officer, post=MONITORING, portfolio=portfolio, challenger=peer, from_day=AUGUST, reason=WHY
    )
    with pytest.raises(InvalidEdit, match="Choose a day within that"):
        add_challenge_note(actor=officer, ownership=second, noted_on=JULY, text="Why so late?")
    assert [cell.challenger for cell in on(officer, JULY).cells] == [None]
    assert [cell.challenger for cell in on(officer, AUGUST).cells] == [peer]
    with pytest.raises(InvalidEdit, match="stands in the ownership matrix"):
        end_post(actor=officer, post=portfolio, last_day=AUGUST, reason=WHY)
    end_ownership(actor=officer, ownership=second, last_day=AUGUST, reason=WHY)
    assert on(officer, date(2022, 8, 2)).cells == ()


def test_the_list_costs_the_same_few_queries_whatever_its_length(officer: Actor) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = set()
    for number in range(3):
        for each in range(number * 3):
            slug = add_post(actor=officer, name=f"Director {number}.{each}", reason=WHY)
            add_person(actor=officer, name=f"D. {number}.{each}", post=slug, from_day=ADOPTED)
        with CaptureQueriesContext(connection) as queries:
            gaps(on(officer, JULY), {MONITORING})
        counted.add(len(queries))
    assert len(counted) == 1


def test_a_leader_is_a_councillor_and_what_a_name_gets_wrong_is_corrected(officer: Actor) -> None:
    plan = snapshot(council=officer.council, plan="improvement-plan")
    edit_item(
        actor=officer,
        plan="improvement-plan",
        item=next(iter(plan.actions())).id,  # type: ignore[arg-type]
        changes={"leads": ["Deputy Leader", "Leader of the Council", "Lead Officer for Homes"]},
        reason="Agreed",
        effective_on=JULY,
        seen_revision=head_number(officer.council),
    )
    portfolios = {post.slug for post in on(officer, JULY).of_kind(PostKind.PORTFOLIO)}
    assert portfolios == {"deputy-leader", "leader-of-the-council"}
    set_kind(actor=officer, post="deputy-leader", kind=PostKind.OFFICER, reason=WHY)
    own(actor=officer, post="deputy-leader", portfolio="leader-of-the-council", from_day=JULY, reason=WHY)
    with pytest.raises(InvalidEdit, match="stands in the ownership matrix"):
        set_kind(actor=officer, post="deputy-leader", kind=PostKind.PORTFOLIO, reason=WHY)


def test_each_gap_is_one_of_its_kind(officer: Actor) -> None:
    leads = {MONITORING}
    assert {gap.kind for gap in gaps(on(officer, JULY), leads)} == {
        GapKind.NOBODY_TO_ASK,
        GapKind.NO_PORTFOLIO,
    }
    appointed(officer, "A. Deputy", ADOPTED, Capacity.DEPUTY)
    portfolio = add_post(actor=officer, name="Cabinet Member for Law", kind=PostKind.PORTFOLIO, reason=WHY)
    assert {gap.kind for gap in gaps(on(officer, JULY), leads)} == {
        GapKind.NOBODY_HOLDS,
        GapKind.NO_ADDRESS,
        GapKind.NO_PORTFOLIO,
        GapKind.NO_OFFICER,
    }
    own(actor=officer, post=MONITORING, portfolio=portfolio, from_day=ADOPTED, reason=WHY)
    add_person(actor=officer, name="B. Holder", email="b@example.org", post=MONITORING, from_day=ADOPTED)
    assert [(gap.kind, gap.name) for gap in gaps(on(officer, JULY), leads)] == [
        (GapKind.NO_ADDRESS, "A. Deputy"),
        (GapKind.NO_CHALLENGER, "Monitoring Officer with Cabinet Member for Law"),
    ]
