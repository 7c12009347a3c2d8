"""What a file is, found from its content. The name only settles what the content leaves open."""

from __future__ import annotations

import re

from goldenthread.documents.archives import names_in
from goldenthread.documents.delimited import delimiter_of
from goldenthread.documents.model import DocumentError, SourceFormat

READABLE = "Word, OpenDocument, PDF, Excel, CSV, HTML, RTF, Markdown or plain text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF = "mimetype=application/vnd.oasis.opendocument."
_NOT_TEXT = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
}
_PROLOGUE = r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_WEB_PAGE = re.compile(
    _PROLOGUE + r"<(?:!doctype\s+html|html|head|body|title|meta)\b[^<>]*>", re.IGNORECASE | re.DOTALL
)
_WEB_FRAGMENT = re.compile(
    _PROLOGUE + r"<(?:table|div|article|section|main|h[1-6]|p)\b[^<>]*>", re.IGNORECASE | re.DOTALL
)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|\|.*\|\s*$|```)", re.MULTILINE)


def packed_format(content: bytes, name: str) -> SourceFormat | None:
    """The format of a file that is no text; None when it may be text.

    Raises:
        DocumentError: when it is something that is not read. The message says what it is.
    """
    if content.startswith(b"PK\x03\x04"):
        return _archive_format(content, name)
    if b"%PDF-" in content[:1024]:
        return SourceFormat.PDF
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return SourceFormat.RTF
    if content.startswith(_OLE[:4]):
        return _old_office_format(content, name)
    for start, what in _NOT_TEXT.items():
        if content.startswith(start):
            raise DocumentError(f"{name} is {what}, which has no text: save the plan as {READABLE}.")
    return None


def _archive_format(content: bytes, name: str) -> SourceFormat:
    names = names_in(content, name)
    for part in names:
        if part.startswith("word/"):
            return SourceFormat.DOCX
        if part.startswith("xl/"):
            if "xl/workbook.bin" in names:
                raise DocumentError(
                    f"{name} is a binary workbook (xlsb): save it as an Excel workbook (xlsx)."
                )
            return SourceFormat.XLSX
        if part.startswith(f"{_ODF}text"):
            return SourceFormat.ODT
        if part.startswith(f"{_ODF}spreadsheet"):
            return SourceFormat.ODS
        if part.startswith(("ppt/", f"{_ODF}presentation")):
            raise DocumentError(f"{name} is a presentation: save the plan as {READABLE}.")
    raise DocumentError(f"{name} is a ZIP archive and no document: unpack it, and choose one file.")


def _old_office_format(content: bytes, name: str) -> SourceFormat:
    def holds(entry: str) -> bool:
        return entry.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise DocumentError(f"{name} is locked with a password: save it without one.")
    if holds("WordDocument"):
        raise DocumentError(f"{name} is an old Word file (doc): save it as a Word document (docx).")
    if holds("Workbook") or holds("Book"):
        return SourceFormat.XLS
    raise DocumentError(f"{name} is an old Office file that is not read: save the plan as {READABLE}.")


def text_format(text: str, name: str) -> SourceFormat:
    """The format of a text."""
    ending = name.lower().rpartition(".")[2]
    beginning = text.lstrip("\ufeff \n\t")[:4000]
    if _WEB_PAGE.match(beginning) or (ending not in ("txt", "text") and _WEB_FRAGMENT.match(beginning)):
        return SourceFormat.HTML
    if ending in ("md", "markdown"):
        return SourceFormat.MARKDOWN
    named = ending in ("csv", "tsv")
    if "\t" in text and not named:
        return SourceFormat.TEXT
    if len(_MARKDOWN_SIGNS.findall(text)) >= 2 and not named:
        return SourceFormat.MARKDOWN
    if named or (ending not in ("txt", "text") and delimiter_of(text) is not None):
        return SourceFormat.CSV
    return SourceFormat.TEXT
