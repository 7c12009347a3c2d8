"""Word, OpenDocument text, HTML and RTF, through pandoc.

What the formats leave to the eye is made plain: bold lines that serve as headings, bullets that were typed, merged
cells, tables within tables. Tracked changes are taken as accepted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import panflute as pf

from goldenthread.documents.archives import check_archive
from goldenthread.documents.blocks import text_of
from goldenthread.documents.cells import BULLETS, cell_blocks, cell_source, inlines, unified_bullets
from goldenthread.documents.limits import MOST_CELLS, too_many
from goldenthread.documents.model import Document, DocumentError, SourceFormat
from goldenthread.documents.pandoc import read_through_pandoc
from goldenthread.documents.rtf import DEEPER, respelled
from goldenthread.documents.spans import all_rows, with_merged_cells_apart
from goldenthread.documents.text import CHAPTER, LONGEST_HEADING, is_caption

_READERS = {
    SourceFormat.DOCX: ("docx", "Word document"),
    SourceFormat.ODT: ("odt", "OpenDocument text"),
    SourceFormat.HTML: ("html-auto_identifiers-smart", "web page"),
    SourceFormat.RTF: ("rtf", "RTF file"),
}
_TYPED_BULLET = re.compile(rf"^(?P<deeper>{DEEPER}*)(?:[{BULLETS}]\s*|[-–*]\s+)(?P<text>\S.*)$", re.DOTALL)
_RESIDUE = re.compile(rf"[{BULLETS}]|</?[a-z][^<>]*>", re.IGNORECASE)
_ENDS_A_SENTENCE = re.compile(r"[.;,?!]$")
_INLINE_TAG = re.compile(
    rb"<(/?)(a|b|i|u|s|em|strong|span|font|sup|sub|small|big|mark|code|del|ins|q)[\s>]", re.IGNORECASE
)
_DEEPEST = 100
_HEADER_CELL = re.compile(rb"<(/?)(?:th(?=[\s>])|thead(?=[\s>]))", re.IGNORECASE)
"""Header cells, which are read as any other: pandoc ends the header after one row, and with it every merged cell."""
_MARKS = ("•", "o", "▪")
_LISTS = (pf.BulletList, pf.OrderedList)


def read_office(content: bytes, name: str, format_: SourceFormat) -> Document:
    """A document from a file of one of these formats; HTML comes in UTF-8.

    Raises:
        DocumentError: when it is damaged, locked or too much.
    """
    reader, what = _READERS[format_]
    if format_ is SourceFormat.RTF:
        content = respelled(content)
    elif format_ is SourceFormat.HTML:
        _check_nesting(content, name)
        content = _HEADER_CELL.sub(_as_other_cell, content)
    if format_ in (SourceFormat.DOCX, SourceFormat.ODT):
        check_archive(content, name)
    tree = read_through_pandoc(content, reader, name, what)
    try:
        blocks = [*_title(tree, format_), *_Tidied(name).blocks(tree.content)]
    except RecursionError as error:
        raise DocumentError(f"{name} is nested too deeply to be read: save it anew.") from error
    return Document(name, format_, pf.Doc(*blocks))


def _check_nesting(content: bytes, name: str) -> None:
    """Unclosed tags within a line make pandoc's work double with each of them."""
    depths: Counter[bytes] = Counter()
    for tag in _INLINE_TAG.finditer(content):
        what = tag[2].lower()
        depths[what] = max(0, depths[what] + (-1 if tag[1] else 1))
        if depths[what] > _DEEPEST:
            raise DocumentError(f"{name} nests <{what.decode()}> more than {_DEEPEST} deep: save it anew.")


def _as_other_cell(tag: re.Match[bytes]) -> bytes:
    return b"<%s%s" % (tag[1], b"tbody" if tag[0].lower().endswith(b"thead") else b"td")


def _title(tree: Any, format_: SourceFormat) -> Iterator[Any]:
    """The title, which pandoc takes out of the text of a Word file into the metadata. (A web page prints its own.)"""
    if format_ is SourceFormat.HTML or "title" not in tree.metadata:
        return
    title = text_of(tree.metadata["title"])
    first = next((text_of(block) for block in tree.content), "")
    if title and title != first:
        yield pf.Header(*inlines(title), level=1)


