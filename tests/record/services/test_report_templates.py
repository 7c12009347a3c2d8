"""The council's own definitions and letterheads: adopted in versions, never edited, refused with the place."""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections
from plugins.database import TestDatabase
from support.letterheads import MOTTO, letterhead, repacked
from support.records import new_council

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.files.storage import content_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import ReportTemplate, Role, StoredFile
from goldenthread.record.report_templates import TemplateKind, template_versions, templates_of
from goldenthread.record.scope import council_scope
from goldenthread.record.services.report_templates import (
    OfferedLetterhead,
    adopt_definition,
    adopt_letterhead,
    use_again,
)
from goldenthread.reporting.definitions import DefinitionError, definition_text
from goldenthread.reporting.letterheads import letterhead_sample
from goldenthread.reporting.report_files import ReportFormat

JUNE = date(2022, 6, 7)
STAFF = definition_text("staff")
PARISHES = """
audience = "parish-councils"
title = "{plan} for our parishes"
for = "parish and town councils"
covers = "half-year"
[[section]]
section = "summary"
title = "In short"
"""


def called(title: str) -> str:
    """The bulletin for staff under another title."""
    return re.sub(r"(?m)^title = .*$", f'title = "{title}"', STAFF, count=1)


def adopt(officer: Actor, text: str, seen: int = 0, reason: str = "Agreed") -> int:
    return adopt_definition(actor=officer, text=text, reason=reason, seen=seen, on=JUNE, file="our.toml")


def go_back(officer: Actor, audience: str, number: int, seen: int) -> int:
    return use_again(
        actor=officer,
        kind=TemplateKind.DEFINITION,
        audience=audience,
        number=number,
        reason="Agreed",
        seen=seen,
        on=JUNE,
    )


def send(officer: Actor, content: bytes, kind: TemplateKind, seen: int = 0, name: str = "ours") -> int:
    offered = OfferedLetterhead(f"{name}.{kind}", content)
    return adopt_letterhead(actor=officer, kind=kind, offered=offered, reason="New logo", seen=seen, on=JUNE)


def test_every_version_stays_and_any_may_be_adopted_again(council_db: TestDatabase) -> None:
    officer = new_council()
    assert templates_of(officer.council).definition_text("staff") == STAFF
    assert adopt(officer, called("First")) == 1
    assert adopt(officer, called("Second"), seen=1) == 2
    assert templates_of(officer.council).definition("staff").title == "Second"
    assert go_back(officer, "staff", 1, seen=2) == 3
    assert templates_of(officer.council).definition("staff").title == "First"
    assert go_back(officer, "staff", 0, seen=3) == 4
    assert templates_of(officer.council).definition_text("staff") == STAFF
    versions = template_versions(officer.council, TemplateKind.DEFINITION, "staff")
    assert [(each.number, each.text) for each in versions] == [
        (4, ""), (3, called("First")), (2, called("Second")), (1, called("First")),
    ]  # fmt: skip
    assert all(
        (each.reason, each.adopted_on, each.adopted_by) == ("Agreed", JUNE, officer.capacity)
        for each in versions
    )
    with pytest.raises(NotFound, match="no version 9"):
        go_back(officer, "staff", 9, seen=4)
    assert verify(officer.council).ok


def test_what_counted_at_an_earlier_change_is_told_for_ever(council_db: TestDatabase) -> None:
    officer = new_council()
    before = head_number(officer.council)
    adopt(officer, called("First"))
    between = head_number(officer.council)
    send(officer, letterhead("docx"), TemplateKind.DOCX)
    adopt(officer, called("Second"), seen=1)
    titles = [
        templates_of(officer.council, known_at=at).definition("staff").title for at in (before, between)
    ]
    assert titles == ["Our improvement plan: news to {cut_off}", "First"]
    assert not templates_of(officer.council, known_at=between).letterheads
    assert templates_of(officer.council).definition("staff").title == "Second"


def test_an_audience_of_the_councils_own_comes_and_goes(council_db: TestDatabase) -> None:
    officer = new_council()
    adopt(officer, PARISHES)
    held = templates_of(officer.council)
    assert held.own_audiences == ("parish-councils",)
    assert held.definition("parish-councils").for_ == "parish and town councils"
    with pytest.raises(DefinitionError, match=r"for mayor: there are ags, .*, parish-councils\."):
        held.definition("mayor")
    go_back(officer, "parish-councils", 0, seen=1)
    gone = templates_of(officer.council)
    assert gone.own_audiences == ()
    with pytest.raises(DefinitionError, match="No report is defined for parish-councils"):
        gone.definition("parish-councils")
    another = new_council("Another Borough")
    assert templates_of(another.council).own_audiences == ()


