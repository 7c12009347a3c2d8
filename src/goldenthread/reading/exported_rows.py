"""The rows of a file that was exported here: its tables, with its running text turned into rows as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Block, Cell, Heading, ListItem, Paragraph, Table
from goldenthread.plan.tables import TableKind, kind_of
from goldenthread.plan.tables.layout import THEME, THEME_NAME
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
    """What was found in a document: the rows of each kind of table, running text turned into rows as well."""

    rows: dict[TableKind, list[ExportedRow]] = field(default_factory=dict)

    def add(self, kind: TableKind, words: dict[str, str], anchor: Anchor) -> None:
        self.rows.setdefault(kind, []).append(ExportedRow(words, anchor))

    def of(self, kind: TableKind, theme: str | None = None) -> list[ExportedRow]:
        return [row for row in self.rows.get(kind, ()) if theme is None or row[THEME] == theme]


def is_exported(blocks: Iterable[Block]) -> bool:
    """Whether these are the blocks of a file that was exported here."""
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            headings = [_words(cell) for cell in block.rows[0]]
            kind = kind_of(headings, in_theme=False)
            return kind is TableKind.ABOUT or (kind is TableKind.ACTIONS and THEME in headings)
    return False


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
            case Table():
                for kind, words, anchor in _table_rows(block, theme, neutralised):
                    found.add(kind, words, anchor)
            case Paragraph() | ListItem():
                text = f"• {block.text}" if isinstance(block, ListItem) else block.text
                if introduction:
                    found.add(TableKind.THEMES, {**theme, "Introduction": text}, block.anchor)
                elif narrative:
                    found.add(TableKind.SECTIONS, {"Paragraph": text}, block.anchor)
    return found


def _table_rows(
    table: Table, theme: dict[str, str], neutralised: bool
) -> Iterator[tuple[TableKind, dict[str, str], Anchor]]:
    if not table.rows:
        return
    headings = [_words(cell) for cell in table.rows[0]]
    kind = kind_of(headings, in_theme=bool(theme))
    if kind is None:
        return
    for row in table.rows[1:]:
        words = {name: _words(cell) for name, cell in zip(headings, row, strict=False)}
        if neutralised:
            words = {name: _NEUTRALISED.sub("", text) for name, text in words.items()}
        if any(words.values()) and list(words.values()) != headings:
            yield kind, {**theme, **words}, row[0].anchor


def _words(cell: Cell) -> str:
    return " ".join(f"{part.marker} {part.text}" if part.marker else part.text for part in cell.parts)
