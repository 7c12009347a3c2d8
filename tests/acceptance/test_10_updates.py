"""Updates: a director answers from a phone without a password, and whatever the door, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from plugins.browsing import followed, served
from plugins.database import TestDatabase
from support.records import ADOPTED, asked, in_post, new_council, promised
from support.web_council import person

from goldenthread.plan import model
from goldenthread.plan.judgements import Door, Report
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.links import link_for
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Evidence, HeldUpdate, Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import Outcome, submit_updates
from goldenthread.record.snapshot import snapshot

PLAN, JULY, FAR = "improvement-plan", date(2022, 7, 31), date(2100, 1, 1)
FINANCE = "Director of Finance"


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    """The programme office of a council in which one director owes updates of eight items."""
    office = new_council()
    load_plan(actor=office, plan=eight_items(), effective_on=ADOPTED, reason="Approved", slug=PLAN)
    return office


def eight_items() -> model.Plan:
    actions = tuple(
        model.Action(
            key=f"a-{n}", title=f"Close the accounts of year {n}", leads=(FINANCE,), dates=promised("2022-09")
        )
        for n in range(1, 9)
    )
    theme = model.Theme(key="t", number=1, name="Money", actions=actions)
    council = model.Council(name="Borough of Testing")
    return model.Plan(
        key="plan", council=council, title="Improvement plan", approved_on=ADOPTED, themes=(theme,)
    )


def actions_of(office: Actor) -> list[model.Action]:
    return list(snapshot(council=office.council, plan=PLAN).actions())


def reports_of(office: Actor) -> list[Report]:
    return [action.report for action in actions_of(office) if action.report]


class Thumb:
    """Somebody with a phone: every touch of the screen is counted; typing on its keyboard is not."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def type(self, what: Locator, text: str) -> None:
        self.tap(what)
        what.fill(text)

    def choose(self, what: Locator, words: str) -> None:
        self.taps += 2  # to open the list, and to choose from it
        what.select_option(words)


@pytest.fixture
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Thumb]:
    """A phone of 390 by 844 points, with or without scripts, that nobody has signed in on."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param,
    )
    yield Thumb(context.new_page())
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("phone", [False, True], ids=["without scripts", "with scripts"], indirect=True)
def test_eight_items_are_answered_from_a_phone_in_twelve_taps(
    phone: Thumb, office: Actor, council_db: TestDatabase, tmp_path: Path
) -> None:
    request = asked(office, PLAN, FINANCE, expires_on=FAR)
    with served(council_db.address, council_db.name, tmp_path / "gunicorn.log") as address:
        page = phone.page
        page.goto(link_for(request, address))
        expect(page.get_by_text("0 of 8 items reported.")).to_be_visible()
        expect(page.get_by_label("Password")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        first = page.locator("fieldset.gt-update__item").first
        phone.tap(first.locator("summary"))
        phone.choose(first.get_by_label("Status", exact=True), "In progress")
        phone.type(first.get_by_label("New expected date"), "Autumn 2022")
        phone.type(first.get_by_label("Why, in one line"), "The auditor is late")
        phone.type(first.get_by_label("Address of evidence"), "https://example.org/audit")
        with followed(page):
            phone.tap(first.get_by_role("button", name="Save"))
        expect(page.get_by_text("1 of 8 items reported.")).to_be_visible()
        for _ in range(3):
            with followed(page):
                phone.tap(page.get_by_role("button", name="No change to Action").first)
        expect(page.get_by_text("4 of 8 items reported.")).to_be_visible()
        with followed(page):
            phone.tap(page.get_by_role("button", name="No change to all the rest (4)"))
        expect(page.get_by_text("8 of 8 items reported.")).to_be_visible()
    assert phone.taps <= 12

    first_action, *others = actions_of(office)
    assert first_action.dates.forecast
    assert first_action.report
    assert (first_action.status, first_action.dates.forecast.printed) == (Status.IN_PROGRESS, "Autumn 2022")
    assert first_action.report.why == "The auditor is late"
    assert {(report.by, report.door, report.as_at) for report in reports_of(office)} == {
        (FINANCE, Door.EMAIL, JULY)
    }
    assert all(action.report and action.report.no_change for action in others)
    with council_scope(office.council):
        assert Evidence.objects.get().url == "https://example.org/audit"


def test_the_record_is_the_same_by_whichever_door(office: Actor) -> None:
    """Page and link by the same answers; the workbook's are held against them where it is tested."""
    twin = new_council("Borough of the Link")
    load_plan(actor=twin, plan=eight_items(), effective_on=ADOPTED, reason="Approved", slug=PLAN)
    link = urlsplit(link_for(asked(twin, PLAN, FINANCE, expires_on=FAR), "https://x")).path
    asked(office, PLAN, FINANCE, expires_on=FAR)  # so that both speak of the same day
    user = person(office.council, Role.LEAD)
    in_post(office, FINANCE, user=user)
    lead = Client()
    lead.force_login(user)
    for client, path, where in ((lead, f"/plans/{PLAN}/updates/", office), (Client(), link, twin)):
        first, second, *others = [action.id.hex for action in actions_of(where) if action.id]
        answers = {
            f"status-{first}": "complete",
            f"done_on-{first}": "12 July 2022",
            f"why-{first}": "Signed",
            f"expected-{second}": "by March 2023",
            f"rating-{second}": "red",
            f"next_step-{second}": "Appoint",
        }
        sent = {**answers, "seen": head_number(where.council), "rest": "1", "open": others}
        assert client.post(path, sent).status_code == 302
    assert len(reports_of(office)) == 8
    assert told(office) == told(twin)


def told(office: Actor) -> list[tuple[object, ...]]:
    """All that the record says of the actions, but for what is the door's and the record's own."""
    return [
        (a.title, a.status, a.dates, a.leads, a.report.model_copy(update={"door": Door.PAGE}))
        for a in actions_of(office)
        if a.report
    ]


def test_two_workbooks_and_a_page_are_three_voices_on_one_screen(office: Actor) -> None:
    user = person(office.council, Role.LEAD)
    lead = in_post(office, FINANCE, user=user)
    asked(office, PLAN, FINANCE, expires_on=FAR)  # so that all speak of the same day
    item, seen = actions_of(office)[0].id, head_number(office.council)
    assert item
    client = Client()
    client.force_login(user)
    page = f"/plans/{PLAN}/updates/"
    client.post(page, {"seen": seen, f"why-{item.hex}": "From the page"})
    for words in ("From the first workbook", "From the second workbook"):
        outcome = submit_updates(
            actor=lead, plan=PLAN, updates={item: TypedUpdate(why=words, status=Status.IN_PROGRESS)},
            as_at=JULY, seen_revision=seen, door=Door.WORKBOOK,
        )  # fmt: skip
        assert outcome == {item: Outcome.HELD}
    shown = client.get(f"{page}conflicts/A1/").content.decode()
    for words in ("From the page", "From the first workbook", "From the second workbook"):
        assert words in shown
    assert shown.count("Director of Finance, by workbook") >= 2
    assert "On the record now: Director of Finance, on the page" in shown
    with council_scope(office.council):
        assert HeldUpdate.objects.filter(settled__isnull=True).count() == 2
