"""What is published: the states of a plan that were decided on, oldest first, and the reports that were made public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.assurance.coverage import Certificate, Row, Source, certificate
from goldenthread.reporting.public.comparing import Departed, Difference, departed, differences
from goldenthread.reporting.public.picking import State
from goldenthread.reporting.public.reports import PublicReport


@dataclass(frozen=True)
class Edition:
    """What is published: the state now and those published before it, oldest first.

    `name` tells the plan from every other for ever. `address` is where the pages will be ("https://…/"), `contact` how
    people reach those who answer for them; both may be empty. `reports` are those that were ever made public. Where
    there are reports and no states, the plan itself is not public: `council` and `title` then say whose they are.
    """

    states: tuple[State, ...]
    name: str
    address: str = ""
    contact: str = ""
    reports: tuple[PublicReport, ...] = ()
    council: str = ""
    title: str = ""

    @property
    def now(self) -> State:
        """The state that is published."""
        return self.states[-1]

    @property
    def before(self) -> State | None:
        """The publication before it, if there was one."""
        return self.states[-2] if len(self.states) > 1 else None

    @property
    def day(self) -> date:
        """The newest day of which anything here speaks, or on which a report was made public."""
        days = [each.published_on or each.issued_on for each in self.reports]
        return max([*(state.day for state in self.states), *days])

    @cached_property
    def changed(self) -> tuple[tuple[date, tuple[Difference, ...]], ...]:
        """What each publication changed, oldest first; what is held back now is in none of them."""
        pairs = tuple(zip(self.states, self.states[1:], strict=False))
        return tuple(
            (after.day, tuple(each for each in differences(before, after) if each.ref in told))
            for (before, after), told in zip(pairs, self._tellable(pairs), strict=True)
        )

    def _tellable(self, pairs: Sequence[tuple[State, State]]) -> Iterator[set[str]]:
        """The refs of which a change may be told: those that are held back now in neither of the two states."""
        for pair in pairs:
            beside = [state.promises_beside(self.now).keys() for state in pair]
            barred = {ref for state in pair for ref in state.promises} - set().union(*beside)
            yield set().union(*beside) - barred

    @cached_property
    def answers(self) -> Mapping[str, tuple[tuple[Source, Row], ...]]:
        """What each action answers, by its ref."""
        found: dict[str, list[tuple[Source, Row]]] = defaultdict(list)
        for source in self.coverage.sources:
            for row in source.rows:
                for action in row.actions:
                    found[action.ref or ""].append((source, row))
        return {ref: tuple(rows) for ref, rows in found.items()}

    @cached_property
    def history(self) -> Mapping[str, tuple[tuple[date, Difference], ...]]:
        """What was changed of each promise and its steps, the newest first, by the ref of the promise."""
        found: dict[str, list[tuple[date, Difference]]] = defaultdict(list)
        for day, changes in reversed(self.changed):
            for each in changes:
                found[each.ref.split(".", maxsplit=1)[0]].append((day, each))
        return {ref: tuple(told) for ref, told in found.items()}

    @cached_property
    def departed(self) -> tuple[Departed, ...]:
        """What was published before and is in the plan no more."""
        return departed(self.states)

    @cached_property
    def coverage(self) -> Certificate:
        """Which actions answer which recommendation, among those that are told."""
        return certificate(self.now.plan, self.now.day)
