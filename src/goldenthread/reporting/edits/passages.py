"""What a text document says, as a reader edits it: paragraphs, headings, items and captions, and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import panflute as pf

from goldenthread.documents import DocumentError, SourceFormat
from goldenthread.documents.archives import check_archive
from goldenthread.documents.blocks import notes_of, text_of
from goldenthread.documents.limits import LARGEST, too_large
from goldenthread.documents.pandoc import read_through_pandoc
from goldenthread.documents.sniffing import packed_format
from goldenthread.documents.spans import all_rows, with_merged_cells_apart

_WHAT = {SourceFormat.DOCX: "Word document", SourceFormat.ODT: "OpenDocument text"}
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TYPED_OTHERWISE = str.maketrans(
    {
        **dict.fromkeys("‘’‛′`", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("–—‒‑‐−", "-"),
        **dict.fromkeys("\u00ad\u200b\ufeff", None),
        "…": "...",
    }
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an item of a list, a caption or, with a `level` from 1 on, a heading."""

    text: str
    level: int = 0

    @property
    def words(self) -> str:
        """All that it says."""
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, the one with its headings included. `table` counts the tables of the document from 1."""

    cells: tuple[str, ...]
    table: int = 0
    is_first: bool = False

    @property
    def words(self) -> str:
        """All that it says."""
        return " ".join(self.cells)


Unit = Passage | Row


def plain(text: str) -> str:
    """Text without what office programs change by themselves: the shapes of quotes and dashes, and kinds of spaces."""
    return " ".join(text.translate(_TYPED_OTHERWISE).split())


def key_of(unit: Unit) -> tuple[str, ...]:
    """What has to be the same for a unit to be unchanged."""
    if isinstance(unit, Row):
        return ("row", *map(plain, unit.cells))
    return ("text", plain(unit.text))


def office_format(content: bytes, name: str) -> SourceFormat:
    """Whether these bytes are a Word document or OpenDocument text, whatever their name says.

    Raises:
        DocumentError: they are neither, or locked, or too many.
    """
    if not content.strip():
        raise DocumentError(f"{name} is empty. Send the Word or OpenDocument file that was edited.")
    if len(content) > LARGEST:
        raise too_large(name, len(content))
    format_ = packed_format(content, name) if content.startswith(_PACKED) else None
    if format_ not in _WHAT:
        raise DocumentError(
            f"{name} is not a Word document (docx) or OpenDocument text (odt). "
            "Send the file of the report that was edited."
        )
    return format_


def passages(content: bytes, name: str) -> tuple[Unit, ...]:
    """What a Word document or OpenDocument text says, in its order, with tracked changes taken as accepted.

    Footnotes stand in brackets behind the paragraph that they belong to. Headers, footers and pictures are left out.

    Raises:
        DocumentError: it is no such file, or locked, damaged or too much.
    """
    format_ = office_format(content, name)
    check_archive(content, name)
    tree = read_through_pandoc(content, format_.value, name, _WHAT[format_])
    try:
        return tuple(_Walk(name).document(tree))
    except RecursionError as error:
        raise DocumentError(f"{name} is nested too deeply to be read: save it anew.") from error


class _Walk:
    def __init__(self, name: str) -> None:
        self._name = name
        self._tables = 0

    def document(self, tree: Any) -> Iterator[Unit]:
        """Title and subtitle, which pandoc takes out of the text of a Word file, then the text."""
        for part in ("title", "subtitle"):
            if part in tree.metadata and (said := text_of(tree.metadata[part])):
                yield Passage(said)
        yield from self._blocks(tree.content)

    def _blocks(self, elements: Sequence[Any]) -> Iterator[Unit]:
        for element in elements:
            match element:
                case pf.Header():
                    yield from _passage(element, element.level)
                case pf.Para() | pf.Plain():
                    yield from _passage(element)
                case pf.CodeBlock():
                    yield from (
                        Passage(" ".join(line.split())) for line in element.text.splitlines() if line.strip()
                    )
                case pf.LineBlock():
                    yield from (Passage(said) for line in element.content if (said := text_of(line)))
                case pf.DefinitionList():
                    for item in element.content:
                        yield Passage(" ".join(map(text_of, item.term)))
                        for definition in item.definitions:
                            yield from self._blocks(definition.content)
                case pf.Table():
                    yield from self._table(element)
                case pf.BulletList() | pf.OrderedList():
                    for item in element.content:
                        yield from self._blocks(item.content)
                case pf.Block() if hasattr(element, "content"):
                    yield from self._blocks(element.content)

    def _table(self, table: Any) -> Iterator[Unit]:
        if table.caption and table.caption.content:
            yield from self._blocks(table.caption.content)
        if not all_rows(table):
            return
        self._tables += 1
        for number, row in enumerate(all_rows(with_merged_cells_apart(table, self._name))):
            yield Row(tuple(_cell(cell) for cell in row.content), self._tables, number == 0)


def _passage(element: Any, level: int = 0) -> Iterator[Passage]:
    said = _with_notes(element)
    if said:
        yield Passage(said, level)


def _cell(cell: Any) -> str:
    return " ".join(said for block in cell.content if (said := _with_notes(block)))


def _with_notes(element: Any) -> str:
    notes = (f"[note: {note}]" for note in notes_of(element))
    return re.sub(r"\s+", " ", " ".join((text_of(element), *notes))).strip()
