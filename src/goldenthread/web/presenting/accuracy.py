"""Forecast accuracy in words: mean errors with their intervals, and how many promises stand behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.forecasting.kinds import DateKind
from goldenthread.forecasting.optimism import FEWEST, HORIZONS, Accuracy, Cell, Cells
from goldenthread.forecasting.pooled_means import Figure
from goldenthread.plan.model import Plan
from goldenthread.record.accuracy import LEADS_OF_A_GROUP, WAITS, WAITS_NOT, LeadNote
from goldenthread.web.presenting.accuracy_chart import IntervalChart, draw_intervals

MONTHS = {1: "One month before", 3: "Three months before", 6: "Six months before"}
KINDS = {
    DateKind.DAY: "A day",
    DateKind.MONTH: "A month",
    DateKind.SEASON: "A season",
    DateKind.PART_YEAR: "Part of a year",
    DateKind.YEAR: "A year",
}
DECISIONS = {
    WAITS: "Elected members have to decide something",
    WAITS_NOT: "Officers can keep it by themselves",
}
SPOKEN_OF = 3
"""The sentence at the head of the page is about dates given so many months before."""


@dataclass(frozen=True, slots=True)
class CellWords:
    """One figure as a table shows it; `known` false: `text` says why there is none."""

    text: str
    interval: str
    counted: str
    known: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its name, the page about it if there is one, and its figures in the order of the horizons."""

    name: str
    href: str | None
    cells: tuple[CellWords, ...]
    note: LeadNote | None = None


def heading_sentence(council: Cells) -> str:
    """What the page says first."""
    cell = council[SPOKEN_OF]
    if cell.figure is None and cell.leads == 1:
        return "One lead has every promise that can be measured, so the figures are that lead’s and are not shown here."
    if cell.figure is None:
        return (
            f"Too little has been kept to say anything: fewer than {FEWEST} promises that had a date three months "
            "before have been done."
        )
    return (
        f"A promise of this plan is kept {_than(cell.figure.days)} what was expected three months before, on average. "
        f"The mean is {_between(cell.figure)} with a chance of four in five. {counted(cell)}."
    )


def theme_rows(found: Accuracy, plan: Plan, link: Callable[..., str]) -> tuple[GroupRow, ...]:
    """A row for each theme that has a dated promise, in the order of the plan."""
    names = {str(theme.number): f"{theme.number}. {theme.name}" for theme in plan.themes}
    names["0"] = "Communication and engagement"
    return tuple(
        GroupRow(
            name,
            link("theme", number=int(number)) if number != "0" else None,
            cells_of(found.groups[number]),
        )
        for number, name in names.items()
        if number in found.groups
    )


def theme_chart(found: Accuracy) -> IntervalChart | None:
    """The themes side by side, three months before; None where fewer than two have a figure."""
    cells = ((number, found.groups[number][SPOKEN_OF].figure) for number in sorted(found.groups, key=int))
    return draw_intervals(
        [(f"Theme {number}", figure) for number, figure in cells if figure and number != "0"]
    )


def kind_rows(found: Accuracy) -> tuple[GroupRow, ...]:
    """A row for each kind of date, the most exact first."""
    return _rows(found, {kind.value: words for kind, words in KINDS.items()})


def decision_rows(found: Accuracy) -> tuple[GroupRow, ...]:
    """What waits for elected members, and what does not."""
    return _rows(found, DECISIONS)


def lead_rows(
    found: Accuracy,
    names: Mapping[str, str],
    notes: Mapping[str, LeadNote],
    among: Iterable[str] | None = None,
) -> tuple[GroupRow, ...]:
    """A row for each lead (None: all; else for these) by name, with what the lead says of it."""
    wanted = found.groups.keys() if among is None else found.groups.keys() & set(among)
    named = sorted((names.get(slug, slug), slug) for slug in wanted)
    return tuple(
        GroupRow(name, None, cells_of(found.groups[slug], of_lead=True), notes.get(slug))
        for name, slug in named
    )


def _rows(found: Accuracy, names: Mapping[str, str]) -> tuple[GroupRow, ...]:
    return tuple(
        GroupRow(name, None, cells_of(found.groups[group]))
        for group, name in names.items()
        if group in found.groups
    )


def cells_of(cells: Cells, *, of_lead: bool = False) -> tuple[CellWords, ...]:
    """One cell of the table for each horizon; `of_lead`: it is shown as a lead's own."""
    return tuple(_cell(cells[months], of_lead) for months in HORIZONS)


def _cell(cell: Cell, of_lead: bool) -> CellWords:
    if cell.figure:
        return CellWords(days_words(cell.figure.days), _between(cell.figure), counted(cell), True)
    if cell.n < FEWEST:
        return CellWords("Not shown", f"Fewer than {FEWEST} promises", "", False)
    if not of_lead and 0 < cell.leads < LEADS_OF_A_GROUP:
        return CellWords("Not shown", "One lead has them all", "", False)
    return CellWords("Not known", "Too few are done", counted(cell), False)


def counted(cell: Cell) -> str:
    """How many promises were measured: "From 14 promises: 9 done, 5 open"."""
    return f"From {cell.n:,} promises: {cell.done:,} done, {cell.open:,} open"


def days_words(days: int) -> str:
    """An error in words: "41 days later", "3 days earlier", "on the day"."""
    if days == 0:
        return "On the day"
    return f"{abs(days):,} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"


def _than(days: int) -> str:
    return f"{days_words(days)} than" if days else "on the day of"


def _between(figure: Figure) -> str:
    """The interval: "20 to 62 days later", "5 days earlier to 12 days later"."""
    if figure.low == figure.high:
        return days_words(figure.low).lower()
    if figure.low >= 0:
        return f"{figure.low:,} to {figure.high:,} days later"
    if figure.high <= 0:
        return f"{-figure.low:,} to {-figure.high:,} days earlier"
    return f"{days_words(figure.low)} to {days_words(figure.high)}"


def headings() -> Sequence[str]:
    """What the columns are called."""
    return [MONTHS[months] for months in HORIZONS]
