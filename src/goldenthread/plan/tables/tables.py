"""From a plan to its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from goldenthread.plan.dates import USUAL_SEASONS, SeasonRules
from goldenthread.plan.model import Action, Milestone, Plan, Recommendation, Review, Theme, Update
from goldenthread.plan.status import Status
from goldenthread.plan.tables import cells
from goldenthread.plan.tables.date_cells import DateCells
from goldenthread.plan.tables.layout import (
    ABOUT,
    ITEM,
    NUMBER,
    THEME,
    THEME_NAME,
    UPDATES_IN_CELL,
    VALUE,
    PlanTable,
    Row,
    TableKind,
)
from goldenthread.plan.tables.update_cells import updates_cell

_T = TypeVar("_T")


def plan_tables(plan: Plan, seasons: SeasonRules = USUAL_SEASONS) -> tuple[PlanTable, ...]:
    """Every table of the plan that has a row: the facts, each theme's tables, then what belongs to no theme.

    `seasons` are those of the council, which reads the words of dates by them.
    """
    dates = DateCells(seasons)
    tables = (
        _table(TableKind.ABOUT, _about(plan)),
        _table(TableKind.SECTIONS, _sections(plan)),
        _table(TableKind.THEMES, _themes(plan)),
        *(table for theme in plan.themes for table in _theme_tables(theme, dates)),
        _table(TableKind.ENGAGEMENT, _numbered(plan.engagement_milestones, partial(_milestone, dates=dates))),
        _table(TableKind.RISKS, _numbered(plan.risks, lambda risk: {
            "Risk": risk.title, "Description": risk.description, "Risk register": risk.register_reference or "",
        })),
        _table(TableKind.REVIEWS, _numbered(plan.reviews, lambda review: {
            "Review": review.name, "Title": review.title, "Published": dates.cell(review.published),
            "Recommendations made": cells.totals_cell(review.totals),
        })),
        _table(TableKind.RECOMMENDATIONS, _numbered(
            _of_reviews(plan, lambda review: review.recommendations), _recommendation,
        )),
        _table(TableKind.REQUIREMENTS, _numbered(_of_reviews(plan, lambda review: review.requirements), lambda found: {
            "Review": found[0], "Requirement": found[1].text,
        })),
        _table(TableKind.EXIT_FACTORS, _numbered(plan.exit_factors, lambda factor: {"Exit factor": factor.text})),
        _table(TableKind.POSTS, _numbered(plan.posts, lambda post: {
            "Post": post.name, "Also called": cells.list_cell(post.aliases),
        })),
        _table(TableKind.BODIES, _numbered(plan.bodies, lambda body: {
            "Body": body.name, "Also called": cells.list_cell(body.aliases),
        })),
    )  # fmt: skip
    return tuple(table for table in tables if table.rows)


def _table(kind: TableKind, rows: Iterable[Row], theme: Theme | None = None) -> PlanTable:
    return PlanTable(kind, tuple(rows), theme)


def _numbered(items: Iterable[_T], row: Callable[[_T], Row]) -> Iterator[Row]:
    for number, item in enumerate(items, start=1):
        yield {ITEM: str(number), **row(item)}


def _about(plan: Plan) -> Iterator[Row]:
    facts = {
        "Title": plan.title,
        "Council": plan.council.name,
        "ONS code": plan.council.ons_code,
        "Kind": plan.kind.value.replace("_", " "),
        "Phase": plan.phase,
        "Version": plan.version,
        "Approved by": plan.approving_body,
        "Approved on": plan.approved_on.isoformat() if plan.approved_on else None,
        "Decision": plan.decision,
    }
    return ({ABOUT: name, VALUE: value} for name, value in facts.items() if value)


def _sections(plan: Plan) -> Iterator[Row]:
    """A row for each paragraph, the first of them with the section's heading."""
    for number, section in enumerate(plan.sections, start=1):
        for place, paragraph in enumerate(section.paragraphs or ("",)):
            opening = {"Section": section.heading, "Level": str(section.level)} if place == 0 else {}
            yield {ITEM: str(number), **opening, "Paragraph": paragraph}


def _themes(plan: Plan) -> Iterator[Row]:
    """A row for each theme, with further ones for further paragraphs of its introduction."""
    for theme in plan.themes:
        for paragraph in theme.introduction or ("",):
            yield {THEME: str(theme.number), THEME_NAME: theme.name, "Introduction": paragraph}


