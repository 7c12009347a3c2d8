"""Drawings for reports, as SVG: small, the same each time, and legible without colour.

Each class has its own shade and pattern, and each piece its number; the table beside a chart says the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from goldenthread.assurance.ratings import RatingClass
from goldenthread.documents.writing.sheet import without_control_characters

WIDTH = 680
_LABEL, _BAR, _GAP, _KEY = 200, 24, 12, 46
_FILLS: Mapping[RatingClass, tuple[str, str]] = {
    RatingClass.GREEN: ("#cce2d8", "#0b0c0c"),
    RatingClass.AMBER: ("#f4b942", "#0b0c0c"),
    RatingClass.RED: ("#942514", "#ffffff"),
    RatingClass.COMPLETE: ("#5694ca", "#0b0c0c"),
    RatingClass.NOT_STARTED: ("#ffffff", "#0b0c0c"),
    RatingClass.SUSPENDED: ("#e0d4ec", "#0b0c0c"),
    RatingClass.STOPPED: ("#505a5f", "#ffffff"),
    RatingClass.NOT_RATED: ("#f3f2f1", "#0b0c0c"),
}
"""Shade and colour of the words on it; at least 4.5 to 1 apart, and different in grey."""
_LINES = (("#0b0c0c", "2 4"), ("#144e81", "8 4"), ("#00703c", ""))
"""Colour and dashes of each line of a line chart."""


def shade(class_: RatingClass) -> tuple[str, str]:
    """The shade that stands behind the word of a rating, and the colour of the word, as in CSS."""
    return _FILLS[class_]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, and how many of each class it is made of."""

    label: str
    counts: Mapping[RatingClass, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is called, and its value on each day of the chart."""

    label: str
    values: tuple[int, ...]


def bar_chart(bars: Sequence[Bar]) -> str:
    """A bar for each of these, as long as all that it counts, cut into classes with their numbers; the key is below."""
    most = max((sum(bar.counts.values()) for bar in bars), default=0)
    scale = (WIDTH - _LABEL - 20) / max(most, 1)
    classes = [class_ for class_ in RatingClass if any(bar.counts.get(class_) for bar in bars)]
    height = len(bars) * (_BAR + _GAP) + _KEY + 20 * (len(classes) // 5)
    parts = []
    for place, bar in enumerate(bars):
        top = place * (_BAR + _GAP)
        parts.append(_words(0, top + 16, _cut(bar.label, 32)))
        left = float(_LABEL)
        for class_ in classes:
            if count := bar.counts.get(class_, 0):
                parts.append(_piece(left, top, count * scale, class_, str(count)))
                left += count * scale
    parts.extend(_key(classes, len(bars) * (_BAR + _GAP) + 12))
    return _svg(height, parts)


def line_chart(days: Sequence[date], lines: Sequence[Line], marked: date | None = None) -> str:
    """Lines over days that are drawn evenly apart, with the values of the last day; `marked` is drawn upright.

    Every line has its own dashes, so that they can be told apart without colour.
    """
    left, top, width, height = 46, 12, WIDTH - 120, 200
    most = max((value for line in lines for value in line.values), default=0) or 1
    across = [left + width * place / max(len(days) - 1, 1) for place in range(len(days))]
    parts = [f'<path d="M{left} {top}V{top + height}H{left + width}" fill="none" stroke="#505a5f"/>']
    parts.extend(
        _words(left - 6, _down(value, most, top, height) + 5, str(value), anchor="end")
        for value in sorted({0, most // 2, most})
    )
    step = max(1, -(-len(days) // 8))
    parts.extend(
        _words(across[place], top + height + 20, f"{days[place]:%b %Y}", anchor="middle")
        for place in range(0, len(days), step)
    )
    if marked and marked in days:
        x = across[list(days).index(marked)]
        parts.append(f'<path d="M{x:.1f} {top}V{top + height}" stroke="#b1b4b6" stroke-width="2"/>')
    for place, (line, (colour, dashes)) in enumerate(zip(lines, _LINES, strict=False)):
        points = " ".join(
            f"{x:.1f},{_down(value, most, top, height):.1f}"
            for x, value in zip(across, line.values, strict=False)
        )
        style = f'fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes or "none"}"'
        parts.append(f'<polyline points="{points}" {style}/>')
        y = top + height + 44 + 20 * place
        parts.append(f'<path d="M{left} {y - 5}h40" {style}/>')
        parts.append(_words(left + 50, y, line.label))
    return _svg(top + height + 54 + 20 * len(lines), parts)


def _down(value: int, most: int, top: int, height: int) -> float:
    return top + height - height * value / most


def _piece(left: float, top: float, width: float, class_: RatingClass, words: str) -> str:
    fill, ink = _FILLS[class_]
    box = (
        f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{fill}" stroke="#0b0c0c" '
        'stroke-width="0.8"/>'
    )
    return box + (
        _words(left + width / 2, top + 16, words, ink, "middle") if width >= 8 * len(words) + 2 else ""
    )


def _key(classes: Sequence[RatingClass], top: int) -> list[str]:
    parts, left = [], 0
    for class_ in classes:
        wide = 30 + 7 * len(class_.in_words) + 14
        if left + wide > WIDTH:
            left, top = 0, top + 22
        fill, _ = _FILLS[class_]
        parts.append(
            f'<rect x="{left + 1}" y="{top}" width="20" height="14" fill="{fill}" stroke="#0b0c0c" stroke-width="0.8"/>'
        )
        parts.append(_words(left + 27, top + 12, class_.in_words))
        left += wide
    return parts


def _words(x: float, y: float, words: str, ink: str = "#0b0c0c", anchor: str = "start") -> str:
    printed = escape(without_control_characters(words))
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}">{printed}</text>'


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _svg(height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" font-family="Arial, Liberation Sans, sans-serif" font-size="13">{"".join(parts)}</svg>'
    )
