"""The pages of a letter: every sentence with what it rests on, and nobody loses what they typed."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser
from plugins.database import TestDatabase
from support.held_reports import RELEASE
from support.web_council import Example, council_with, person

from goldenthread.record.actor import Actor
from goldenthread.record.models import Role, User
from goldenthread.record.services.report_drafts import DraftAsked, abandon_draft, draft_report

NEWS = "Voters showed a photograph at the polls for the first time."


@pytest.fixture
def office(example: Example) -> Client:
    return client_of(example, Role.PMO)


def client_of(example: Example, role: Role) -> Client:
    user = User.objects.filter(email=f"{role.value}@example.org").first() or person(example.council, role)
    client = Client()
    client.force_login(user)
    return client


def address(example: Example, name: str) -> str:
    return next(route.address for route in example.routes if route.name == name)


def html(content: bytes) -> str:
    return content.decode().split("<main", 1)[1].split("</main>")[0]


def words(content: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(content))).split())


def seen(client: Client, page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(page).content.decode())
    assert found
    return found[1]


def fields_of(content: bytes) -> dict[str, str]:
    """What a browser would send of the page's form, as it was shown."""
    page = html5lib.parse(content, namespaceHTMLElements=False)
    sent = {each.get("name"): each.get("value", "") for each in page.iterfind(".//main//input[@name]")}
    sent |= {each.get("name"): each.text or "" for each in page.iterfind(".//main//textarea")}
    for each in page.iterfind(".//main//select"):
        sent[each.get("name")] = next((o.get("value") for o in each if o.get("selected") is not None), "")
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}


def added(office: Client, example: Example, **typed: str) -> str:
    """A new sentence; the address of its page."""
    given = {"do": "add", "part": "achieved-0", "text": NEWS, "rests": "", **typed}
    sent = office.post(address(example, "letter-add"), given)
    assert sent.status_code == 302, words(sent.content)
    return str(sent["Location"])


def test_every_sentence_stands_with_what_it_rests_on_and_how(example: Example, office: Client) -> None:
    page = office.get(address(example, "letter"))
    text, shown = words(page.content), html(page.content)
    assert "It reports on 1 July 2022 to 31 December 2022." in text
    assert "What stands in the way of the final letter" in text
    assert "The date of the letter is open." in text
    assert re.search(r"Sentences: \d+ supported, 0 signed off, 1 unsupported, 0 contradicted\.", text)
    assert re.search(rf'href="/plans/{example.slug}/milestones/M\d+/">M\d+</a>', shown)
    sentences = re.findall(r'id="sentence-(\d+)"', shown)
    assert len(sentences) > 30
    for number in sentences:
        assert f"{address(example, 'letter')}{number}/" in shown
    assert "We thank you. Unsupported" in text
    due = words(office.get(address(example, "letter-due")).content)
    assert "Told" in due
    assert "Milestones that fell due" in due


def test_a_draft_is_for_those_who_prepare_and_clear_it_and_forms_for_those_who_may(
    example: Example, office: Client
) -> None:
    page = added(office, example)
    assert client_of(example, Role.MEMBER).get(page).status_code == 403
    leader = client_of(example, Role.LEADERSHIP)
    shown = leader.get(page)
    assert "Sign off this sentence" in words(shown.content)
    assert "Save this sentence" not in words(shown.content)
    assert "Who answers for it, if not you" not in words(shown.content)
    mark = seen(leader, page)
    assert leader.post(page, {"do": "word", "text": "Mine.", "rests": "", "seen": mark}).status_code == 403
    without = leader.post(page, {"do": "sign", "reason": " ", "seen": mark})
    assert without.status_code == 400
    assert "Enter why you answer for it." in words(without.content)
    signed = leader.post(page, {"do": "sign", "reason": "I was at the count", "seen": mark}, follow=True)
    assert "Signed off by A Leadership Team, Leadership Team" in words(signed.content)
    assert "I was at the count" in words(signed.content)
    assert f"{NEWS} Signed off by" in words(office.get(address(example, "letter")).content)


