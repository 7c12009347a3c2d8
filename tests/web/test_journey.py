"""A council's first day: sign in, read in the plan that it published, settle doubts, record it, work with it.

The real plan, in a real browser, without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect
from plugins.browsing import followed
from plugins.database import connect_django, own_name
from support.needs import require_data

from goldenthread.embedded import ServerAddress

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL, PASSWORD = "officer@council.example.org", "a long enough password"


@pytest.fixture
def new_council(site: Any, postgres: ServerAddress, django_db_blocker: pytest.FixtureRequest) -> UUID:
    """A council without a plan, beside the example, with a programme officer."""
    from goldenthread.record.models import Membership, Role, User
    from goldenthread.record.services.councils import create_council

    with django_db_blocker.unblock():
        connect_django(postgres, own_name("site"))
        council = create_council(command="test", name="Sandwell Council")
        user = User.objects.create_user(EMAIL, password=PASSWORD, name="Programme officer")
        Membership.objects.create(user=user, council_id=council.id, role=Role.PMO)
        connections.close_all()
    return council.id


@pytest.fixture
def visitor(browser: Browser, new_council: UUID) -> Iterator[Page]:
    """Somebody who comes through a proxy, whom the example therefore does not sign in, and who allows no scripts."""
    context = browser.new_context(
        java_script_enabled=False, extra_http_headers={"X-Forwarded-For": "192.0.2.1"}
    )
    yield context.new_page()
    context.close()


def test_from_the_published_plan_to_a_recorded_change(visitor: Page, site: Any) -> None:
    plan = require_data("plans/sandwell-improvement-plan-2022.txt")
    sign_in(visitor, site.address)
    read_in(visitor, str(plan))
    answer_one_by_one(visitor, 3)
    answer_in_bulk(visitor)
    record(visitor)
    look_and_change(visitor)
    expect_every_step_in_the_history(visitor)


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    with followed(page):
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No plan yet")


def read_in(page: Page, plan: str) -> None:
    with followed(page):
        page.get_by_role("button", name="Read in a document").click()
    expect(page.get_by_text("What is it?")).to_have_count(0)  # there is no plan that it could amend
    page.get_by_label("The plan").set_input_files(plan)
    with followed(page):
        page.get_by_role("button", name="Read it").click()
    counts = dict(
        zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True)
    )
    assert counts["Themes"] == "6"
    assert counts["Actions"] == "64"
    assert counts["Steps"] == "190"
    assert counts["Leads"] == "17"
    with followed(page):
        page.get_by_role("button", name="Answer the questions").click()


def waiting(page: Page) -> int:
    """How many questions the list says are open."""
    said = re.match(r"(\d+) question", page.locator(".govuk-body-l").inner_text())
    assert said
    return int(said[1])


def answer_one_by_one(page: Page, number: int) -> None:
    listed, before = page.url, waiting(page)
    with followed(page):
        page.locator(".gt-questions a").first.click()
    for _ in range(number):
        expect(page.locator("mark").first).to_be_visible()  # the line of the document, beside the question
        page.locator("input[name=choice]").first.check()
        with followed(page):
            page.get_by_role("button", name="Save and go on").click()
    page.goto(listed)
    assert waiting(page) <= before - number


def answer_in_bulk(page: Page) -> None:
    before = waiting(page)
    with followed(page):
        page.get_by_role("link", name="Accept the suggested reading").first.click()
    agreed = page.locator("tbody tr").count()
    assert agreed
    with followed(page):
        page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("The suggested readings are taken.")).to_be_visible()
    assert waiting(page) <= before - agreed


def record(page: Page) -> None:
    with followed(page):
        page.get_by_role("button", name="See the changes").click()
    expect(page.get_by_text("so everything in it is new")).to_be_visible()
    expect(page.get_by_text("64 actions, 190 steps")).to_be_visible()
    with followed(page):
        page.get_by_role("button", name="Record these changes").click()
    expect(page.get_by_role("link", name="Enter a reason")).to_be_visible()
    page.get_by_label("True from").fill("7 June 2022")
    page.get_by_label("Reason").fill("Council approved the plan")
    with followed(page):
        page.get_by_role("button", name="Record these changes").click()
    expect(page.get_by_text("The document is on the record.")).to_be_visible()


def look_and_change(page: Page) -> None:
    """Drill down to an action, change it from 1 October on, and see it as at the day before and as at that day."""
    with followed(page):
        page.get_by_role("main").locator("ol.gt-themes a").first.click()
    with followed(page):
        page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", name="Where this comes from")).to_be_visible()
    with followed(page):
        page.get_by_role("button", name="Change this action").click()
    page.get_by_label("Forecast date").fill("Spring 2023")
    page.get_by_label("True from").fill("1 October 2022")
    page.get_by_label("Reason").fill("The lead reported a delay")
    with followed(page):
        page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".gt-dates")).to_contain_text("Spring 2023")
    for day, month, shown in (("30", "9", False), ("1", "10", True)):
        page.get_by_text("See the plan as at another date").click()
        form = page.locator(".gt-as-at")
        for label, value in (("Day", day), ("Month", month), ("Year", "2022")):
            form.get_by_label(label).fill(value)
        with followed(page):
            form.get_by_role("button", name="Show this date").click()
        expect(page.locator(".gt-strip--past")).to_be_visible()
        assert ("Spring 2023" in page.locator(".gt-dates").inner_text()) is shown
    with followed(page):
        page.get_by_role("link", name="See the plan as it is today").click()


def expect_every_step_in_the_history(page: Page) -> None:
    with followed(page):
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Changes").click()
    told = page.locator("tbody th").all_inner_texts()
    assert told[0] == "The lead reported a delay"
    assert told[1] == "Council approved the plan"
    assert told.count("Answered a question about a document") == 3
    assert "Took the suggested answers to questions about a document" in told
    with followed(page):
        page.get_by_role("link", name="Council approved the plan").click()
    expect(page.get_by_text("64 actions", exact=True)).to_be_visible()
    expect(page.locator(".gt-seal")).to_have_text(re.compile("^[0-9a-f]{64}$"))
