"""The certificate of coverage on pages: what it says, what it never says, and how a flag is settled."""

from __future__ import annotations

import csv
import io
from html import unescape
from re import findall, sub

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.web_council import ADOPTED, Example, council_with

from goldenthread.assurance.coverage import certificate
from goldenthread.record.models import Membership, Role, User
from goldenthread.record.snapshot import snapshot

REVIEWS = ("grant-thornton", "cipfa", "lga-corporate-peer-challenge", "statutory-direction", "exit-factors")


def signed_in(example: Example, role: Role) -> Client:
    user, _ = User.objects.get_or_create(
        email=f"{role.value}-coverage@example.org", defaults={"name": "Somebody"}
    )
    Membership.objects.get_or_create(user=user, council_id=example.council, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader(example: Example) -> Client:
    return signed_in(example, Role.REVIEWER)


@pytest.fixture
def office(example: Example) -> Client:
    return signed_in(example, Role.PMO)


def address(example: Example, path: str = "", query: str = "?as-at=2022-06-07") -> str:
    return f"/plans/{example.slug}/recommendations/{path}{query}"


def words(client: Client, at: str) -> str:
    response = client.get(at)
    assert response.status_code == 200, at
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def sent(client: Client, at: str, **typed: str) -> str:
    """What the page says to which a form leads."""
    response = client.post(at, typed, follow=True)
    assert response.status_code == 200, response.content.decode()[:2000]
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def test_the_certificate_says_what_is_open_first(example: Example, reader: Client) -> None:
    said = words(reader, address(example))
    assert "Coverage is not proved: 24 flags are open." in said
    assert "58 of 77 references are cited by one action alone." in said
    assert "2 uncovered" in said.lower()
    assert said.index("24 open flags") < said.index("Which theme answers which review")
    assert "Not referenced, existence unknown 1.6 is cited" in said
    assert "Add recommendations" not in said, "only the programme office settles flags"


def test_covered_and_addressed_are_two_columns(example: Example, reader: Client) -> None:
    page = reader.get(address(example)).content.decode()
    headings = [unescape(one) for one in findall(r'role="columnheader"[^>]*>([^<]+)<', page)]
    assert {"Open flags", "Single-threaded", "Covered", "Addressed", "Lifted"} <= set(headings)
    assert "0 of 45" in words(reader, address(example))


def test_no_page_says_that_all_is_covered(example: Example, reader: Client) -> None:
    for path in ("", *(f"{name}/" for name in REVIEWS), *(f"{name}/pack/" for name in REVIEWS)):
        said = words(reader, address(example, path)).lower()
        assert "coverage is not proved" in said, path
        assert not any(claim in said for claim in ("100 %", "100%", "fully covered", "no flag is open")), path


def test_each_reviewer_s_pack_has_only_their_items(example: Example, reader: Client) -> None:
    names = {
        "grant-thornton": "Grant Thornton",
        "cipfa": "CIPFA",
        "lga-corporate-peer-challenge": "LGA Corporate",
    }
    for slug, name in names.items():
        said = words(reader, address(example, f"{slug}/pack/"))
        assert name in said
        assert not any(other in said for other in set(names.values()) - {name})
        response = reader.get(address(example, f"{slug}/pack.csv"))
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert len({row["Review"] for row in rows}) == 1
        cited = [row for row in rows if row["Action"]]
        assert len(cited) > 10
        assert all(row["Action title"] and row["Leads"] and row["Status"] for row in cited)
        assert any(row["Approved date"] for row in cited)
        assert any(row["Findings"] for row in cited)


def test_a_recommendation_shows_every_action_and_the_theme_grid(example: Example, reader: Client) -> None:
    said = words(reader, address(example, "grant-thornton/statutory-recommendation-1/"))
    assert "13 actions citing it" in said
    assert "0 of 13 verified" in said
    grid = words(reader, address(example))
    assert "actions for" in grid
    assert "flagged" in grid


def test_new_recommendations_turn_it_red_until_each_is_mapped(example: Example, office: Client) -> None:
    form = f"/plans/{example.slug}/new-recommendations/"
    typed = {
        "name": "",
        "title": "",
        "sent_on": "1 December 2022",
        "class": "key",
        "reason": "The follow-up report",
    }
    wrong = office.post(form, {**typed, "review": "grant-thornton", "asked": "Publish the accounts"})
    assert wrong.status_code == 400
    assert "does not begin with a number" in wrong.content.decode()
    sent(
        office,
        form,
        **typed,
        review="grant-thornton",
        asked="9 Publish the accounts on time\n10. Answer complaints",
    )
    later = address(example, query="?as-at=2022-12-01")
    assert "Coverage is not proved: 26 flags are open." in words(office, later)
    assert "24 flags are open" in words(office, address(example, query="?as-at=2022-11-30"))
    at = address(example, "grant-thornton/key-recommendation-9/map/", "")
    mapped = {"action": "A20", "reason": "It does that"}
    assert 'name="from_day"' not in office.get(at).content.decode(), "a citation is wording and has no day"
    sent(office, at, **mapped)
    assert "25 flags are open" in words(office, address(example, query="?as-at=2022-12-20"))
    assert "The reviewer sent it on 1 December 2022" in words(
        office, address(example, "grant-thornton/key-recommendation-10/", "?as-at=2022-12-20")
    )
    back = address(example, "grant-thornton/key-recommendation-9/take-back/", "")
    sent(office, back, **mapped)
    assert "26 flags are open" in words(office, address(example, query="?as-at=2022-12-20"))


def test_what_is_looked_up_settles_a_flag_with_who_and_why(example: Example, office: Client) -> None:
    at = address(example, "cipfa/recommendation-1-2/look-up/", "")
    sent(office, at, found="absent", text="", basis="Page 4 of the report goes from 1.1 to 1.3")
    said = words(office, address(example, "cipfa/recommendation-1-2/", ""))
    assert "Not in the review" in said
    assert "The review has no such number. Page 4 of the report goes from 1.1 to 1.3 Somebody" in said
    assert "23 flags are open" in words(office, address(example, query=""))
    assert "24 flags are open" in words(office, address(example)), "as at the approval it was open"
    lifted = address(example, "grant-thornton/statutory-recommendation-1/lift/", "")
    sent(office, lifted, lifted_on="3 March 2023", source="The auditor’s letter")
    assert "Lifted on 3 March 2023 (The auditor’s letter)" in words(
        office, address(example, "grant-thornton/statutory-recommendation-1/", "?as-at=2023-03-03")
    )


def test_an_exit_factor_is_answered_by_a_link(example: Example, office: Client) -> None:
    factors = certificate(snapshot(council=example.council, plan=example.slug), ADOPTED).source(
        "exit-factors"
    )
    assert factors
    row = address(example, f"exit-factors/{factors.rows[1].slug}/", "")
    sent(office, f"{row}map/", action="A16", from_day="1 July 2022", reason="It appoints the Chief Executive")
    assert "Single-threaded" in words(office, f"{row}?as-at=2022-07-01")
    assert "Uncovered" in words(office, f"{row}?as-at=2022-06-30")


def test_a_review_that_was_only_cited_is_added_to_the_register(council_db: TestDatabase) -> None:
    council, slug = council_with(10)
    example = Example(council, slug, [])
    office = signed_in(example, Role.PMO)
    assert "“Auditor” is not in the register of reviews" in words(office, address(example, "auditor/"))
    at = address(example, "auditor/register/", "")
    assert office.get(at).status_code == 200
    said = sent(
        office, at, title="Review of governance", published_on="1 March 2022", reason="The report came"
    )
    assert "No flag is open" in said
    assert "No flag is open" in words(office, address(example, query=""))


def test_forms_are_for_the_programme_office_alone(example: Example, reader: Client) -> None:
    for path in ("map", "take-back", "look-up", "lift"):
        assert reader.get(address(example, f"cipfa/recommendation-1-1/{path}/", "")).status_code == 403
    assert reader.get(f"/plans/{example.slug}/new-recommendations/").status_code == 403
    assert reader.get(address(example, "cipfa/register/", "")).status_code == 403
    assert signed_in(example, Role.PMO).get(address(example, "cipfa/register/", "")).status_code == 404
    assert reader.get(address(example, "nobody/")).status_code == 404
    assert reader.get(address(example, "cipfa/recommendation-99/")).status_code == 404
