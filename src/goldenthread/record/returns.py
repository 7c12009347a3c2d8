"""Workbooks that came back and what became of them, row by row, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from goldenthread.plan.values import Value
from goldenthread.record.actor import Actor
from goldenthread.record.errors import NotAllowed, NotFound
from goldenthread.record.models.cycle import WorkbookReturn
from goldenthread.record.permissions import Permission, require
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.scope import council_scope

MOST_LISTED = 20
_RETURNS = """
SELECT w.id, w.name, min(r.sealed_at), jsonb_array_length(w.result -> 'errors'), jsonb_array_length(w.result -> 'held')
FROM workbook_return w
JOIN change c ON c.table_name = 'workbook_return' AND c.row_id = w.id
JOIN revision r ON r.council_id = c.council_id AND r.changeset = c.changeset
WHERE w.plan_id = %(plan)s AND (%(everyone)s OR w.result ->> 'sender' = %(sender)s)
GROUP BY w.id ORDER BY min(r.number) DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class ReturnSummary:
    """A return in a list: when it came, how many places could not be taken in, and how many rows were held."""

    id: UUID
    name: str
    sealed_at: datetime
    errors: int
    held: int


class ReturnLine(Value):
    """One row that was taken in: its place in the workbook, its promise, and what was typed, by column."""

    sheet: str
    row: int
    item: UUID
    ref: str
    title: str
    said: dict[str, str]


class ReturnProblem(Value):
    """One place that could not be taken in: what stands there and what to do, and what else was typed in its row."""

    sheet: str
    row: int
    column: str
    value: str
    message: str
    ref: str = ""
    title: str = ""
    also: dict[str, str] = {}


class ReturnResult(Value):
    """What became of a returned workbook: by the label of who sent it, and of the day that its updates speak of."""

    sender: str
    as_at: date
    recorded: tuple[ReturnLine, ...] = ()
    unchanged: tuple[ReturnLine, ...] = ()
    held: tuple[ReturnLine, ...] = ()
    errors: tuple[ReturnProblem, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether nothing at all was typed."""
        return not (self.recorded or self.unchanged or self.held or self.errors)


class TakenIn(Value):
    """A return with its result."""

    id: UUID
    name: str
    result: ReturnResult


def workbook_return(*, actor: Actor, plan: UUID, return_id: UUID) -> TakenIn:
    """A return and what became of it, for whoever sent it and for the programme office.

    Raises:
        NotAllowed: The actor may not report, or somebody else sent it.
        NotFound: There is no such return of this plan.
    """
    require(actor, Permission.REPORT_PROGRESS)
    with council_scope(actor.council):
        found = WorkbookReturn.objects.filter(plan_id=plan, id=return_id).first()
        if found is None:
            raise NotFound("There is no such workbook on the record.")
        taken = taken_in(found)
        if lead_slugs(actor, taken.result.as_at) is not None and taken.result.sender != actor.label:
            raise NotAllowed("Somebody else sent this workbook. Ask the programme office.")
        return taken


def workbook_returns(*, actor: Actor, plan: UUID) -> tuple[ReturnSummary, ...]:
    """The workbooks that came back last, the newest first: for the programme office everyone's, else the actor's own.

    Raises:
        NotAllowed: The actor may not report.
    """
    require(actor, Permission.REPORT_PROGRESS)
    with council_scope(actor.council), connection.cursor() as cursor:
        everyone = lead_slugs(actor, date.max) is None
        cursor.execute(
            _RETURNS, {"plan": plan, "everyone": everyone, "sender": actor.label, "most": MOST_LISTED}
        )
        return tuple(ReturnSummary(*row) for row in cursor.fetchall())


def taken_in(made: WorkbookReturn) -> TakenIn:
    """A return as it was stored."""
    return TakenIn(id=made.id, name=made.name, result=ReturnResult.model_validate(made.result))
