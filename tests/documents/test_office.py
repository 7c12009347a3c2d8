"""Word, OpenDocument, HTML and RTF: what those who make such files leave to the eye is read as it is meant."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from support.saved import through_pandoc

from goldenthread.documents import Document, SourceFormat, document_from_bytes
from goldenthread.documents.blocks import (
    CellPart,
    Heading,
    ListItem,
    Merged,
    Paragraph,
    Table,
    blocks,
    text_of,
)
from goldenthread.documents.pandoc import read_through_pandoc


def html(body: str) -> Document:
    return document_from_bytes(f"<!doctype html><html><body>{body}</body></html>".encode(), "plan.html")


def of_pandoc(text: str, reader: str) -> Any:
    """The tree that pandoc makes of a text, to be written in another format."""
    return read_through_pandoc(text.encode(), reader, "text", "text")


def only_table(document: Document) -> Table:
    (table,) = (block for block in blocks(document) if isinstance(block, Table))
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


# --- merged cells -----------------------------------------------------------------------------------------------

MERGED = """<table>
<tr><th rowspan="2">Action</th><th colspan="2">Dates</th></tr>
<tr><th>Start</th><th>Due</th></tr>
<tr><td>Adopt</td><td rowspan="3">May</td><td>June</td></tr>
<tr><td>Review</td><td>July</td></tr>
<tr><td colspan="1">Close</td><td>August</td></tr>
</table>"""


@pytest.mark.parametrize("ending", ["html", "docx", "odt"])
def test_a_merged_cell_has_its_words_once_and_says_where_they_are(ending: str) -> None:
    tree = document_from_bytes(MERGED.encode(), "t.html")
    if ending == "html":
        table = only_table(tree)
    else:
        read = of_pandoc(MERGED.replace("th", "td"), "html")
        table = only_table(document_from_bytes(through_pandoc(read, ending), "t"))
    above, left = Merged.ABOVE, Merged.LEFT
    assert texts(table) == [
        ["Action", "Dates", ""],
        ["", "Start", "Due"],
        ["Adopt", "May", "June"],
        ["Review", "", "July"],
        ["Close", "", "August"],
    ]
    assert [[cell.merged for cell in row] for row in table.rows] == [
        [None, None, left],
        [above, None, None],
        [None, None, None],
        [None, above, None],
        [None, above, None],
    ]
    assert [cell.anchor.column for cell in table.rows[3]] == [1, 2, 3]


def test_a_merged_cell_may_not_claim_the_moon() -> None:
    table = only_table(html('<table><tr><td rowspan="60000" colspan="9000">a</td><td>b</td></tr></table>'))
    assert len(table.rows) == 1


# --- cells --------------------------------------------------------------------------------------------------------


def parts(cell: str) -> tuple[CellPart, ...]:
    return only_table(html(f"<table><tr><td>{cell}</td><td>end</td></tr></table>")).rows[0][0].parts


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Title", [("Title", 0)]),
        ("<p>Title</p><p>more</p>", [("Title", 0), ("more", 0)]),
        ("June: begun<br>July: done", [("June: begun", 0), ("July: done", 0)]),
        ("Title<ul><li>One<ul><li>In</li></ul></li><li>Two</li></ul>",
         [("Title", 0), ("One", 1), ("In", 2), ("Two", 1)]),
        ("Title<ol><li>One</li><li>Two</li></ol>", [("Title", 0), ("One", 1), ("Two", 1)]),
        ("<p>Title</p><p>• One</p><p>• Two</p>", [("Title", 0), ("One", 1), ("Two", 1)]),
        ("<p>Title</p><p>- One</p><p>- Two</p>", [("Title", 0), ("One", 1), ("Two", 1)]),
        ("Title ▶ One ▶ Two", [("Title", 0), ("One", 1), ("Two", 1)]),
        ("Title &lt;ul style=x&gt; ▶ One ▶ Two", [("Title", 0), ("One", 1), ("Two", 1)]),
        ("Outer <table><tr><td>a</td><td>b</td></tr></table>", [("Outer", 0), ("a – b", 0)]),
        ("16<sup>th</sup> <u>March</u> <b>20</b>22", [("16th March 2022", 0)]),
        ("A dash - in the middle", [("A dash - in the middle", 0)]),
        ("", []),
    ],
)  # fmt: skip
def test_a_cell_keeps_its_lines_and_lists(cell: str, found: list[tuple[str, int]]) -> None:
    assert [(part.text, part.depth) for part in parts(cell)] == found


def test_each_level_of_a_list_has_its_own_mark() -> None:
    found = parts("Title<ul><li>One<ul><li>In</li></ul></li></ul>")
    assert found[0].marker is None
    assert found[1].marker
    assert found[2].marker
    assert found[1].marker != found[2].marker


def test_emphasis_of_a_whole_part_is_kept() -> None:
    assert [part.emphasised for part in parts("<ul><li><i>Done</i></li><li><i>Half</i> done</li></ul>")] == [
        True,
        False,
    ]


@pytest.mark.parametrize("asks", ["&lt; Select &gt;", "Choose an item.", "Click or tap to enter text."])
def test_what_a_form_prints_where_nothing_is_filled_in_is_no_content(asks: str) -> None:
    cell = only_table(html(f"<table><tr><td>Lead</td><td>{asks}</td></tr></table>")).rows[0][1]
    assert cell.text == ""
    assert cell.placeholder


def test_a_footnote_is_kept_beside_the_words_it_belongs_to() -> None:
    source = "Adopted[^1] today.\n\n[^1]: By Cabinet.\n\n| a[^2] | b |\n|---|---|\n| c | d |\n\n[^2]: A note."
    tree = of_pandoc(source, "markdown")
    found = blocks(document_from_bytes(through_pandoc(tree, "docx"), "plan"))
    paragraph, table = found[0], found[1]
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert (paragraph.text, paragraph.notes) == ("Adopted today.", ("By Cabinet.",))
    assert (table.rows[0][0].text, table.rows[0][0].notes) == ("a", ("A note.",))


# --- outside of tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("<h1>Theme 1 – Culture</h1>", 1),
        ("<h3>Milestones</h3>", 3),
        ("<p><b>Key Milestones:</b></p>", 2),
        ("<p><strong>Theme 2 – Oversight</strong></p>", 1),
        ("<p><b>IMPROVEMENT PLAN</b></p>", 1),
        ("<p><b>Bold words</b> and others</p>", None),
        ("<p><b>A sentence in bold is none.</b></p>", None),
        ("<p>Secretariat</p>", None),
    ],
)
def test_headings_are_those_with_a_level_and_short_lines_in_bold(line: str, level: int | None) -> None:
    (found, _) = blocks(html(f"{line}<p>More words follow.</p>"))
    assert (found.level if isinstance(found, Heading) else None) == level


def test_a_short_line_right_before_a_table_names_it() -> None:
    found = blocks(html("<p>Secretariat</p><table><tr><td>a</td><td>b</td></tr></table>"))
    assert isinstance(found[0], Heading)


def test_typed_bullets_make_list_items() -> None:
    found = blocks(html("<p>• One</p><p>• Two</p><p>- Three</p>"))
    assert [(block.text, block.depth) for block in found if isinstance(block, ListItem)] == [
        ("One", 1), ("Two", 1), ("Three", 1),
    ]  # fmt: skip


def test_a_title_that_is_metadata_stands_first() -> None:
    tree = of_pandoc("---\ntitle: Northbury Plan\n---\n\nWords.", "markdown")
    found = blocks(document_from_bytes(through_pandoc(tree, "docx"), "plan"))
    assert [block.text for block in found if not isinstance(block, Table)] == ["Northbury Plan", "Words."]
    assert isinstance(found[0], Heading)


def test_paragraphs_are_counted_because_there_are_no_lines() -> None:
    document = html(
        "<h1>One</h1><p>Two.</p><ul><li>Three</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    )
    assert [block.anchor.paragraph for block in blocks(document)] == [1, 2, 3, None]
    assert document.lines == ()


def test_foreign_attributes_do_not_pass_for_ours() -> None:
    (found,) = blocks(html('<p data-line="99" data-marker="x">Words.</p>'))
    assert found.anchor.line is None


def test_the_tree_says_what_the_blocks_say() -> None:
    document = html("<h2>Plan</h2><p>Words.</p>")
    assert [text_of(element) for element in document.tree.content] == ["Plan", "Words."]


# --- Word -----------------------------------------------------------------------------------------------------------


def docx(body: str) -> bytes:
    """A Word file with this body."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
        )
    return written.getvalue()


