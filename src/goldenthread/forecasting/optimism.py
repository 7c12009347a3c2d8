"""Forecast accuracy: how many days later than expected promises are kept, by how long before it was expected.

For a promise that was kept on a day T, and a horizon of h months, the error is T less the date that was expected h
months before T: positive where it was kept later. A promise that is open today counts too, else only what went well
would be measured: the error of the date expected h months ago is then at least

- the days from that date to the later date that its lead gives now, or to today if that is later still;
- the days from that date to today, negative for one not due yet, where no later date was given.

What a decision stopped counts as open on the day on which it was stopped. A promise that had no date h months before
is not measured at that horizon.

`estimate` says how the mean error of each group is got from both kinds. It is a figure about dates that were stated for
promises, and never a score of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from goldenthread.forecasting.kinds import DateKind
from goldenthread.forecasting.pooled_means import Errors, Figure, pooled_means

HORIZONS = (1, 3, 6)
"""In months before the promise was kept, or before today."""
FEWEST = 5
"""Groups of fewer promises are not shown, and nothing is as long as fewer than this have been kept."""


class Grouping(StrEnum):
    """By what promises are told apart."""

    THEME = "theme"
    KIND = "kind"
    DECISION = "decision"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Said:
    """The last day by which a promise was then expected, as stated on a day, and how vaguely the date was put."""

    on: date
    expected: date
    kind: DateKind


@dataclass(frozen=True, slots=True)
class Promised:
    """What was stated of one promise, in the order of the days, and what came of it.

    `done_on` is None while it is open; `open_until` is the day of the decision that stopped it, None where none did.
    `groups` names the groups to which it belongs; `Grouping.KIND` is not among them, since a date changes its kind.
    """

    said: tuple[Said, ...]
    done_on: date | None
    groups: Mapping[Grouping, tuple[str, ...]]
    open_until: date | None = None

    def stated_by(self, day: date) -> Said | None:
        """What was last stated up to the end of a day."""
        return next((each for each in reversed(self.said) if each.on <= day), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """The error of one stated date in days, later positive; `open`: it is at least so much, for it is not known yet."""

    days: int
    open: bool
    kind: DateKind
    groups: Mapping[Grouping, tuple[str, ...]]

    def named(self, grouping: Grouping) -> tuple[str, ...]:
        """The groups to which it belongs."""
        return (self.kind.value,) if grouping is Grouping.KIND else self.groups.get(grouping, ())


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one group at one horizon. `figure` is None where there is too little to show one.

    `leads` counts the leads among whom the promises are: where it is one, the figure would be that lead's.
    """

    done: int
    open: int
    leads: int
    figure: Figure | None

    @property
    def n(self) -> int:
        """How many promises were measured."""
        return self.done + self.open


Cells = Mapping[int, Cell]
"""Under each horizon."""


@dataclass(frozen=True)
class Accuracy:
    """All promises together, and each group under its name, at each horizon."""

    council: Cells
    groups: Mapping[str, Cells] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimates:
    """The mean error of all, and of each group in the order given."""

    council: Figure
    groups: tuple[Figure, ...]


@lru_cache(maxsize=4096)  # a plan says the same few days of thousands of promises
def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of the month where that month is shorter."""
    return day - relativedelta(months=months)


def measured(promises: Iterable[Promised], *, months: int, today: date) -> tuple[Measured, ...]:
    """The errors of the dates that were expected so many months before each promise was kept, or before today."""
    found = (_measure(promised, months, today) for promised in promises)
    return tuple(each for each in found if each is not None)


def _measure(promised: Promised, months: int, today: date) -> Measured | None:
    done = promised.done_on is not None and promised.done_on <= today
    end = promised.done_on if done and promised.done_on else min(today, promised.open_until or today)
    then = promised.stated_by(months_before(end, months))
    if then is None:
        return None
    reached = end
    if not done and (latest := promised.stated_by(end)) and latest.expected > then.expected:
        reached = max(end, latest.expected)
    return Measured((reached - then.expected).days, not done, then.kind, promised.groups)


def accuracy(
    promises: Sequence[Promised], grouping: Grouping, *, today: date, fewest_leads: int = 1
) -> Accuracy:
    """The mean error of all promises and of each group of them, at each horizon, as known on a day (`accuracy_of`)."""
    errors = {months: measured(promises, months=months, today=today) for months in HORIZONS}
    return accuracy_of(errors, grouping, fewest_leads=fewest_leads)


def accuracy_of(
    errors: Mapping[int, Sequence[Measured]], grouping: Grouping, *, fewest_leads: int = 1
) -> Accuracy:
    """The same of what was measured at each horizon.

    Args:
        fewest_leads: What is led by fewer leads than this, but by one at least, shows no figure.
    """
    council: dict[int, Cell] = {}
    groups: defaultdict[str, dict[int, Cell]] = defaultdict(dict)
    for months, found in errors.items():
        members: defaultdict[str, list[Measured]] = defaultdict(list)
        for each in found:
            for name in each.named(grouping):
                members[name].append(each)
        names = sorted(members)
        enough = sum(not each.open for each in found) >= FEWEST
        told = estimate([members[name] for name in names], found) if enough else None
        council[months] = _shown(_cell(found, told.council if told else None), fewest_leads)
        for place, name in enumerate(names):
            cell = _cell(members[name], told.groups[place] if told else None)
            groups[name][months] = _shown(cell, fewest_leads)
    nothing = Cell(0, 0, 0, None)
    filled = {
        name: {months: cells.get(months, nothing) for months in errors} for name, cells in groups.items()
    }
    return Accuracy(council, filled)


def _shown(cell: Cell, fewest_leads: int) -> Cell:
    """The same without its figure, where it has too few promises or leads."""
    enough = cell.n >= FEWEST and not 0 < cell.leads < fewest_leads
    return cell if enough else replace(cell, figure=None)


def _cell(found: Sequence[Measured], figure: Figure | None) -> Cell:
    still_open = sum(each.open for each in found)
    leads = {name for each in found for name in each.groups.get(Grouping.LEAD, ())}
    return Cell(len(found) - still_open, still_open, len(leads), figure)


def estimate(groups: Sequence[Sequence[Measured]], council: Sequence[Measured] | None = None) -> Estimates:
    """The mean error of each group, drawn towards the council's, and that of all (`pooled_means` gives the formulas).

    Args:
        council: All errors; those of all groups where it is None. A promise with two leads is in two groups.
    """
    everything = council if council is not None else [each for group in groups for each in group]
    together, apart = pooled_means(_errors(everything), [_errors(group) for group in groups])
    return Estimates(together, apart)


def _errors(found: Sequence[Measured]) -> Errors:
    return Errors.of((each.days, each.open) for each in found)
