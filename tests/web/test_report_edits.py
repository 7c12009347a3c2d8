"""The pages of edited reports: sending a file, what differs in words and marks, taking words, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Browser, Route
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury
from support.web_council import person

from goldenthread.record.actor import Actor
from goldenthread.record.issued import composed, held_report
from goldenthread.record.models import Role
from goldenthread.record.services.report_drafts import DraftAsked, draft_report, write_draft
from goldenthread.reporting.report_files import ReportFormat, report_file
from goldenthread.web.release import RELEASE

LEGAL = "the council’s duties and powers in this matter (Monitoring Officer)"
TODAY = date(2022, 11, 3)
SAID = (
    b'><w:comment w:id="0" w:author="Cllr Jones" w:date="2022-11-02T10:00:00Z">'
    b"<w:p><w:r><w:t>Is this right?</w:t></w:r></w:p></w:comment></w:comments>"
)
TRACKED = 'be noted.</w:t></w:r><w:ins w:id="9" w:author="Ann Other"><w:r><w:t> Twice.</w:t></w:r></w:ins>'
AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()


class Drafted(NamedTuple):
    """A draft of the report to Cabinet, its Word file, and the programme office at its screen."""

    officer: Actor
    number: int
    word: bytes
    client: Client

    def page(self) -> str:
        return reverse("report-edits", args=[PLAN, self.number])

    def send(self, content: bytes, name: str = "cabinet.docx", editor: str = "Cllr <Jones>"):  # type: ignore[no-untyped-def]
        return self.client.post(
            self.page(), {"document": SimpleUploadedFile(name, content), "editor": editor}
        )

    def typed(self, **instead: str) -> bytes:
        """The Word file with other words in place of those."""
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.word)) as old, zipfile.ZipFile(written, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                if entry.filename == "word/document.xml":
                    text = content.decode()
                    for before, after in instead.items():
                        assert before in text, before
                        text = text.replace(before, after)
                    content = text.encode()
                if entry.filename == "word/comments.xml":
                    content = re.sub(
                        rb"(<w:comments[^>]*?)(?:/>|>.*</w:comments>)",
                        rb"\1" + SAID,
                        content,
                        flags=re.DOTALL,
                    )
                new.writestr(entry.filename, content)
        return written.getvalue()


@pytest.fixture
def drafted(council_db: TestDatabase) -> Drafted:
    officer = RecordedNorthbury().officer
    asked = DraftAsked(audience="cabinet", cut_off=CUT_OFF, meeting=None, compare=None, release=RELEASE)
    number = draft_report(actor=officer, plan=PLAN, asked=asked, on=TODAY)
    word = report_file(composed(held_report(officer.council, PLAN, number), RELEASE), ReportFormat.DOCX)
    client = Client()
    client.force_login(person(officer.council, Role.PMO))
    return Drafted(officer, number, word, client)


def main(content: bytes) -> str:
    """The words of a page, as they are read aloud."""
    inner = content.decode().split("<main", 1)[1].partition(">")[2].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())


def sound(content: bytes) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(content)
    assert not parser.errors, parser.errors[:3]
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_file_is_sent_and_what_differs_is_shown_in_words_and_marks(drafted: Drafted) -> None:
    assert "No file has come back yet" in main(drafted.client.get(drafted.page()).content)
    edited = drafted.typed(**{
        f"[{LEGAL}]": "A duty of &lt;best&gt; value.", "be received.": "be noted.", "plan holds 9": "plan holds 8",
    })  # fmt: skip
    sent = drafted.send(edited)
    assert sent.status_code == 302
    shown = drafted.client.get(sent.url)
    sound(shown.content)
    text, html = main(shown.content), shown.content.decode()
    assert "What Cllr <Jones> changed" in text
    assert re.search(r"The file says.* 9 8 The items that it counts", text)
    assert "In place" not in text
    assert "[taken out: received ] [added: noted ]" in text
    assert re.search(r"<del>.{0,80}received.{0,60}</del> <ins>.{0,80}noted", html)
    assert "“A duty of <best> value.”" in text
    assert "<best>" not in html
    assert re.search(r"\d+ paragraphs(?: and \d+ rows of tables)? unchanged", text)
    assert "That is the report as it is now." in text
    listed = main(drafted.client.get(drafted.page()).content)
    assert "1 file that came back" in listed
    assert "cabinet.docx Cllr <Jones> Version 1" in listed
    assert held_report(drafted.officer.council, PLAN, drafted.number).written == {}
    file = drafted.client.get(f"{sent.url}file/")
    assert file.content == edited
    assert "attachment" in file["Content-Disposition"]
    assert drafted.send(edited, name="again.docx").url == sent.url


def test_words_are_taken_into_the_draft_by_their_tick(drafted: Drafted) -> None:
    address = drafted.send(drafted.typed(**{f"[{LEGAL}]": "A duty of best value."})).url
    none = drafted.client.post(address, {"seen": "1"})
    assert none.status_code == 400
    sound(none.content)
    assert "Choose at least one place" in main(none.content)
    assert drafted.client.post(address, {"seen": "1", "take": "0"}).status_code == 302
    council = drafted.officer.council
    assert held_report(council, PLAN, drafted.number).written == {LEGAL: "A duty of best value."}
    after = main(drafted.client.get(address).content)
    assert "The words are in the draft now" in after
    assert "The report is version 2 now." in after
    write_draft(
        actor=drafted.officer, plan=PLAN, number=drafted.number, seen=2, on=TODAY,
        fill={}, written={LEGAL: "Other words."},
    )  # fmt: skip
    stale = drafted.client.post(address, {"seen": "1", "take": "0"})
    assert stale.status_code == 400
    assert "The draft was changed since you opened this page" in main(stale.content)
    assert held_report(council, PLAN, drafted.number).written == {LEGAL: "Other words."}


def test_a_cell_leads_to_its_action_and_comments_and_tracked_changes_are_shown(drafted: Drafted) -> None:
    edited = drafted.typed(**{"Train members (": "Train everybody (", "be received.</w:t></w:r>": TRACKED})
    shown = drafted.client.get(drafted.send(edited).url)
    sound(shown.content)
    href = reverse("action", args=[PLAN, "A3"])
    assert f'href="{href}"' in shown.content.decode()
    text = main(shown.content)
    assert "column “Promise and lead”" in text
    assert "1 comment in the margin Is this right? Cllr Jones, 2 November 2022" in text
    assert re.search(r"taken as accepted: Ann Other left \d insertions? and no deletions?\.", text)
    assert re.search(r"\[added: [^]]*Twice\. \]", text)


def test_wrong_files_and_a_missing_name_are_said_at_their_fields(drafted: Drafted) -> None:
    wrong = (
        (b"%PDF-1.7", "me", "is not a Word document (docx) or OpenDocument text (odt)"),
        (b"", "me", "The file is empty"),
        (drafted.word, " ", "Enter who edited the file"),
        (b"PK\x03\x04" + b"x" * (11 * 2**20), "me", "The file must be smaller than 10 MB"),
    )
    for content, editor, said in wrong:
        sent = drafted.send(content, editor=editor)
        assert sent.status_code == 400, said
        sound(sent.content)
        assert said in main(sent.content)
    assert "No file has come back yet" in main(drafted.client.get(drafted.page()).content)


def test_only_the_programme_office_and_only_what_there_is(drafted: Drafted) -> None:
    address = drafted.send(drafted.word).url
    assert "The file says word for word what the report says." in main(drafted.client.get(address).content)
    stranger = Client()
    stranger.force_login(person(drafted.officer.council, Role.LEADERSHIP))
    for path in (drafted.page(), address, f"{address}file/"):
        assert stranger.get(path).status_code == 403
    other = reverse("report-edited", args=[PLAN, drafted.number, "00000000-0000-0000-0000-000000000000"])
    for path in (other, f"{other}file/", reverse("report-edits", args=[PLAN, 99])):
        assert drafted.client.get(path).status_code == 404
    looks = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            drafted.client.get(address)
        looks.append(len(asked))
    assert looks[0] == looks[1]


def test_the_comparison_fits_a_phone_and_breaks_no_guideline(drafted: Drafted, browser: Browser) -> None:
    edited = drafted.typed(**{
        f"[{LEGAL}]": "A duty of best value.", "be received.": "be noted.", "plan holds 9": "plan holds 8",
        "Train members (": "Train everybody (",
    })  # fmt: skip
    address = drafted.send(edited).url
    written = {path: drafted.client.get(path).content for path in (address, drafted.page())}
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()

    def served(route: Route) -> None:
        path = route.request.url.removeprefix("http://testserver").partition("?")[0]
        if path in written:
            route.fulfill(body=written[path], content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=file)
        else:
            route.abort()

    page.route("**/*", served)
    for path in written:
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(f"http://testserver{path}")
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document)")["violations"]
        assert not found, (path, [(each["id"], each["nodes"][0]["html"][:200]) for each in found])
    context.close()
