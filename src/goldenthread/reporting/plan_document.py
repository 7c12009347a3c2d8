"""A plan as a document: headings, running text and tables, in the layout that `reading` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import panflute as pf

from goldenthread.documents.cells import inlines
from goldenthread.plan.dates import USUAL_SEASONS, SeasonRules
from goldenthread.plan.model import Plan
from goldenthread.plan.tables import PlanTable, TableKind, plan_tables

_WIDE = frozenset(
    {
        "Action", "Milestone", "Objective", "Deliverable", "Statement of success", "Description", "Aim", "Requirement",
        "Exit factor", "Text", "Measure", "Update",
    }
)  # fmt: skip
_NARROW = frozenset({"Item", "No."})
_RUNNING_TEXT = frozenset({TableKind.ABOUT, TableKind.SECTIONS, TableKind.THEMES})


def plan_document(plan: Plan, seasons: SeasonRules = USUAL_SEASONS) -> Any:
    """The plan as a `panflute.Doc`.

    First the title and the facts, the narrative, then each theme with its introduction and tables, then what belongs
    to no theme. Each step of an action has a row of its own below it, so that its dates and status cannot be taken for
    another's.
    """
    tables = plan_tables(plan, seasons)
    about = next(table for table in tables if table.kind is TableKind.ABOUT)
    return pf.Doc(
        pf.Header(*inlines(plan.title), level=1),
        _table(about),
        *_narrative(plan),
        *_themes(plan, tables),
        *_titled((table for table in tables if not table.theme and table.kind not in _RUNNING_TEXT), level=1),
        metadata={"lang": pf.MetaString("en-GB")},
    )


def _narrative(plan: Plan) -> Iterator[Any]:
    if plan.sections:
        yield pf.Header(*inlines(TableKind.SECTIONS.title), level=1)
    for section in plan.sections:
        yield pf.Header(*inlines(section.heading), level=section.level + 1)
        yield from _running_text(section.paragraphs)


def _themes(plan: Plan, tables: Iterable[PlanTable]) -> Iterator[Any]:
    for theme in plan.themes:
        yield pf.Header(*inlines(f"Theme {theme.number} – {theme.name}"), level=1)
        yield from _running_text(theme.introduction)
        yield from _titled((table for table in tables if table.theme is theme), level=2)


def _running_text(paragraphs: Iterable[str]) -> Iterator[Any]:
    """Paragraphs; those that begin with a bullet are items of a list."""
    for listed, run in groupby(paragraphs, key=lambda text: text.startswith("• ")):
        if listed:
            yield pf.BulletList(*(pf.ListItem(pf.Plain(*inlines(text[2:]))) for text in run))
        else:
            yield from (pf.Para(*inlines(text)) for text in run)


def _titled(tables: Iterable[PlanTable], level: int) -> Iterator[Any]:
    for table in tables:
        yield pf.Header(*inlines(table.kind.title), level=level)
        yield _table(table)


def _table(table: PlanTable) -> Any:
    headings = table.headings
    parts = [5 if name in _WIDE else 0.7 if name in _NARROW else 2 for name in headings]
    return pf.Table(
        pf.TableBody(*(_row(row.get(heading, "") for heading in headings) for row in table.rows)),
        head=pf.TableHead(_row(headings)),
        colspec=[("AlignLeft", part / sum(parts)) for part in parts],
    )


def _row(words: Iterable[str]) -> Any:
    return pf.TableRow(*(pf.TableCell(*([pf.Plain(*inlines(text))] if text else [])) for text in words))
