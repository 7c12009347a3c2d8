"""The chapters and parts of a document: which blocks stand under which headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Block, Heading, ListItem, Paragraph, Table
from goldenthread.plan.values import Anchor
from goldenthread.reading.vocabulary import PartKind, Vocabulary

_ENDS_A_SENTENCE = (".", ":", "!", "?", "…", "”", '"', ")")


@dataclass
class Part:
    """A heading and the blocks under it, up to the next heading."""

    heading: str
    kind: PartKind
    anchor: Anchor
    level: int
    blocks: list[Block] = field(default_factory=list)

    @property
    def items(self) -> list[ListItem]:
        """The list items of this part, in order."""
        return [block for block in self.blocks if isinstance(block, ListItem)]

    @property
    def tables(self) -> list[Table]:
        """The tables of this part, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of this part; those that a page break cut in two are joined again."""
        return tuple(text for text, _ in self.placed_paragraphs)

    @property
    def placed_paragraphs(self) -> tuple[tuple[str, Anchor], ...]:
        """As `paragraphs`, each with where it begins."""
        whole: list[tuple[str, Anchor]] = []
        for block in self.blocks:
            if not isinstance(block, Paragraph) or not block.text:
                continue
            carries_on = whole and block.text[0].islower() and not whole[-1][0].endswith(_ENDS_A_SENTENCE)
            if carries_on:
                whole[-1] = (f"{whole[-1][0]} {block.text}", whole[-1][1])
            else:
                whole.append((block.text, block.anchor))
        return tuple(whole)


@dataclass
class Chapter:
    """A theme with its parts, or (number None) a stretch of narrative."""

    heading: str
    anchor: Anchor
    parts: list[Part]
    number: int | None = None
    name: str = ""


@dataclass
class Outline:
    """The document's title, its narrative and its themes."""

    title: str
    title_anchor: Anchor | None
    narrative: list[Part]
    themes: list[Chapter]

    @property
    def all_parts(self) -> list[Part]:
        """Every part, narrative first."""
        return [*self.narrative, *(part for theme in self.themes for part in theme.parts)]


def outline(blocks: Iterable[Block], vocabulary: Vocabulary) -> Outline:
    """Put blocks under their headings, and headings into themes or narrative.

    A theme ends at the next theme, or at a heading of the same or a higher level that names no part of a theme.
    """
    found = Outline("", None, [], [])
    theme: Chapter | None = None
    theme_level = 0
    parts = found.narrative
    for block in blocks:
        if not isinstance(block, Heading):
            if not parts:
                parts.append(_part(Heading("", 1, block.anchor), vocabulary))
            parts[-1].blocks.append(block)
            continue
        if named := vocabulary.theme(block.text):
            theme = Chapter(block.text, block.anchor, [], number=named[0], name=named[1])
            theme_level = block.level
            found.themes.append(theme)
            parts = theme.parts
        elif theme and block.level <= theme_level and vocabulary.part(block.text) is PartKind.OTHER:
            theme, parts = None, found.narrative
        elif not found.title and "plan" in block.text.lower() and not _names_sheet(block):
            found.title, found.title_anchor = block.text, block.anchor
        parts.append(_part(block, vocabulary))
    return found


def _names_sheet(heading: Heading) -> bool:
    """Whether a heading is the name of a sheet, which is seldom the name of the plan."""
    return heading.anchor.sheet is not None and heading.anchor.row is None


def _part(heading: Heading, vocabulary: Vocabulary) -> Part:
    kind = PartKind.INTRODUCTION if vocabulary.theme(heading.text) else vocabulary.part(heading.text)
    return Part(heading.text, kind, heading.anchor, heading.level)