class _Tidied:
    """Pandoc's blocks without wrappers and foreign attributes. No block gets into two trees: they are made anew."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells = 0

    def blocks(self, elements: Any) -> Iterator[Any]:
        for element, following in zip_longest(elements, list(elements)[1:]):
            if isinstance(following, pf.Table) and _is_caption(element):
                yield pf.Header(*inlines(text_of(element)), level=3)
            else:
                yield from self._blocks(element)

    def _blocks(self, element: Any) -> Iterator[Any]:
        match element:
            case pf.Table():
                yield from self._table(element)
            case pf.Header():
                if text_of(element):
                    yield pf.Header(*element.content, level=element.level)
            case pf.Para() | pf.Plain():
                yield from self._paragraph(element)
            case pf.BulletList() | pf.OrderedList():
                yield self._list(element)
            case pf.CodeBlock():
                yield from (pf.Para(*inlines(line)) for line in element.text.splitlines() if line.strip())
            case pf.LineBlock():
                for line in element.content:
                    yield from self._paragraph(pf.Para(*line.content))
            case pf.DefinitionList():
                yield from self._definitions(element)
            case pf.Block() if hasattr(element, "content"):
                yield from self.blocks(element.content)

    def _definitions(self, element: Any) -> Iterator[Any]:
        for item in element.content:
            yield pf.Para(pf.Strong(*item.term))
            for definition in item.definitions:
                yield from self.blocks(definition.content)

    def _list(self, element: Any) -> Any:
        items = (pf.ListItem(*self._item(item.content)) for item in element.content)
        return pf.BulletList(*items)

    def _item(self, elements: Any) -> Iterator[Any]:
        for element in self._flat(elements):
            if isinstance(element, _LISTS):
                yield self._list(element)
            else:
                yield element

    def _paragraph(self, element: Any) -> Iterator[Any]:
        """A paragraph outside of tables: printed lines may be headings or items of a list."""
        for line in _lines(element):
            words = text_of(line)
            if typed := _TYPED_BULLET.match(unified_bullets(words)):
                yield _nested(pf.Plain(*inlines(typed["text"])), len(typed["deeper"]))
            elif _is_heading(line, words):
                yield pf.Header(*inlines(words), level=1 if CHAPTER.match(words) or words.isupper() else 2)
            elif words:
                yield line

    # --- tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Any) -> Iterator[Any]:
        rows = all_rows(table)
        cells = [cell for row in rows for cell in row.content]
        if _is_layout(cells):
            for cell in cells:
                yield from self.blocks(cell.content)
            return
        self._cells += sum(max(1, cell.colspan) for cell in cells)
        if self._cells > MOST_CELLS:
            raise too_many(self._name, "cells", MOST_CELLS, "split it")
        if not rows:
            return
        grid = with_merged_cells_apart(table, self._name)
        for row in all_rows(grid):
            for cell in row.content:
                cell.content = list(self._cell(cell.content))
        yield grid

    def _cell(self, elements: Any) -> Iterator[Any]:
        """The blocks of a cell: lines, lists that were typed, lists proper."""
        for element in self._flat(elements):
            if isinstance(element, _LISTS):
                yield self._cell_list(element, 0)
                continue
            source = unified_bullets(cell_source(element))
            if source.startswith(DEEPER):
                depth = source.count(DEEPER)
                deep = _nested(pf.Plain(*inlines(source.strip(DEEPER)[1:])), depth)
                yield pf.Div(deep, attributes={"data-marker": _MARKS[depth % len(_MARKS)]})
            elif typed := re.match(r"[-–*]\s+(?P<text>\S.*)", source):
                yield from cell_blocks(f"• {typed['text']}")
            elif _RESIDUE.search(re.sub(r"</?(?:i|em)>", "", source)):
                yield from cell_blocks(source)
            elif text_of(element):
                yield pf.Plain(*element.content)

    def _cell_list(self, element: Any, depth: int) -> Any:
        """A list of a cell. Each level has its own mark, as office programs print them."""
        items = (pf.ListItem(*self._cell_item(item.content, depth)) for item in element.content)
        marker = _MARKS[depth % len(_MARKS)] if isinstance(element, pf.BulletList) else "1"
        return pf.Div(pf.BulletList(*items), attributes={"data-marker": marker})

    def _cell_item(self, elements: Any, depth: int) -> Iterator[Any]:
        for element in self._flat(elements):
            if isinstance(element, _LISTS):
                yield self._cell_list(element, depth + 1)
            else:
                yield pf.Plain(*element.content)

    def _flat(self, elements: Any) -> Iterator[Any]:
        """Paragraphs, a line each, and lists; tables within a cell as a line a row."""
        for element in elements:
            if isinstance(element, pf.Para | pf.Plain | pf.Header):
                yield from (line for line in _lines(element) if text_of(line))
            elif isinstance(element, _LISTS):
                yield element
            elif isinstance(element, pf.Table):
                for row in all_rows(element):
                    words = " – ".join(text for cell in row.content if (text := text_of(cell)))
                    yield pf.Plain(*inlines(words))
            elif isinstance(element, pf.Block):
                yield from self._flat(list(self.blocks([element])))


def _nested(element: Any, deeper: int) -> Any:
    """A list of one item, within as many lists as it is deep."""
    nested = pf.BulletList(pf.ListItem(element))
    for _ in range(deeper):
        nested = pf.BulletList(pf.ListItem(nested))
    return nested


def _is_layout(cells: list[Any]) -> bool:
    """Whether a table only arranges a page: all that it holds stands in one cell, with headings or tables in it."""
    filled = [cell for cell in cells if text_of(cell)]
    return len(filled) == 1 and any(isinstance(block, pf.Table | pf.Header) for block in filled[0].content)


def _is_caption(element: Any) -> bool:
    return isinstance(element, pf.Para | pf.Plain) and is_caption(text_of(element))


def _lines(element: Any) -> list[Any]:
    """The lines into which breaks cut a paragraph."""
    lines: list[list[Any]] = [[]]
    for part in element.content:
        if isinstance(part, pf.LineBreak):
            lines.append([])
        else:
            lines[-1].append(part)
    return [pf.Para(*line) for line in lines if line]


def _is_heading(element: Any, words: str) -> bool:
    """A short line set in bold from end to end that is no sentence."""
    parts = [part for part in element.content if not isinstance(part, pf.Space | pf.SoftBreak)]
    return (
        bool(parts)
        and all(isinstance(part, pf.Strong) for part in parts)
        and len(words) <= LONGEST_HEADING
        and not words[0].islower()
        and not _ENDS_A_SENTENCE.search(words)
    )
