"""What the page on publishing shows beside its form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from goldenthread.record.public import Published
from goldenthread.reporting.public.picking import Held
from goldenthread.web.paging import paged

ON_A_PAGE = 50


def publishing_context(
    request: HttpRequest, decided: Sequence[Published], held: Sequence[Held], address: str
) -> dict[str, Any]:
    """The decision that counts, where the pages are, and what stays back: numbers first, then what has none."""
    last = decided[-1] if decided else None
    return {
        "live": last if last and not last.withdrawn else None,
        "withdrawn": last if last and last.withdrawn else None,
        "address": address,
        "held": paged(request, sorted(held, key=lambda each: each.ref is None), ON_A_PAGE),
        "held_count": len(held),
    }
