"""The page of reports: which there are, one as a page, the same as a file, and what is refused in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, PLAN, answer, staffed_council
from support.web_council import Example, council_with, person

from goldenthread.record.models import Role, User
from goldenthread.record.services.periods import close_period, open_period
from goldenthread.reporting.composing import Report, compose
from goldenthread.reporting.content import Paragraph
from goldenthread.reporting.definitions import audiences
from goldenthread.reporting.figures import Figure
from goldenthread.web import report_access
from goldenthread.web.presenting.reports import AUDIENCES

SEPTEMBER = "?as-at=2022-09-30"
SEEN_BY = [Role.REVIEWER, Role.MEMBER, Role.LEAD, Role.ASSURER]


def client_of(council: UUID, role: Role = Role.PMO) -> Client:
    email = f"{role.value}@example.org"
    user = User.objects.filter(email=email).first() or person(council, role)
    client = Client()
    client.force_login(user)
    return client


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def within(content: bytes, tag: str) -> str:
    """The HTML from the first of these tags on, up to the end of that element."""
    name = tag.split(" ", maxsplit=1)[0]
    return content.decode().split(f"<{tag}", 1)[1].partition(">")[2].split(f"</{name}>")[0]


def main(content: bytes) -> str:
    return words(within(content, "main"))


def address(slug: str, audience: str = "", query: str = "") -> str:
    path = reverse("report", args=[slug, audience]) if audience else reverse("reports", args=[slug])
    return f"{path}{query}"


def file_of(slug: str, ending: str, audience: str = "members", query: str = SEPTEMBER) -> str:
    return reverse("report-file", args=[slug, audience, ending]) + query


def test_every_audience_with_a_definition_is_listed_in_words(example: Example) -> None:
    assert {name for name, *_ in AUDIENCES} | {"reviewer"} == set(audiences())
    page = client_of(example.council, Role.MEMBER).get(address(example.slug))
    text = main(page.content)
    for who, often in (
        ("Leadership Team", "Every month"),
        ("Cabinet", "Every quarter"),
        ("Council and the Secretary of State", "Every half year"),
        ("Annual Governance Statement", "Every year"),
        ("Grant Thornton", "When they ask"),
    ):
        assert re.search(rf"{who} [^.]*?{often}", text), who
    assert f'href="{address(example.slug, "cabinet")}?as-at=' in page.content.decode()


def test_the_form_leads_to_the_report_as_at_the_cut_off(example: Example) -> None:
    asked = {"audience": "members", "cut-off": "30 September 2022", "meeting": "", "compare": "30 6 2022"}
    client = client_of(example.council)
    sent = client.get(address(example.slug), asked)
    assert sent.status_code == 302
    assert sent.url == address(example.slug, "members", "?as-at=2022-09-30&compare=2022-06-30")
    text = main(client.get(sent.url).content)
    assert "where we are, 30 September 2022" in text
    assert "It compares with how the plan stood at the end of 30 June 2022." in text
    by_itself = main(client.get(address(example.slug, "members", SEPTEMBER)).content)
    assert "It compares with how the plan stood at the end of 31 August 2022." in by_itself


WRONG = (
    ({"audience": "nobody"}, "Choose who the report is for"),
    ({"cut-off": "soon"}, "Enter the cut-off as one day, such as 30 September 2022"),
    ({"cut-off": ""}, "Enter the cut-off as one day, such as 30 September 2022"),
    ({"cut-off": "6 June 2022"}, "The plan began on 7 June 2022, so the cut-off must be that day or later"),
    ({"meeting": "Autumn 2022"}, "Enter the day of the meeting as one day, such as 30 September 2022"),
    ({"meeting": "29 September 2022"}, "The meeting must not be before the cut-off"),
    ({"compare": "30 September 2022"}, "The day to compare with must be before the cut-off"),
)


def test_a_wrong_audience_or_day_is_said_in_words(example: Example) -> None:
    client = client_of(example.council)
    for asked, said in WRONG:
        typed = {"audience": "cabinet", "cut-off": "30 September 2022", **asked}
        sent = client.get(address(example.slug), typed)
        assert sent.status_code == 400, asked
        assert said in main(sent.content).partition("Every report is written")[0], asked


def test_wrong_addresses_are_refused_in_words(example: Example) -> None:
    client = client_of(example.council)
    assert client.get(address(example.slug, "nobody")).status_code == 404
    assert client.get(file_of(example.slug, "exe")).status_code == 404
    for wrong in (address(example.slug, "cabinet"), file_of(example.slug, "docx", query="")):
        sent = client.get(wrong, {"as-at": "2022-09-30", "compare": "2022-10-01"})
        assert sent.status_code == 400
        assert "The day to compare with must be before the cut-off" in main(sent.content)
    assert "had not begun" in main(client.get(address(example.slug, "cabinet", "?as-at=2022-06-01")).content)


@pytest.mark.parametrize("audience", ["leadership", "reviewer-grant-thornton"])
def test_the_page_says_word_for_word_what_the_file_says(example: Example, audience: str) -> None:
    client = client_of(example.council, Role.REVIEWER)
    page = client.get(address(example.slug, audience, SEPTEMBER))
    file = client.get(file_of(example.slug, "html", audience))
    shown = words(within(page.content, 'section class="gt-report"')).replace(" ", "")
    written = words(within(file.content, "main")).replace(" ", "")
    assert len(shown) > 3000
    assert written.endswith(shown)


def test_the_stamp_and_what_is_still_to_be_written(example: Example) -> None:
    client = client_of(example.council)
    text = main(client.get(address(example.slug, "cabinet", SEPTEMBER)).content)
    known = r"Known at change \d+ , \d+ \w+ \d{4} Record [0-9a-f]{64} Release Golden Thread \S+"
    assert re.search(f"As at the end of 30 September 2022 {known}", text)
    assert "Legal and governance: the council’s duties and powers in this matter (Monitoring Officer)" in text
    assert "date of the meeting of Cabinet" in text
    dated = main(client.get(address(example.slug, "cabinet", f"{SEPTEMBER}&meeting=2022-10-12")).content)
    assert "date of the meeting of Cabinet" not in dated
    assert "It goes to the meeting of Cabinet on 12 October 2022." in dated


def test_the_files_are_the_report_of_the_same_state(example: Example) -> None:
    client = client_of(example.council)
    page = client.get(address(example.slug, "members", f"{SEPTEMBER}&compare=2022-07-31")).content.decode()
    for ending in ("docx", "odt", "pdf", "html", "xlsx", "ods", "zip"):
        href = file_of(example.slug, ending, query=f"{SEPTEMBER}&compare=2022-07-31")
        assert f'href="{href.replace("&", "&amp;")}"' in page, ending
    word = client.get(file_of(example.slug, "docx", query=f"{SEPTEMBER}&compare=2022-07-31"))
    assert word["Content-Disposition"].endswith('-members-2022-09-30.docx"')
    with ZipFile(BytesIO(word.content)) as archive:
        assert "31 July 2022" in archive.read("word/document.xml").decode()
    assert client.get(file_of(example.slug, "pdf")).content.startswith(b"%PDF-")


def test_readers_of_the_plan_see_reports_and_nobody_else(example: Example) -> None:
    for role in SEEN_BY:
        assert client_of(example.council, role).get(address(example.slug, "ags")).status_code == 200, role
    for path in (address(example.slug), address(example.slug, "cabinet"), file_of(example.slug, "csv")):
        assert client_of(example.council, Role.PUBLIC).get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_a_closed_month_is_the_usual_cut_off_and_is_told_as_it_was_known(council_db: TestDatabase) -> None:
    officer = staffed_council()
    period = open_period(actor=officer, plan=PLAN, day=CUT_OFF)
    closed = close_period(actor=officer, period=period.id, today=date(2022, 7, 8)).closed_revision
    answer(officer, "a-1", on=date(2022, 7, 5))
    client = client_of(officer.council, Role.MEMBER)
    listed = client.get(address(PLAN)).content.decode()
    assert 'value="30 June 2022"' in listed
    assert f'href="{address(PLAN, "cabinet")}?as-at=2022-06-30"' in listed
    text = main(client.get(address(PLAN, "cabinet", "?as-at=2022-06-30")).content)
    assert f"Known at change {closed} ," in text
    assert 'value="15 July 2022"' in client.get(address(PLAN, query="?as-at=2022-07-15")).content.decode()


def test_a_figure_that_differs_stops_the_page_and_the_file(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forged(*args: object, **named: object) -> Report:
        made = compose(*args, **named)  # type: ignore[arg-type]
        wrong = Paragraph((Figure("actions.all", 7777), " actions"))
        first, *others = made.sections
        return replace(made, sections=(replace(first, blocks=(*first.blocks, wrong)), *others))

    monkeypatch.setattr(report_access, "compose", forged)
    client = client_of(example.council)
    for path in (address(example.slug, "members", SEPTEMBER), file_of(example.slug, "docx")):
        sent = client.get(path)
        assert sent.status_code == 409
        assert "a figure is not the same everywhere" in main(sent.content).lower()
        assert "7,777 in “In short” of members" in main(sent.content)
        assert "Content-Disposition" not in sent
        assert "Download" not in main(sent.content)


def test_a_second_look_asks_the_record_no_more_for_a_longer_plan(council_db: TestDatabase) -> None:
    counted = {}
    for size in (10, 100):
        council, slug = council_with(size)
        user = User.objects.create_user(f"reader{size}@example.org", name="A reader")
        user.memberships.create(council_id=council, role=Role.MEMBER)
        client = Client()
        client.force_login(user)
        client.get(address(slug))
        looks = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                client.get(address(slug, "members", SEPTEMBER))
            looks.append(len(asked))
        counted[size] = looks
    assert counted[10] == counted[100]
    assert counted[10][1] < counted[10][0]
