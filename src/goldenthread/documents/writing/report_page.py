"""What the pages of a report are like, whatever writes them: size, running words, type, and shades behind words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goldenthread.documents.model import DocumentError
from goldenthread.documents.writing.office import MADE_ON

INK, LINE, SHADE = "0B0C0C", "808080", "F3F2F1"
SHADES = {
    "RatingGreen": ("CCE2D8", INK),
    "RatingAmber": ("F4B942", INK),
    "RatingRed": ("942514", "FFFFFF"),
    "RatingComplete": ("5694CA", INK),
    "RatingNotStarted": ("FFFFFF", INK),
    "RatingSuspended": ("E0D4EC", INK),
    "RatingStopped": ("505A5F", "FFFFFF"),
    "RatingNotRated": ("E6E6E6", INK),
    "ToWrite": ("FFF2B3", INK),
}
"""Character styles: the shade behind the words, and the colour of the words, at least 4.5 to 1 apart.

A council that gives its own reference document may define styles of these names in it. They have no spaces, which
OpenDocument does not allow in names.
"""
CHART_CAPTION = "ChartCaption"
TITLE, SUBTITLE, BODY, CAPTION, CELL, RUNNING = 20.0, 12.0, 10.5, 9.5, 8.0, 8.0
"""Sizes of type, in points."""
HEADINGS = {1: 16.0, 2: 13.0, 3: 11.5, 4: 10.5}
MARGIN = 1.8
"""Left and right, in centimetres."""


@dataclass(frozen=True)
class Page:
    """A4, and which way round; what the header says on the left, and the footer on every page.

    `marking` is a protective marking, or that it is a draft: it stands above the header and above the footer.
    """

    landscape: bool
    header: str
    footer: str
    marking: str = ""

    @property
    def width(self) -> float:
        """In centimetres."""
        return 29.7 if self.landscape else 21.0

    @property
    def height(self) -> float:
        """In centimetres."""
        return 21.0 if self.landscape else 29.7


def rewritten(
    archive: bytes, parts: Mapping[str, Callable[[str], str]], more: Mapping[str, str] | None = None
) -> bytes:
    """A packed document with some parts changed and others added; the same input gives the same bytes.

    Raises:
        DocumentError: a part that is to be changed is not there.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w") as new:
        if missing := parts.keys() - set(old.namelist()):
            raise DocumentError(f"The document has no {min(missing)}: save it anew in Word or LibreOffice.")
        for entry in old.infolist():
            content = old.read(entry)
            if change := parts.get(entry.filename):
                content = change(content.decode("utf-8")).encode()
            new.writestr(zipfile.ZipInfo(entry.filename, MADE_ON), content, entry.compress_type)
        for name, words in (more or {}).items():
            new.writestr(zipfile.ZipInfo(name, MADE_ON), words, zipfile.ZIP_DEFLATED)
    return written.getvalue()
