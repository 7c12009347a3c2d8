"""Files: the same bytes again, the stamp on every page, words beside shades, tagged PDF, and LibreOffice reads them."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path

import html5lib
import page
import pdfplumber
import pytest
from playwright.sync_api import Browser
from python_calamine import CalamineWorkbook
from support.needs import CHECKOUT, require_tool
from support.northbury import northbury_matter, with_another_plan

from goldenthread.documents import DocumentError, SourceFormat, document_from_bytes
from goldenthread.documents.blocks import blocks
from goldenthread.documents.writing.office import pandoc
from goldenthread.reporting.composing import Report, compose
from goldenthread.reporting.content import words_of
from goldenthread.reporting.definitions import audiences, definition_for
from goldenthread.reporting.report_files import ReportFormat, format_of, report_file, report_files

STAMP = "As at 31 October 2022 · Known at change 42 · Record 5a5a5a5a5a5a · Golden Thread 1.2.3"
TEXTS = (ReportFormat.DOCX, ReportFormat.ODT)


@cache
def report(audience: str = "cabinet") -> Report:
    return compose(northbury_matter(), definition_for(audience))


@cache
def written(format_: ReportFormat, audience: str = "cabinet") -> bytes:
    return report_file(report(audience), format_)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("format_", list(ReportFormat))
def test_the_same_report_gives_the_same_bytes(format_: ReportFormat) -> None:
    again = compose(northbury_matter(), definition_for("cabinet"))
    assert report_file(again, format_) == written(format_)


def test_formats_written_side_by_side_are_those_written_alone() -> None:
    together = report_files(report(), TEXTS)
    assert all(together[format_] == written(format_) for format_ in TEXTS)


@pytest.mark.parametrize("audience", sorted(audiences()))
def test_every_audience_is_a_tagged_pdf_that_says_on_each_page_where_it_comes_from(audience: str) -> None:
    content = written(ReportFormat.PDF, audience)
    checked = page.validate_pdf_bytes(content, profile="ua1")
    assert checked.is_compliant, [failure.message for failure in checked.failures]
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for number, sheet in enumerate(pdf.pages, 1):
            text = sheet.extract_text()
            assert STAMP in text
            assert f"Page {number} of {len(pdf.pages)}" in text
            assert round(min(sheet.width, sheet.height)) == 595, "A4"


def test_no_page_ends_within_a_row_nor_between_a_table_and_the_words_before_it() -> None:
    word = part(written(ReportFormat.DOCX), "word/document.xml")
    rows = re.findall(r"<w:tr>.*?</w:tr>", word, re.DOTALL)
    assert rows
    assert all("<w:cantSplit/>" in row for row in rows)
    before = word[: word.index(": Late actions</w:t>")]
    kept = before[before.rindex("<w:keepNext/>") :]
    assert "actions are past their approved dates" in kept, "the sentence that counts them stays with them"
    assert kept.count("</w:p>") == 1
    open_ = part(written(ReportFormat.ODT), "content.xml")
    assert "<table:table-row>" not in open_
    assert 'fo:keep-together="always"' in open_


def test_a_row_longer_than_a_page_is_printed_to_its_end() -> None:
    plan = northbury_matter().plan
    theme = plan.themes[1]
    long = theme.actions[0].model_copy(update={"title": " ".join(f"word{n}" for n in range(2500))})
    themes = (
        plan.themes[0],
        theme.model_copy(update={"actions": (long, *theme.actions[1:])}),
        *plan.themes[2:],
    )
    matter = with_another_plan(northbury_matter(), plan.model_copy(update={"themes": themes}))
    content = report_file(compose(matter, definition_for("exit")), ReportFormat.PDF)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert "word2499" in " ".join(sheet.extract_text() for sheet in pdf.pages)


def test_the_brief_for_members_has_two_pages_at_most() -> None:
    with pdfplumber.open(io.BytesIO(written(ReportFormat.PDF, "members"))) as pdf:
        assert len(pdf.pages) <= 2


def test_word_says_the_stamp_in_its_footer_and_the_title_in_its_header() -> None:
    content = written(ReportFormat.DOCX)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    footers = [part(content, name) for name in names if re.match(r"word/footer", name)]
    headers = [part(content, name) for name in names if re.match(r"word/header", name)]
    assert [STAMP in footer for footer in footers] == [True]
    assert ["Northbury Council · Northbury Improvement Plan" in header for header in headers] == [True]
    section = re.findall(r"<w:sectPr.*?</w:sectPr>", part(content, "word/document.xml"), re.DOTALL)
    assert all("w:footerReference" in one and 'w:w="11907"' in one for one in section)


def test_texts_are_in_british_english() -> None:
    assert 'w:lang w:val="en-GB"' in part(written(ReportFormat.DOCX), "word/styles.xml")
    assert 'fo:country="GB"' in part(written(ReportFormat.ODT), "styles.xml")
    assert 'fo:country="US"' not in part(written(ReportFormat.ODT), "styles.xml")


def test_opendocument_says_the_stamp_in_its_footer() -> None:
    styles = part(written(ReportFormat.ODT), "styles.xml")
    assert STAMP in re.findall(r"<style:footer>.*?</style:footer>", styles, re.DOTALL)[0]
    assert 'fo:page-width="21.0cm"' in styles


@pytest.mark.parametrize("format_", TEXTS)
def test_a_text_can_be_edited_and_holds_what_the_report_says(format_: ReportFormat) -> None:
    read = document_from_bytes(written(format_), f"cabinet.{format_.value}")
    said = "\n".join(block.text for block in blocks(read) if hasattr(block, "text"))
    for words in ("Recommendations", "Alternative options", "up to 31 October 2022", "16 November 2022"):
        assert words in said
    markdown = pandoc(["-f", format_.value, "-t", "plain", "--wrap=none"], written(format_)).decode()
    for table in report().tables:
        assert table.caption in markdown
    assert "Red" in markdown


@pytest.mark.parametrize("format_", TEXTS)
def test_a_shade_stands_behind_the_word_of_a_rating(format_: ReportFormat) -> None:
    name = {"docx": "word/document.xml", "odt": "content.xml"}[format_.value]
    text = part(written(format_), name)
    style = {"docx": r'w:rStyle w:val="RatingRed"', "odt": r'style-name="RatingRed"'}[format_.value]
    assert re.search(rf"{style}[^>]*/?>(?:<[^>]*>)*\s*(?:<[^>]*>)*Red<", text)


def test_headings_of_tables_repeat_on_every_page() -> None:
    document = part(written(ReportFormat.DOCX), "word/document.xml")
    assert document.count("<w:tblHeader") == document.count("<w:tbl>") == len(report().tables)
    assert part(written(ReportFormat.ODT), "content.xml").count("<table:table-header-rows>") == len(
        report().tables
    )


def test_a_web_page_is_valid_and_needs_no_script_and_no_other_file() -> None:
    text = written(ReportFormat.HTML).decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert "<script" not in text
    assert not re.search(r'(src|href)="(?!#)', text)
    assert text.count("<h1") == 1
    assert STAMP in text
    assert '<html lang="en-GB">' in text
    for table in report().tables:
        assert f"<caption>{table.caption}" in text
    assert '<span class="shaded rating-red">Red</span>' in text
    assert text.count('role="img" aria-label=') == 1


@pytest.mark.parametrize(
    ("format_", "audience"), [(ReportFormat.XLSX, "cabinet"), (ReportFormat.ODS, "audit")]
)
def test_a_workbook_has_each_table_on_a_sheet_of_its_own(format_: ReportFormat, audience: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(format_, audience)))
    about, *sheets = book.sheet_names
    assert STAMP in [cell for row in book.get_sheet_by_name(about).to_python() for cell in row]
    assert len(sheets) == len(report(audience).tables)
    for name, table in zip(sheets, report(audience).tables, strict=True):
        headings, *rows = book.get_sheet_by_name(name).to_python()
        assert headings == [column.heading for column in table.columns]
        assert rows == [[words_of(cell) for cell in row] for row in table.rows]


def test_csv_is_an_archive_with_a_file_for_each_table() -> None:
    with zipfile.ZipFile(io.BytesIO(written(ReportFormat.CSV))) as archive:
        names = archive.namelist()
        first = archive.read(names[1]).decode("utf-8-sig")
    assert names[0] == "00-about-this-report.csv"
    assert len(names) == 1 + len(report().tables)
    assert first.splitlines()[0] == '"Status","Actions","Steps","Milestones"'


def test_the_ending_of_a_file_is_its_format() -> None:
    assert format_of(Path("x.DOCX")) is ReportFormat.DOCX
    with pytest.raises(DocumentError, match=r"report\.txt: reports are written as \.docx, "):
        format_of(Path("report.txt"))


def own_reference(format_: ReportFormat, *, footed: bool) -> bytes:
    """A council's own file: what it wrote in Word or LibreOffice, with or without a footer of its own."""
    other = compose(northbury_matter(), definition_for("staff"))
    content = report_file(other, format_)
    if format_ is ReportFormat.DOCX:
        part_, words = "word/footer", "Northbury – our own footer"
        return (
            _changed(content, part_, words)
            if footed
            else pandoc(["--print-default-data-file", "reference.docx"])
        )
    return _changed(content, "styles.xml", "Northbury – our own footer")


