"""PDF: lines of text and ruled lines made into headings, paragraphs, lists and tables again."""

from __future__ import annotations

from typing import Any

import panflute as pf
import pytest
from support.saved import converted, through_pandoc

from goldenthread.documents import Document, SourceFormat, document_from_bytes, excerpt_at
from goldenthread.documents.blocks import Heading, ListItem, Merged, Paragraph, Table, blocks
from goldenthread.documents.pdf.grid import grids
from goldenthread.documents.pdf.page import Line, Page, Ruling, Word, line_of, lines_of_words
from goldenthread.documents.pdf.parts import Words, cell_parts_of
from goldenthread.documents.pdf.running import without_running_lines


def pdf_of(*elements: Any) -> Document:
    """A document of these elements, printed by an office suite."""
    docx = through_pandoc(pf.Doc(*elements), "docx")
    return document_from_bytes(converted(docx, "docx", "pdf"), "plan.pdf")


def html_pdf(body: str) -> Document:
    content = converted(f"<html><body>{body}</body></html>".encode(), "html", "pdf")
    return document_from_bytes(content, "plan.pdf")


def para(words: str) -> Any:
    return pf.Para(pf.Str(words))


def cell(*words: str) -> Any:
    return pf.TableCell(*(para(part) for part in words))


def table(rows: list[list[str]], header: list[str] | None = None) -> Any:
    head = pf.TableHead(pf.TableRow(*map(cell, header))) if header else pf.TableHead()
    body = pf.TableBody(*(pf.TableRow(*map(cell, row)) for row in rows))
    width = len(rows[0])
    return pf.Table(body, head=head, colspec=[("AlignDefault", 1 / width)] * width)


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


SENTENCE = "The council will carry out each of its actions and report on them to Cabinet every quarter. "


def test_headings_paragraphs_and_lists() -> None:
    document = pdf_of(
        pf.Header(pf.Str("Theme 1 – Culture"), level=1),
        para(SENTENCE * 4),
        pf.Header(pf.Str("Objectives"), level=2),
        pf.BulletList(
            pf.ListItem(para("First"), pf.BulletList(pf.ListItem(para("Inner")))),
            pf.ListItem(para(SENTENCE * 3)),
        ),
        para("The end of it."),
    )
    assert document.format is SourceFormat.PDF
    found = blocks(document)
    assert [(block.text, block.level) for block in found if isinstance(block, Heading)] == [
        ("Theme 1 – Culture", 1), ("Objectives", 2),
    ]  # fmt: skip
    assert [block.text for block in found if isinstance(block, Paragraph)] == [
        (SENTENCE * 4).strip(), "The end of it.",
    ]  # fmt: skip
    assert [(block.text, block.depth) for block in found if isinstance(block, ListItem)] == [
        ("First", 1), ("Inner", 2), ((SENTENCE * 3).strip(), 1),
    ]  # fmt: skip
    assert [(block.anchor.page, block.anchor.paragraph) for block in found] == [
        (1, number) for number in range(1, 8)
    ]


def test_a_long_table_is_one_table_whatever_the_pages() -> None:
    """The header is printed on every page, rows are cut by page breaks: each row is read once and whole."""
    rows = [
        [str(number), SENTENCE * (number % 7 + 1), f"Director {number}", "June 2022"]
        for number in range(1, 60)
    ]
    document = pdf_of(table(rows, header=["Ref", "Action", "Lead", "Due"]))
    (found,) = tables(document)
    expected = [["Ref", "Action", "Lead", "Due"], *([cell.strip() for cell in row] for row in rows)]
    assert texts(found) == expected
    pages = [row[0].anchor.page for row in found.rows]
    assert pages == sorted(pages)
    assert len(set(pages)) > 3
    marked = [line for line in excerpt_at(document, found.rows[30][1].anchor) if line.marked]
    assert marked[0].text.startswith("30 | ")


def test_merged_cells() -> None:
    document = html_pdf(
        '<table border="1"><tr><td>Theme</td><td colspan="2">Dates</td></tr>'
        '<tr><td rowspan="2">Culture</td><td>May</td><td>June</td></tr><tr><td>July</td><td>August</td></tr></table>'
    )
    (found,) = tables(document)
    assert texts(found) == [["Theme", "Dates", ""], ["Culture", "May", "June"], ["", "July", "August"]]
    assert [[cell.merged for cell in row] for row in found.rows] == [
        [None, None, Merged.LEFT], [None, None, None], [Merged.ABOVE, None, None],
    ]  # fmt: skip


def test_a_table_without_lines() -> None:
    rows = "".join(
        f"<tr><td width=90>Ref {n}</td><td width=260>Adopt the strategy {n}</td><td width=120>June 202{n}</td></tr>"
        for n in range(1, 7)
    )
    (found,) = tables(html_pdf(f"<p>Words before.</p><table>{rows}</table><p>Words after it.</p>"))
    assert texts(found) == [[f"Ref {n}", f"Adopt the strategy {n}", f"June 202{n}"] for n in range(1, 7)]


