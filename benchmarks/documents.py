"""How long opening files takes: python benchmarks/documents.py [FILE ...]

Without files: a workbook of 5,000 rows, a plan in each format, and its PDF beside the extraction of its text alone.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pdfplumber
import xlsxwriter
from timing import machine, measure

from goldenthread.documents import document_from_bytes
from goldenthread.documents.blocks import blocks

COUNT = 5


def main() -> None:
    print(machine())
    if sys.argv[1:]:
        for path in map(Path, sys.argv[1:]):
            _compare(path.name, path.read_bytes())
        return
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from support.readings import example_text
    from support.saved import FORMATS, saved

    _compare("tracker.xlsx, 5,000 rows", _tracker(5_000))
    for ending in FORMATS:
        _compare(f"plan.{ending}", saved(example_text(), ending))


def _compare(name: str, content: bytes) -> None:
    """Opens a file; a PDF beside the extraction of its text alone."""

    def work() -> object:
        return blocks(document_from_bytes(content, name.partition(",")[0]))

    opened = measure(f"open {name}", work, count=COUNT, warm_up=1)
    print(opened)
    if content.startswith(b"%PDF"):
        pages = len(_text(content))
        alone = measure(
            f"extract the text of its {pages} pages", lambda: _text(content), count=COUNT, warm_up=1
        )
        print(alone)
        print(f"  opening takes {opened.p50 / alone.p50:.2f} times the extraction of its text alone")


def _text(content: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def _tracker(rows: int) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tracker")
        header = "Ref Theme Action Lead Start Due Forecast Status RAG Update Evidence Risk".split()
        sheet.write_row(0, 0, header)
        for number in range(1, rows):
            sheet.write_row(number, 0, [number, *(f"{name} of action {number}" for name in header[1:])])
    return written.getvalue()


if __name__ == "__main__":
    main()
