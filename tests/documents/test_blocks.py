"""Text and Markdown give the same blocks for the same content, each with the line it stands on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.documents import document_from_bytes
from goldenthread.documents.blocks import Block, CellPart, Heading, ListItem, Paragraph, Table, blocks

UL = '<ul style="list-style-type: none">'
TEXT = """\
NORTHBURY COUNCIL IMPROVEMENT PLAN

The council's plan has one theme, and says so here.

Theme 1 – Organisational Culture

Objectives

- ▶ Leaders work well together
- ▶ Strategies:
 - Early Help Strategy
 - Asset Strategy
- ▶ **Internal communication** – a clear vision

Key Milestones:

Plan approved\tJune 2022
Survey report\t

Delivery Plan

Workstream\tLead\tActions\tDue date
Culture\tDirector – Law & Governance\tAdopt a strategy {UL} ▶ Draft agreed ▶ <i>Strategy approved</i> \tDec 2022
\tChief Executive\tAsset management {UL} ▶ Set-up - {UL} o Software bought o Microsite built \tJan 2023
""".replace("{UL}", UL)

MARKDOWN = """\
# NORTHBURY COUNCIL IMPROVEMENT PLAN

The council's plan has one theme, and says so here.

# Theme 1 – Organisational Culture

## Objectives

- Leaders work well together
- Strategies:
    - Early Help Strategy
    - Asset Strategy
- **Internal communication** – a clear vision

## Key Milestones:

| Milestone | Date |
| --- | --- |
| Plan approved | June 2022 |
| Survey report | |

## Delivery Plan

| Workstream | Lead | Actions | Due date |
| --- | --- | --- | --- |
| Culture | Director – Law & Governance | Adopt a strategy {UL} ▶ Draft agreed ▶ *Strategy approved* | Dec 2022 |
| | Chief Executive | Asset management {UL} ▶ Set-up - {UL} o Software bought o Microsite built | Jan 2023 |
""".replace("{UL}", UL)


def read(content: str, name: str) -> tuple[Block, ...]:
    return blocks(document_from_bytes(content.encode(), name))


def said(block: Block) -> object:
    """What a block says, without its place; a milestone table's heading row, which text lacks, is left out."""
    match block:
        case Heading():
            return ("heading", block.text, block.level)
        case Paragraph():
            return ("paragraph", block.text)
        case ListItem():
            return ("item", block.text, block.depth, block.strong, block.rest)
        case Table():
            rows = [[cell.parts for cell in row] for row in block.rows]
            return ("table", [row for row in rows if row[0] != (CellPart("Milestone"),)])


def test_text_and_markdown_say_the_same() -> None:
    assert [said(block) for block in read(TEXT, "plan.txt")] == [
        said(block) for block in read(MARKDOWN, "plan.md")
    ]


def test_what_they_say() -> None:
    found = read(TEXT, "plan.txt")
    assert [block.text for block in found if isinstance(block, Heading)] == [
        "NORTHBURY COUNCIL IMPROVEMENT PLAN",
        "Theme 1 – Organisational Culture",
        "Objectives",
        "Key Milestones:",
        "Delivery Plan",
    ]
    assert [block.level for block in found if isinstance(block, Heading)] == [1, 1, 2, 2, 2]
    items = [(block.text, block.depth) for block in found if isinstance(block, ListItem)]
    assert items == [
        ("Leaders work well together", 1),
        ("Strategies:", 1),
        ("Early Help Strategy", 2),
        ("Asset Strategy", 2),
        ("Internal communication – a clear vision", 1),
    ]
    tables = [block for block in found if isinstance(block, Table)]
    action = tables[1].rows[1][2]
    assert action.parts == (
        CellPart("Adopt a strategy"),
        CellPart("Draft agreed", 1, "▶"),
        CellPart("Strategy approved", 1, "▶", emphasised=True),
    )
    assert tables[1].rows[2][2].parts == (
        CellPart("Asset management"),
        CellPart("Set-up -", 1, "▶"),
        CellPart("Software bought", 2, "o"),
        CellPart("Microsite built", 2, "o"),
    )
    assert tables[0].rows[1][1].text == ""


