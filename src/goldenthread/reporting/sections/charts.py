"""Drawings for reports, as SVG: small, the same each time, and legible without colour.

They are as wide as the screen of a phone, so that their words need not shrink there. Each class has its own shade and
each piece its number, each line its dashes and its marks; the table beside a chart says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from goldenthread.assurance.ratings import RatingClass
from goldenthread.documents.writing.sheet import without_control_characters

WIDTH = 420
_LABEL, _BAR, _GAP = 18, 24, 10
_INK, _AXIS, _RANGE = "#0b0c0c", "#505a5f", "#dcdcdc"
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
_LINES = (
    ("#0b0c0c", "2 4", "ring"),
    ("#144e81", "8 4", "square"),
    ("#00703c", "", "dot"),
    ("#942514", "10 3 2 3", "diamond"),
)
"""Colour, dashes and marks of each line of a line chart."""


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
    """One line: what it is called, and its values from the day at place `first` on; `low` and `high` bound an area."""

    label: str
    values: tuple[int, ...]
    first: int = 0
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()


def bar_chart(bars: Sequence[Bar]) -> str:
    """A bar for each of these, as long as all that it counts, cut into classes with their numbers; the key is below."""
    most = max((sum(bar.counts.values()) for bar in bars), default=0)
    scale = (WIDTH - 2) / max(most, 1)
    classes = [class_ for class_ in RatingClass if any(bar.counts.get(class_) for bar in bars)]
    each = _LABEL + _BAR + _GAP
    parts = []
    for place, bar in enumerate(bars):
        top = place * each + _LABEL
        parts.append(_words(0, top - 5, _cut(bar.label, 60)))
        left = 1.0
        for class_ in classes:
            if count := bar.counts.get(class_, 0):
                parts.append(_piece(left, top, count * scale, class_, str(count)))
                left += count * scale
    key, height = _key(classes, len(bars) * each + 12)
    return _svg(height, [*parts, *key])


@dataclass(frozen=True, slots=True)
class _Field:
    """Where lines are drawn: its corner and size, over how many days, and the value at its top."""

    days: int
    most: int
    left: int = 40
    top: int = 12
    width: int = WIDTH - 70
    height: int = 200

    def x(self, place: int) -> float:
        return self.left + self.width * place / max(self.days - 1, 1)

    def y(self, value: int) -> float:
        return self.top + self.height - self.height * value / self.most

    def points(self, values: Sequence[int], first: int) -> list[tuple[float, float]]:
        return [(self.x(first + place), self.y(value)) for place, value in enumerate(values)]


def line_chart(days: Sequence[date], lines: Sequence[Line], marked: date | None = None) -> str:
    """Lines over days that are drawn evenly apart; `marked` is drawn upright, and areas lie behind all lines.

    Every line has its own dashes and marks, so that they can be told apart without colour.
    """
    drawn = [value for line in lines for value in (*line.values, *line.high)]
    field = _Field(len(days), max(drawn, default=0) or 1)
    foot = field.top + field.height
    parts = [_area(field, line) for line in lines if line.high]
    parts.append(
        f'<path d="M{field.left} {field.top}V{foot}H{field.left + field.width}" fill="none" stroke="{_AXIS}"/>'
    )
    parts.extend(
        _words(field.left - 6, field.y(value) + 5, str(value), anchor="end")
        for value in sorted({0, field.most // 2, field.most})
    )
    step = max(1, -(-len(days) // 5))
    parts.extend(
        _words(field.x(place), foot + 20, f"{days[place]:%b %Y}", anchor="middle")
        for place in range(0, len(days), step)
    )
    if marked and marked in days:
        x = field.x(list(days).index(marked))
        parts.append(f'<path d="M{x:.1f} {field.top}V{foot}" stroke="#b1b4b6" stroke-width="2"/>')
    for number, (line, look) in enumerate(zip(lines, _LINES, strict=False)):
        parts.extend(_line(field, line, look))
        parts.extend(_line_key(line, look, field.left, foot + 44 + 20 * number))
    return _svg(foot + 54 + 20 * len(lines), parts)


def _area(field: _Field, line: Line) -> str:
    edge = [*field.points(line.high, line.first), *reversed(field.points(line.low, line.first))]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)
    return f'<polygon points="{points}" fill="{_RANGE}" stroke="{_AXIS}" stroke-width="0.8"/>'


def _line(field: _Field, line: Line, look: tuple[str, str, str]) -> Iterator[str]:
    """The line, with a mark at about every sixth of the days and at its end."""
    found = field.points(line.values, line.first)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in found)
    yield f'<polyline points="{points}" {_style(look)}/>'
    step = max(1, field.days // 6)
    for place, (x, y) in enumerate(found):
        if (line.first + place) % step == 0 or place == len(found) - 1:
            yield _mark(x, y, look)


def _line_key(line: Line, look: tuple[str, str, str], left: int, y: int) -> Iterator[str]:
    if line.high:
        yield f'<rect x="{left}" y="{y - 12}" width="40" height="14" fill="{_RANGE}" stroke="{_AXIS}"/>'
    yield f'<path d="M{left} {y - 5}h40" {_style(look)}/>'
    yield _mark(left + 20, y - 5, look)
    yield _words(left + 48, y, line.label)


def _style(look: tuple[str, str, str]) -> str:
    colour, dashes, _ = look
    return f'fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes or "none"}"'


def _mark(x: float, y: float, look: tuple[str, str, str]) -> str:
    colour, _, shape = look
    match shape:
        case "square":
            corner = f'x="{x - 3.5:.1f}" y="{y - 3.5:.1f}"'
            return (
                f'<rect {corner} width="7" height="7" fill="#ffffff" stroke="{colour}" stroke-width="1.5"/>'
            )
        case "diamond":
            return f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z" fill="{colour}"/>'
        case _:
            fill = colour if shape == "dot" else "#ffffff"
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


def _piece(left: float, top: float, width: float, class_: RatingClass, words: str) -> str:
    fill, ink = _FILLS[class_]
    box = (
        f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{fill}" stroke="#0b0c0c" '
        'stroke-width="0.8"/>'
    )
    return box + (
        _words(left + width / 2, top + 16, words, ink, "middle") if width >= 8 * len(words) + 2 else ""
    )


def _key(classes: Sequence[RatingClass], top: int) -> tuple[list[str], int]:
    """What each shade means, and where the last row of that ends."""
    parts, left = [], 0
    for class_ in classes:
        wide = 30 + 7 * len(class_.in_words) + 14
        if left and left + wide > WIDTH:
            left, top = 0, top + 22
        fill, _ = _FILLS[class_]
        parts.append(
            f'<rect x="{left + 1}" y="{top}" width="20" height="14" fill="{fill}" stroke="{_INK}" stroke-width="0.8"/>'
        )
        parts.append(_words(left + 27, top + 12, class_.in_words))
        left += wide
    return parts, top + 20


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
