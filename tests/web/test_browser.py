"""The pages in a real browser: accessible, narrow, without scripts, and from the first page to a recorded document."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "iframes": False,
}
NOT_HTML = {"council-style", "health"}
TOO_WIDE = """
() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('svg'))
  .map(e => e.tagName + '.' + e.className).slice(0, 5)
"""


def pages(site: Any) -> dict[str, str]:
    return {name: address for name, address in site.routes.items() if name not in NOT_HTML}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.slow
def test_no_page_breaks_the_accessibility_guidelines(page: Page, site: Any) -> None:
    broken = {}
    for name, address in pages(site).items():
        page.goto(address)
        if found := violations(page):
            broken[name] = found
    page.goto(f"{site.page()}?as-at=2022-12-01")
    broken |= {"home in the past": found} if (found := violations(page)) else {}
    assert broken == {}


@pytest.mark.slow
def test_no_page_scrolls_sideways_on_a_phone(page: Page, site: Any) -> None:
    wide = {}
    for name, address in pages(site).items():
        page.goto(address)
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide[name, width] = page.evaluate(TOO_WIDE)
    assert wide == {}


def test_sign_in_page_is_accessible(browser: Browser, site: Any) -> None:
    context = browser.new_context(extra_http_headers={"X-Forwarded-For": "192.0.2.1"})
    page = context.new_page()
    page.goto(site.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert violations(page) == []
    page.get_by_label("Password").fill("wrong")
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert violations(page) == []
    context.close()


def test_printing_leaves_out_navigation_and_keeps_the_source(page: Page, site: Any) -> None:
    page.emulate_media(media="print")
    page.goto(site.routes["action"])
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.get_by_role("term").filter(has_text="Original date")).to_be_visible()


def test_everything_works_without_scripts(browser: Browser, site: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    try:
        walk_through(context, site, "The lead reported it")
    finally:
        context.close()


def walk_through(context: BrowserContext, site: Any, reason: str) -> None:
    """Open, drill to an action, look at another date, come back, change the action, see the change."""
    page = context.new_page()
    page.goto(site.address)
    expect(
        page.get_by_text("The plan is open as at its approval: today is taken to be 7 June 2022.")
    ).to_be_visible()
    page.get_by_role("main").locator("ol.gt-themes a").first.click()
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", name="The thread")).to_be_visible()
    address = page.url

    page.get_by_text("See the plan as at another date").click()
    page.get_by_role("button", name="Show this date").click()
    page.get_by_role("main").get_by_label("Day").fill("31")
    page.get_by_role("main").get_by_label("Month").fill("2")
    page.get_by_role("main").get_by_label("Year").fill("2023")
    page.get_by_role("main").get_by_role("button", name="Show this date").click()
    expect(page.get_by_role("link", name="Enter a real date, such as 30 9 2022")).to_be_visible()
    page.get_by_role("main").get_by_label("Day").fill("28")
    page.get_by_role("main").get_by_role("button", name="Show this date").click()
    expect(page.get_by_text("You are looking at the plan as at 28 February 2023.")).to_be_visible()
    assert page.url.startswith(address.partition("?")[0])

    page.get_by_role("link", name="See the plan as it is today").click()
    page.get_by_role("button", name="Change this action").click()
    page.get_by_label("Forecast date").fill("when we can")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("link", name="Enter a reason for the change")).to_be_visible()
    expect(page.get_by_label("Forecast date")).to_have_value("when we can")
    page.get_by_label("Forecast date").fill("Spring 2023")
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text("The change is recorded.")).to_be_visible()
    expect(page.locator(".gt-dates")).to_contain_text("Spring 2023")
    expect(page.locator(".gt-history").first).to_contain_text(reason)
    page.close()


def test_two_people_change_the_same_thing_and_nothing_typed_is_lost(
    signed_in: BrowserContext, site: Any
) -> None:
    address = site.page("change/A3/")
    first, second = signed_in.new_page(), signed_in.new_page()
    first.goto(address)
    second.goto(address)
    for page, words in ((first, "Summer 2024"), (second, "Winter 2024")):
        page.get_by_label("Forecast date").fill(words)
        page.get_by_label("Reason").fill(f"Because of {words}")
        page.get_by_role("button", name="Save the change").click()
    expect(first.get_by_text("The change is recorded.")).to_be_visible()
    alert = second.get_by_role("alert")
    expect(alert).to_contain_text("Someone else changed this while you were writing")
    expect(alert).to_contain_text("Summer 2024")
    expect(alert).to_contain_text("Winter 2024")
    expect(second.get_by_label("Forecast date")).to_have_value("Winter 2024")
    expect(second.get_by_label("Reason")).to_have_value("Because of Winter 2024")
    second.get_by_role("button", name="Save the change").click()
    expect(second.locator(".gt-dates")).to_contain_text("Winter 2024")
    first.close()
    second.close()


def test_a_question_is_answered_put_off_and_answered_in_bulk(page: Page, site: Any) -> None:
    page.goto(site.page("questions/"))
    waiting = page.locator(".gt-questions a")
    before = waiting.count()
    waiting.first.click()
    page.get_by_role("button", name="Save and go on").click()
    expect(
        page.get_by_role("link", name="Choose how it should be read, or choose to be asked later")
    ).to_be_visible()
    page.get_by_label("Ask me again later").check()
    page.get_by_role("button", name="Save and go on").click()
    page.goto(site.page("questions/"))
    assert waiting.count() == before
    waiting.first.click()
    page.locator("input[name=choice]").first.check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()
    page.goto(site.page("questions/"))
    assert waiting.count() == before - 1
    page.get_by_role("link", name="Accept the suggested reading").first.click()
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    agreed = page.locator("tbody tr").count()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("The answers are recorded.")).to_be_visible()
    assert waiting.count() <= before - 1 - agreed


@pytest.mark.slow
def test_an_amended_document_is_read_questioned_and_recorded_once(
    page: Page, site: Any, tmp_path: Path
) -> None:
    text = (files("goldenthread.examples") / "improvement-plan-2022.txt").read_text()
    page.goto(site.page("actions/A5/"))
    title = page.get_by_role("heading", level=1).inner_text()
    assert text.count(title) >= 1
    amended = tmp_path / "amended.txt"
    amended.write_text(text.replace(title, f"{title} by design"))
    page.goto(f"{site.address}/import/")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Choose a document")).to_be_visible()
    page.get_by_label("The plan").set_input_files(str(amended))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was read")).to_be_visible()
    page.get_by_role("button", name="Answer the questions").click()
    page.get_by_role("link", name="Accept the suggested reading").first.click()
    page.get_by_role("button", name="Accept").click()
    page.goto(page.url.partition("questions/")[0] + "changes/")
    expect(page.locator("body")).to_contain_text(f"{title} by design")
    page.get_by_label("True from").fill("1 October 2022")
    page.get_by_label("Reason").fill("Cabinet amended the plan")
    address = page.url
    page.get_by_role("button", name="Record these changes").dblclick()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(address)
    expect(page).to_have_url(site.page())
    page.goto(site.page("changes/"))
    expect(page.get_by_role("link", name="Cabinet amended the plan")).to_have_count(1)