@pytest.mark.parametrize(("content", "name"), [(TEXT, "plan.txt"), (MARKDOWN, "plan.md")])
def test_every_block_row_and_cell_says_on_which_line_it_stands(content: str, name: str) -> None:
    lines = content.splitlines()

    def stands_on(line: int | None, text: str) -> bool:
        assert line is not None
        return text.split(" – ", maxsplit=1)[0].split("'", maxsplit=1)[0].strip("* ") in lines[line - 1]

    for block in read(content, name):
        if isinstance(block, Table):
            assert block.anchor.file == name
            for number, row in enumerate(block.rows, start=1):
                for column, cell in enumerate(row, start=1):
                    assert (cell.anchor.row, cell.anchor.column) == (number, column)
                    for part in cell.parts:
                        assert stands_on(cell.anchor.line, part.text)
        else:
            assert block.anchor.file == name
            assert stands_on(block.anchor.line, block.text)


def test_tables_are_counted_through_the_document() -> None:
    tables = [block for block in read(TEXT, "plan.txt") if isinstance(block, Table)]
    assert [table.rows[0][0].anchor.table for table in tables] == [1, 2]


# --- text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("IMPROVEMENT PLAN", 1),
        ("Theme 2 – Corporate Oversight", 1),
        ("Section 1 - Introduction", 1),
        ("Appendix A: Risks", 1),
        ("Key Deliverables", 2),
        ("Key Milestones:", 2),
        ("What we will do:", 2),
        ("And more...", 2),
    ],
)
def test_a_short_line_by_itself_is_a_heading(line: str, level: int) -> None:
    (found,) = read(f"\n{line}\n\n", "plan.txt")
    assert isinstance(found, Heading)
    assert (found.text, found.level, found.anchor.line) == (line, level, 2)


@pytest.mark.parametrize(
    "line",
    [
        "The council approved the plan.",
        "and carried on after the page break",
        "The chief risks concern:",
        "When we have made progress there will be evidence of:",
        "Is that so?",
        "A line so long that nobody would have taken it for a heading, since headings are short and this one goes on",
    ],
)
def test_a_sentence_by_itself_is_none(line: str) -> None:
    (found,) = read(f"\n{line}\n\n", "plan.txt")
    assert isinstance(found, Paragraph)


def test_a_line_right_above_another_is_no_heading_but_one_above_a_table_is() -> None:
    assert all(isinstance(block, Paragraph) for block in read("Short line\nAnother short line", "plan.txt"))
    heading, table = read("Key Milestones\nPlan approved\tMay 2022", "plan.txt")
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)


@pytest.mark.parametrize("bullet", ["-", "*", "–", "- ▶", "▶", "•", "●", "‣"])
def test_any_bullet_begins_an_item(bullet: str) -> None:
    (item,) = read(f"{bullet} Strategy approved", "plan.txt")
    assert isinstance(item, ListItem)
    assert (item.text, item.depth) == ("Strategy approved", 1)


def test_blank_lines_between_items_do_not_end_a_list() -> None:
    found = read("- ▶ Strategies:\n\n - Early Help\n\n - Assets\n\n- ▶ Plan\n\nWords.", "plan.txt")
    assert [(block.text, block.depth) for block in found if isinstance(block, ListItem)] == [
        ("Strategies:", 1),
        ("Early Help", 2),
        ("Assets", 2),
        ("Plan", 1),
    ]
    assert [block.anchor.line for block in found] == [1, 3, 5, 7, 9]


@pytest.mark.parametrize("rows", ["a\tb\tc\n\td\nx\ty\tz\tw", "a\tb\nc\td\te\tf\tg"])
def test_rows_of_different_lengths_are_a_table(rows: str) -> None:
    (table,) = read("Before.\n\n" + rows, "plan.txt")[1:]
    assert isinstance(table, Table)
    printed = [[cell for cell in line.split("\t") if cell] for line in rows.split("\n")]
    assert [[cell.text for cell in row if cell.text] for row in table.rows] == printed
    for row, line in zip(table.rows, rows.split("\n"), strict=True):
        for column, cell in enumerate(line.split("\t")):
            assert row[column].text == cell, "a cell keeps its column"


