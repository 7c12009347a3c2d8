"""The public pages: seen by anybody once an officer has decided so, and by nobody before or after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser
from plugins.database import TestDatabase
from support.northbury import BEGAN, CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury
from support.report_rows import hold_report
from support.web_council import person

from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.history.selectors import head_revision
from goldenthread.record.models import Role
from goldenthread.record.models.reports import ReportState
from goldenthread.record.public import public_files, publications
from goldenthread.record.services.appointing import add_officer
from goldenthread.record.services.publishing import publish_plan, withdraw_publication
from goldenthread.record.services.report_publishing import publish_report, withdraw_report
from goldenthread.reporting.letter.model import Head, Letter

JULY = date(2022, 7, 31)
AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()


@pytest.fixture
def council(council_db: TestDatabase) -> RecordedNorthbury:
    return RecordedNorthbury()


def publish(council: RecordedNorthbury, cut_off: date = CUT_OFF, **more: object) -> None:
    publish_plan(
        actor=council.officer,
        plan=PLAN,
        cut_off=cut_off,
        on=date(2022, 11, 1),
        reason="Cabinet asked for it",
        **more,  # type: ignore[arg-type]
    )


def base(council: RecordedNorthbury) -> str:
    from goldenthread.record.services.councils import council_register

    slug = next(each.slug for each in council_register() if each.id == council.officer.council)
    return f"/public/{slug}/{PLAN}/"


def test_nobody_sees_anything_until_an_officer_decides_and_after_it_is_taken_back(
    council: RecordedNorthbury,
) -> None:
    client, address = Client(), base(council)
    assert client.get(address).status_code == 404
    publish(council)
    response = client.get(address)
    assert response.status_code == 200
    assert b"The plan has 9 actions and 3 milestones" in response.content
    assert client.get(f"{address}actions/A4").status_code == 301
    assert (
        client.get(f"{address}actions/A4/").content == client.get(f"{address}actions/A4/index.html").content
    )
    assert client.get(f"{address}actions/A99/").status_code == 404
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.get(f"{address}feed.xml")["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.get("/public/no-such-council/plan/").status_code == 404
    withdraw_publication(actor=council.officer, plan=PLAN, on=CUT_OFF, reason="A figure was wrong")
    assert client.get(address).status_code == 404


def test_every_link_of_every_page_leads_somewhere(council: RecordedNorthbury) -> None:
    publish(council, JULY)
    publish(council)
    files = public_files(base(council).split("/")[2], PLAN)
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        tree = html5lib.parse(content, namespaceHTMLElements=False)
        for link in [*tree.iter("a"), *tree.iter("link")]:
            to = link.get("href", "")
            if not to.startswith(("https://", "#")):
                aim = urljoin(f"https://x/{path}", to).removeprefix("https://x/").partition("#")[0]
                assert aim in files, (path, to)


def test_what_was_decided_stays_as_it_was_known_whatever_is_recorded_later(
    council: RecordedNorthbury,
) -> None:
    publish(council)
    client, address = Client(), base(council)
    before = client.get(f"{address}actions/A5/").content
    council.move("A5", "2023-12", date(2022, 10, 3), "minute 40/22")
    assert client.get(f"{address}actions/A5/").content == before
    publish(council)
    assert (
        b"December 2023" in client.get(f"{address}actions/A5/").content
        or b"Dec 2023" in client.get(f"{address}actions/A5/").content
    )


def test_what_is_held_back_is_gone_from_earlier_publications_too(council: RecordedNorthbury) -> None:
    publish(council, JULY)
    publish(council)
    client, address = Client(), base(council)
    told = client.get(f"{address}changes/").content.decode()
    assert "A4" in told
    publish(council, hold=["A4"])
    slug = address.split("/")[2]
    for path, content in public_files(slug, PLAN).items():
        if path != "actions/A4/index.html":
            assert "Close the accounts" not in content.decode(), path
    assert "A4 is held back" in client.get(f"{address}actions/A4/").content.decode()


def test_a_person_whom_the_record_knows_is_named_nowhere(council: RecordedNorthbury) -> None:
    publish(council)
    files = public_files(base(council).split("/")[2], PLAN)
    named = next(path for path, content in files.items() if path == "actions/A5/index.html")
    title = files[named].decode().partition("<h1>")[2].partition("</h1>")[0].removeprefix("A5: ")
    words = " ".join(title.split()[:2])
    add_officer(actor=council.officer, name=words, email="")
    assert words not in public_files(base(council).split("/")[2], PLAN)[named].decode()


def test_who_may_decide_and_what_is_refused(council: RecordedNorthbury) -> None:
    from dataclasses import replace

    with pytest.raises(NotAllowed):
        publish_plan(
            actor=replace(council.officer, role=Role.LEAD), plan=PLAN, cut_off=CUT_OFF, on=CUT_OFF, reason="x"
        )
    with pytest.raises(InvalidEdit, match="still to come"):
        publish(council, date(2023, 1, 1))
    with pytest.raises(InvalidEdit, match="A77"):
        publish(council, hold=["A77"])
    publish(council)
    with pytest.raises(InvalidEdit, match="already"):
        publish(council, JULY)
    withdraw_publication(actor=council.officer, plan=PLAN, on=CUT_OFF, reason="Wrong")
    with pytest.raises(InvalidEdit, match="nothing to take back"):
        withdraw_publication(actor=council.officer, plan=PLAN, on=CUT_OFF, reason="Wrong")
    assert [each.withdrawn for each in publications(council.officer.council, PLAN)] == ["Wrong"]


def test_an_officer_decides_on_a_page(council: RecordedNorthbury) -> None:
    client = Client()
    client.force_login(person(council.officer.council, Role.PMO))
    page = f"/plans/{PLAN}/publishing/"
    assert b"Nobody has decided to publish it" in client.get(page).content
    typed = {"cut_off": "31 October 2022", "hold": "A2, A3", "release": "", "reason": "For residents"}
    shown = client.post(page, typed, follow=True).content.decode()
    assert "The public sees the plan as at 31 October 2022" in shown
    assert "A2, A3" in shown, "what is held back is offered again"
    assert b"A2 is held back" in Client().get(f"{base(council)}actions/A2/").content
    assert b"The plan has no A99" in client.post(page, {**typed, "hold": "A99"}).content
    taken = client.post(f"{page}withdraw/", {"reason": "A figure was wrong"}, follow=True).content
    assert b"The public sees nothing of this plan" in taken


def test_a_page_that_is_made_costs_the_same_few_queries(council: RecordedNorthbury) -> None:
    publish(council)
    client, address = Client(), base(council)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{address}actions/A1/")
    assert len(queries) <= 10
    assert not [each for each in queries if "dated_fact" in each["sql"]]


def test_pages_read_well_by_keyboard_on_a_narrow_screen_and_without_scripts(
    council: RecordedNorthbury, browser: Browser, tmp_path: Path
) -> None:
    """400% zoom of a screen 1,280 wide is 320 pixels (WCAG 2.2, 1.4.10). Axe is the only script that runs."""
    publish(council, JULY)
    publish(council, hold=["A2"])
    make_public(council, issued(council))
    for path, content in public_files(base(council).split("/")[2], PLAN).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    for path in (
        "index.html", "changes/index.html", "promises/index.html", "actions/A4/index.html", "actions/A2/index.html",
        "themes/2/index.html", "reviews/auditor/index.html", "open-data/index.html", "about/index.html",
        "accessibility/index.html", "reports/index.html", "reports/1/index.html",
    ):  # fmt: skip
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto((tmp_path / path).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            page.evaluate(AXE)
            found = page.evaluate("axe.run(document)")["violations"]
            assert not found, (path, width, [each["id"] for each in found])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    context.close()


CABINET = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Report</title></head>
<body><main><h1>Report to Cabinet</h1><h2>Late actions</h2><p>{}</p></main></body></html>"""