BASED_ON_PACK = 'audience = "ofsted"\nbased-on = "reviewer"'
UNUSABLE = (
    ("", r"our\.toml, line 1: “audience” is missing"),
    (
        STAFF.replace('title = "Running late"', 'title = "Fine"'),
        r"our\.toml, line \d+: .*“Running late” is mandatory",
    ),
    (PARISHES.replace("parish-councils", "new"), "cannot be called “new”"),
    (PARISHES.replace("parish-councils", "reviewer-ofsted"), "cannot be called “reviewer-ofsted”"),
    (PARISHES.replace("parish-councils", "p" * 61), "Choose a short name"),
    (
        definition_text("reviewer").replace('audience = "reviewer"', BASED_ON_PACK),
        "only “reviewer” itself keeps each reviewer’s pack",
    ),
    ("#" * 200_001, "longer than 200,000 characters"),
)


def test_what_cannot_be_used_is_refused_and_nothing_is_kept(council_db: TestDatabase) -> None:
    officer = new_council()
    for text, said in UNUSABLE:
        with pytest.raises(InvalidEdit, match=said):
            adopt(officer, text)
    assert not templates_of(officer.council).newest


def test_a_reason_is_needed_and_what_counts_already_is_not_adopted_again(council_db: TestDatabase) -> None:
    officer = new_council()
    with pytest.raises(InvalidEdit, match="needs a reason"):
        adopt(officer, called("First"), reason=" ")
    with pytest.raises(InvalidEdit, match="counts already"):
        go_back(officer, "staff", 0, seen=0)
    adopt(officer, called("First"))
    with pytest.raises(InvalidEdit, match="counts already"):
        adopt(officer, called("First"), seen=1)
    assert len(template_versions(officer.council, TemplateKind.DEFINITION, "staff")) == 1


def test_lines_of_any_system_are_the_same_text(council_db: TestDatabase) -> None:
    officer = new_council()
    adopt(officer, called("First").replace("\n", "\r\n"))
    assert templates_of(officer.council).definition_text("staff") == called("First")


def test_two_officers_at_once_do_not_undo_each_other(council_db: TestDatabase) -> None:
    officer = new_council()
    other = Actor(council=officer.council, role=Role.PMO, name="another")
    adopt(officer, called("Mine"))
    with pytest.raises(InvalidEdit, match="Somebody adopted version 1 since this page was opened"):
        adopt(other, called("Theirs"), seen=0)
    assert templates_of(officer.council).definition("staff").title == "Mine"


