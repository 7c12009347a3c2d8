"""Opening a file as a document. What it is, is found from its content; the name only settles what is left open."""

from __future__ import annotations

from pathlib import Path

from goldenthread.documents.delimited import read_delimited
from goldenthread.documents.encodings import decoded
from goldenthread.documents.limits import LARGEST, too_large
from goldenthread.documents.markdown import read_markdown
from goldenthread.documents.model import Document, DocumentError, SourceFormat
from goldenthread.documents.office import read_office
from goldenthread.documents.pdf import read_pdf
from goldenthread.documents.sniffing import packed_format, text_format
from goldenthread.documents.text import read_text
from goldenthread.documents.workbooks import read_workbook


def read_document(path: Path) -> Document:
    """The document in a file.

    Raises:
        DocumentError: when there is no such file; when it is empty, damaged, locked, too large, or nothing that is
            read here.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise too_large(path.name, size)
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror or error}.") from error
    return document_from_bytes(content, path.name)


def document_from_bytes(content: bytes, name: str) -> Document:
    """The document in these bytes; raises as `read_document` does."""
    if len(content) > LARGEST:
        raise too_large(name, len(content))
    format_ = packed_format(content, name)
    match format_:
        case None:
            return _text_document(decoded(content, name), name)
        case SourceFormat.PDF:
            return read_pdf(content, name)
        case SourceFormat.XLSX | SourceFormat.XLS | SourceFormat.ODS:
            return read_workbook(content, name, format_)
        case _:
            return read_office(content, name, format_)


def _text_document(text: str, name: str) -> Document:
    if not text.strip():
        raise DocumentError(f"{name} is empty.")
    match text_format(text, name):
        case SourceFormat.HTML:
            return read_office(text.encode("utf-8", "replace"), name, SourceFormat.HTML)
        case SourceFormat.MARKDOWN:
            return read_markdown(text, name)
        case SourceFormat.CSV:
            return read_delimited(text, name)
        case _:
            return read_text(text, name)
