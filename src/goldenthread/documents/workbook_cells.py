"""The cells of a workbook as they were filled in, for workbooks of which it is known what stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.documents.archives import check_archive
from goldenthread.documents.isolation import extract
from goldenthread.documents.limits import LARGEST, MOST_CELLS, MOST_ROWS, too_large
from goldenthread.documents.model import DocumentError, SourceFormat
from goldenthread.documents.sniffing import packed_format
from goldenthread.documents.writing.sheet import without_control_characters

_WORKBOOKS = {SourceFormat.XLSX, SourceFormat.XLS, SourceFormat.ODS}


@dataclass(frozen=True)
class SheetCells:
    """A sheet as values alone: each filled cell's text by row and column (from 1), exactly as typed.

    `odd` are cells without a plain value, with what stands there: errors, and formulas without a result. Old Excel
    workbooks do not tell them from empty cells, and then it is None.
    """

    name: str
    hidden: bool
    cells: Mapping[tuple[int, int], str]
    odd: Mapping[tuple[int, int], str] | None


def workbook_cells(content: bytes, name: str) -> tuple[SheetCells, ...]:
    """The cells of a workbook, for those who know what stands where. Limits and values are those of any document.

    Raises:
        DocumentError: when it is no workbook, damaged, locked, or too much.
    """
    if len(content) > LARGEST:
        raise too_large(name, len(content))
    format_ = packed_format(content, name)
    if format_ not in _WORKBOOKS:
        raise DocumentError(
            f"{name} is no workbook: send the Excel or OpenDocument workbook that you filled in."
        )
    odd: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    if format_ is not SourceFormat.XLS:
        check_archive(content, name)
        for sheet, row, column, what in extract("odd_cells", content, name, "workbook"):
            odd[sheet][row, column] = what
    sheets = extract("workbook", content, name, "workbook", MOST_ROWS, MOST_CELLS)
    return tuple(
        SheetCells(
            sheet,
            hidden,
            {
                (row, column): without_control_characters(text)
                for row, texts in enumerate(rows, start=first_row)
                for column, text in enumerate(texts, start=first_column)
                if text and not text.isspace()
            },
            None if format_ is SourceFormat.XLS else odd[sheet],
        )
        for sheet, hidden, first_row, first_column, rows, *_ in sheets
    )
