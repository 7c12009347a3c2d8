"""The reference documents that Word files and OpenDocument texts are written on: page, styles, header and footer.

Ours are pandoc's own with styles of ours. A council may give its own file instead: its styles, logo, header and footer
stay, and what must stand on every page is put below its footer.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from goldenthread.documents.model import DocumentError, SourceFormat
from goldenthread.documents.writing import open_reference, word_reference
from goldenthread.documents.writing.office import pandoc
from goldenthread.documents.writing.report_page import Page, rewritten


class _Writer(NamedTuple):
    """What makes a reference document of one format."""

    styles: str
    with_styles: Callable[[str], str]
    with_page: Callable[[bytes, Page], bytes]
    with_stamp: Callable[[bytes, Page], bytes]


_WRITERS = {
    SourceFormat.DOCX: _Writer(
        word_reference.STYLES, word_reference.with_styles, word_reference.with_page, word_reference.with_stamp
    ),
    SourceFormat.ODT: _Writer(
        open_reference.STYLES, open_reference.with_styles, open_reference.with_page, open_reference.with_stamp
    ),
}


def reference_document(format_: SourceFormat, page: Page, own: bytes | None = None) -> bytes:
    """The file to give to pandoc as its reference document.

    Args:
        format_: Word or OpenDocument text.
        page: What every page is like and says.
        own: A council's own file of this format, whose page and styles are kept.

    Raises:
        DocumentError: the council's file is no file of this format.
    """
    writer = _WRITERS[format_]
    if own is None:
        return writer.with_page(_standard(format_), page)
    if not zipfile.is_zipfile(io.BytesIO(own)):
        kind = format_.value.upper()
        raise DocumentError(
            f"The reference document is no {kind} file: save it as one in Word or LibreOffice."
        )
    return writer.with_stamp(own, page)


@lru_cache(maxsize=4)
def _standard(format_: SourceFormat) -> bytes:
    """Pandoc's reference document with our styles, before anything is said on its pages."""
    printed = pandoc(["--print-default-data-file", f"reference.{format_.value}"])
    writer = _WRITERS[format_]
    return rewritten(printed, {writer.styles: writer.with_styles})
