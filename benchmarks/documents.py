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
from goldenthread.reading import read_plan

COUNT = 5
LEADS = ("Director of Finance", "Chief Executive", "Head of Human Resources", "Monitoring Officer")
DUE = ("Autumn 2023", "By Sep 2023", "31/03/2024", "Ongoing", "TBC", "June 2024")
STATUSES = ("In progress", "Complete", "Not started")
RATINGS = ("Green", "Amber", "Red")


def main() -> None:
    print(machine())
    if sys.argv[1:]:
        for path in map(Path, sys.argv[1:]):
            _compare(path.name, path.read_bytes())
        return
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from support.readings import example_text
    from support.saved import FORMATS, saved

    tracker = _tracker(5_000)
    _compare("tracker.xlsx, 5,000 rows", tracker)
    print(
        measure(
            "open and read it as a plan",
            lambda: read_plan(document_from_bytes(tracker, "tracker.xlsx")),
            count=COUNT,
        )
    )
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
    """A tracker as councils keep them: a few dates, leads and statuses, and words of its own in every row."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tracker")
        header = (
            "Ref",
            "Theme",
            "Action",
            "Lead",
            "Start date",
            "Due date",
            "Status",
            "RAG",
            "Progress update",
        )
        sheet.write_row(0, 0, header)
        for number in range(1, rows):
            row = (
                number,
                f"Theme {number % 12 + 1}",
                f"Carry out piece of work number {number} for the service",
                LEADS[number % len(LEADS)],
                f"{number % 28 + 1:02}/{number % 12 + 1:02}/2022",
                DUE[number % len(DUE)],
                STATUSES[number % len(STATUSES)],
                RATINGS[number % len(RATINGS)],
                f"{number % 28 + 1} March 2023: work on number {number} has gone on as planned.",
            )
            sheet.write_row(number, 0, row)
    return written.getvalue()


if __name__ == "__main__":
    main()
