"""The workbook door on the pages: take away, send back, and see row by row what became of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from support.typed_workbooks import Typed, typed_in
from support.web_council import Example

from goldenthread.plan.tables.update_sheet import Answer
from goldenthread.record.models import Membership, Role, User

ENDINGS = ("xlsx", "ods")


def signed_in(council: UUID, role: Role = Role.PMO) -> Client:
    user = User.objects.filter(email=f"{role.value}@example.org").first()
    if user is None:
        user = User.objects.create_user(f"{role.value}@example.org", name=f"A {role.label}")
        Membership.objects.create(user=user, council_id=council, role=role)
    client = Client()
    client.force_login(user)
    return client


def given(client: Client, slug: str, ending: str = "xlsx", lead: str = "") -> bytes:
    response = client.get(reverse("updates-workbook", args=[slug, ending]), {"lead": lead} if lead else {})
    assert response.status_code == 200
    assert f".{ending}" in response["Content-Disposition"]
    return bytes(response.content)


def send(client: Client, slug: str, content: bytes, name: str = "returned.xlsx") -> HttpResponse:
    return client.post(
        reverse("updates-workbook-page", args=[slug]),
        {"document": SimpleUploadedFile(name, content)},
        follow=True,
    )  # type: ignore[return-value]


def test_each_wrong_value_is_shown_with_its_place_and_what_to_do_and_the_rest_is_recorded(
    example: Example,
) -> None:
    client = signed_in(example.council)
    book = given(client, example.slug)
    typed: Typed = {
        (2, Answer.RATING): "Mauve",
        (2, Answer.WHY): "Kept <b>here</b>",
        (3, Answer.FORECAST): "sometime",
        (4, Answer.WHY): "Under way",
    }
    page = send(client, example.slug, typed_in(book, typed)).content.decode()
    assert "1 item recorded" in page
    assert "2 places to correct" in page
    assert "Sheet “Updates”, row 2, column “Rating”" in page
    assert "“Mauve” is no rating: choose Green, Amber or Red." in page
    assert "Kept &lt;b&gt;here&lt;/b&gt;" in page
    assert "Sheet “Updates”, row 3, column “New expected date”" in page
    assert "Under way" in page


def test_what_somebody_overtook_leads_to_where_it_is_settled(example: Example) -> None:
    client = signed_in(example.council)
    book = given(client, example.slug)
    send(client, example.slug, typed_in(book, {(2, Answer.WHY): "First"}))
    page = send(client, example.slug, typed_in(book, {(2, Answer.WHY): "Second"})).content.decode()
    assert "1 item to settle" in page
    address = page.split(">Settle ")[0].rpartition('href="')[2].split('"')[0]
    conflict = client.get(address).content.decode()
    assert "First" in conflict
    assert "Second" in conflict


def test_untouched_it_says_so_and_what_is_no_workbook_is_refused_in_a_sentence(example: Example) -> None:
    client = signed_in(example.council)
    assert (
        "as it went out"
        in send(client, example.slug, given(client, example.slug, "ods"), "b.ods").content.decode()
    )
    refused = send(client, example.slug, b"Dear all", "note.txt").content.decode()
    assert "note.txt is no workbook: send the Excel or OpenDocument workbook that you filled in." in refused
    assert "Error: Updates by workbook" in refused
    nothing = client.post(reverse("updates-workbook-page", args=[example.slug])).content.decode()
    assert "Choose a workbook" in nothing


def test_a_workbook_for_one_lead_is_offered_to_the_programme_office(example: Example) -> None:
    client = signed_in(example.council)
    page = client.get(reverse("updates-workbook-page", args=[example.slug])).content.decode()
    for ending in ENDINGS:
        address = reverse("updates-workbook", args=[example.slug, ending])
        assert f'href="{address}"' in page
        assert f'href="{address}?lead=chief-executive"' in page
    assert len(given(client, example.slug, lead="chief-executive")) < len(given(client, example.slug))
    wrong = client.get(reverse("updates-workbook", args=[example.slug, "xlsx"]), {"lead": "nobody"})
    assert wrong.status_code == 404
    assert client.get(reverse("updates-workbook", args=[example.slug, "doc"])).status_code == 404


def test_workbooks_are_for_those_who_report(example: Example) -> None:
    address = reverse("updates-workbook", args=[example.slug, "xlsx"])
    assert Client().get(address).status_code == 302
    for role in Role:
        wanted = 200 if role in {Role.PMO, Role.LEAD} else 403
        assert signed_in(example.council, role).get(address).status_code == wanted, role
    lead = signed_in(example.council, Role.LEAD)
    assert lead.get(address, {"lead": "chief-executive"}).status_code == 403, "whoever holds no such post"
    anothers = next(route.address for route in example.routes if route.name == "updates-returned")
    assert lead.get(anothers).status_code == 403


@pytest.mark.slow
def test_a_longer_plan_costs_no_more_queries(counting: dict[int, UUID]) -> None:
    counted: dict[str, set[int]] = {}
    for size, council in counting.items():
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=council, role=Role.PMO)
        client = Client()
        client.force_login(user)
        for name, address in (
            ("page", reverse("updates-workbook-page", args=["counting"])),
            ("file", reverse("updates-workbook", args=["counting", "xlsx"])),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counted.setdefault(name, set()).add(len(queries))
    assert {name: len(numbers) for name, numbers in counted.items()} == {"page": 1, "file": 1}, counted
