"""Text in any of the encodings that office programs write."""

from __future__ import annotations

import re

from goldenthread.documents.model import DocumentError

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def decoded(content: bytes, name: str) -> str:
    """The text in these bytes, its line ends as in Unix.

    A mark at its beginning decides; then zeros between the letters (UTF-16 without a mark); then UTF-8 if the bytes
    are sound UTF-8; then what an HTML page says of itself; else Windows' Western code page.

    Raises:
        DocumentError: when it is no text.
    """
    text = _decode(content, name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(content, name, "utf-16")
    if b"\x00" in content:
        if encoding := _unmarked_utf16(content):
            return _decode_as(content, name, encoding)
        raise DocumentError(f"{name} is not a text file: save the plan as Word, PDF, Excel or plain text.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        stated = _CHARSET.search(content[:4000])
        encoding = stated[1].decode("ascii").lower() if stated else "cp1252"
        latin = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "utf-8", "utf8")
        return _decode_as(content, name, "cp1252" if encoding in latin else encoding)


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark shows in English by the zero in nearly every second byte."""
    sample = content[:2000]
    half = len(sample) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(content) % 2 == 0 and sample[first::2].count(0) > 0.8 * half > sample[1 - first :: 2].count(0):
            return encoding
    return None


def _decode_as(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {error.start} is no text. Save the plan as plain text in UTF-8."
        ) from error
    except (LookupError, UnicodeError) as error:
        raise DocumentError(f"{name} says that it is in “{encoding}”: save it in UTF-8.") from error