# --- what is left of lists in a cell ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Strategy approved", [("Strategy approved", 0, None)]),
        (f"Title {UL} ▶ First ▶ Second", [("Title", 0, None), ("First", 1, "▶"), ("Second", 1, "▶")]),
        ("Title ▶ First ▶ Second", [("Title", 0, None), ("First", 1, "▶"), ("Second", 1, "▶")]),
        (f"Title {UL} First run on Second", [("Title", 0, None), ("First run on Second", 1, "")]),
        (f"{UL} ▶ First", [("First", 1, "▶")]),
        (f"<p>Title</p> {UL} • First • Second", [("Title", 0, None), ("First", 1, "•"), ("Second", 1, "•")]),
        (f"Title {UL} ▶ First {UL} o Inner o Other",
         [("Title", 0, None), ("First", 1, "▶"), ("Inner", 2, "o"), ("Other", 2, "o")]),
        (f"Title {UL} First {UL} Inner", [("Title", 0, None), ("First", 1, ""), ("Inner", 2, "")]),
        ("Title <mark>with marks</mark> in it", [("Title with marks in it", 0, None)]),
        (f"Title {UL} ▶ First</ul>", [("Title", 0, None), ("First", 1, "▶")]),
        ("Fewer than <5 or >10 cases", [("Fewer than <5 or >10 cases", 0, None)]),
        ("Move to one o clock", [("Move to one o clock", 0, None)]),
        (f"{UL}", []),
        ("<p></p>", []),
    ],
)  # fmt: skip
def test_what_is_left_of_a_list_shows_where_its_items_begin(
    cell: str, parts: list[tuple[str, int, str | None]]
) -> None:
    (table,) = read(f"{cell}\tend", "plan.txt")
    assert isinstance(table, Table)
    assert [(part.text, part.depth, part.marker) for part in table.rows[0][0].parts] == parts


def test_a_part_wholly_in_italics_is_emphasised_and_one_partly_so_is_not() -> None:
    (table,) = read(f"Title {UL} ▶ <i>Done</i> ▶ <i>Half</i> done ▶ <em>Also done</em>\tend", "plan.txt")
    assert isinstance(table, Table)
    parts = table.rows[0][0].parts
    assert [(part.text, part.emphasised) for part in parts[1:]] == [
        ("Done", True),
        ("Half done", False),
        ("Also done", True),
    ]


# --- Markdown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "'People's sphere' and \"others\"",
        "About ~5 cases~ and x^2^",
        "From $5m to $10m",
        "A dash -- or three --- and dots...",
        "A face :smile: here",
        "@mention and #tag",
    ],
)
def test_markdown_keeps_the_characters_that_are_printed(words: str) -> None:
    (found,) = read(words, "plan.md")
    assert isinstance(found, Paragraph)
    assert found.text == words


def test_a_markdown_cell_holds_lists_as_a_text_cell_does() -> None:
    (table,) = read(
        "| Actions | Due |\n| --- | --- |\n| Title <br> • First <br> • Second | May 2022 |", "plan.md"
    )
    assert isinstance(table, Table)
    parts = [(part.text, part.depth, part.marker) for part in table.rows[1][0].parts]
    assert parts == [("Title", 0, None), ("First", 1, "•"), ("Second", 1, "•")]


def test_markdown_lists_may_carry_bullets_of_their_own() -> None:
    """As they do where a list was pasted from a PDF."""
    found = read("- ▶ First\n- ▶ Second\n", "plan.md")
    assert [block.text for block in found if isinstance(block, ListItem)] == ["First", "Second"]


# --- anything -----------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("ab A\t\n-▶•o<>/ul i*#|.:\u00a0\x0c\r"), min_size=1, max_size=80))
def test_any_text_keeps_its_words(content: str) -> None:
    """Whatever the layout: every letter A printed is there to be read, unless it stands in a tag."""
    if not content.strip():
        return
    found = read(content, "plan.txt")
    words = "".join(block.text if isinstance(block, ListItem) else str(said(block)) for block in found)
    if "<" not in content:
        assert words.count("A") == content.count("A")
