"""Word's reference document (Office Open XML, ECMA-376 part 1, sections 17.6, 17.7 and 17.10)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from goldenthread.documents.writing.report_page import (
    BODY,
    CAPTION,
    CELL,
    CHART_CAPTION,
    HEADINGS,
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

STYLES = "word/styles.xml"
_DOCUMENT, _RELATIONS, _TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TWIPS = 567
"""To the centimetre."""
_KEEP, _BOLD = "<w:keepNext/><w:keepLines/>", "<w:b/>"
_ROW = re.compile(r"<w:tr>(<w:trPr>)?")
_BEFORE_CAPTION = re.compile(
    r'(<w:pStyle w:val="(?:FirstParagraph|BodyText)" ?/>)'
    r'(</w:pPr>(?:(?!</w:p>).)*</w:p>\s*<w:p><w:pPr><w:pStyle w:val="(?:TableCaption|ChartCaption)")',
    re.DOTALL,
)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def with_page(base: bytes, page: Page) -> bytes:
    """A reference document with A4 pages that say in header and footer what every page says."""
    turned = ' w:orient="landscape"' if page.landscape else ""
    side = round(MARGIN * _TWIPS)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter"/>'
        f'<w:pgSz w:w="{round(page.width * _TWIPS)}" w:h="{round(page.height * _TWIPS)}"{turned}/>'
        f'<w:pgMar w:top="1304" w:right="{side}" w:bottom="1304" w:left="{side}" w:header="567" w:footer="510" '
        'w:gutter="0"/></w:sectPr>'
    )
    parts = {
        _DOCUMENT: lambda xml: re.sub(r"<w:sectPr>.*?</w:sectPr>", section, xml, flags=re.DOTALL),
        _RELATIONS: lambda xml: _related(xml, "header", "footer"),
        _TYPES: lambda xml: _typed(xml, "header", "footer"),
    }
    right = round((page.width - 2 * MARGIN) * _TWIPS)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    number = f"<w:r><w:tab/></w:r>{_run('Page ')}{_field('PAGE')}{_run(' of ')}{_field('NUMPAGES')}"
    more = {
        "word/headerGT.xml": _running("hdr", _marked("Header", page) + _line("Header", _run(page.header))),
        "word/footerGT.xml": _running(
            "ftr", _marked("Footer", page) + _line("Footer", _run(page.footer) + number, tabs)
        ),
    }
    return rewritten(base, parts, more)


def with_stamp(own: bytes, page: Page) -> bytes:
    """A council's file with our words below each of its footers, or with a footer where it has none."""
    with zipfile.ZipFile(io.BytesIO(own)) as archive:
        footers = [name for name in archive.namelist() if re.fullmatch(r"word/footer\w*\.xml", name)]
    line = _marked("Footer", page) + _line("Footer", _run(page.footer))
    if footers:
        return rewritten(own, dict.fromkeys(footers, lambda xml: xml.replace("</w:ftr>", f"{line}</w:ftr>")))
    parts = {
        _DOCUMENT: _footed,
        _RELATIONS: lambda xml: _related(xml, "footer"),
        _TYPES: lambda xml: _typed(xml, "footer"),
    }
    return rewritten(own, parts, {"word/footerGT.xml": _running("ftr", line)})


def with_styles(xml: str) -> str:
    """Pandoc's styles with ours in the place of those of the same name."""
    xml = re.sub(r"<w:rFonts [^>]*/>", _font("Arial"), xml, flags=re.DOTALL)
    xml = re.sub(r"<w:lang [^>]*/>", '<w:lang w:val="en-GB"/>', xml)
    xml = re.sub(r'w:(sz|szCs) w:val="24"', rf'w:\1 w:val="{_half(BODY)}"', xml)
    for id_, style in _own_styles():
        xml = re.sub(rf'<w:style [^>]*w:styleId="{id_}".*?</w:style>', "", xml, flags=re.DOTALL)
        xml = xml.replace("</w:styles>", f"{style}</w:styles>")
    return xml


