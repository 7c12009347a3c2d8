"""A council's colour, with words on it that can be read."""

from __future__ import annotations

import re

USUAL = "#1d4f6e"
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def council_style(colour: str) -> str:
    """A style sheet that sets the header's colour, and white or black words, whichever contrasts more.

    A value that is not `#rrggbb` gives the usual colour, so that nothing else can get into the style sheet.
    """
    safe = colour.lower() if _HEX.fullmatch(colour) else USUAL
    words = "#ffffff" if contrast(safe, "#ffffff") >= contrast(safe, "#0b0c0c") else "#0b0c0c"
    return f":root {{ --gt-brand: {safe}; --gt-on-brand: {words}; }}\n"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, by WCAG 2.2's definition of relative luminance."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
