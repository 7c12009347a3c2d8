"""Opening a file as a document. What it is, is found from its content; the name only settles what is left open."""

from __future__ import annotations

import re
from pathlib import Path

from goldenthread.documents.markdown import read_markdown
from goldenthread.documents.model import Document, DocumentError, SourceFormat
from goldenthread.documents.text import read_text

LARGEST = 20 * 1024 * 1024
"""The largest file that is read, in bytes."""

_KNOWN_BINARY = {
    b"PK\x03\x04": "a Word, Excel or OpenDocument file, or another ZIP archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
}
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|\|.*\|\s*$|```)", re.MULTILINE)


def read_document(path: Path) -> Document:
    """The document in a file.

    Raises:
        DocumentError: when there is no such file, it is too large, empty, or no text or Markdown.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DocumentError(f"{path.name} is {size / 2**20:.0f} MB; the limit is {LARGEST // 2**20} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror or error}.") from error
    return document_from_bytes(content, path.name)


def document_from_bytes(content: bytes, name: str) -> Document:
    """The document in these bytes; raises as `read_document` does."""
    if len(content) > LARGEST:
        raise DocumentError(f"{name} is {len(content) / 2**20:.0f} MB; the limit is {LARGEST // 2**20} MB.")
    text = _decode(content, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError(f"{name} is empty.")
    format_ = _sniff(text, name)
    return read_markdown(text, name) if format_ is SourceFormat.MARKDOWN else read_text(text, name)


def _decode(content: bytes, name: str) -> str:
    for start, what in _KNOWN_BINARY.items():
        if content.startswith(start):
            raise DocumentError(
                f"{name} is {what}. This version reads plain text and Markdown: save it as one of these."
            )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(content, name, "utf-16")
    if b"\x00" in content:
        raise DocumentError(f"{name} is not a text file. Save the plan as plain text or Markdown.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_as(content, name, "cp1252")


def _decode_as(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {error.start} is no text. Save the plan as plain text in UTF-8."
        ) from error


def _sniff(text: str, name: str) -> SourceFormat:
    if "\t" in text and not name.lower().endswith((".md", ".markdown")):
        return SourceFormat.TEXT
    signs = len(_MARKDOWN_SIGNS.findall(text))
    return (
        SourceFormat.MARKDOWN
        if signs >= 2 or name.lower().endswith((".md", ".markdown"))
        else SourceFormat.TEXT
    )
