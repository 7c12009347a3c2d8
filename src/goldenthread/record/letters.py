"""Reading letters: a report's letter as it stands, what it was drafted from, and what became of each sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import from_json

from goldenthread.plan.model import Plan
from goldenthread.record.errors import NotFound
from goldenthread.record.history.selectors import names_of
from goldenthread.record.issued import HeldReport, held_matter, held_report, plan_told
from goldenthread.record.scope import council_scope
from goldenthread.reporting.letter import Head, Letter, Sentence
from goldenthread.reporting.letter.drafting import draft_letter
from goldenthread.reporting.letter.renewing import Renewal, renewed
from goldenthread.reporting.matter import Matter, ThemeGroup

LETTER = "letter"
"""The audience whose reports are letters."""
NOBODY = "somebody whose account is gone"
_STATES = """
SELECT r.number, r.sealed_at, r.actor, r.reason, c.row -> 'letter'
FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.table_name = 'report' AND c.row_id = %s ORDER BY c.id
"""


@dataclass(frozen=True)
class HeldLetter:
    """A report's letter as it stands, with the plan as at its cut-off, as known at the change that it is pinned to."""

    report: HeldReport
    letter: Letter
    plan: Plan


@dataclass(frozen=True)
class SentenceThen:
    """What a change did to a sentence. `sentence` is None where the change took it out; `by` is who, in words."""

    revision: int
    sealed_at: datetime
    by: str
    reason: str
    sentence: Sentence | None


def held_letter(council: UUID, plan: UUID | str, number: int, release: str) -> HeldLetter:
    """The letter of this number; where it has none yet, as the record drafts it.

    Raises:
        NoSuchPlan: The council has no such plan.
        NotFound: The plan has no report of this number, or it is no letter.
    """
    report = held_report(council, plan, number)
    if not is_letter(report):
        raise NotFound(f"Report {number} is no letter.")
    with council_scope(council):
        state = plan_told(report)
    return HeldLetter(report, letter_of(report, release), state)


def is_letter(report: HeldReport) -> bool:
    """Whether a report is a letter: it holds one, or its audience is that of letters."""
    return report.letter is not None or report.audience == LETTER


def letter_of(report: HeldReport, release: str) -> Letter:
    """What a report holds as its letter; drafted from its state of the record where it holds none yet."""
    return report.letter or drafted_letter(report, release)


def drafted_letter(report: HeldReport, release: str) -> Letter:
    """The letter as the record alone drafts it, with the head and the headings that its definition gives it."""
    return letter_from(report, held_matter(report, release))


def letter_from(report: HeldReport, matter: Matter) -> Letter:
    """The same where what `held_matter` gave is at hand."""
    groups = tuple(ThemeGroup(*group) for group in report.definition.groups)
    return draft_letter(replace(matter, letter=None), groups=groups, head=report.definition.head or Head())


def letter_renewed(report: HeldReport, release: str, known_at: int, definition: str = "") -> Renewal:
    """What bringing a letter up to another state of the record, and another definition, makes of it. Stores nothing."""
    newer = replace(report, known_at=known_at, definition_text=definition or report.definition_text)
    base = drafted_letter(report, release)
    return renewed(report.letter or base, base, drafted_letter(newer, release))


def sentence_history(council: UUID, report: UUID, number: int) -> tuple[SentenceThen, ...]:
    """Each change that altered a sentence of a report's letter, the first first. Being moved is none."""
    found: list[SentenceThen] = []
    before: Mapping[str, Any] | None = None
    for then, held in _states(council, report):
        now = held.get(number)
        if now != before:
            found.append(replace(then, sentence=Sentence.model_validate(now) if now else None))
            before = now
    return tuple(found)


def removed_sentences(council: UUID, report: UUID) -> tuple[SentenceThen, ...]:
    """The sentences that a report's letter had once and has no longer, as they read last, the last one first."""
    last: dict[int, Mapping[str, Any]] = {}
    gone: dict[int, SentenceThen] = {}
    for then, held in _states(council, report):
        for number in last.keys() - held.keys() - gone.keys():
            gone[number] = replace(then, sentence=Sentence.model_validate(last[number]))
        for number in gone.keys() & held.keys():
            del gone[number]
        last |= held
    return tuple(sorted(gone.values(), key=lambda each: -each.revision))


def highest_number(council: UUID, report: UUID, letter: Letter) -> int:
    """The highest number that any sentence of a letter has or ever had: none is given twice."""
    numbers = {each.number for each in letter.sentences}
    for _, held in _states(council, report):
        numbers |= held.keys()
    return max(numbers, default=0)


def _states(council: UUID, report: UUID) -> Iterator[tuple[SentenceThen, Mapping[int, Mapping[str, Any]]]]:
    """Every state in which a report's letter was sealed, with its sentences by number, the first first."""
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(_STATES, [report])
        rows: list[Any] = cursor.fetchall()
        names = names_of({actor for _, _, actor, _, _ in rows if actor})
    for revision, sealed_at, actor, reason, text in rows:
        content = from_json(text) if isinstance(text, str) else text
        if content:
            yield (
                SentenceThen(revision, sealed_at, names.get(actor, NOBODY), reason or "", None),
                dict(_numbered(content)),
            )


def _numbered(letter: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The sentences of a letter as the log has it, by number, unchecked: many letters are read for one sentence."""
    parts = [letter["opening"], letter["closing"]]
    parts += [chapter[part] for chapter in letter["chapters"] for part in ("achieved", "evidence", "ahead")]
    for part in parts:
        for sentence in part:
            yield sentence["number"], sentence
