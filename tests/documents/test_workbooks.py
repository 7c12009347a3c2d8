"""Workbooks: sheets, titles above tables, dates, merged cells, placeholders, and where each cell stands."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter
from support.saved import converted

from goldenthread.documents import Document, DocumentError, SourceFormat, document_from_bytes, excerpt_at
from goldenthread.documents.blocks import Heading, ListItem, Merged, Paragraph, Table, blocks, transposed

OFFICE = ["xlsx", "ods", "xls"]


def workbook(fill: Callable[[Any], None], ending: str = "xlsx") -> Document:
    """A workbook as the function fills it; as other programs' files by way of LibreOffice."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        fill(book)
    content = written.getvalue()
    return document_from_bytes(content if ending == "xlsx" else converted(content, "xlsx", ending), "book")


def of_rows(*rows: list[Any], ending: str = "xlsx") -> Document:
    """A workbook with one sheet, Tracker, that holds these rows; None leaves a cell alone."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Tracker")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)

    return workbook(fill, ending)


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


HEADER = ["Ref", "Action", "Lead", "Due"]


@pytest.mark.parametrize("ending", OFFICE)
def test_a_sheet_is_a_heading_and_its_table(ending: str) -> None:
    document = of_rows(HEADER, [1, "Adopt the plan", "Leader", date(2022, 6, 7)], ending=ending)
    assert document.format is SourceFormat(ending)
    heading, table = blocks(document)
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert (heading.text, heading.level, heading.anchor.sheet) == ("Tracker", 1, "Tracker")
    assert texts(table) == [HEADER, ["1", "Adopt the plan", "Leader", "2022-06-07"]]
    anchor = table.rows[1][2].anchor
    assert (anchor.file, anchor.sheet, anchor.row, anchor.column, anchor.line) == (
        "book",
        "Tracker",
        2,
        3,
        None,
    )
    assert str(anchor) == "book, sheet “Tracker”, table 1, row 2, column 3"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2022, 6, 7), "2022-06-07"),
        (datetime(2022, 6, 7, 14, 30), "2022-06-07 14:30"),  # noqa: DTZ001  (Excel knows no time zones)
        (time(9, 15), "09:15"),
        (3, "3"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1234567.891, "1234567.891"),
        (-5, "-5"),
        (True, "TRUE"),
        ("  spaces around ", "spaces around"),
        ("=1+1", "0"),
    ],
)
def test_values_are_what_a_person_would_write(value: Any, text: str) -> None:
    """A formula is its last value; xlsxwriter leaves 0 for one that nobody has computed."""
    (table,) = tables(of_rows(["a", "b"], [value, "x"]))
    assert table.rows[1][0].text == text


def test_titles_above_the_header_are_text_and_rows_keep_their_numbers() -> None:
    document = of_rows(
        ["Northbury Council"],
        ["Action tracker, as reported to Cabinet in June 2022."],
        [],
        [None, *HEADER],
        [None, 1, "Adopt", "Leader", "June"],
        [],
        [None, 2, "Review", "Leader", "July"],
    )
    _, *lines, table = blocks(document)
    assert isinstance(table, Table)
    assert [(type(line), line.anchor.row) for line in lines] == [(Paragraph, 1), (Paragraph, 2)]
    assert texts(table) == [HEADER, ["1", "Adopt", "Leader", "June"], ["2", "Review", "Leader", "July"]]
    assert [(row[0].anchor.row, row[0].anchor.column) for row in table.rows] == [(4, 2), (5, 2), (7, 2)]


def test_a_line_of_text_ends_a_table_and_names_the_next() -> None:
    document = of_rows(["Theme 1 – Culture"], HEADER, [1, "a", "b", "c"], [], ["Theme 2 – Oversight"], HEADER)
    found = blocks(document)
    assert [block.text for block in found if isinstance(block, Heading)] == [
        "Tracker", "Theme 1 – Culture", "Theme 2 – Oversight",
    ]  # fmt: skip
    assert [table.anchor.table for table in tables(document)] == [1, 2]


def test_a_row_with_one_filled_cell_inside_a_table_belongs_to_it() -> None:
    (table,) = tables(of_rows(HEADER, [1, "a", "b", "c"], [None, "and carries on"], [2, "d", "e", "f"]))
    assert texts(table)[2] == ["", "and carries on", "", ""]


def test_typed_lists_outside_and_inside_of_cells() -> None:
    document = of_rows(["- One"], [" - In"], ["- Two"], [], HEADER, [1, "Title\n• First\n• Second", "b", "c"])
    assert [(item.text, item.depth) for item in blocks(document) if isinstance(item, ListItem)] == [
        ("One", 1), ("In", 2), ("Two", 1),
    ]  # fmt: skip
    (table,) = tables(document)
    assert [(part.text, part.depth) for part in table.rows[1][1].parts] == [
        ("Title", 0), ("First", 1), ("Second", 1),
    ]  # fmt: skip


def test_several_dated_updates_in_a_cell_stay_apart() -> None:
    (table,) = tables(of_rows(HEADER, [1, "June: begun\nJuly: half done\nAugust: done", "b", "c"]))
    assert [part.text for part in table.rows[1][1].parts] == [
        "June: begun",
        "July: half done",
        "August: done",
    ]


def test_hidden_sheets_are_marked_and_not_dropped() -> None:
    def fill(book: Any) -> None:
        for name, hide in (("Shown", None), ("Hidden", "hide"), ("Very hidden", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["a", name])
            if hide:
                getattr(sheet, hide)()

    found = blocks(workbook(fill))
    hidden = {block.text: block.hidden for block in found if isinstance(block, Heading)}
    assert hidden == {"Shown": False, "Hidden": True, "Very hidden": True}
    assert [block.hidden for block in found if isinstance(block, Table)] == [False, True, True]


def test_placeholders_are_empty_and_marked() -> None:
    (table,) = tables(of_rows(HEADER, [1, "< Select >", "Please select", "Select Committee"]))
    assert [(cell.text, cell.placeholder) for cell in table.rows[1]] == [
        ("1", ""), ("", "< Select >"), ("", "Please select"), ("Select Committee", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_merged_cells_say_where_their_words_are(ending: str) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Theme", "Action", "Due"])
        sheet.merge_range(1, 0, 2, 0, "Culture")
        sheet.write_row(1, 1, ["One", "June"])
        sheet.write_row(2, 1, ["Two", "July"])
        sheet.merge_range(3, 1, 3, 2, "Three")
        sheet.write(3, 0, "Oversight")

    (table,) = tables(workbook(fill, ending))
    assert [[cell.merged for cell in row] for row in table.rows[1:]] == [
        [None, None, None], [Merged.ABOVE, None, None], [None, None, Merged.LEFT],
    ]  # fmt: skip


def test_a_sheet_read_across_can_be_turned() -> None:
    (table,) = tables(of_rows(["Project", "A", "B"], ["Start", "May", "June"], ["End", "July"]))
    turned = transposed(table)
    assert texts(turned) == [["Project", "Start", "End"], ["A", "May", "July"], ["B", "June", ""]]
    assert (turned.rows[1][2].anchor.row, turned.rows[1][2].anchor.column) == (3, 2)


def test_an_excerpt_shows_the_rows_around_a_cell() -> None:
    document = of_rows(HEADER, [1, "a", "b", "c"], [2, "d", "e", "f"], [3, "g", "h", "i"])
    (table,) = tables(document)
    shown = excerpt_at(document, table.rows[2][1].anchor, around=1)
    assert [(line.anchor.row, line.text, line.marked) for line in shown] == [
        (2, "1 | a | b | c", False), (3, "2 | d | e | f", True), (4, "3 | g | h | i", False),
    ]  # fmt: skip


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^book has no cell with anything in it\.$"):
        of_rows()