def test_what_is_not_on_the_record_is_named_and_what_is_can_be_found_and_ticked(
    example: Example, office: Client
) -> None:
    page = added(office, example)
    typed = {
        "text": "We have begun.",
        "rests": "A1, A999",
        "find": "Oracle Fusion",
        "seen": seen(office, page),
    }
    wrong = office.post(page, {**typed, "do": "word"})
    assert wrong.status_code == 400
    assert "The record has no “A999”." in words(wrong.content)
    assert "We have begun." in html(wrong.content)
    found = office.post(page, {**typed, "rests": "A1", "do": "find"})
    boxes = re.findall(r'name="also"[^>]*value="([AM][\d.]+)"', html(found.content))
    assert boxes, "what is like the words can be ticked"
    assert "Oracle Fusion" in words(found.content)
    assert "We have begun." in html(found.content)
    saved = office.post(page, {**typed, "rests": "A1", "also": boxes[:2], "do": "word"}, follow=True)
    told = words(saved.content)
    assert "The sentence is saved." in told
    for identifier in ("A1", *boxes[:2]):
        assert re.search(rf">{re.escape(identifier)}</a>: ", html(saved.content)), identifier
    nothing = office.post(page, {**typed, "find": "zzzz qqqq", "do": "find"})
    assert "Nothing on the record is like “zzzz qqqq”" in words(nothing.content)


def test_who_comes_second_sees_both_versions_and_loses_nothing(example: Example, office: Client) -> None:
    page = added(office, example)
    mark = seen(office, page)
    office.post(page, {"do": "word", "text": "Theirs.", "rests": "A1", "seen": mark})
    stale = office.post(page, {"do": "word", "text": "Mine.", "rests": "M2", "seen": mark})
    assert stale.status_code == 409
    assert "On the record now: “Theirs.” It rests on A1." in words(stale.content)
    assert "What you typed: “Mine.” It rests on M2." in words(stale.content)
    mark = re.findall(r'name="seen" value="(\w+)"', html(stale.content))[0]
    again = office.post(page, {"do": "word", "text": "Mine.", "rests": "M2", "seen": mark})
    assert again.status_code == 302
    gone = office.post(page, {"do": "remove", "seen": seen(office, page)}, follow=True)
    assert "1 sentence taken out" in words(gone.content)
    late = office.post(page, {"do": "word", "text": "Later.", "rests": "", "seen": mark})
    assert late.status_code == 409
    assert "It was taken out of the letter." in words(late.content)
    assert "What you typed: “Later.”" in words(late.content)
    history = words(office.get(page).content)
    assert [history.index(each) for each in ("Taken out", "Mine.", "Theirs.", NEWS)] == sorted(
        history.index(each) for each in ("Taken out", "Mine.", "Theirs.", NEWS)
    ), "the newest stands first"


def test_a_milestone_is_left_out_with_a_reason_and_the_head_is_filled(
    example: Example, office: Client
) -> None:
    page, due = address(example, "letter-leave-out"), address(example, "letter-due")
    told = office.post(page, {"why": "It is told in the annual report"})
    assert "tells it already" in words(told.content)
    for number in re.findall(r"/letter/(\d+)/", re.split(r"</tr>", html(office.get(due).content))[1]):
        sentence = f"{address(example, 'letter')}{number}/"
        office.post(sentence, {"do": "remove", "seen": seen(office, sentence)})
    assert "Open No sentence rests on it" in words(office.get(due).content)
    office.post(page, {"why": "It is told in the annual report"})
    assert "Left out It is told in the annual report (A programme office, Programme office" in words(
        office.get(due).content
    )
    assert "Open No sentence rests on it" in words(office.post(page, {"do": "take-in"}, follow=True).content)
    head = address(example, "letter-head")
    typed = {"my_ref": "LC/1", "signatory": "Cllr Ann Leader", "is_draft": "no", "seen": seen(office, head)}
    assert "as one day, such as" in words(office.post(head, {**typed, "dated": "xx June 2023"}).content)
    assert office.post(head, {**typed, "dated": "23 June 2023"}).status_code == 302
    letter = words(office.get(address(example, "letter")).content)
    assert "Date 23 June 2023" in letter
    assert "DRAFT" not in letter
    stale = office.post(head, {**typed, "dated": "23 June 2023", "signatory": "Cllr Bob Deputy"})
    assert stale.status_code == 409
    assert re.search(r"Who signs it Cllr Ann Leader Cllr Bob Deputy", words(stale.content))