def issued(council: RecordedNorthbury, words: str = "A4 is late.") -> int:
    page = CABINET.format(words).encode()
    return hold_report(
        council.officer,
        PLAN,
        CUT_OFF,
        contents={"html": page, "pdf": b"%PDF-1.7 as issued", "zip": b"tables"},
    )


def make_public(council: RecordedNorthbury, number: int, **more: object) -> None:
    given: dict[str, object] = {"on": date(2022, 12, 1), "reason": "Cabinet has taken it"}
    publish_report(**({"actor": council.officer, "plan": PLAN, "number": number} | given | more))  # type: ignore[arg-type]


def test_an_issued_report_has_a_permanent_address_with_its_files_as_issued(
    council: RecordedNorthbury,
) -> None:
    number, client, address = issued(council), Client(), base(council)
    at = f"{address}reports/{number}/"
    assert client.get(at).status_code == 404
    make_public(council, number)
    make_public(council, number)
    page = client.get(at)
    assert page.status_code == 200
    assert b"How things stood at the end of 31 October 2022." in page.content
    whole = client.get(f"{at}report.html")
    assert whole.content == CABINET.format("A4 is late.").encode()
    assert whole["Content-Type"] == "text/html; charset=utf-8"
    assert "script-src" not in whole["Content-Security-Policy"]
    assert "default-src 'none'" in whole["Content-Security-Policy"]
    held = client.get(f"{at}report.pdf")
    assert (held.content, held["Content-Type"]) == (b"%PDF-1.7 as issued", "application/pdf")
    assert client.get(f"{at}report.pdf", headers={"If-None-Match": held["ETag"]}).status_code == 304
    assert client.get(f"{at}report.docx").status_code == 404
    assert b"Report 1" in client.get(address).content, "without the plan, the reports are what there is"
    publish(council)
    assert b'href="reports/index.html"' in client.get(address).content
    assert b"31 October 2022" in client.get(f"{address}reports/").content
    assert f"reports/{number}/index.html" in client.get(f"{address}feed.xml").content.decode()
    withdraw_publication(actor=council.officer, plan=PLAN, on=CUT_OFF, reason="A figure was wrong")
    assert client.get(at).status_code == 200, "each report is decided on by itself"
    withdraw_report(actor=council.officer, plan=PLAN, number=number, reason="A figure was wrong")
    gone = client.get(at)
    assert (gone.status_code, b"was taken back" in gone.content) == (200, True)
    assert b"Late actions" not in gone.content
    assert client.get(f"{at}report.html").status_code == 404
    make_public(council, number)
    assert client.get(f"{at}report.html").status_code == 200


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Sell the depot (OFFICIAL-SENSITIVE).", "Under “Late actions”: its text says “official sensitive”"),
        ("A2 is held.", "its text speaks of A2, which the public pages hold back"),
    ],
)
def test_a_report_that_says_what_must_not_go_out_is_refused_with_the_places(
    council: RecordedNorthbury, words: str, why: str
) -> None:
    add_officer(actor=council.officer, name="Grace Hopper", email="")
    publish(council, hold=["A2"])
    number = issued(council, words)
    with pytest.raises(InvalidEdit, match=why):
        make_public(council, number)
    client = Client()
    client.force_login(person(council.officer.council, Role.PMO))
    page = client.get(f"/plans/{PLAN}/report/{number}/public/").content.decode()
    assert words in page
    assert "It cannot be made public" in page
    assert 'name="reason"' not in page
    assert Client().get(f"{base(council)}reports/{number}/").status_code == 404


