"""The rows of a file that was exported here: its tables, with its running text turned into rows as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Block, Cell, Heading, ListItem, Paragraph, Table
from goldenthread.plan.tables import TableKind, heads_layout, kind_of
from goldenthread.plan.tables.layout import ITEM, THEME, THEME_NAME
from goldenthread.plan.values import Anchor

_THEME = re.compile(r"^Theme (?P<number>\d+) – (?P<name>.+)$")
_NEUTRALISED = re.compile(r"^'(?=[-=+@'])")


@dataclass(frozen=True)
class ExportedRow:
    """A row of one of our tables: its words by heading, and where it stands."""

    words: dict[str, str]
    anchor: Anchor

    def __getitem__(self, heading: str) -> str:
        return self.words.get(heading, "")

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        return (self.anchor,)


@dataclass
class ExportedRows:
    """What was found in a document: the rows of each kind of table, running text turned into rows as well.

    `unread` are the tables that are none of ours.
    """

    rows: dict[TableKind, list[ExportedRow]] = field(default_factory=dict)
    unread: list[Anchor] = field(default_factory=list)

    def add(self, kind: TableKind, words: dict[str, str], anchor: Anchor) -> None:
        self.rows.setdefault(kind, []).append(ExportedRow(words, anchor))

    def of(self, kind: TableKind, theme: str | None = None) -> list[ExportedRow]:
        return [row for row in self.rows.get(kind, ()) if theme is None or row[THEME] == theme]


class UpdateRows:
    """The rows of the tables of updates, each given to the one action or step whose number it has."""

    def __init__(self, found: ExportedRows) -> None:
        actions = Counter(map(_item, found.of(TableKind.ACTIONS)))
        self._rows: dict[tuple[str, str], list[ExportedRow]] = {}
        self.left: list[ExportedRow] = []
        """Those that are of none, or may be of any of several."""
        for row in found.of(TableKind.UPDATES):
            if row[ITEM] and actions[_item(row)] == 1:
                self._rows.setdefault(_item(row), []).append(row)
            else:
                self.left.append(row)

    def take(self, action: ExportedRow) -> Sequence[ExportedRow]:
        """The updates of the action or step in this row."""
        return self._rows.get(_item(action), ())


def _item(row: ExportedRow) -> tuple[str, str]:
    """The theme of a row and its number in it: "3.1" also where it is a heading."""
    return row[THEME], row[ITEM].split(" ")[0].strip(".")


def is_exported(blocks: Iterable[Block]) -> bool:
    """Whether these are the blocks of a file that was exported here."""
    heads = (
        [_words(cell) for cell in block.rows[0]]
        for block in blocks
        if isinstance(block, Table) and block.rows
    )
    return any(map(heads_layout, heads))


def exported_rows(blocks: Iterable[Block], *, neutralised: bool) -> ExportedRows:
    """The rows of all tables. Running text stands in sections (level 2 and below) or introduces a theme (level 1)."""
    found = ExportedRows()
    theme: dict[str, str] = {}
    narrative = introduction = False
    for block in blocks:
        match block:
            case Heading(level=1):
                named = _THEME.match(block.text)
                theme = {THEME: named["number"], THEME_NAME: named["name"]} if named else {}
                narrative, introduction = block.text == TableKind.SECTIONS.title, bool(named)
                if named:
                    found.add(TableKind.THEMES, theme, block.anchor)
            case Heading():
                introduction = False
                if narrative:
                    words = {"Section": block.text, "Level": str(block.level - 1)}
                    found.add(TableKind.SECTIONS, words, block.anchor)
            case Table(rows=(head, *rows)):
                headings = [_words(cell) for cell in head]
                if kind := kind_of(headings, in_theme=bool(theme)):
                    for words, anchor in _table_rows(headings, rows, neutralised):
                        found.add(kind, {**theme, **words}, anchor)
                else:
                    found.unread.append(block.anchor)
            case Paragraph() | ListItem():
                text = f"• {block.text}" if isinstance(block, ListItem) else block.text
                if introduction:
                    found.add(TableKind.THEMES, {**theme, "Introduction": text}, block.anchor)
                elif narrative:
                    found.add(TableKind.SECTIONS, {"Paragraph": text}, block.anchor)
    return found


def _table_rows(
    headings: list[str], rows: Iterable[tuple[Cell, ...]], neutralised: bool
) -> Iterator[tuple[dict[str, str], Anchor]]:
    """The rows with something in them. One that names no theme belongs to the theme of the row above it."""
    theme = ""
    for row in rows:
        words = {name: _words(cell) for name, cell in zip(headings, row, strict=False)}
        if neutralised:
            words = {name: _NEUTRALISED.sub("", text) for name, text in words.items()}
        if not any(words.values()) or list(words.values()) == headings:
            continue
        if THEME in words:
            words[THEME] = theme = words[THEME] or theme
        yield words, row[0].anchor


def _words(cell: Cell) -> str:
    return " ".join(f"{part.marker} {part.text}" if part.marker else part.text for part in cell.parts)
