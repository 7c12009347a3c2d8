"""From one cut-off every body gets its report, in every format, with the same numbers and the right dates."""

from __future__ import annotations

import io
import re
from datetime import date

import page
import pdfplumber
import pytest
from plugins.database import TestDatabase
from support.held_reports import RELEASE, again, cleared, drafted, issued, worded
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.documents.writing.office import pandoc
from goldenthread.plan.status import Status
from goldenthread.record.history.selectors import head_number, last_revision_of_row
from goldenthread.record.issued import HeldReport, composed, held_matter
from goldenthread.record.report_drafts import standing_in_the_way
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.record.services.issuing import issue_report
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.report_comments import answer_comment, record_comment
from goldenthread.record.services.report_drafts import renew_draft
from goldenthread.reporting.composing import Report, compose, disagreements
from goldenthread.reporting.definitions import definition_for
from goldenthread.reporting.figures import cross_foot
from goldenthread.reporting.report_files import ReportFormat, report_files

SCRUTINY, AUDIT, JANUARY, APRIL = date(2022, 11, 14), date(2022, 11, 22), date(2023, 1, 31), date(2023, 4, 30)
BODIES = ("leadership", "members", "cabinet", "audit", "scrutiny")
FORMATS = (ReportFormat.DOCX, ReportFormat.ODT, ReportFormat.PDF, ReportFormat.HTML)
CABINET_SECTIONS = [
    "Recommendations",
    "Reasons for recommendations",
    "How does this deliver the Corporate Plan?",
    "Context and key issues",
    "Alternative options",
    "Implications",
    "Resources",
    "Legal and governance",
    "Risk",
    "Equality",
    "Health and wellbeing",
    "Social value",
    "Climate change",
    "Corporate parenting",
    "Appendices",
    "Background papers",
]


@pytest.fixture
def council(council_db: TestDatabase) -> RecordedNorthbury:
    return RecordedNorthbury()


def report(council: RecordedNorthbury, audience: str, known_at: int | None = None) -> Report:
    definition = definition_for(audience)
    on = ReportOn(
        council.officer.council, PLAN, CUT_OFF, definition.covers.months, release="1.0", known_at=known_at
    )
    matter = report_matter(on)
    made = compose(matter, definition)
    assert disagreements(made, matter) == ()
    return made


def test_one_cut_off_serves_every_body(council: RecordedNorthbury) -> None:
    reports = {audience: report(council, audience) for audience in BODIES}
    assert cross_foot(reports.values()) == (), "the numbers agree across all versions"
    head = head_number(council.officer.council)
    for audience, made in reports.items():
        assert str(made.stamp).startswith(f"As at 31 October 2022 · Known at change {head} · Record ")
        for format_, content in report_files(made, FORMATS).items():
            text = words_in(content, format_)
            # the same number in each, from each file as a reader has it: A2, A4, A6, A8
            assert "4 actions are past the approved date" in text, (audience, format_)
            assert "31 October 2022" in text


def test_the_audit_report_says_what_was_checked_and_what_is_expected(council: RecordedNorthbury) -> None:
    said = words_in(
        report_files(report(council, "audit"), [ReportFormat.HTML])[ReportFormat.HTML], ReportFormat.HTML
    )
    assert "This was not worked out" not in said
    assert re.search(r"The rules find \d+ errors?, \d+ warnings? and", said)
    assert "Coverage is not shown: " in said
    assert re.search(r"Of \d open actions, (\d are|none is|1 is) forecast; of \d too little is known", said)
    assert "Audit Committee. It goes to the meeting of Audit Committee on 22 November 2022." in said


def words_in(content: bytes, format_: ReportFormat) -> str:
    """The words of a file as a reader sees them."""
    if format_ is ReportFormat.PDF:
        assert page.validate_pdf_bytes(content, profile="ua1").is_compliant, "tagged"
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            text = " ".join(sheet.extract_text() for sheet in pdf.pages)
    else:
        text = pandoc(["-f", format_.value, "-t", "plain", "--wrap=none"], content).decode()
    return " ".join(text.split())


