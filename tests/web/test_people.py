"""The forms about people and posts: what they record, and what they say when they cannot."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from support.web_council import ADOPTED, Example, person

from goldenthread.record.cycle.people import People, people_at
from goldenthread.record.models import Membership, Role, User

JULY = date(2022, 7, 1)
HOUSING = "director-of-housing"


@pytest.fixture
def office(example: Example) -> Client:
    """Somebody of the programme office, signed in."""
    return signed_in(User.objects.get(email="pmo@example.org"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(example: Example, path: str) -> str:
    return f"/plans/{example.slug}/{path}"


def people(example: Example, day: date = JULY) -> People:
    return people_at(example.council, day)


def test_somebody_who_is_not_listed_is_added_and_appointed_at_once(example: Example, office: Client) -> None:
    typed = {
        "name": "E. Example (invented)",
        "email": "e@example.org",
        "capacity": "holder",
        "from_day": "1 July 2022",
        "reason": "Appointed by the Appointments Committee",
    }
    sent = office.post(address(example, f"posts/{HOUSING}/appoint/"), typed)
    assert sent.headers["Location"] == address(example, f"posts/{HOUSING}/")
    holder = people(example).posts[HOUSING].holder
    assert holder
    assert (holder.person.name, holder.person.email, holder.starts_on) == (
        "E. Example (invented)",
        "e@example.org",
        JULY,
    )
    assert people(example, ADOPTED).posts[HOUSING].holder is None
    page = office.get(address(example, f"leads/{HOUSING}/?as-at=2022-07-01")).content.decode()
    assert "Held by E. Example (invented) since 1 July 2022." in page


def test_what_is_refused_is_said_and_what_was_typed_is_shown_again(example: Example, office: Client) -> None:
    typed = {
        "name": "E. Example (invented)",
        "capacity": "holder",
        "from_day": "1 May 2022",
        "reason": "Kept",
    }
    sent = office.post(address(example, "posts/director-of-finance/appoint/"), typed)
    said = sent.content.decode()
    assert sent.status_code == 400
    assert "from 7 June 2022. Choose a later day" in said
    assert "E. Example (invented)" in said
    assert "Kept" in said
    assert len(people(example).persons) == 4, "nobody is added when the appointment is refused"
    known = next(each for each in people(example).persons if each.email)
    another = {"name": "Somebody else", "email": known.email, "reason": "New"}
    said = office.post(address(example, "people/new/"), another).content.decode()
    assert f"“{known.email}” is the address of {known.name}" in said, "two people are not made one in silence"
    sent = office.post(address(example, "posts/director-of-finance/appoint/"), {"capacity": "king"})
    said = sent.content.decode()
    assert "Choose one of those listed under “How they have the post”" in said
    assert "Fill in “From”" in said
    assert "Fill in “Reason”" in said


def test_an_entry_is_ended_and_taken_back(example: Example, office: Client) -> None:
    held = people(example).posts["director-of-finance"].holder
    assert held
    entry = address(example, f"entries/holding/{held.id}/")
    said = office.post(entry, {"what": "ends", "reason": "Left"}).content.decode()
    assert "Enter the last day" in said
    office.post(entry, {"what": "ends", "last_day": "30 June 2022", "reason": "Left"})
    assert people(example).posts["director-of-finance"].holder is None
    office.post(entry, {"what": "goes-on", "reason": "Stays"})
    assert people(example).posts["director-of-finance"].holder == held
    office.post(entry, {"what": "mistake", "reason": "Somebody else"})
    assert people(example).posts["director-of-finance"].terms[0].person.name.startswith("C.")
    assert office.get(address(example, f"entries/nothing/{held.id}/")).status_code == 404


def test_a_person_is_added_with_a_role_and_a_post(example: Example, office: Client) -> None:
    typed = {
        "name": "F. Example (invented)",
        "email": "F@example.org",
        "role": "lead",
        "post": HOUSING,
        "from_day": "1 7 2022",
        "reason": "Joined",
    }
    sent = office.post(address(example, "people/new/"), typed)
    assert sent.status_code == 302
    user = User.objects.get(email="f@example.org")
    assert Membership.objects.get(user=user).role == Role.LEAD
    holder = people(example).posts[HOUSING].holder
    assert holder
    assert holder.person.user == user.id
    sent = office.post(address(example, "people/new/"), {**typed, "role": "administrator"})
    assert "Choose one of those listed" in sent.content.decode(), (
        "the programme office makes no administrators"
    )


def test_addresses_are_seen_by_those_who_manage_people_alone(example: Example, office: Client) -> None:
    assert "b@example.org" in office.get(address(example, "people/")).content.decode()
    member = signed_in(person(example.council, Role.MEMBER))
    for path in ("posts/", "posts/director-of-finance/", "matrix/", "bodies/leadership-team/"):
        page = member.get(address(example, path)).content.decode()
        assert "@example.org" not in page.partition("<main")[2].partition("</main>")[0], path
        assert not {"End or correct", "Appoint somebody", "Add a person"} & set(
            page.replace(">", "<").split("<")
        ), path
    assert signed_in(person(example.council, Role.PUBLIC)).get(address(example, "posts/")).status_code == 403


def test_posts_bodies_and_the_matrix_are_changed_by_forms(example: Example, office: Client) -> None:
    new = {"name": "Cabinet Member for Homes", "kind": "portfolio", "reason": "New Cabinet"}
    assert office.post(address(example, "new-post/"), new).status_code == 302
    homes = "cabinet-member-for-homes"
    pair = {
        "post": HOUSING,
        "portfolio": homes,
        "challenger": "director-of-finance",
        "from_day": "1 July 2022",
        "reason": "Agreed",
    }
    assert office.post(address(example, "matrix/own/"), pair).status_code == 302
    cell = next(cell for cell in people(example).cells if cell.portfolio == homes)
    note = {"noted_on": "1 July 2022", "text": "How many voids?", "by": ""}
    assert office.post(address(example, f"matrix/{cell.id}/challenge/"), note).status_code == 302
    matrix = office.get(address(example, "matrix/?as-at=2022-07-01")).content.decode()
    assert "1 July 2022, Director of Finance: How many voids?" in matrix
    change = {
        "name": "Director of Homes",
        "kind": "officer",
        "other_name": "Housing Director",
        "above": "chief-executive",
        "ends_on": "",
        "reason": "Renamed by Council",
    }
    assert office.post(address(example, f"posts/{HOUSING}/change/"), change).status_code == 302
    post = people(example).posts[HOUSING]
    assert (post.name, post.above) == ("Director of Homes", "chief-executive")
    assert post.other_names == ("Housing Director",)
    seat = {"post": HOUSING, "capacity": "chair", "from_day": "1 July 2022", "reason": "Its turn"}
    assert office.post(address(example, "bodies/leadership-team/name-a-post/"), seat).status_code == 302
    assert people(example).bodies["leadership-team"].members[0].post == HOUSING
