"""Which column of a tracker is which, by the many names that their headings have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from goldenthread.documents.blocks import Cell, Table, transposed
from goldenthread.reading.council_words import NOTHING_SAID, CouncilWords
from goldenthread.reading.fields import MAY_REPEAT, Field
from goldenthread.reading.trackers.statuses import status_words

__all__ = ["Field", "Row", "field_of", "find_header", "header_of", "upright"]

Row = tuple[Cell, ...]
_HEADINGS: Mapping[Field, str] = MappingProxyType(
    {
        Field.COMBINED: (
            r"\b(?:lead|owner|responsible)\b.*\b(?:rag|brag|status|rating)\b.*|\b(?:rag|brag)\b.*\b(?:lead"
            r"|owner)\b"
        ),
        Field.MILESTONE_DATE: r"\bdate of\b.*\bmilestone\b|\bmilestone (?:due )?date$",
        Field.MILESTONE: r"\b(?:upcoming|next)\b.*\bmilestone\b|^next (?:key )?step",
        Field.AUDIT: (
            r"\baudit(?:or|ors)?\b.*\b(?:re-?test|opinion|validation|verification|assessment|conclusion)\b"
            r"|^(?:independent )?(?:verification|validation|re-?test)\b|^(?:verified|validated)$"
        ),
        Field.RISK: r"^risk(?: name| title| description)?$|^description of risk$",
        Field.PROGRESS: (
            r"^(?:(?:latest|current|last|overall) )?(?:progress|position|update|commentary|comments?"
            r"|narrative)s?\b(?! rag)"
            r"|\bfollow[- ]?up\b|\bprogress (?:update|report|to date|notes?)|^status update|\bupdates?$|^commentary\b"
            r"|^what we have done|^outcome$|^response$|^notes?$"
        ),
        Field.RAG: (
            r"\bb?rag\b(?! (?:guidance|key|definition))|\bragb\b|^rating$|^colour$"
            r"|^(?:delivery )?confidence$|\((?:rag)\)"
        ),
        Field.STATUS: (
            r"\bstatus$|^status\b|^state$|^(?:is it )?complete(?:d)?\??$|^open\s*/\s*closed$"
            r"|^stage of completion"
        ),
        Field.FORECAST: (
            r"\bextension (?:requested|asked|sought)\b|\brequested\b.*\b(?:date|deadline)\b"
            r"|\b(?:date|deadline) requested\b|\bforecast\b.*\b(?:date|deadline|completion)\b"
        ),
        Field.REVISED: r"\b(?:revised|new|forecast|extended|anticipated|current)\b.*\b(?:date|deadline|completion)\b",
        Field.DONE: (
            r"\b(?:actual|date) (?:of )?(?:completed|completion|closed|closure)\b|\b(?:completed|closed) on\b"
            r"|^actual(?: completion)?(?: date)?$"
        ),
        Field.RAISED: (
            r"\bmeeting date\b|^date of meeting|\bdate (?:raised|opened|logged|added|agreed|set|identified"
            r"|of action)\b"
            r"|^raised(?: on| at| date)?$|^meeting$|^date$|^agreed (?:on|at)$|^origin(?:ally raised)?$"
        ),
        Field.DUE: (
            r"^(?:(?:original|target|planned|expected|agreed|proposed|completion) )*(?:due|end|target"
            r"|completion|finish|deadline)"
            r"(?: date| for completion)?$|\bdeadline\b|\bby when\b|^date due$|\bdue (?:date|by)\b|^timescales?$"
            r"|^time ?frame$"
            r"|^when\b|^completion date|^target date|^implementation date"
        ),
        Field.START: r"^(?:planned |actual )?(?:start|commencement|begin)(?: date)?\b|^from$|^date started$",
        Field.LEAD: (
            r"^(?:action |lead |project |task |accountable |responsible )?(?:lead|owner|officer|by whom|who"
            r"|manager|director)s?"
            r"(?: officer| director| member)?s?(?:\s*/.*)?$|\bresponsib|\baccountable\b|^assigned to$"
            r"|^allocated to$|^owned by$"
            r"|^for action(?: by)?$|^action (?:by|owner|holder)s?$|^person\b|^department$|^led by$"
        ),
        Field.NUMBER: (
            r"^(?:action |item |task |ref(?:erence)? |risk )?(?:no|nos|num|number|#|id|ref|reference|code)\b\.?"
            r"|^#$|^(?:action|item|task|ref)\s*(?:no|number|ref|id)\b|^s/?n$"
        ),
        Field.ACTION: (
            r"^(?:(?:key|planned|our|agreed|required|proposed|outstanding|open|specific|improvement|management) )*"
            r"(?:actions?|activit(?:y|ies)|tasks?|commitments?|project(?: name)?|deliverables?|milestones?)"
            r"(?: (?:required|agreed|points?|name|title|description|completed|outstanding|to be taken|needed))*$"
            r"|^actions? (?:arising|from)\b|^what (?:we will do|will be done|needs to be done"
            r"|are we going to do)|^description of action"
            r"|^what$|^description$|^title$"
        ),
        Field.GROUP: (
            r"^(?:issue|topic|subject|theme|direction|work ?stream|area|category|priority|objective|section"
            r"|improvement aim|aim|heading"
            r"|recommendation|agenda item|strand|programme)s?(?: area| name| of work)?(?: raised)?$"
        ),
    }
)  # fmt: skip
_PATTERNS = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _HEADINGS.items())
_TELLS_PROGRESS = frozenset(
    {
        Field.DUE, Field.LEAD, Field.STATUS, Field.RAG, Field.PROGRESS, Field.RAISED, Field.REVISED, Field.DONE,
        Field.COMBINED,
    }
)  # fmt: skip
LOOKED_AT = 6
"""Among how many rows of a table its headings are looked for."""
LONGEST_HEADING = 90


def field_of(heading: str, said: CouncilWords = NOTHING_SAID) -> Field:
    """What a column under this heading holds; explanations in brackets and examples do not count.

    What the council has said of the heading goes before what headings mean in general.
    """
    return said.of_tracker(heading) or _usual_field(heading)


@lru_cache(maxsize=8192)
def _usual_field(heading: str) -> Field:
    """What headings mean in general. Every row of a table is looked at, since headings may be repeated."""
    words = re.sub(r"\((?!b?rag).*?\)", " ", heading, flags=re.IGNORECASE)
    words = " ".join(re.split(r"\s[-–—]\s|\s*-\s*$| mmm/yy", words)[0].replace("&", "and").split()).strip(
        " :.*-–"
    )
    if not words or len(words) > LONGEST_HEADING:
        return Field.OTHER
    return next((field for field, pattern in _PATTERNS if pattern.search(words)), Field.OTHER)


def header_of(
    row: Row, below: Sequence[Row] = (), said: CouncilWords = NOTHING_SAID
) -> tuple[Field, ...] | None:
    """The fields that a row of headings names, or None when it is no heading of a tracker.

    A tracker tells what is to be done, and something of who, when or how far; where the council has said so, what is
    to be done is enough. Of two headings for one field the one of which the council has said it keeps it, else the
    first; but for ratings, of which there may be several, and for statuses: there the one whose column below holds
    statuses keeps it.
    """
    told = [said.of_tracker(cell.text) for cell in row]
    found: list[Field] = []
    for cell, said_field in zip(row, told, strict=True):
        field = said_field or field_of(cell.text)
        if said_field:
            taken = field in found and field not in MAY_REPEAT | {Field.STATUS}
        else:
            taken = field is not Field.RAG and (
                field in told or (field in found and field is not Field.STATUS)
            )
        found.append(Field.OTHER if taken else field)
    _keep_one_status(found, row, below, said)
    _date_milestones(found)
    if Field.ACTION not in found and Field.GROUP in found:
        found[found.index(Field.GROUP)] = Field.ACTION
    named = {field for field in found if field is not Field.OTHER}
    if Field.RISK in named or Field.ACTION not in named:
        return None
    return tuple(found) if named & _TELLS_PROGRESS or named & set(told) else None


def find_header(
    rows: Sequence[Row], said: CouncilWords = NOTHING_SAID
) -> tuple[int, tuple[Field, ...]] | None:
    """The first row of headings among the first rows of a table (titles may stand above it), and its fields."""
    for number, row in enumerate(rows[:LOOKED_AT]):
        if fields := header_of(row, rows[number + 1 :], said):
            return number, fields
    return None


def _keep_one_status(found: list[Field], headings: Row, below: Sequence[Row], said: CouncilWords) -> None:
    places = [number for number, field in enumerate(found) if field is Field.STATUS]
    held = {
        number: sum(status_words(row[number].text, said) is not None for row in below if number < len(row))
        for number in places
    }
    for number in places:
        if number != max(places, key=lambda place: (_of_action(headings[place].text), held[place], -place)):
            found[number] = Field.OTHER


def _of_action(heading: str) -> int:
    """Whose status a heading names: 1 the action's, -1 that of something the action serves, 0 it does not say."""
    words = heading.lower()
    served = re.search(r"\b(?:recommendation|objective|theme|priority|direction|outcome)\b", words)
    return 1 if "action" in words else -1 if served else 0


def _date_milestones(found: list[Field]) -> None:
    """Where the milestones are the rows themselves, the date of a milestone is the row's deadline."""
    if Field.MILESTONE_DATE in found and not {Field.MILESTONE, Field.DUE} & set(found):
        found[found.index(Field.MILESTONE_DATE)] = Field.DUE


def upright(table: Table, said: CouncilWords = NOTHING_SAID) -> Table:
    """The table, turned if its headings run down the first column."""
    if find_header(table.rows, said):
        return table
    turned = transposed(table)
    first = turned.rows[0] if turned.rows else ()
    fields = header_of(first, said=said)
    enough = fields and sum(field is not Field.OTHER for field in fields) >= min(3, len(first))
    return turned if enough else table
