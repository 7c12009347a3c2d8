"""Values of a plan as the words of a cell, and back. What stands beside each other here undoes each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.plan.model import Found, StatedTotal
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.plan.status import Status

_CLASSES: tuple[ReferenceClass, ...] = ("statutory", "key", "improvement")


class CellError(ValueError):
    """Words that a column cannot have. The message gives them and says what the column takes."""


def list_cell(words: Iterable[str]) -> str:
    """Several names in a cell."""
    return "; ".join(words)


def list_of(cell: str) -> tuple[str, ...]:
    """The names in a cell."""
    return tuple(word for part in cell.split(";") if (word := part.strip()))


def status_cell(status: Status) -> str:
    """A status in words: "In progress"."""
    return status.value.replace("_", " ").capitalize()


def status_of(cell: str) -> Status:
    """The status of a cell; an empty one says that it is unknown."""
    try:
        return Status(cell.lower().replace(" ", "_") or Status.UNKNOWN)
    except ValueError as error:
        known = ", ".join(map(status_cell, Status))
        raise CellError(f"“{cell}” is no status: write one of {known}") from error


def day_cell(day: date | None) -> str:
    """A day as YYYY-MM-DD; nothing where there is none."""
    return day.isoformat() if day else ""


def day_of(cell: str) -> date | None:
    """The day that `day_cell` wrote."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise CellError(f"“{cell}” is no day: write it as 2022-12-31") from error


def found_of(cell: str) -> Found | None:
    """What somebody found who looked a recommendation up."""
    try:
        return Found(cell.lower()) if cell else None
    except ValueError as error:
        raise CellError(f"“{cell}” is nothing to be found: write one of {', '.join(Found)}") from error


def reference_cell(references: Iterable[Reference]) -> str:
    """Recommendations: "Grant Thornton, improvement, 6; LGA Corporate Peer Challenge, page 24"."""
    return list_cell(map(_reference, references))


def _reference(one: Reference) -> str:
    page = f"page {one.page}" if one.page else None
    return ", ".join(part for part in (one.review, one.class_, one.number, page) if part)


def references_of(cell: str) -> tuple[Reference, ...]:
    """The recommendations that `reference_cell` wrote."""
    return tuple(map(_reference_of, list_of(cell)))


def _reference_of(words: str) -> Reference:
    parts = words.split(", ")
    fields: dict[str, str] = {}
    if len(parts) > 1 and parts[-1].startswith("page "):
        fields["page"] = parts.pop().removeprefix("page ")
    if len(parts) > 1 and parts[-1] not in _CLASSES and (parts[-2] in _CLASSES or _is_number(parts[-1])):
        fields["number"] = parts.pop()
    if len(parts) > 1 and parts[-1] in _CLASSES:
        fields["class"] = parts.pop()
    return Reference.model_validate({"review": ", ".join(parts), **fields})


def _is_number(words: str) -> bool:
    return words == "all" or any(character.isdigit() for character in words)


def totals_cell(totals: Iterable[StatedTotal]) -> str:
    """How many recommendations a review made: "3 statutory; 5 key; 37"."""
    return list_cell(f"{total.count} {total.class_ or ''}".strip() for total in totals)


def totals_of(cell: str) -> tuple[StatedTotal, ...]:
    """The totals that `totals_cell` wrote."""
    found = []
    for words in list_of(cell):
        count, _, class_ = words.partition(" ")
        if not count.isdigit() or class_ not in (*_CLASSES, ""):
            raise CellError(f"“{words}” is no number of recommendations: write “5 key” or “14”")
        found.append(StatedTotal.model_validate({"class": class_ or None, "count": int(count)}))
    return tuple(found)
