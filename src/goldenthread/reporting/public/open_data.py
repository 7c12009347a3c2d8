"""The same as the pages, for programs: CSV, JSON and a data dictionary, under the Open Government Licence v3.0."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldenthread.assurance.coverage import certificate
from goldenthread.documents.writing.csv import csv_bytes
from goldenthread.documents.writing.sheet import Sheet
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone
from goldenthread.reporting.public.comparing import STATUS_WORDS, Difference, name_of, outcome_of
from goldenthread.reporting.public.picking import State

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
HELD = "held back"


class ColumnMeaning(NamedTuple):
    """A column of a file: its name, what it holds, and the form of its values."""

    name: str
    meaning: str
    form: str


_DAY = "Day as YYYY-MM-DD, or empty"
_TEXT = "Text"
_DATE_COLUMNS = tuple(
    ColumnMeaning(f"{name}_{part}", f"{meaning}: {words}", form)
    for name, meaning in (
        ("original", "The date first promised"),
        ("approved", "The date that stands now"),
        ("actual", "When it was done"),
    )
    for part, words, form in (
        ("words", "as it is printed in the plan", _TEXT),
        ("first_day", "the first day that the words can mean", _DAY),
        ("last_day", "the last day that the words can mean", _DAY),
    )
)
PROMISES = (
    ColumnMeaning("ref", "The permanent number, never used twice", "A12, A12.3 or M4"),
    ColumnMeaning("kind", "What it is", "action, step or milestone"),
    ColumnMeaning("theme", "The number of its theme; empty where it is in none", "Whole number"),
    ColumnMeaning("name", "Its words in the plan; “held back” where it may not be told", _TEXT),
    ColumnMeaning("status", "How it stands", "One of: " + "; ".join(STATUS_WORDS.values())),
    ColumnMeaning(
        "rating", "What the council’s own rule makes of it; the rule is printed on every page", _TEXT
    ),
    ColumnMeaning("outcome", "What became of it by the date first promised", _TEXT),
    ColumnMeaning("leads", "The posts or bodies that lead it, parted by semicolons. Never persons", _TEXT),
    *_DATE_COLUMNS,
)
RECOMMENDATIONS = (
    ColumnMeaning("review", "Who made it", _TEXT),
    ColumnMeaning("recommendation", "Its number or page in the review", _TEXT),
    ColumnMeaning("words", "What it says, where the plan has its words", _TEXT),
    ColumnMeaning("actions", "The numbers of the actions that answer it, parted by semicolons", _TEXT),
)
CHANGES = (
    ColumnMeaning("ref", "The permanent number", "A12, A12.3 or M4"),
    ColumnMeaning("name", "Its words in the plan", _TEXT),
    ColumnMeaning("change", "What sort of change it is", "added, left, wording, status, date, done or lead"),
    ColumnMeaning("before", "As it was at the publication before", _TEXT),
    ColumnMeaning("after", "As it is now", _TEXT),
)
DICTIONARY = {
    "actions.csv": PROMISES,
    "milestones.csv": PROMISES,
    "recommendations.csv": RECOMMENDATIONS,
    "changes.csv": CHANGES,
}
"""Every file of rows with its columns; `plan.json` holds the same rows under the names of the files."""


def open_data(state: State, changes: Sequence[Difference]) -> dict[str, bytes]:
    """The files by name: four of rows, the same as JSON, and the dictionary that says what each column means."""
    rows: dict[str, list[tuple[str, ...]]] = {
        "actions.csv": list(_promises(state, Action)),
        "milestones.csv": list(_promises(state, Milestone)),
        "recommendations.csv": list(_recommendations(state)),
        "changes.csv": [(each.ref, each.name, each.kind, each.before, each.after) for each in changes],
    }
    files = {
        name: csv_bytes(Sheet(name, tuple(column.name for column in DICTIONARY[name]), tuple(found)))
        for name, found in rows.items()
    }
    said = tuple((name, *column) for name, columns in DICTIONARY.items() for column in columns)
    files["dictionary.csv"] = csv_bytes(Sheet("dictionary", ("file", "column", "meaning", "form"), said))
    files["plan.json"] = _json(state, rows)
    return files


def _json(state: State, rows: dict[str, list[tuple[str, ...]]]) -> bytes:
    content = {
        "council": state.plan.council.name,
        "plan": state.plan.title,
        "as_at": state.day.isoformat(),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "rating_rule": state.rule_text,
    } | {
        name.removesuffix(".csv"): [
            dict(zip((column.name for column in DICTIONARY[name]), row, strict=True)) for row in found
        ]
        for name, found in rows.items()
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _promises(state: State, kind: type[Action] | type[Milestone]) -> Iterator[tuple[str, ...]]:
    for ref, item in state.promises.items():
        if isinstance(item, kind):
            theme = state.themes_of[ref]
            rating = state.ratings.get(ref)
            yield (
                ref,
                "milestone" if kind is Milestone else "step" if "." in ref else "action",
                "" if theme is None else str(theme),
                name_of(item),
                STATUS_WORDS[item.status],
                rating.in_words if rating else "",
                outcome_of(item, state.day).value,
                "; ".join(item.leads),
                *_days(item.dates.original),
                *_days(item.dates.approved),
                *_days(item.dates.actual),
            )
    for held in state.held:
        if held.ref and held.kind == kind.__name__:
            of = "" if held.theme is None else str(held.theme)
            kind_word = "milestone" if kind is Milestone else "step" if "." in held.ref else "action"
            yield (held.ref, kind_word, of, HELD, *[""] * (len(PROMISES) - 4))


def _days(value: PlanDate | None) -> tuple[str, str, str]:
    if value is None:
        return "", "", ""
    return value.printed, value.earliest.isoformat(), value.latest.isoformat() if value.has_last_day else ""


def _recommendations(state: State) -> Iterator[tuple[str, ...]]:
    for source in certificate(state.plan, state.day).sources:
        for row in source.rows:
            refs = "; ".join(action.ref for action in row.answering if action.ref)
            yield source.name, row.name, row.text or "", refs
