"""Letterheads as councils send them: with a line of Northbury's, sound and unsound."""

from __future__ import annotations

import io
import zipfile

from goldenthread.documents.model import SourceFormat
from goldenthread.documents.writing.reference import reference_document
from goldenthread.documents.writing.report_page import Page

MOTTO = "Northbury: from the river to the moor"


def letterhead(ending: str, motto: str = MOTTO) -> bytes:
    """A sound file whose header says the motto."""
    return reference_document(
        SourceFormat(ending), Page(landscape=False, header=motto, footer="Civic Centre")
    )


def repacked(content: bytes, parts: dict[str, tuple[str, str]], more: dict[str, str] | None = None) -> bytes:
    """The file with one text put for another in some of its parts, and with more parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            held = old.read(entry)
            if entry.filename in parts:
                was, is_ = parts[entry.filename]
                assert was in held.decode(), (entry.filename, was)
                held = held.decode().replace(was, is_).encode()
            new.writestr(entry, held)
        for name, words in (more or {}).items():
            new.writestr(name, words)
    return written.getvalue()
