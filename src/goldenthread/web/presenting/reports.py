"""Reports on a page: who each is for, how often it is owed, and its words and tables as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from markupsafe import Markup, escape

from goldenthread.plan.keys import slug
from goldenthread.plan.model import Plan
from goldenthread.record.report_templates import TemplateKind, Templates
from goldenthread.reporting.composing import DEEPEST, Report
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Part,
    Rated,
    Resolutions,
    Strong,
    Table,
    Text,
    ToWrite,
)
from goldenthread.reporting.definitions import Definition, DefinitionError, Period
from goldenthread.reporting.report_files import ReportFormat
from goldenthread.web.presenting.ratings import rating_tag

ROWS_SHOWN = 100
"""How many rows of a table the page shows; the files have all of them."""
REVIEWER = "reviewer"
AUDIENCES: tuple[tuple[str, str, str, str], ...] = (
    ("leadership", "Leadership Team", "What is late, off course, due and done, and who has to decide", "Every month"),
    ("members", "All members", "Two pages: how things stand, what is coming up, good news", "Every month, informally"),
    ("staff", "Everybody who works for the council", "A bulletin", "Every month"),
    ("cabinet", "Cabinet", "What it is asked to resolve, options and implications, and every promise", "Every quarter"),
    ("scrutiny", "Scrutiny", "Theme by theme, what is off course, what residents should see", "Every quarter"),
    ("audit", "Audit committee", "Evidence, coverage, findings, contradictions and the outside view", "Every quarter"),
    ("six-monthly", "Council and the Secretary of State", "The past six months and the next", "Every half year"),
    ("letter", "The Secretary of State", "The letter: since the last one, evidence, what is next", "Every half year"),
    ("annual", "Council, the Secretary of State and the public", "Milestones, evidence and next steps", "Every year"),
    ("ags", "Annual Governance Statement", "Significant issues, what is done, what was resolved", "Every year"),
    ("exit", "Whoever closes the plan", "Where open actions go on, and what can be certified", "Once, at the end"),
)  # fmt: skip
"""Name, who it is for, what it holds and how often it is owed; each review has a pack beside these."""
OFTEN = {
    Period.MONTH: "Every month",
    Period.QUARTER: "Every quarter",
    Period.HALF_YEAR: "Every half year",
    Period.YEAR: "Every year",
}
"""How often a report that looks so far back is owed."""
FORMATS = (
    (ReportFormat.DOCX, "Word"),
    (ReportFormat.ODT, "OpenDocument text"),
    (ReportFormat.PDF, "PDF"),
    (ReportFormat.HTML, "Web page"),
    (ReportFormat.XLSX, "Tables as an Excel workbook"),
    (ReportFormat.ODS, "Tables as an OpenDocument workbook"),
    (ReportFormat.CSV, "Tables as CSV, in an archive"),
)


@dataclass(frozen=True, slots=True)
class Audience:
    """One report that can be asked for: how an address calls it, its definition, and whose review it is about.

    `own` says that the council has a definition of its own for it.
    """

    handle: str
    definition: str
    who: str
    holds: str
    often: str
    reviewer: str = ""
    own: bool = False


def audiences_of(plan: Plan, templates: Templates) -> dict[str, Audience]:
    """Every report of a plan by what an address calls it: ours, the council's own, then a pack for each review."""
    found = {
        name: Audience(name, name, who, holds, often, own=_is_own(templates, name))
        for name, who, holds, often in AUDIENCES
    }
    found |= {name: _own_audience(templates, name) for name in templates.own_audiences}
    parts = (part for action in plan.actions() for part in action.walk())
    cited = {reference.review for part in parts for reference in part.references}
    own = _is_own(templates, REVIEWER)
    for review in sorted({review.name for review in plan.reviews} | cited):
        handle = f"{REVIEWER}-{slug(review)}"
        holds = "Their recommendations and the actions that answer them, and nothing of anybody else’s"
        found[handle] = Audience(handle, REVIEWER, review, holds, "When they ask", review, own)
    return found


def whom(definition: Definition) -> str:
    """Who a definition says that its report is for, with the council's names of bodies."""
    words = definition.for_
    for name, body in definition.bodies.items():
        words = words.replace(f"{{{name}}}", body)
    return words[:1].upper() + words[1:]


def _is_own(templates: Templates, audience: str) -> bool:
    return templates.own(TemplateKind.DEFINITION, audience) is not None


def _own_audience(templates: Templates, name: str) -> Audience:
    try:
        definition = templates.definition(name)
    except DefinitionError:
        return Audience(
            name, name, name, "Its definition no longer fits: see the report templates", "", own=True
        )
    kinds = len(definition.sections)
    holds = f"A report of the council’s own, in {kinds} section{'s' if kinds > 1 else ''}"
    return Audience(name, name, whom(definition), holds, OFTEN[definition.covers], own=True)


def html_of(text: Text) -> Markup:
    """Running words, with ratings as tags and places to be written marked."""
    return Markup("").join(map(_part, text))


def _part(part: Part) -> Markup:
    match part:
        case Strong():
            return Markup("<strong>{}</strong>").format(part.words)
        case Rated():
            return rating_tag(part.class_)
        case ToWrite():
            return Markup('<mark class="gt-to-write">{}</mark>').format(str(part))
        case _:
            return escape(str(part))


@dataclass(frozen=True, slots=True)
class Shown:
    """One block of a report for the template: which kind it is, and for headings their level on the page."""

    kind: str
    block: Block
    level: int = 0


def body_html(report: Report) -> str:
    """The opening and the sections of a report, to stand below the heading of level 1 of a page."""
    blocks = list(_shown(report))
    context = {
        "opening": report.opening,
        "blocks": blocks,
        "most": ROWS_SHOWN,
        "html": html_of,
        "drawing": drawing,
    }
    return render_to_string("parts/report.html", context, using="jinja")


def _shown(report: Report) -> Iterator[Shown]:
    level = 1
    for section in report.sections:
        if section.title:
            level = section.level
            yield _heading(section.title, level)
        for block in section.blocks:
            match block:
                case Heading():
                    yield _heading(block.words, level + block.level)
                case Chart():
                    yield Shown("chart", block)
                    yield Shown("table", block.table)
                case _:
                    yield Shown(_KINDS[type(block)], block)


def _heading(words: str, level: int) -> Shown:
    return Shown("heading", Heading(words), min(level + 1, DEEPEST))


_KINDS = {Paragraph: "paragraph", Bullets: "bullets", Resolutions: "resolutions", Table: "table"}


def drawing(chart: Chart) -> Markup:
    """A chart's drawing, which says in words what it shows. It is our own SVG, its labels escaped where it is drawn."""
    named = Markup('<svg role="img" aria-label="{}" ').format(chart.alternative)
    return Markup(chart.svg.replace("<svg ", str(named), 1))
