"""The reference document of OpenDocument texts (OpenDocument 1.3 part 3, sections 16 and 20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from goldenthread.documents.writing.report_page import (
    BODY,
    CAPTION,
    CELL,
    CHART_CAPTION,
    HEADINGS,
    INK,
    LINE,
    MARGIN,
    RUNNING,
    SHADE,
    SHADES,
    SUBTITLE,
    TITLE,
    Page,
    rewritten,
)

STYLES = "styles.xml"
_TAB = "{tab}"
"""Where the style of the footer says how far to the right the number of the page stands."""


def with_page(base: bytes, page: Page) -> bytes:
    """A reference document with A4 pages that say in header and footer what every page says."""
    turned = "landscape" if page.landscape else "portrait"
    layout = (
        f'<style:page-layout style:name="Mpm1"><style:page-layout-properties fo:page-width="{page.width}cm" '
        f'fo:page-height="{page.height}cm" style:print-orientation="{turned}" fo:margin-top="1.1cm" '
        f'fo:margin-bottom="1cm" fo:margin-left="{MARGIN}cm" fo:margin-right="{MARGIN}cm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.4cm"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.9cm" '
        'fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
    )
    number = (
        '<text:tab/>Page <text:page-number text:select-page="current">1</text:page-number> of '
        "<text:page-count>1</text:page-count>"
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="Mpm1">'
        f"<style:header>{_marked(page)}{_line(page.header)}</style:header>"
        f"<style:footer>{_marked(page)}{_line(page.footer, number)}</style:footer></style:master-page>"
    )

    def paged(xml: str) -> str:
        xml = re.sub(r"<style:page-layout .*?</style:page-layout>", layout, xml, flags=re.DOTALL)
        xml = re.sub(r"<style:master-page .*?</style:master-page>", lambda _: master, xml, flags=re.DOTALL)
        return xml.replace(_TAB, f"{page.width - 2 * MARGIN:.1f}cm")

    return rewritten(base, {STYLES: paged})


def with_stamp(own: bytes, page: Page) -> bytes:
    """A council's file with our words below the footer of each kind of page, or as its footer where it has none."""
    marking = f"<text:p>{escape(page.marking)}</text:p>" if page.marking else ""
    line = f"{marking}<text:p>{escape(page.footer)}</text:p>"
    foot = f"<style:footer>{line}</style:footer>"

    def master(match: re.Match[str]) -> str:
        tag, content = match["tag"], match["content"] or ""
        if "</style:footer>" in content:
            content = content.replace("</style:footer>", f"{line}</style:footer>", 1)
        elif "</style:header>" in content:
            content = content.replace("</style:header>", f"</style:header>{foot}", 1)
        else:
            content = foot + content
        return f"<style:master-page{tag}>{content}</style:master-page>"

    pages = r"<style:master-page(?P<tag>\s[^>]*?)(?:/>|>(?P<content>.*?)</style:master-page>)"
    return rewritten(own, {STYLES: lambda xml: re.sub(pages, master, xml, flags=re.DOTALL)})


def with_styles(xml: str) -> str:
    """Pandoc's styles with ours in the place of those of the same name."""
    xml = re.sub(r'fo:font-size="12pt"', f'fo:font-size="{BODY}pt"', xml)
    xml = re.sub(r'fo:language="en"\s+fo:country="US"', 'fo:language="en" fo:country="GB"', xml)
    xml = re.sub(r'style:font-name="[^"]*"', 'style:font-name="Arial"', xml)
    for name, style in _own_styles():
        named = rf'<style:style\s+style:name="{name}"(?:[^>]*/>|.*?</style:style>)'
        xml = re.sub(named, "", xml, flags=re.DOTALL)
        xml = xml.replace("</office:styles>", f"{style}</office:styles>")
    return xml


_WHOLE_ROW = (
    '<style:style style:name="WholeRow" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
)


