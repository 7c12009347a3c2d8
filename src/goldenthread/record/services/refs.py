"""The short numbers that people use for promises: A12, its step A12.3, milestone M4. One is never used twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from goldenthread.plan.flat import FlatItem, ItemKind

_LETTERS = {ItemKind.ACTION: "A", ItemKind.MILESTONE: "M", ItemKind.ENGAGEMENT_MILESTONE: "M"}
_NUMBERED = re.compile(r"(?P<stem>[AM]|[AM]\d[\d.]*\.)(?P<number>\d+)")


def mint_refs(items: Sequence[FlatItem], used: Iterable[str]) -> dict[str, str]:
    """The ref of every item that has or gets one, by key. Items are in printed order, parents before children.

    A step is numbered below the nearest item above it that has a ref; headings have none.
    """
    last: dict[str, int] = defaultdict(int)
    for ref in (*used, *(item.ref for item in items if item.ref)):
        if match := _NUMBERED.fullmatch(ref):
            last[match["stem"]] = max(last[match["stem"]], int(match["number"]))
    refs: dict[str, str] = {}
    above: dict[str, str] = {}
    for item in items:
        inherited = above.get(item.parent or "", "")
        ref = item.ref or ""
        if not ref and (stem := _stem(item, inherited)):
            last[stem] += 1
            ref = f"{stem}{last[stem]}"
        if ref:
            refs[item.key] = ref
        above[item.key] = ref or inherited
    return refs


def _stem(item: FlatItem, inherited: str) -> str:
    if item.kind is ItemKind.STEP:
        return "" if item.wording.get("heading") or not inherited else f"{inherited}."
    return "" if item.wording.get("heading") else _LETTERS.get(item.kind, "")
