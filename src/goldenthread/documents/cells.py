"""The content of a table cell that came as one line of text, with what is left of its lists and emphasis.

Text taken from a PDF or pasted from a web page keeps traces of its lists: `<ul style=...>` that is never closed,
the bullets ▶ • o, `<i>`, `<p>`, `<mark>`. They say where a list begins and, sometimes, where its items do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import panflute as pf

BULLETS = "▶•●▪◦‣➢"
_SYMBOL_BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf0fc\uf06c\uf0b0\ue00c\u00b7](?=\\s|$)")
_LIST_TAG = re.compile(r"<(?:ul|ol)\b[^>]*>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?(?!i>|em>)[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ITEM = re.compile(rf"(?:^|(?<=\s))(?P<marker>[{BULLETS}]|o(?=\s+[A-Z]))\s+")
_WHOLLY_EMPHASISED = re.compile(r"^<(i|em)>(?P<text>.*?)</\1>$", re.IGNORECASE)
_EMPHASIS = re.compile(r"</?(?:i|em)>", re.IGNORECASE)

_DEEPEST = 9
"""Lists that are nested deeper than this were not meant to be."""


@dataclass
class _List:
    marker: str
    items: list[_Item] = field(default_factory=list)


@dataclass
class _Item:
    text: str
    below: _List | None = None


def cell_blocks(text: str) -> list[Any]:
    """The cell as pandoc blocks: a paragraph for what stands before the first list, then the list."""
    opening, *lists = _LIST_TAG.split(text)
    before, listed = _items(opening)
    top: _List | None = _as_list(listed)
    if not lists:
        return [*_paragraph(before), *_list_blocks(top)]
    innermost, depth = top, 1
    for piece in lists:
        loose, marked = _items(piece)
        found = _as_list(marked) if marked else _List("", [])
        assert found is not None
        if loose:
            found.items.insert(0, _Item(loose))
        if innermost is None or not innermost.items:
            top = innermost = found
        elif depth < _DEEPEST:
            innermost.items[-1].below = found
            innermost = found
            depth += 1
        else:
            innermost.items.extend(found.items)
    return [*_paragraph(before), *_list_blocks(top)]


def unified_bullets(text: str) -> str:
    """The text with the bullets of symbol fonts, which stand in a private range of Unicode, as a plain one."""
    return _SYMBOL_BULLETS.sub("•", text)


def cell_source(element: Any) -> str:
    """The words of a cell with its raw HTML and emphasis written out."""
    if isinstance(element, pf.Str | pf.Code | pf.Math | pf.RawInline):
        return str(element.text)
    if isinstance(element, pf.Space | pf.SoftBreak | pf.LineBreak):
        return " "
    if isinstance(element, pf.Note | pf.Image):
        return ""
    inner = "".join(cell_source(part) for part in getattr(element, "content", ()))
    return f"<i>{inner}</i>" if isinstance(element, pf.Emph) else inner


def inlines(text: str) -> list[Any]:
    """Words as pandoc inlines."""
    parts: list[Any] = []
    for word in text.split():
        if parts:
            parts.append(pf.Space())
        parts.append(pf.Str(word))
    return parts


def _items(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The words before the first bullet, and each bullet with its words."""
    cleaned = _OTHER_TAG.sub(" ", text)
    marks = list(_ITEM.finditer(cleaned))
    if not marks:
        return cleaned.strip(), []
    ends = [mark.start() for mark in marks[1:]] + [len(cleaned)]
    found = [
        (mark["marker"], cleaned[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)
    ]
    return cleaned[: marks[0].start()].strip(), found


def _as_list(marked: list[tuple[str, str]]) -> _List | None:
    if not marked:
        return None
    return _List(marked[0][0], [_Item(text) for _, text in marked])


def _paragraph(text: str) -> list[Any]:
    return [pf.Plain(*_styled(text))] if text else []


def _styled(text: str) -> list[Any]:
    if whole := _WHOLLY_EMPHASISED.match(text):
        return [pf.Emph(*inlines(whole["text"]))]
    return inlines(_EMPHASIS.sub("", text))


def _list_blocks(found: _List | None) -> list[Any]:
    if found is None or not found.items:
        return []
    items = [pf.ListItem(pf.Plain(*_styled(item.text)), *_list_blocks(item.below)) for item in found.items]
    return [pf.Div(pf.BulletList(*items), attributes={"data-marker": found.marker})]
