"""What is too much is refused with its own sentence, before it can do harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
import xlsxwriter
from support.documents import SHORT_PLAN
from support.saved import saved

from goldenthread.documents import DocumentError, document_from_bytes
from goldenthread.documents.limits import LARGEST_UNPACKED, MOST_CELLS, MOST_ENTRIES, MOST_PAGES, MOST_ROWS


def refused(content: bytes, name: str = "plan") -> str:
    with pytest.raises(DocumentError) as error:
        document_from_bytes(content, name)
    message = str(error.value)
    assert message.startswith(name)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A packed file with one more file in it, or with another in its place."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return written.getvalue()


def zeros(size: int) -> bytes:
    return bytes(size)


@pytest.mark.parametrize("ending", ["docx", "odt", "xlsx"])
def test_a_file_that_unpacks_to_too_much(ending: str) -> None:
    bomb = with_part(saved(SHORT_PLAN, ending), "big.bin", zeros(LARGEST_UNPACKED + 1))
    assert len(bomb) < 2**20
    assert refused(bomb).startswith("plan unpacks to more than 100 MB, which is the limit")


def test_an_archive_that_lies_about_its_size() -> None:
    """The size that the archive states for a file is set to nothing; what comes out is counted."""
    content = with_part(saved(SHORT_PLAN, "docx"), "word/big.xml", zeros(LARGEST_UNPACKED + 1))
    size = (LARGEST_UNPACKED + 1).to_bytes(4, "little")
    assert content.count(size) >= 1
    assert "plan" in refused(content.replace(size, (1000).to_bytes(4, "little")))


def test_archives_within_archives_count_with_what_they_unpack_to() -> None:
    def packed(part: bytes) -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"{number}.zip", part)
        return written.getvalue()

    inner = packed(zeros(LARGEST_UNPACKED // 3))
    assert "unpacks to more than 100 MB" in refused(with_part(saved(SHORT_PLAN, "docx"), "a.zip", inner))
    nested = packed(packed(packed(packed(b"x"))))
    assert "unpacks to more than" in refused(with_part(saved(SHORT_PLAN, "docx"), "a.zip", nested))


def test_too_many_files_in_one() -> None:
    written = io.BytesIO(saved(SHORT_PLAN, "docx"))
    with zipfile.ZipFile(written, "a") as archive:
        for number in range(MOST_ENTRIES):
            archive.writestr(f"word/{number}", b"")
    assert "more than 2,000 files packed in it" in refused(written.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("ending", "part"), [("docx", "word/document.xml"), ("odt", "content.xml"), ("xlsx", "xl/workbook.xml")]
)
def test_xml_entities(ending: str, part: str, encoding: str) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
    content = with_part(saved(SHORT_PLAN, ending), part, laughs.encode(encoding))
    assert "defines XML entities" in refused(content)


def test_cells_at_opposite_ends_of_a_sheet() -> None:
    """The sheet would have 17 thousand million cells; a library that makes room for them must not take us along."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")
    assert "memory" in refused(written.getvalue())


def test_too_many_rows() -> None:
    lines = "Ref,Action,Due\n" + "1,Adopt,June\n" * MOST_ROWS
    assert "more than 50,000 rows" in refused(lines.encode(), "log.csv")
    table = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 3
    assert MOST_CELLS > MOST_ROWS
    assert document_from_bytes(table.encode(), "page.html")


def pdf(pages: int, stream: bytes = b"BT /F 9 Tf 50 700 Td (Words) Tj ET") -> bytes:
    """A PDF with one stream for all of its pages."""
    packed = zlib.compress(stream)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % n for n in range(5, 5 + pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"]
        * pages,
    ]
    content, places = b"%PDF-1.7\n", []
    for number, part in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_too_many_pages() -> None:
    assert document_from_bytes(pdf(2), "plan")
    assert f"more than {MOST_PAGES} pages" in refused(pdf(MOST_PAGES + 1))


@pytest.mark.parametrize("stream", [lambda: zeros(2**30), lambda: b"BT (x) Tj ET " * 800_000])
def test_a_page_that_unpacks_to_too_much(stream: Callable[[], bytes]) -> None:
    bomb = pdf(1, stream())
    assert len(bomb) < 2 * 2**20
    assert "which is the limit" in refused(bomb)


def test_a_page_without_text() -> None:
    assert refused(pdf(1, b"q Q")) == "plan has no text."


def test_letters_set_in_bold_within_bold_without_end() -> None:
    assert "nests <b> more than 100 deep" in refused(b"<html><body>" + b"<b>" * 300 + b"words")


def test_nesting_without_end() -> None:
    assert refused(b"<html><body>" + b"<blockquote>" * 20_000 + b"words")
