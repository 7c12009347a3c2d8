"""What a draft still lacks before it can be issued: words in its places, stages of clearance, figures that agree."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import connection

from goldenthread.plan.days import day_words
from goldenthread.record.held_reports import HeldReport, Stage, Standing
from goldenthread.record.issued import composed_with
from goldenthread.record.letters import is_letter, letter_from
from goldenthread.record.models.reports import ReportState
from goldenthread.record.scope import council_scope
from goldenthread.reporting.composing import Place, Report, disagreements
from goldenthread.reporting.definitions import Definition
from goldenthread.reporting.letter.checking import Claims, letter_problems
from goldenthread.reporting.matter import Matter

_OTHERS = """
SELECT count(DISTINCT number) FROM revision JOIN change USING (council_id, changeset)
WHERE council_id = current_council() AND number > %(known)s AND table_name <> 'stored_file'
  AND row_id <> %(report)s AND row->>'report_id' IS DISTINCT FROM %(report)s::text
"""


@dataclass(frozen=True)
class WritePlace:
    """A place for somebody's words: a blank of the wording by its name, or a prompt; and what is there now."""

    key: str
    is_blank: bool
    heading: str
    asked: str
    words: str


def standing_in_the_way(held: HeldReport, report: Report, matter: Matter) -> tuple[str, ...]:
    """Every reason for which a report cannot be issued: what is wrong with it, and which stages of clearance lack.

    Empty where it can be.
    """
    if held.state is ReportState.ABANDONED:
        return (f"The draft was given up: {held.abandoned}",)
    return (*wrong_with(held, report, matter), *lacking(held))


def wrong_with(
    held: HeldReport, report: Report, matter: Matter, claims: Claims | None = None
) -> tuple[str, ...]:
    """What of the report itself stands in the way: figures that differ from those of another report of the same state,
    places that wait for words, and what a letter lacks.

    Args:
        claims: What the claim check makes of a letter's sentences, where it is at hand.
    """
    differing = (f"A figure is not the same everywhere. {each}." for each in disagreements(report, matter))
    problems = _letter_problems(held, matter, claims)
    open_places = () if problems else report.unfinished  # a letter's are of its head: its problems name them
    unwritten = (f"Still to be written: {each.strip('[]')}" for each in open_places)
    return (*differing, *unwritten, *problems)


def lacking(held: HeldReport) -> tuple[str, ...]:
    """Which stages of clearance stand in the way, and why."""
    return tuple(words for stage in held.stages if (words := _lacks(stage, held.version)))


def _letter_problems(held: HeldReport, matter: Matter, claims: Claims | None) -> tuple[str, ...]:
    if not is_letter(held):
        return ()
    return letter_problems(matter.letter or letter_from(held, matter), matter.plan, claims)


def _lacks(stage: Stage, version: int) -> str:
    """Why a stage stands in the way of a version; empty where it does not."""
    last = stage.last
    match stage.standing:
        case Standing.CLEARED:
            return ""
        case Standing.EARLIER if last:
            return (
                f"{stage.name}: version {last.version} was cleared on {day_words(last.on)}, "
                f"and what the report says has changed since. Version {version} waits to be cleared."
            )
        case Standing.SENT_BACK if last:
            return f"{stage.name}: sent back by {last.by} on {day_words(last.on)}: {last.words}"
        case _:
            return f"{stage.name}: not cleared yet"


def write_places(held: HeldReport, matter: Matter) -> tuple[WritePlace, ...]:
    """Every place of a report that people write, in order, with what is written there now."""
    prompts = prompts_of(held.definition)
    waiting = composed_with(held, replace(matter, written={}), fill={}, written={}).places
    shown = [each for each in waiting if each.blank or each.words in prompts]
    filled = {each.blank for each in shown}
    shown += [Place(held.title, name.replace("_", " "), name) for name in held.fill if name not in filled]
    return tuple(
        WritePlace(
            key=each.blank or each.words,
            is_blank=bool(each.blank),
            heading=each.heading,
            asked=each.words,
            words=(held.fill if each.blank else held.written).get(each.blank or each.words, ""),
        )
        for each in shown
    )


def prompts_of(definition: Definition) -> frozenset[str]:
    """What a definition asks people to write, by the prompts of its sections."""
    found = (getattr(asked.options, "prompt", "") for asked in definition.sections)
    return frozenset(prompt for prompt in found if prompt)


def recorded_since(held: HeldReport) -> int:
    """How many changes were recorded since the one that a draft knows, what was done to the draft itself left out."""
    with council_scope(held.council), connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"known": held.known_at, "report": held.id})
        return int(cursor.fetchone()[0])
