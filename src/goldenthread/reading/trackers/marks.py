"""The mark "Action:", at the beginning of a paragraph or after what was said before it."""

from __future__ import annotations

import re

_WORDS = r"actions?(?:\s+points?)?\s*(?P<number>\d+(?:\.\d+)*)?\s*[:–—-]\s*(?:\*\*)?\s*(?=\S)"
_OPENING = re.compile(rf"^(?:\*\*)?{_WORDS}", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<=[.;!?])\s+(?:\*\*)?(?-i:A)(?i:{_WORDS[1:]})")


def marked_actions(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first mark, and each marked action with its number (empty where it has none)."""
    marks = [found for found in (_OPENING.match(text), *_WITHIN.finditer(text)) if found]
    if not marks:
        return text, []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    actions = [
        (mark["number"] or "", text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)
    ]
    return text[: marks[0].start()].strip(), actions
