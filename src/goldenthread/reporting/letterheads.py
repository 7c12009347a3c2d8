"""A council's own Word or OpenDocument file on which its reports are written: whether it can be, and what comes out.

Nobody opens the file here: it is searched for what would run or be fetched when somebody opens a report, then a
page is written on it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from goldenthread.assurance.ratings import RatingClass
from goldenthread.documents import DocumentError
from goldenthread.documents.archives import check_archive, names_in
from goldenthread.plan.days import day_words
from goldenthread.reporting.composing import Composed, Report, Stamp
from goldenthread.reporting.content import (
    Bullets,
    Column,
    Heading,
    Paragraph,
    Rated,
    Resolutions,
    Table,
    ToWrite,
)
from goldenthread.reporting.definitions import Orientation
from goldenthread.reporting.report_files import ReportFormat, report_file

_CALLED = {ReportFormat.DOCX: "Word document (.docx)", ReportFormat.ODT: "OpenDocument text (.odt)"}
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OPEN_TEXT = "application/vnd.oasis.opendocument.text"
_MACROS = re.compile(r"vbaProject|vbaData|^Basic/|^Scripts/", re.IGNORECASE)
_ON_EVERY_PAGE = re.compile(r"word/(?:footer|header)\w*\.xml|styles\.xml")
_STAMPED = " · Known at change "
_ELSEWHERE = re.compile(r"\w{2,}:|/|\.\./")
_HREF = "{http://www.w3.org/1999/xlink}href"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def letterhead_sample(content: bytes, format_: ReportFormat, name: str, council: str, on: date) -> bytes:
    """One page written on a council's own file, with everything that reports are made of.

    Args:
        content: The council's file.
        format_: Word or OpenDocument text.
        name: What the file is called, for messages.
        council: The council's name.
        on: The day that the page says it was made.

    Raises:
        DocumentError: it is no such file, holds macros, would fetch something, is itself a report, or what stands on
            every page would not.
    """
    _refuse_foreign(content, format_, name)
    sample = _sample(council, on)
    written = report_file(sample, format_, content)
    if str(sample.stamp) not in _footers(written, format_):
        raise DocumentError(
            f"{name} has no footer on its ordinary pages, where reports say of which day they are. Open it, write "
            "a word into the footer of its second page, and save it again."
        )
    return written


def _refuse_foreign(content: bytes, format_: ReportFormat, name: str) -> None:
    called = _CALLED[format_]
    not_one = f"{name} is no {called}. Open it in Word or LibreOffice and save it as one."
    if not content.startswith(b"PK"):
        raise DocumentError(not_one)
    check_archive(content, name)
    names = names_in(content, name)
    if any(_MACROS.search(each) for each in names):
        raise DocumentError(f"{name} holds macros, which reports never do. Save it as {called} without them.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not (_is_word(archive) if format_ is ReportFormat.DOCX else f"mimetype={_OPEN_TEXT}" in names):
                raise DocumentError(not_one)
            where, stamped = next(_fetched(archive), None), _is_stamped(archive)
    except (ElementTree.ParseError, KeyError) as error:
        raise DocumentError(f"{name} is damaged ({error}). Open it and save it again.") from error
    if where:
        raise DocumentError(
            f"{name} fetches a part of it from {where[:200]} whenever it is opened. Put that into the file itself."
        )
    if stamped:
        raise DocumentError(
            f"{name} was written by Golden Thread: its footer says of which day it is, and every report would say that "
            "too. Take these words out of its footer, or begin with the file that your letters are written on."
        )


def _is_word(archive: zipfile.ZipFile) -> bool:
    """Whether its main part is that of a document, not of a template."""
    if "[Content_Types].xml" not in archive.namelist():
        return False
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    main = [each for each in types if each.get("PartName") == "/word/document.xml"]
    return any(each.get("ContentType") == _WORD_MAIN for each in main)


def _is_stamped(archive: zipfile.ZipFile) -> bool:
    """Whether it is a report, or an example page, whose stamp would stand beside that of every report."""
    parts = (name for name in archive.namelist() if _ON_EVERY_PAGE.fullmatch(name))
    return any(_STAMPED in _words(ElementTree.fromstring(archive.read(name))) for name in parts)


def _fetched(archive: zipfile.ZipFile) -> Iterator[str]:
    """From where its parts would be fetched; links that a reader may follow are not."""
    for name in archive.namelist():
        if name.endswith(".rels"):
            for each in ElementTree.fromstring(archive.read(name)):
                if each.get("TargetMode") == "External" and not each.get("Type", "").endswith("/hyperlink"):
                    yield each.get("Target", "elsewhere")
        elif name in ("styles.xml", "content.xml"):
            for part in ElementTree.fromstring(archive.read(name)).iter():
                where = part.get(_HREF, "")
                if _ELSEWHERE.match(where) and not part.tag.endswith("}a"):
                    yield where


def _footers(written: bytes, format_: ReportFormat) -> str:
    """The words of the footers that ordinary pages have."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        if format_ is ReportFormat.ODT:
            styles = ElementTree.fromstring(archive.read("styles.xml"))
            return " ".join(_words(each) for each in styles.iter(f"{_STYLE}footer"))
        *_, section = ElementTree.fromstring(archive.read("word/document.xml")).iter(f"{_WORD}sectPr")
        ordinary = (
            each.get(f"{_OFFICE}id")
            for each in section.iter(f"{_WORD}footerReference")
            if each.get(f"{_WORD}type") == "default"
        )
        related = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
        targets = {each.get("Id"): each.get("Target", "") for each in related}
        parts = (f"word/{targets[id_].removeprefix('/word/')}" for id_ in ordinary if id_)
        return " ".join(_words(ElementTree.fromstring(archive.read(part))) for part in parts)


def _words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def _sample(council: str, on: date) -> Report:
    colours = tuple(
        ((f"Example {n}",), (Rated(class_),), (day_words(on),)) for n, class_ in enumerate(RatingClass, 1)
    )
    columns = (Column("Promise", 3), Column("Rating", 2), Column("Approved date", 2))
    blocks = (
        Paragraph(("This page is an example. Nothing of it is taken from a plan.",)),
        Heading("A list"),
        Bullets((("The first point",), ("The second point",))),
        Heading("What is to be resolved"),
        Resolutions((("That the first be received.",), ("That the second be noted.",))),
        Heading("What is still to be written"),
        Paragraph((ToWrite("what only people can write"),)),
        Heading("A table"),
        Table("Ratings", "Table 1: Every rating in its shade", columns, colours),
    )
    return Report(
        audience="example",
        title="How reports look on this letterhead",
        council=council,
        opening=("This report is for whoever looks after the templates.",),
        orientation=Orientation.PORTRAIT,
        stamp=Stamp(on, 0, "example", "example"),
        sections=(Composed("A section", 1, blocks),),
    )
