"""What there is to say under one heading of a letter, and the sentences in which it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Text
from goldenthread.reporting.letter.due import MilestoneDue
from goldenthread.reporting.letter.grounds import on_promises
from goldenthread.reporting.letter.model import Support
from goldenthread.reporting.letter.saying import listed, name_of, names_with_dates, number
from goldenthread.reporting.matter import Matter, ThemeGroup

MOST_NAMED = 4
"""So many promises are named in one sentence; more than that go on in the next."""


class Told(NamedTuple):
    """A drafted sentence, with figures under their names, and what it rests on."""

    text: Text
    supports: tuple[Support, ...]


@dataclass(frozen=True)
class Chapterful:
    """The promises under one heading. `due` are the milestones of the whole plan that fell due in the period.

    `ahead_to` is the last day of the months ahead. A group without themes has the milestones that belong to none.
    """

    matter: Matter
    group: ThemeGroup
    since: date
    ahead_to: date
    due: Sequence[MilestoneDue]

    @cached_property
    def mine(self) -> tuple[Promise, ...]:
        """The milestones and actions of these themes."""
        wanted: tuple[int | None, ...] = self.group.themes or (None,)
        everything = (*self.matter.milestones, *self.matter.actions)
        return tuple(each for each in everything if each.theme in wanted)

    @cached_property
    def actions(self) -> tuple[Promise, ...]:
        """The actions among them."""
        return tuple(each for each in self.mine if each.kind is Kind.ACTION)

    @cached_property
    def fell_due(self) -> Mapping[str, PlanDate]:
        """The dates of those that fell due in the period, by key."""
        mine = {each.item.key for each in self.mine}
        return {each.promise.item.key: each.due for each in self.due if each.promise.item.key in mine}

    def due_of(self, promise: Promise) -> PlanDate | None:
        """The date by which it is due, where it has one with a last day."""
        dates = promise.item.dates
        found = self.fell_due.get(promise.item.key) or dates.approved or dates.original
        return found if found and found.has_last_day else None

    def is_new(self, promise: Promise) -> bool:
        """Whether its status is another than at the last cut-off, or it fell due since."""
        before = self.matter.statuses_before.get(promise.identity)
        return promise.item.status is not before or promise.item.key in self.fell_due

    def is_late(self, promise: Promise) -> bool:
        """Whether its last day has gone by with nobody saying that it is done."""
        due = self.fell_due.get(promise.item.key)
        if promise.item.dates.approved or due is None:
            return self.matter.is_late(promise.item)
        return due.is_late_on(self.matter.cut_off) and not is_over(promise)

    def dated(self, promises: Iterable[Promise]) -> str:
        """The promises by name, each with the date that it is due."""
        return names_with_dates((each, self.due_of(each)) for each in promises)

    def subject(self, promise: Promise) -> str:
        """The promise as the subject of a sentence: a milestone with its date, an action by its name."""
        if promise.kind is Kind.ACTION:
            return name_of(promise)
        comma = "," if self.due_of(promise) else ""
        return f"The milestone {self.dated([promise])}{comma}"

    def rows(
        self, opening: str, promises: Sequence[Promise], *, end: str = "", dated: bool = True
    ) -> Iterator[Told]:
        """A sentence with its list; a long list goes on in further sentences. `end` comes after the last."""
        opening += ":" if len(promises) > 1 else ""
        for place in range(0, len(promises), MOST_NAMED):
            part, left = promises[place : place + MOST_NAMED], len(promises) - place
            first = opening if place == 0 else "Further ones are" if left > MOST_NAMED else _rest(left)
            last = end if left <= MOST_NAMED else ""
            names = self.dated(part) if dated else listed([name_of(each) for each in part])
            yield Told((f"{first} {names}{last}.",), on_promises(part))


def is_over(promise: Promise) -> bool:
    """Whether nothing more is expected of it for now: it is done, stopped, or put off by decision."""
    status = promise.item.status
    return status.is_closed or status is Status.DEFERRED


def sentence(text: str, *promises: Promise, more: Iterable[Support | None] = ()) -> Told:
    """A sentence about these promises, and what else it rests on."""
    text = text[0].upper() + text[1:]
    return Told((text,), (*on_promises(promises), *(one for one in more if one)))


def _rest(left: int) -> str:
    return f"The remaining {number(left)} are" if left > 1 else "The last one is"