def test_the_cabinet_report_has_every_section_in_order_and_can_be_edited(council: RecordedNorthbury) -> None:
    content = report_files(report(council, "cabinet"), [ReportFormat.DOCX])[ReportFormat.DOCX]
    markdown = pandoc(["-f", "docx", "-t", "markdown", "--wrap=none"], content).decode()
    headings = [
        re.sub(r"\s*\{.*", "", line).lstrip("# ") for line in markdown.splitlines() if line.startswith("#")
    ]
    assert [heading for heading in headings if heading in CABINET_SECTIONS] == CABINET_SECTIONS


def test_the_resolution_is_filled_with_the_right_dates(council: RecordedNorthbury) -> None:
    content = report_files(report(council, "cabinet"), [ReportFormat.ODT])[ReportFormat.ODT]
    asked = words_in(content, ReportFormat.ODT)
    first, second, third, fourth, fifth = re.findall(r"\(\d\) (.*?\.)(?= \(|\s+Reasons)", asked)
    assert "up to 31 October 2022" in first
    assert "risks" in second
    assert "as it stood on 31 October 2022" in second
    assert "since 31 July 2022" in third
    assert "Audit Committee at its meeting on 22 November 2022" in fourth
    assert "Scrutiny Committee will consider this report on 24 November 2022" in fifth
    assert "reported to a later meeting" in fifth
    assert "meeting of Cabinet on 16 November 2022" in asked


def test_changes_name_the_decision_and_keep_the_original_date(council: RecordedNorthbury) -> None:
    made = report(council, "cabinet")
    (table,) = (each for each in made.tables if each.name == "Changes to the plan")
    rows = [["".join(map(str, cell)) for cell in row] for row in table.rows]
    assert rows == [
        ["A4 Close the accounts", "Approved date", "Jun 2022", "Aug 2022", "Sep 2022", "2 times", "The ledger was late",
         "Cabinet, minute 31/22, change request 2"]
    ]  # fmt: skip


def test_decisions_since_the_last_report_are_listed(council: RecordedNorthbury) -> None:
    (table,) = (each for each in report(council, "cabinet").tables if each.name == "Decisions")
    rows = [["".join(map(str, cell)) for cell in row] for row in table.rows]
    assert rows == [
        [
            "2",
            "A new approved date: A4",
            "Approved",
            "20 September 2022",
            "Cabinet, minute 31/22",
            "The ledger was late",
        ]
    ]


def test_what_is_reported_again_as_known_then_is_the_same_file(council: RecordedNorthbury) -> None:
    head = head_number(council.officer.council)
    issued = report_files(report(council, "cabinet"), FORMATS)
    council.report("A6", date(2022, 10, 15), status=Status.COMPLETE)
    assert report_files(report(council, "cabinet", known_at=head), FORMATS) == issued
    today = report(council, "cabinet")
    assert today.stamp.revision == head + 1
    late = {placed.figure.value for placed in today.figures if placed.figure.name == "actions.late"}
    assert late == {3}, "A6 was done after all"