def test_prose_is_no_table() -> None:
    assert not tables(pdf_of(*[para(SENTENCE * 5)] * 12))


# --- pages ----------------------------------------------------------------------------------------------------------


def word(text: str, left: float, top: float, *, size: float = 10.0, bold: bool = False) -> Word:
    return Word(text, left, top, left + len(text) * size / 2, top + size, size, bold, False)


def line(text: str, left: float = 50.0, top: float = 50.0) -> Line:
    words, at = [], left
    for part in text.split():
        words.append(word(part, at, top))
        at = words[-1].right + 3
    return line_of(words)


def test_running_headers_and_footers_are_left_out() -> None:
    pages = [Page(number, 600, 800, [], []) for number in range(1, 5)]
    lines = {
        page.number: [
            line("UNCLASSIFIED", top=20),
            line(f"Words of page {page.number} at the same place", top=400),
            line(f"Page {page.number} of 4", top=770),
        ]
        for page in pages
    }
    left = without_running_lines(lines, pages)
    assert [line.text for page in left.values() for line in page] == [
        f"Words of page {number} at the same place" for number in range(1, 5)
    ]


def test_one_page_has_no_running_lines() -> None:
    pages = [Page(1, 600, 800, [], [])]
    assert without_running_lines({1: [line("Title", top=20)]}, pages)[1]


def test_words_set_close_together_are_one() -> None:
    close = [word("16", 50, 50), word("th", 60.2, 48, size=6), word("March", 80, 50)]
    assert [line.text for line in lines_of_words(close)] == ["16th March"]


@pytest.mark.parametrize("bullet", ["•", "▪", "\uf0b7", "–", "o", "➢"])
def test_any_mark_before_a_line_is_its_bullet(bullet: str) -> None:
    found = line_of([word(bullet, 50, 50), word("Adopted", 70, 50)])
    assert (found.text, bool(found.bullet)) == ("Adopted", True)


# --- cells ----------------------------------------------------------------------------------------------------------


def cell_text(*lines: str, known: str = "", right: float = 100.0) -> tuple[str, list[str]]:
    words = Words()
    words.learn([line(f"x {known} x")])
    printed = [line(text, top=50 + 12 * number) for number, text in enumerate(lines)]
    parts = cell_parts_of(printed, right, words)
    return " / ".join(part.text for part in parts), words.rejoined


@pytest.mark.parametrize(
    ("lines", "known", "text"),
    [
        (("Procureme", "nt plan"), "", "Procurement plan"),
        (("Transpare", "ncy"), "transparency", "Transparency"),
        (("Quarterly", "report"), "", "Quarterly report"),
        (("Mechanism", "of change"), "", "Mechanism of change"),
        (("Directors", "ate early"), "directors", "Directors ate early"),
        (("system-", "wide"), "", "system-wide"),
        (("imple-", "ment"), "implement", "implement"),
        (("imple\u00ad", "ment"), "", "implement"),
        (("June 2022", "July 2022"), "", "June 2022 July 2022"),
    ],
)
def test_words_broken_by_a_narrow_column(lines: tuple[str, ...], known: str, text: str) -> None:
    """The column is as wide as the first line."""
    found, rejoined = cell_text(*lines, known=known)
    assert found == text
    assert bool(rejoined) == (text in ("Procurement plan", "Transparency"))


def test_words_are_not_put_together_where_there_was_room() -> None:
    assert cell_text("Procureme", "nt plan", right=300.0) == ("Procureme nt plan", [])


# --- ruled lines ------------------------------------------------------------------------------------------------------


def box(left: float, top: float, right: float, bottom: float, *, drawn: bool = True) -> list[Ruling]:
    return [
        Ruling("h", left, top, right, top, drawn),
        Ruling("h", left, bottom, right, bottom, drawn),
        Ruling("v", left, top, left, bottom, drawn),
        Ruling("v", right, top, right, bottom, drawn),
    ]


def test_cells_drawn_one_by_one_make_a_grid() -> None:
    rulings = [r for x in (0, 100) for y in (0, 50, 100) for r in box(x, y, x + 100, y + 50)]
    (grid,) = grids(rulings)
    assert (grid.width, grid.height) == (2, 3)
    assert all(square == first for square, first in grid.first.items())


def test_shading_within_a_drawn_table_makes_no_cells() -> None:
    rulings = [r for x in (0, 100) for y in (0, 50) for r in box(x, y, x + 100, y + 50)]
    shading = box(105, 10, 160, 22, drawn=False)
    (grid,) = grids([*rulings, *shading])
    assert (grid.width, grid.height) == (2, 2)


def test_a_frame_around_text_is_no_table() -> None:
    assert grids(box(0, 0, 300, 100)) == []


def test_a_table_open_at_its_sides() -> None:
    across = [Ruling("h", 0, y, 300, y, True) for y in (0, 20, 40)]
    down = [Ruling("v", x, 0, x, 40, True) for x in (100, 200)]
    (grid,) = grids([*across, *down])
    assert (grid.width, grid.height) == (3, 2)