def test_tracked_changes_count_as_accepted() -> None:
    change = 'w:id="1" w:author="A" w:date="2022-06-07T00:00:00Z"'
    body = (
        "<w:p><w:r><w:t>Due in </w:t></w:r>"
        f"<w:del {change}><w:r><w:delText>June</w:delText></w:r></w:del>"
        f"<w:ins {change}><w:r><w:t>July</w:t></w:r></w:ins><w:r><w:t> 2022.</w:t></w:r></w:p>"
    )
    (found,) = blocks(document_from_bytes(docx(body), "plan.docx"))
    assert isinstance(found, Paragraph)
    assert found.text == "Due in July 2022."


# --- RTF ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (r"2022 \u8211? 2023", "2022 – 2023"),
        (r"2022 \u8211\'96 2023", "2022 – 2023"),
        (r"2022 \u8211 - 2023", "2022 – 2023"),
        (r"{\uc0 2022 \u8211 2023}", "2022 –2023"),
        (r"{\uc2 a\u8211??b} c\u8217?d", "a–b c’d"),
        (r"\u8216?Our Values\u8217?", "‘Our Values’"),
        (r"{\uc1 x\u-4051?} y", "x\uf02d y"),
        (r"caf\'e9", "café"),
        (r"a \{b\} \\ c", "a {b} \\ c"),
    ],
)
def test_letters_beyond_ascii_in_any_spelling(rtf: str, words: str) -> None:
    content = rf"{{\rtf1\ansi\ansicpg1252 {rtf}\par}}".encode("ascii")
    document = document_from_bytes(content, "plan.rtf")
    assert document.format is SourceFormat.RTF
    (found,) = blocks(document)
    assert isinstance(found, Paragraph)
    assert found.text == words
