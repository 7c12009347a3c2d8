"""Reading a PDF: first what stands on each page, then what belongs together across pages."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.documents.content import Block, Cell, Heading, Paragraph, Table
from goldenthread.documents.forms import placeholder_in
from goldenthread.documents.isolation import extract
from goldenthread.documents.limits import MOST_PAGES
from goldenthread.documents.model import Document, DocumentError, SourceFormat, laid_out
from goldenthread.documents.pdf.columns import find_columns
from goldenthread.documents.pdf.grid import Grid, grids
from goldenthread.documents.pdf.page import Line, Page, Ruling, Word, lines_of_words
from goldenthread.documents.pdf.parts import Words, cell_parts_of
from goldenthread.documents.pdf.prose import BodyStyle, Prose
from goldenthread.documents.pdf.running import without_running_lines
from goldenthread.documents.pdf.tables import PrintedRow, PrintedTable, carries_on, ruled_table, stitch
from goldenthread.documents.text import is_caption
from goldenthread.plan.values import Anchor

_Item = Line | PrintedTable


def read_pdf(content: bytes, name: str) -> Document:
    """A document from a PDF. Running headers and footers are left out; rows cut by page breaks are whole again.

    Raises:
        DocumentError: when it is damaged, locked, too much, or has pictures of pages instead of text.
    """
    pages = [
        Page(number, width, height, [Word(*word) for word in words], [Ruling(*line) for line in lines])
        for number, (width, height, words, lines) in enumerate(
            extract("pdf", content, name, "PDF", MOST_PAGES), start=1
        )
    ]
    if not any(page.words for page in pages):
        raise DocumentError(f"{name} has no text.")
    flow = _stitched(_flow(pages))
    words = Words()
    words.learn(line for _, item in flow for line in _lines_in(item))
    for line in _whole_lines(flow):
        words.learn_whole(line)
    style = BodyStyle.of(item for _, item in flow if isinstance(item, Line))
    return laid_out(name, SourceFormat.PDF, list(_blocks(flow, Prose(name, style, words))))


def _flow(pages: list[Page]) -> list[tuple[int, _Item]]:
    """Lines and tables of all pages in order, each with its page."""
    tables: dict[int, list[PrintedTable]] = {}
    loose: dict[int, list[Line]] = {}
    for page in pages:
        found = grids(page.rulings)
        inside: list[list[Word]] = [[] for _ in found]
        outside: list[Word] = []
        for word in page.words:
            place = _grid_at(found, word)
            (outside if place is None else inside[place]).append(word)
        tables[page.number] = [
            ruled_table(grid, words, page) for grid, words in zip(found, inside, strict=True) if words
        ]
        loose[page.number] = lines_of_words(outside)
    body = without_running_lines(loose, pages)
    flow: list[tuple[int, _Item]] = []
    for page in pages:
        items: list[_Item] = [*_between(body[page.number], tables[page.number], page), *tables[page.number]]
        flow += [(page.number, item) for item in sorted(items, key=lambda item: item.top)]
    return flow


def _grid_at(found: list[Grid], word: Word) -> int | None:
    x, y = (word.left + word.right) / 2, word.middle
    return next((place for place, grid in enumerate(found) if grid.holds(x, y)), None)


def _between(lines: list[Line], tables: list[PrintedTable], page: Page) -> Iterator[_Item]:
    """Tables without rulings, looked for in each stretch of lines between the ruled ones."""
    stretch: list[Line] = []
    edges = sorted(table.top for table in tables)
    for line in lines:
        if stretch and any(stretch[-1].top < edge <= line.top for edge in edges):
            yield from find_columns(stretch, page)
            stretch = []
        stretch.append(line)
    if stretch:
        yield from find_columns(stretch, page)


def _stitched(flow: list[tuple[int, _Item]]) -> list[tuple[int, _Item]]:
    """Tables that go on at the top of the next page joined to their first piece."""
    whole: list[tuple[int, _Item]] = []
    last_page = 0
    for page, item in flow:
        above = whole[-1][1] if whole else None
        match above, item:
            case PrintedTable(), PrintedTable() if page == last_page + 1 and carries_on(above, item):
                stitch(above, item)
            case _:
                whole.append((page, item))
        last_page = page
    return whole


def _lines_in(item: _Item) -> Iterator[Line]:
    if isinstance(item, Line):
        yield item
    else:
        yield from (line for row in item.rows for cell in row.cells for line in cell.lines)


def _whole_lines(flow: list[tuple[int, _Item]]) -> Iterator[Line]:
    """The lines of cells that have but one."""
    for _, item in flow:
        if isinstance(item, PrintedTable):
            yield from (cell.lines[0] for row in item.rows for cell in row.cells if len(cell.lines) == 1)


def _blocks(flow: list[tuple[int, _Item]], prose: Prose) -> Iterator[Block]:
    lines: list[tuple[int, Line]] = []
    tables = 0
    for page, item in flow:
        if isinstance(item, Line):
            lines.append((page, item))
            continue
        yield from _with_caption(list(prose.blocks(lines)))
        lines = []
        tables += 1
        yield _table(item, prose, page, tables)
    yield from prose.blocks(lines)


def _with_caption(blocks: list[Block]) -> list[Block]:
    """The blocks before a table; a short line right before it is its heading."""
    if blocks and isinstance(last := blocks[-1], Paragraph) and is_caption(last.text):
        blocks[-1] = Heading(last.text, 3, last.anchor)
    return blocks


def _table(printed: PrintedTable, prose: Prose, page: int, number: int) -> Table:
    rows = [
        tuple(_cells(row, prose, number, place))
        for place, row in enumerate((row for row in printed.rows if any(row.texts)), start=1)
    ]
    return Table(tuple(rows), Anchor(file=prose.file, page=page, table=number))


def _cells(row: PrintedRow, prose: Prose, table: int, number: int) -> Iterator[Cell]:
    for column, cell in enumerate(row.cells, start=1):
        anchor = Anchor(file=prose.file, page=row.page, table=table, row=number, column=column)
        prose.words.rejoined.clear()
        parts = cell_parts_of(cell.lines, cell.right, prose.words)
        if len(parts) == 1 and (placeholder := placeholder_in(parts[0].text)):
            yield Cell((), anchor, placeholder=placeholder)
        else:
            yield Cell(parts, anchor, cell.merged, rejoined=tuple(prose.words.rejoined))