def with_cell_borders(written: bytes) -> bytes:
    """An OpenDocument text of pandoc's, in whose tables every cell has lines around it and headings are shaded.

    No page ends within a row.
    """
    lines = f'fo:border="0.5pt solid #{LINE}" fo:padding="0.08cm"'
    shaded = f'{lines} fo:background-color="#{SHADE}"'

    def lined(xml: str) -> str:
        for cell, properties in (("TableHeaderRowCell", shaded), ("TableRowCell", lines)):
            plain = rf'(style:name="{cell}".*?)fo:border="none"'
            xml = re.sub(plain, rf"\1{properties}", xml, count=1, flags=re.DOTALL)
        if "<table:table-row>" not in xml:
            return xml
        xml = xml.replace("<table:table-row>", '<table:table-row table:style-name="WholeRow">')
        return xml.replace("</office:automatic-styles>", f"{_WHOLE_ROW}</office:automatic-styles>", 1)

    return rewritten(written, {"content.xml": lined})


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph style: its name in the program, size in points, space before and after in centimetres."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    outline: int | None = None
    inside: str = ""

    def xml(self, id_: str) -> str:
        level = f' style:default-outline-level="{self.outline}"' if self.outline else ""
        weight = ' fo:font-weight="bold"' if self.bold else ""
        keep = ' fo:keep-with-next="always"' if self.bold else ""
        return (
            f'<style:style style:name="{id_}" style:display-name="{self.name}" style:family="paragraph" '
            f'style:parent-style-name="Standard"{level}><style:paragraph-properties fo:margin-top="{self.before}cm" '
            f'fo:margin-bottom="{self.after}cm"{keep}>{self.inside}</style:paragraph-properties><style:text-properties '
            f'style:font-name="Arial" fo:font-size="{self.size}pt" fo:color="#{INK}"{weight}/></style:style>'
        )


_TABS = f'<style:tab-stops><style:tab-stop style:position="{_TAB}" style:type="right"/></style:tab-stops>'
_PARAGRAPHS = {
    **{
        f"Heading_20_{n}": _Paragraph(f"Heading {n}", size, 0.5, 0.15, bold=True, outline=n)
        for n, size in HEADINGS.items()
    },
    "Text_20_body": _Paragraph("Text body", BODY, 0.15, 0.18),
    "First_20_paragraph": _Paragraph("First paragraph", BODY, 0.15, 0.18),
    "Table_20_Contents": _Paragraph("Table Contents", CELL),
    "Table_20_Heading": _Paragraph("Table Heading", CELL, bold=True),
    "TableCaption": _Paragraph("Table Caption", CAPTION, 0.3, 0.1, bold=True),
    CHART_CAPTION: _Paragraph(CHART_CAPTION, CAPTION, 0.1, 0.3),
    "Title": _Paragraph("Title", TITLE, 0, 0.1, bold=True),
    "Subtitle": _Paragraph("Subtitle", SUBTITLE, 0, 0.35),
    "Footer": _Paragraph("Footer", RUNNING, inside=_TABS),
    "Marking": _Paragraph("Marking", RUNNING, bold=True),
}


def _own_styles() -> Iterator[tuple[str, str]]:
    for id_, style in _PARAGRAPHS.items():
        yield id_, style.xml(id_)
    for name, (fill, ink) in SHADES.items():
        yield name, _shaded(name, fill, ink)


def _shaded(name: str, fill: str, ink: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="text"><style:text-properties '
        f'fo:color="#{ink}" fo:background-color="#{fill}" fo:font-weight="bold"/></style:style>'
    )


def _marked(page: Page) -> str:
    """The marking as a line of its own, in bold; nothing where there is none."""
    if not page.marking:
        return ""
    return f'<text:p text:style-name="Marking">{escape(page.marking)}</text:p>'


def _line(words: str, after: str = "") -> str:
    return f'<text:p text:style-name="Footer">{escape(words)}{after}</text:p>'
