"""Deterministic keys: the same item in the same place gets the same key each time a document is read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_LONGEST = 60


def slug(text: str, longest: int = _LONGEST) -> str:
    """Lower-case words joined by hyphens, cut at a word: "Law & Governance" → "law-and-governance"."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.lower()))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if kept and len(longer) > longest:
            break
        kept = longer
    return kept[:longest] or "untitled"


class KeyMint:
    """Gives keys out and numbers those that would be the same: `action/culture/review`, `action/culture/review-2`."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def key(self, *parts: str) -> str:
        """A key from these parts, never given before by this mint."""
        wanted = "/".join(parts)
        self._given[wanted] += 1
        count = self._given[wanted]
        return wanted if count == 1 else self.key(*parts[:-1], f"{parts[-1]}-{count}")
