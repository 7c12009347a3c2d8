"""The plan as a file to take away: what comes is what is seen, and only for those who may see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from support.web_council import Example
from support.web_routes import READERS

from goldenthread.documents import document_from_bytes
from goldenthread.reading import read_plan
from goldenthread.record.models import Role, User
from goldenthread.record.snapshot import snapshot

ENDINGS = ["docx", "odt", "xlsx", "ods", "md"]


def signed_in(email: str = "pmo@example.org") -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_file_holds_the_plan_that_is_seen(example: Example, ending: str) -> None:
    response = signed_in().get(reverse("export", args=[example.slug, ending]))
    assert response.status_code == 200
    assert f".{ending}" in response["Content-Disposition"]
    held = snapshot(council=example.council, plan=example.slug)
    read = read_plan(document_from_bytes(response.content, f"plan.{ending}"))
    assert [action.title for action in read.actions()] == [action.title for action in held.actions()]
    assert [m.name for m in read.milestones()] == [m.name for m in held.milestones()]


def test_the_table_of_actions_opens_in_a_spreadsheet(example: Example) -> None:
    response = signed_in().get(reverse("export", args=[example.slug, "csv"]))
    assert response["Content-Type"].startswith("text/csv")
    assert "Recruitment of Chief Executive" in response.content.decode("utf-8-sig")


def test_the_page_of_the_plan_leads_to_every_file(example: Example) -> None:
    page = signed_in().get(reverse("plan", args=[example.slug]) + "?as-at=2022-06-30").content.decode()
    for ending in [*ENDINGS, "csv"]:
        assert f'href="{reverse("export", args=[example.slug, ending])}?as-at=2022-06-30"' in page


def test_files_are_for_readers_and_in_known_formats(example: Example) -> None:
    address = reverse("export", args=[example.slug, "md"])
    assert Client().get(address).status_code == 302
    assert signed_in().get(reverse("export", args=[example.slug, "exe"])).status_code == 404
    stranger = User.objects.create_user("public@example.org", name="Somebody")
    stranger.memberships.create(council_id=example.council, role=Role.PUBLIC)
    assert Role.PUBLIC not in READERS
    assert signed_in("public@example.org").get(address).status_code == 403
