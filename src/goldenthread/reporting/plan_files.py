"""A plan as a file that people work on and hand back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.documents import SourceFormat
from goldenthread.documents.writing import Sheet, csv_bytes, ods_bytes, office_bytes, xlsx_bytes
from goldenthread.plan.dates import USUAL_SEASONS, SeasonRules
from goldenthread.plan.model import Plan
from goldenthread.plan.tables import PlanTable, Row, TableKind, plan_tables
from goldenthread.plan.tables.layout import THEME, THEME_NAME, UPDATES_IN_CELL
from goldenthread.reporting.plan_document import plan_document

ENDINGS = {
    SourceFormat.XLSX: "xlsx",
    SourceFormat.ODS: "ods",
    SourceFormat.CSV: "csv",
    SourceFormat.DOCX: "docx",
    SourceFormat.ODT: "odt",
    SourceFormat.MARKDOWN: "md",
}
"""The formats that a plan is written in, and how their files are called."""


def plan_file(plan: Plan, format_: SourceFormat, seasons: SeasonRules = USUAL_SEASONS) -> bytes:
    """The plan as a file of this format (one of `ENDINGS`), in the layout that reads back to the same plan.

    The same plan gives the same bytes. CSV holds the actions and their steps alone. What no format holds is in
    docs/export.md. `seasons` are those by which the council will read the file.

    Raises:
        KeyError: for a format that plans are not written in.
        DocumentError: when the file cannot be written.
    """
    match format_:
        case SourceFormat.XLSX:
            return xlsx_bytes(plan_sheets(plan, seasons), plan.title)
        case SourceFormat.ODS:
            return ods_bytes(plan_sheets(plan, seasons), plan.title)
        case SourceFormat.CSV:
            return csv_bytes(action_sheet(plan, seasons))
        case _:
            ENDINGS[format_]
            return office_bytes(plan_document(plan, seasons), format_)


def plan_sheets(plan: Plan, seasons: SeasonRules = USUAL_SEASONS) -> tuple[Sheet, ...]:
    """A sheet for each kind of table; those of all themes stand on one, with the number of the theme."""
    tables = plan_tables(plan, seasons)
    of_kind = {kind: [table for table in tables if table.kind is kind] for kind in TableKind}
    return tuple(_sheet(kind, mine, themed=kind.of_theme) for kind, mine in of_kind.items() if mine)


def action_sheet(plan: Plan, seasons: SeasonRules = USUAL_SEASONS) -> Sheet:
    """The actions of every theme with their steps, a row each, under columns that do not depend on the plan."""
    actions = [table for table in plan_tables(plan, seasons) if table.kind is TableKind.ACTIONS]
    headings = (THEME, THEME_NAME, *TableKind.ACTIONS.headings, UPDATES_IN_CELL)
    return Sheet(TableKind.ACTIONS.title, headings, tuple(_cells(actions, headings)))


def _sheet(kind: TableKind, tables: list[PlanTable], *, themed: bool) -> Sheet:
    headings = (THEME, *kind.headings) if themed else kind.headings
    return Sheet(kind.title, headings, tuple(_cells(tables, headings)))


def _cells(tables: Iterable[PlanTable], headings: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        named: Row = {THEME: str(table.theme.number), THEME_NAME: table.theme.name} if table.theme else {}
        for row in table.rows:
            words = {**named, **row}
            yield tuple(words.get(heading, "") for heading in headings)
