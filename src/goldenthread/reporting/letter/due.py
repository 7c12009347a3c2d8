"""What fell due in the period of a letter, and whether the letter tells it: nothing may go missing without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from goldenthread.assurance.ratings import Kind, Promise, promises_in
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Item, Plan
from goldenthread.reporting.claims.mentions import fell_due
from goldenthread.reporting.claims.subjects import Subject, SubjectKind, subjects_of
from goldenthread.reporting.letter.model import LeftOut, Letter


def identity(item: Item) -> UUID:
    """The permanent id of an item; for one that no record holds an id made of its key, the same each time."""
    return item.id or uuid5(NAMESPACE_OID, item.key)


@dataclass(frozen=True, slots=True)
class MilestoneDue:
    """A promise whose approved date fell due in the period, and what a letter makes of it.

    `due_note` says how the date was read where the plan prints none that is certain. `told_in` are the numbers of the
    sentences that rest on it; `left_out` is why it is left out. With neither it is still open.
    """

    promise: Promise
    due: PlanDate
    due_note: str = ""
    told_in: tuple[int, ...] = ()
    left_out: LeftOut | None = None

    @property
    def item(self) -> UUID:
        """The item, as sentences and what is left out name it."""
        return identity(self.promise.item)

    @property
    def due_words(self) -> str:
        """Its date as printed."""
        return f"{self.due.printed} ({self.due_note})" if self.due_note else self.due.printed

    @property
    def is_open(self) -> bool:
        """Whether the letter neither tells it nor leaves it out for a reason."""
        return not self.told_in and self.left_out is None


def milestones_due(
    plan: Plan, since: date, until: date, letter: Letter | None = None
) -> tuple[MilestoneDue, ...]:
    """Every milestone that fell due from `since` to `until`, the earliest first; actions of a plan without milestones.

    A date that only overlaps the period ("Autumn 2022", "Mid 2023") counts, as it does in the claim check. What was
    done before the period began does not. With a letter, each says where it is told or why it is left out.
    """
    promises = {promise.item.key: promise for promise in promises_in(plan)}
    kind = Kind.MILESTONE if any(each.kind is Kind.MILESTONE for each in promises.values()) else Kind.ACTION
    wanted = SubjectKind(kind.value)
    found = {
        subject.key: subject
        for subject in subjects_of(plan)
        if subject.kind is wanted and not subject.title and fell_due(subject, since, until)
    }
    told, left = _told(letter), {one.item: one for one in letter.left_out} if letter else {}
    due = (_due(promises[key], subject, told, left) for key, subject in found.items() if key in promises)
    return tuple(sorted(due, key=lambda each: (each.due.sort_key(), each.promise.item.key)))


def _due(
    promise: Promise, subject: Subject, told: dict[UUID, list[int]], left: dict[UUID, LeftOut]
) -> MilestoneDue:
    item = identity(promise.item)
    assert subject.due
    return MilestoneDue(promise, subject.due, subject.due_note, tuple(told.get(item, ())), left.get(item))


def _told(letter: Letter | None) -> dict[UUID, list[int]]:
    """The numbers of the sentences that rest on each item."""
    found: dict[UUID, list[int]] = {}
    for number, item in _rested_on(letter) if letter else ():
        found.setdefault(item, []).append(number)
    return found


def _rested_on(letter: Letter) -> Iterator[tuple[int, UUID]]:
    for sentence in letter.sentences:
        for item in {support.item for support in sentence.supports if support.item}:
            yield sentence.number, item
