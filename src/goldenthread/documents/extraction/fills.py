"""The colours in which the blank cells of an Excel workbook are filled, where they are those of ratings.

Only the colours of Excel's own palettes are named; any other, and what a rule for formatting colours, is left out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PALETTE = {
    **dict.fromkeys(("FF0000", "C00000", "FFC7CE"), "red"),
    **dict.fromkeys(("FFC000", "FFA500", "ED7D31", "FFEB9C"), "amber"),
    **dict.fromkeys(("FFFF00",), "yellow"),
    **dict.fromkeys(("00B050", "92D050", "00FF00", "008000", "70AD47", "C6EFCE"), "green"),
    **dict.fromkeys(("0070C0", "00B0F0", "0000FF", "002060", "4472C4"), "blue"),
    **dict.fromkeys(("7F7F7F", "808080", "A6A6A6", "BFBFBF", "C0C0C0", "D9D9D9"), "grey"),
}
_MOST = 20_000
_DAMAGED = (ElementTree.ParseError, KeyError, ValueError, IndexError, OSError, EOFError, zlib.error, RuntimeError,
            zipfile.BadZipFile)  # fmt: skip

Fills = list[tuple[int, int, str]]
"""Row and column (from 1) of a blank cell, and the name of its colour."""


def fills_by_sheet(content: bytes) -> dict[str, Fills]:
    """The filled blank cells of each sheet that has any; nothing from a file in which they cannot be found."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            styles = _coloured_styles(ElementTree.fromstring(archive.read("xl/styles.xml")))
            if not styles:
                return {}
            return {name: _filled(archive, path, styles) for name, path in sheet_parts(archive)}
    except _DAMAGED:
        return {}


def _coloured_styles(styles: ElementTree.Element) -> dict[str, str]:
    """The numbers of the cell styles that fill a cell with a colour of the palettes, and that colour's name."""
    colours = []
    for fill in styles.iterfind(f"{_MAIN}fills/{_MAIN}fill"):
        shown = fill.find(f"{_MAIN}patternFill[@patternType='solid']/{_MAIN}fgColor")
        colours.append(_PALETTE.get((shown.get("rgb") or "")[-6:].upper()) if shown is not None else None)
    used = (int(style.get("fillId") or 0) for style in styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
    return {str(number): name for number, fill in enumerate(used) if (name := colours[fill])}


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets, and the parts of the archive they are in."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in workbook.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        if target := targets.get(sheet.get(_RELATION)):
            yield sheet.get("name") or "", posixpath.join("/xl", target).lstrip("/")


def _filled(archive: zipfile.ZipFile, path: str, styles: dict[str, str]) -> Fills:
    found: Fills = []
    with archive.open(path) as part:
        for _, element in ElementTree.iterparse(part):
            if element.tag == f"{_MAIN}row":
                element.clear()
            elif (
                element.tag == f"{_MAIN}c"
                and len(element) == 0
                and (name := styles.get(element.get("s") or ""))
            ):
                place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", element.get("r") or "")
                if place and len(found) < _MOST:
                    found.append((int(place[2]), column_number(place[1]), name))
    return found


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
