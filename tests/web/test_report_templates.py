"""The council's own templates on pages: seen by readers, changed by the programme office, checked before they count."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import NamedTuple
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from plugins.database import TestDatabase
from support.letterheads import MOTTO, letterhead
from support.records import load_small_plan, new_council
from support.web_council import person

from goldenthread.record.models import Role, User
from goldenthread.record.report_templates import TemplateKind, template_versions
from goldenthread.reporting.definitions import definition_text

STAFF = definition_text("staff")
NEWS = re.sub(r"(?m)^title = .*$", 'title = "The thread: news to {cut_off}"', STAFF, count=1)
PARISHES = """
audience = "parish-councils"
title = "{plan} for our parishes"
for = "{meeting}"
covers = "half-year"
[bodies]
meeting = "the parish councils’ forum"
[blanks]
contact = ""
[[section]]
section = "resolutions"
title = "In short"
wording = "Ask {contact}."
resolutions = ["That it be noted."]
"""


class Example(NamedTuple):
    """A council with a small plan on the record."""

    council: UUID
    slug: str


@pytest.fixture
def example(council_db: TestDatabase) -> Example:
    """A plan of two themes: what templates do does not hang on how much a plan holds."""
    officer = new_council()
    return Example(officer.council, load_small_plan(officer).slug)


def client_of(council: UUID, role: Role = Role.PMO) -> Client:
    email = f"{role.value}@example.org"
    user = User.objects.filter(email=email).first() or person(council, role)
    client = Client()
    client.force_login(user)
    return client


def main(response: HttpResponse) -> str:
    inner = response.content.decode().partition("<main")[2].partition(">")[2].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())


def at(example: Example, route: str, **arguments: object) -> str:
    return reverse(route, kwargs={"slug": example.slug, **arguments})


def send(client: Client, example: Example, text: str, **more: object) -> HttpResponse:
    """The form of the bulletin for staff, sent to be adopted."""
    sent = {"text": text, "reason": "The editor asked for it", "seen": "0", "step": "adopt", **more}
    return client.post(at(example, "report-template-edit", audience="staff"), sent)


def versions(example: Example, audience: str = "staff") -> int:
    return len(template_versions(example.council, TemplateKind.DEFINITION, audience))


def test_a_definition_is_checked_compared_and_adopted(example: Example) -> None:
    officer, reader = client_of(example.council), client_of(example.council, Role.MEMBER)
    listed = main(reader.get(at(example, "report-templates")))
    assert re.search(r"Everybody who works for the council Comes with Golden Thread – –", listed)
    shown = reader.get(at(example, "report-template", audience="staff"))
    assert unescape(shown.content.decode().partition("<pre")[2].partition(">")[2].split("</pre>")[0]) == STAFF
    assert "Put an edited one in its place" not in main(shown)

    longer = f'{NEWS}\n[[section]]\nsection = "highlights"\ntitle = "Good news"\n'
    checked = main(send(officer, example, longer, step="check", reason=""))
    assert "What would change" in checked
    assert (
        "Title: was “Our improvement plan: news to {cut_off}”, now “The thread: news to {cut_off}”" in checked
    )
    assert "Good news highlights Added" in checked
    assert versions(example) == 0

    adopted = send(officer, example, longer)
    assert (adopted.status_code, adopted.url) == (302, at(example, "report-template", audience="staff"))
    assert send(officer, example, longer).status_code == 302  # pressed twice
    assert versions(example) == 1
    told = main(reader.get(adopted.url))
    assert re.search(
        r"The council’s own, version 1, since \d+ \w+ \d{4}, by .*?: The editor asked for it", told
    )
    page = main(reader.get(at(example, "report", audience="staff") + "?as-at=2022-09-30"))
    assert "The thread: news to 30 September 2022" in page
    assert "By the council’s own definition" in page
    revised = at(example, "report-template-file", audience="staff", number=1)
    assert reader.get(revised).content.decode() == longer
    assert (
        reader.get(at(example, "report-template-file", audience="staff", number=0)).content.decode() == STAFF
    )

    again = at(example, "report-template-again", audience="staff", number=0)
    assert officer.post(again, {"reason": "Enough", "seen": "1"}).status_code == 302
    assert "This is what comes with Golden Thread" in main(reader.get(adopted.url))
    old = main(reader.get(adopted.url, {"version": "1"}))
    assert "Version 1, which does not count now" in old
    assert officer.post(
        at(example, "report-template-again", audience="staff", number=1), {"reason": "It was better", "seen": "2"}
    ).status_code == 302  # fmt: skip
    assert "version 3, since" in main(reader.get(adopted.url))


def test_what_is_wrong_is_said_at_the_field_with_its_line(example: Example) -> None:
    officer = client_of(example.council)
    renamed = STAFF.replace('title = "Running late"', 'title = "Nothing to see"')
    line = next(n for n, words in enumerate(renamed.splitlines(), 1) if "Nothing to see" in words)
    wrong = send(officer, example, renamed)
    assert wrong.status_code == 400
    said = main(wrong)
    assert (
        f"The text, line {line}: the section “Nothing to see” stands where “Running late” is mandatory"
        in said
    )
    assert 'id="text-error"' in wrong.content.decode()
    uploaded = SimpleUploadedFile("our-staff.toml", b"\xef\xbb\xbf" + renamed.encode())
    assert f"our-staff.toml, line {line}: " in main(send(officer, example, "", document=uploaded))
    for name, content, told in (
        ("ours.docx", letterhead("docx"), "ours.docx is no plain text"),
        ("big.toml", b"#" * (30 * 1024 * 1024), "must be smaller than 10 MB"),
        ("empty.toml", b" ", "The document is empty"),
    ):
        refused = send(officer, example, "", document=SimpleUploadedFile(name, content))
        assert refused.status_code == 400
        assert told in main(refused), name
    assert 'Here it must say audience = "staff"' in main(send(officer, example, definition_text("members")))
    grouped = NEWS.replace("[[section]]", '[[group]]\ntitle = "One"\nthemes = [1]\n[[section]]', 1)
    assert "The groups of staff leave out theme 2" in main(send(officer, example, grouped))
    assert "Say why" in main(send(officer, example, NEWS, reason=" "))
    assert versions(example) == 0


def test_another_officer_meanwhile_is_told_and_nothing_is_lost(example: Example) -> None:
    officer = client_of(example.council)
    assert send(officer, example, NEWS).status_code == 302
    late = send(officer, example, NEWS.replace("The thread", "My thread"))
    assert "Somebody adopted version 1 since this page was opened" in main(late)
    assert "was “The thread: news to {cut_off}”, now “My thread: news to {cut_off}”" in main(late)
    assert 'name="seen" value="1"' in late.content.decode()
    assert versions(example) == 1


def test_a_report_of_the_councils_own_is_listed_read_filled_and_stopped(example: Example) -> None:
    officer, reader = client_of(example.council), client_of(example.council, Role.REVIEWER)
    new = at(example, "report-template-new")
    reserved = PARISHES.replace("parish-councils", "letterhead")
    for text, told in (
        (NEWS, "There is a report for “staff” already"),
        (reserved, "cannot be called “letterhead”"),
    ):
        refused = officer.post(new, {"text": text, "reason": "x", "seen": "0", "step": "adopt"})
        assert told in main(refused)
    sent = {"text": PARISHES, "reason": "They asked", "seen": "0", "step": "adopt"}
    assert officer.post(new, sent).status_code == 302
    listed = reader.get(at(example, "reports"))
    assert "The parish councils’ forum" in main(listed)
    address = at(example, "report", audience="parish-councils") + "?as-at=2022-09-30"
    assert at(example, "report", audience="parish-councils") in listed.content.decode()
    page = reader.get(address)
    assert "In short: contact" in main(page)
    assert 'name="fill-contact"' in page.content.decode()
    assert 'name="fill-meeting_date"' not in page.content.decode()
    filled = reader.get(f"{address}&fill-contact=Ann+%3Cb%3E+Lee&fill-hash=forged")
    assert "Ask Ann <b> Lee." in main(filled)
    assert "In short: contact" not in main(filled)
    assert "forged" not in main(filled)
    file = re.search(r'href="([^"]+report\.html[^"]*)"', filled.content.decode())
    assert file
    assert "Ask Ann &lt;b&gt; Lee." in reader.get(unescape(file[1])).content.decode()

    stop = at(example, "report-template-again", audience="parish-councils", number=0)
    assert "Stop this report" in main(officer.get(stop))
    assert officer.post(stop, {"reason": "They have no more meetings", "seen": "1"}).status_code == 302
    assert "parish" not in main(reader.get(at(example, "reports")))
    assert reader.get(address).status_code == 404
    assert "The council stopped this report" in main(
        reader.get(at(example, "report-template", audience="parish-councils"))
    )


def test_an_address_with_known_at_keeps_the_definition_of_then(example: Example) -> None:
    officer = client_of(example.council)
    address = at(example, "report", audience="staff")
    known = re.search(r"change (\d+)", main(officer.get(address)))
    assert known
    then = {"as-at": "2022-09-30", "known-at": known[1]}
    before = officer.get(address, then)
    send(officer, example, NEWS)
    assert main(officer.get(address, {"as-at": "2022-09-30"})) != main(before)
    assert main(officer.get(address, then)) == main(before)


def test_files_stand_on_the_councils_letterhead(example: Example) -> None:
    officer, reader = client_of(example.council), client_of(example.council, Role.LEAD)
    replace = at(example, "report-letterhead-replace", kind="docx")

    def upload(name: str, content: bytes, seen: str = "0") -> HttpResponse:
        file = SimpleUploadedFile(name, content)
        return officer.post(replace, {"document": file, "reason": "New logo", "seen": seen})

    for name, content, told in (
        ("ours.docx", b"Dear all", "ours.docx is no Word document (.docx)"),
        ("ours.odt", letterhead("odt"), "ours.odt is"),
        ("ours.docx", b"PK" + b"\x00" * (30 * 1024 * 1024), "must be smaller than 10 MB"),
    ):
        refused = upload(name, content)
        assert refused.status_code == 400
        assert told in main(refused)
    assert "Choose a document" in main(officer.post(replace, {"reason": "New logo", "seen": "0"}))
    content = letterhead("docx")
    assert upload("ours.docx", content).status_code == 302
    shown = at(example, "report-letterhead", kind="docx")
    assert "The council’s own, version 1" in main(reader.get(shown))
    given = reader.get(at(example, "report-letterhead-file", kind="docx", number=1, what="given"))
    assert given.content == content
    sample = reader.get(at(example, "report-letterhead-file", kind="docx", number=1, what="sample"))
    file = at(example, "report-file", audience="members", ending="docx") + "?as-at=2022-09-30"
    report = reader.get(file)
    for each in (sample, report):
        with ZipFile(BytesIO(each.content)) as archive:
            assert any(
                MOTTO in archive.read(name).decode() for name in archive.namelist() if "header" in name
            )
    assert "Word, on the council’s letterhead" in main(reader.get(file.replace("report.docx", "")))
    again = at(example, "report-letterhead-again", kind="docx", number=0)
    assert officer.post(again, {"reason": "The old one", "seen": "1"}).status_code == 302
    with ZipFile(BytesIO(reader.get(file).content)) as archive:
        assert not any(
            MOTTO in archive.read(name).decode() for name in archive.namelist() if "header" in name
        )


def test_readers_see_templates_and_only_the_programme_office_changes_them(example: Example) -> None:
    forms = (
        at(example, "report-template-edit", audience="staff"),
        at(example, "report-template-new"),
        at(example, "report-template-again", audience="staff", number=0),
        at(example, "report-letterhead-replace", kind="odt"),
        at(example, "report-letterhead-again", kind="odt", number=0),
    )
    for role in (Role.LEAD, Role.MEMBER, Role.ASSURER, Role.ADMINISTRATOR):
        client = client_of(example.council, role)
        for form in forms:
            assert client.get(form).status_code == 403, (role, form)
            sent = {"text": NEWS, "reason": "x", "seen": "0", "step": "adopt"}
            assert client.post(form, sent).status_code == 403, (role, form)
    assert versions(example) == 0
    assert Client().get(at(example, "report-templates")).status_code == 302
    reader = client_of(example.council, Role.MEMBER)
    for missing in (
        at(example, "report-template", audience="nobody"),
        at(example, "report-letterhead", kind="pdf"),
        at(example, "report-letterhead-file", kind="docx", number=7, what="given"),
        at(example, "report-template", audience="staff") + "?version=9",
        at(example, "report-template", audience="staff") + "?version=x",
    ):
        assert reader.get(missing).status_code == 404, missing
