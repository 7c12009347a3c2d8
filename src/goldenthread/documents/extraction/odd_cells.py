"""Cells of a workbook that hold no plain value: errors, and formulas whose result was not kept or is true or false.

The library that reads the values gives nothing for most of these, as if somebody had emptied the cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from fills import column_number, sheet_parts  # type: ignore[import-not-found,unused-ignore]
from refusal import Refusal  # type: ignore[import-not-found,unused-ignore]

__all__ = ["Refusal", "extract"]

Odd = tuple[str, int, int, str]
"""Sheet, row and column (from 1), and what stands there: the formula if there is one, else the error."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TYPE, _EXTENDED = (
    f"{_OFFICE}value-type",
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type",
)
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def extract(content: bytes) -> list[Odd]:
    """The odd cells of an Excel or OpenDocument workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" in archive.namelist():
            return list(_open_document(archive))
        return [odd for name, part in sheet_parts(archive) for odd in _excel(archive, name, part)]


def _excel(archive: zipfile.ZipFile, name: str, part: str) -> Iterator[Odd]:
    row = column = 0
    with archive.open(part) as opened:
        for event, found in ElementTree.iterparse(opened, ("start", "end")):
            kind = _local(found.tag)
            if event == "start" and kind == "row":
                row, column = int(found.get("r") or row + 1), 0
            elif event == "end" and kind == "c":
                place = _PLACE.fullmatch(found.get("r", ""))
                column = column_number(place[1]) if place else column + 1
                if what := _odd_value(found):
                    yield name, int(place[2]) if place else row, column, what
            elif event == "end" and kind == "row":
                found.clear()


def _odd_value(cell: Any) -> str:
    parts = {_local(part.tag): part.text or "" for part in cell}
    formula = f"={parts.get('f', '')}"
    if cell.get("t") == "e":
        return formula if "f" in parts else parts.get("v", "") or "an error"
    return formula if "f" in parts and (not parts.get("v") or cell.get("t") == "b") else ""


def _open_document(archive: zipfile.ZipFile) -> Iterator[Odd]:
    name, row, column = "", 0, 0
    with archive.open("content.xml") as opened:
        for event, found in ElementTree.iterparse(opened, ("start", "end")):
            if event == "start" and found.tag == f"{_TABLE}table":
                name, row = found.get(f"{_TABLE}name", ""), 0
            elif event == "start" and found.tag == f"{_TABLE}table-row":
                row, column = row + 1, 0
            elif event == "end" and found.tag in _CELLS:
                if what := _odd_open_value(found):
                    yield name, row, column + 1, what
                column += int(found.get(f"{_TABLE}number-columns-repeated", "1"))
            elif event == "end" and found.tag == f"{_TABLE}table-row":
                row += int(found.get(f"{_TABLE}number-rows-repeated", "1")) - 1
                found.clear()


def _odd_open_value(cell: Any) -> str:
    formula = cell.get(f"{_TABLE}formula")
    if cell.get(_EXTENDED) == "error":
        return formula or "".join(cell.itertext()) or "an error"
    plain = cell.get(_TYPE) not in {None, "boolean"} and "".join(cell.itertext()).strip()
    return formula if formula and not plain else ""


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
