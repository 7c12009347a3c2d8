"""OpenDocument workbooks, written with the standard library.

The libraries for it are either unmaintained or write values for Excel's sake; a workbook of texts needs a few small
XML files (OpenDocument 1.3, parts 2 and 3).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from goldenthread.documents.writing.sheet import Sheet, without_control_characters

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MADE = (2000, 1, 1, 0, 0, 0)
CM_A_CHARACTER = 0.19
URN = "urn:oasis:names:tc:opendocument:xmlns:"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = {"office": "office", "table": "table", "text": "text", "style": "style", "fo": "xsl-fo-compatible"}
DECLARED = " ".join(f'xmlns:{prefix}="{URN}{name}:1.0"' for prefix, name in _SPACES.items())
_STYLES = f"""{HEAD}<office:document-styles {DECLARED} office:version="1.3"><office:automatic-styles>
<style:page-layout style:name="landscape"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>
</office:automatic-styles><office:master-styles>
<style:master-page style:name="Default" style:page-layout-name="landscape"/>
</office:master-styles></office:document-styles>"""
_CELLS = """<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>
<style:style style:name="heading" style:family="table-cell">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="text" style:family="table-cell">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>"""


def ods_bytes(sheets: Iterable[Sheet], title: str) -> bytes:
    """An OpenDocument workbook in which every cell is text, with headings that repeat on every printed page."""
    return packed("".join(_content(tuple(sheets))), title)


def packed(content: str, title: str, more: Mapping[str, str] | None = None) -> bytes:
    """The archive that a workbook is: `content.xml`, what always goes with it, and more parts by name."""
    meta = (
        f'{HEAD}<office:document-meta xmlns:office="{URN}office:1.0" office:version="1.3" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>{words(title)}</dc:title>'
        "</office:meta></office:document-meta>"
    )
    parts = {"styles.xml": _STYLES, "meta.xml": meta, "content.xml": content, **(more or {})}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        # The type comes first and unpacked, so that programs find it at a fixed place.
        archive.writestr(zipfile.ZipInfo("mimetype", _MADE), _TYPE, zipfile.ZIP_STORED)
        for name, part in {"META-INF/manifest.xml": _manifest(parts), **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _manifest(parts: Iterable[str]) -> str:
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="text/xml"/>\n'
    return (
        f'{HEAD}<manifest:manifest xmlns:manifest="{URN}manifest:1.0" manifest:version="1.3">\n'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_TYPE}"/>\n'
        f"{''.join(map(entry.format, parts))}</manifest:manifest>"
    )


def _content(sheets: tuple[Sheet, ...]) -> Iterator[str]:
    yield f'{HEAD}<office:document-content {DECLARED} office:version="1.3"><office:automatic-styles>{_CELLS}'
    for width in sorted({width for sheet in sheets for width in sheet.widths}):
        yield f'<style:style style:name="width{width}" style:family="table-column"><style:table-column-properties '
        yield f'style:column-width="{width * CM_A_CHARACTER:.2f}cm"/></style:style>'
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet in sheets:
        yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="sheet">'
        yield from (f'<table:table-column table:style-name="width{width}"/>' for width in sheet.widths)
        yield "<table:table-header-rows>"
        yield from _row(sheet.headings, "heading")
        yield "</table:table-header-rows>"
        for row in sheet.rows:
            yield from _row(row, "text")
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _row(cells: Iterable[str], style: str) -> Iterator[str]:
    yield "<table:table-row>"
    for cell in cells:
        if cell:
            yield f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            yield f"<text:p>{words(cell)}</text:p></table:table-cell>"
        else:
            yield "<table:table-cell/>"
    yield "</table:table-row>"


def words(text: str) -> str:
    """Text as it stands in XML."""
    return escape(without_control_characters(text))
