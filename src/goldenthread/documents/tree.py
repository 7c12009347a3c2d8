"""Blocks as pandoc's syntax tree, for formats that are not read through pandoc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import panflute as pf

from goldenthread.documents.cells import inlines
from goldenthread.documents.content import Block, Cell, CellPart, Heading, ListItem, Paragraph, Table
from goldenthread.plan.values import Anchor

_PLACES = ("sheet", "page", "paragraph", "line", "table", "row", "column")


def tree_of(content: Iterable[Block]) -> Any:
    """A `panflute.Doc` that says what these blocks say; places and remarks are `data-` attributes."""
    elements: list[Any] = []
    for is_list, run in groupby(content, key=lambda block: isinstance(block, ListItem)):
        if is_list:
            items = [item for item in run if isinstance(item, ListItem)]
            elements.append(_nested([(item.depth, _item_words(item)) for item in items]))
        else:
            elements.extend(_element(block) for block in run)
    return pf.Doc(*elements)


def _element(block: Block) -> Any:
    match block:
        case Heading():
            hidden = {"data-hidden": "true"} if block.hidden else {}
            return pf.Header(
                *inlines(block.text), level=block.level, attributes={**_place(block.anchor), **hidden}
            )
        case Table():
            return _table(block)
        case Paragraph():
            notes = [pf.Note(pf.Para(*inlines(note))) for note in block.notes]
            return pf.Div(pf.Para(*inlines(block.text), *notes), attributes=_place(block.anchor))
        case _:
            raise TypeError(f"{type(block).__name__} stands only in lists")


def _item_words(item: ListItem) -> list[Any]:
    if item.strong:
        return [pf.Strong(*inlines(item.strong)), pf.Space(), *inlines(item.rest)]
    return inlines(item.text)


def _table(table: Table) -> Any:
    width = max((len(row) for row in table.rows), default=1) or 1
    rows = []
    for row in table.rows:
        cells = [_cell(cell) for cell in row]
        cells += [pf.TableCell() for _ in range(width - len(row))]
        rows.append(pf.TableRow(*cells, attributes=_place(row[0].anchor) if row else {}))
    hidden = {"data-hidden": "true"} if table.hidden else {}
    return pf.Table(
        pf.TableBody(*rows),
        colspec=[("AlignDefault", "ColWidthDefault")] * width,
        attributes={**_place(table.anchor), **hidden},
    )


def _cell(cell: Cell) -> Any:
    remarks = {"data-merged": cell.merged, "data-placeholder": cell.placeholder}
    blocks: list[Any] = []
    for is_list, run in groupby(cell.parts, key=lambda part: part.depth > 0):
        parts = list(run)
        if is_list:
            listed = _nested([(part.depth, _styled(part)) for part in parts])
            blocks.append(pf.Div(listed, attributes={"data-marker": parts[0].marker or ""}))
        else:
            blocks.extend(pf.Plain(*_styled(part)) for part in parts)
    return pf.TableCell(*blocks, attributes={name: str(value) for name, value in remarks.items() if value})


def _styled(part: CellPart) -> list[Any]:
    words = inlines(part.text)
    return [pf.Emph(*words)] if part.emphasised else words


def _nested(items: list[tuple[int, list[Any]]]) -> Any:
    """A bullet list of items that each have a depth from 1."""
    return pf.BulletList(*_list_items(items))


def _list_items(items: list[tuple[int, list[Any]]]) -> Iterator[Any]:
    top = min(depth for depth, _ in items)
    place = 0
    while place < len(items):
        end = place + 1
        while end < len(items) and items[end][0] > top:
            end += 1
        below = items[place + 1 : end]
        depth, words = items[place]
        own = [pf.Plain(*words)] if depth == top else []
        yield pf.ListItem(*own, *([_nested(below if own else items[place:end])] if below or not own else []))
        place = end


def _place(anchor: Anchor) -> dict[str, str]:
    return {f"data-{name}": str(value) for name in _PLACES if (value := getattr(anchor, name)) is not None}
