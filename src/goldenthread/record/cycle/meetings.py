"""Reading the meetings of bodies: all of them, and the one before and after a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.record.models.assurance import Meeting


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting. `body` is the body's slug; `cancelled` the reason for which it is not held, empty where it is."""

    id: UUID
    body: str
    name: str
    held_on: date
    title: str
    cancelled: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next meeting of a body, with the day of the last one before it that was held; None where none is entered."""

    sitting: Sitting
    last: date | None


def meetings_of(body: str | None = None) -> tuple[Sitting, ...]:
    """The meetings of a body of the council in scope, or of all, the earliest first. One query."""
    rows = Meeting.objects.select_related("body").order_by("held_on", "body__name")
    if body is not None:
        rows = rows.filter(body__slug=body)
    return tuple(
        Sitting(row.id, row.body.slug, row.body.name, row.held_on, row.title, row.cancelled) for row in rows
    )


def ahead(sittings: Iterable[Sitting], on: date) -> tuple[Ahead, ...]:
    """The next meeting of each body on a day or after it, the soonest first. Cancelled ones do not count."""
    last: dict[str, date] = {}
    following: dict[str, Sitting] = {}
    for sitting in sorted(sittings, key=lambda each: each.held_on):
        if sitting.cancelled:
            continue
        if sitting.held_on < on:
            last[sitting.body] = sitting.held_on
        else:
            following.setdefault(sitting.body, sitting)
    return tuple(Ahead(sitting, last.get(body)) for body, sitting in following.items())
