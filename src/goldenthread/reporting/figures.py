"""Numbers with names, so that a number printed in two reports can be held against itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a report prints, under the name of what it counts ("actions.open"). `words` is how it is printed.

    A name means one thing: what is counted, of which part of the plan, and for what depends on an earlier day that day.
    """

    name: str
    value: int
    words: str = ""

    def __str__(self) -> str:
        return self.words or f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and where it was printed: the report and the section of it."""

    figure: Figure
    place: str


class Counted(Protocol):
    """What has rows, and may say that their number is a figure."""

    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[object]: ...
    @property
    def counted(self) -> Figure | None: ...


class Figured(Protocol):
    """A report as the cross-foot sees it."""

    @property
    def audience(self) -> str: ...
    @property
    def figures(self) -> tuple[Placed, ...]: ...
    @property
    def tables(self) -> Iterable[Counted]: ...


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A figure that is not the same everywhere, with each value and where it stands."""

    name: str
    values: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.name}: " + "; ".join(f"{value} in {place}" for value, place in self.values)


def cross_foot(reports: Iterable[Figured]) -> tuple[Disagreement, ...]:
    """Every figure that differs between these reports or within one, in the order of their names.

    A table that says which figure its rows are is held against that figure too. The reports must be of one state of one
    plan; what is none of them is never compared.
    """
    said: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for report in reports:
        for placed in report.figures:
            figure = placed.figure
            said[figure.name].setdefault(figure.value, (str(figure), placed.place))
        for table in report.tables:
            if table.counted:
                rows, where = len(table.rows), f"the rows of the table “{table.name}” of {report.audience}"
                said[table.counted.name].setdefault(rows, (f"{rows:,}", where))
    return tuple(
        Disagreement(name, tuple(values.values())) for name, values in sorted(said.items()) if len(values) > 1
    )
