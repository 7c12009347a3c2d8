"""CSV that Excel opens as it was written."""

from __future__ import annotations

import csv
import io

from goldenthread.documents.writing.sheet import Sheet

_FORMULA_STARTS = ("=", "+", "-", "@", "'", "\t", "\r")


def csv_bytes(sheet: Sheet) -> bytes:
    """One sheet, every cell quoted, in UTF-8 with the mark by which Excel knows it.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
    """
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(sheet.headings)
    writer.writerows([_neutralised(cell) for cell in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def _neutralised(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
