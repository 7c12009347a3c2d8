"""Report templates on pages: whose count, since when and why, and what an edited one would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.plan.days import day_words
from goldenthread.record.report_templates import (
    LETTERHEADS,
    STANDARD,
    AdoptedTemplate,
    TemplateKind,
    Templates,
)
from goldenthread.reporting.definitions import DefinitionError, audiences
from goldenthread.reporting.definitions.comparing import Changed, Difference
from goldenthread.web.presenting.reports import AUDIENCES, REVIEWER, whom

OUTLINE = """\
# A report of your own. docs/reports.md lists what every line can say.
audience = "parish-councils"
title = "{plan}: progress to {cut_off}"
for = "parish and town councils"
covers = "quarter"

[[section]]
section = "summary"
title = "In short"

[[section]]
section = "themes"
title = "Theme by theme"
"""
"""What a new definition begins from, until somebody writes another."""
LETTERHEAD_NAMES = {TemplateKind.DOCX: "Word", TemplateKind.ODT: "OpenDocument text"}


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template of a list: how its address names it, what it is for, whose counts, since when and why.

    `unfit` says why one that counts cannot be used with this release.
    """

    key: str
    name: str
    whose: str
    since: str
    why: str
    unfit: str = ""


def template_rows(templates: Templates) -> tuple[TemplateRow, ...]:
    """A row for every audience that has a definition, ours first in the order of the list of reports."""
    order = [name for name, *_ in AUDIENCES] + [REVIEWER]
    ours = [*order, *(name for name in audiences() if name not in order)]
    return tuple(_template_row(templates, name) for name in (*ours, *templates.own_audiences))


def letterhead_rows(templates: Templates) -> tuple[TemplateRow, ...]:
    """A row for Word and one for OpenDocument text."""
    found = ((kind, templates.own(kind)) for kind in LETTERHEADS)
    return tuple(
        TemplateRow(kind.value, LETTERHEAD_NAMES[kind], whose(own), since(own), own.reason if own else "")
        for kind, own in found
    )


def who_of(templates: Templates, audience: str) -> str:
    """Who the report of an audience is for, as the list of reports has it."""
    named = {name: who for name, who, *_ in AUDIENCES} | {REVIEWER: "Each reviewer"}
    if audience in named:
        return named[audience]
    try:
        return whom(templates.definition(audience))
    except DefinitionError:
        return audience


def whose(own: AdoptedTemplate | None) -> str:
    """Whose template counts."""
    return f"The council’s own, version {own.number}" if own else "Comes with Golden Thread"


def since(own: AdoptedTemplate | None) -> str:
    """Since when a council's own counts, and who adopted it."""
    return f"{day_words(own.adopted_on)}, by {own.adopted_by}" if own else ""


def version_words(version: AdoptedTemplate) -> str:
    """What a version was: a definition or file of the council's own, or going back."""
    if version.number == STANDARD or version.is_standard:
        return "What comes with Golden Thread"
    if version.kind is TemplateKind.DEFINITION:
        return "The council’s own definition"
    return f"{version.file_name}, {max(1, round(version.size / 1024)):,} KB"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A section of a definition that somebody wants to adopt: its title, kind, what became of it, and what changed."""

    title: str
    kind: str
    mandatory: bool
    marks: tuple[str, ...]
    changed: tuple[str, ...]


def preview_rows(difference: Difference) -> Iterator[PreviewRow]:
    """The sections in their new order; those that were taken out come last."""
    for line in difference.sections:
        title = line.section.title or "Goes on under the heading above"
        said = tuple(changed_words(each) for each in line.changed)
        yield PreviewRow(title, line.section.kind.name, line.section.mandatory, line.marks, said)
    for section in difference.removed:
        yield PreviewRow(section.title or "Without a heading", section.kind.name, False, ("Taken out",), ())


def changed_words(changed: Changed) -> str:
    """What is said otherwise, in a sentence."""
    if not changed.before:
        return f"{changed.what}: now “{changed.now}”"
    if not changed.now:
        return f"{changed.what}: no longer “{changed.before}”"
    return f"{changed.what}: was “{changed.before}”, now “{changed.now}”"


def _template_row(templates: Templates, name: str) -> TemplateRow:
    own, unfit = templates.own(TemplateKind.DEFINITION, name), ""
    if own:
        try:
            templates.definition(name)
        except DefinitionError as error:
            unfit = str(error)
    return TemplateRow(
        name, who_of(templates, name), whose(own), since(own), own.reason if own else "", unfit
    )