def test_a_person_is_named_in_public_only_by_decision(council: RecordedNorthbury) -> None:
    for name in ("Grace Hopper", "Ada Lovelace"):
        add_officer(actor=council.officer, name=name, email="")
    number, client = issued(council, "Grace Hopper leads it with Ada Lovelace."), Client()
    with pytest.raises(InvalidEdit, match="Under “Late actions”: its text names Grace Hopper"):
        make_public(council, number)
    with pytest.raises(InvalidEdit, match="its text names Grace Hopper"):
        make_public(council, number, named=("Ada Lovelace",))
    client.force_login(person(council.officer.council, Role.PMO))
    page = f"/plans/{PLAN}/report/{number}/public/"
    assert "Grace Hopper is meant to be named" in client.get(page).content.decode()
    typed = {"reason": "Cabinet has taken it", "named-0": "meant"}
    refused = client.post(page, typed)
    assert refused.status_code == 400
    assert "Choose from “Grace Hopper is named in this report”" in refused.content.decode()
    assert Client().get(f"{base(council)}reports/{number}/").status_code == 404
    client.post(page, {**typed, "named-1": "meant"})
    assert Client().get(f"{base(council)}reports/{number}/").status_code == 200
    reason = head_revision(council.officer.council).reason
    assert reason == "Cabinet has taken it. Meant to be named: Ada Lovelace, Grace Hopper."


