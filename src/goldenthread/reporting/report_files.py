"""A report as files: Word, OpenDocument text, PDF/UA, a web page, and its tables as workbooks or CSV."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import panflute as pf

from goldenthread.documents import DocumentError, SourceFormat
from goldenthread.documents.writing import Sheet, csv_bytes, ods_bytes, xlsx_bytes
from goldenthread.documents.writing.office import MADE_ON, pandoc
from goldenthread.documents.writing.open_reference import with_cell_borders
from goldenthread.documents.writing.page import page_bytes
from goldenthread.documents.writing.reference import reference_document
from goldenthread.documents.writing.report_page import Page
from goldenthread.documents.writing.typst_pdf import pdf_bytes, png_of
from goldenthread.documents.writing.word_reference import with_whole_rows
from goldenthread.plan.keys import slug
from goldenthread.reporting.composing import Report
from goldenthread.reporting.content import words_of
from goldenthread.reporting.definitions import Orientation
from goldenthread.reporting.report_tree import Dress, drawings, printable, report_tree

_LONGEST_SHEET_NAME = 31
_ABOUT = "About this report"


class ReportFormat(StrEnum):
    """The formats that a report is written in; the value is the ending of the file."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "zip"

    @property
    def is_office(self) -> bool:
        """Whether it is a text that people go on to edit."""
        return self in (ReportFormat.DOCX, ReportFormat.ODT)

    @property
    def media_type(self) -> str:
        """What the format is called on the web."""
        return "application/zip" if self is ReportFormat.CSV else SourceFormat(self.value).media_type


def report_file(report: Report, format_: ReportFormat, own: bytes | None = None) -> bytes:
    """The report as a file. The same report gives the same bytes.

    Args:
        report: What `compose` made.
        format_: In which format. CSV is an archive with a file for each table.
        own: The council's own reference document, for Word or OpenDocument text.

    Raises:
        DocumentError: the file cannot be written, or the reference document is none.
    """
    return report_files(report, [format_], {format_: own} if own else None)[format_]


def report_files(
    report: Report, formats: Iterable[ReportFormat], own: Mapping[ReportFormat, bytes] | None = None
) -> dict[ReportFormat, bytes]:
    """The report in several formats, written side by side. Raises DocumentError as `report_file` does."""
    wanted, references = tuple(formats), own or {}
    with ThreadPoolExecutor(max_workers=4) as pool:
        shared = pool.submit(_for_office, report) if any(format_.is_office for format_ in wanted) else None

        def made(format_: ReportFormat) -> bytes:
            if shared and format_.is_office:
                return _office(report, shared.result(), format_, references.get(format_))
            return _other(report, format_)

        return dict(zip(wanted, pool.map(made, wanted), strict=True))


def _other(report: Report, format_: ReportFormat) -> bytes:
    match format_:
        case ReportFormat.PDF:
            return _pdf(report)
        case ReportFormat.HTML:
            title, below = map(printable, report.titles)
            return page_bytes(report_tree(report, Dress.PAGE), title, below, page_of(report))
        case ReportFormat.XLSX:
            return xlsx_bytes(sheets_of(report), report.title)
        case ReportFormat.ODS:
            return ods_bytes(sheets_of(report), report.title)
        case _:
            return _csv(report)


def page_of(report: Report) -> Page:
    """What every page is like and says."""
    letterhead = report.letterhead
    return Page(
        landscape=report.orientation is Orientation.LANDSCAPE,
        header=printable(letterhead.block if letterhead else f"{report.council} · {report.title}"),
        footer=str(report.stamp),
        marking=printable(letterhead.marking) if letterhead else "",
    )


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """A sheet that says what the workbook is, then one for each table, without the tables' captions being lost."""
    about = [
        ("Report", report.title),
        ("Council", report.council),
        ("Stamp", str(report.stamp)),
        ("In words", words_of(report.opening)),
    ]
    sheets = [Sheet(_ABOUT, ("What", "Value"), ())]
    taken = {_ABOUT.lower()}
    for table in report.tables:
        name = _sheet_name(table.name, taken)
        taken.add(name.lower())
        about.append((f"Sheet “{name}”", table.caption))
        headings = tuple(column.heading for column in table.columns)
        rows = tuple(tuple(words_of(cell) for cell in row) for row in table.rows)
        sheets.append(Sheet(name, headings, rows))
    sheets[0] = Sheet(_ABOUT, ("What", "Value"), tuple(about))
    return tuple(sheets)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that workbooks allow and no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip()
    cut = plain[:_LONGEST_SHEET_NAME].strip()
    number = 2
    while cut.lower() in taken:
        tail = f" {number}"
        cut, number = plain[: _LONGEST_SHEET_NAME - len(tail)].strip() + tail, number + 1
    return cut


def _csv(report: Report) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number, sheet in enumerate(sheets_of(report)):
            entry = zipfile.ZipInfo(f"{number:02d}-{slug(sheet.name)}.csv", MADE_ON)
            archive.writestr(entry, csv_bytes(sheet), zipfile.ZIP_DEFLATED)
    return written.getvalue()


class _ForOffice(NamedTuple):
    """What Word and OpenDocument text have in common: pandoc's tree as JSON, and the drawings as pictures by name."""

    tree: bytes
    pictures: dict[str, bytes]


def _for_office(report: Report) -> _ForOffice:
    pictures = {f"{name}.png": png_of(svg) for name, svg in drawings(report).items()}
    return _ForOffice(_json(report_tree(report, Dress.OFFICE)), pictures)


def _office(report: Report, made: _ForOffice, format_: ReportFormat, own: bytes | None) -> bytes:
    kind = SourceFormat(format_.value)
    files = {"reference": reference_document(kind, page_of(report), own), **made.pictures}
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        out = Path(folder, "written")
        places = [f"--reference-doc={folder}/reference", f"--resource-path={folder}", "-o", str(out)]
        pandoc(["-f", "json", "-t", kind.value, "--standalone", "--wrap=none", *places], made.tree)
        written = out.read_bytes()
    return with_cell_borders(written) if format_ is ReportFormat.ODT else with_whole_rows(written)


def _pdf(report: Report) -> bytes:
    body = pandoc(
        ["-f", "json", "-t", "typst", "--wrap=none"], _json(report_tree(report, Dress.TYPST))
    ).decode()
    pictures = {f"{name}.svg": svg.encode() for name, svg in drawings(report).items()}
    title, below = map(printable, report.titles)
    return pdf_bytes(body, title, below, page_of(report), pictures)


def _json(tree: Any) -> bytes:
    source = io.StringIO()
    pf.dump(tree, source)
    return source.getvalue().encode()


def format_of(path: Path) -> ReportFormat:
    """The format that the ending of a file asks for.

    Raises:
        DocumentError: reports are not written in it.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending in set(ReportFormat):
        return ReportFormat(ending)
    known = ", ".join(f".{format_.value}" for format_ in ReportFormat)
    raise DocumentError(f"{path.name}: reports are written as {known}. Give the file one of these endings.")
