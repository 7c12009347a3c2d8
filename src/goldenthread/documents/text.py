"""Plain text, as it comes out of a PDF: headings on lines of their own, bullets, and tables as tab-separated rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import panflute as pf

from goldenthread.documents.cells import BULLETS, cell_blocks, inlines
from goldenthread.documents.model import Document, SourceFormat, lines_of

_BULLET = re.compile(rf"^(?P<indent>\s*)(?:[-*–]\s+(?:[{BULLETS}]\s+)?|[{BULLETS}]\s+)(?P<text>\S.*)$")
CHAPTER = re.compile(r"^(?:section|theme|part|chapter|priority|appendix)\s+\w+\s*[-–—:.]\s*\S", re.IGNORECASE)
_STRONG = re.compile(r"^\*\*(?P<strong>.+?)\*\*(?P<rest>.*)$")
_LEAD_IN = re.compile(
    r"^(?:(?:\S+\s+){4,}|(?:the|these|this|they|we|it|each|all)\s+\S+\s+)\S.*:$", re.IGNORECASE
)
"""A line that only introduces a list: a long one, or one that opens like a sentence ("The risks concern:")."""
LONGEST_HEADING = 90
_LONGEST_CAPTION = 60


def read_text(text: str, name: str) -> Document:
    """A document from plain text; every block carries the line it stood on."""
    lines = lines_of(text)
    return Document(name, SourceFormat.TEXT, pf.Doc(*_elements(lines)), lines)


def _elements(lines: tuple[str, ...]) -> Iterator[Any]:
    number = 0
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            number += 1
        elif "\t" in line:
            end = _run(lines, number, lambda other: "\t" in other)
            yield _table(lines[number:end], number + 1)
            number = end
        elif _BULLET.match(line):
            end = _run(lines, number, lambda other: not other.strip() or bool(_BULLET.match(other)))
            yield _list(lines[number:end], number + 1)
            number = end
        else:
            yield _heading(line, number + 1) if _is_heading(lines, number) else _paragraph(line, number + 1)
            number += 1


def _run(lines: tuple[str, ...], start: int, belongs: Any) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _is_heading(lines: tuple[str, ...], number: int) -> bool:
    """A short line by itself that is no sentence and does not carry one on."""
    line = lines[number].strip()
    alone = all(
        not 0 <= other < len(lines) or not lines[other].strip() or "\t" in lines[other]
        for other in (number - 1, number + 1)
    )
    return (
        alone
        and len(line) <= LONGEST_HEADING
        and not line[0].islower()
        and not _LEAD_IN.match(line)
        and not re.search(r"[.;,?!]$", line.removesuffix("..."))
    )


def is_caption(words: str) -> bool:
    """Whether a paragraph that stands right before a table may be its name: a short line that is no sentence."""
    return (
        0 < len(words) <= _LONGEST_CAPTION
        and not words[0].islower()
        and not _BULLET.match(words)
        and not re.search(r"[.:;,?!]$", words)
    )


def _heading(line: str, number: int) -> Any:
    level = 1 if CHAPTER.match(line.strip()) or line.strip().isupper() else 2
    return pf.Header(*inlines(line), level=level, attributes={"data-line": str(number)})


def _paragraph(line: str, number: int) -> Any:
    return pf.Div(pf.Para(*inlines(line)), attributes={"data-line": str(number)})


def _list(lines: tuple[str, ...], first: int) -> Any:
    """A list; blank lines between its items do not end it."""
    items: list[Any] = []
    bullets = [
        (number, match) for number, line in enumerate(lines, start=first) if (match := _BULLET.match(line))
    ]
    shallowest = min(len(match["indent"]) for _, match in bullets)
    for number, match in bullets:
        line = match.string
        marked = bool(re.search(f"[{BULLETS}]", line))
        inner = pf.Div(pf.Plain(*_maybe_strong(match["text"])), attributes={"data-line": str(number)})
        deeper = len(match["indent"]) > shallowest and not marked
        if deeper and items:
            _below(items[-1]).content.append(pf.ListItem(inner))
        else:
            items.append(pf.ListItem(inner))
    return pf.Div(pf.BulletList(*items), attributes={"data-line": str(first)})


def _below(item: Any) -> Any:
    """The list under an item, made when there is none."""
    if not isinstance(item.content[-1], pf.BulletList):
        item.content.append(pf.BulletList())
    return item.content[-1]


def _maybe_strong(text: str) -> list[Any]:
    if match := _STRONG.match(text):
        return [pf.Strong(*inlines(match["strong"])), pf.Space(), *inlines(match["rest"])]
    return inlines(text)


def _table(lines: tuple[str, ...], first: int) -> Any:
    width = max(line.count("\t") for line in lines) + 1
    rows = []
    for number, line in enumerate(lines, start=first):
        printed = line.split("\t")
        cells = [pf.TableCell(*cell_blocks(cell)) for cell in (*printed, *[""] * (width - len(printed)))]
        rows.append(pf.TableRow(*cells, attributes={"data-line": str(number)}))
    return pf.Table(
        pf.TableBody(*rows), colspec=[("AlignDefault", "ColWidthDefault")] * width,
        attributes={"data-line": str(first)},
    )  # fmt: skip
