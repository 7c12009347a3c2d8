"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list. `links` is what the pagination component asks for; None where there is but one page."""

    rows: Sequence[T]
    total: int
    first: int
    links: dict[str, Any] | None

    @property
    def words(self) -> str:
        """Which of all are shown: "1 to 50 of 64"."""
        return f"{self.first:,} to {self.first + len(self.rows) - 1:,} of {self.total:,}"


def paged(request: HttpRequest, rows: Sequence[T], size: int) -> Paged[T]:
    """The page of these rows that the address asks for by `page`, which counts from 1.

    Raises:
        Http404: there is no such page.
    """
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    pages = max(1, -(-len(rows) // size))
    if not 1 <= number <= pages:
        raise Http404(f"There is no page {typed} of this list")
    start = (number - 1) * size
    links = _links(request, number, pages) if pages > 1 else None
    return Paged(rows[start : start + size], len(rows), start + 1, links)


def _links(request: HttpRequest, current: int, pages: int) -> dict[str, Any]:
    def href(page: int) -> str:
        return f"?{urlencode({**request.GET.dict(), 'page': page})}"

    shown = [number for number in range(1, pages + 1) if number in {1, pages} or abs(number - current) <= 1]
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        items += [{"ellipsis": True}] if number > before + 1 else []
        items.append({"number": number, "href": href(number), "current": number == current})
    made: dict[str, Any] = {"items": items, "landmarkLabel": "Pages of this list"}
    if current > 1:
        made["previous"] = {"href": href(current - 1)}
    if current < pages:
        made["next"] = {"href": href(current + 1)}
    return made
