"""Evidence in rows: what it shows, what it supports, who checked it, and whether it still counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Action, Milestone
from goldenthread.plan.status import CHECKED, Status
from goldenthread.record.evidence import KeptFile, Piece, Support
from goldenthread.web.presenting.index import PlanIndex, handle, title_words

FILTERS: dict[str, tuple[str, Callable[[Piece], bool]]] = {
    "all": ("All evidence", lambda piece: True),
    "unchecked": ("Not checked yet", lambda piece: piece.is_unchecked),
    "insufficient": (
        "Found not sufficient",
        lambda piece: piece.counts and any(each.last and not each.last.sufficient for each in piece.supports),
    ),
    "lapsed": ("Lapsed", lambda piece: piece.is_lapsed and not piece.is_withdrawn),
    "unreachable": ("Link cannot be reached", lambda piece: piece.is_unreachable and not piece.is_withdrawn),
    "withdrawn": ("Taken back", lambda piece: piece.is_withdrawn),
}
"""The lists of the register: what each is called and what belongs in it."""
_KINDS = {
    "application/pdf": "PDF",
    "image/png": "picture",
    "image/jpeg": "picture",
    "image/gif": "picture",
    "image/tiff": "picture",
    "application/rtf": "RTF",
    "text/plain": "text",
    "application/vnd.ms-outlook": "message",
    "application/zip": "packed files",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
}


@dataclass(frozen=True, slots=True)
class Supported:
    """Something that evidence can be about. `handle` names its page, if it has one of its own."""

    id: UUID
    kind: ItemKind
    words: str
    handle: str | None
    ref: str

    @property
    def route(self) -> str:
        """The name of its page."""
        return "milestone" if "milestone" in self.kind.value else "action"


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One thing that a piece of evidence supports, and what was found of that."""

    support: Support
    item: Supported | None
    found: str

    @property
    def words(self) -> str:
        """What it is called."""
        return self.item.words if self.item else "Something that is not in the plan at this date"


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One piece of evidence. `warnings` say why it does not count, or that its link leads nowhere."""

    piece: Piece
    source: str
    supports: tuple[SupportRow, ...]
    warnings: tuple[str, ...]
    visited: str

    def found_for(self, item: UUID) -> str:
        """What was found of it for one item."""
        return next((row.found for row in self.supports if row.support.item == item), "")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind are claimed, verified and embedded: three counts that are never one."""

    name: str
    claimed: int
    verified: int
    embedded: int
    all: int


def piece_row(piece: Piece, items: Mapping[UUID, Supported]) -> PieceRow:
    """A piece of evidence in words."""
    return PieceRow(
        piece=piece,
        source=_source_words(piece),
        supports=tuple(SupportRow(each, items.get(each.item), found_words(each)) for each in piece.supports),
        warnings=tuple(_warnings(piece)),
        visited=_visit_words(piece),
    )


def found_words(support: Support) -> str:
    """What whoever looked last found."""
    last = support.last
    if last is None:
        return "Not checked yet"
    word = "Sufficient" if last.sufficient else "Not sufficient"
    return f"{word}: {last.by}, {day_words(last.checked_on)}"


def tallies(index: PlanIndex) -> tuple[Tally, ...]:
    """Claimed, verified and embedded apart, for actions, steps and milestones."""
    return (
        _tally("Actions", (placed.action.status for placed in index.actions)),
        _tally("Steps", (placed.action.status for placed in index.steps)),
        _tally("Milestones", (placed.milestone.status for placed in index.milestones)),
    )


@dataclass(frozen=True, slots=True)
class Unproved:
    """A promise that is verified or embedded although no evidence for it counts any more, with its page."""

    words: str
    route: str
    handle: str


def unproved(index: PlanIndex, proving: Callable[[UUID], tuple[Piece, ...]]) -> tuple[Unproved, ...]:
    """Every verification that rests on nothing any more, in printed order."""
    promises: list[Action | Milestone] = [
        *(placed.action for placed in (*index.actions, *index.steps)),
        *(placed.milestone for placed in index.milestones),
    ]
    return tuple(
        Unproved(
            f"{item.ref or ''} {title_words(item)}".strip(),
            "action" if isinstance(item, Action) else "milestone",
            handle(item),
        )
        for item in promises
        if item.status in CHECKED and item.id and not proving(item.id)
    )


def _tally(name: str, statuses: Iterable[Status]) -> Tally:
    counted = Counter(statuses)
    return Tally(
        name,
        counted[Status.COMPLETE],
        counted[Status.VERIFIED],
        counted[Status.EMBEDDED],
        counted.total(),
    )


def _source_words(piece: Piece) -> str:
    if piece.file is None:
        return "Link"
    return f"{_kind_words(piece.file)}, {_size_words(piece.file.size)}"


def _kind_words(file: KeptFile) -> str:
    kind = _KINDS.get(file.media_type) or ("OpenDocument" if "opendocument" in file.media_type else "file")
    return kind[0].upper() + kind[1:]


def _size_words(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _warnings(piece: Piece) -> Iterable[str]:
    if piece.is_withdrawn:
        on = f" on {day_words(piece.withdrawn_on)}" if piece.withdrawn_on else ""
        yield f"Taken back{on}: {piece.withdrawn}"
    elif piece.is_lapsed and piece.lapses_on:
        yield f"Lapsed on {day_words(piece.lapses_on)}"
    if piece.is_unreachable and piece.visit:
        yield f"The link could not be reached on {day_words(piece.visit.visited_on)}: {piece.visit.said}"


def _visit_words(piece: Piece) -> str:
    if not piece.url:
        return ""
    if piece.visit is None:
        return "Nobody has looked yet whether the link can be reached."
    if piece.visit.reached is None:
        return f"{day_words(piece.visit.visited_on)}: {piece.visit.said}."
    found = "could be reached" if piece.visit.reached else "could not be reached"
    return f"The link {found} on {day_words(piece.visit.visited_on)} ({piece.visit.said})."
