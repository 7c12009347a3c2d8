"""A report as pandoc's tree, in the dress of the format that it leaves in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from html import escape
from typing import Any

import panflute as pf

from goldenthread.documents.writing.page import class_name
from goldenthread.documents.writing.report_page import CHART_CAPTION
from goldenthread.documents.writing.sheet import without_control_characters
from goldenthread.reporting.composing import Composed, Report
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Part,
    Rated,
    Resolutions,
    Strong,
    Table,
    Text,
    ToWrite,
)

_DEEPEST = 4
_LONGEST_WHOLE = 400
"""Characters in a cell that surely fit on a page, in however narrow a column."""
CHART_WIDTH = "12.5cm"
"""On paper, so that the words of a drawing are about as large as those beside it."""


class Dress(Enum):
    """For which kind of writer the tree is: they shade words, show drawings and scroll tables in ways of their own."""

    OFFICE = "office"
    PAGE = "page"
    TYPST = "typst"


def report_tree(report: Report, dress: Dress) -> Any:
    """The report as a `panflute.Doc`: its opening, then its sections. Drawings are named `chart-1`, `chart-2` ..."""
    writer = _Writer(report, dress)
    metadata: dict[str, Any] = {"lang": pf.MetaString("en-GB")}
    if dress is Dress.OFFICE:
        title, subtitle = report.titles
        metadata |= {"title": pf.MetaString(printable(title)), "subtitle": pf.MetaString(printable(subtitle))}
    return pf.Doc(*writer.blocks(), metadata=metadata)


def drawings(report: Report) -> dict[str, str]:
    """The drawings of a report (SVG) by the names under which its tree shows them."""
    charts = (block for section in report.sections for block in section.blocks if isinstance(block, Chart))
    return {f"chart-{number}": chart.svg for number, chart in enumerate(charts, 1)}


class _Writer:
    def __init__(self, report: Report, dress: Dress) -> None:
        self._report, self._dress = report, dress
        self._charts = 0
        # On a web page the title is the heading of level 1; elsewhere it is no heading.
        self._above = 1 if dress is Dress.PAGE else 0

    def blocks(self) -> Iterator[Any]:
        if self._report.opening:
            yield pf.Para(*self._inlines(self._report.opening))
        level = 1
        for section in self._report.sections:
            level = section.level if section.title else level
            yield from self._section(section, level)

    def _section(self, section: Composed, level: int) -> Iterator[Any]:
        if section.title:
            yield self._heading(section.title, level)
        for block in section.blocks:
            yield from self._block(block, level)

    def _heading(self, words: str, level: int) -> Any:
        return pf.Header(_words(words), level=min(level + self._above, _DEEPEST))

    def _block(self, block: Block, level: int) -> Iterator[Any]:
        match block:
            case Heading():
                yield self._heading(block.words, level + block.level)
            case Paragraph():
                yield pf.Para(*self._inlines(block.text))
            case Bullets():
                yield pf.BulletList(*self._items(block.items))
            case Resolutions():
                listed = {"style": "Decimal", "delimiter": "TwoParens"}
                yield pf.OrderedList(*self._items(block.items), **listed)
            case Table():
                yield from self._placed(block)
            case Chart():
                yield from self._chart(block)
                yield from self._placed(block.table)

    def _items(self, items: Iterable[Text]) -> Iterator[Any]:
        return (pf.ListItem(pf.Para(*self._inlines(text))) for text in items)

    def _table(self, table: Table) -> Any:
        whole = sum(column.share for column in table.columns)
        return pf.Table(
            pf.TableBody(*(self._row(row) for row in table.rows), row_head_columns=1),
            head=pf.TableHead(self._row(tuple((column.heading,) for column in table.columns))),
            colspec=[("AlignLeft", column.share / whole) for column in table.columns],
            caption=pf.Caption(pf.Plain(_words(table.caption))),
        )

    def _row(self, cells: Iterable[Text]) -> Any:
        return pf.TableRow(*(pf.TableCell(pf.Plain(*self._inlines(cell))) for cell in cells))

    def _placed(self, table: Table) -> Iterator[Any]:
        """On a web page a table scrolls by itself when the screen is narrow, and can be reached by keyboard. In a PDF
        no page ends within its rows, unless one of them might be longer than a page."""
        made = self._table(table)
        if self._dress is Dress.PAGE:
            attributes = {"role": "region", "aria-label": printable(table.caption), "tabindex": "0"}
            yield pf.Div(made, classes=["table"], attributes=attributes)
        elif self._dress is Dress.TYPST and max(map(_longest, table.rows), default=0) <= _LONGEST_WHOLE:
            yield pf.Para(_typst("#[#set table.cell(breakable: false)"))
            yield made
            yield pf.Para(_typst("]"))
        else:
            yield made

    def _chart(self, chart: Chart) -> Iterator[Any]:
        self._charts += 1
        name = f"chart-{self._charts}"
        if self._dress is Dress.PAGE:
            drawn = chart.svg.replace(
                "<svg ", f'<svg role="img" aria-label="{escape(printable(chart.alternative))}" ', 1
            )
            caption = f"<figcaption>{escape(printable(chart.caption))}</figcaption>"
            frame = f'<figure tabindex="0" aria-label="{escape(printable(chart.caption))}">{drawn}{caption}</figure>'
            yield pf.RawBlock(frame, format="html")
        elif self._dress is Dress.TYPST:
            words = printable(chart.alternative).replace("\\", "\\\\").replace('"', '\\"')
            picture = f'image("{name}.svg", width: {CHART_WIDTH}, alt: "{words}")'
            opened = f"#figure({picture}, kind: image, caption: figure.caption(position: bottom)["
            yield pf.Para(_typst(opened), _words(chart.caption), _typst("])"))
        else:
            image = pf.Image(_words(chart.alternative), url=f"{name}.png", attributes={"width": CHART_WIDTH})
            yield pf.Para(image)
            yield pf.Div(pf.Para(_words(chart.caption)), attributes={"custom-style": CHART_CAPTION})

    def _inlines(self, text: Text) -> list[Any]:
        return [inline for part in text for inline in self._inline(part)]

    def _inline(self, part: Part) -> list[Any]:
        match part:
            case Strong():
                return [pf.Strong(_words(part.words))]
            case Rated():
                style = f"Rating{part.class_.value.title().replace('_', '')}"
                return self._shaded(str(part), style, f'#shaded("{style}")[')
            case ToWrite():
                return self._shaded(str(part), "ToWrite", "#towrite[")
            case _:
                return [_words(str(part))]

    def _shaded(self, words: str, style: str, typst: str) -> list[Any]:
        """The words with a shade behind them. Where shades cannot be seen, the words are there all the same."""
        if self._dress is Dress.TYPST:
            return [_typst(typst), _words(words), _typst("]")]
        if self._dress is Dress.PAGE:
            classes = ["shaded", class_name(style)] if style.startswith("Rating") else [class_name(style)]
            return [pf.Span(_words(words), classes=classes)]
        return [pf.Span(_words(words), attributes={"custom-style": style})]


def _longest(row: Iterable[Text]) -> int:
    return max((sum(len(str(part)) for part in cell) for cell in row), default=0)


def printable(words: str) -> str:
    """Words as every format can hold them, on one line."""
    return " ".join(without_control_characters(words).split("\n"))


def _words(words: str) -> Any:
    """Words as one element: pandoc need not be told where each of them ends, which would take it four times as long."""
    return pf.Str(printable(words))


def _typst(markup: str) -> Any:
    """Markup of Typst. (panflute's own list of raw formats lacks it, so the format is said afterwards.)"""
    raw = pf.RawInline(markup, format="html")
    raw.format = "typst"
    return raw
