"""CSV of any make."""

from __future__ import annotations

import csv
import io

import pytest

from goldenthread.documents import Document, SourceFormat, document_from_bytes
from goldenthread.documents.blocks import Table, blocks

ROWS = [
    ["Ref", "Action", "Lead", "Due"],
    ["1", "Adopt “Our Values”, then publish; twice", "Leader", "June 2022"],
    ["2", "Two\nlines", "", "£5m | more"],
    ["3", 'A "quoted" word', "Chief Executive", ""],
]


def written(delimiter: str, end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(ROWS)
    return out.getvalue()


def only_table(document: Document) -> Table:
    (table,) = blocks(document)
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_delimiter_encoding_and_line_end(encoding: str, delimiter: str, end: str) -> None:
    document = document_from_bytes(written(delimiter, end).encode(encoding), "log.csv")
    assert document.format is SourceFormat.CSV
    expected = [[" ".join(cell.split()) for cell in row] for row in ROWS]
    assert [[cell.text for cell in row] for row in only_table(document).rows] == expected


@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_csv_is_known_without_its_name(delimiter: str) -> None:
    assert document_from_bytes(written(delimiter).encode(), "upload").format is SourceFormat.CSV


def test_prose_with_commas_is_no_csv() -> None:
    prose = "First, we act.\nThen, having acted, we rest.\nLast, we look back, and forward, and sideways.\n"
    assert document_from_bytes(prose.encode(), "upload").format is SourceFormat.TEXT


def test_rows_and_lines_are_both_named() -> None:
    """They differ after a cell that holds a line break."""
    rows = only_table(document_from_bytes(written(",").encode(), "log.csv")).rows
    assert [(row[0].anchor.row, row[0].anchor.line) for row in rows] == [(1, 1), (2, 2), (3, 3), (4, 5)]


def test_titles_above_the_header_and_ragged_rows() -> None:
    content = b"Northbury action log\n\nRef,Action\n1,Adopt,extra\n2\n"
    heading, table = blocks(document_from_bytes(content, "log.csv"))
    assert isinstance(table, Table)
    assert heading.anchor.line == 1
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Ref", "Action", ""], ["1", "Adopt", "extra"], ["2", "", ""],
    ]  # fmt: skip