def with_whole_rows(written: bytes) -> bytes:
    """A Word document of pandoc's in which no page ends within a row, nor between a table or drawing and its words."""

    def whole(xml: str) -> str:
        xml = _ROW.sub(
            lambda row: f"<w:tr>{row[1] or '<w:trPr>'}<w:cantSplit/>{'' if row[1] else '</w:trPr>'}", xml
        )
        return _BEFORE_CAPTION.sub(r"\1<w:keepNext/>\2", xml)

    return rewritten(written, {_DOCUMENT: whole})


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph style: its name in Word, size in points, space before and after in twentieths of a point."""

    name: str
    size: float
    before: int = 0
    after: int = 0
    keep: str = ""
    run: str = ""
    outline: int | None = None

    def xml(self, id_: str) -> str:
        level = f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/>'
            f'<w:qFormat/><w:pPr>{self.keep}<w:spacing w:before="{self.before}" w:after="{self.after}"/>{level}</w:pPr>'
            f'<w:rPr>{self.run}<w:sz w:val="{_half(self.size)}"/><w:szCs w:val="{_half(self.size)}"/></w:rPr></w:style>'
        )


_PARAGRAPHS = {
    **{
        f"Heading{n}": _Paragraph(f"heading {n}", size, 280, 80, _KEEP, _BOLD, n - 1)
        for n, size in HEADINGS.items()
    },
    "BodyText": _Paragraph("Body Text", BODY, 80, 100),
    "Compact": _Paragraph("Compact", CELL, 20, 20),
    "Title": _Paragraph("Title", TITLE, 0, 60, _KEEP, _BOLD),
    "Subtitle": _Paragraph("Subtitle", SUBTITLE, 0, 200, _KEEP),
    "TableCaption": _Paragraph("Table Caption", CAPTION, 160, 60, _KEEP, _BOLD),
    CHART_CAPTION: _Paragraph(CHART_CAPTION, CAPTION, 60, 160, "", _BOLD),
    "Header": _Paragraph("header", RUNNING),
    "Footer": _Paragraph("footer", RUNNING),
}


def _own_styles() -> Iterator[tuple[str, str]]:
    for id_, style in _PARAGRAPHS.items():
        yield id_, style.xml(id_)
    yield "Table", _table()
    for name, (fill, ink) in SHADES.items():
        yield name, _shaded(name, fill, ink)


def _table() -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for side in _SIDES)
    return (
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>'
        '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _shaded(name: str, fill: str, ink: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/><w:rPr><w:b/>'
        f'<w:color w:val="{ink}"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr></w:style>'
    )


def _footed(xml: str) -> str:
    """The last section of the text with a reference to our footer; a text without sections gets one."""
    foot = '<w:footerReference w:type="default" r:id="rIdfooter"/>'
    if "<w:sectPr" not in xml:
        return xml.replace("</w:body>", f"<w:sectPr>{foot}</w:sectPr></w:body>")
    before, mark, after = xml.rpartition("<w:sectPr")
    tag, _, rest = after.partition(">")
    if tag.endswith("/"):
        return f"{before}{mark}{tag[:-1]}>{foot}</w:sectPr>{rest}"
    return f"{before}{mark}{tag}>{foot}{rest}"


def _related(xml: str, *kinds: str) -> str:
    made = (f'<Relationship Type="{_OFFICE}/{kind}" Id="rId{kind}" Target="{kind}GT.xml"/>' for kind in kinds)
    return xml.replace("</Relationships>", f"{''.join(made)}</Relationships>")


def _typed(xml: str, *kinds: str) -> str:
    made = (f'<Override PartName="/word/{kind}GT.xml" ContentType="{_PART}.{kind}+xml"/>' for kind in kinds)
    return xml.replace("</Types>", f"{''.join(made)}</Types>")


def _running(tag: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMES}>{content}</w:{tag}>'


def _marked(style: str, page: Page) -> str:
    """The marking as a line of its own, in bold; nothing where there is none."""
    return _line(style, f"<w:r><w:rPr><w:b/></w:rPr>{_words(page.marking)}</w:r>") if page.marking else ""


def _line(style: str, content: str, tabs: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}</w:pPr>{content}</w:p>'


def _run(words: str) -> str:
    return f"<w:r>{_words(words)}</w:r>"


def _words(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_run("1")}</w:fldSimple>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}" w:eastAsia="{name}"/>'


def _half(points: float) -> int:
    return round(points * 2)
