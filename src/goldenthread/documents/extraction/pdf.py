"""The words and the ruled lines of every page of a PDF, with their places.

Lengths are in points, measured from the left and from the top of the page.
"""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTCurve, LTImage, LTLine, LTRect
from pdfminer.pdftypes import stream_value
from pdfplumber.utils.text import extract_words
from refusal import Refusal  # type: ignore[import-not-found,unused-ignore]

__all__ = ["Refusal", "extract"]

Word = tuple[str, float, float, float, float, float, bool, bool]
"""Text, left, top, right, bottom, size, whether bold, whether italic."""
Ruling = tuple[str, float, float, float, float, bool]
"""Its letter ("h" or "v"), left, top, right, bottom, and whether it is drawn (else it is the edge of a filled area)."""
Page = tuple[float, float, list[Word], list[Ruling]]

UNKNOWN = "\uf8ff"
"""A sign of which the file does not say what letter it is; at the beginning of a line it may be a bullet."""
_THIN = 3.0
_MOST_RULINGS = 6_000
_LARGEST_CONTENT = 8 * 2**20
"""How much a page may draw, in bytes of its instructions; a page of text has a hundredth of that."""


def extract(content: bytes, most_pages: int) -> list[Page]:
    """Every page: its width, its height, its words and its rulings."""
    try:
        pdf = pdfplumber.open(io.BytesIO(content))
    except Exception as error:
        if "Password" in f"{type(error).__name__} {error!r}":
            raise Refusal("is locked with a password: save it without one.") from error
        raise
    if len(pdf.pages) > most_pages:
        raise Refusal(f"has more than {most_pages} pages, which is the limit: split it.")
    if not pdf.pages:
        raise ValueError("it has no pages")
    found, pictures, unknown = [], 0, 0
    for page in pdf.pages:
        if sum(len(stream_value(stream).get_data()) for stream in page.page_obj.contents) > _LARGEST_CONTENT:
            limit = f"{_LARGEST_CONTENT // 2**20} MB"
            raise Refusal(
                f"draws more than {limit} on page {page.page_number}, which is the limit: take it out."
            )
        words, rulings, images, strange = _page(page)
        found.append((float(page.width), float(page.height), words, rulings))
        pictures += images
        unknown += strange
        page.close()
    letters = sum(len(word[0]) for page in found for word in page[2])
    if not letters and pictures:
        raise Refusal(
            "has pictures of pages and no text: have its text recognised (OCR) first, or ask for the file."
        )
    if unknown * 2 > letters:
        raise Refusal("does not say which letters its signs stand for: ask for the file it was made from.")
    return found


def _page(page: Any) -> tuple[list[Word], list[Ruling], int, int]:
    chars: list[dict[str, Any]] = []
    rulings: list[Ruling] = []
    images = strange = 0
    bottom_left = page.layout.bbox
    height = float(page.height) + bottom_left[1]
    left = bottom_left[0]
    for thing in _flat(page.layout):
        if isinstance(thing, LTChar):
            char = _char(thing, left, height)
            if char["text"].startswith("(cid:"):
                char["text"] = UNKNOWN
                strange += 1
            if not (chars and _printed_twice(chars[-1], char)):
                chars.append(char)
        elif isinstance(thing, LTImage):
            images += 1
        elif isinstance(thing, LTCurve) and len(rulings) < _MOST_RULINGS:
            rulings.extend(_rulings(thing, left, height))
    words = extract_words(chars, x_tolerance_ratio=0.18, y_tolerance=2.5, return_chars=True)
    return [_word(word) for word in words], rulings, images, strange


def _flat(container: Any) -> Any:
    for thing in container:
        if hasattr(thing, "_objs"):
            yield from _flat(thing)
        else:
            yield thing


def _char(thing: Any, left: float, height: float) -> dict[str, Any]:
    x0, y0, x1, y1 = thing.bbox
    return {
        "text": thing.get_text(),
        "x0": x0 - left,
        "x1": x1 - left,
        "top": height - y1,
        "bottom": height - y0,
        "doctop": height - y1,
        "height": y1 - y0,
        "width": x1 - x0,
        "upright": thing.upright,
        "size": thing.size,
        "fontname": thing.fontname,
    }


def _printed_twice(before: dict[str, Any], char: dict[str, Any]) -> bool:
    """Some programs make bold letters by printing them twice, a little apart."""
    near = 0.12 * float(char["size"])
    return bool(
        before["text"] == char["text"] != " "
        and abs(before["x0"] - char["x0"]) < near
        and abs(before["top"] - char["top"]) < near
    )


def _word(word: dict[str, Any]) -> Word:
    first = word["chars"][0]
    font = str(first["fontname"]).lower()
    bold = any(sign in font for sign in ("bold", "black", "heavy"))
    italic = any(sign in font for sign in ("italic", "oblique"))
    return (
        word["text"], word["x0"], word["top"], word["x1"], word["bottom"], float(first["size"]), bold, italic,
    )  # fmt: skip


def _rulings(thing: Any, left: float, height: float) -> list[Ruling]:
    x0, y0, x1, y1 = thing.bbox
    x0, x1, top, bottom = x0 - left, x1 - left, height - y1, height - y0
    wide, high = x1 - x0, bottom - top
    if isinstance(thing, LTLine) or min(wide, high) <= _THIN:
        if max(wide, high) <= _THIN or min(wide, high) > _THIN:
            return []  # a dot, or a slanting line
        middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
        if wide > high:
            return [("h", x0, middle_y, x1, middle_y, True)]
        return [("v", middle_x, top, middle_x, bottom, True)]
    if not isinstance(thing, LTRect) and len(thing.pts) > 6:
        return []
    drawn = bool(thing.stroke) and (thing.linewidth or 0) > 0
    if not drawn and not thing.fill:
        return []
    return [
        ("h", x0, top, x1, top, drawn),
        ("h", x0, bottom, x1, bottom, drawn),
        ("v", x0, top, x0, bottom, drawn),
        ("v", x1, top, x1, bottom, drawn),
    ]
