"""A plan's text saved as office programs save it: as Word, OpenDocument, HTML, RTF, PDF, a workbook, CSV.

What a text has lost (the bullets of some lists, of which `<ul style=...>` is left) no program can give back, so such
cells are saved as they are printed; all other lists become lists proper.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import panflute as pf
import pypandoc
import xlsxwriter

from goldenthread.documents.text import read_text
from support.needs import require_tool

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FONT = '<w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans" w:cs="Liberation Sans"/>'
_LANDSCAPE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:left="850" w:right="850"/>'
_WIDTHS = {2: [0.7, 0.3], 6: [0.13, 0.17, 0.14, 0.36, 0.1, 0.1], 7: [0.13, 0.16, 0.13, 0.3, 0.1, 0.1, 0.08]}
FORMATS = ("docx", "odt", "html", "rtf", "pdf", "xlsx", "ods", "csv")


@cache
def saved(text: str, ending: str) -> bytes:
    """The text as a file of this kind. PDF and ODS need an office suite; without one the test is skipped."""
    match ending:
        case "xlsx":
            return _workbook(text)
        case "csv":
            return _csv(text)
        case "ods":
            return converted(_workbook(text), "xlsx", "ods")
        case "pdf" | "rtf":
            return converted(saved(text, "docx"), "docx", ending)
        case _:
            return through_pandoc(_tree(text), ending)


def converted(content: bytes, ending: str, to: str) -> bytes:
    """A file as LibreOffice converts it."""
    soffice = require_tool("soffice")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"file.{ending}"
        source.write_bytes(content)
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to,
             "--outdir", folder, source],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return (Path(folder) / f"file.{to}").read_bytes()


def through_pandoc(tree: Any, to: str) -> bytes:
    """A tree as pandoc writes it; Word tables with lines."""
    json = io.StringIO()
    pf.dump(tree, json)
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"file.{to}"
        options = ["--standalone", "--metadata=pagetitle:plan"]
        if to == "docx":
            reference = Path(folder) / "reference.docx"
            reference.write_bytes(_reference_with_lines())
            options += [f"--reference-doc={reference}"]
        command = [pypandoc.get_pandoc_path(), "-f", "json", "-t", to, *options, "-o", out]
        subprocess.run(command, input=json.getvalue().encode(), check=True, capture_output=True)
        return out.read_bytes()


@cache
def _reference_with_lines() -> bytes:
    """Pandoc's own reference document as councils print plans: landscape, small letters, lines around cells."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(printed)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/styles.xml":
                before, table, after = content.decode().partition('w:styleId="Table"')
                after = after.replace("<w:tblPr>", f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>", 1)
                styles = re.sub(r"<w:rFonts [^>]*/>", _FONT, before + table + after)
                content = re.sub(r'w:(sz|szCs) w:val="(24|22)"', r'w:\1 w:val="18"', styles).encode()
            elif entry.filename == "word/document.xml":
                content = re.sub(
                    r"<w:sectPr[^>]*/>|<w:sectPr[^>]*>", f"<w:sectPr>{_LANDSCAPE}", content.decode()
                ).encode()
            new.writestr(entry, content)
    return written.getvalue()


def _tree(text: str) -> Any:
    document = read_text(text, "plan.txt")
    rows = {}
    for number, line in enumerate(document.lines, start=1):
        if "\t" in line:
            rows[number] = line.split("\t")

    def lost(cell: Any) -> bool:
        """Whether bullets are missing, or a list within a list has the same ones: its end was lost."""
        lists = [part for part in _all(cell) if isinstance(part, pf.Div)]
        markers = [part.attributes.get("data-marker") for part in lists]
        return not all(markers) or len(set(markers)) < len(markers)

    def save(element: Any, _: Any) -> Any:
        if isinstance(element, pf.TableRow) and (line := element.attributes.get("data-line")):
            for cell, printed in zip(element.content, rows[int(line)], strict=False):
                if lost(cell):
                    cell.content = [pf.Plain(pf.Str(printed))]
        return None

    tree = document.tree
    tree.walk(save)
    for table in (block for block in tree.content if isinstance(block, pf.Table)):
        widths = _WIDTHS.get(len(table.colspec), [1 / len(table.colspec)] * len(table.colspec))
        table.colspec = [("AlignDefault", width) for width in widths]
    return tree


def _all(element: Any) -> list[Any]:
    found: list[Any] = []

    def gather(part: Any, _: Any) -> None:
        found.append(part)

    element.walk(gather)
    return found


def rows_of(text: str) -> list[list[str]]:
    """The text as a person pastes it into a sheet: a line a row, with headings over the milestones."""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        cells = line.split("\t")
        starts = len(cells) == 2 and not (rows and len(rows[-1]) == 2)
        if starts:
            rows.append(["Milestone", "Date"])
        rows.append(cells)
    return rows


def _workbook(text: str) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate(rows_of(text)):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
    return written.getvalue()


def _csv(text: str) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows_of(text))
    return written.getvalue().encode("utf-16")
