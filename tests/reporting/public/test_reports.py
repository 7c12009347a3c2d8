"""What in a report's files must not go out, keyed by hand; and the pages of public reports."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import html5lib
import pytest
from support.northbury import CUT_OFF, northbury, northbury_matter

from goldenthread.assurance.ratings import USUAL_RULE
from goldenthread.reporting.composing import compose
from goldenthread.reporting.definitions import audiences, definition_for
from goldenthread.reporting.public.edition import Edition
from goldenthread.reporting.public.picking import public_state
from goldenthread.reporting.public.reading_age import reading_age
from goldenthread.reporting.public.reports import Barred, PublicFile, PublicReport, objections, passages
from goldenthread.reporting.public.site import site_files
from goldenthread.reporting.report_files import ReportFormat, report_files

PAGE = """<!DOCTYPE html><html><head><title>Report</title><style>p { color: secret }</style></head><body>
<h1>Progress</h1><p>All is <strong>well</strong>.</p>
<h2>Assets</h2><p>Sell the depot (<em>not for</em> publication).</p>
<table><caption>Table 1: Sites</caption><tr><td>Confidential reporting line</td><td>Ada Lovelace</td></tr></table>
<svg role="img" aria-label="A chart of A2.1"><text>12</text></svg></body></html>"""


def office_file(words: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (words[:9], words[9:]))
        archive.writestr("word/header1.xml", f"<w:hdr><w:p>{runs}</w:p></w:hdr>")
        archive.writestr("word/document.xml", "<w:document><w:p><w:t>Progress</w:t></w:p></w:document>")
    return written.getvalue()


def found(contents: dict[ReportFormat, bytes], barred: Barred | None = None) -> list[tuple[str, str, bool]]:
    told = objections(contents, barred or Barred())
    return [(each.place, each.why, each.certain) for each in told]


def test_a_page_is_cut_where_its_readers_see_it_cut() -> None:
    assert passages(PAGE.encode()) == (
        ("The head of the report", "Report"),
        ("The head of the report", "Progress"),
        ("Under “Progress”", "All is well."),
        ("Under “Progress”", "Assets"),
        ("Under “Assets”", "Sell the depot (not for publication)."),
        ("Under “Assets”", "Table 1: Sites"),
        ("Under “Assets”", "Confidential reporting line"),
        ("Under “Assets”", "Ada Lovelace"),
        ("Under “Assets”", "A chart of A2.1"),
        ("Under “Assets”", "12"),
    )


def test_markings_persons_and_what_is_held_back_are_named_with_their_places() -> None:
    contents = {ReportFormat.HTML: PAGE.encode()}
    assert found(contents, Barred(("Ada Lovelace",), ("A2", "A1"))) == [
        ("Under “Assets”", "its text says “not for publication”", True),
        ("Under “Assets”", "its text names Ada Lovelace", True),
        ("Under “Assets”", "its text speaks of A2, which the public pages hold back", True),
        ("Under “Assets”", "its text says “confidential”", False),
    ]
    assert [certain for _, _, certain in found(contents)] == [True, False]


def test_the_letterhead_of_an_office_file_counts_too() -> None:
    contents = {ReportFormat.DOCX: office_file("OFFICIAL-SENSITIVE")}
    assert found(contents) == [("The Word file", "its text says “official sensitive”", True)]
    assert found({ReportFormat.DOCX: office_file("Northbury Council")}) == []


@pytest.mark.parametrize("audience", [name for name in audiences() if name not in {"reviewer", "letter"}])
def test_the_wording_that_comes_with_golden_thread_bars_no_report(audience: str) -> None:
    made = compose(northbury_matter(), definition_for(audience))
    office = {ReportFormat.DOCX, ReportFormat.ODT} if audience == "cabinet" else set()
    assert objections(report_files(made, {ReportFormat.HTML, *office}), Barred(("Ada Lovelace",))) == ()


def test_the_title_counts_too() -> None:
    assert [each.place for each in objections({}, Barred(), "Exempt report")] == ["The title"]


FILES = tuple(PublicFile(format_, "5a" * 32, size) for format_, size in (
    (ReportFormat.CSV, 900), (ReportFormat.DOCX, 84_400), (ReportFormat.HTML, 1_240_000), (ReportFormat.PDF, 61_000)
))  # fmt: skip
SHOWN = PublicReport(
    3, "Improvement Plan: report to Cabinet", date(2022, 9, 30), date(2022, 11, 2), date(2022, 11, 9), FILES
)
TAKEN_BACK = replace(SHOWN, number=2, published_on=None)
STATE = public_state(northbury(), CUT_OFF, USUAL_RULE)


@pytest.mark.parametrize("states", [(STATE,), ()], ids=["beside the plan", "alone"])
def test_reports_have_pages_beside_the_plan_and_alone(states: tuple[object, ...]) -> None:
    edition = Edition(
        states, "northbury", reports=(TAKEN_BACK, SHOWN), council="Northbury Council", title="The plan"
    )  # type: ignore[arg-type]
    files = site_files(edition)
    for path, content in files.items():
        if path.endswith(".html"):
            parser = html5lib.HTMLParser(strict=True)
            parser.parse(content)
    page = " ".join(files["reports/3/index.html"].decode().split())
    assert "How things stood at the end of 30 September 2022." in page
    assert ("show how things stood on another day: 31 October 2022" in page) == bool(states)
    for words in (
        '<a href="report.html">Web page</a> (1.2 MB)',
        '<a href="report.docx">Word</a> (84 KB)',
        "(1 KB)",
    ):
        assert words in page
    assert (
        page.index("report.html")
        < page.index("report.pdf")
        < page.index("report.docx")
        < page.index("report.zip")
    )
    gone = files["reports/2/index.html"].decode()
    assert "Report 2 was taken back" in gone
    assert "report to Cabinet" not in gone
    listed = files["reports/index.html"].decode()
    assert 'href="../reports/3/index.html"' in listed
    assert "reports/2/" not in listed
    feed = ElementTree.fromstring(files["feed.xml"])
    titles = [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert "Report 3: Improvement Plan: report to Cabinet" in titles
    assert not [title for title in titles if title and title.startswith("Report 2")]
    if not states:
        assert (
            files["index.html"] == listed.replace("../", "").encode()
            or "Report 3" in files["index.html"].decode()
        )
        assert not [path for path in files if path.startswith(("actions/", "open-data/"))]


def test_the_sentences_of_these_pages_can_be_read_at_twelve() -> None:
    files = site_files(Edition((STATE,), "northbury", reports=(TAKEN_BACK, SHOWN)))
    for path in ("reports/index.html", "reports/2/index.html", "reports/3/index.html"):
        main = html5lib.parse(files[path], namespaceHTMLElements=False).find(".//main")
        said = "\n".join("".join(each.itertext()) for each in main.iter("p"))
        assert reading_age(said) <= 12, path
