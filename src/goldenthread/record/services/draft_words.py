"""Words that people write for the places of a draft: as they are kept, and where two wrote for the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection
from pydantic_core import from_json

from goldenthread.record.errors import FieldConflict, InvalidEdit, StaleDraft
from goldenthread.record.models.reports import ReportRecord
from goldenthread.record.report_drafts import prompts_of
from goldenthread.reporting.definitions import Definition

LONGEST_WORDS = 20_000
"""In characters, of what is written for one place."""
_AS_SEEN = """
SELECT row FROM change
WHERE council_id = current_council() AND table_name = 'report' AND row_id = %s AND (row->>'version')::int = %s
ORDER BY id DESC LIMIT 1
"""


def tidy(words: Mapping[str, str]) -> dict[str, str]:
    """The same words for each place however their lines end, without what no text has."""
    return {name: _lines(text) for name, text in words.items()}


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\x00", "").splitlines()).strip()


def merged(held: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What is held with what is given put in its place; empty words take back what was there."""
    return {name: text for name, text in {**held, **given}.items() if text}


def refuse_places(definition: Definition, given: Mapping[str, Mapping[str, str]]) -> None:
    """Raise InvalidEdit where words are for a place that the definition has not, or too long."""
    known = {"fill": definition.own_blanks, "written": prompts_of(definition)}
    for part, words in given.items():
        if strange := [name for name in words if name not in known[part]]:
            raise InvalidEdit(f"The report has no place “{strange[0]}” for words. Look at the draft again.")
        if long := next((name for name, text in words.items() if len(text) > LONGEST_WORDS), None):
            raise InvalidEdit(
                f"“{long}”: the words are longer than {LONGEST_WORDS:,} characters. Shorten them."
            )


def refuse_conflicts(
    row: ReportRecord, given: Mapping[str, Mapping[str, str]], seen: int
) -> dict[str, dict[str, str]]:
    """What of the given words is new against the version that was seen.

    Raises:
        StaleDraft: somebody else wrote something else for one of these places since.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AS_SEEN, [row.id, seen])
        found = cursor.fetchone()
    then = (from_json(found[0]) if isinstance(found[0], str) else found[0]) if found else {}
    conflicts: list[FieldConflict] = []
    new: dict[str, dict[str, str]] = {}
    untouched: dict[str, str] = {}
    for part, words in given.items():
        was, now = _words(then, part), getattr(row, part)
        new[part] = {name: text for name, text in words.items() if text != was.get(name, "")}
        untouched |= {name: now.get(name, "") for name in words if name not in new[part]}
        conflicts += _conflicts(new[part], was, now)
    if conflicts:
        raise StaleDraft(seen, row.version, tuple(conflicts), untouched)
    return new


def _words(row: Mapping[str, object], part: str) -> Mapping[str, str]:
    """The words of a row of the log, whose JSON columns are JSON within it."""
    found = row.get(part) or {}
    return found if isinstance(found, dict) else {}


def _conflicts(
    ours: Mapping[str, str], was: Mapping[str, str], now: Mapping[str, str]
) -> Iterable[FieldConflict]:
    for name, text in ours.items():
        theirs = now.get(name, "")
        if theirs not in (was.get(name, ""), text):
            yield FieldConflict(name, was.get(name, ""), theirs, text)
