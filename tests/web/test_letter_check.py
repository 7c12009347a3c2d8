"""The page of the claim check: a letter is sent, each sentence comes back with its verdict, and nothing is kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from plugins.browsing import followed
from plugins.database import TestDatabase
from support.evidence import Checking
from support.web_council import Example, person

from goldenthread.documents import SourceFormat, document_from_bytes
from goldenthread.documents.writing import office_bytes
from goldenthread.plan.status import Status
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role, User

from .test_browser import violations

LETTER = """Dear Secretary of State,

Our new Chief Executive took up post in February 2023.
We are still implementing Oracle Fusion.
Response times have improved considerably.
The council has opened a new swimming pool.

We thank our staff.
"""
PERIOD = {"from": "1 December 2022", "to": "30 June 2023"}


def client_of(council: object, role: Role = Role.PMO) -> Client:
    user = User.objects.filter(email=f"{role.value}@example.org").first() or person(council, role)
    client = Client()
    client.force_login(user)
    return client


def words(html: bytes) -> str:
    main = html.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_pasted_words_come_back_with_verdicts_and_links_and_nothing_is_kept(example: Example) -> None:
    client, head = client_of(example.council, Role.MEMBER), head_number(example.council)
    page = reverse("letter-check", args=[example.slug])
    sent = client.post(page, {"words": LETTER, **PERIOD})
    assert sent.status_code == 200
    text = words(sent.content)
    assert re.search(
        r"3 Our new Chief Executive took up post in February 2023\. Supported .{0,200}early", text
    )
    assert re.search(
        r"4 We are still implementing Oracle Fusion\. Contradicted .{0,200}was due April 2023", text
    )
    assert re.search(r"5 Response times have improved considerably\. No figures", text)
    assert re.search(r"6 The council has opened a new swimming pool\. Unsupported", text)
    assert "2 sentences without a claim" in text
    assert "Fell due and not mentioned" in text
    assert "All Directorate-level restructuring completed" in text
    assert f"/plans/{example.slug}/milestones/M" in sent.content.decode()
    assert head_number(example.council) == head, "nothing was written"
    assert "swimming pool" not in words(client.get(page).content)


def test_a_word_file_is_read(example: Example) -> None:
    document = document_from_bytes(LETTER.replace("\n", "\n\n").encode(), "letter.md")
    file = SimpleUploadedFile("letter.docx", office_bytes(document.tree, SourceFormat.DOCX))
    sent = client_of(example.council).post(
        reverse("letter-check", args=[example.slug]), {"document": file, **PERIOD}
    )
    assert "We are still implementing Oracle Fusion. Contradicted" in words(sent.content)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": "", **PERIOD}, "Choose a letter, or paste its words"),
        ({"words": LETTER, "from": "1 December 2022", "to": "soon"}, "as one day, such as 30 September 2022"),
        ({"words": LETTER, "from": "30 June 2023", "to": "1 December 2022"}, "must not be before the first"),
        ({"words": LETTER, "from": "1 January 2020", "to": "1 June 2020"}, "7 June 2022"),
        ({"words": "a" * 200_001, **PERIOD}, "200,000 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(example: Example, typed: dict[str, str], said: str) -> None:
    sent = client_of(example.council).post(reverse("letter-check", args=[example.slug]), typed)
    text = words(sent.content)
    assert "There is a problem" in text
    assert said in text


def test_the_period_ends_on_the_day_that_is_looked_at(example: Example) -> None:
    page = client_of(example.council).get(
        reverse("letter-check", args=[example.slug]), {"as-at": "2023-06-30"}
    )
    assert 'value="30 June 2023"' in page.content.decode()
    assert 'value="31 December 2022"' in page.content.decode()


def test_reports_and_evidence_count(council_db: TestDatabase) -> None:
    council = Checking()
    client = client_of(council.officer.council)
    page = reverse("letter-check", args=["improvement-plan"])
    letter = {
        "words": "We have now reviewed the constitution.",
        "from": "1 June 2022",
        "to": "31 October 2022",
    }
    council.check(council.add())
    sent = words(client.post(page, letter).content)
    assert re.search(r"reviewed the constitution\. Supported A1", sent)
    assert "the plan has it as complete" in sent
    assert "evidence filed" in sent
    council.report(Status.IN_PROGRESS, date(2022, 10, 20))
    sent = words(client.post(page, letter).content)
    assert re.search(r"reviewed the constitution\. Contradicted A1", sent)
    assert "the record has it as in progress" in sent
    earlier = words(client.post(page, {**letter, "to": "15 October 2022"}).content)
    assert "Supported A1" in earlier, "as the plan stood on that day"


@pytest.mark.slow
def test_the_verdicts_are_accessible_and_fit_a_phone(page: Page, site: Any) -> None:
    page.goto(site.page("letter-check/"))
    page.get_by_label("Or paste its words").fill(LETTER)
    page.get_by_label("The first day that it reports on").fill(PERIOD["from"])
    page.get_by_label("The last day that it reports on").fill(PERIOD["to"])
    with followed(page):
        page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="Check another")).to_be_visible()
    assert (
        page.get_by_role("row")
        .filter(has_text="still implementing Oracle Fusion")
        .inner_text()
        .count("Contradicted")
    )
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
