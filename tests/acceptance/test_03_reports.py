"""From one cut-off every body gets its report, in every format, with the same numbers and the right dates."""

from __future__ import annotations

import io
import re
from datetime import date

import page
import pdfplumber
import pytest
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.documents.writing.office import pandoc
from goldenthread.plan.status import Status
from goldenthread.record.history.selectors import head_number
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.reporting.composing import Report, compose, disagreements
from goldenthread.reporting.definitions import definition_for
from goldenthread.reporting.figures import cross_foot
from goldenthread.reporting.report_files import ReportFormat, report_files

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
    composed = compose(matter, definition)
    assert disagreements(composed, matter) == ()
    return composed


def test_one_cut_off_serves_every_body(council: RecordedNorthbury) -> None:
    reports = {audience: report(council, audience) for audience in BODIES}
    assert cross_foot(reports.values()) == (), "the numbers agree across all versions"
    head = head_number(council.officer.council)
    for audience, composed in reports.items():
        assert str(composed.stamp).startswith(f"As at 31 October 2022 · Known at change {head} · Record ")
        for format_, content in report_files(composed, FORMATS).items():
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
    composed = report(council, "cabinet")
    (table,) = (each for each in composed.tables if each.name == "Changes to the plan")
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