def _changed(content: bytes, name: str, words: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.startswith(name):
                data = re.sub(r"As at [^<]*", words, data.decode()).encode()
            new.writestr(entry, data)
    return out.getvalue()


@pytest.mark.parametrize("format_", TEXTS)
def test_a_councils_own_file_keeps_its_footer_and_gets_the_stamp_below_it(format_: ReportFormat) -> None:
    content = report_file(report(), format_, own_reference(format_, footed=True))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if re.match(r"word/footer|styles\.xml", name)]
    (footer,) = [part(content, name) for name in names]
    assert footer.index("Northbury – our own footer") < footer.index(STAMP)
    assert content == report_file(report(), format_, own_reference(format_, footed=True))


def test_a_councils_own_file_without_a_footer_gets_one() -> None:
    content = report_file(report(), ReportFormat.DOCX, own_reference(ReportFormat.DOCX, footed=False))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        footers = [name for name in archive.namelist() if re.match(r"word/footer\d*\w*\.xml", name)]
    assert [STAMP in part(content, name) for name in footers] == [True]
    assert "w:footerReference" in part(content, "word/document.xml")


def test_a_reference_that_is_none_is_refused() -> None:
    with pytest.raises(DocumentError, match="no DOCX file"):
        report_file(report(), ReportFormat.DOCX, b"Dear all")