def test_whoever_signs_a_letter_is_named_in_public_and_nobody_else(council: RecordedNorthbury) -> None:
    for name in ("Grace Hopper", "Ada Lovelace"):
        add_officer(actor=council.officer, name=name, email="")
    letter = Letter(head=Head(signatory="Councillor Ada Lovelace"), since=BEGAN, until=CUT_OFF)
    signed = hold_report(
        council.officer, PLAN, CUT_OFF, audience="letter", letter=letter,
        contents={"html": CABINET.format("Yours sincerely, Councillor Ada Lovelace").encode()},
    )  # fmt: skip
    make_public(council, signed)
    assert Client().get(f"{base(council)}reports/{signed}/").status_code == 200
    other = hold_report(
        council.officer, PLAN, CUT_OFF, audience="letter", letter=letter,
        contents={"html": CABINET.format("Ask for Grace Hopper").encode()},
    )  # fmt: skip
    with pytest.raises(InvalidEdit, match="names Grace Hopper"):
        make_public(council, other)
    elsewhere = issued(council, "Ada Lovelace leads it.")
    with pytest.raises(InvalidEdit, match="names Ada Lovelace"):
        make_public(council, elsewhere)


def test_who_may_make_a_report_public_and_which(council: RecordedNorthbury) -> None:
    from dataclasses import replace

    with pytest.raises(InvalidEdit, match="not issued"):
        make_public(council, hold_report(council.officer, PLAN, CUT_OFF, state=ReportState.DRAFT))
    with pytest.raises(InvalidEdit, match="without a web page"):
        make_public(council, hold_report(council.officer, PLAN, CUT_OFF, contents={"pdf": b"%PDF"}))
    with pytest.raises(NotFound):
        make_public(council, 9)
    number = issued(council)
    with pytest.raises(NotAllowed):
        make_public(council, number, actor=replace(council.officer, role=Role.ASSURER))
    with pytest.raises(InvalidEdit, match="nothing to take back"):
        withdraw_report(actor=council.officer, plan=PLAN, number=number, reason="Wrong")


def test_an_officer_makes_a_report_public_on_a_page(council: RecordedNorthbury) -> None:
    number, client = issued(council, "The confidential reporting line is late."), Client()
    client.force_login(person(council.officer.council, Role.PMO))
    page = f"/plans/{PLAN}/report/{number}/public/"
    asked = client.get(page).content.decode()
    assert "These words may be a marking, or name a person" in asked
    assert "You decide" in asked
    shown = client.post(page, {"reason": "Cabinet has taken it"}, follow=True).content.decode()
    assert f"{base(council)}reports/{number}/" in shown
    assert f"Report {number}: Report to cabinet" in client.get(f"/plans/{PLAN}/publishing/").content.decode()
    taken = client.post(f"{page}withdraw/", {"reason": "A figure was wrong"}, follow=True).content
    assert b"It was public, and was taken back" in taken


assert BEGAN < JULY
