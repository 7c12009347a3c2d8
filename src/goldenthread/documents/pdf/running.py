"""Headers and footers: lines that stand at the same place on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from goldenthread.documents.pdf.page import Line, Page

_MARGIN = 0.12
"""How far from its top and bottom edge, in its height, a page's running lines are looked for."""
_OFTEN = 0.4
_DIGITS = re.compile(r"\d+")


def without_running_lines(lines: Mapping[int, list[Line]], pages: list[Page]) -> dict[int, list[Line]]:
    """The lines of each page, without those that it has in common with many others (numbers in them may differ)."""
    if len(pages) < 2:
        return dict(lines)
    heights = {page.number: page.height for page in pages}
    counted = Counter(
        sign
        for number, found in lines.items()
        for sign in {_sign(line, heights[number]) for line in found}
        if sign
    )
    fewest = max(2, _OFTEN * len(pages))
    running = {sign for sign, count in counted.items() if count >= fewest}
    return {
        number: [line for line in found if _sign(line, heights[number]) not in running]
        for number, found in lines.items()
    }


def _sign(line: Line, height: float) -> tuple[str, int] | None:
    """What is the same on each page: the words without numbers, and the place; None away from the margins."""
    if line.bottom > _MARGIN * height and line.top < (1 - _MARGIN) * height:
        return None
    return _DIGITS.sub("#", line.text), round(line.top / 6)