def test_what_bodies_said_is_in_the_next_cabinet_report_with_the_response_and_not_in_the_one_after(
    council: RecordedNorthbury,
) -> None:
    """The shape of September 2022: scrutiny before Cabinet, audit after it, both told by the next Cabinet report."""
    officer = council.officer
    first = issued(officer, "cabinet")
    enter_meetings(actor=officer, body="scrutiny-committee", days=[SCRUTINY])
    said = {
        "scrutiny-committee": (SCRUTINY, "Ask residents before the depot moves.", True),
        "audit-committee": (AUDIT, "The accounts are still not closed.", False),
    }
    entered = {
        body: record_comment(
            actor=officer, plan=PLAN, number=first.number, body=body, met_on=day, text=text, is_recommendation=asks,
            on=AUDIT,
        )
        for body, (day, text, asks) in said.items()
    }  # fmt: skip
    second = drafted(officer, "cabinet", JANUARY)
    stops = in_the_way(second)
    assert "response to Scrutiny Committee, due by 13 January 2023" in stops
    assert "response to Audit Committee" in stops
    for body, response in (
        ("scrutiny-committee", "They will be asked."),
        ("audit-committee", "They close in March."),
    ):
        answer_comment(
            actor=officer, plan=PLAN, comment=entered[body], response=response, responded_by="Cabinet",
            responded_on=date(2022, 12, 7), seen=last_revision_of_row(officer.council, entered[body]), on=JANUARY,
        )  # fmt: skip
    renew_draft(
        actor=officer, plan=PLAN, number=second.number, seen=second.version, on=JANUARY, release=RELEASE
    )
    second = cleared(officer, worded(officer, again(officer, second.number)))
    assert in_the_way(second) == ""
    issue_report(
        actor=officer, plan=PLAN, number=second.number, seen=second.version, on=JANUARY, release=RELEASE
    )
    files = {each.format: each.content() for each in again(officer, second.number).files}
    for format_ in FORMATS:
        told = cells_in(files[format_]) if format_ is ReportFormat.PDF else words_in(files[format_], format_)
        for words in (
            "Recommendation to the executive: Ask residents", "They will be asked.", "The accounts are still",
            "They close in March.", "14 November 2022", "22 November 2022",
        ):  # fmt: skip
            assert re.sub(r"\s", "", words) in re.sub(r"[\s|+=-]", "", told), (format_, words)
    matter = held_matter(second, RELEASE)
    versions = [compose(matter, definition_for(audience)) for audience in ("cabinet", "audit", "scrutiny")]
    tables = [each for made in versions for each in made.tables if each.name == "Comments"]
    figures = [(len(each.rows), each.counted and each.counted.name) for each in tables]
    assert figures == [(2, "comments.all")] * 3, "the cross-foot counts them in each version"
    assert cross_foot(versions) == ()
    after = drafted(officer, "cabinet", APRIL)
    assert not [each for each in composed(after, RELEASE).tables if each.name == "Comments"]


def cells_in(content: bytes) -> str:
    """The words of a PDF's tables, cell by cell: running text would mix the lines of neighbours."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        tables = [table for sheet in pdf.pages for table in sheet.extract_tables()]
    return " ".join(cell or "" for table in tables for row in table for cell in row)


def in_the_way(held: HeldReport) -> str:
    """Why a report cannot be issued yet, in words."""
    matter = held_matter(held, RELEASE)
    return " ".join(standing_in_the_way(held, composed(held, RELEASE, matter), matter))


def test_every_rating_can_be_read_when_it_is_printed_in_grey(council: RecordedNorthbury) -> None:
    """Each rating is a word, and its word stands out from its shade: 4.5 to 1 in the grey of the printed page."""
    content = report_files(report(council, "cabinet"), [ReportFormat.PDF])[ReportFormat.PDF]
    read = set()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for sheet in pdf.pages:
            found = [
                word
                for word in sheet.extract_words()
                if word["text"] in {"Red", "Amber", "Green", "Complete"}
            ]
            grey = sheet.to_image(resolution=200).original.convert("L") if found else None
            for word in found:
                assert grey
                box = tuple(round(word[side] * 200 / 72) for side in ("x0", "top", "x1", "bottom"))
                dark, light = grey.crop(box).getextrema()
                assert (shone(light) + 0.05) / (shone(dark) + 0.05) >= 4.5, (word["text"], sheet.page_number)
                read.add(word["text"])
    assert {"Red", "Amber", "Green"} <= read


def shone(grey: int) -> float:
    """The relative luminance of a grey of 0 to 255 (WCAG 2.2)."""
    part = grey / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
