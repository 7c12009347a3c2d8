"""What the record holds beside a plan, as far as rules ask about it: evidence, histories, requests, what was agreed.

A plan in a file has nothing beside it. Rules that need it then look at nothing, and their pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from goldenthread.assurance.trend import DatedFact, Trend, trend_of
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.model import Item
from goldenthread.plan.status import Status


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence for one item, as it stands on the day.

    `sufficient` is what whoever looked at it last found, None where nobody has. A link is `unreachable` if the last
    visit found nothing there.
    """

    title: str
    dated_on: date
    sufficient: bool | None = None
    withdrawn: bool = False
    lapsed: bool = False
    unreachable: bool = False

    @property
    def failing(self) -> str | None:
        """Why it does not count, in words; None where it does."""
        if self.withdrawn:
            return "was taken back"
        if self.lapsed:
            return "has lapsed"
        if self.unreachable:
            return "leads to a page that cannot be reached"
        return "was found not to be enough" if self.sufficient is False else None


@dataclass(frozen=True, slots=True)
class ApprovedMove:
    """That the approved date of an item was changed, on a day. `decided`: by an approved change request."""

    on: date
    before: PlanDate | None
    after: PlanDate | None
    decided: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A promise that an amended document no longer has, and that no decision stopped. `ref` is its short number."""

    id: UUID
    ref: str | None
    name: str
    on: date


@dataclass(frozen=True)
class Beside:
    """All of it, for one state of one plan. The mappings are by the permanent ids of items, but for `requested`.

    Args:
        in_force_since: The day from which the plan counts.
        confirm_within: The days within which every promise is to be confirmed, as the council has agreed.
        evidence: All evidence for an item, whether or not it still counts.
        histories: The facts about dates and statuses of items whose dates or status were said more than once.
        moves: How the approved dates of items were changed, corrections of reading left out; oldest first.
        requested: The number of the open change request about the item with a key.
        gone: What amended documents dropped without a decision.
    """

    in_force_since: date
    confirm_within: int
    evidence: Mapping[UUID, tuple[Proof, ...]] = field(default_factory=dict)
    histories: Mapping[UUID, tuple[DatedFact, ...]] = field(default_factory=dict)
    moves: Mapping[UUID, tuple[ApprovedMove, ...]] = field(default_factory=dict)
    requested: Mapping[str, int] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()

    def proofs(self, item: Item) -> tuple[Proof, ...]:
        """The evidence for an item."""
        return self.evidence.get(item.id, ()) if item.id else ()

    def approved_moves(self, item: Item) -> tuple[ApprovedMove, ...]:
        """How its approved date was changed."""
        return self.moves.get(item.id, ()) if item.id else ()

    def trend(self, item: Item) -> Trend | None:
        """How its dates have moved; None where they have not."""
        facts = self.histories.get(item.id) if item.id else None
        return trend_of(facts) if facts else None

    def statuses(self, item: Item) -> tuple[tuple[date, Status], ...]:
        """Each status that it had, with its first day. What was entered later for the same day takes its place."""
        by_day: dict[date, Status] = {}
        for fact in self.histories.get(item.id, ()) if item.id else ():
            if fact.series is Series.STATUS and isinstance(fact.value, Status):
                by_day[fact.effective_on] = fact.value
        found: list[tuple[date, Status]] = []
        for day, status in sorted(by_day.items()):
            if not found or found[-1][1] is not status:
                found.append((day, status))
        return tuple(found)
