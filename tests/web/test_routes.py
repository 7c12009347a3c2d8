"""Every route: who may open it, that its HTML is sound, and that a longer plan costs no more queries."""

from __future__ import annotations

from uuid import UUID

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from support.web_council import Example, council_with, person
from support.web_routes import NOT_PAGES, OPEN_TO_ANYBODY, READERS, resolver_names

from goldenthread.record.models import Role, User

STRAY = {"unexpected-end-tag-implies-table-voodoo"}


def signed_in(council: UUID, role: Role) -> Client:
    user = User.objects.filter(email=f"{role.value}@example.org").first() or person(council, role)
    client = Client()
    client.force_login(user)
    return client


def test_every_route_of_the_resolver_is_in_the_table(example: Example) -> None:
    named = {route.name for route in example.routes}
    assert named | NOT_PAGES.keys() == resolver_names()


def test_each_role_opens_what_it_may_and_nothing_else(example: Example) -> None:
    wrong = []
    for role in Role:
        client = signed_in(example.council, role)
        for route in example.routes:
            wanted = 200 if role in route.roles else 403
            if (got := client.get(route.address).status_code) != wanted:
                wrong.append(f"{route.name} as {role.label}: {got}, not {wanted}")
    assert not wrong


def test_nobody_reads_a_plan_without_signing_in(example: Example) -> None:
    client = Client()
    for route in example.routes:
        response = client.get(route.address)
        if route.name in OPEN_TO_ANYBODY:
            assert response.status_code == 200, route.name
        else:
            assert response.status_code == 302, route.name
            assert response.url.startswith("/accounts/login/"), route.name


def test_somebody_of_another_council_finds_no_such_plan(example: Example) -> None:
    other, _ = council_with(1)
    user = User.objects.create_user("stranger@example.org", name="A stranger")
    user.memberships.create(council_id=other, role=Role.PMO)
    client = Client()
    client.force_login(user)
    for route in example.routes:
        if route.name not in OPEN_TO_ANYBODY and route.name != "import":
            assert client.get(route.address).status_code == 404, route.name


def test_every_page_is_sound_html_with_one_heading(example: Example) -> None:
    client = signed_in(example.council, Role.PMO)
    for route in example.routes:
        response = client.get(route.address)
        if not response["Content-Type"].startswith("text/html"):
            continue
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(response.content)
        assert not parser.errors, (route.name, parser.errors[:3])
        headings = tree.findall(".//h1")
        assert len(headings) == 1, route.name
        assert tree.find(".//title").text.endswith("– Golden Thread"), route.name
        assert tree.find(".//main").get("id") == "main-content", route.name
        assert "style=" not in response.content.decode(), route.name
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), (route.name, sorted(i for i in ids if ids.count(i) > 1))


def test_pages_allow_no_script_or_style_but_their_own_and_are_not_kept(example: Example) -> None:
    response = signed_in(example.council, Role.PMO).get(example.routes[0].address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Frame-Options" if "X-Frame-Options" in response else "Content-Security-Policy"]


@pytest.mark.slow
def test_a_longer_plan_costs_no_more_queries(counting: dict[int, UUID]) -> None:
    counted: dict[str, dict[int, int]] = {}
    names = (
        "home",
        "plan",
        "milestones",
        "timeline",
        "recommendations",
        "leads",
        "questions",
        "revisions",
        "search",
        "findings",
        "posts",
        "matrix",
        "people",
    )
    pages = {name: f"/plans/counting/{'' if name == 'home' else name}/" for name in names}
    pages |= {
        "home": "/plans/counting/",
        "revisions": "/plans/counting/changes/",
        "search": "/plans/counting/search/?q=count",
    }
    pages |= {
        "theme": "/plans/counting/themes/1/",
        "workstream": "/plans/counting/themes/1/workstreams/w/",
        "action": "/plans/counting/actions/A1/",
        "milestone": "/plans/counting/milestones/M1/",
        "edit": "/plans/counting/change/A1/",
        "review": "/plans/counting/recommendations/auditor/",
        "review-pack": "/plans/counting/recommendations/auditor/pack/",
        "recommendation": "/plans/counting/recommendations/auditor/recommendation-1/",
        "recommendation-map": "/plans/counting/recommendations/auditor/recommendation-1/map/",
        "lead": "/plans/counting/leads/director-1/",
        "post": "/plans/counting/posts/director-1/",
        "appoint": "/plans/counting/posts/director-1/appoint/",
        "revision": "/plans/counting/changes/2/",
        "as-at": "/plans/counting/as-at/",
        "findings by item": "/plans/counting/findings/?by=item",
        "rule": "/plans/counting/rules/GT701/",
        "evidence": "/plans/counting/evidence/",
        "evidence-add": "/plans/counting/evidence/add/?items=A1",
        "samples": "/plans/counting/evidence/samples/",
        "verify": "/plans/counting/evidence/verify/A1/",
        "change-requests": "/plans/counting/change-requests/",
        "propose-change": "/plans/counting/change-requests/new/new-date/?item=A1",
        "ratings": "/plans/counting/ratings/",
        "rating-explain": "/plans/counting/ratings/explain/?from=7+June+2022&to=8+June+2022",
        "rating-rule": "/plans/counting/ratings/rule/",
        "morning": "/plans/counting/morning/",
        "accuracy": "/plans/counting/accuracy/",
        "calendar": "/plans/counting/calendar/",
        "meetings": "/plans/counting/meetings/",
        "trends": "/plans/counting/trends/?of=actions",
        "forecast": "/plans/counting/forecast/",
        "forecast-scores": "/plans/counting/forecast/how-good/",
        "desk": "/plans/counting/desk/?show=all",
        "desk-item": "/plans/counting/desk/A1/",
        "reports": "/plans/counting/reports/",
        "report-comments": "/plans/counting/comments/",
        "report-templates": "/plans/counting/reports/templates/",
        "report-template": "/plans/counting/reports/templates/cabinet/",
        "report-letterhead": "/plans/counting/reports/templates/letterhead/docx/",
        "exit-map": "/plans/counting/exit-map/",
        "exit-map-propose": "/plans/counting/exit-map/propose/",
        "changes-between": "/plans/counting/changes/between/?from=7+June+2022&to=8+June+2022&known=now",
    }
    for size, council in counting.items():
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=council, role=Role.PMO)
        client = Client()
        client.force_login(user)
        for name, address in pages.items():
            with CaptureQueriesContext(connection) as fresh:
                assert client.get(address).status_code == 200, name
            with CaptureQueriesContext(connection) as again:
                client.get(address)
            counted.setdefault(f"{name}, again", {})[size] = len(again)
            if name == "home":
                counted.setdefault("home, first", {})[size] = len(fresh)
    assert {name: sizes for name, sizes in counted.items() if len(set(sizes.values())) != 1} == {}


def test_an_unchanged_page_is_not_sent_again(example: Example) -> None:
    client = signed_in(example.council, Role.MEMBER)
    address = example.routes[0].address
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    other = signed_in(example.council, Role.PMO).get(address, headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200, "another role sees another page"
    assert READERS
