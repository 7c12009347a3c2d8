"""Small documents written for a test: a table under a title, read as a council's paper would be."""

from __future__ import annotations

from goldenthread.documents import document_from_bytes
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.questions import QuestionKind
from goldenthread.reading import read_plan

TITLE = "# Improvement tracker"


def read(text: str, name: str = "tracker.md") -> Plan:
    """The plan in a text that is called this."""
    return read_plan(document_from_bytes(text.encode(), name))


def actions_of(text: str, name: str = "tracker.md") -> list[Action]:
    """The actions of a text, in printed order."""
    return list(read(text, name).actions())


def grid(*rows: str) -> str:
    """A Markdown table: cells are separated by bars, the first row holds the headings."""
    head, *body = rows
    rule = "|".join("---" for _ in head.split("|"))
    return "\n".join(["", *(f"|{row}|" for row in (head, rule, *body)), ""])


def table(*rows: str) -> str:
    """A Markdown document with one table under a title."""
    return TITLE + "\n" + grid(*rows)


def asked(plan: Plan, kind: QuestionKind) -> list[str]:
    """The words of every question of a kind, in order."""
    return [question.text for question in plan.questions if question.kind is kind]


def printed_dates(action: Action) -> dict[str, str]:
    """The dates of an action that are known, as EDTF by their names."""
    return {name: day.edtf for name, day in action.dates if day and day.edtf}


def by_theme(plan: Plan) -> dict[str, list[str | None]]:
    """The titles of the actions under each theme."""
    return {theme.name: [action.title for action in theme.actions] for theme in plan.themes}
