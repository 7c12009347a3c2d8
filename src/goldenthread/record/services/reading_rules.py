"""What a council has said of the headings and status words of its documents, kept for those to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from goldenthread.plan.status import Status
from goldenthread.reading import STATUSES, CouncilWords, Field, ReadingRules
from goldenthread.reading.council_words import normal
from goldenthread.reading.fields import OF_A_DELIVERY_PLAN, OF_A_TRACKER
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.models.imports import ReadingRule, RuleKind
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing

LONGEST_WORDS = 200
"""Of a heading or a status word, in characters."""
_MEANINGS: Mapping[RuleKind, tuple[StrEnum, ...]] = {
    RuleKind.COLUMN: (*OF_A_TRACKER, *OF_A_DELIVERY_PLAN),
    RuleKind.VALUE: STATUSES,
}


@dataclass(frozen=True, slots=True)
class RememberedRule:
    """One thing that is remembered: a heading and what its column holds, or a status word and what it means."""

    kind: RuleKind
    words: str
    printed: str
    meaning: Field | Status


def remembered_rules(council: UUID) -> tuple[RememberedRule, ...]:
    """All that the council has said, columns first, by their words."""
    with council_scope(council):
        rows = ReadingRule.objects.exclude(meaning=None).order_by("kind", "words")
        found = [(row, _meaning(RuleKind(row.kind), row.meaning)) for row in rows]
        return tuple(
            RememberedRule(RuleKind(row.kind), row.words, row.printed, meaning)
            for row, meaning in found
            if meaning
        )


def reading_rules(council: UUID) -> ReadingRules:
    """The rules under which the council's documents are read."""
    said = remembered_rules(council)
    columns = {rule.words: rule.meaning for rule in said if isinstance(rule.meaning, Field)}
    statuses = {rule.words: rule.meaning for rule in said if isinstance(rule.meaning, Status)}
    return ReadingRules(said=CouncilWords(columns, statuses))


def set_reading_rules(
    *,
    actor: Actor,
    columns: Mapping[str, Field | None],
    values: Mapping[str, Status | None],
    reason: str,
) -> None:
    """Remember what columns hold and what status words mean; None forgets. What is not named stays as it was.

    Args:
        columns: By heading, as printed.
        values: By status word or rating, as printed.

    Raises:
        NotAllowed: The actor may not import.
        InvalidEdit: No reason is given, words are blank or too long, or a meaning is none that a document can have.
    """
    require(actor, Permission.IMPORT)
    with writing(actor, reason):
        for kind, said in ((RuleKind.COLUMN, columns), (RuleKind.VALUE, values)):
            for printed, meaning in said.items():
                _set(actor.council, kind, " ".join(printed.split()), meaning)


def _set(council: UUID, kind: RuleKind, printed: str, meaning: Field | Status | None) -> None:
    if not printed or len(printed) > LONGEST_WORDS:
        raise InvalidEdit(f"“{printed[:40]}” must have 1 to {LONGEST_WORDS} characters to be remembered.")
    if meaning is not None and meaning not in _MEANINGS[kind]:
        raise InvalidEdit(f"“{printed}” cannot be read as “{meaning}”. Choose another meaning.")
    held = ReadingRule.objects.select_for_update().filter(kind=kind, words=normal(printed)).first()
    if held is None and meaning is not None:
        ReadingRule.objects.create(
            council_id=council, kind=kind, words=normal(printed), printed=printed, meaning=meaning
        )
    elif held and held.meaning != meaning:
        held.meaning = meaning
        held.save(update_fields=["meaning"])


def _meaning(kind: RuleKind, stored: str | None) -> Field | Status | None:
    """The meaning that was stored; None for one that this release does not know."""
    found = next((meaning for meaning in _MEANINGS[kind] if meaning == stored), None)
    return found if isinstance(found, Field | Status) else None
