"""The plan as at a day and as known after a change: pages show that state, and every link keeps it."""

from __future__ import annotations

import re
from datetime import date

from django.test import Client
from django.urls import resolve
from support.web_council import Example

from goldenthread.plan.dates import PlanDate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role, User
from goldenthread.record.services.editing import edit_item
from goldenthread.record.snapshot import snapshot

SPRING = PlanDate.from_edtf("2023-21", "Spring 2023")


def test_a_page_shows_what_was_true_and_what_was_known(example: Example) -> None:
    user = User.objects.get(email="pmo@example.org")
    actor = Actor(council=example.council, role=Role.PMO, name=str(user), user=user.pk)
    before = head_number(example.council)
    action = next(snapshot(council=example.council, plan=example.slug).actions())
    edit_item(
        actor=actor,
        plan=example.slug,
        item=action.id,
        changes={"dates.forecast": SPRING.model_dump(mode="json")},
        reason="The lead expects it later",
        effective_on=date(2022, 10, 1),
        seen_revision=before,
    )
    client = Client()
    client.force_login(user)

    def shows(query: str) -> bool:
        content = client.get(f"/plans/{example.slug}/actions/{action.ref}/{query}").content.decode()
        assert "Forecast" in content
        return "Spring 2023" in content and "The lead expects it later" in content

    assert shows("")
    assert shows("?as-at=2022-10-01")
    assert not shows("?as-at=2022-09-30")
    assert shows(f"?known-at={before + 1}")
    assert not shows(f"?known-at={before}")


def test_every_link_within_the_plan_keeps_the_date(example: Example) -> None:
    client = Client()
    client.force_login(User.objects.get(email="pmo@example.org"))
    for route in example.routes:
        reads_only = getattr(resolve(route.address.partition("?")[0]).func, "reads_only", False)
        if not (route.address.startswith("/plans/") and reads_only) or route.name == "as-at":
            continue  # forms, and pages that are about today
        content = client.get(f"{route.address}?as-at=2022-09-30").content.decode()
        assert "You are looking at the plan as at 30 September 2022." in content, route.name
        links = re.findall(rf'href="(/plans/{example.slug}/[^"]*)"', content)
        back_to_today = {route.address, f"/plans/{example.slug}/"}
        lost = [
            link
            for link in links
            if "as-at=2022-09-30" not in link
            and "/as-at/" not in link
            and link not in back_to_today
            and "known-at=" not in link
        ]
        assert not lost, (route.name, lost[:3])


def test_a_day_that_is_none_or_too_early_is_told_so(example: Example) -> None:
    client = Client()
    client.force_login(User.objects.get(email="pmo@example.org"))
    home = f"/plans/{example.slug}/"
    assert client.get(f"{home}?as-at=yesterday").status_code == 404
    assert client.get(f"{home}?known-at=999999").status_code == 404
    early = client.get(f"{home}?as-at=2021-01-01")
    assert early.status_code == 404
    assert "The plan took effect on 7 June 2022" in early.content.decode()


def test_the_picker_never_leads_to_another_site(example: Example) -> None:
    client = Client()
    client.force_login(User.objects.get(email="pmo@example.org"))
    for elsewhere in ("https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"):
        response = client.get(
            f"/plans/{example.slug}/as-at/", {"page": elsewhere, "day": "1", "month": "10", "year": "2022"}
        )
        assert response.url == f"/plans/{example.slug}/?as-at=2022-10-01"