def _of_reviews(plan: Plan, items: Callable[[Review], Iterable[_T]]) -> Iterator[tuple[str, _T]]:
    return ((review.name, item) for review in plan.reviews for item in items(review))


def _recommendation(found: tuple[str, Recommendation]) -> Row:
    review, one = found
    seen = one.looked_up
    return {
        "Review": review,
        "Recommendation": cells.reference_cell([one.reference]),
        "Text": one.text or "",
        "Sent on": cells.day_cell(one.sent_on),
        "Lifted on": cells.day_cell(one.lifted_on),
        "Lifted by": one.lifted_by or "",
        "Found to be": seen.found.value if seen else "",
        "On the basis of": seen.basis if seen else "",
        "Looked up by": seen.by if seen else "",
        "Looked up on": cells.day_cell(seen.on) if seen else "",
    }


def _theme_tables(theme: Theme, dates: DateCells) -> Iterator[PlanTable]:
    kinds: Sequence[tuple[TableKind, Iterable[Row]]] = (
        (TableKind.OBJECTIVES, _numbered(theme.objectives, lambda one: {"Objective": one.text})),
        (TableKind.WORKSTREAMS, _numbered(theme.workstreams, lambda stream: {
            "Workstream": stream.name, "Aim": stream.aim or "", "Also called": cells.list_cell(stream.aliases),
            "In the list": "" if stream.listed else "no",
        })),
        (TableKind.MILESTONES, _numbered(theme.milestones, partial(_milestone, dates=dates))),
        (TableKind.DELIVERABLES, _numbered(theme.deliverables, lambda thing: {
            "Deliverable": thing.name, "Group": thing.group or "",
        })),
        (TableKind.STATEMENTS, _numbered(theme.success_statements, lambda one: {
            "Statement of success": one.text, "Measure": one.measure or "",
        })),
        (TableKind.ACTIONS, (_action(item, action, theme, dates) for item, action in _items(theme.actions))),
        (TableKind.UPDATES, (
            _update(item, update, dates) for item, action in _items(theme.actions) for update in action.updates
        )),
    )  # fmt: skip
    return (_table(kind, rows, theme) for kind, rows in kinds)


def _milestone(milestone: Milestone, dates: DateCells) -> Row:
    four = milestone.dates
    return {
        NUMBER: milestone.ref or "",
        "Milestone": milestone.name,
        "Lead": cells.list_cell(milestone.leads),
        "Status": cells.status_cell(milestone.status),
        "Due": dates.printed_cell(milestone.printed, four.approved),
        "Original": dates.cell(four.original),
        "Forecast": dates.cell(four.forecast),
        "Actual": dates.cell(four.actual),
        "Condition": milestone.condition or "",
    }


def _items(actions: Iterable[Action], above: str = "") -> Iterator[tuple[str, Action]]:
    """Each action with its number, and below it each of its steps, as deep as they go."""
    for number, action in enumerate(actions, start=1):
        yield f"{above}{number}", action
        yield from _items(action.steps, f"{above}{number}.")


def _action(item: str, action: Action, theme: Theme, dates: DateCells) -> Row:
    stream = theme.workstream(action.workstream)
    four = action.dates
    return {
        ITEM: f"{item} (heading)" if action.heading else item,
        NUMBER: action.ref or "",
        "Workstream": stream.name if stream else "",
        "Reference": cells.reference_cell(action.references),
        "Lead": cells.list_cell(action.leads),
        "Action": action.title or "",
        "Status": ""
        if action.heading and action.status is Status.UNKNOWN
        else cells.status_cell(action.status),
        "Start": dates.printed_cell(action.start_printed, action.start),
        "Due": dates.printed_cell(action.due_printed, four.approved),
        "Original": dates.cell(four.original),
        "Forecast": dates.cell(four.forecast),
        "Actual": dates.cell(four.actual),
        "Condition": action.condition or "",
        "Review cadence": action.review_cadence or "",
        "Number in the document": action.number or "",
        "Raised": dates.cell(action.raised),
        UPDATES_IN_CELL: updates_cell(action.updates, dates),
    }


def _update(item: str, update: Update, dates: DateCells) -> Row:
    return {
        ITEM: item,
        "As at": dates.cell(update.as_at),
        "Update": update.text,
        "Status": "" if update.status is Status.UNKNOWN else cells.status_cell(update.status),
        "Status printed": update.status_printed or "",
        "RAG printed": update.rag_printed or "",
    }
