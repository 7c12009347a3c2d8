"""What a file is, told from its content. Nothing is opened or run; a name proves nothing."""

from __future__ import annotations

from goldenthread.documents import DocumentError
from goldenthread.documents.archives import names_in
from goldenthread.record.errors import InvalidEdit

UNKNOWN = "application/octet-stream"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf")
_MORE_PROGRAMS = (b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00")
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"{\\rtf": "application/rtf",
}
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_type_of(content: bytes, name: str) -> str:
    """The media type of a file that is offered as evidence; `name` is only for what a person is told.

    Raises:
        InvalidEdit: It is a program. Evidence is read, never run.
    """
    if content.startswith(_PROGRAMS + _MORE_PROGRAMS):
        raise InvalidEdit(f"{name} is a program. Add a document, a picture or a message instead.")
    for beginning, media_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _packed(content, name)
    if content.startswith(_OLE):
        message = "__substg1.0_".encode("utf-16-le") in content
        return "application/vnd.ms-outlook" if message else "application/x-ole-storage"
    return "text/plain" if _is_text(content) else UNKNOWN


def _packed(content: bytes, name: str) -> str:
    try:
        names = names_in(content, name)
    except DocumentError:
        return "application/zip"
    for part in names:
        if part.startswith("mimetype=application/vnd.oasis.opendocument."):
            return part.removeprefix("mimetype=")
        for folder, media_type in _OFFICE.items():
            if part.startswith(folder):
                return media_type
    return "application/zip"


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
