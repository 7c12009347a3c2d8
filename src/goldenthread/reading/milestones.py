"""The milestones of a theme as printed. What has to be asked about them is in `milestone_doubts`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.documents.blocks import Cell, Table
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Dates, Milestone
from goldenthread.plan.status import Status
from goldenthread.reading.context import Context
from goldenthread.reading.dating import status_of

_HEADER = re.compile(
    r"^(key )?(milestones?|dates?|due|target|deadline|when|by when|due date|target date)$", re.IGNORECASE
)


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone, and the cell that its name was read from."""

    milestone: Milestone
    cell: Cell


def read_milestones(tables: Iterable[Table], theme: str, context: Context) -> tuple[MilestoneRow, ...]:
    """The milestones in two-column tables (name, date), in printed order.

    Their doubts wait until the actions are known: see `milestone_doubts.ask_about_milestones`.
    """
    rows = (cells for table in tables for cells in table.rows if cells and cells[0].text)
    return tuple(_read(cells, theme, context) for cells in rows if not _is_header(cells))


def _is_header(cells: Sequence[Cell]) -> bool:
    return bool(_HEADER.match(cells[0].text)) and any(_HEADER.match(cell.text) for cell in cells[1:])


def _read(cells: Sequence[Cell], theme: str, context: Context) -> MilestoneRow:
    name = cells[0].text
    printed = next((cell.text for cell in reversed(cells[1:]) if cell.text), "")
    readings = context.one_date(printed) if printed else ()
    reading = readings[0] if len(readings) == 1 else None
    date = reading.date if reading else None
    dates = Dates(actual=date) if reading and reading.achieved else Dates(original=date, approved=date)
    milestone = Milestone(
        key=context.mint.key("milestone", theme, slug(name)),
        anchors=(cells[0].anchor.model_copy(update={"column": None}),),
        name=name,
        dates=dates,
        printed=printed or None,
        status=status_of(reading) if reading else Status.UNKNOWN,
        condition=(reading.condition or (date.condition if date else None)) if reading else None,
    )
    return MilestoneRow(milestone, cells[0])
