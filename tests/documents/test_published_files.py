"""Real files of public bodies open into blocks, and their tables into rows and columns that a person sees there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.needs import DATA, require_data

from goldenthread.documents import Document, read_document
from goldenthread.documents.blocks import Cell, Heading, Table, blocks

FOLDERS = ("action-logs", "commitment-reports", "returns")
FILES = sorted(
    path.relative_to(DATA).as_posix()
    for folder in FOLDERS
    for path in (DATA / folder).rglob("*")
    if path.is_file()
)


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def opened(path: str) -> Document:
    found: Path = require_data(path)
    return read_document(found)


@pytest.mark.parametrize("path", FILES or ["action-logs"])
def test_every_file_opens(path: str) -> None:
    document = opened(path)
    found = blocks(document)
    assert found
    for table in tables(document):
        assert table.rows
        assert len({len(row) for row in table.rows}) == 1
    words = " ".join(block.text for block in found if not isinstance(block, Table))
    assert not re.search(r"[\ue000-\uf8ff]|\(cid:", words)


BOARD = "action-logs/transparency-board/"


@pytest.mark.parametrize(
    ("path", "rows", "columns", "pages"),
    [
        (BOARD + "TB(4)1.i Status update on actions from last meeting - 11.01.11.pdf", [10], 3, 1),
        (BOARD + "TB(5)1 i Status update on actions from last meeting 02 03 11v3.pdf", [8, 10], 4, 2),
        (BOARD + "TB(6)1.ii Status update on actions from last meeting.pdf", [13, 12], 4, 3),
        (BOARD + "TB(7)1.ii Action log.pdf", [17, 14], 4, 3),
        (BOARD + "TB_8_1.ii Action log as of 19 July.pdf", [19, 4], 4, 2),
        (BOARD + "TB(9)1.ii Action Log.docx", [21, 10], 4, None),
    ],
)  # fmt: skip
def test_an_action_log_has_the_rows_that_are_printed(
    path: str, rows: list[int], columns: int, pages: int | None
) -> None:
    """Counted on the page, header rows included; tables that go on over a page are one."""
    found = tables(opened(path))
    assert [len(table.rows) for table in found] == rows
    assert {len(row) for table in found for row in table.rows} == {columns}
    assert max(table.rows[-1][0].anchor.page or 0 for table in found) == (pages or 0)
    assert all(row[0].text for table in found for row in table.rows)


def test_one_report_in_three_formats_has_the_same_table() -> None:
    """Department by department: the published table, and the same in the document."""
    folder = "commitment-reports/"
    name = "Transparency and Open Data WMS REPORT Table July-Sept 2012 20121212_10.csv"
    (published,) = tables(opened(folder + name))
    document = opened(folder + "Transprarency and Open Data WMS REPORT July-Sept 2012 2012112_10.odt")
    printed = next(table for table in tables(document) if len(table.rows) == len(published.rows))

    def told(row: tuple[Cell, ...]) -> list[str]:
        return [re.sub(r"\W", "", cell.text).lower() for cell in row]

    alike = sum(
        told(one)[1:4] == told(other)[1:4] for one, other in zip(published.rows, printed.rows, strict=True)
    )
    assert alike >= len(published.rows) - 2


def test_a_return_has_its_sheets_its_hidden_ones_and_its_questions() -> None:
    document = opened("returns/towns-fund/TF_Round_4_Success.xlsx")
    sheets = [block for block in blocks(document) if isinstance(block, Heading) and block.anchor.row is None]
    shown = [sheet.text for sheet in sheets if not sheet.hidden]
    assert shown[:3] == ["1 - Start Here", "2 - Project Admin", "3 - Programme Progress"]
    assert "7 - Risk Register" in shown
    assert "Project Identifiers" in [sheet.text for sheet in sheets if sheet.hidden]
    progress = [table for table in tables(document) if table.anchor.sheet == "3 - Programme Progress"]
    rows = [row for table in progress for row in table.rows]
    (header,) = (cell for row in rows for cell in row if cell.text == "Project Name")
    assert (header.anchor.row, header.anchor.column) == (19, 3), "cell C19"
    (first,) = (row[0] for row in rows if row[0].anchor.row == 20)
    assert (first.text, first.anchor.column) == ("B1", 2), "cell B20"
    placeholders = [cell for table in progress for row in table.rows for cell in row if cell.placeholder]
    assert placeholders
    assert all(not cell.text for cell in placeholders)
