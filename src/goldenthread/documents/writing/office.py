"""Word, OpenDocument text and Markdown, through pandoc."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import panflute as pf
import pypandoc

from goldenthread.documents.model import DocumentError, SourceFormat

_MARKDOWN = "commonmark_x-smart-emoji-tex_math_dollars-subscript-superscript-raw_html-attributes"
_MADE = "946684800"
"""1 January 2000, in seconds since 1970: no clock, so that the same content gives the same file."""
MADE_ON = (2000, 1, 1, 0, 0, 0)
"""The same day as archives have it."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
_ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
_PAGE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/>'
)
_LANDSCAPE = (
    'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin-top="1.5cm" '
    'fo:margin-bottom="1.5cm" fo:margin-left="1.5cm" fo:margin-right="1.5cm"'
)


def office_bytes(tree: Any, format_: SourceFormat) -> bytes:
    """A tree (`panflute.Doc`) as a Word document, OpenDocument text or Markdown; the first two on landscape A4.

    Raises:
        DocumentError: when pandoc does not run or refuses.
    """
    source = io.StringIO()
    pf.dump(tree, source)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "written"
        options = ["--wrap=none", "--standalone"]
        if format_ is SourceFormat.MARKDOWN:
            options = ["--wrap=none", "--columns=100000"]
        else:
            reference = Path(folder) / f"reference.{format_.value}"
            reference.write_bytes(_reference(format_))
            options.append(f"--reference-doc={reference}")
        to = _MARKDOWN if format_ is SourceFormat.MARKDOWN else format_.value
        pandoc(["-f", "json", "-t", to, *options, "-o", str(out)], source.getvalue().encode())
        written = out.read_bytes()
    return _without_padding(written) if format_ is SourceFormat.MARKDOWN else written


def _without_padding(markdown: bytes) -> bytes:
    """Pandoc pads the cells of a table to the longest of their column, which makes files five times as long."""
    lines = markdown.decode().split("\n")
    return "\n".join(
        re.sub(r"-{4,}", "---", re.sub(r" {2,}", " ", line)) if line.startswith("|") else line
        for line in lines
    ).encode()


def pandoc(options: list[str], content: bytes = b"") -> bytes:
    """What pandoc prints when it is run with these options on these bytes.

    Raises:
        DocumentError: when it does not run or refuses.
    """
    try:
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), *options],
            input=content, capture_output=True, check=False, env={"SOURCE_DATE_EPOCH": _MADE, "LANG": "C.UTF-8"},
        )  # fmt: skip
    except OSError as error:
        raise DocumentError(f"pandoc does not run ({error.strerror}): install it anew.") from error
    if done.returncode != 0:
        raise DocumentError(
            f"The document cannot be written: {done.stderr.decode('utf-8', 'replace').strip()}"
        )
    return done.stdout


@cache
def _reference(format_: SourceFormat) -> bytes:
    """Pandoc's own reference document with landscape pages, Arial, and lines around the cells of tables."""
    printed = pandoc(["--print-default-data-file", f"reference.{format_.value}"])
    restyled = {
        "word/styles.xml": _word_styles,
        "word/document.xml": lambda xml: xml.replace("</w:sectPr>", f"{_PAGE}</w:sectPr>"),
        "styles.xml": _open_styles,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(printed)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if restyle := restyled.get(entry.filename):
                content = restyle(content.decode()).encode()
            new.writestr(entry, content)
    return written.getvalue()


def _word_styles(xml: str) -> str:
    before, table, after = xml.partition('w:styleId="Table"')
    after = after.replace("<w:tblPr>", f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>", 1)
    xml = re.sub(r"<w:rFonts [^>]*/>", _ARIAL, before + table + after)
    return re.sub(r'w:(sz|szCs) w:val="(24|22)"', r'w:\1 w:val="16"', xml)


def _open_styles(xml: str) -> str:
    sizes = (
        r'(fo:page-width|fo:page-height|style:print-orientation|fo:margin-(top|bottom|left|right))="[^"]*"\s*'
    )

    def landscape(match: re.Match[str]) -> str:
        return f"<style:page-layout-properties {_LANDSCAPE} {re.sub(sizes, '', match['rest'])}"

    xml = re.sub(r"<style:page-layout-properties (?P<rest>[^>]*)", landscape, xml)
    return re.sub(r'fo:font-size="12pt"', 'fo:font-size="9pt"', xml)
