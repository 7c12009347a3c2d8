"""Small pieces of pages that stand in every row of long tables: made here, since a macro costs ten times as much."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from markupsafe import Markup, escape

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone
from goldenthread.plan.status import Status
from goldenthread.web.presenting.dates import date_words, is_past, standing
from goldenthread.web.presenting.staleness import Freshness, staleness
from goldenthread.web.presenting.statuses import status_words
from goldenthread.web.presenting.timeline import Row, Timeline
from goldenthread.web.viewing import Viewing

GRID = "gt-months"
"""The id of the lines at the beginning of each quarter, drawn once on the page and used by every row."""


@lru_cache(maxsize=4096)
def date_html(value: PlanDate | None) -> Markup:
    """A date's printed words, with a note under them on what they mean where that is not plain."""
    words = date_words(value)
    none = "" if words.known else " gt-date--none"
    note = f' <span class="gt-note">{escape(words.note)}</span>' if words.note else ""
    return Markup(f'<span class="gt-date{none}">{escape(words.text)}</span>{note}')


@cache
def tag_html(status: Status) -> Markup:
    """A status as a tag, which always carries its words."""
    words = status_words(status)
    return Markup(f'<strong class="govuk-tag gt-tag {words.tag}">{escape(words.text)}</strong>')


def standing_html(item: Action | Milestone, today: date) -> Markup:
    """What the calendar says of an open promise: overdue, due soon, or nothing."""
    words = standing(item.status, item.dates, today)
    if not words:
        return Markup("")
    past = " gt-standing--past" if is_past(item.status, item.dates, today) else ""
    return Markup(f'<span class="gt-standing{past}">{escape(words)}</span>')


def staleness_html(item: Action | Milestone, viewing: Viewing) -> Markup:
    """How long ago an open promise was last confirmed, marked where that is longer than agreed; nothing once closed."""
    if item.status.is_closed:
        return Markup("")
    terms = viewing.terms
    found = staleness(item.report, terms.effective_on, viewing.shown_day, terms.settings)
    marked = "" if found.freshness is Freshness.FRESH else " gt-standing--past"
    return Markup(f'<span class="gt-standing gt-confirmed{marked}">{escape(found.words)}</span>')


def grid_html(line: Timeline) -> Markup:
    """The lines at the beginning of each quarter and today's, to be used by every row."""
    ticks = "".join(
        f'<line class="{"gt-grid-year" if tick.year else "gt-grid"}" x1="{tick.x}%" x2="{tick.x}%" y1="0" y2="26"/>'
        for tick in line.ticks
    )
    return Markup(
        f'<svg width="0" height="0" class="gt-defined" aria-hidden="true"><defs><g id="{GRID}">{ticks}</g></defs></svg>'
    )


def chart_html(row: Row, line: Timeline) -> Markup:
    """One promise on the line, with its dates in words for those who do not see it."""
    words = f"{escape(row.title)}: {escape(row.words)}"
    opening = f'<svg class="gt-line__chart" height="26" width="100%" role="img" aria-label="{words}">'
    parts = [opening, f'<use href="#{GRID}"/>']
    if row.firm:
        parts.append(_bar("gt-bar", row.firm.x, row.firm.width))
    if row.vague:
        style = "gt-bar-milestone" if row.is_milestone else "gt-bar-vague"
        parts.append(_bar(style, row.vague.x, row.vague.width))
    if row.original is not None:
        parts.append(_upright("gt-original", row.original, 3, 23))
    if row.forecast is not None:
        parts.append(f'<circle class="gt-forecast" cx="{row.forecast}%" cy="13" r="5"/>')
    if row.actual is not None:
        parts.append(f'<circle class="gt-actual" cx="{row.actual}%" cy="13" r="5"/>')
    if line.today is not None:
        parts.append(_upright("gt-today", line.today, 0, 26))
    return Markup("".join((*parts, "</svg>")))


def _bar(style: str, x: float, width: float) -> str:
    return f'<rect class="{style}" x="{x}%" width="{width}%" y="8" height="10"/>'


def _upright(style: str, x: float, top: int, bottom: int) -> str:
    return f'<line class="{style}" x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}"/>'
