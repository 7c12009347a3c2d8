"""The pages in a real browser: accessible, narrow, without scripts, and from the first page to a recorded document."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from plugins.browsing import followed, watched

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

LEAVE_THREE_ALIKE = """
() => {
  const made = e => {
    const attributes = [...e.attributes].map(a => a.name + (LOOKS.includes(a.name) ? a.value : '')).sort();
    const words = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    return [e.tagName, ...attributes, words, ...[...e.children].map(made)].join(' ');
  };
  const LOOKS = ['class', 'role', 'scope', 'type', 'lang', 'aria-hidden', 'aria-current', 'disabled', 'colspan'];
  for (const whole of document.querySelectorAll('tbody, ol, ul')) {
    const seen = {};
    for (const row of [...whole.children]) {
      const kind = made(row);
      seen[kind] = (seen[kind] ?? 0) + 1;
      if (seen[kind] > 3) row.remove();
    }
  }
}
"""
"""Of the rows of a table or list that are made of the same elements, attributes, classes and roles, and have words in
the same places, three stay: to axe the hundredth is as the first, and takes as long."""


def pages(site: Any) -> dict[str, str]:
    return {name: address for name, address in site.routes.items() if name not in NOT_HTML}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


class Seen(NamedTuple):
    """What was seen on one visit to a page: what axe found, and what stuck out on phones by their width in pixels."""

    broken: list[str]
    wide: dict[int, list[str]]


@pytest.fixture(scope="module")
def seen(signed_in: BrowserContext, site: Any) -> Iterator[dict[str, Seen]]:
    """Every page, visited once: as narrow as two phones, then on a wide screen by axe."""
    addresses = {**pages(site), "home in the past": f"{site.page()}?as-at=2022-12-01"}
    with watched(signed_in) as page:
        yield {name: look(page, address) for name, address in addresses.items()}


def look(page: Page, address: str) -> Seen:
    wide = {}
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        if width == 320:
            page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide[width] = page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(LEAVE_THREE_ALIKE)
    return Seen(violations(page), wide)


@pytest.mark.slow
def test_no_page_breaks_the_accessibility_guidelines(seen: dict[str, Seen]) -> None:
    assert {name: each.broken for name, each in seen.items() if each.broken} == {}


@pytest.mark.slow
def test_no_page_scrolls_sideways_on_a_phone(seen: dict[str, Seen]) -> None:
    assert {name: each.wide for name, each in seen.items() if each.wide} == {}


def test_a_row_that_is_made_otherwise_is_looked_at_wherever_it_stands(browser: Browser) -> None:
    """What only the eighth of ten rows has: a link without words, a class, an image without its words."""
    rows = ["<tr><td><a href='/x'>Words</a></td></tr>"] * 10
    page = browser.new_page()
    for row, fault in (
        ("<tr><td><a href='/x'></a></td></tr>", "link-name"),
        ("<tr><td><a href='/x' class='pale'>Words</a></td></tr>", "color-contrast"),
        ("<tr><td><a href='/x'>Words</a><img src='data:,'></td></tr>", "image-alt"),
    ):
        table = "".join([*rows[:7], row, *rows[7:]])
        page.set_content(
            "<!doctype html><html lang='en'><title>T</title><style>.pale { color: #ddd }</style>"
            f"<main><table><tbody>{table}</tbody></table></main></html>"
        )
        page.evaluate(LEAVE_THREE_ALIKE)
        assert page.locator("tr").count() == 4
        assert fault in [each.partition(":")[0] for each in violations(page)]
    page.close()


def test_sign_in_page_is_accessible(browser: Browser, site: Any) -> None:
    context = browser.new_context(extra_http_headers={"X-Forwarded-For": "192.0.2.1"})
    page = context.new_page()
    page.goto(site.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert violations(page) == []
    page.get_by_label("Password").fill("wrong")
    page.get_by_label("Email").fill("nobody@example.org")
    with followed(page):
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
    with followed(page):
        page.get_by_role("main").locator("ol.gt-themes a").first.click()
    with followed(page):
        page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", name="The thread")).to_be_visible()
    address = page.url

    page.get_by_text("See the plan as at another date").click()
    with followed(page):
        page.get_by_role("button", name="Show this date").click()
    page.get_by_role("main").get_by_label("Day").fill("31")
    page.get_by_role("main").get_by_label("Month").fill("2")
    page.get_by_role("main").get_by_label("Year").fill("2023")
    with followed(page):
        page.get_by_role("main").get_by_role("button", name="Show this date").click()
    expect(page.get_by_role("link", name="Enter a real date, such as 30 9 2022")).to_be_visible()
    page.get_by_role("main").get_by_label("Day").fill("28")
    with followed(page):
        page.get_by_role("main").get_by_role("button", name="Show this date").click()
    expect(page.get_by_text("You are looking at the plan as at 28 February 2023.")).to_be_visible()
    assert page.url.startswith(address.partition("?")[0])

    with followed(page):
        page.get_by_role("link", name="See the plan as it is today").click()
    with followed(page):
        page.get_by_role("button", name="Change this action").click()
    page.get_by_label("Forecast date").fill("when we can")
    with followed(page):
        page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("link", name="Enter a reason for the change")).to_be_visible()
    expect(page.get_by_label("Forecast date")).to_have_value("when we can")
    page.get_by_label("Forecast date").fill("Spring 2023")
    page.get_by_label("Reason").fill(reason)
    with followed(page):
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
        with followed(page):
            page.get_by_role("button", name="Save the change").click()
    expect(first.get_by_text("The change is recorded.")).to_be_visible()
    alert = second.get_by_role("alert")
    expect(alert).to_contain_text("Someone else changed this while you were writing")
    expect(alert).to_contain_text("Summer 2024")
    expect(alert).to_contain_text("Winter 2024")
    expect(second.get_by_label("Forecast date")).to_have_value("Winter 2024")
    expect(second.get_by_label("Reason")).to_have_value("Because of Winter 2024")
    with followed(second):
        second.get_by_role("button", name="Save the change").click()
    expect(second.locator(".gt-dates")).to_contain_text("Winter 2024")
    first.close()
    second.close()


def test_a_question_is_answered_put_off_and_answered_in_bulk(page: Page, site: Any) -> None:
    page.goto(site.page("questions/"))
    waiting = page.locator(".gt-questions a")
    before = waiting.count()
    with followed(page):
        waiting.first.click()
    with followed(page):
        page.get_by_role("button", name="Save and go on").click()
    expect(
        page.get_by_role("link", name="Choose how it should be read, or choose to be asked later")
    ).to_be_visible()
    page.get_by_label("Ask me again later").check()
    with followed(page):
        page.get_by_role("button", name="Save and go on").click()
    page.goto(site.page("questions/"))
    assert waiting.count() == before
    with followed(page):
        waiting.first.click()
    page.locator("input[name=choice]").first.check()
    with followed(page):
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()
    page.goto(site.page("questions/"))
    assert waiting.count() == before - 1
    with followed(page):
        page.get_by_role("link", name="Accept the suggested reading").first.click()
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    agreed = page.locator("tbody tr").count()
    assert agreed
    with followed(page):
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
    with followed(page):
        page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Choose a document")).to_be_visible()
    page.get_by_label("The plan").set_input_files(str(amended))
    with followed(page):
        page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was read")).to_be_visible()
    with followed(page):
        page.get_by_role("button", name="Answer the questions").click()
    listed = page.url
    with followed(page):
        page.get_by_role("link", name="Accept the suggested reading").first.click()
    with followed(page):
        page.get_by_role("button", name="Accept").click()
    page.goto(listed.partition("questions/")[0] + "changes/")
    expect(page.locator("body")).to_contain_text(f"{title} by design")
    page.get_by_label("True from").fill("1 October 2022")
    page.get_by_label("Reason").fill("Cabinet amended the plan")
    address = page.url
    page.get_by_role("button", name="Record these changes").dblclick()
    expect(page).to_have_url(site.page())  # the second click is answered as the first: by the plan
    page.goto(address)
    expect(page).to_have_url(site.page())
    page.goto(site.page("changes/"))
    expect(page.get_by_role("link", name="Cabinet amended the plan")).to_have_count(1)