def test_two_who_fill_the_head_at_once_undo_nothing_of_each_other(example: Example, office: Client) -> None:
    head = address(example, "letter-head")
    opened = fields_of(office.get(head).content)
    first = {**opened, "signatory": "Cllr Ann Leader", "is_draft": "no", "attachments": "The annual report"}
    assert office.post(head, first).status_code == 302
    assert office.post(head, {**opened, "telephone": "0121 496 0000"}).status_code == 302, "another field"
    kept = fields_of(office.get(head).content)
    assert (kept["signatory"], kept["telephone"]) == ("Cllr Ann Leader", "0121 496 0000")
    assert (kept["attachments"], kept["is_draft"]) == ("The annual report", "no")
    same = office.post(head, {**opened, "signatory": "Cllr Bob Deputy"})
    assert same.status_code == 409
    assert "Who signs it Cllr Ann Leader Cllr Bob Deputy" in words(same.content)
    assert "Telephone 0121" not in words(same.content), "nobody typed another one"
    assert office.post(head, fields_of(same.content)).status_code == 302
    assert fields_of(office.get(head).content)["signatory"] == "Cllr Bob Deputy"
    assert fields_of(office.get(head).content)["telephone"] == "0121 496 0000"


def test_whoever_types_for_a_letter_that_is_none_any_more_is_told_so(
    example: Example, office: Client
) -> None:
    sentence = added(office, example)
    mark = seen(office, sentence)
    number = int(address(example, "letter").split("/")[-3])
    abandon_draft(
        actor=Actor(council=example.council, role=Role.PMO, name="test"), plan=example.slug, number=number,
        reason="Another letter takes its place", on=date(2023, 1, 10),
    )  # fmt: skip
    typed = {"do": "word", "text": "Too late.", "rests": "", "seen": mark}
    for refused in (office.post(sentence, typed), office.get(address(example, "letter-head"))):
        assert refused.status_code == 403
        assert "This letter is no draft any more" in words(refused.content)
        assert "Ask the programme office" not in words(refused.content)


def test_a_null_character_in_what_is_typed_is_left_out(example: Example, office: Client) -> None:
    sentence = added(office, example, text="Crime fell.")
    signed = office.post(
        sentence,
        {"do": "sign", "reason": "I was\x00 there", "told_by": "\x00", "seen": seen(office, sentence)},
    )
    assert signed.status_code == 302
    assert "I was there" in words(office.get(sentence).content)


def test_a_leader_answers_for_a_sentence_by_keyboard_and_without_scripts(browser: Browser, site: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site.address)
    page.goto(site.routes["letter-add"])
    page.get_by_label("Where in the letter").select_option(index=2)
    page.get_by_label("Words", exact=True).fill(NEWS)
    page.get_by_label("Find something on the record by its words").fill("training")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text("Found. Tick what the sentence rests on, then save").is_visible()
    assert page.get_by_label("Words", exact=True).input_value() == NEWS, "what was typed stays"
    page.get_by_role("button", name="Add this sentence").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text("The sentence is added.").is_visible()
    assert page.get_by_text("Unsupported", exact=True).is_visible()
    page.get_by_label("Why can it be said?").focus()
    page.keyboard.type("I was at the count")
    page.keyboard.press("Tab")
    page.keyboard.type("Cllr Ann Leader, Leader of the Council")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text("by Cllr Ann Leader, Leader of the Council (entered by").first.is_visible()
    assert page.get_by_text("Signed off", exact=True).is_visible()
    context.close()


def test_a_letter_of_a_report_that_is_none_is_not_found(example: Example, office: Client) -> None:
    path = address(example, "letter")
    assert office.get(path.replace("/letter/", "/letter/9999/")).status_code == 404
    assert office.get(re.sub(r"/report/\d+/", "/report/999/", path)).status_code == 404


@pytest.mark.slow
def test_a_longer_letter_costs_no_more_queries(council_db: TestDatabase) -> None:
    counted: dict[str, set[int]] = {}
    for size in (10, 100):
        council, slug = council_with(size)
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=council, role=Role.PMO)
        actor = Actor(council=council, role=Role.PMO, name="A counter", user=user.pk)
        asked = DraftAsked("letter", date(2022, 12, 31), None, None, RELEASE)
        draft_report(actor=actor, plan=slug, asked=asked, on=date(2022, 12, 31))
        client = Client()
        client.force_login(user)
        for page in ("", "1/", "milestones/", "add/", "head/"):
            path = f"/plans/{slug}/report/1/letter/{page}"
            assert client.get(path).status_code == 200
            with CaptureQueriesContext(connection) as again:
                client.get(path)
            counted.setdefault(page, set()).add(len(again))
    assert {page: counts for page, counts in counted.items() if len(counts) != 1} == {}
