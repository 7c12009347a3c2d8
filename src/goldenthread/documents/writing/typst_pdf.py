"""Tagged PDF (PDF/UA-1, ISO 14289-1) through Typst, with fonts of our own: the same content gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from goldenthread.documents.model import DocumentError
from goldenthread.documents.writing.report_page import SHADES, Page

MADE_AT = 946_684_800
"""1 January 2000, in seconds since 1970, as the date inside the file: no clock."""
_HERE = Path(str(files("goldenthread.documents.writing")))
_SPECIAL = re.compile(r"([\\`*_{}\[\]#+\-.!$<>@~/=\"'])")


def pdf_bytes(
    body: str, title: str, subtitle: str, page: Page, drawings: Mapping[str, bytes] | None = None
) -> bytes:
    """A PDF that says how it is to be read aloud, from markup of Typst.

    Args:
        body: The markup, without a page of its own.
        title: What the document is called, on it and in it.
        subtitle: What stands under the title.
        page: A4, and what every page says.
        drawings: The files that the markup shows, by name.

    Raises:
        DocumentError: Typst refuses it; where it is not fit for PDF/UA-1 it does.
    """
    template = (_HERE / "templates" / "report.typ").read_text(encoding="utf-8")
    words = {
        "title": escaped(title),
        "subtitle": escaped(subtitle),
        "header": escaped(page.header),
        "footer": escaped(page.footer),
        "marking": f"*{escaped(page.marking)}* #linebreak()" if page.marking else "",
        "flipped": "true" if page.landscape else "false",
        "shades": ", ".join(f'"{name}": ("#{fill}", "#{ink}")' for name, (fill, ink) in SHADES.items()),
        "body": body,
    }
    source = re.sub(r"«(\w+)»", lambda blank: words[blank[1]], template)
    with TemporaryDirectory() as folder:
        for name, content in (drawings or {}).items():
            Path(folder, name).write_bytes(content)
        Path(folder, "report.typ").write_text(source, encoding="utf-8")
        return _compiled(Path(folder), "pdf")


def png_of(svg: str, dots: int = 150) -> bytes:
    """A drawing as a picture, for programs that show no SVG; `dots` to the inch, at 72 units of the drawing."""
    with TemporaryDirectory() as folder:
        Path(folder, "drawing.svg").write_text(svg, encoding="utf-8")
        page = '#set page(width: auto, height: auto, margin: 2pt)\n#image("drawing.svg")'
        Path(folder, "report.typ").write_text(page, encoding="utf-8")
        return _compiled(Path(folder), "png", float(dots))


def escaped(words: str) -> str:
    """Words as Typst prints them, whatever signs are in them."""
    return _SPECIAL.sub(r"\\\1", words)


def _compiled(folder: Path, format_: Literal["pdf", "png"], dots: float | None = None) -> bytes:
    standards: list[Literal["ua-1"]] = ["ua-1"] if format_ == "pdf" else []
    try:
        compiler = typst.Compiler(
            str(folder / "report.typ"),
            root=str(folder),
            font_paths=[str(_HERE / "fonts")],
            ignore_system_fonts=True,
        )
        made = compiler.compile(format=format_, ppi=dots, pdf_standards=[*standards], timestamp=MADE_AT)
    except typst.TypstError as error:
        raise DocumentError(f"The PDF cannot be written: {error.message}.") from error
    assert isinstance(made, bytes)
    return made
