"""Where the actions of a plan go on when it ends: as the plan says, as was decided, and what is only proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from goldenthread.assurance.ratings import Promise
from goldenthread.plan.destinations import Destination, is_decided
from goldenthread.plan.model import LinkKind, Plan
from goldenthread.plan.status import Status
from goldenthread.reporting.matter import Passing


@dataclass(frozen=True)
class Onward:
    """Which of a plan's actions were never finished, and where each goes on. `passing` is by the keys of actions."""

    plan: Plan
    actions: tuple[Promise, ...]
    passing: Mapping[str, Passing]

    @cached_property
    def places(self) -> Mapping[str, Destination]:
        """Where each action goes on, by its key, as decided or as the plan says; not those that were taken up again."""
        open_ = {each.item.key for each in self.actions if not each.item.status.is_closed}
        links = (link for link in self.plan.links if link.kind is LinkKind.TRANSFERRED_TO)
        return {
            link.source: Destination.of(link)
            for link in links
            if not (link.source in open_ and is_decided(link))
        }

    @cached_property
    def unfinished(self) -> tuple[Promise, ...]:
        """The actions that are open, and those that were when they were passed on."""
        return tuple(each for each in self.actions if not each.item.status.is_closed or self._has_left(each))

    @cached_property
    def left(self) -> tuple[Promise, ...]:
        """Those that were passed on, so that this plan awaits them no longer."""
        return tuple(each for each in self.unfinished if self._has_left(each))

    @cached_property
    def unmapped(self) -> tuple[Promise, ...]:
        """Those that go on nowhere, as far as anybody has decided."""
        return tuple(each for each in self.unfinished if each.item.key not in self.places)

    @property
    def waiting(self) -> tuple[Promise, ...]:
        """Those of them for which a place is proposed."""
        return tuple(each for each in self.unmapped if self.proposed(each))

    def proposed(self, promise: Promise) -> Passing | None:
        """What is proposed for one, if anything is and nobody has decided."""
        passing = self.passing.get(promise.item.key)
        return passing if passing and not passing.decided_on else None

    def stood(self, promise: Promise) -> Status:
        """How it stands, or stood when it was passed on."""
        passing = self.passing.get(promise.item.key)
        return passing.stood if passing and passing.stood and self._has_left(promise) else promise.item.status

    def _has_left(self, promise: Promise) -> bool:
        return promise.item.status is Status.SUPERSEDED and promise.item.key in self.places
