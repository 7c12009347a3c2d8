"""How pages reach a report that is made from the record: what an address asks for, and the report of that state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

from goldenthread.record.report_templates import Templates, templates_of
from goldenthread.record.reports import ReportOn, report_matter
from goldenthread.reporting.composing import Report, compose, disagreements
from goldenthread.reporting.definitions import Definition
from goldenthread.reporting.figures import Disagreement
from goldenthread.reporting.matter import Known, Matter
from goldenthread.web.presenting.reports import Audience, body_html
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Viewing

MEETING, COMPARE = "meeting", "compare"
FILL, MEETING_BLANK = "fill-", "meeting_date"
LONGEST_FILL = 200
"""In characters: of the words for one blank, which stand in an address."""


@dataclass(frozen=True)
class Days:
    """The meeting that a report goes to and the day it compares with, where somebody named them."""

    meeting: date | None
    compare: date | None

    @property
    def query(self) -> dict[str, str]:
        """Both as they stand in an address."""
        named = {MEETING: self.meeting, COMPARE: self.compare}
        return {name: day.isoformat() for name, day in named.items() if day}


@dataclass(frozen=True)
class Made:
    """A report in one state of the record: what it is, every figure that is not the same everywhere, and its HTML.

    `open` are the blanks of its wording that the record does not fill, each with what is to be written.
    """

    report: Report
    known: Known
    differing: tuple[Disagreement, ...]
    body: str
    open: Mapping[str, str]


@dataclass(frozen=True)
class Wanted:
    """What an address asks for: an audience by the definition that counts, its days, and words for open blanks."""

    audience: Audience
    definition: Definition
    days: Days
    fill: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> dict[str, str]:
        """All but the state of the plan, as it stands in an address."""
        return {**self.days.query, **{f"{FILL}{name}": words for name, words in self.fill}}


def templates_in(viewing: Viewing) -> Templates:
    """The council's own templates as they counted in the state of the page."""
    known_at, head = viewing.known_at, viewing.viewer.head
    return viewing.index.keep(
        ("templates", known_at, head), lambda: templates_of(viewing.viewer.council_id, known_at=known_at)
    )


def wanted_in(request: HttpRequest, templates: Templates, chosen: Audience, days: Days) -> Wanted:
    """What the address asks for, with the words that it has for blanks. Raises DefinitionError."""
    definition = templates.definition(chosen.definition)
    typed = ((name, request.GET.get(f"{FILL}{name}", "")) for name in sorted(definition.own_blanks))
    plain = ((name, "".join(filter(str.isprintable, " ".join(words.split())))) for name, words in typed)
    return Wanted(chosen, definition, days, tuple((n, words[:LONGEST_FILL]) for n, words in plain if words))


def made_in(viewing: Viewing, wanted: Wanted) -> Made:
    """The report of this state; kept with the plan, as any change of the record is another head.

    What was typed fills those blanks alone that the record leaves open.
    """
    state = (viewing.viewer.head, viewing.shown_day, viewing.known_at, wanted.days.compare)

    def kept(fill: tuple[tuple[str, str], ...]) -> Made:
        key = ("report", wanted.audience, wanted.days.meeting, fill, *state)
        return viewing.index.keep(key, lambda: _make(viewing, wanted, dict(fill)))

    plain = kept(())
    fill = tuple((name, words) for name, words in wanted.fill if name in plain.open)
    return replace(kept(fill), open=plain.open) if fill else plain


def _make(viewing: Viewing, wanted: Wanted, fill: dict[str, str]) -> Made:
    definition, days = wanted.definition, wanted.days
    matter = _matter(viewing, definition.covers.months, days.compare)
    reviewer = wanted.audience.reviewer
    told = matter.for_reviewer(reviewer) if reviewer else matter
    composed = compose(told, definition, meeting=days.meeting, fill=fill)
    waiting = {each.blank: each.words for each in composed.places if each.blank}
    waiting.pop(MEETING_BLANK, None)  # the day of the meeting is asked for with the report
    return Made(composed, matter.known, disagreements(composed, matter), body_html(composed), waiting)


def _matter(viewing: Viewing, months: int, compare: date | None) -> Matter:
    on = ReportOn(
        council=viewing.viewer.council_id,
        plan=viewing.slug,
        cut_off=viewing.shown_day,
        months=months,
        release=RELEASE,
        known_at=viewing.known_at,
        since=compare,
    )
    key = ("report-matter", months, compare, viewing.viewer.head, viewing.shown_day, viewing.known_at)
    return viewing.index.keep(key, lambda: report_matter(on))
