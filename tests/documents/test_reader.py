"""Opening files: what they are is found from their content, and what cannot be read is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.documents import Document, DocumentError, SourceFormat, document_from_bytes, read_document
from goldenthread.documents.blocks import Paragraph, blocks
from goldenthread.documents.reader import LARGEST

WORDS = "The council’s plan – “Our Values” – costs £5m."


def first_paragraph(document: Document) -> str:
    return next(block.text for block in blocks(document) if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]
)
@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
def test_any_usual_encoding_gives_the_same_words(encoding: str, name: str) -> None:
    match encoding:
        case "utf-16-le-bom":
            content = b"\xff\xfe" + WORDS.encode("utf-16-le")
        case "utf-16-be-bom":
            content = b"\xfe\xff" + WORDS.encode("utf-16-be")
        case _:
            content = WORDS.encode(encoding)
    assert first_paragraph(document_from_bytes(content, name)) == WORDS


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "plan.txt is empty."),
        (b" \n\t\n ", "plan.txt is empty."),
        (b"\xef\xbb\xbf\n", "plan.txt is empty."),
        (b"PK\x03\x04rest", "damaged Word, OpenDocument or Excel file"),
        (b"%PDF-1.7 rest", "damaged PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "save it as a Word document (docx)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"some\x00thing", "not a text file"),
        (b"\x81\x8d\x8f", "byte 0"),
        (b"\xff\xfe\x00", "byte"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as error:
        document_from_bytes(content, "plan.txt")
    message = str(error.value)
    assert says in message
    assert message.startswith("plan.txt")
    assert message.endswith(".")
    assert "\n" not in message


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(DocumentError, match=r"large\.txt is 20 MB; the limit is 20 MB\."):
        read_document(path)
    with pytest.raises(DocumentError, match="the limit is 20 MB"):
        document_from_bytes(b"x" * (LARGEST + 1), "large.txt")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nowhere\.txt: No such file"):
        read_document(tmp_path / "nowhere.txt")
    with pytest.raises(DocumentError, match="directory"):
        read_document(tmp_path)


@pytest.mark.parametrize(
    ("content", "name", "format_"),
    [
        ("# Plan\n\n## Theme 1 – Culture\n", "plan.txt", SourceFormat.MARKDOWN),
        ("Plan\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", "upload", SourceFormat.MARKDOWN),
        ("Plan\n\nTheme 1 – Culture\n", "plan.txt", SourceFormat.TEXT),
        ("Workstream\tLead\n# 1\tx\n# 2\ty\n", "plan.txt", SourceFormat.TEXT),
        ("Just words.", "plan.md", SourceFormat.MARKDOWN),
        ("Just words.", "PLAN.MARKDOWN", SourceFormat.MARKDOWN),
        ("# one heading only, or a remark\n\nwords", "plan.txt", SourceFormat.TEXT),
    ],
)
def test_the_format_is_found_from_the_content(content: str, name: str, format_: SourceFormat) -> None:
    assert document_from_bytes(content.encode(), name).format is format_


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
def test_lines_are_those_that_an_editor_shows(end: str, name: str) -> None:
    """A form feed or another separator inside a line, as PDF extraction leaves them, ends no line."""
    content = end.join(["First\x0c words", "", "second\u2028 words", "", "third"])
    document = document_from_bytes(content.encode(), name)
    assert len(document.lines) == 5
    assert [block.anchor.line for block in blocks(document)] == [1, 3, 5]


def test_an_excerpt_shows_the_lines_around_a_place() -> None:
    document = document_from_bytes(b"one\n\ntwo\n\nthree", "plan.txt")
    assert document.excerpt(3, around=1) == ((2, ""), (3, "two"), (4, ""))
    assert document.excerpt(1, around=1) == ((1, "one"), (2, ""))
    assert document.excerpt(5, around=9)[-1] == (5, "three")