def test_a_form_sent_many_times_at_once_is_one_version(council_db: TestDatabase) -> None:
    officer = new_council()

    def sent(_: int) -> int:
        try:
            return adopt(officer, called("First"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(sent, range(4))) == [1, 1, 1, 1]
    assert len(template_versions(officer.council, TemplateKind.DEFINITION, "staff")) == 1


def test_only_who_prepares_reports_changes_templates(council_db: TestDatabase) -> None:
    officer = new_council()
    for role in set(Role) - {Role.PMO}:
        somebody = Actor(council=officer.council, role=role, name="somebody")
        with pytest.raises(NotAllowed):
            adopt(somebody, called("First"))
        with pytest.raises(NotAllowed):
            send(somebody, b"", TemplateKind.DOCX)
        with pytest.raises(NotAllowed):
            go_back(somebody, "staff", 0, seen=0)


def test_a_letterhead_is_kept_as_it_was_given(council_db: TestDatabase) -> None:
    kind, officer = TemplateKind.ODT, new_council()
    first, second = letterhead(kind), letterhead(kind, "Another motto")
    assert send(officer, first, kind) == 1
    assert send(officer, first, kind) == 1  # sent twice
    assert send(officer, second, kind, seen=1) == 2
    held = templates_of(officer.council).letterheads
    assert set(held) == {kind.value}
    assert content_of(held[kind.value].sha256) == second == held[kind.value].content()
    again = use_again(actor=officer, kind=kind, audience="", number=1, reason="The old logo", seen=2, on=JUNE)
    assert again == 3
    assert templates_of(officer.council).letterheads[kind.value].content() == first
    use_again(actor=officer, kind=kind, audience="", number=0, reason="None", seen=3, on=JUNE)
    assert not templates_of(officer.council).letterheads
    with council_scope(officer.council):
        assert {file.kind for file in StoredFile.objects.all()} == {"template"}
        assert ReportTemplate.objects.count() == 4


def packed(names: dict[str, str]) -> bytes:
    """An archive of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, words in names.items():
            archive.writestr(name, words)
    return written.getvalue()


def written_on(content: bytes, format_: ReportFormat) -> bytes:
    """A page that the council downloaded, edited and sent as its letterhead."""
    return letterhead_sample(content, format_, "ours", "Northbury Council", JUNE)


WORD, OPEN = letterhead("docx"), letterhead("odt")
RELATION = (
    '<Relationship Id="rIdaway" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/></Relationships>'
)
PICTURE = (
    '<text:p><draw:image xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org/x.png"/></text:p></style:footer>'
)
FOOTER = '<w:footerReference w:type="{}"'
UNSOUND = {
    "no file of any kind": (TemplateKind.DOCX, b"hello", r"is no Word document \(\.docx\)"),
    "nothing": (TemplateKind.DOCX, b"", r"is no Word document"),
    "a web page": (TemplateKind.ODT, b"<html></html>", r"is no OpenDocument text \(\.odt\)"),
    "the old Word": (TemplateKind.DOCX, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is no Word document"),
    "the other kind": (TemplateKind.DOCX, OPEN, r"is no Word document \(\.docx\)"),
    "the other kind as well": (TemplateKind.ODT, WORD, "is no OpenDocument text"),
    "half of it": (TemplateKind.DOCX, WORD[: len(WORD) // 2], "ours.docx"),
    "any archive": (TemplateKind.DOCX, packed({"hello.txt": "hello"}), "ours.docx is"),
    "macros": (TemplateKind.DOCX, repacked(WORD, {}, {"word/vbaProject.bin": "x"}), "holds macros"),
    "macros of LibreOffice": (TemplateKind.ODT, repacked(OPEN, {}, {"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
    "a document with macros by its type": (
        TemplateKind.DOCX,
        repacked(WORD, {"[Content_Types].xml": (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml")}),
        "is no Word document",
    ),
    "a template from elsewhere": (
        TemplateKind.DOCX,
        repacked(WORD, {"word/_rels/document.xml.rels": (
            "</Relationships>", RELATION.format("attachedTemplate", "https://example.org/x.dotm"))}),
        r"fetches a part of it from https://example\.org/x\.dotm",
    ),
    "a picture from elsewhere": (
        TemplateKind.ODT,
        repacked(OPEN, {"styles.xml": ("</style:footer>", PICTURE)}),
        r"fetches a part of it from https://example\.org/x\.png",
    ),
    "a footer for the first page alone": (
        TemplateKind.DOCX,
        repacked(WORD, {"word/document.xml": (FOOTER.format("default"), FOOTER.format("first"))}),
        "has no footer on its ordinary pages",
    ),
    "a page that was written on it": (TemplateKind.DOCX, written_on(WORD, ReportFormat.DOCX), "was written by Golden"),
    "and in the other kind": (TemplateKind.ODT, written_on(OPEN, ReportFormat.ODT), "was written by Golden Thread"),
    "entities that grow": (
        TemplateKind.DOCX,
        repacked(WORD, {"word/styles.xml": ("<w:styles", '<!DOCTYPE x [<!ENTITY a "a">]><w:styles')}),
        "defines XML entities",
    ),
    "thirty megabytes": (TemplateKind.DOCX, b"PK" + b"\x00" * 30 * 1024 * 1024, "larger than 10 MB"),
}  # fmt: skip


def test_a_file_that_would_spoil_reports_is_refused_in_words(council_db: TestDatabase) -> None:
    officer = new_council()
    for case, (kind, content, said) in UNSOUND.items():
        with pytest.raises(InvalidEdit) as refused:
            send(officer, content, kind)
        assert re.search(said, str(refused.value)), case
    assert not templates_of(officer.council).letterheads
    with council_scope(officer.council):
        assert not StoredFile.objects.exists()


def test_a_link_that_a_reader_may_follow_does_no_harm(council_db: TestDatabase) -> None:
    officer = new_council()
    linked = repacked(
        WORD,
        {
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                RELATION.format("hyperlink", "https://example.org/"),
            )
        },
    )
    assert send(officer, linked, TemplateKind.DOCX, name="C:\\Users\\me\\ours") == 1
    held = templates_of(officer.council).letterheads["docx"]
    assert held.file_name == "ours.docx"
    with zipfile.ZipFile(io.BytesIO(held.content())) as archive:
        assert MOTTO in archive.read("word/headerGT.xml").decode()