def test_libreoffice_reads_both_texts_and_sees_the_same(tmp_path: Path) -> None:
    office = require_tool("soffice")
    for format_ in TEXTS:
        (tmp_path / f"{format_.value}.{format_.value}").write_bytes(written(format_))
    files = [str(tmp_path / f"{format_.value}.{format_.value}") for format_ in TEXTS]
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [str(office), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for format_ in TEXTS:
        with pdfplumber.open(tmp_path / f"{format_.value}.pdf") as pdf:
            pages = [sheet.extract_text() for sheet in pdf.pages]
        assert all(STAMP in text for text in pages)
        assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
        whole = "\n".join(pages)
        for words in (
            "Recommendations",
            "Corporate parenting",
            "(5)",
            "Table 1: ",
            "Figure 1: ",
            "31/22",
        ):
            assert words in whole, (format_, words)


HOSTILE = (
    'A\x0b\x01\ufffe <b>&amp; "q" \'s $x$ #t [l](u) *b* _u_ \\n @a ~ ` https://x.y/z {blank} ☃\nnew | line'
)


def test_any_words_get_into_every_format_as_they_are() -> None:
    plan = northbury_matter().plan
    action = plan.themes[1].actions[0].model_copy(update={"title": HOSTILE})
    theme = plan.themes[1].model_copy(update={"name": HOSTILE, "actions": (action,)})
    plan = plan.model_copy(update={"title": HOSTILE, "themes": (plan.themes[0], theme, plan.themes[2])})
    composed = compose(with_another_plan(northbury_matter(), plan), definition_for("cabinet"))
    shown = 'A <b>&amp; "q" \'s $x$ #t [l](u) *b* _u_ \\n @a ~ ` https://x.y/z {blank} ☃ new | line'
    files = report_files(composed, [format_ for format_ in ReportFormat if format_ is not ReportFormat.CSV])
    for format_ in (*TEXTS, ReportFormat.HTML):
        read = pandoc(["-f", format_.value, "-t", "plain", "--wrap=none"], files[format_]).decode()
        assert f"progress made with {shown} up to" in " ".join(read.split())
    assert page.validate_pdf_bytes(files[ReportFormat.PDF], profile="ua1").is_compliant
    for format_ in (ReportFormat.XLSX, ReportFormat.ODS):
        CalamineWorkbook.from_filelike(io.BytesIO(files[format_]))


@pytest.mark.browser
def test_a_web_page_can_be_read_by_anybody_on_any_screen(browser: Browser, tmp_path: Path) -> None:
    """Without scripts; axe finds nothing; at 320 and 390 pixels only the tables scroll."""
    for audience in ("cabinet", "leadership"):
        (tmp_path / f"{audience}.html").write_bytes(written(ReportFormat.HTML, audience))
    axe = (CHECKOUT / "tests" / "web" / "vendor" / "axe" / "axe.min.js").read_text()
    with closing(browser.new_context()) as context:
        sheet = context.new_page()
        for audience in ("cabinet", "leadership"):
            sheet.goto((tmp_path / f"{audience}.html").as_uri())
            for width in (320, 390, 1280):
                sheet.set_viewport_size({"width": width, "height": 800})
                assert sheet.evaluate("document.documentElement.scrollWidth") <= width
            sheet.evaluate(axe)
            found = sheet.evaluate("() => axe.run(document)")["violations"]
            assert [(each["id"], [node["html"] for node in each["nodes"]][:2]) for each in found] == []


def test_source_formats_are_known_for_every_file() -> None:
    for format_ in ReportFormat:
        assert "/" in format_.media_type
    assert ReportFormat.PDF.media_type == SourceFormat.PDF.media_type
